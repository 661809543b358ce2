"""Checks of what stands in what: BEGIN and END, head, places. Source: RFC 5545, 3.4 to 3.7."""

import re
from collections.abc import Iterator

from csweek.errors import Severity
from csweek.icscheck.reading import Fault, File

MOST_EVENTS = 900

_ENDS = re.compile(r"[CEZSDAXcezsdax]")
_REST = r"[^CEZSDAXcezsdax]*"
_WELL_NESTED = re.compile(
    "RCR(?:(?:ER(?:ARaR)*e|ZR(?:(?:SRs|DRd)R)*z)R)*cR".replace("R", _REST)
)  # fmt: skip
_PARENTS = {"E": "C", "Z": "C", "S": "Z", "D": "Z", "A": "EX", "X": "CXZE", "C": ""}
_NOT_IN_HEAD = re.compile(r"[tbfgnro@]")
_HEAD = re.compile(r"[vpmhw]")
_WARNING = Severity.WARNING


def nesting(file: File) -> Iterator[Fault]:
    """Find components that are not closed, closed twice, or in a place where they cannot be."""
    if _WELL_NESTED.fullmatch(file.kinds):
        return
    stack: list[int] = []
    for match in _ENDS.finditer(file.kinds):
        at, kind = match.start(), match[0]
        if kind.isupper():
            yield from _misplaced(file, at, stack)
            stack.append(at)
        elif not stack or _name(file, stack[-1]) != _name(file, at):
            yield _unopened(file, at, stack)
            return
        else:
            stack.pop()
    for at in stack:
        hint = f"end it with END:{_name(file, at)}; was the file cut off?"
        yield Fault([at + 1], f"BEGIN:{_name(file, at)} has no END", hint)


def _misplaced(file: File, at: int, stack: list[int]) -> Iterator[Fault]:
    parent = file.kinds[stack[-1]] if stack else ""
    allowed = _PARENTS[file.kinds[at]]
    if parent not in allowed or (allowed and not parent):
        where = f"inside {_name(file, stack[-1])}" if stack else "outside VCALENDAR"
        yield Fault([at + 1], f"{_name(file, at)} stands {where}", "is an END missing before this line?")


def _unopened(file: File, at: int, stack: list[int]) -> Fault:
    if not stack:
        return Fault([at + 1], f"END:{_name(file, at)} has no BEGIN", "take it out, or put BEGIN before it")
    opened = f"BEGIN:{_name(file, stack[-1])} on line {stack[-1] + 1}"
    return Fault(
        [at + 1], f"END:{_name(file, at)} where {opened} is to be closed", "close what was opened last"
    )


def _name(file: File, at: int) -> str:
    return file.lines[at].partition(b":")[2].strip().upper().decode("utf-8", "replace")


def head(file: File) -> Iterator[Fault]:
    """Find calendars without version or maker, and more than one calendar in the file."""
    for kind, line in (("v", "VERSION:2.0"), ("p", "PRODID:-//who made it//EN")):
        if kind not in file.outside:
            name = line.partition(":")[0]
            yield Fault(
                [file.kinds.find("C") + 1], f"the calendar has no {name}", f"add {line} after BEGIN:VCALENDAR"
            )
    others = [found.start() + 1 for found in re.finditer("C", file.kinds)][1:]
    if others:
        hint = "make a file of each: most programs read only the first"
        yield Fault(others, "another calendar begins in the same file", hint, _WARNING)


def version(file: File) -> Iterator[Fault]:
    """Find the versions of old: vCalendar 1.0."""
    wrong = [line for line in file.unlike("v") if line.partition(b":")[2].strip() != b"2.0"]
    if wrong:
        yield Fault(file.numbers(wrong), "this is not iCalendar 2.0", "export it as iCalendar (VERSION:2.0)")


def places(file: File) -> Iterator[Fault]:
    """Find properties of events outside events, and the calendar's anywhere but before the events."""
    outside = file.outside.partition("c")[0]
    alone = [found.start() + 1 for found in _NOT_IN_HEAD.finditer(outside)]
    if alone:
        yield Fault(
            alone, "this property stands outside any event", "move it between BEGIN:VEVENT and END:VEVENT"
        )
    first = outside.find("#")
    late = [found.start() + 1 for found in _HEAD.finditer(outside, first)] if first >= 0 else []
    inside = [
        start + found.start() + 1
        for shape in file.shapes
        for found in _HEAD.finditer(shape)
        for start in file.events[shape]
    ]
    if late or inside:
        hint = "move it up, before the first event and the first time zone"
        yield Fault(
            sorted(late + inside), "this property belongs to the head of the calendar", hint, _WARNING
        )


def around(file: File) -> Iterator[Fault]:
    """Find what stands before or after the calendar."""
    first, last = file.kinds.find("C"), file.kinds.rfind("c")
    strange = [n for n, kind in enumerate(file.kinds[: max(first, 0)], 1) if kind not in "0?"]
    strange += [
        last + 2 + n for n, kind in enumerate(file.kinds[last + 1 :]) if last >= 0 and kind not in "0?C"
    ]
    if strange:
        yield Fault(strange, "this line stands outside the calendar", "take it out")


def amount(file: File) -> Iterator[Fault]:
    """Find calendars without events, and with more than every program takes."""
    events = file.kinds.count("E")
    if events == 0 and not re.search("X", file.kinds):
        yield Fault([0], "the calendar holds no event", "a program that gets this shows nothing", _WARNING)
    if events > MOST_EVENTS:
        hint = f"split it by part of the year, at most {MOST_EVENTS} a file"
        yield Fault([0], f"the calendar holds {events} events", hint, _WARNING)


CHECKS = (nesting, head, version, places, around, amount)
