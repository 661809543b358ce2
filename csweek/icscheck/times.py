"""Checks of days, hours and zones. Sources: RFC 5545, 3.3.4, 3.3.5, 3.6.5, 3.8.2; for Outlook MS-OXCICAL."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from csweek import zones
from csweek.errors import Severity
from csweek.icscheck.reading import OTHER, Fault, File


class Moment(NamedTuple):
    """A day or a time as it is written; ``zone`` is empty without a TZID."""

    zone: bytes
    value: bytes

    @property
    def is_day(self) -> bool:
        """Whether it has no hour."""
        return len(self.value) == 8

    @property
    def floats(self) -> bool:
        """Whether it has an hour and no zone."""
        return not (self.is_day or self.zone or self.value.endswith(b"Z"))


_Known = Mapping[bytes, Moment | None]
_WARNING = Severity.WARNING
_MOMENT = re.compile(rb'[^:;]+(?P<params>(?:;[^:;"]*(?:"[^"]*")?)*):(?P<value>\d{8}(?:T\d{6}Z?)?)')
_TZID = re.compile(rb'[^:"]*(?:"[^"]*"[^:"]*)*;TZID=(?:"(?P<quoted>[^"]+)|(?P<bare>[^":;]+))', re.IGNORECASE)
_WEEKDAY = re.compile("[-+]?[1-5](?:MO|TU|WE|TH|FR|SA|SU)|")
_ESCAPED = re.compile(rb"\\([\\;,])")
STAMP = re.compile(rb"[^:]+:\d{8}T\d{6}Z")
_LOCAL = re.compile(rb"[^:]+:\d{8}T\d{6}")
_NO_TIME = "the event ends when it begins"


def moments(file: File) -> Iterator[Fault]:
    """Find times that do not exist, events that end before they begin, and hours without a zone."""
    known = {line: moment_of(line) for line in file.unlike("bf")}
    yield from _impossible(file, known)
    yield from _disordered(file, known)
    yield from _floating(file, known)
    yield from _days_in_zones(file, known)


def stamps(file: File) -> Iterator[Fault]:
    """Find stamps that are not UTC; few programs look at when an event was made or changed."""
    wrong = {line for line in file.unlike("tl") if not STAMP.fullmatch(line)}
    local = {line for line in wrong if file.different[line] == "l" and _LOCAL.fullmatch(line)}
    hint = "write it as 20270104T093000Z"
    if wrong - local:
        yield Fault(file.numbers(wrong - local), "this time must be in UTC", hint)
    if local:
        yield Fault(file.numbers(local), "this time must be in UTC", hint, _WARNING)


def _impossible(file: File, known: _Known) -> Iterator[Fault]:
    wrong = {line for line, moment in known.items() if moment is None}
    wrong |= {line for line in file.unlike("n") if moment_of(line) is None}
    numbers = [n for n in file.numbers(wrong) if moment_of(file.whole(n - 1)) is None]
    if numbers:
        hint = "a day is ;VALUE=DATE:20270104, a time :20270104T093000 with ;TZID=…, or Z for UTC"
        yield Fault(numbers, "this is no day and no time", hint)


def _disordered(file: File, known: _Known) -> Iterator[Fault]:
    wrong: dict[str, list[int]] = {}
    if _all_in_order(file, known):
        return
    for shape, starts in file.events.items():
        if "b" in shape and "f" in shape:
            first, last = shape.index("b"), shape.index("f")
            pairs = {(file.lines[start + first], file.lines[start + last]) for start in starts}
            judged = {(a, b): order(known[a], known[b]) for a, b in pairs}
            for start in starts if any(judged.values()) else ():
                fault = judged[file.lines[start + first], file.lines[start + last]]
                wrong.setdefault(fault, []).append(start + last + 1)
    wrong.pop("", None)
    for fault, numbers in wrong.items():
        hint = "DTEND lies after DTSTART and is of its kind; of an all-day event it is the day after"
        severity = _WARNING if fault == _NO_TIME else Severity.ERROR
        yield Fault(sorted(numbers), fault, hint, severity)


def _all_in_order(file: File, known: _Known) -> bool:
    """Whether every end stands right after its start and later than it: the quick answer for most files."""
    kinds, lines = file.kinds, file.lines
    if kinds.count("f") != kinds.count("bf"):
        return False
    starts = [found.start() for found in re.finditer("bf", kinds)]
    pairs = {(lines[at], lines[at + 1]) for at in starts}
    return not any(order(known[first], known[last]) for first, last in pairs)


def _floating(file: File, known: _Known) -> Iterator[Fault]:
    loose = {line for line, moment in known.items() if moment and moment.floats}
    numbers = [
        start + at + 1
        for shape, starts in (file.events.items() if loose else ())
        for at, kind in enumerate(shape)
        if kind in "bf"
        for start in starts
        if file.lines[start + at] in loose
    ]
    if numbers:
        hint = "add ;TZID=… with its VTIMEZONE, or write UTC with a Z"
        yield Fault(
            sorted(numbers), "this hour has no time zone: everybody sees it at another moment", hint, _WARNING
        )


def _days_in_zones(file: File, known: _Known) -> Iterator[Fault]:
    numbers = file.numbers(
        {line for line, moment in known.items() if moment and moment.is_day and moment.zone}
    )
    if numbers:
        hint = "take TZID out; programs built on icalendar read it as midnight in that zone, not as a day"
        yield Fault(numbers, "this day has a time zone", hint, _WARNING)


def order(start: Moment | None, end: Moment | None) -> str:
    """Return what is wrong with an end after this start, empty where nothing is or one is not known."""
    if start is None or end is None:
        return ""
    if start.is_day != end.is_day:
        return "DTSTART is a day and DTEND a time, or the other way round"
    same = start.zone == end.zone and start.value.endswith(b"Z") == end.value.endswith(b"Z")
    if same and end.value == start.value:
        return "the event ends on the day on which it begins" if start.is_day else _NO_TIME
    return "the event ends before it begins" if same and end.value < start.value else ""


def moment_of(line: bytes) -> Moment | None:
    """Return what a DTSTART or DTEND says; None where that is no day and no time."""
    found = _MOMENT.fullmatch(line)
    if found is None:
        return None
    value, params = found["value"], found["params"].upper()
    zone = zone_of(line) if params else b""
    moment = Moment(zone, value)
    day = b"VALUE=DATE" in params.replace(b"VALUE=DATE-TIME", b"")
    if day != moment.is_day or (zone and value.endswith(b"Z")):
        return None
    try:
        datetime.fromisoformat(value.decode())
    except ValueError:
        return None
    return moment


def zone_of(line: bytes) -> bytes:
    """Return the zone that a line names, empty without one; in quotes it may hold any sign."""
    found = _TZID.match(line)
    return (found["quoted"] or found["bare"]) if found else b""


def declared(file: File) -> Iterator[Fault]:
    """Find zones that are used without a VTIMEZONE."""
    known = {name.decode("utf-8", "replace") for name in named_zones(file)}
    used = {line: zone_of(line) for line in file.unlike("bfnR%" + OTHER)}
    missing: dict[str, list[int]] = {}
    unknown = {line for line, zone in used.items() if zone and zone.decode("utf-8", "replace") not in known}
    for number in file.numbers(unknown):
        name = zone_of(file.whole(number - 1)).decode("utf-8", "replace")
        if name not in known:
            missing.setdefault(name, []).append(number)
    for zone, numbers in missing.items():
        hint = f"add the VTIMEZONE of {zone}; without it Outlook is an hour off or refuses the file"
        yield Fault(numbers, f"TZID {zone} has no VTIMEZONE", hint)


def rules(file: File) -> Iterator[Fault]:
    """Find zones with daylight saving whose VTIMEZONE has no yearly rule, or one that Outlook ignores."""
    for name, at in named_zones(file).items():
        shape = file.kinds[at : file.kinds.find("z", at) + 1]
        zone = name.decode("utf-8", "replace")
        if "r" not in shape and _changes_hours(file, at, shape, zone):
            hint = "write STANDARD and DAYLIGHT with an RRULE each: Outlook reads no other form"
            yield Fault([at + 1], f"the VTIMEZONE of {zone} has daylight saving without RRULE", hint)
        odd = [at + n + 1 for n, kind in enumerate(shape) if kind == "r" and _is_odd(file.whole(at + n))]
        if odd:
            hint = "it reads BYDAY with one weekday such as -1SU; write the hours of the events in UTC"
            yield Fault(odd, f"Outlook ignores the time zone {zone} because of this rule", hint, _WARNING)


def _value(line: bytes) -> str:
    return line.partition(b":")[2].strip().decode("utf-8", "replace").upper()


def _is_odd(rule: bytes) -> bool:
    """Whether a rule that still holds names more than one weekday of a month, or one day of it."""
    parts = dict(part.partition("=")[::2] for part in _value(rule).split(";"))
    day, month_day = parts.get("BYDAY", ""), parts.get("BYMONTHDAY", "")
    plain = _WEEKDAY.fullmatch(day) if not month_day else not day and month_day.isdecimal()
    return "UNTIL" not in parts and not plain


def named_zones(file: File) -> dict[bytes, int]:
    """Return where each VTIMEZONE begins, by name."""
    found = {}
    for match in re.finditer(r"Z[^z]*z", file.kinds):
        at = match[0].find("k")
        if at >= 0:
            name = file.whole(match.start() + at).partition(b":")[2].strip()
            found[_ESCAPED.sub(rb"\1", name)] = match.start()
    return found


def _changes_hours(file: File, at: int, shape: str, zone: str) -> bool:
    """Whether a zone has summer time: one that is known by name today, another where its hours say so."""
    if zone in zones.names():
        return b"," in zones.data(zone).rsplit(b"\n", 2)[-2]
    offsets = (
        {file.lines[at + n].partition(b":")[2].strip() for n in range(*part.span()) if shape[n] in "<>"}
        for part in re.finditer("D[^d]*d", shape)
    )
    return any(len(both) > 1 for both in offsets)


CHECKS = (moments, stamps, declared, rules)
