"""The fixed days that ``on:`` of an action names, as people write them."""

import re
from collections.abc import Mapping
from typing import Literal

from msgspec.structs import replace

from csweek.model.theme import CSW_DAYS, Anchor, AnchorKind
from csweek.names import guessed
from csweek.read.dates import day, month_day
from csweek.read.values import month, weekday
from csweek.read.wrong import Wrong

_SHIFTED = re.compile(r"(.+?)\s*([-+\u2212\u2013])\s*(\d{1,3})\s*(day|week|month)s?")
_OF = re.compile(r"(first|second|third|fourth|last) (\w+) (?:of|in) (?:the |each |every )?(\w+)")
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_UNITS: Mapping[str, Literal["days", "weeks", "months"]] = {
    "day": "days", "week": "weeks", "month": "months",
}  # fmt: skip
_NAMED: tuple[AnchorKind, ...] = (
    "day-after", "anniversary", "birthday", "first-day", "last-day", "back-from-leave",
)  # fmt: skip
_KINDS: Mapping[str, AnchorKind] = {kind: kind for kind in _NAMED}
ANCHORS = (*CSW_DAYS, *_NAMED)
ANCHOR_HINT = (
    "write csw-1 to csw-5, " + ", ".join(_NAMED) + ", 'first friday of march', MM-DD or YYYY-MM-DD, "
    "with '+ 3 days' or '- 2 weeks' after it if need be"
)


def anchor(text: str) -> Anchor:
    """Return the fixed day of ``csw-1``, ``first friday of march``, ``birthday - 2 days`` and so on."""
    whole = " ".join(text.lower().split())
    shifted = _SHIFTED.fullmatch(whole)
    word = shifted[1] if shifted else whole
    found = next(filter(None, (form(word) for form in (_simple, _weekday_of, _dated))), None)
    if found is None:
        raise Wrong(f"'{text}' is not a fixed day", guessed(word, ANCHORS, ANCHOR_HINT, 0.75))
    if not shifted:
        return found
    number = int(shifted[3]) * (1 if shifted[2] == "+" else -1)
    return replace(found, shift=number, unit=_UNITS[shifted[4]])


def _simple(word: str) -> Anchor | None:
    if found := re.fullmatch(r"csw-([1-5])", word):
        return Anchor("csw", nth=int(found[1]))
    return Anchor(_KINDS[word]) if word in _KINDS else None


def _weekday_of(word: str) -> Anchor | None:
    found = _OF.fullmatch(word)
    if not found:
        return None
    nth, number = _NTH[found[1]], weekday(found[2])
    if found[3] in {"month", "quarter"}:
        return Anchor("weekday", nth, number, "month" if found[3] == "month" else "quarter")
    try:
        return Anchor("weekday", nth, number, "year", month(found[3]))
    except ValueError:
        raise Wrong(f"'{found[3]}' is not a month", "write month, quarter, or a month's name") from None


def _dated(word: str) -> Anchor | None:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", word):
        return Anchor("date", on=day(word))
    if re.fullmatch(r"\d{2}-\d{2}", word):
        number, of_month = month_day(int(word[:2]), int(word[3:]), word)
        return Anchor("month-day", month=number, day=of_month)
    return None
