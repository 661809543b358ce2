"""What an announcement says before any channel lays it out: blocks of runs of text."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct


class Run(NamedTuple):
    """Text in one manner; ``lang`` where it is told in another language than the message's."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    lang: str = ""


Runs = tuple[Run, ...]
Change = Callable[[Run], Run]


class Heading(NamedTuple):
    """A heading; 1 is the title's level."""

    level: int
    runs: Runs

    @property
    def kind(self) -> str:
        """What templates know it by."""
        return "heading"

    def changed(self, change: Change) -> "Heading":
        """Return it with every run changed."""
        return Heading(self.level, tuple(map(change, self.runs)))


class Paragraph(NamedTuple):
    """Running text; a line break is a run of its own."""

    runs: Runs

    @property
    def quiet(self) -> bool:
        """Whether all of it stands in italics: a remark at the foot."""
        return all(run.italic for run in self.runs)

    @property
    def kind(self) -> str:
        """What templates know it by."""
        return "paragraph"

    def changed(self, change: Change) -> "Paragraph":
        """Return it with every run changed."""
        return Paragraph(tuple(map(change, self.runs)))


class Bullets(NamedTuple):
    """A list, each item a few blocks; ``start`` is its first number, None where it has none."""

    items: "tuple[tuple[Block, ...], ...]"
    start: int | None = None

    @property
    def kind(self) -> str:
        """What templates know it by."""
        return "bullets"

    def changed(self, change: Change) -> "Bullets":
        """Return it with every run of its items changed."""
        items = [tuple([one.changed(change) for one in item]) for item in self.items]
        return Bullets(tuple(items), self.start)


class Quote(NamedTuple):
    """What is set apart: a motto, or somebody's words."""

    blocks: "tuple[Block, ...]"

    @property
    def kind(self) -> str:
        """What templates know it by."""
        return "quote"

    def changed(self, change: Change) -> "Quote":
        """Return it with every run in it changed."""
        return Quote(tuple([one.changed(change) for one in self.blocks]))


class Rule(NamedTuple):
    """A line between two parts."""

    @property
    def kind(self) -> str:
        """What templates know it by."""
        return "rule"

    def changed(self, change: Change) -> "Rule":
        """Return it as it is: nothing in it is read."""
        del change
        return self


Block = Heading | Paragraph | Bullets | Quote | Rule

BREAK = Run("\n")


class Message(Struct, frozen=True):
    """An announcement in one language: its title, the line below it, and the rest."""

    locale: str
    title: str
    byline: Runs
    blocks: tuple[Block, ...]


def text_of(runs: Iterable[Run]) -> str:
    """Return what runs say, without any manner."""
    return "".join([run.text for run in runs])


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[Runs]:
    """Yield the runs of every block that has some, in order."""
    for block in blocks:
        match block:
            case Heading(_, runs) | Paragraph(runs):
                yield runs
            case Bullets(items):
                for item in items:
                    yield from paragraphs(item)
            case Quote(within):
                yield from paragraphs(within)
            case _:
                pass
