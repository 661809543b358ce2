"""Checks of what events seldom hold: places, priorities, files; and of what may stand in them once.

Sources: RFC 5545, 3.6.1, 3.8.1.1, 3.8.1.6, 3.8.1.8, 3.8.1.9. Alarms and tasks are theirs who write them.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from csweek.errors import Severity
from csweek.icscheck.lines import value_of
from csweek.icscheck.reading import OTHER, TEXT, Fault, File

LARGEST = 100_000
"""Bytes of a file inside a calendar that are still carried without a word."""

_ONCE = {
    b"CLASS": OTHER, b"CREATED": "l", b"DESCRIPTION": TEXT, b"GEO": OTHER, b"LAST-MODIFIED": "l",
    b"LOCATION": TEXT, b"ORGANIZER": "o", b"PRIORITY": OTHER, b"RRULE": "r", b"STATUS": "y", b"TRANSP": "y",
    b"URL": OTHER,
}  # fmt: skip
"""Properties that an event has once at most, by the kind of their lines; others are in ``events``."""
_NAME = re.compile(rb"[A-Za-z0-9-]+")
_NUMBER = rb"[-+]?\d+(?:\.\d+)?"
_GEO = re.compile(rb"(%b);(%b)\s*" % (_NUMBER, _NUMBER))
_PRIORITY = re.compile(rb"\d\s*")
_PARAMETERS = re.compile(rb'"[^"]*"')
_HEAD = {"v": "VERSION", "p": "PRODID", "m": "METHOD", "w": "CALSCALE"}
_WARNING = Severity.WARNING


def twice(file: File) -> Iterator[Fault]:
    """Find properties that an event has more than once, of which programs read one or the other."""
    marks = {
        line: _sign(name)
        for name, kind in _ONCE.items()
        for line in file.unlike(kind)
        if name_of(line) == name
    }
    at = [marks.get(line, " ") for line in file.lines] if marks else []
    found: dict[str, list[int]] = {}
    for shape, starts in file.events.items() if marks else ():
        own = [place for place, kind in enumerate(shape) if kind != "#"]
        for start in starts:
            said = [at[start + place] for place in own]
            if sum(sign != " " for sign in said) > len({*said} - {" "}):
                for sign, count in Counter(said).items():
                    if count > 1 and sign != " ":
                        found.setdefault(sign, []).append(start + 1)
    for name in _ONCE:
        if numbers := sorted(found.get(_sign(name), ())):
            hint = "keep one: some programs read the first, some the last"
            yield Fault(numbers, f"the event has {name.decode()} more than once", hint, _WARNING)


def _sign(name: bytes) -> str:
    return chr(ord("A") + list(_ONCE).index(name))


def name_of(line: bytes) -> bytes:
    """Return the name of a property."""
    found = _NAME.match(line)
    return found[0].upper() if found else b""


def heads(file: File) -> Iterator[Fault]:
    """Find what the head of a calendar says more than once."""
    outside = file.outside.partition("c")[0]
    for kind, name in _HEAD.items():
        if outside.count(kind) > 1:
            again = [found.start() + 1 for found in re.finditer(kind, outside)][1:]
            yield Fault(again, f"the calendar has {name} more than once", "keep one", _WARNING)


def positions(file: File) -> Iterator[Fault]:
    """Find places that are nowhere on earth."""
    numbers = _where(file, b"GEO", lambda line: not is_position(value_of(line)))
    if numbers:
        hint = "write latitude;longitude in degrees, as in GEO:59.3293;18.0686, or take it out"
        yield Fault(numbers, "this GEO is no place", hint, _WARNING)


def is_position(value: bytes) -> bool:
    """Whether these are degrees of latitude and longitude."""
    found = _GEO.fullmatch(value)
    return bool(found and abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180)


def priorities(file: File) -> Iterator[Fault]:
    """Find priorities that are none, and progress, which tasks alone have."""
    numbers = _where(file, b"PRIORITY", lambda line: not _PRIORITY.fullmatch(value_of(line)))
    if numbers:
        hint = "write a number from 1 (highest) to 9, or 0 for none"
        yield Fault(numbers, "PRIORITY is no number from 0 to 9", hint, _WARNING)
    numbers = _where(file, b"PERCENT-COMPLETE", lambda _: True)
    if numbers:
        hint = "take it out: tasks (VTODO) have it, events do not"
        yield Fault(numbers, "PERCENT-COMPLETE in an event", hint, _WARNING)


def attachments(file: File) -> Iterator[Fault]:
    """Find files inside the calendar that programs take for addresses, and large ones."""
    numbers = _where(file, b"ATTACH", lambda line: _inline(line) not in ((False, False), (True, True)))
    if numbers:
        hint = "write ATTACH;VALUE=BINARY;ENCODING=BASE64: both, or neither before an address"
        yield Fault(numbers, "this file is only half said to be one", hint, _WARNING)
    numbers = _where(file, b"ATTACH", lambda line: any(_inline(line)) and len(value_of(line)) > LARGEST)
    if numbers:
        hint = "put it on the web and write its address: programs drop large files, or fetch them each time"
        yield Fault(numbers, f"a file of more than {LARGEST // 1000} kB in a calendar", hint, _WARNING)


def _inline(line: bytes) -> tuple[bool, bool]:
    """Return whether a line's value is said to be bytes, and to be written in Base64."""
    head = _PARAMETERS.sub(b"", line[: len(line) - len(value_of(line))]).upper()
    return b";VALUE=BINARY" in head, b";ENCODING=BASE64" in head


def _where(file: File, name: bytes, wrong: Callable[[bytes], bool]) -> Sequence[int]:
    """Return the lines of events, but not of their alarms, with this property as a whole being wrong."""
    lines = {line for line in file.unlike(OTHER) if name_of(line) == name}
    own = {*file.in_events(OTHER)} if lines else ()
    return [n for n in file.numbers(lines) if n in own and wrong(file.whole(n - 1))]


CHECKS = (twice, heads, positions, priorities, attachments)
