"""Days as people write them: dates, birthdays, spans. Each parser returns the value or raises Wrong."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from csweek.model.basics import Span
from csweek.names import fold
from csweek.read.wrong import Wrong

WRITTEN = "write YYYY-MM-DD, as in 2027-10-04"
"""How a day is written."""
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_TIMED = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")


_WEEKDAY = re.compile(
    r"(?:den|(?:mån|tis|ons|tor|fre|lör|sön|mon|tue|wed|thu|fri|sat|sun|pon|uto|sri|čet|pet|sub|ned)\w*)[.,]?\s+",
    re.IGNORECASE,
)
"""What may stand before a day."""
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/ -](\d{4})")
Order = Literal["day", "month"]
"""What comes first in 3/4/2027."""


def order(texts: Iterable[str]) -> Order | None:
    """Return what comes first in a column's days, as 24/12/2027 shows; None where nothing or both show it."""
    found = [_SLASHED.fullmatch(_TIMED.sub("", text.strip())) for text in texts]
    days = {"day" if int(one[1]) > 12 else "month" for one in found if one and _shown(one)}
    return None if len(days) != 1 else "day" if "day" in days else "month"


def _shown(slashed: re.Match[str]) -> bool:
    """Whether a day shows by itself which number is the month."""
    first, second = int(slashed[1]), int(slashed[2])
    return min(first, second) <= 12 < max(first, second)


def day(text: str, first: Order | None = None) -> date:
    """Return the day of ``2027-10-04``, also with dots or slashes, Korean, or ``4.10.2027``.

    ``first`` says what comes first in 3/4/2027; 24/12/2027 says so itself.
    """
    bare = _WEEKDAY.sub("", _TIMED.sub("", text.strip().lstrip("'")), count=1).replace("–", "-")
    if found := _ISO.fullmatch(re.sub(r"[년월年月]\s*|\.\s+", "-", bare).rstrip("일日.")) or _ISO.fullmatch(
        bare
    ):
        return _date(int(found[1]), int(found[3]), int(found[4]), text)
    if found := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\.?", bare):
        return _date(int(found[3]), int(found[2]), int(found[1]), text)
    if (found := _SLASHED.fullmatch(bare)) and (first or _shown(found) or found[1] == found[2]):
        in_front = int(found[1]) > 12 or (first == "day" and int(found[2]) <= 12)
        numbers = (int(found[2]), int(found[1])) if in_front else (int(found[1]), int(found[2]))
        return _date(int(found[3]), *numbers, text)
    if found := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", bare):
        return _date(int(found[1]), int(found[2]), int(found[3]), text)
    if (named := _named(bare)) and named[2]:
        return _date(named[2], named[0], named[1], text)
    raise Wrong(f"'{text}' is not a date", _date_hint(bare))


_WORDED = re.compile(
    r"(?:(\d{1,2})\.?[\s-]*([^\W\d_]{3,})|([^\W\d_]{3,})\.?[\s-]*(\d{1,2}))\.?(?:,?[\s-]+(\d{4})\.?)?"
)
_BEGINNINGS = (
    ("jan",), ("feb",), ("mar", "mrz"), ("apr",), ("maj", "mai", "may"), ("jun",),
    ("jul",), ("aug", "avg"), ("sep",), ("okt", "oct"), ("nov",), ("dec", "dez"),
)  # fmt: skip
"""How the months' names begin in English, Swedish, Bosnian and German."""


def month_called(word: str) -> int:
    """Return the number of the month that begins with a word, 0 for what is none."""
    return next((n for n, starts in enumerate(_BEGINNINGS, 1) if fold(word).startswith(starts)), 0)


def _named(text: str) -> tuple[int, int, int] | None:
    """Return month, day and year (0 without one) of ``12 mars``, ``15. maja 2018.`` or ``May 15, 2018``."""
    found = _WORDED.fullmatch(text)
    month = month_called(found[2] or found[3]) if found else 0
    return (month, int(found[1] or found[4]), int(found[5] or 0)) if found and month else None


