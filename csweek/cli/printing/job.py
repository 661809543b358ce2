"""What ``csweek cards`` was told, and the documents of a plan's cards: what, on which paper, for whom."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from csweek import folder
from csweek.cli.printing.choice import Chosen, Wish
from csweek.cli.sources.desk import Desk
from csweek.cli.terminal.progress import counting
from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import tell
from csweek.errors import UsageError
from csweek.model.basics import Thanks, Visibility
from csweek.model.people import People
from csweek.model.plan import Document, Event
from csweek.names import few, safe_name
from csweek.render.cards.cover import covers
from csweek.render.cards.order import CardOrder, Cards, Paper, cards
from csweek.render.cards.press import Batch, Form, Shop
from csweek.render.paper.own import read_own
from csweek.render.paper.sheets import read_sheet
from csweek.render.paper.sides import TwoSided
from csweek.render.phrases import CARDS
from csweek.render.screen.text import many
from csweek.render.speech import Speech


class Options(NamedTuple):
    """The options of ``csweek cards``."""

    wish: Wish = Wish()
    """Which events' cards are wanted."""
    data: Path | None = None
    blank: int | None = None
    card: str | None = None
    sheet: str | None = None
    two_sided: str | None = None
    start: int = 1
    shift: tuple[float, float] = (0.0, 0.0)
    back_shift: tuple[float, float] = (0.0, 0.0)
    form: Form = "pdf"
    per: str | None = None
    missing: str = "error"
    locale: str | None = None
    proof: bool = False
    calibrate: bool = False
    contact: bool = False

    @property
    def paper(self) -> Paper:
        """How it is printed."""
        return Paper(
            self.sheet,
            TwoSided(self.two_sided) if self.two_sided else None,
            self.start,
            self.shift,
            self.back_shift,
            self.form,
            self.missing == "box",
            self.proof,
        )


class Whose(NamedTuple):
    """A document of its own: its folder, and what its name says beside the common part."""

    folder: str
    label: str = ""


def shop_of(root: Path | None) -> Shop:
    """Return what printing in a workspace needs. Raises CsweekError for a font that cannot be read."""
    reader = partial(folder.template, root=root)
    own = folder.own_templates("cards", root)
    guarded = any(name.endswith((".html", ".svg", ".css")) for name in own)
    return Shop(reader, read_own(folder.fonts(root), reader), guarded)


def check_names(options: Options, root: Path | None, shop: Shop) -> None:
    """Raise UsageError for a sheet, design or place that there is not, before anything is made."""
    if options.sheet is not None:
        sheet = read_sheet(options.sheet, shop.reader, folder.template_names("sheets", ".yaml", root))
        if options.start > len(sheet.boxes):
            places = many(len(sheet.boxes), "place")
            raise UsageError(
                f"sheet '{options.sheet}' has {places}, so --start-at {options.start} is too high",
                f"the last place is {len(sheet.boxes)}",
            )
    if options.card is not None:
        from csweek.cli.printing.designs import known  # a few files to list

        known(options.card, root)


def ordered(at: Desk, chosen: Chosen, options: Options, shop: Shop) -> Cards:
    """Return what is to be printed, by document. Raises CsweekError."""
    return together(
        cards(events, at.inputs, _order(at, chosen, options, whose), shop)
        for whose, events in _groups(at, chosen.events, options.per).items()
    )


def together(found: Iterable[Cards]) -> Cards:
    """Return several orders as one."""
    orders = list(found)
    return Cards(
        tuple(batch for one in orders for batch in one.batches),
        tuple(problem for one in orders for problem in one.left_out),
        tuple(dict.fromkeys(absent for one in orders for absent in one.absent)),
        tuple(problem for one in orders for problem in one.warnings),
    )


def documents(at: Desk, made: Cards, options: Options, shop: Shop, chosen: Chosen) -> Iterator[Document]:
    """Yield the cards' documents with their covers, telling first what there is and who was left out."""
    if made.count:
        _tell_apart(made, options, at.inputs.people)
        yield from printed(made, chosen.said, options, shop, at.inputs.people)
    else:
        session().warn(made.left_out)
        tell(_none(at, chosen))


