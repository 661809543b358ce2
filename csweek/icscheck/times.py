"""Checks of days, hours and zones. Sources: RFC 5545, 3.3.4, 3.3.5, 3.6.5, 3.8.2; for Outlook MS-OXCICAL."""

import re
from collections.abc import Iterator
from datetime import datetime

from csweek import zones
from csweek.errors import Severity
from csweek.icscheck.reading import OTHER, Fault, File

_WARNING = Severity.WARNING
_MOMENT = re.compile(rb'[^:;]+(?P<params>(?:;[^:;"]*(?:"[^"]*")?)*):(?P<value>\d{8}(?:T\d{6}Z?)?)')
_TZID = re.compile(rb'[^:]*;TZID="?(?P<zone>[^":;]+)', re.IGNORECASE)
_STAMP = re.compile(rb"[^:]+:\d{8}T\d{6}Z")


def moments(file: File) -> Iterator[Fault]:
    """Find times that do not exist, and stamps that are not UTC."""
    wrong = {line for line in file.unlike("bf") if _moment(line) is None}
    numbers = [n for n in file.numbers(wrong) if _moment(file.whole(n - 1)) is None]
    if numbers:
        hint = "a day is ;VALUE=DATE:20270104, a time :20270104T093000 with ;TZID=…, or Z for UTC"
        yield Fault(numbers, "this is no day and no time", hint)
    stamps = {line for line in file.unlike("tl") if not _STAMP.fullmatch(line)}
    if stamps:
        yield Fault(file.numbers(stamps), "this time must be in UTC", "write it as 20270104T093000Z")


def order(file: File) -> Iterator[Fault]:
    """Find events that end before they begin, or end in a day where they begin at a time."""
    wrong: dict[str, list[int]] = {}
    for shape, starts in file.events.items():
        if "b" in shape and "f" in shape:
            first, last = shape.index("b"), shape.index("f")
            judged = {
                pair: _order(*pair)
                for pair in {(file.lines[s + first], file.lines[s + last]) for s in starts}
            }
            for start in starts if any(judged.values()) else ():
                fault = judged[file.lines[start + first], file.lines[start + last]]
                wrong.setdefault(fault, []).append(start + last + 1)
    wrong.pop("", None)
    for fault, numbers in wrong.items():
        hint = "DTEND lies after DTSTART and is of its kind; of an all-day event it is the day after"
        yield Fault(sorted(numbers), fault, hint)


def _order(start: bytes, end: bytes) -> str:
    begins, stops = _moment(start), _moment(end)
    if begins is None or stops is None:
        return ""
    if len(begins[1]) == 8 != len(stops[1]) or len(stops[1]) == 8 != len(begins[1]):
        return "DTSTART is a day and DTEND a time, or the other way round"
    comparable = begins[0] == stops[0] and begins[1].endswith(b"Z") == stops[1].endswith(b"Z")
    return "the event ends before it begins" if comparable and stops[1] <= begins[1] else ""


def _moment(line: bytes) -> tuple[bytes, bytes] | None:
    """Return the zone and the value of a DTSTART or DTEND; None where it is none."""
    found = _MOMENT.fullmatch(line)
    if found is None:
        return None
    value, zone = found["value"], _TZID.match(line)
    day = b"VALUE=DATE" in found["params"].upper().replace(b"VALUE=DATE-TIME", b"")
    if day != (len(value) == 8) or (zone and value.endswith(b"Z")):
        return None
    try:
        datetime.fromisoformat(value.decode())
    except ValueError:
        return None
    return (zone["zone"] if zone else b""), value


def floating(file: File) -> Iterator[Fault]:
    """Find hours without a zone."""
    loose = {line for line in file.unlike("bf") if b"T" in line.rpartition(b":")[2] and _floats(line)}
    numbers = [start + at + 1 for shape, starts in file.events.items() for at in _at(shape, "bf")
               for start in starts if loose and file.lines[start + at] in loose]  # fmt: skip
    if numbers:
        hint = "add ;TZID=… with its VTIMEZONE, or write UTC with a Z"
        yield Fault(
            sorted(numbers), "this hour has no time zone: everybody sees it at another moment", hint, _WARNING
        )


def _floats(line: bytes) -> bool:
    return not line.endswith(b"Z") and _TZID.match(line) is None


def _at(shape: str, kinds: str) -> list[int]:
    return [at for at, kind in enumerate(shape) if kind in kinds]


def declared(file: File) -> Iterator[Fault]:
    """Find zones that are used without a VTIMEZONE."""
    known = {name.decode("utf-8", "replace") for name in _zones(file)}
    used = {line: found["zone"] for line in file.unlike("bfnR" + OTHER) if (found := _TZID.match(line))}
    missing: dict[str, list[int]] = {}
    unknown = {line for line, zone in used.items() if zone.decode("utf-8", "replace") not in known}
    for number in file.numbers(unknown):
        found = _TZID.match(file.whole(number - 1))
        zone = found["zone"].decode("utf-8", "replace") if found else ""
        if zone not in known:
            missing.setdefault(zone, []).append(number)
    for zone, numbers in missing.items():
        hint = f"add the VTIMEZONE of {zone}; without it Outlook is an hour off or refuses the file"
        yield Fault(numbers, f"TZID {zone} has no VTIMEZONE", hint)


def rules(file: File) -> Iterator[Fault]:
    """Find zones with daylight saving whose VTIMEZONE has no yearly rule."""
    for name, at in _zones(file).items():
        shape = file.kinds[at : file.kinds.find("z", at) + 1]
        zone = name.decode("utf-8", "replace")
        if "r" not in shape and ("D" in shape or _has_summer_time(zone)):
            hint = "write STANDARD and DAYLIGHT with an RRULE each: Outlook reads no other form"
            yield Fault([at + 1], f"the VTIMEZONE of {zone} has daylight saving without RRULE", hint)


def _zones(file: File) -> dict[bytes, int]:
    """Return where each VTIMEZONE begins, by name."""
    found = {}
    for match in re.finditer(r"Z[^z]*z", file.kinds):
        at = match[0].find("k")
        if at >= 0:
            found[file.whole(match.start() + at).partition(b":")[2].strip()] = match.start()
    return found


def _has_summer_time(name: str) -> bool:
    return name in zones.names() and b"," in zones.data(name).rsplit(b"\n", 2)[-2]


CHECKS = (moments, order, floating, declared, rules)
