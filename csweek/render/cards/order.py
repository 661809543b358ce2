"""Cards for people: from events to sheets that are printed, cut, signed and handed over."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

from csweek.errors import InputError, Problem
from csweek.model.basics import Channel
from csweek.model.inputs import Inputs, Story
from csweek.model.plan import Document, Event
from csweek.render import phrases
from csweek.render.cards.card import SILENT, Source, newest_story, source
from csweek.render.cards.studio import FIELDS, Studio
from csweek.render.paper import fonts, pdf, sheets
from csweek.render.paper.sheets import Sheet
from csweek.render.recipients import left_out, why_not
from csweek.render.templates import Reader


@dataclass(frozen=True, slots=True)
class CardOrder:
    """What is wanted: folder, stem, title and time of the documents, and the sheet (None: by the country)."""

    folder: str
    stem: str
    title: str
    stamp: datetime
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Cards:
    """What came of an order, who was left out, and what else there is to say."""

    documents: tuple[Document, ...]
    count: int
    sheets: int
    left_out: tuple[Problem, ...]
    as_html: bool = False
    """Whether PDF cannot be made on this machine, so that these are pages to print from a browser."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Pages of one kind of sheet with the CSS that they need."""

    sheet: str
    style: str
    pages: tuple[str, ...]


def cards(events: Sequence[Event], inputs: Inputs, order: CardOrder, reader: Reader) -> Cards:
    """Return the cards of those events that have one, each for those recipients who can be thanked that day.

    Raises CsweekError where a sheet, a template or a character is missing, or a text does not fit.
    """
    wanted = [_addressed(event, inputs) for event in events if has_card(event)]
    sources = tuple(_sources(wanted, inputs))
    _refuse(_undrawable(sources))
    printed = [_print(sheet, some, inputs, reader) for sheet, some in _by_sheet(sources, order, reader)]
    return Cards(
        tuple(_documents(printed, inputs, order, reader)),
        len(sources),
        sum(len(one.pages) for one in printed),
        left_out(wanted, inputs.people),
        as_html=not pdf.available(),
    )


def has_card(event: Event) -> bool:
    """Whether a card belongs to an event that stands."""
    return event.live and (event.channel is Channel.CARD or event.card is not None)


def _addressed(event: Event, inputs: Inputs) -> Event:
    """Name the recipients of an event that goes to a whole team or site; nobody writes to themselves."""
    employed = (person for person in inputs.people if person.employed(event.date))
    everyone = event.addressed(employed)
    return replace(event, recipients=tuple(one for one in everyone if one != event.owner))


def _sources(events: Iterable[Event], inputs: Inputs) -> Iterator[Source]:
    """Yield the cards in the order of the events; a story is told on the first of a person's cards alone."""
    told: set[Story] = set()
    for event in events:
        for one in event.recipients:
            if why_not(one, event.date, inputs.people) is None:
                story = None if event.card in SILENT else newest_story(inputs.stories, one, event.date)
                fresh = story if story not in told else None
                told |= {fresh} if fresh else set()
                yield source(event, inputs.people.persons[one], inputs, fresh)


def _undrawable(sources: Iterable[Source]) -> Iterator[Problem]:
    """Yield a problem for every text with characters that no font of ours has."""
    for one in sources:
        for field, text in one.texts():
            if letters := fonts.missing(text):
                where = f"in the {FIELDS.get(field, field)} of {one.person.name}"
                message = f"no font of csweek has the character {_named(letters)} {where}"
                yield Problem(one.place(field), message, _without(field, letters))


def _named(letters: Sequence[str]) -> str:
    """Return the first of some letters with their numbers, as a list in a sentence."""
    shown = ", ".join(f"'{letter}' (U+{ord(letter):04X})" for letter in letters[:3])
    return f"{shown} or {len(letters) - 3} more" if len(letters) > 3 else shown


def _without(field: str, letters: Iterable[str]) -> str:
    """Return what to do about letters that cannot be drawn; a name in another script cannot do without."""
    if all(ord(letter) > 0xFFFF for letter in letters):
        return "write it without; emoji are not printed"
    return "spell it in other letters under 'called'" if field == "called" else "write it in other letters"


def _refuse(problems: Iterable[Problem]) -> None:
    if found := tuple(dict.fromkeys(problems)):
        raise InputError(found)


def _by_sheet(
    sources: Sequence[Source], order: CardOrder, reader: Reader
) -> Iterator[tuple[Sheet, list[Source]]]:
    """Yield each sheet that is needed with its cards: the one asked for, or by the country of the site."""
    asked = [order.sheet or sheets.default_sheet(one.country) for one in sources]
    for name in sorted(set(asked)):
        yield (
            sheets.read_sheet(name, reader),
            [one for one, own in zip(sources, asked, strict=True) if own == name],
        )


def _print(sheet: Sheet, sources: Sequence[Source], inputs: Inputs, reader: Reader) -> Printed:
    studio = Studio(sheet, reader)
    bodies = [studio.draw(one) for one in sources]
    _refuse(studio.problems)
    size = len(sheet.boxes)
    said = phrases.NOT_100_MM.say(inputs.locale)
    pages = [sheets.page(sheet, bodies[at : at + size], said) for at in range(0, len(bodies), size)]
    return Printed(sheet.name, f"{sheets.style(sheet)}{studio.style()}", tuple(pages))


def _documents(
    printed: Sequence[Printed], inputs: Inputs, order: CardOrder, reader: Reader
) -> Iterator[Document]:
    """Yield a document for each kind of sheet; the stem alone is its name where there is one kind."""
    about = pdf.About(order.title, inputs.settings.organisation, inputs.locale, order.stamp)
    for one in printed:
        name = f"{order.folder}/{order.stem}" + (f"-{one.sheet}" if len(printed) > 1 else "")
        if pdf.available():
            made = pdf.write_pdf(_parts(one, about), about, reader)
            yield Document(f"{name}.pdf", "application/pdf", made)
        else:
            page = _html(fonts.embedded() + one.style, one.pages, about)
            yield Document(f"{name}.html", "text/html", page.encode())


def _parts(printed: Printed, about: pdf.About) -> Iterator[str]:
    """Yield the pages in as many HTML documents as are laid out fastest."""
    for at in range(0, len(printed.pages), pdf.AT_ONCE):
        yield _html(printed.style, printed.pages[at : at + pdf.AT_ONCE], about)


def _html(style: str, pages: Iterable[str], about: pdf.About) -> str:
    return (
        f'<!DOCTYPE html><html lang="{escape(about.lang)}"><head><meta charset="utf-8">'
        f"<title>{escape(about.title)}</title><style>{style}</style></head><body>{''.join(pages)}</body></html>"
    )
