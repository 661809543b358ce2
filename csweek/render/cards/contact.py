"""The contact sheet: every design small on one page, in the look of the theme."""

from collections.abc import Iterator, Sequence
from html import escape

from csweek.errors import InputError
from csweek.model.basics import Day
from csweek.model.inputs import Inputs
from csweek.model.plan import Document
from csweek.render.cards.press import Shop, page
from csweek.render.cards.specimen import specimen
from csweek.render.cards.studio import DESIGNS, Studio
from csweek.render.paper import own, pages, pdf
from csweek.render.paper.pages import Layout
from csweek.render.paper.sheets import read_sheet

ACROSS, DOWN = 5, 4
SMALLER = 0.34
"""Of their own size, so that twenty fit on A4."""


def contact_sheet(
    inputs: Inputs, day: Day, shop: Shop, about: pdf.About, designs: Sequence[str] = DESIGNS
) -> Document:
    """Return every design as a sample. Raises InputError where something does not fit."""
    sheet = read_sheet("a4-4up", shop.reader)
    studio = Studio(sheet, shop.reader, shop.fonts)
    drawn = [(studio.draw(specimen(one, inputs, day))["card"], one) for one in designs]
    if problems := studio.told():
        raise InputError(problems)
    style = own.faces(shop.fonts) + pages.style(Layout(sheet)) + studio.style() + _style(*sheet.face)
    html = page(style, _pages(drawn), about)
    made = pdf.bind([pdf.lay_out(html, studio.pictures.read)], about)
    return Document("designs.pdf", "application/pdf", made)


def _style(width: float, height: float) -> str:
    across, down = width * SMALLER, height * SMALLER
    cell = f"width:{across:.3f}mm;height:{down:.3f}mm;border:.1mm solid #ccc"
    return (
        f".cell{{position:absolute;{cell};overflow:hidden}}"
        f".shrunk{{position:absolute;left:0;top:0;width:{width:.3f}mm;height:{height:.3f}mm;"
        f"transform-origin:0 0;transform:scale({SMALLER})}}"
        ".said{position:absolute;font:7pt/9pt 'Fira Sans';color:#555}"
    )


def _cell(card: str, name: str, number: int) -> str:
    left, top = 8 + number % ACROSS * 39.5, 12 + number // ACROSS * 62
    said = f'<div class="said" style="left:{left}mm;top:{top + 50}mm">{escape(name)}</div>'
    return f'<div class="cell" style="left:{left}mm;top:{top}mm"><div class="shrunk">{card}</div></div>{said}'


def _pages(drawn: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield pages of cards with their names."""
    size = ACROSS * DOWN
    for at in range(0, len(drawn), size):
        cells = (_cell(card, name, number) for number, (card, name) in enumerate(drawn[at : at + size]))
        yield f'<section class="sheet">{"".join(cells)}</section>'
