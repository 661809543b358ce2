"""Prints batches of cards: drawn and laid out sheet by sheet, by several processes where there are many.

Sheets are laid out in parts of the same size however many processes there are, so that the same order
gives the same bytes on every machine of a platform.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from html import escape
from itertools import pairwise
from typing import Literal, NamedTuple

from msgspec import Struct

from csweek.errors import InputError, OutputError, Problem
from csweek.model.basics import Place
from csweek.model.plan import Document
from csweek.render.cards.card import Source
from csweek.render.cards.studio import Studio
from csweek.render.paper import fonts, own, pages, pdf
from csweek.render.paper.own import OwnFont
from csweek.render.paper.pages import Layout
from csweek.render.paper.pictures import embedded
from csweek.render.paper.plates import Plates
from csweek.render.pool import StoppedError, Terms, processors, shared
from csweek.render.templates import Reader

Form = Literal["pdf", "png", "html"]

AT_ONCE = 50
"""Pages that PlutoPrint lays out at once; of 1,000 at once each took four times as long."""
MANY = 150
"""Sheets from which on several processes are faster than one, which is there already."""
DOTS = 110
"""Dots to an inch in a preview."""
PATIENCE = 60
"""Seconds that a user's own template may take for AT_ONCE pages."""
MEMORY = 3 * 2**30
"""Bytes of memory that a process with a user's own template may take."""


class Batch(Struct, frozen=True):
    """Cards that become one document (of PNG: one a page), by the name without its ending."""

    name: str
    layout: Layout
    about: pdf.About
    sources: tuple[Source, ...]
    form: Form = "pdf"

    @property
    def sheets(self) -> int:
        """How many sheets of paper it takes."""
        return self.layout.sheets(len(self.sources))


class Shop(Struct, frozen=True):
    """What printing needs beside the cards: templates and pictures by name, the workspace's own fonts.

    ``guarded``: there are templates of the user's own, which run in processes that can be ended.
    """

    reader: Reader
    fonts: tuple[OwnFont, ...] = ()
    guarded: bool = False


class Part(NamedTuple):
    """Some sheets of a batch; ``first`` is the position of their first card in it."""

    layout: Layout
    about: pdf.About
    sources: tuple[Source, ...]
    first: int
    form: Form


class Leaf(NamedTuple):
    """Pages in HTML that are printed as they are, beside the cards."""

    html: str
    pages: int
    sources: tuple[Source, ...] = ()


class Printed(NamedTuple):
    """A part as PDF, as PNG page by page, or as style and pages in HTML; and what did not fit."""

    pieces: tuple[bytes, ...]
    problems: tuple[Problem, ...]


def press(
    batches: Sequence[Batch],
    shop: Shop,
    workers: int | None = None,
    told: Callable[[int], None] = lambda _: None,
) -> Iterator[Document]:
    """Yield the documents of batches, one after the other; ``told`` hears how many more cards are done.

    Raises InputError with every text that does not fit, once all cards were drawn.
    """
    found = (part for batch in batches for part in parts(batch))
    printed = _print(found, shop, _hands(batches, shop, workers))
    for batch in batches:
        yield from _bound(batch, _pieces(batch, printed, told), shop)
    next(printed, None)  # its processes end


def lay_out(leaves: Sequence[Leaf], shop: Shop) -> Iterator[bytes]:
    """Yield leaves as PDF in their order, printed by several processes where they have many pages."""
    workers = _workers(None) if sum(leaf.pages for leaf in leaves) >= MANY else 0
    for made in _print(leaves, shop, workers):
        yield from made.pieces


def _pieces(batch: Batch, printed: Iterator[Printed], told: Callable[[int], None]) -> Iterator[bytes]:
    """Yield a batch as it is printed. Raises InputError with all that is wrong in it and after it."""
    for part in parts(batch):
        made = next(printed)
        if made.problems:
            rest = (problem for one in printed for problem in one.problems)
            raise InputError(dict.fromkeys((*made.problems, *rest)))
        yield from made.pieces
        told(len(part.sources))


def parts(batch: Batch) -> Iterator[Part]:
    """Yield a batch in parts of whole sheets, as many as are laid out fastest."""
    layout, count = batch.layout, len(batch.sources)
    sheets = AT_ONCE // 2 if layout.backs else AT_ONCE
    size = sheets * len(layout.sheet.boxes)
    bounds = [0, *range(size - layout.start + 1, count, size), count]
    for first, end in pairwise(bounds):
        if end > first:
            yield Part(layout, batch.about, batch.sources[first:end], first, batch.form)


