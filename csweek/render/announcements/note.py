"""What announcements are made of before their template lays them out."""

from typing import Literal, TypedDict

from msgspec import Struct

SectionKind = Literal["days", "stories", "answers", "people"]


class Item(Struct, frozen=True):
    """One thing to know: ``lead`` (when, or who), the text, and a quiet remark."""

    lead: str
    text: str
    remark: str = ""
    lang: str = ""
    """Where the text is told in another language than the note's."""


class Section(Struct, frozen=True):
    """Things of one kind under a heading."""

    kind: SectionKind
    title: str
    items: tuple[Item, ...]


class Strip(Struct, frozen=True):
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


class Note(Struct, frozen=True):
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
