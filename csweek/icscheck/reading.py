"""The lines of an .ics file and the kind of each, as one string of letters. Source: RFC 5545, section 3.1."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import chain

from msgspec import Struct

from csweek.errors import Severity

_NAME = re.compile(rb"([A-Za-z0-9-]+)[:;]")
MARK = b"\xef\xbb\xbf"
"""The byte order mark in UTF-8."""
_ONLY_NAME = re.compile(rb"[A-Za-z0-9-]+")
_FOLDS, _AFTER_NAME = (b" ", b"\t"), (b":", b";")

_INSIDE = re.compile("A[^a]*a|X[^x]*x")
"""Alarms, and parts of kinds that have no letter."""
_ANY_END = re.compile(rb"\r\n|\r|\n")
_TORN = re.compile(rb"[\r\n][A-Za-z0-9-]+(?:\r\n|\r|\n)[ \t][:;]")
"""A name that a fold parts from its value: older Mozilla and KDE programs wrote every line like this."""

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
TEXT, TITLE, TEXTS = "T", "j", "L"
PROPERTIES = {
    **dict.fromkeys((b"NAME", b"X-WR-CALNAME", b"X-WR-CALDESC", b"X-WR-TIMEZONE"), HEAD),
    b"CALSCALE": "w",
    **dict.fromkeys((b"REFRESH-INTERVAL", b"X-PUBLISHED-TTL", b"SOURCE"), HEAD),
    **dict.fromkeys((b"DESCRIPTION", b"LOCATION", b"COMMENT", b"CONTACT", b"TZNAME"), TEXT),
    **dict.fromkeys((b"CATEGORIES", b"RESOURCES"), TEXTS),
    b"SUMMARY": TITLE,
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
    b"EXDATE": "%",
    b"TRIGGER": "&",
    b"TZID": "k",
    b"TZOFFSETFROM": "<",
    b"TZOFFSETTO": ">",
    b"SEQUENCE": "q",
    b"STATUS": "y",
    b"TRANSP": "y",
    b"ORGANIZER": "o",
    b"ATTENDEE": "@",
    b"IMAGE": "i",
}


_UID = PROPERTIES[b"UID"]


class Fault(Struct, frozen=True):
    """One thing that is wrong, on these lines (from 1, in order; 0: the file as a whole)."""

    at: Sequence[int]
    message: str
    hint: str
    severity: Severity = Severity.ERROR

    @property
    def first(self) -> int:
        """The first of the lines."""
        return self.at[0]


def more(those: Sequence[object]) -> str:
    """Return what is said after the first of so many faults that are alike."""
    others = len(those) - 1
    return {0: "", 1: " (and another one like this)"}.get(others, f" (and {others} more like this)")


class Kinds(dict[bytes, str]):
    """The kind of every different line, worked out when it is first met."""

    def __missing__(self, line: bytes) -> str:
        """Return a new line's kind; most of those that stand in a file once are UIDs."""
        kind = self[line] = _UID if line[:4] == b"UID:" else kind_of(line)
        return kind


