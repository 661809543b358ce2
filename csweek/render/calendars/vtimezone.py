"""VTIMEZONE in the form that Outlook reads: yearly rules, taken from the footer of a zone's TZif data.

Outlook ignores a zone whose rule names anything but one weekday of a month, as in ``-1SU``.
Sources: RFC 9636, section 3.3 (the footer); RFC 5545, section 3.6.5; MS-OXCICAL, 2.1.3.1.1.19.2.2.
"""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from csweek import zones
from csweek.render.calendars import ical

FIRST_YEAR = 1970
"""The rules are written as if they had always held, so that the text stays the same over the years."""

_NAME = r"<[^>]+>|[A-Za-z]+"
_OFFSET = r"[-+]?\d+(?::\d+){0,2}"
_FOOTER = re.compile(
    rf"(?P<name>{_NAME})(?P<offset>{_OFFSET})"
    rf"(?:(?P<summer>{_NAME})(?P<ahead>{_OFFSET})?,(?P<begins>[^,]+),(?P<ends>[^,]+))?"
)
_ONSET = re.compile(r"M(?P<month>\d+)\.(?P<week>\d)\.(?P<day>\d)(?:/(?P<time>[-+]?[\d:]+))?")
_NTH = {0: -1, 1: 1, 8: 2, 15: 3, 22: 4}
"""Which of its weekday in the month a day is, by the first day of the month that it may be."""
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Onset(Struct, frozen=True):
    """A yearly moment: that weekday (0: Monday) which falls on one of these seven days of a month.

    ``first`` is the first of the seven, 0 for the last seven days of the month.
    """

    month: int
    weekday: int
    first: int
    after_midnight: timedelta

    def at(self, year: int) -> datetime:
        """Return the local moment in a year, by the offset that held until then."""
        first = self.first or monthrange(year, self.month)[1] - 6
        day = date(year, self.month, first)
        return _midnight(day + timedelta((self.weekday - day.weekday()) % 7)) + self.after_midnight

    @property
    def rule(self) -> str:
        """Its recurrence rule."""
        return f"FREQ=YEARLY;BYMONTH={self.month};BYDAY={_NTH[self.first]}{_DAYS[self.weekday]}"


class Observance(Struct, frozen=True):
    """One of a zone's offsets, with its name and since when it holds each year; None: always."""

    name: str
    offset: timedelta
    onset: Onset | None

    def since(self, year: int) -> datetime:
        """Return the local moment from which it holds in a year."""
        return self.onset.at(year) if self.onset else _midnight(date(year, 1, 1))


def _midnight(day: date) -> datetime:
    """Return the start of a day as a local time; its offset stands beside it."""
    return datetime.combine(day, time())


def vtimezone(name: str, first: int, last: int) -> bytes | None:
    """Return a zone's VTIMEZONE; None where yearly rules do not give its hours in these years, and in UTC.

    Raises KeyError for a name that is not known.
    """
    observances = _observances(zones.data(name).rsplit(b"\n", 2)[-2].decode("ascii"))
    if name in _UTC or not observances or not _true(observances, name, first, last):
        return None
    return ical.component(b"VTIMEZONE", (ical.line("TZID", name), *_blocks(observances)))


_UTC = frozenset({"UTC", "Etc/UTC", "UCT", "Etc/UCT", "Zulu", "Etc/Zulu", "Universal", "Etc/Universal"})


def _observances(footer: str) -> tuple[Observance, ...]:
    """Return what a footer says; nothing where it cannot be said by yearly rules."""
    found = _FOOTER.fullmatch(footer)
    if found is None:
        return ()
    offset = -_duration(found["offset"])
    if found["summer"] is None:
        return (Observance(found["name"].strip("<>"), offset, None),)
    begins, ends = _onset(found["begins"]), _onset(found["ends"])
    if begins is None or ends is None:
        return ()
    ahead = -_duration(found["ahead"]) if found["ahead"] else offset + timedelta(hours=1)
    return (
        Observance(found["name"].strip("<>"), offset, ends),
        Observance(found["summer"].strip("<>"), ahead, begins),
    )


def _onset(rule: str) -> Onset | None:
    """Return the yearly moment of ``M3.5.0/2``; None where a rule cannot say it.

    Hours below 0 or above 24 lie on another day, which is seldom the same one of its weekday.
    """
    found = _ONSET.fullmatch(rule)
    if found is None:
        return None
    month, week, day = int(found["month"]), int(found["week"]), int(found["day"])
    moved = _duration(found["time"] or "2")
    weekday = (day - 1 + moved.days) % 7
    at = timedelta(seconds=moved.seconds)
    if week == 5 and moved.days == 0:
        return Onset(month, weekday, 0, at)
    first = 7 * week - 6 + moved.days
    return Onset(month, weekday, first, at) if week < 5 and first in {*_NTH} - {0} else None


def _duration(text: str) -> timedelta:
    """Return the time of ``-3:30`` or ``26``."""
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = (*map(int, text.lstrip("+-").split(":")), 0, 0)[:3]
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _true(observances: tuple[Observance, ...], name: str, first: int, last: int) -> bool:
    """Whether the rules give the zone's own hours: on each day of these years and around each change."""
    zone = zones.zone(name)
    changes = sorted(_changes(observances, first - 1, last + 1))
    moments = [moment for moment, _ in changes]
    start = datetime(first, 1, 1, tzinfo=UTC)
    days = [start + timedelta(n) for n in range((datetime(last + 1, 1, 1, tzinfo=UTC) - start).days)]
    around = [at for m in moments if first <= m.year <= last for at in (m - timedelta(seconds=1), m)]

    def ruled(at: datetime) -> timedelta:
        return changes[bisect_right(moments, at) - 1][1]

    return all(at.astimezone(zone).utcoffset() == ruled(at) for at in (*days, *around))


def _changes(
    observances: tuple[Observance, ...], first: int, last: int
) -> Iterator[tuple[datetime, timedelta]]:
    """Yield each moment in UTC at which an offset begins, with the offset."""
    for at, before in zip(observances, reversed(observances), strict=True):
        for year in range(first, last + 1):
            yield (at.since(year) - before.offset).replace(tzinfo=UTC), at.offset


def _blocks(observances: tuple[Observance, ...]) -> Iterator[bytes]:
    """Yield STANDARD and DAYLIGHT; the one that is ahead is daylight, also where the law says otherwise."""
    ahead = max(o.offset for o in observances)
    for at, before in zip(observances, reversed(observances), strict=True):
        summer = len(observances) > 1 and at.offset == ahead
        yield ical.component(b"DAYLIGHT" if summer else b"STANDARD", _lines(at, before))


def _lines(at: Observance, before: Observance) -> Iterator[bytes]:
    yield ical.line("DTSTART", f"{at.since(FIRST_YEAR):%Y%m%dT%H%M%S}")
    if at.onset:
        yield ical.line("RRULE", at.onset.rule)
    yield ical.line("TZOFFSETFROM", _offset(before.offset))
    yield ical.line("TZOFFSETTO", _offset(at.offset))
    yield ical.text("TZNAME", at.name)


def _offset(offset: timedelta) -> str:
    """Return ``+0530``, with seconds only where there are any."""
    minutes, seconds = divmod(abs(int(offset.total_seconds())), 60)
    sign = "-" if offset < timedelta(0) else "+"
    return f"{sign}{minutes // 60:02}{minutes % 60:02}" + (f"{seconds:02}" if seconds else "")
