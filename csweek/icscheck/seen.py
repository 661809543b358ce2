"""The same check in a fraction of its time, for many files that one program writes.

Their events consist of the same pieces: stamps, hours, titles, paragraphs. A piece whose lines are sound
by themselves is remembered; a file is sound when its pieces are, and fit together in csweek's way. What
is not known to be sound is left to the full check, so that nothing is accepted here that it refuses.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import Protocol

from msgspec import Struct

from csweek.errors import Problem
from csweek.icscheck import check
from csweek.icscheck.lines import LONGEST, MOST_BYTES, NAMED, TEXTS_IN_HEAD, is_utf8
from csweek.icscheck.parts import MOST_EVENTS
from csweek.icscheck.periods import is_trigger
from csweek.icscheck.reading import CONTINUED, HEAD, OTHER, PROPERTIES, TEXT, TEXTS, TITLE, kind_of, read
from csweek.icscheck.times import STAMP, moment_of, named_zones, order
from csweek.icscheck.values import ADDRESS, CN, ONE_OF, SEQUENCE, TAG
from csweek.once import Once

_KEPT = 20_000
"""How many lines or pieces are remembered; beyond that they are forgotten between files."""

_EOL = b"\r\n"
_FIRST, _BEGIN = b"BEGIN:VCALENDAR\r\n", b"BEGIN:VEVENT\r\nUID:"
_LAST = b"END:VCALENDAR\r\n"
_ZONES = b"BEGIN:VTIMEZONE\r\n"
_PLAIN = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
_EVENT = (
    b"BEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20270101T000000Z\r\nDTSTART:20270101T000000Z\r\n"
    b"DTEND:20270101T010000Z\r\nSUMMARY:x\r\nEND:VEVENT\r\n"
)

_CONTROLS = bytes({*range(32), 127} - {9})
_IN_A_UID = bytes(range(33, 127))
_ESCAPE = rb"\\[\\,;nN]"
_WORDS = rb"[^\\,;]*(?:" + _ESCAPE + rb"[^\\,;]*)*"
_TEXT = re.compile(rb"[A-Z-]+:" + _WORDS)
_LIST = re.compile(rb"[A-Z-]+:[^\\;]*(?:" + _ESCAPE + rb"[^\\;]*)*")
_MORE = re.compile(rb" " + _WORDS)
_PLAIN_WORDS = rb"[^\\,;<\x00-\x08\x0a-\x1f\x7f]*"
_USUAL = re.compile(rb"(?:SUMMARY:| )" + _PLAIN_WORDS + rb"(?:" + _ESCAPE + _PLAIN_WORDS + rb")*")
"""What most lines look like that stand in one event alone: sound but for their length and encoding."""
_TOP = re.compile(r"Cvpw?(?P<published>m)?(?P<feed>(?:h *)*)")
_ALL_ZONES = re.compile(r"(?:Z[^Zz]*z)*")
_SHAPE = re.compile(
    r"tlqW(?:<(?P<zone>[^>]*)>)?j *(?:T *)?(?:L *)?\.?yy(?P<host>o *)?(?P<guests>(?:@ *)*)(?:A\.&T *a)?e"
)
"""An event after its UID; ``W``: its start, and its end after it, in a zone or in none."""

_STRANGE = "!"
"""The kind of what is not known to be sound."""
_HARMLESS = frozenset("CEAeapbf")
"""Kinds of lines of which nothing but the place can be wrong."""
_IN_HEAD = {"v": b"2.0", "m": b"PUBLISH"}
_OF_PEOPLE = frozenset("o@")
_PIECES_OF_LINES = frozenset((CONTINUED, *_OF_PEOPLE))
"""Kinds of lines whose values may begin on the next one."""
_TRIGGER = PROPERTIES[b"TRIGGER"]
_PEOPLE = re.compile(rb"(?im)^(?:ORGANIZER|ATTENDEE)[;:].*$")
_OF_FORM = {"t": STAMP, "l": STAMP, "q": SEQUENCE, "y": ONE_OF, "w": ONE_OF}
_OF_WORDS = {TEXT: _TEXT, TITLE: _TEXT, TEXTS: _LIST, CONTINUED: _MORE}
_FORMS = {**_OF_FORM, **_OF_WORDS}


class Piecewise(Protocol):
    """An event as its UID and the rest of it, in pieces of whole lines; empty ones are none."""

    @property
    def uid(self) -> bytes:
        """Its UID as it stands in the file."""

    @property
    def pieces(self) -> Sequence[bytes]:
        """What comes after the UID."""


class Composed(Struct, frozen=True, dict=True):
    """A calendar that is put together from pieces: what stands before the first event, and the events."""

    head: bytes
    events: Sequence[Piecewise]

    @cached_property
    def data(self) -> bytes:
        """The bytes of the file."""
        events = ((_BEGIN, one.uid, _EOL, *one.pieces) for one in self.events)
        return b"".join((self.head, *chain.from_iterable(events), _LAST))


class Seen:
    """Checks files one after the other and remembers what was sound in them."""

    def __init__(self) -> None:
        self._lines: Once[bytes, str] = Once(_judged)
        self._pieces: Once[bytes, str] = Once(self._kinds)
        """The kinds of the lines of a piece, by its bytes."""
        self._zones: dict[bytes, frozenset[bytes]] = {}

    def check(self, file: Composed, name: str) -> Sequence[Problem]:
        """Return what ``icscheck.check`` returns of its bytes."""
        return () if self.accepts(file) else check(file.data, name)

    def accepts(self, file: Composed) -> bool:
        """Whether a file is known to be sound; one of which that is not known may be sound as well."""
        self._forget()
        top, begun, zones = file.head.partition(_ZONES)
        declared = self._declared(begun + zones)
        uids = [one.uid for one in file.events]
        shapes = [_SHAPE.fullmatch(shape) for shape in self._shapes(file.events)]
        known = [shape for shape in shapes if shape]
        return (
            0 < len(uids) <= MOST_EVENTS
            and len(file.data) <= MOST_BYTES
            and len(known) == len(shapes)
            and _are_uids(uids)
            and {(shape["zone"] or "").encode() for shape in known} <= declared
            and self._fits(top, known, single=len(uids) == 1)
            and (not any(shape["host"] or shape["guests"] for shape in known) or _addressed(file.data))
        )

    def _forget(self) -> None:
        known = (self._lines, self._pieces, self._zones)
        if any(len(one) > _KEPT for one in known):
            for one in known:
                one.clear()

    def _shapes(self, events: Iterable[Piecewise]) -> Collection[str]:
        """Return what the events consist of after their UIDs, by the kinds of their lines, each once."""
        known = self._pieces.__getitem__
        return {"".join(kinds) for kinds in {tuple(map(known, one.pieces)) for one in events}}

    def _kinds(self, piece: bytes) -> str:
        """Return the kinds of the lines of a piece, ``W`` and the zone for start and end."""
        *lines, cut_off = piece.split(_EOL)
        if cut_off:
            return _STRANGE
        if len(lines) == 1:  # it is remembered as a piece
            return _judged(lines[0])
        kinds = "".join(map(self._lines.__getitem__, lines))
        at = kinds.find("bf")
        return kinds if at < 0 else f"{kinds[:at]}{_when(*lines[at : at + 2])}{kinds[at + 2 :]}"

    def _declared(self, zones: bytes) -> frozenset[bytes]:
        """Return the zones that events may be in, none included; nothing where VTIMEZONEs are not sound."""
        if zones not in self._zones:
            self._zones[zones] = _names(zones)
        return self._zones[zones]

    def _fits(self, top: bytes, shapes: Collection[re.Match[str]], *, single: bool) -> bool:
        """Whether head and events belong together: guests stand in a single invitation alone."""
        found = _TOP.fullmatch(self._kinds(top)) if top.startswith(_FIRST) else None
        if found is None:
            return False
        hosts, guests = all(shape["host"] for shape in shapes), any(shape["guests"] for shape in shapes)
        if found["published"]:
            return hosts and not guests
        return not guests or (hosts and single and not found["feed"])


def _when(begins: bytes, ends: bytes) -> str:
    """Return what stands for a start and an end: the end has to lie after the start, in the same zone."""
    start, end = moment_of(begins), moment_of(ends)
    if start is None or end is None or start.floats or end.floats or order(start, end):
        return _STRANGE
    if start.zone != end.zone or (start.is_day and start.zone):
        return _STRANGE
    return f"W<{start.zone.decode()}>" if start.zone else "W"


def _names(zones: bytes) -> frozenset[bytes]:
    """Return the names of VTIMEZONEs and none, nothing where the full check finds anything in them."""
    whole = _PLAIN + zones + _EVENT + _LAST
    file = read(whole)
    before = file.kinds[len("Cvp") : file.kinds.find("E")]
    sound = _ALL_ZONES.fullmatch(before) and not check(whole, "")
    return frozenset((b"", *named_zones(file))) if sound else frozenset()


def _addressed(data: bytes) -> bool:
    """Whether everybody who is named has an address; their lines are often folded before it."""
    people = set(_PEOPLE.findall(data.replace(b"\r\n ", b"")))
    return all(ADDRESS.match(line) and NAMED.match(line) for line in people)


def _are_uids(uids: Collection[bytes]) -> bool:
    """Whether all differ, and each is a sound line by itself."""
    whole = b"".join(uids)
    lengths = set(map(len, uids))
    return (
        len(set(uids)) == len(uids)
        and not whole.translate(None, _IN_A_UID)
        and min(lengths) > 0
        and len("UID:") + max(lengths) <= LONGEST
    )


def _judged(line: bytes) -> str:
    """Return the kind of a line that is sound wherever it may stand."""
    if len(line) > LONGEST or not is_utf8(line):
        return _STRANGE
    if _USUAL.fullmatch(line):
        return TITLE if line.startswith(b"S") else CONTINUED
    if len(line.translate(None, _CONTROLS)) < len(line):
        return _STRANGE
    kind = kind_of(line)
    return kind if _is_sound(line, kind) and not line.endswith(b"\\") else _STRANGE


def _is_sound(line: bytes, kind: str) -> bool:
    """Whether a line of plain signs is sound by its kind."""
    if kind not in _PIECES_OF_LINES and not NAMED.match(line):
        return False
    if kind == HEAD:
        return _TEXT.fullmatch(line) is not None if TEXTS_IN_HEAD.match(line) else b"\\" not in line
    if kind in _FORMS:
        return _FORMS[kind].fullmatch(line) is not None and not (kind in _OF_WORDS and TAG.search(line))
    if kind in _OF_PEOPLE:
        return not CN.match(line)
    if kind in _IN_HEAD:
        return line.partition(b":")[2].strip() == _IN_HEAD[kind]
    known = kind in _HARMLESS or (kind == OTHER and b"TZID" not in line.upper())
    return known or (kind == _TRIGGER and is_trigger(line))
