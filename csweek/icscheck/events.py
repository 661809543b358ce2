"""Checks of single events: what they must have, once, and what a published calendar must not have."""

from collections.abc import Iterator, Sequence

from csweek.errors import Severity
from csweek.icscheck.reading import Fault, File

_WARNING = Severity.WARNING
_NEEDED = {
    "u": ("UID", "add one that stays the same for ever: programs know an event by it"),
    "t": ("DTSTAMP", "add when it was last changed, in UTC: DTSTAMP:20270104T090000Z"),
    "b": ("DTSTART", "add when it begins"),
}
_ONCE = {
    "u": "UID", "t": "DTSTAMP", "b": "DTSTART", "f": "DTEND", "g": "DURATION", "j": "SUMMARY",
    "q": "SEQUENCE", "n": "RECURRENCE-ID",
}  # fmt: skip
_EMPTY = b"UID:"
_REPLIES = (b"REQUEST", b"REPLY", b"CANCEL", b"COUNTER", b"DECLINECOUNTER", b"REFRESH", b"ADD")


def needed(file: File) -> Iterator[Fault]:
    """Find events without what every program needs."""
    for kind, (name, hint) in _NEEDED.items():
        lacking = _begins(file, [shape for shape in file.shapes if kind not in shape])
        if lacking:
            yield Fault(lacking, f"the event has no {name}", hint)
    if _EMPTY in file.different:
        yield Fault(file.numbers({_EMPTY}), "this UID is empty", _NEEDED["u"][1])


def ends(file: File) -> Iterator[Fault]:
    """Find events without an end, or with two."""
    lacking = _begins(file, [shape for shape in file.shapes if "f" not in shape and "g" not in shape])
    if lacking:
        hint = "add DTEND; of an all-day event it is the day after the last"
        yield Fault(lacking, "the event has no DTEND", hint, _WARNING)
    lasting = _begins(file, [shape for shape in file.shapes if "f" not in shape and "g" in shape])
    if lasting:
        hint = "write when it ends as DTEND: not every program reads DURATION"
        yield Fault(lasting, "the event has DURATION instead of DTEND", hint, _WARNING)
    both = _begins(file, [shape for shape in file.shapes if "f" in shape and "g" in shape])
    if both:
        yield Fault(both, "the event has both DTEND and DURATION", "keep DTEND")


def once(file: File) -> Iterator[Fault]:
    """Find properties that an event has twice."""
    for kind, name in _ONCE.items():
        twice = _begins(file, [shape for shape in file.shapes if shape.count(kind) > 1])
        if twice:
            yield Fault(twice, f"the event has {name} more than once", "keep one")


def unique(file: File) -> Iterator[Fault]:
    """Find events with the same UID that are not exceptions of one another."""
    whole = "u " not in file.kinds and "n" not in file.kinds
    if whole and file.kinds.count("u") == list(file.different.values()).count("u"):
        return
    uids = [
        (start + shape.index("u"), b"") if "n" not in shape
        else (start + shape.index("u"), file.whole(start + shape.index("n")))
        for shape, starts in file.events.items() if "u" in shape for start in starts
    ]  # fmt: skip
    if len({(file.lines[at], exception) for at, exception in uids}) == len(uids):
        return
    seen: set[tuple[bytes, bytes]] = set()
    again = []
    for at, exception in sorted(uids):
        key = (file.whole(at), exception)
        if key in seen:
            again.append(at + 1)
        seen.add(key)
    if again:
        yield Fault(
            again, "another event has the same UID", "give each its own: programs show only one of them"
        )


def methods(file: File) -> Iterator[Fault]:
    """Find methods that make a file a message between people, and what PUBLISH asks for."""
    wrong = [line for line in file.unlike("m") if _value(line) in _REPLIES]
    if wrong:
        hint = "take METHOD out; programs would take the calendar for an invitation and answer it"
        yield Fault(file.numbers(wrong), "METHOD makes this file a message, not a calendar", hint)
    published = any(_value(line) == b"PUBLISH" for line in file.unlike("m"))
    lacking = _begins(file, [shape for shape in file.shapes if "o" not in shape]) if published else ()
    if lacking:
        hint = "add ORGANIZER, or take METHOD out"
        yield Fault(lacking, "METHOD:PUBLISH, and this event has no ORGANIZER", hint, _WARNING)
    guests = file.in_events("@") if published else ()
    if guests:
        hint = "take it out, or METHOD; what is published has no guests (RFC 5545, 3.8.4.1)"
        yield Fault(guests, "METHOD:PUBLISH, and this event has an ATTENDEE", hint, _WARNING)


def attendees(file: File) -> Iterator[Fault]:
    """Find guests in a calendar for many; a file with one event and its ORGANIZER is an invitation."""
    guests = file.in_events("@")
    if not guests or any(_value(line) == b"PUBLISH" for line in file.unlike("m")):
        return
    if file.kinds.count("E") > 1 or "h" in file.kinds:
        hint = "take it out: it shows addresses to everybody, and a calendar for many is no invitation"
        yield Fault(guests, "ATTENDEE in a published calendar", hint, _WARNING)
    elif "o" not in file.kinds:
        hint = "add ORGANIZER: who invites"
        yield Fault(guests, "the event has an ATTENDEE and no ORGANIZER", hint, _WARNING)


def images(file: File) -> Iterator[Fault]:
    """Find pictures."""
    if "i" in file.kinds:
        hint = "take it out: some programs fetch it from the network, others stop at it"
        yield Fault(file.numbers_of("i"), "IMAGE in a calendar", hint, _WARNING)


def titles(file: File) -> Iterator[Fault]:
    """Find events that nothing is shown of but their hour."""
    lacking = _begins(file, [shape for shape in file.shapes if "j" not in shape])
    if lacking:
        yield Fault(lacking, "the event has no SUMMARY", "add one: it is what a calendar shows", _WARNING)


def series(file: File) -> Iterator[Fault]:
    """Find events that repeat."""
    numbers = file.in_events("rR")
    if numbers:
        hint = "write each day as an event of its own: moves and exceptions then work in every program"
        yield Fault(numbers, "the event repeats by a rule", hint, _WARNING)


def _value(line: bytes) -> bytes:
    return line.partition(b":")[2].strip().upper()


def _begins(file: File, shapes: Sequence[str]) -> Sequence[int]:
    """Return the lines on which the events of these shapes begin."""
    return sorted(start + 1 for shape in shapes for start in file.events[shape])


CHECKS = (needed, ends, once, unique, methods, attendees, images, titles, series)
