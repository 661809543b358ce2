"""Every design on every sheet, as a sample: it fits, stays in its safe area and can be read."""

from datetime import date

import pytest
from msgspec.structs import replace
from paper import Page, pages
from samples import INPUTS
from test_order import ORDER, SHOP

from csweek.folder import design_names, template, template_names
from csweek.render.cards.order import Paper, of_sources
from csweek.render.cards.specimen import specimen
from csweek.render.paper.sheets import Box, Sheet, read_sheet
from csweek.render.paper.sides import TwoSided, back, front

DAY = date(2027, 1, 20)
ON_A_WALL = {"poster", "year"}
DESIGNS = [name for name in design_names() if name not in ON_A_WALL]
SHEETS = sorted({read_sheet(name, template).name for name in template_names("sheets", ".yaml")})
NUMERAL = 60.0
"""Points from which on a sign is a drawing: the box of its type is much higher than what is printed."""
SMALLEST = 6.5
"""Points, on the card as it is handed over."""


def printed(design: str, sheet: str, two_sided: TwoSided | None = None) -> list[Page]:
    order = replace(ORDER, paper=Paper(sheet, two_sided))
    (document,) = of_sources([specimen(design, INPUTS, DAY)], INPUTS, order, SHOP).documents(SHOP)
    return pages(document.content)


def outside(page: Page, boxes: list[Box], sheet: Sheet) -> list[object]:
    """Return the letters that stand on a card but nearer to its edge than printers reach, or too small."""
    ruler = sheet.ruler[3] if sheet.ruler else -100.0
    found: list[object] = []
    for letter, (x, y, right, bottom), size in page.letters:
        if not letter.strip() or size > NUMERAL or abs((y + bottom) / 2 - ruler) < 2:
            continue
        inside = any(
            x >= box.x + sheet.quiet - 0.3
            and right <= box.right - sheet.quiet + 0.3
            and y >= box.y + sheet.quiet - 1
            and bottom <= box.bottom - sheet.quiet + 1
            for box in boxes
        )
        if not inside or size < SMALLEST - 0.01:
            found.append(
                (letter, round(x, 1), round(y, 1), round(right, 1), round(bottom, 1), round(size, 2))
            )
    return found


@pytest.mark.slow
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_design_fits_on_every_sheet(sheet: str) -> None:
    geometry = read_sheet(sheet, template)
    boxes = [panel.box for panel in front(geometry, 0, None)]
    wrong = {}
    for design in DESIGNS:
        (page,) = printed(design, sheet)
        assert geometry.ruler is not None
        assert any(line == pytest.approx(geometry.ruler, abs=0.1) for line in page.lines), design
        if found := outside(page, boxes, geometry):
            wrong[design] = found[:3]
    assert wrong == {}


@pytest.mark.slow
@pytest.mark.parametrize("sheet", [name for name in SHEETS if "quarter" not in name and "5305" not in name])
def test_backs_stay_in_their_safe_area_too(sheet: str) -> None:
    geometry = read_sheet(sheet, template)
    page = printed("thank-you", sheet, TwoSided.LONG)[1]
    boxes = [panel.box for panel in back(geometry, 0, TwoSided.LONG)]
    assert outside(page, boxes, geometry if geometry.filled else replace(geometry, ruler=None)) == []
