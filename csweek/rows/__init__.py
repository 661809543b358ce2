"""Events as rows of whole numbers, there and back: what the planner makes and the store keeps.

A year of 100,000 people is planned and kept as plain tuples; an Event is made when somebody reads it.
Days are ordinals, instants microseconds since 1970. A wall time is kept as if it were UTC, so that
it stays the same when a zone changes its rules, and doubled, its lowest bit being the fold. A text is
kept once and has a number; the lists of recipients and what many events have alike are texts, too.
"""

from typing import Any, NamedTuple


class Row(NamedTuple):
    """An event as its table has it, the columns in the table's order."""

    serial: int
    year: int
    action: int
    subject: int
    ordinal: int
    day: int
    starts: int | None
    ends: int | None
    site: int
    team: int | None
    owner: int | None
    recipients: int
    kind: int
    reason: str
    uid: str
    """Empty where it follows from the calendar and the key."""
    sequence: int
    status: str
    changed: int | None
    by_hand: int = 0
    """Last, with a value for what was kept before there was such a column."""


Plain = tuple[Any, ...]
"""A row without its names, which is made and compared many times faster; its columns by position:"""
(
    SERIAL, YEAR, ACTION, SUBJECT, ORDINAL, DAY, STARTS, ENDS, SITE, TEAM, OWNER, RECIPIENTS, KIND, REASON,
    UID, SEQUENCE, STATUS, CHANGED, BY_HAND,
) = range(len(Row._fields))  # fmt: skip
