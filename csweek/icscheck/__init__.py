"""What is wrong with the bytes of an .ics file, whoever made it.

A file is read once into lines and a string with one letter for each line, its kind. Most lines of a
calendar stand in it many times, so each is looked at once; what is left is searching short strings.
"""

from collections.abc import Callable, Iterator

from csweek.errors import Problem
from csweek.icscheck import events, extras, lines, parts, periods, times, values
from csweek.icscheck.reading import Fault, File, more, read
from csweek.model.basics import Place

Check = Callable[[File], Iterator[Fault]]

CHECKS: tuple[Check, ...] = tuple(
    one for group in (lines, parts, events, extras, times, periods, values) for one in group.CHECKS
)


def check(data: bytes, name: str) -> tuple[Problem, ...]:
    """Return what calendar programs refuse (errors) or read differently (warnings), by line.

    Lines with the same fault make one problem, at the first of them.
    """
    faults = list(lines.unreadable(data))
    if not faults:
        file = read(data)
        faults = [fault for one in CHECKS for fault in one(file)]
    return tuple(
        _problem(fault, name) for fault in sorted(faults, key=lambda fault: (fault.first, fault.message))
    )


def _problem(fault: Fault, name: str) -> Problem:
    return Problem(Place(name, fault.first), f"{fault.message}{more(fault.at)}", fault.hint, fault.severity)
