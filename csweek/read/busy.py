"""Exported calendars as the times at which an owner is busy. Source: RFC 5545, sections 3.6.1 and 3.8.2.7."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from csweek import zones
from csweek.errors import Problem
from csweek.icscheck import check
from csweek.icscheck.periods import falls_never, fault_of_rule
from csweek.icscheck.times import zone_of
from csweek.model.basics import Place, Span
from csweek.model.inputs import Busy, Inputs
from csweek.read.finder import finder
from csweek.read.source import Files, Problems, warning
from csweek.read.tree import Tree
from csweek.read.wrong import Wrong

if TYPE_CHECKING:
    from icalendar import Calendar, Component

    from csweek.read.diary import Diary, Entry

SHOWN = 5
"""Unreadable events of one file that are told one by one."""
TIMES_A_DAY = 24
"""How often an event may come back in a day; what comes back more often is no appointment."""
MOST = 10_000
"""Events of one owner that may lie in a year; nobody has thirty appointments a day."""
ELSEWHERE = "export the calendar with its time zones, or correct the name in the file"
FETCH = "save the calendar as a file in the workspace, and write its name, like busy/anna.ics"
_ADDRESS = re.compile(r"[A-Za-z]{2,}://")
_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_SINGLE = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
_FREE = {
    "TRANSP": {"TRANSPARENT"},
    "STATUS": {"CANCELLED"},
    # Who works elsewhere can be met, as Outlook's own scheduling has it (MS-OXCICAL 2.1.3.1.1.20.25).
    "X-MICROSOFT-CDO-BUSYSTATUS": {"FREE", "WORKINGELSEWHERE"},
}
"""What says of an event that it keeps nobody busy."""
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, AssertionError)
"""What icalendar and recurring-ical-events raise on what others wrote."""


class When(NamedTuple):
    """The days that are wanted, and the zone of what names none of its own."""

    days: Span
    zone: tzinfo

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The moments between which busy times are kept."""
        return _moment(self.days.first, self.zone), _moment(self.days.last + timedelta(days=1), self.zone)


Found = tuple[tuple[Busy, ...], Problems]


def read_busy(
    inputs: Inputs, tree: Tree, files: Files, days: Span | None
) -> tuple[Mapping[str, tuple[Busy, ...]], Problems]:
    """Return when each owner with an exported calendar is busy on these days, by the owner's id.

    Without days the files are only looked for. Owners who are not known are passed over.
    """
    find, people = finder(inputs.people).find, inputs.people.persons
    found: dict[str, tuple[Busy, ...]] = {}
    problems: Problems = ()
    for owner, name in inputs.settings.owner_busy.items():
        if _ADDRESS.match(name):
            text = f"{name} is an address, and csweek fetches nothing from the network"
            problems = (*problems, Problem(tree.at("owner_busy", owner), text, FETCH))
            continue
        path = (files.root or Path()) / name
        content, told = files.read(path, tree.at("owner_busy", owner))
        problems = (*problems, *told)
        try:
            person = people[find(owner)]
        except Wrong:
            continue
        if content is not None and days is not None:
            zone = zones.zone(inputs.settings.sites[person.site].timezone)
            found[person.id], told = busy_times(content, files.shown(path), When(days, zone), person.email)
            problems = (*problems, *told)
    return found, problems


def busy_times(content: bytes, name: str, when: When, email: str = "") -> Found:
    """Return when the events of an exported calendar keep its owner busy, in order and apart.

    Transparent and cancelled ones do not, nor what the owner has declined, who is known by the address. An
    event that cannot be read is a warning at its line.
    """
    from csweek.read.diary import diary  # noqa: PLC0415 - only for those who name a calendar

    cut = diary(content, when.days)
    if cut is None:
        return (), tuple(problem for problem in check(content, name) if problem.is_error)[:1]
    if cut.events > MOST:
        return (), (_too_many(f"{cut.events:,}", name),)
    try:
        calendar = _calendar(cut)
    except _UNREADABLE as error:
        text = f"its time zones cannot be read: {_said(error)}"
        hint = f"export the calendar again; csweek check {name} says on which line it is"
        return (), (Problem(Place(name), text, hint),)
    found: list[Busy] = []
    odd = [warning(Place(name), *text) for text in _oddities(cut)]
    odd += [
        warning(Place(name, line), text, ELSEWHERE) for line, text in _unknown_zones(cut, calendar, when.zone)
    ]
    wrong: list[tuple[int, str]] = []
    for entries in _series(cut.entries):
        events = []
        for entry in entries:
            try:
                events.append(_event(entry, email))
            except _UNREADABLE as error:
                wrong.append(_why([entry], error))
        try:
            found += _busy(events, calendar, when)
        except _UNREADABLE as error:
            wrong.append(_why(entries, error))
        if len(found) > MOST:
            return (), (_too_many(f"{len(found):,} or more", name),)
    return tuple(_joined(found)), (*odd, *_told(wrong, name))