class File(Struct, frozen=True, dict=True):
    """An .ics file, read: ``kinds[n]`` is the kind of ``lines[n]``."""

    data: bytes
    lines: Sequence[bytes]
    kinds: str
    different: Kinds
    """Every different line once, in the order in which they are first met."""
    loose: bool
    """Whether a line ends in LF or CR alone."""
    joined: Collection[bytes] = frozenset()
    """Lines that stand here with the next one, because only their names stood before the fold."""

    def unlike(self, kinds: Iterable[str]) -> Iterable[bytes]:
        """Return the different lines of these kinds."""
        return chain.from_iterable(self.by_kind.get(kind, ()) for kind in kinds)

    @cached_property
    def by_kind(self) -> dict[str, list[bytes]]:
        """The different lines of each kind but UIDs, which are most of them."""
        found: dict[str, list[bytes]] = {}
        for line, kind in [item for item in self.different.items() if item[1] != _UID]:
            found.setdefault(kind, []).append(line)
        return found

    def numbers(self, wanted: Collection[bytes]) -> Sequence[int]:
        """Return on which lines one of these stands."""
        return [number for number, line in enumerate(self.lines, 1) if line in wanted] if wanted else ()

    def numbers_of(self, kinds: str) -> Sequence[int]:
        """Return on which lines one of these kinds stands."""
        return [number for number, kind in enumerate(self.kinds, 1) if kind in kinds]

    def in_events(self, kinds: str) -> Sequence[int]:
        """Return on which lines of events, but not of their alarms, one of these kinds stands."""
        return sorted(
            start + found.start() + 1
            for shape in self.shapes
            for found in re.finditer(f"[{kinds}]", shape)
            for start in self.events[shape]
        )

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
        kinds, first, last = self.kinds, self.kinds.find("E"), self.kinds.rfind("e")
        if kinds.count("E") == kinds.count("e") == kinds.count("eE") + 1:  # one after the other
            kinds = f"{kinds[:first]}{'#' * (last + 1 - first)}{kinds[last + 1 :]}"
        return re.sub(r"E[^e]*e|Z[^z]*z|X[^x]*x", lambda found: "#" * len(found[0]), kinds)

    @cached_property
    def shapes(self) -> Collection[str]:
        """What events consist of (alarms and other parts as ``#``), each once."""
        found = {part[: part.find("e") + 1] for part in set(self.kinds.split("E")[1:])}
        return {_without_parts(f"E{shape}") for shape in found if shape}

    @cached_property
    def events(self) -> "dict[str, list[int]]":
        """The indices at which the events begin, by what they consist of (alarms and such as ``#``)."""
        found: dict[str, list[int]] = {}
        for match in re.finditer(r"E[^Ee]*e", self.kinds):
            found.setdefault(match[0], []).append(match.start())
        merged: dict[str, list[int]] = {}
        for shape, starts in found.items():
            merged.setdefault(_without_parts(shape), []).extend(starts)
        return merged


def _without_parts(shape: str) -> str:
    return _INSIDE.sub(lambda part: "#" * len(part[0]), shape) if "A" in shape or "X" in shape else shape


def read(data: bytes) -> File:
    """Return the file by lines, whatever they end in; a byte order mark is no part of the first."""
    body = data.removeprefix(MARK)
    file = _file(data, body.split(b"\r\n"), loose=False)
    if b"\n" in file.together or b"\r" in file.together:
        return _file(data, _ANY_END.split(body), loose=True)
    return file


def _file(data: bytes, lines: list[bytes], *, loose: bool) -> File:
    if not lines[-1]:
        del lines[-1]
    joined = _join_names(lines) if _TORN.search(data) else frozenset[bytes]()
    different = Kinds()
    return File(data, lines, "".join(map(different.__getitem__, lines)), different, loose, joined)


def _join_names(lines: list[bytes]) -> frozenset[bytes]:
    """Move to each name what comes after the fold, and leave its line as an empty continuation."""
    joined = set()
    for at in range(len(lines) - 1):
        after = lines[at + 1]
        if after[:1] in _FOLDS and after[1:2] in _AFTER_NAME and _ONLY_NAME.fullmatch(lines[at]):
            lines[at], lines[at + 1] = lines[at] + after[1:], after[:1]
            joined.add(lines[at])
    return frozenset(joined)


def kind_of(line: bytes) -> str:
    """Return the letter that stands for a line."""
    if line.startswith((b" ", b"\t")):
        return CONTINUED
    found = _NAME.match(line)
    if found is None:
        return MALFORMED if line else BLANK
    name = found[1].upper()
    if name in (b"BEGIN", b"END"):
        kind = BEGINS.get(line[found.end() :].strip().upper(), UNKNOWN_COMPONENT)
        return kind if name == b"BEGIN" else kind.lower()
    return PROPERTIES.get(name, OTHER)
