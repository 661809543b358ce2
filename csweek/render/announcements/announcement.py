"""One announcement: whom it is for, where it may lie, and what it says."""

from collections.abc import Mapping

from msgspec import Struct

from csweek.model.basics import Day
from csweek.model.theme import Look
from csweek.render.announcements.message import Message
from csweek.render.announcements.note import Strip

Facts = Mapping[str, object]
"""What a template is given beside ``say``."""


class Draft(Struct, frozen=True):
    """An announcement before its template was rendered."""

    kind: str
    """The kind, which is the template's name."""
    when: str
    """The day, week or month in its file's name."""
    day: Day
    """The day whose theme gives the look."""
    facts: Facts
    strip: Strip | None = None


class Announcement(Struct, frozen=True):
    """A message for a circle of readers, and the stem of its files."""

    kind: str
    stem: str
    """Below the output folder: ``share/announcements/2027-W40-weekly-sv``."""
    message: Message
    look: Look
    strip: Strip | None = None
    team: str | None = None
    """The team's id, None for everyone with the message's language."""
    to: tuple[tuple[str, str], ...] = ()
    """Names and addresses, where it is for single people."""
