"""What announcements are made of before their template lays them out."""

from dataclasses import dataclass
from typing import Literal, TypedDict

SectionKind = Literal["days", "stories", "answers", "people"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to know: ``lead`` (when, or who), the text, and a quiet remark."""

    lead: str
    text: str
    remark: str = ""
    lang: str = ""
    """Where the text is told in another language than the note's."""


@dataclass(frozen=True, slots=True)
class Section:
    """Things of one kind under a heading."""

    kind: SectionKind
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """Where a week stands in its year, and CSW; positions from 0, None where they lie outside."""

    weeks: int
    now: int
    csw: int | None


class Frame(TypedDict):
    """What the notes of a week in one language have alike, by the fields of a Note."""

    locale: str
    title: str
    week: str
    days: str
    greeting: str
    motto: str
    spotlight: Item | None
    ahead: str


@dataclass(frozen=True, slots=True)
class Note:
    """All that the weekly note says, in one language."""

    locale: str
    whose: str
    """The organisation, and the team where it is a team's note."""
    title: str
    week: str
    days: str
    greeting: str
    motto: str
    spotlight: Item | None
    sections: tuple[Section, ...]
    ahead: str
    footer: str
