"""Cards on paper: a row of a table from which one is made, and one that was printed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from csweek.model.basics import Day, Place


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card. ``person`` is the id of somebody in the people files, None for a guest; the rest as written.

    ``text_place`` is where its text stands; ``sender`` may be the id of somebody, too. ``team`` is a guest's.
    """

    place: Place
    called: str
    person: str | None = None
    sender: str = ""
    sender_title: str = ""
    occasion: str = ""
    text: str = ""
    by: str = ""
    trait: str = ""
    team: str = ""
    date: Day | None = None
    locale: str | None = None
    text_place: Place | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


class PrintedCard(NamedTuple):
    """A card of an event, printed for somebody: kind of sheet; which one, and its place, from 1."""

    event: str
    person: str
    sheet: str
    number: int
    place: int
    at: datetime