def _too_many(events: str, name: str) -> Problem:
    text = f"{events} of its events may lie in this year; {MOST:,} are read at most"
    hint = "export the calendar of this one person alone, and no more than this year and the next"
    return Problem(Place(name), text, hint)


def _oddities(cut: Diary) -> Iterator[tuple[str, str]]:
    """Yield what lets somebody look free who is not, with a hint."""
    if not cut.whole:
        yield "the file is cut off: END:VCALENDAR is missing", "export the calendar again"
    elif cut.empty:
        yield (
            "it holds no event, so it keeps nobody busy",
            "export the calendar with its events, not only when somebody is free or busy",
        )


def _calendar(cut: Diary) -> Calendar:
    """Return the calendar without its events; what it says of its zones holds for them from now on.

    What another file said of zones with the same names is forgotten. Raises what icalendar does.
    """
    import icalendar  # noqa: PLC0415 - only for those who name a calendar
    from icalendar.timezone import tzp  # noqa: PLC0415 - only for those who name a calendar

    tzp.use_zoneinfo()
    return icalendar.Calendar.from_ical(cut.around)


def _unknown_zones(cut: Diary, calendar: Calendar, zone: tzinfo) -> Iterator[tuple[int, str]]:
    """Yield the zones that nobody knows, with a line; that of the calendar is then taken out."""
    named = str(calendar.get("X-WR-TIMEZONE", ""))
    whole = _zone_called(named)
    calendar.pop("X-WR-TIMEZONE", None)
    if isinstance(whole, ZoneInfo):
        calendar["X-WR-TIMEZONE"] = whole.key
    elif named and whole is None:
        yield 0, f"X-WR-TIMEZONE {named} is not known; {zone} is taken for it"
    used: dict[str, int] = {}
    for entry in cut.entries:
        for line in entry.lines:
            used.setdefault(zone_of(line).decode("utf-8", "replace"), entry.line)
    for name, at in used.items():
        if name and _zone_called(name) is None:
            yield at, f"the time zone {name} is not known; {zone} is taken for it"


def _zone_called(name: str) -> tzinfo | None:
    """Return the zone that icalendar takes a name for, also one with a maker's name before it."""
    from icalendar.timezone import tzp  # noqa: PLC0415 - only for those who name a calendar

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return tzp.timezone(name) if name else None


def _series(entries: Iterable[Entry]) -> Iterator[Sequence[Entry]]:
    """Yield the entries that belong together: a series and its exceptions."""
    ordered = sorted(entries, key=lambda entry: entry.uid)
    for _, group in groupby(ordered, key=lambda entry: entry.uid):
        yield sorted(group, key=lambda entry: entry.line)


def _busy(events: Iterable[Component], calendar: Calendar, when: When) -> Iterator[Busy]:
    """Yield the busy times of a series. Raises what icalendar and recurring-ical-events do."""
    import recurring_ical_events  # noqa: PLC0415 - only for those who name a calendar

    whole = calendar.copy()
    for event in events:
        whole.add_component(event)
    first, last = when.bounds
    near = timedelta(days=1)
    for event in recurring_ical_events.of(whole).between(first - near, last + near):
        start, end = _moment(_date(event, "DTSTART"), when.zone), _moment(_end(event), when.zone)
        start, end = max(start, first), min(end, last)
        if start < end and _keeps_busy(event):
            yield Busy(start, end)


