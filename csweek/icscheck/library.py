"""What the icalendar library cannot read in a file: a second opinion beside our own checks."""

import icalendar

from csweek.errors import Problem
from csweek.model.basics import Place


def unreadable(data: bytes, name: str) -> tuple[Problem, ...]:
    """Return what icalendar refuses in a file, or reads as broken values."""
    try:
        components = icalendar.Calendar.from_ical(data, multiple=True)
    except (ValueError, KeyError, IndexError) as error:
        return (Problem(Place(name), f"the icalendar library cannot read this file: {error}"),)
    broken = (fault for one in components for part in one.walk() for fault in part.errors)
    return tuple(
        Problem(Place(name), f"the icalendar library cannot read this {property_ or 'line'}: {message}")
        for property_, message in broken
    )