def _tell_apart(made: Cards, options: Options, people: People) -> None:
    """Say to whom the cards go that organisers are not to see: they lie in the folder of who signs them."""
    names = {safe_name(one.id): one.name for one in people} if options.per is None else {}
    for batch in made.batches:
        _, folder, *_ = batch.name.split("/")
        if folder in names:
            cards = many(len(batch.sources), "card")
            tell(f"{cards} for an organiser in private/{folder}: for {names[folder]} to print and sign")


def printed(made: Cards, said: str, options: Options, shop: Shop, people: People) -> Iterator[Document]:
    """Yield what an order comes to with its covers, telling first what there is."""
    session().warn(made.left_out)
    session().warn(made.warnings)
    tell(summary(made, said))
    if any(batch.form != options.form for batch in made.batches):
        tell("PDF cannot be made on this machine: open the .html in a browser and print it from there.")
    with counting("Printing", made.count) as done:
        yield from made.documents(shop, done)
    yield from covers([batch for batch in made.batches if batch.form == "pdf"], people, shop)


def _order(at: Desk, chosen: Chosen, options: Options, whose: Whose) -> CardOrder:
    title = _title(at, chosen, whose)
    what = "-".join(
        part for part in (f"cards-{chosen.name}", safe_name(whose.label) if whose.label else "") if part
    )
    return CardOrder(whose.folder, at.private(what), title, at.plan.revised, options.paper, options.card)


def _title(at: Desk, chosen: Chosen, whose: Whose) -> str:
    """Return what is on the documents' covers, in the organisation's language."""
    speech = Speech(at.inputs.locale)
    person = at.inputs.people.persons.get(whose.label)
    label = person.name if person else whose.label
    names = dict.fromkeys((*chosen.names, *([label] if label else [])))
    return " · ".join([speech.phrase(CARDS), *names, speech.days(chosen.first, chosen.last)])


def _groups(at: Desk, events: Sequence[Event], per: str | None) -> dict[Whose, list[Event]]:
    """Return the events by document; an organiser's own surprise goes to its owner."""
    found: dict[Whose, list[Event]] = {}
    for event in events:
        secret = event.visibility is Visibility.SURPRISE and not at.organisers.isdisjoint(event.recipients)
        own = safe_name(event.owner) if (secret or per == "owner") and event.owner else "organisers"
        label = (event.owner if per == "owner" else event.team if per == "team" else "") or ""
        found.setdefault(Whose(f"private/{own}", label), []).append(event)
    return found


def summary(made: Cards, said: str) -> str:
    """Return the line that is told before anything is written."""
    first = made.batches[0].layout
    papers = ", ".join(dict.fromkeys(paper_name(batch) for batch in made.batches))
    sides = f"two-sided, {first.two_sided}" if first.two_sided and first.backs else "one-sided"
    line = f"{many(made.count, 'card')}{said}, {many(made.sheets, 'sheet')} {papers}, {sides}"
    return f"{line}; left out: {_left(made.absent)}" if made.absent else line


def paper_name(batch: Batch) -> str:
    """Return what a batch's paper is called."""
    width, height = sorted(round(side) for side in batch.layout.sheet.paper)
    return _PAPERS.get((width, height), f"{width} x {height} mm")


_PAPERS = {
    (210, 297): "A4",
    (148, 210): "A5",
    (105, 148): "A6",
    (216, 279): "Letter",
    (108, 140): "4.25 x 5.5 in",
}
_SHORT = {"is on leave then": "away", "does not work here then": "not here"}


def _left(absent: Sequence[tuple[str, str]]) -> str:
    named = [f"{one} {_SHORT.get(why, why)}" for one, why in absent]
    return f"{len(named)} ({few(named, 10)})"


def _none(at: Desk, chosen: Chosen) -> str:
    """Say that there are none, why if that can be told, and what to try."""
    person = at.inputs.people.persons.get(chosen.person or "")
    why = ", who wants no thanks" if person and person.thanks is Thanks.NEVER else ""
    more = "" if chosen.all_year or why else " --all-year makes those of the whole year."
    if chosen.coming and not why:
        week = chosen.coming.isocalendar().week
        more = f" The next are in week {week}: --week {week}.{more}"
    if not len(at.inputs.people):
        more = (
            " Nobody is known yet; --data FILE makes one for each row of a table, --blank 20 nameless ones."
        )
    return f"There are no cards{chosen.said}{why}.{more}"
