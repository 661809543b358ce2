"""A row of a table from which a card is made: mail merge for paper."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from csweek.model.basics import Day, Place


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card. ``person`` is the id of somebody in the people files, None for a guest; the rest as written.

    ``text_place`` is where its text stands; ``sender`` may be the id of somebody, too.
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
    date: Day | None = None
    locale: str | None = None
    text_place: Place | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