def _end(event: Component) -> date:
    """Return when an event ends; some programs write the last day of an all-day event, not the one after."""
    start, end = _date(event, "DTSTART"), _date(event, "DTEND")
    return start + timedelta(days=1) if start == end and not isinstance(start, datetime) else end


def _date(event: Component, name: str) -> date:
    value: Any = event[name]
    found: date = value.dt
    return found


def _event(entry: Entry, email: str) -> Component:
    import icalendar  # noqa: PLC0415 - only for those who name a calendar

    event: Component = icalendar.Event.from_ical(entry.content)
    for property_, message in event.errors:
        raise ValueError(f"{property_}: {message}")
    if "DTSTART" not in event:
        raise ValueError("it has no DTSTART")
    if any(falls_never(value) for value in entry.values(b"RRULE")):
        raise ValueError("its rule falls on no day that there is")
    for name in _SINGLE:
        if isinstance(event.get(name), list):
            raise ValueError(f"it has {name} more than once")  # noqa: TRY004 - the file is wrong, not the call
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        _see_to(rule)
        if "UNTIL" in rule and isinstance(_date(event, "DTSTART"), datetime):
            rule["UNTIL"] = [_last_moment(until) for until in rule["UNTIL"]]
    if entry.is_declined_by(email):
        event["TRANSP"] = "TRANSPARENT"
    return event


def _last_moment(until: date) -> date:
    """Return until when a series with hours goes on where only a day is named: to its end."""
    return until if isinstance(until, datetime) else datetime.combine(until, time(23, 59, 59))


def _see_to(rule: Mapping[str, Sequence[object]]) -> None:
    """Raise ValueError for a rule that would be searched through without end."""
    if any(not isinstance(step, int) or step < 1 for step in rule.get("INTERVAL", [1])):
        raise ValueError("INTERVAL in its rule is not 1 or more")
    if not _OFTEN.isdisjoint(rule.get("FREQ", [])):
        raise ValueError("it comes back by the hour, the minute or the second")
    times = 1
    for part in _WITHIN_A_DAY:
        times *= len(rule.get(part, [0]))
    if times > TIMES_A_DAY:
        raise ValueError("it comes back more than 24 times a day")


def _keeps_busy(event: Component) -> bool:
    return not any(str(event.get(name, "")).upper() in free for name, free in _FREE.items())


def _moment(at: date, zone: tzinfo) -> datetime:
    """Return a day's beginning or a time in UTC; ``zone`` is that of what has none of its own.

    Zones that have a name are taken from the tzdata package, whatever the machine says of them.
    """
    if not isinstance(at, datetime):
        return datetime.combine(at, time(), zone).astimezone(UTC)
    if isinstance(at.tzinfo, ZoneInfo) and at.tzinfo.key in zones.names():
        return at.replace(tzinfo=zones.zone(at.tzinfo.key)).astimezone(UTC)
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _joined(found: Iterable[Busy]) -> Iterator[Busy]:
    """Yield busy times in order, those that meet or overlap as one."""
    current: Busy | None = None
    for one in sorted(found):
        if current is not None and one.start <= current.end:
            current = Busy(current.start, max(current.end, one.end))
            continue
        if current is not None:
            yield current
        current = one
    if current is not None:
        yield current


def _why(entries: Sequence[Entry], error: Exception) -> tuple[int, str]:
    """Return which event of a series is to blame and why: for a broken rule what csweek check says of it."""
    for entry in entries:
        for line in entry.lines:
            fault = fault_of_rule(line.partition(b":")[2]) if line[:6].upper() == b"RRULE:" else ""
            if fault:
                return entry.line, fault
    text = _said(error)
    if not isinstance(error, ValueError):
        text = f"its days and times do not fit together ({text})"
    return entries[0].line, text.removeprefix("None: ")


def _said(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _told(wrong: Sequence[tuple[int, str]], name: str) -> Iterator[Problem]:
    for line, why in sorted(wrong)[:SHOWN]:
        hint = "correct it in the calendar program, or export the calendar again"
        yield warning(Place(name, line), f"this event cannot be read and keeps nobody busy: {why}", hint)
    if len(wrong) > SHOWN:
        yield warning(Place(name), f"{len(wrong) - SHOWN} more events cannot be read")
