"""The lines of an .ics file and the kind of each, as one string of letters. Source: RFC 5545, section 3.1."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from csweek.errors import Severity

_NAME = re.compile(rb"([A-Za-z0-9-]+)[:;]")
_ANY_END = re.compile(rb"\r\n|\r|\n")

CONTINUED, BLANK, MALFORMED, OTHER = " ", "0", "?", "."

BEGINS = {
    b"VCALENDAR": "C",
    b"VEVENT": "E",
    b"VTIMEZONE": "Z",
    b"STANDARD": "S",
    b"DAYLIGHT": "D",
    b"VALARM": "A",
}
UNKNOWN_COMPONENT = "X"
"""BEGIN is the capital letter, END the small one."""

HEAD = "h"
TEXT, TEXTS = "T", "L"
PROPERTIES = {
    **dict.fromkeys((b"CALSCALE", b"NAME", b"X-WR-CALNAME", b"X-WR-CALDESC", b"X-WR-TIMEZONE"), HEAD),
    **dict.fromkeys((b"REFRESH-INTERVAL", b"X-PUBLISHED-TTL", b"SOURCE"), HEAD),
    **dict.fromkeys((b"SUMMARY", b"DESCRIPTION", b"LOCATION", b"COMMENT", b"CONTACT", b"TZNAME"), TEXT),
    **dict.fromkeys((b"CATEGORIES", b"RESOURCES"), TEXTS),
    b"VERSION": "v",
    b"PRODID": "p",
    b"METHOD": "m",
    b"UID": "u",
    b"DTSTAMP": "t",
    b"LAST-MODIFIED": "l",
    b"CREATED": "l",
    b"DTSTART": "b",
    b"DTEND": "f",
    b"DURATION": "g",
    b"RECURRENCE-ID": "n",
    b"RRULE": "r",
    b"RDATE": "R",
    b"TZID": "k",
    b"ORGANIZER": "o",
    b"ATTENDEE": "@",
    b"IMAGE": "i",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, on these lines (from 1, in order; 0: the file as a whole)."""

    at: Sequence[int]
    message: str
    hint: str
    severity: Severity = Severity.ERROR

    @property
    def first(self) -> int:
        """The first of the lines."""
        return self.at[0]


class Kinds(dict[bytes, str]):
    """The kind of every different line, worked out when it is first met."""

    def __missing__(self, line: bytes) -> str:
        """Return a new line's kind."""
        kind = self[line] = _kind(line)
        return kind


@dataclass(frozen=True)
class File:
    """An .ics file, read: ``kinds[n]`` is the kind of ``lines[n]``."""

    data: bytes
    lines: Sequence[bytes]
    kinds: str
    different: Kinds
    """Every different line once, in the order in which they are first met."""
    loose: bool
    """Whether a line ends in LF or CR alone."""

    def unlike(self, kinds: Collection[str]) -> Iterable[bytes]:
        """Return the different lines of these kinds."""
        return (line for line, kind in self.different.items() if kind in kinds)

    def numbers(self, wanted: Collection[bytes]) -> Sequence[int]:
        """Return on which lines one of these stands."""
        return [number for number, line in enumerate(self.lines, 1) if line in wanted] if wanted else ()

    def numbers_of(self, kinds: str) -> Sequence[int]:
        """Return on which lines one of these kinds stands."""
        return [number for number, kind in enumerate(self.kinds, 1) if kind in kinds]

    def whole(self, index: int) -> bytes:
        """Return the line at an index with its continuations."""
        parts = [self.lines[index]]
        while (index := index + 1) < len(self.lines) and self.kinds[index] == CONTINUED:
            parts.append(self.lines[index][1:])
        return b"".join(parts)

    @cached_property
    def together(self) -> bytes:
        """The different lines in one."""
        return b"".join(self.different)

    @cached_property
    def outside(self) -> str:
        """The kinds with everything inside the components of the calendar as ``#``."""
        return re.sub(r"E[^e]*e|Z[^z]*z|X[^x]*x", lambda found: "#" * len(found[0]), self.kinds)

    @cached_property
    def events(self) -> "dict[str, list[int]]":
        """The indices at which the events begin, by what they consist of (alarms as ``#``)."""
        found: dict[str, list[int]] = {}
        for match in re.finditer(r"E[^Ee]*e", self.kinds):
            found.setdefault(match[0], []).append(match.start())
        merged: dict[str, list[int]] = {}
        for shape, starts in found.items():
            bare = re.sub(r"A[^a]*a", lambda alarm: "#" * len(alarm[0]), shape)
            merged.setdefault(bare, []).extend(starts)
        return merged


def read(data: bytes) -> File:
    """Return the file by lines, whatever they end in."""
    file = _file(data, data.split(b"\r\n"), loose=False)
    if b"\n" in file.together or b"\r" in file.together:
        return _file(data, _ANY_END.split(data), loose=True)
    return file


def _file(data: bytes, lines: list[bytes], *, loose: bool) -> File:
    if not lines[-1]:
        del lines[-1]
    different = Kinds()
    return File(data, lines, "".join(map(different.__getitem__, lines)), different, loose)


def _kind(line: bytes) -> str:
    if line.startswith((b" ", b"\t")):
        return CONTINUED
    if line.startswith(b"UID:"):
        return PROPERTIES[b"UID"]
    found = _NAME.match(line)
    if found is None:
        return MALFORMED if line else BLANK
    name = found[1].upper()
    if name in (b"BEGIN", b"END"):
        kind = BEGINS.get(line[found.end() :].strip().upper(), UNKNOWN_COMPONENT)
        return kind if name == b"BEGIN" else kind.lower()
    return PROPERTIES.get(name, OTHER)
