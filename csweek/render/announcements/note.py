"""The weekly note as a structure: told once, and laid out from here as text, Markdown and HTML."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

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
    strip: Strip | None

    def with_texts(self, change: Callable[[str], str]) -> "Note":
        """Return the note with every text that a reader sees changed, as markup needs it escaped."""
        texts = {name: change(getattr(self, name)) for name in _TEXTS}
        sections = tuple(
            replace(one, title=change(one.title), items=tuple(_changed(item, change) for item in one.items))
            for one in self.sections
        )
        spotlight = self.spotlight and _changed(self.spotlight, change)
        return replace(self, **texts, sections=sections, spotlight=spotlight)  # type: ignore[arg-type]


_TEXTS = ("whose", "title", "week", "days", "greeting", "motto", "ahead", "footer")


def _changed(item: Item, change: Callable[[str], str]) -> Item:
    return replace(item, lead=change(item.lead), text=change(item.text), remark=change(item.remark))
