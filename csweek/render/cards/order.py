"""An order of cards: decided first, from events or rows, so that it can be told before it is printed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from csweek.errors import InputError, Problem, UsageError
from csweek.model.inputs import Inputs
from csweek.model.plan import Document, Event
from csweek.render import phrases
from csweek.render.cards.card import Source
from csweek.render.cards.press import Batch, Form, Shop, press
from csweek.render.cards.sources import addressed, has_card, sources
from csweek.render.cards.unprintable import boxed, unprintable
from csweek.render.paper import pdf, sheets
from csweek.render.paper.pages import Layout, Shift
from csweek.render.paper.sheets import Sheet
from csweek.render.paper.sides import TwoSided
from csweek.render.recipients import absent, left_out


class Paper(Struct, frozen=True):
    """How an order is printed: sheet (None: by the country), sides, first free place, shifts, form.

    ``boxes``: a box stands for what no font has, instead of an error. ``proof``: not to be handed over.
    """

    sheet: str | None = None
    two_sided: TwoSided | None = None
    start: int = 1
    shift: Shift = (0.0, 0.0)
    back_shift: Shift = (0.0, 0.0)
    form: Form = "pdf"
    boxes: bool = False
    proof: bool = False


USUAL = Paper()
WALLS = frozenset({"poster", "year"})
"""Designs that hang on a wall, for a team or for everyone, instead of being handed to somebody."""
WALL_WIDTH = 180.0
"""Width in mm that they need at least."""
PAGES = WALLS | {"hero"}
"""Designs that fill a page where no sheet is asked for."""


class CardOrder(Struct, frozen=True):
    """What is wanted: folder, stem, title and time of the documents; a design in place of the events' own."""

    folder: str
    stem: str
    title: str
    stamp: datetime
    paper: Paper = USUAL
    card: str | None = None


class Cards(Struct, frozen=True):
    """What came of an order: what is to be printed, and who was left out."""

    batches: tuple[Batch, ...]
    left_out: tuple[Problem, ...] = ()
    absent: tuple[tuple[str, str], ...] = ()
    """Who was left out by id, and why."""
    warnings: tuple[Problem, ...] = ()

    @property
    def count(self) -> int:
        """How many cards there are."""
        return sum(len(batch.sources) for batch in self.batches)

    @property
    def sheets(self) -> int:
        """How many sheets of paper they take."""
        return sum(batch.sheets for batch in self.batches)

    def documents(self, shop: Shop, told: Callable[[int], None] = lambda _: None) -> Iterator[Document]:
        """Yield the documents, printed as they are asked for; see ``press``."""
        return press(self.batches, shop, told=told)


def cards(events: Sequence[Event], inputs: Inputs, order: CardOrder, shop: Shop) -> Cards:
    """Return the cards of those events that have one, each for those recipients who can be thanked that day.

    Raises CsweekError where a sheet or a character is missing.
    """
    asked = [replace(one, card=order.card) for one in events] if order.card else events
    wanted = [addressed(event, inputs) for event in asked if has_card(event)]
    found = of_sources(sources(wanted, inputs), inputs, order, shop)
    people = inputs.people
    return replace(found, left_out=left_out(wanted, people), absent=tuple(absent(wanted, people)))


def of_sources(found: Iterable[Source], inputs: Inputs, order: CardOrder, shop: Shop) -> Cards:
    """Return an order of cards that are made up already. Raises CsweekError, as ``cards`` does."""
    paper = order.paper
    made = [replace(one, template=order.card) if order.card else one for one in found]
    problems = tuple(dict.fromkeys(unprintable(made, shop.fonts, shop.reader, boxes=paper.boxes)))
    if problems and not paper.boxes:
        raise InputError(problems)
    if problems:
        made = [boxed(one, shop.fonts) for one in made]
    by_sheet = list(_by_sheet(made, paper, shop))
    return Cards(tuple(_batches(by_sheet, inputs, order)), warnings=problems)


def _by_sheet(
    found: Sequence[Source], paper: Paper, shop: Shop
) -> Iterator[tuple[Sheet, tuple[Source, ...]]]:
    """Yield each sheet that is needed with its cards: the one asked for, or by the country of the site."""
    _refuse_small(found, paper, shop)
    asked = [paper.sheet or sheets.default_sheet(one.country, whole=one.template in PAGES) for one in found]
    for name in sorted(set(asked)):
        own = tuple(one for one, wanted in zip(found, asked, strict=True) if wanted == name)
        yield sheets.read_sheet(name, shop.reader), own


def _refuse_small(found: Sequence[Source], paper: Paper, shop: Shop) -> None:
    """Raise UsageError for a design that fills a page on a sheet of smaller cards."""
    small = {one.template for one in found} & WALLS
    if not paper.sheet or not small:
        return
    width, height = sheets.read_sheet(paper.sheet, shop.reader).face
    if min(width, height) < WALL_WIDTH:
        told = f"the cards of sheet '{paper.sheet}' are too small for {', '.join(sorted(small))}"
        raise UsageError(told, "leave --sheet out, or take a4-1up or letter-1up")


def _batches(
    by_sheet: Sequence[tuple[Sheet, tuple[Source, ...]]], inputs: Inputs, order: CardOrder
) -> Iterator[Batch]:
    """Yield a batch for each kind of sheet; the stem alone is its name where there is one kind."""
    about = pdf.About(order.title, inputs.settings.organisation, inputs.locale, order.stamp)
    form = order.paper.form if pdf.available() else "html"
    for number, (sheet, found) in enumerate(by_sheet):
        name = f"{order.folder}/{order.stem}" + (f"-{sheet.name}" if len(by_sheet) > 1 else "")
        on_a_wall = sheet.filled and all(one.template in WALLS for one in found)
        bare = replace(sheet, ruler=None) if on_a_wall else sheet  # nothing is cut, and all read it
        yield Batch(name, _layout(bare, order.paper, inputs.locale, first=not number), about, found, form)


def _layout(sheet: Sheet, paper: Paper, locale: str, *, first: bool) -> Layout:
    start = paper.start if first else 1
    over = phrases.PROOF.say(locale) if paper.proof else ""
    said = phrases.NOT_100_MM.say(locale)
    return Layout(sheet, paper.two_sided, start, paper.shift, paper.back_shift, said, over)
