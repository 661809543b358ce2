"""What a card says: who to, who from, on what occasion, and what is known to be true."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from csweek.model.basics import Day, Place
from csweek.model.cards import LINK, PHOTO, PICTURES, link_fault
from csweek.model.inputs import Story
from csweek.model.people import Person
from csweek.model.theme import Look
from csweek.names import fold
from csweek.render.speech import plain

VARIANTS = 12
"""So many drawings of each motif are made; which one a card gets hangs on its event and recipient."""


class Sender(Struct, frozen=True):
    """Who says it."""

    name: str
    title: str


class Told(Struct, frozen=True):
    """What was told of the recipient, in the words in which it was told."""

    text: str
    by: str
    kind: str
    lead: str
    """What is said before it: whose words these are."""


class Praise(Struct, frozen=True):
    """A story on a poster: of whom, and whose words."""

    called: str
    text: str
    by: str
    photo: str = ""


class Week(Struct, frozen=True):
    """A line of the year: its ISO week, first day, the month that begins in it, and what it holds."""

    number: str
    first: str
    month: str
    counts: tuple[int, ...]
    """How much of each practice."""
    note: str
    csw: bool


class Board(Struct, frozen=True):
    """The year on one page: the names of the practices, and the weeks."""

    practices: tuple[str, ...]
    weeks: tuple[Week, ...]
    sizes: tuple[int, int, int] = (1, 2, 3)
    """From how many events on a practice has a small, a middle and a large mark in a week."""


class Card(Struct, frozen=True):
    """What a card template sees under the name ``card``; every text is in the recipient's language."""

    called: str
    name: str
    lang: str
    sender: Sender | None
    title: str
    line: str
    """The occasion in one line; empty where there is none but the story."""
    story: Told | None
    date: str
    """The day, written out."""
    day: Day
    trait: str
    motto: str
    organisation: str
    look: Look
    seed: int
    weekday: str = ""
    month: str = ""
    """Month and year, written out."""
    hour: str = ""
    """When it begins, on the recipient's clock; empty for what has no hour."""
    years: int = 0
    """How many years an anniversary closes, else 0."""
    team: str = ""
    praises: tuple[Praise, ...] = ()
    """What a poster tells."""
    board: Board | None = None
    """What the year's page shows."""
    photo: str = ""
    """Path of the recipient's photo in the workspace."""
    link: str = ""
    """Where a QR code on the card leads; ``form`` is that of the organisation, for cards that ask."""
    form: str = ""
    extra: Mapping[str, str] = {}


class Source(Struct, frozen=True):
    """A card with what its making needs: template, the site's country, and where its texts stand."""

    card: Card
    template: str
    country: str | None
    person: Person
    story: Story | None
    stories: tuple[Story, ...] = ()
    """Where a poster's praises stand."""
    praised: tuple[Person, ...] = ()
    """Whom they are about."""
    event: str = ""
    """The id of the event that it belongs to."""

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every text of the card with the name of its field."""
        card, sender, told = self.card, self.card.sender, self.card.story
        yield from (
            ("called", card.called),
            ("title", card.title),
            ("motto", card.motto),
            ("trait", card.trait),
        )
        yield from (("line", card.line), ("organisation", card.organisation), ("team", card.team))
        if sender:
            yield from (("sender", sender.name), ("sender's title", sender.title))
        if told:
            yield from (("story", told.text), ("by", told.by))
        for number, praise in enumerate(card.praises):
            yield from ((f"story {number}", f"{praise.called} {praise.text} {praise.by}"),)

    def place(self, field: str) -> Place:
        """Return where the user wrote a field of the card."""
        if field.startswith("story "):
            return self.stories[int(field.removeprefix("story "))].place
        if field.startswith("photo "):
            return self.praised[int(field.removeprefix("photo "))].place
        return self.story.place if self.story and field in {"story", "by"} else self.person.place


def column(extra: Mapping[str, str], headers: tuple[str, ...]) -> str:
    """Return what stands in the first column that is called so, empty without any."""
    wanted = _folded(headers) if extra else ()
    return next((text for header, text in extra.items() if text and fold(header) in wanted), "")


@cache
def _folded(headers: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, headers))


def photo_of(person: Person) -> str:
    """Return the path of a person's photo; a staff list may well answer ``Photo?`` with yes and no."""
    found = column(person.extra, PHOTO)
    return found if found.lower().endswith(PICTURES) else ""


def link_of(person: Person) -> str:
    """Return a person's link, where what the column says is one."""
    found = column(person.extra, LINK)
    return "" if link_fault(found) else found


def clean(text: str) -> str:
    """Return a plain text composed, as the fonts have its letters."""
    return unicodedata.normalize("NFC", plain(text))
