"""Why an event is where it is and with whom, in a short code that many rows hold."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from csweek.model.basics import Value
from csweek.rows.values import dump

WHY = ("own", "turn", "stand_in", "nobody_may", "hand", "nobody", "heir", "no_minutes", "no_hour")
"""Why an owner has an event, by the number that stands for it in a reason."""
_CODES = {"f": "fixed", "r": "on_return", "c": "chosen", "m": "missed"}
_FIXED, _CHOSEN = ("wanted",), ("turn", "of", "ideal", "first", "last")
_DAYS = frozenset({"wanted", "ideal", "first", "last"})
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def around(both: int, recipients: int, hourless: int, second: int, closed: int = 0) -> int:
    """Return in one number how a week was for an event: four sets of weekdays, as bits, and one weekday.

    Days when recipients and owner are there; when the recipients are; days of the first on which no hour
    was free; the second choice, 7 where there was none; days on which the recipients are there, but which
    were over or not open to the action.
    """
    return both | recipients << 7 | hourless << 14 | second << 21 | closed << 24


class Reason(Mapping[str, Value]):
    """What a code says, read when it is first asked for: most events are never asked why."""

    def __init__(self, code: str) -> None:
        self._code = code

    @cached_property
    def _said(self) -> Mapping[str, Value]:
        return reason_of(self._code)

    def __getitem__(self, name: str) -> Value:
        return self._said[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __len__(self) -> int:
        return len(self._said)

    def __repr__(self) -> str:
        return repr(self._said)


def reason_of(code: str) -> dict[str, Value]:
    """Return the reason that a short code stands for; one that was changed by hand is JSON already.

    The code is what asked for it (a given day, such a day on the return of who is away then, a turn with
    its window, or one that was missed, with its day), then why this owner, the owner's minutes in that week,
    and the week (``around``), divided by commas.
    """
    if code[:1] == "{":
        return dict(json.loads(code))
    kind, *numbers = code.split(",")
    names = _CHOSEN if kind in "cm" else _FIXED
    reason: dict[str, Value] = {"code": _CODES[kind]}
    for name, number in zip(names, numbers, strict=False):
        reason[name] = date.fromordinal(int(number)).isoformat() if name in _DAYS else int(number)
    why, minutes, week = numbers[len(names) :]
    reason["owner_why"] = WHY[int(why)]
    if minutes:
        reason["owner_minutes"] = int(minutes)
    return reason | _week_of(int(week))


def why_owned(code: str) -> str:
    """Return why an owner has an event, or why nobody has, out of the code of its reason."""
    if code[:1] == "{":
        return str(json.loads(code).get("owner_why"))
    return WHY[int(code.rsplit(",", 3)[1])]


def owned_again(code: str, why: int, minutes: int | None) -> str:
    """Return the code of a reason with another owner's part; without minutes there is no owner."""
    if code[:1] == "{":
        said = {name: value for name, value in json.loads(code).items() if name != "owner_minutes"}
        given = {} if minutes is None else {"owner_minutes": minutes}
        return dump(said | {"owner_why": WHY[why]} | given)
    *asked, _, _, week = code.split(",")
    return ",".join((*asked, str(why), "" if minutes is None else str(minutes), week))


def _week_of(packed: int) -> dict[str, Value]:
    both, recipients, hourless, closed = (packed >> shift & 127 for shift in (0, 7, 14, 24))
    found: dict[str, Value] = {"days": both.bit_count()}
    sets = {
        "recipients_away": ~(recipients | closed) & 127,
        "closed": closed,
        "owner_away": recipients & ~both,
        "no_hour": hourless,
    }
    for name, days in sets.items():
        if days:
            found[name] = " ".join(day for number, day in enumerate(_WEEKDAYS) if days >> number & 1)
    if packed >> 21 & 7 < len(_WEEKDAYS):
        found["second_choice"] = _WEEKDAYS[packed >> 21 & 7]
    return found
