"""The files that a calendar becomes: large ones in parts; and the check of each."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple, TypeVar

from csweek.errors import OutputError
from csweek.icscheck.seen import Composed, Seen
from csweek.model.basics import Year
from csweek.model.plan import Document
from csweek.render.calendars import ical
from csweek.render.calendars.entries import Entry, Zones
from csweek.render.calendars.kinds import Calendar

MOST_EVENTS = 900
MOST_BYTES = 950_000
"""Of the events of one file; zones and head come on top, and all must stay under 1 MB."""

_MEDIA_TYPE = "text/calendar; charset=utf-8"
_MAKER = "-//csweek//csweek//EN"
_EVERY = "PT12H"
_Week = TypeVar("_Week")
_Load = tuple[int, int]


class Made(NamedTuple):
    """A calendar's file, put together and not checked yet; its name without ``.ics``."""

    name: str
    file: Composed


def files(
    calendar: Calendar, entries: Sequence[Entry], year: Year, zones: Zones, *, publish: bool = False
) -> Iterator[Made]:
    """Yield the files of a calendar; none without entries. ``publish``: METHOD:PUBLISH."""

    def composed(title: str, part: Sequence[Entry]) -> Composed:
        return _composed((*_first(), *_feed(title, publish=publish)), part, zones)

    ordered = sorted(entries, key=attrgetter("day"))
    whole = composed(calendar.title, ordered)
    if 0 < len(ordered) <= MOST_EVENTS and len(whole.data) <= MOST_BYTES:
        yield Made(calendar.name, whole)
        return
    parts = tuple(_parts(ordered, year))
    for number, part in enumerate(parts, 1):  # the first keeps the name that people have subscribed to
        name = calendar.name if number == 1 else calendar.part(number)
        title = calendar.title if len(parts) == 1 else f"{calendar.title} ({number}/{len(parts)})"
        yield Made(name, composed(title, part))


def _parts(entries: Sequence[Entry], year: Year) -> Iterator[Sequence[Entry]]:
    """Yield the entries by day, in as few equal parts of the year as fit a file each; none without any."""
    ordered = sorted(entries, key=attrgetter("day"))
    if fits(ordered):
        yield from [ordered] if ordered else []
        return
    weeks: list[list[Entry]] = [[] for _ in range(year.weeks)]
    for entry in ordered:
        week = (entry.day - year.first).days // 7
        weeks[min(max(week, 0), year.weeks - 1)].append(entry)
    loads = [_load(week) for week in weeks]
    fitting = (count for count in range(2, year.weeks) if all(map(_fits, _divided(loads, count))))
    for part in _divided(weeks, next(fitting, year.weeks)):
        yield from _cut([entry for week in part for entry in week])


def _divided(weeks: Sequence[_Week], count: int) -> Sequence[Sequence[_Week]]:
    """Return the weeks in so many parts of the year."""
    cuts = [len(weeks) * part // count for part in range(count + 1)]
    return [weeks[start:end] for start, end in pairwise(cuts)]


def _cut(part: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """Yield what fits a file as it is, a week too large for one in halves of halves, nothing for nothing."""
    if len(part) > 1 and not fits(part):
        for half in (part[: len(part) // 2], part[len(part) // 2 :]):
            yield from _cut(half)
    elif part:
        yield part


def fits(entries: Sequence[Entry]) -> bool:
    """Whether these go into one file."""
    return _fits([_load(entries)])


def _load(part: Sequence[Entry]) -> _Load:
    """Return how many events there are, and the bytes that they take."""
    return len(part), len(Composed(b"", part).data)


def _fits(loads: Sequence[_Load]) -> bool:
    return sum(n for n, _ in loads) <= MOST_EVENTS and sum(size for _, size in loads) <= MOST_BYTES


def loose(name: str, entries: Sequence[Entry], zones: Zones, seen: Seen) -> Document:
    """Return a file to be imported or opened once, which is no calendar of its own. Raises OutputError."""
    return checked(Made(name, _composed(_first(), entries, zones)), seen)


def batch(name: str, entries: Sequence[Entry], year: Year, zones: Zones, seen: Seen) -> Iterator[Document]:
    """Yield the files to be imported once of so many events; none without any. Raises OutputError."""
    for number, part in enumerate(_parts(entries, year), 1):
        yield loose(name if number == 1 else f"{name}-{number}", part, zones, seen)


def _composed(lines: Iterable[bytes], entries: Sequence[Entry], zones: Zones) -> Composed:
    used = sorted({entry.zone for entry in entries} - {""})
    head = b"".join((b"BEGIN:VCALENDAR", ical.EOL, *lines, *(zones.get(zone) or b"" for zone in used)))
    return Composed(head, entries)


def checked(made: Made, seen: Seen) -> Document:
    """Return a file that every calendar program takes. Raises OutputError where one would not."""
    name = f"{made.name}.ics"
    faults = [problem for problem in seen.check(made.file, name) if problem.is_error]
    if faults:
        raise OutputError(faults)
    return Document(name, _MEDIA_TYPE, made.file.data)


def ours(head: bytes) -> bool:
    """Whether a file that begins like this is one of csweek's calendars."""
    return head.startswith(b"BEGIN:VCALENDAR\r\n") and f"\nPRODID:{_MAKER}\r".encode() in head


def _first() -> Iterator[bytes]:
    yield ical.line("VERSION", "2.0")
    yield ical.line("PRODID", _MAKER)
    yield ical.line("CALSCALE", "GREGORIAN")


def _feed(title: str, *, publish: bool) -> Iterator[bytes]:
    if publish:
        yield ical.line("METHOD", "PUBLISH")
    yield ical.text("NAME", title)
    yield ical.text("X-WR-CALNAME", title)
    yield ical.line("REFRESH-INTERVAL;VALUE=DURATION", _EVERY)
    yield ical.line("X-PUBLISHED-TTL", _EVERY)
