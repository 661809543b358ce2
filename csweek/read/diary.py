"""An exported calendar cut down to what says when somebody is busy, so that ten years of it are soon read.

Of an event only the lines that say when it is are kept, and only if it may lie in the days wanted.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from csweek.icscheck.lines import value_of
from csweek.icscheck.reading import CONTINUED, File, read
from csweek.model.basics import Span

_NEEDED = re.compile(
    rb"(?:UID|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|SEQUENCE|STATUS|TRANSP"
    rb"|X-MICROSOFT-CDO-BUSYSTATUS|ATTENDEE)[;:]",
    re.IGNORECASE,
)
_EMPTY = re.compile(rb"(?:RRULE|RDATE|EXDATE|DURATION|DTEND|SEQUENCE)[^:]*:\s*", re.IGNORECASE)
"""Lines that say nothing; some programs write one for each series that has no exceptions."""
_GUEST = re.compile(rb"ATTENDEE[;:]", re.IGNORECASE)
_DECLINED = re.compile(rb"ATTENDEE;.*PARTSTAT=\"?DECLINED", re.IGNORECASE)
_WORDS = re.compile(rb"[:;=\"]")
"""What stands between the words of a line."""
_RETURNS = re.compile(rb"(?:RRULE|RDATE|RECURRENCE-ID|DURATION)[;:]", re.IGNORECASE)
_DAY = re.compile(rb"DT(?:START|END)\b[^\r\n]*?[:](\d{4})(\d\d)(\d\d)(?:T[0-9Z]+)?\s*$", re.IGNORECASE)
_ENDED = re.compile(rb"RRULE[;:].*\bUNTIL=(\d{4})(\d\d)(\d\d)", re.IGNORECASE)
_HEAD = re.compile(rb"X-WR-TIMEZONE[;:]", re.IGNORECASE)
_EVENT = re.compile("E[^Ee]*e")
_ZONE = re.compile("Z[^z]*z")
_ALARM = re.compile("A[^a]*a")
_NEAR = timedelta(days=2)
"""By how much a day in the file may differ from that in another zone, and a little more."""


class Entry(NamedTuple):
    """A VEVENT: the line on which it begins, from 1, and those of its lines that say when it is."""

    line: int
    lines: tuple[bytes, ...]
    declined: tuple[bytes, ...]
    """The lines of those who are invited and do not come."""

    @property
    def uid(self) -> bytes:
        """What several entries share that are one series; without one the entry stands alone."""
        found = (line[4:] for line in self.lines if line[:4].upper() == b"UID:")
        return next(found, b"line %d" % self.line)

    def values(self, name: bytes) -> Iterator[bytes]:
        """Yield what stands on its lines of a name."""
        for line in self.lines:
            if line[: len(name)].upper() == name:
                yield value_of(line)

    def is_declined_by(self, email: str) -> bool:
        """Whether who has this address does not come."""
        own = email.lower().encode()
        return bool(own) and any(own in _WORDS.split(line.lower()) for line in self.declined)

    @property
    def content(self) -> bytes:
        """The entry as a component."""
        return b"\r\n".join((b"BEGIN:VEVENT", *self.lines, b"END:VEVENT", b""))


class Diary(NamedTuple):
    """The calendar around the events, with the definitions of its zones, and the events."""

    around: bytes
    entries: tuple[Entry, ...]
    whole: bool
    """Whether the file has an end, and so is not cut off."""
    empty: bool
    """Whether the file holds no event at all."""

    @property
    def events(self) -> int:
        """How many events these are, each with all the times that it lists."""
        listed = (value.count(b",") + 1 for entry in self.entries for value in entry.values(b"RDATE"))
        return len(self.entries) + sum(listed)


def diary(content: bytes, days: Span) -> Diary | None:
    """Return what may matter on these days; None for what is no calendar at all."""
    file = read(content.removeprefix(b"\xef\xbb\xbf"))
    if "C" not in file.kinds:
        return None
    entries = (_entry(file, match.start(), match.end()) for match in _EVENT.finditer(file.kinds))
    wanted = Span(days.first - _NEAR, days.last + _NEAR)
    kept = tuple(entry for entry in entries if _may_lie_in(entry, wanted))
    return Diary(_around(file), kept, "c" in file.kinds, "E" not in file.kinds)


def _around(file: File) -> bytes:
    head = [file.whole(n) for n, line in enumerate(file.lines) if _HEAD.match(line)]
    zones = [line for match in _ZONE.finditer(file.kinds) for line in file.lines[match.start() : match.end()]]
    return b"\r\n".join((b"BEGIN:VCALENDAR", *head[:1], *zones, b"END:VCALENDAR", b""))


def _entry(file: File, start: int, end: int) -> Entry:
    alarms = {n for match in _ALARM.finditer(file.kinds, start, end) for n in range(*match.span())}
    lines = (
        file.whole(n).rstrip()
        for n in range(start + 1, end - 1)
        if file.kinds[n] != CONTINUED and _NEEDED.match(file.lines[n]) and n not in alarms
    )
    told = [line for line in lines if not _EMPTY.fullmatch(line)]
    when = tuple(line for line in told if not _GUEST.match(line))
    return Entry(start + 1, when, tuple(filter(_DECLINED.match, told)))


def _may_lie_in(entry: Entry, days: Span) -> bool:
    """Whether it lies near these days, comes back and has not ended before, or is too odd to tell."""
    returns = [line for line in entry.lines if _RETURNS.match(line)]
    ends, found = list(_days(returns, _ENDED)), list(_days(entry.lines, _DAY))
    if not found or len(ends) < len(returns):
        return True
    last = max(found + ends) + (max(found) - min(found))
    return min(found) <= days.last and last >= days.first


def _days(lines: Iterable[bytes], told: re.Pattern[bytes]) -> Iterator[date]:
    for line in lines:
        if match := told.match(line):
            try:
                yield date(*map(int, match.groups()))
            except ValueError:
                continue
