"""Events as a program shows them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol


class Seen(NamedTuple):
    """An event: moments as ``2027-01-04T08:30:00Z``, days as ``2027-01-04``, the end not in it."""

    start: str
    end: str
    summary: str
    description: str
    sequence: int | None
    """None where the program does not show it."""
    status: str


Calendar = Mapping[str, Seen]
"""Events by UID."""


class Reader(Protocol):
    """A program that reads calendars from files; what it finds wrong in them fails the test."""

    def __call__(self, *paths: Path) -> Sequence[Calendar]: ...


def from_lines(text: str) -> list[Calendar]:
    """Return the calendars that a program has printed, each as a line of JSON."""
    found = []
    for line in text.split("\n"):
        if line:
            said = json.loads(line)
            assert said["faults"] == []
            found.append(by_uid(said["events"]))
    return found


def by_uid(rows: Sequence[Sequence[object]]) -> Calendar:
    """Return events by UID; none stands twice in a calendar."""
    found = {str(uid): Seen(*fields) for uid, *fields in rows}  # type: ignore[arg-type]
    assert len(found) == len(rows)
    return found