def _date(year: int, month: int, number: int, text: str) -> date:
    if not 1900 <= year <= 2200:
        raise Wrong(f"'{text}' lies outside the years 1900 to 2200", WRITTEN)
    try:
        return date(year, month, number)
    except ValueError:
        raise Wrong(f"there is no day {text}", WRITTEN) from None


def _date_hint(text: str) -> str:
    if found := _SLASHED.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        both = [f"{year}-{m:02}-{d:02}" for m, d in ((first, second), (second, first)) if m <= 12 and d <= 31]
        if both:
            asked = "day or month first? " if len(set(both)) > 1 else ""
            return f"{asked}write {' or '.join(dict.fromkeys(both))}"
    if re.fullmatch(r"\d{2}([-./]?)\d{2}\1\d{2}|\d{1,2}([-./])\s?\d{1,2}\2\s?\d{2}\.?", text):
        return "write the year with four digits, as in 2027-10-04"
    if re.fullmatch(r"\d{5}", text):
        return "it looks like Excel's inner number of a day: format the column as a date, or write YYYY-MM-DD"
    return WRITTEN


def birthday(text: str) -> tuple[int, int]:
    """Return month and day of ``MM-DD``; a year, where there is one, is dropped."""
    bare = text.strip().removeprefix("--")
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})|(\d{1,2})월\s*(\d{1,2})일", bare)
    local = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.?", bare)
    if slashed := re.fullmatch(r"(\d{1,2})/(\d{1,2})", bare):
        month, number = _slashed(int(slashed[1]), int(slashed[2]), text)
    elif found:
        month, number = int(found[1] or found[3]), int(found[2] or found[4])
    elif local:
        month, number = int(local[2]), int(local[1])
    elif named := _named(bare):
        month, number, _ = named
    else:
        return _dropped(bare)
    return month_day(month, number, text)


def _slashed(first: int, second: int, text: str) -> tuple[int, int]:
    """Return month and day of ``4/23`` or ``23/4``; of ``3/4`` nobody knows which is which."""
    if first != second and max(first, second) <= 12:
        hint = f"day or month first? write {first:02}-{second:02} or {second:02}-{first:02}, the month first"
        raise Wrong(f"'{text}' may be two days", hint)
    return (second, first) if first > 12 else (first, second)


def _dropped(text: str) -> tuple[int, int]:
    try:
        whole = day(text)
    except Wrong as wrong:
        hint = "write MM-DD, as in 04-23 for 23 April; the year is not needed"
        raise Wrong(f"'{text}' is not a birthday", hint) from wrong
    return whole.month, whole.day


def month_day(month: int, number: int, text: str) -> tuple[int, int]:
    """Return month and day where there is such a day in some year; ``text`` is how it was written."""
    try:
        date(2028, month, number)
    except ValueError:
        raise Wrong(f"there is no day {text}", "write MM-DD, as in 04-23 for 23 April") from None
    return month, number


_BETWEEN = re.compile(r"\s*(?:\.\.+|~|[–—]|\b(?:to|till|until|do)\b)\s*|\s+-\s+")


def span(text: str) -> Span:
    """Return the days of ``2027-02-01..2027-05-31``, or of one day."""
    first, *rest = _BETWEEN.split(text.strip(), maxsplit=1)
    if rest and not (first and rest[0]):
        raise Wrong(f"'{text}' is open at one end", "write both days, as in 2027-02-01..2027-05-31")
    found = Span(day(first), day(rest[0] if rest else first))
    if found.last < found.first:
        raise Wrong(f"'{text}' ends before it begins", f"did you mean {found.last}..{found.first}?")
    return found


def spans(text: str) -> tuple[Span, ...]:
    """Return several spans divided by comma, semicolon or line break, sorted."""
    parts = [part for part in re.split(r"[,;\n]", text) if part.strip()]
    return tuple(sorted(span(part.strip()) for part in parts))
