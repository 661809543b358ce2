"""Words, days and hours in one language, with the fallbacks that texts have."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton, format_time, format_timedelta

from csweek.bundled import translations
from csweek.model.basics import Words, language_of

SPOKEN = frozenset({"en", "sv", "ko", "bs", *translations()})
"""The languages that csweek's own fixed words are written in."""

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of whatever follows them."""
_LONGEST = 999
_FULL_MONTHS = frozenset({"bs"})
"""Languages whose short months CLDR writes as nobody does: ``feb`` without a full stop; so years, too."""


_DATES = ("MMMMEEEEd", "MMMMEd", "MMMEd")
"""Skeletons of weekday, day and month that CLDR has, the nearest to all in full first."""
_QUOTES = ('""', "“”", "„“", "„”", "””", "»«", "«»", "「」", "『』")
"""Pairs of marks that somebody may have put around what was told."""


class Speech:
    """Speaks the first of some languages that it knows, and tells dates in the language of their words.

    ``spoken`` is that language where somebody else knows it.
    """

    def __init__(self, *locales: str, spoken: str = "") -> None:
        self.locales = locales
        self.locale = spoken or next((one for one in locales if language_of(one) in SPOKEN), "en")
        self._babel = known(self.locale)

    def say(self, words: Words) -> str:
        """Return a text in this language, else in the next one, on one line."""
        return plain(words.say(*self.locales))

    def phrase(self, words: Words, **filling: object) -> str:
        """Return one of csweek's own texts with its blanks filled."""
        return words.say(self.locale).format(**filling)

    def person(self, name: str) -> str:
        """Return a name as others are told of it: in Korean with 님."""
        return f"{name} 님" if self._babel.language == "ko" else name

    def weekday(self, day: date) -> str:
        """Return the name of the day of the week, as a line begins with it."""
        return capital(_weekday(day, self._babel))

    def weekday_within(self, day: date) -> str:
        """Return the name of the day of the week, as it stands within a line: small in Swedish."""
        return _weekday(day, self._babel)

    def dated(self, day: date) -> str:
        """Return weekday, day and month, as they stand within a line: ``Monday, October 4``."""
        return _dated(day, self._babel)

    def day(self, day: date) -> str:
        """Return day and month: ``October 4``."""
        return _day(day, self._babel)

    def hour(self, moment: datetime) -> str:
        """Return the wall clock: ``9:30 AM`` in English, ``09:30`` elsewhere."""
        return _hour(moment.time(), self._babel)

    def days(self, first: date, last: date) -> str:
        """Return the days from first to last with their year: ``Feb 8-14, 2027``, with the right dash."""
        return _days(first, last, self._babel)

    def month(self, day: date) -> str:
        """Return month and year: ``January 2027``."""
        return str(format_skeleton("yMMMM", day, locale=self._babel))

    def in_weeks(self, count: int) -> str:
        """Return how far ahead something is: ``in 34 weeks``."""
        return _ahead(count, self._babel)


@lru_cache(4096)
def _weekday(day: date, locale: Locale) -> str:
    return format_date(day, "cccc", locale=locale)


@lru_cache(4096)
def _dated(day: date, locale: Locale) -> str:
    known = locale.datetime_skeletons
    shape = next(known[name].pattern for name in _DATES if name in known)
    in_full = re.sub(r"\(?E+\)?", "EEEE", re.sub("M{3,}", "MMMM", shape))
    return format_date(day, in_full, locale)


@lru_cache(4096)
def _day(day: date, locale: Locale) -> str:
    return str(format_skeleton("MMMMd", day, locale=locale))


@lru_cache(4096)
def _hour(clock: time, locale: Locale) -> str:
    shape = "short" if locale.language == "en" else "HH:mm"
    return format_time(clock, shape, locale=locale).replace("\u202f", "\u00a0")


@lru_cache(4096)
def _ahead(weeks: int, locale: Locale) -> str:
    ahead = timedelta(weeks=weeks)
    return format_timedelta(ahead, granularity="week", threshold=_LONGEST, add_direction=True, locale=locale)


@lru_cache(4096)
def _days(first: date, last: date, locale: Locale) -> str:
    if locale.language not in _FULL_MONTHS or first == last:
        return format_interval(first, last, "yMMMd", locale=locale).replace("\u2009", "")
    field = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    shapes = locale.interval_formats["yMMMd"][field]
    days = zip((first, last), shapes, strict=True)
    said = "".join(format_date(day, _in_full(shape), locale) for day, shape in days)
    return said.replace("\u2009", " ")


def _in_full(shape: str) -> str:
    """Return how CLDR writes a day with its month in full, and a full stop behind every year."""
    return re.sub(r"y(?!\.)", "y.", shape.replace("MMM", "MMMM"))


def plain(text: str) -> str:
    """Return a text on one line, without signs that a reader does not see but a program obeys."""
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return " ".join("".join(sign for sign in text if sign.isspace() or _harmless(sign)).split())


def unquoted(text: str) -> str:
    """Return a text as ``plain`` does, without the quotation marks that stand around the whole of it."""
    text = plain(text)
    inner = text[1:-1]
    marked = len(text) > 2 and text[0] + text[-1] in _QUOTES
    return inner if marked and text[0] not in inner and text[-1] not in inner else text


def _harmless(sign: str) -> bool:
    return sign not in _TURNING and unicodedata.category(sign) not in {"Cc", "Cs"}


def listed(parts: Sequence[str]) -> str:
    """Return several names in one line."""
    return ", ".join(parts)


def known(locale: str) -> Locale:
    """Return what Babel knows of a locale: of itself, else of its language, else of English."""
    for name in (locale, language_of(locale)):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def capital(text: str) -> str:
    """Return a text as a line begins with it."""
    return text[:1].upper() + text[1:]
