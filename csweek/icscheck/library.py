"""What the icalendar library cannot read in a file: a second opinion beside our own checks."""

import re

import icalendar

from csweek.errors import Problem
from csweek.icscheck.reading import File, more, read
from csweek.model.basics import Place

_HINT = "write it as RFC 5545 says, or take it out"
_NAME = re.compile(rb"[A-Za-z0-9-]+")
_TELLING = 3
"""Letters of a value by which a message about it is known."""


def unreadable(data: bytes, name: str) -> tuple[Problem, ...]:
    """Return what icalendar refuses in a file, or reads as broken values, those of a property as one.

    Its messages name no lines; the value that they quote tells on which it stands.
    """
    file = read(data)
    try:
        components = icalendar.Calendar.from_ical(data, multiple=True)
    except (ValueError, KeyError, IndexError) as error:
        what = f"the icalendar library cannot read this file: {error}"
        return (Problem(Place(name, _line(file, str(error))), what, _HINT),)
    broken: dict[str, list[str]] = {}
    for property_, message in (fault for one in components for part in one.walk() for fault in part.errors):
        broken.setdefault(property_ or "", []).append(message)
    return tuple(
        Problem(
            Place(name, _line(file, messages[0], property_)),
            f"the icalendar library cannot read this {property_ or 'line'}: {messages[0]}{more(messages)}",
            _HINT,
        )
        for property_, messages in broken.items()
    )


def _line(file: File, message: str, name: str = "") -> int:
    """Return on which line the value stands that a message quotes, 0 where none is found."""
    quoted = message.rpartition(": ")[2]
    for number, line in enumerate(file.lines, 1):
        found = _NAME.match(line)
        if found and (not name or found[0].decode().upper() == name.upper()):
            value = file.whole(number - 1).partition(b":")[2].decode("utf-8", "replace").strip()
            if (value in message and (name or len(value) >= _TELLING)) or (name and quoted in value):
                return number
    return 0