def _hands(batches: Sequence[Batch], shop: Shop, workers: int | None) -> int:
    """Return how many processes print, 0 for this one alone."""
    if sum(batch.sheets for batch in batches) < MANY and not shop.guarded:
        return 0
    return _workers(workers)


def _workers(asked: int | None) -> int:
    return asked if asked is not None else processors()


def _print(found: Iterable[Part | Leaf], shop: Shop, workers: int) -> Iterator[Printed]:
    """Yield what is printed, in its order, by so many processes. Raises OutputError where one is stopped."""
    begin = partial(_worker, shop)
    if workers == 0:
        yield from map(begin(), found)
        return
    terms = Terms(workers, PATIENCE, MEMORY) if shop.guarded else Terms(workers)
    try:
        yield from shared(found, begin, terms)
    except StoppedError as stopped:
        raise _stopped(stopped) from None


def _stopped(stopped: StoppedError[Part | Leaf]) -> OutputError:
    why = "took more memory than there is, or stopped the program that lays it out"
    if stopped.late:
        why = f"takes longer than {PATIENCE} s; is there a loop or a call without end?"
    designs = sorted({one.template for one in stopped.piece.sources})
    hint = "csweek template show tries it alone"
    return OutputError([Problem(Place(f"templates/cards/{design}.html"), why, hint) for design in designs])


def _worker(shop: Shop) -> Callable[[Part | Leaf], Printed]:
    """Return what prints parts, its templates compiled once for each kind of sheet."""
    studios: dict[tuple[str, Form], Studio] = {}
    plates = Plates(shop.reader)

    def work(part: Part | Leaf) -> Printed:
        if isinstance(part, Leaf):
            return Printed((pdf.lay_out(part.html, shop.reader),), ())
        sheet, form = part.layout.sheet, part.form
        if (sheet.name, form) not in studios:
            shown = plates if form == "pdf" else None
            studios[sheet.name, form] = Studio(sheet, shop.reader, shop.fonts, shown)
        return _printed(part, studios[sheet.name, form], shop, plates)

    return work


def _printed(part: Part, studio: Studio, shop: Shop, plates: Plates) -> Printed:
    drawn = [studio.draw(one, part.layout.faces) for one in part.sources]
    if problems := studio.told():
        return Printed((), problems)
    style = f"{pages.style(part.layout)}{studio.style()}"
    made = list(pages.pages(part.layout, drawn, part.first))
    reader = studio.pictures.read
    if part.form == "html":
        body = embedded("".join(made), studio.pictures)
        studio.pictures.forget()
        return Printed((style.encode(), body.encode()), ())
    html = page(own.faces(shop.fonts) + style, made, part.about)
    pieces = tuple(pdf.picture(html, reader, DOTS)) if part.form == "png" else (plates.lay_out(html, reader),)
    studio.pictures.forget()
    return Printed(pieces, ())


def _bound(batch: Batch, pieces: Iterable[bytes], shop: Shop) -> Iterator[Document]:
    if batch.form == "pdf":
        yield Document(f"{batch.name}.pdf", "application/pdf", pdf.bind(pieces, batch.about, _labels(batch)))
    elif batch.form == "png":
        for number, piece in enumerate(pieces, 1):
            yield Document(f"{batch.name}-{number}.png", "image/png", piece)
    else:
        texts = [piece.decode() for piece in pieces]
        style = fonts.embedded() + own.embedded(shop.fonts, shop.reader) + texts[0]
        html = page(style, texts[1::2], batch.about)
        yield Document(f"{batch.name}.html", "text/html", html.encode())


def _labels(batch: Batch) -> tuple[str, ...]:
    """Return what the pages are called: sheet 1, its back, sheet 2."""
    if not batch.layout.backs:
        return ("1:D/1/Sheet ",)
    return tuple(
        label
        for number in range(batch.sheets)
        for label in (
            f"{2 * number + 1}:D/{number + 1}/Sheet ",
            f"{2 * number + 2}:D/{number + 1}/Back of sheet ",
        )
    )


def page(style: str, body: Iterable[str], about: pdf.About) -> str:
    """Return a whole HTML document."""
    return (
        f'<!DOCTYPE html><html lang="{escape(about.lang)}"><head><meta charset="utf-8">'
        f"<title>{escape(about.title)}</title><style>{style}</style></head><body>{''.join(body)}</body></html>"
    )
