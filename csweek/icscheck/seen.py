"""The same check in a fraction of its time, for many files that one program wrote.

Their events consist of the same pieces: stamp and hours, title, paragraphs. A piece whose lines are sound
by themselves is remembered; a file is sound when its pieces are, and fit together in csweek's way. What
is not known to be sound is left to the full check, so that nothing is accepted here that it refuses.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from operator import add, itemgetter

from csweek.errors import Problem
from csweek.icscheck import check
from csweek.icscheck.lines import LONGEST, MOST_BYTES, TEXTS_IN_HEAD, is_utf8
from csweek.icscheck.parts import MOST_EVENTS
from csweek.icscheck.reading import CONTINUED, HEAD, OTHER, TEXT, TEXTS, TITLE, kind_of, read
from csweek.icscheck.times import STAMP, moment_of, named_zones, order
from csweek.icscheck.values import ONE_OF, SEQUENCE, TAG

_KEPT = 20_000
"""How many lines or pieces of one sort are remembered; beyond that they are forgotten between files."""

_EOL = b"\r\n"
_FIRST, _BEGIN, _LAST = b"BEGIN:VCALENDAR\r\n", b"BEGIN:VEVENT", b"END:VCALENDAR\r\n"
_UID, _SUMMARY, _PARAGRAPH = b"\r\nUID:", b"\r\nSUMMARY:", b"\r\n \\n"
_ZONES = b"BEGIN:VTIMEZONE\r\n"
_first = itemgetter(0)
_PLAIN = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
_EVENT = (
    b"BEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20270101T000000Z\r\nDTSTART:20270101T000000Z\r\n"
    b"DTEND:20270101T010000Z\r\nSUMMARY:x\r\nEND:VEVENT\r\n"
)

_CONTROLS = bytes({*range(32), 127} - {9})
_IN_A_UID = bytes(range(33, 127))
_WORDS = rb"(?:[^\\,;]|\\[\\,;nN])*"
_TEXT = re.compile(rb"[A-Z-]+:" + _WORDS)
_LIST = re.compile(rb"[A-Z-]+:(?:[^\\;]|\\[\\,;nN])*")
_MORE = re.compile(rb" " + _WORDS)
_TOP = re.compile(r"Cvpw?(?:h *)*")
_ALL_ZONES = re.compile(r"(?:Z[^Zz]*z)*")
_SHAPE = re.compile(r"tlqWj *(?:T *)?(?:L *)?\.?yy(?:A\.\.T *a)?eE")
"""An event after its UID up to the begin of the next one; ``W``: its start, and its end after it."""

_STRANGE = "!"
"""The kind of what is not known to be sound."""
_HARMLESS = frozenset("CEAeapbf")
"""Kinds of lines of which nothing but the place can be wrong."""
_OF_FORM = {"t": STAMP, "l": STAMP, "q": SEQUENCE, "y": ONE_OF, "w": ONE_OF}
_OF_WORDS = {TEXT: _TEXT, TITLE: _TEXT, TEXTS: _LIST, CONTINUED: _MORE}


class _Kinds(dict[bytes, str]):
    """The kinds of the lines of a piece by its bytes, worked out when they are first met."""

    def __init__(self, judge: Callable[[bytes], str]) -> None:
        super().__init__()
        self._judge = judge

    def __missing__(self, piece: bytes) -> str:
        kinds = self[piece] = self._judge(piece)
        return kinds


class Seen:
    """Checks files one after the other and remembers what was sound in them."""

    def __init__(self) -> None:
        self._lines = _Kinds(_judged)
        self._whens = _Kinds(self._when)
        self._titles = _Kinds(lambda piece: self._kinds(b"SUMMARY:" + piece))
        self._paragraphs = _Kinds(lambda piece: self._kinds(b" \\n" + piece))
        self._used: dict[bytes, frozenset[bytes]] = {}
        self._declared: dict[bytes, frozenset[bytes] | None] = {}

    def check(self, data: bytes, name: str) -> Sequence[Problem]:
        """Return what ``icscheck.check`` returns."""
        return () if self.accepts(data) else check(data, name)

    def accepts(self, data: bytes) -> bool:
        """Whether a file is known to be sound; one of which that is not known may be sound as well."""
        self._forget()
        head, *events = data.split(_UID)
        if not 0 < len(events) <= MOST_EVENTS or len(data) > MOST_BYTES or not data.endswith(_LAST):
            return False
        events[-1] = events[-1].removesuffix(_LAST) + _BEGIN
        cut = [event.partition(_EOL) for event in events]
        halves = [rest.partition(_SUMMARY) for _, _, rest in cut]
        whens = [when for when, _, _ in halves]
        zones = self._zones(head)
        return (
            zones is not None
            and _are_uids([uid for uid, _, _ in cut])
            and all(map(_SHAPE.fullmatch, self._shapes(whens, [body for _, _, body in halves])))
            and all(self._used[when] <= zones for when in set(whens))
        )

    def _forget(self) -> None:
        known = (self._lines, self._whens, self._titles, self._paragraphs, self._used, self._declared)
        if any(len(one) > _KEPT for one in known):
            for one in known:
                one.clear()

    def _shapes(self, whens: Iterable[bytes], bodies: Iterable[bytes]) -> Collection[str]:
        """Return what the events consist of, by the kinds of their lines, each once."""
        parts = [body.split(_PARAGRAPH) for body in bodies]
        begun = map(
            add, map(self._whens.__getitem__, whens), map(self._titles.__getitem__, map(_first, parts))
        )
        known = self._paragraphs
        more = [tuple([known[one] for one in part[1:]]) for part in parts]
        return {f"{begin}{''.join(rest)}" for begin, rest in set(zip(begun, more, strict=True))}

    def _kinds(self, piece: bytes) -> str:
        return "".join(map(self._lines.__getitem__, piece.split(_EOL)))

    def _when(self, piece: bytes) -> str:
        """Return the kinds of stamp, start and end; the end has to lie after the start, both in a zone."""
        lines = piece.split(_EOL)
        kinds = "".join(map(self._lines.__getitem__, lines))
        if kinds != "tlqbf":
            return _STRANGE
        start, end = map(moment_of, lines[-2:])
        if start is None or end is None or start.floats or end.floats or order(start, end):
            return _STRANGE
        self._used[piece] = frozenset({start.zone, end.zone} - {b""})
        return "tlqW"

    def _zones(self, head: bytes) -> frozenset[bytes] | None:
        """Return the zones that a file declares before its first event; None where it is not known sound."""
        top, begun, zones = head.partition(_ZONES)
        if not begun:
            top = top.removesuffix(_BEGIN)
        if not (head.startswith(_FIRST) and head.endswith(_BEGIN) and top.endswith(_EOL)):
            return None
        if not _TOP.fullmatch(self._kinds(top.removesuffix(_EOL))):
            return None
        key = begun + zones.removesuffix(_BEGIN)
        if key not in self._declared:
            self._declared[key] = _names(key)
        return self._declared[key]


def _names(zones: bytes) -> frozenset[bytes] | None:
    """Return the names of VTIMEZONEs, None where the full check finds anything beside an event."""
    whole = _PLAIN + zones + _EVENT + _LAST
    file = read(whole)
    before = file.kinds[len("Cvp") : file.kinds.find("E")]
    sound = _ALL_ZONES.fullmatch(before) and not check(whole, "")
    return frozenset(named_zones(file)) if sound else None


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
    kind = kind_of(line)
    if len(line) > LONGEST or len(line.translate(None, _CONTROLS)) < len(line) or not is_utf8(line):
        return _STRANGE
    if kind == HEAD:
        sound = _TEXT.fullmatch(line) if TEXTS_IN_HEAD.match(line) else b"\\" not in line
    elif kind in _OF_WORDS:
        sound = _OF_WORDS[kind].fullmatch(line) and not TAG.search(line)
    elif kind in _OF_FORM:
        sound = _OF_FORM[kind].fullmatch(line)
    elif kind == "v":
        sound = line.partition(b":")[2].strip() == b"2.0"
    else:
        sound = kind in _HARMLESS or (kind == OTHER and b"TZID" not in line.upper())
    return kind if sound and not line.endswith(b"\\") else _STRANGE
