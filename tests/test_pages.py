"""What stands where on paper, measured in the PDF itself."""

import io
from datetime import date

import pikepdf
import pytest
from msgspec.structs import replace
from paper import over, pages, seen
from samples import INPUTS, PEOPLE, REVISED, event

from csweek.folder import template, template_names
from csweek.model.inputs import Inputs
from csweek.render.cards.order import CardOrder, Cards, Paper, cards
from csweek.render.cards.press import Shop
from csweek.render.paper.sheets import Sheet, read_sheet
from csweek.render.paper.sides import TwoSided

SHEETS = template_names("sheets", ".yaml")
FILL = "<div style='position:absolute;left:0;top:0;width:100%;height:100%;background:{}'></div>"
NUMBER = "<p style='position:absolute;left:1rem;top:1rem;font-size:9rem;margin:0'>{{{{ card.called }}}}{}</p>"
PROBES = over(
    {
        "cards/probe.html": FILL.format("#0000ff"),
        "cards/probe-small.html": FILL.format("#0000ff"),
        "cards/cover.html": FILL.format("#ff0000"),
    }
)
NUMBERS = over(
    {f"cards/{name}.html": NUMBER.format("-") for name in ("probe", "probe-small")}
    | {"cards/cover.html": NUMBER.format("=")}
)
DAY = date(2027, 1, 20)
Rect = tuple[float, float, float, float]


def several(count: int) -> Inputs:
    someone = PEOPLE.persons["p1"]
    persons = {f"x{n:02}": replace(someone, id=f"x{n:02}", called=f"{n:02}") for n in range(1, count + 1)}
    return replace(INPUTS, people=replace(PEOPLE, persons={**persons, "l1": PEOPLE.persons["l1"]}))


def ordered(count: int, shop: Shop, **options: object) -> Cards:
    inputs = several(count)
    one = replace(event("wow-note", DAY, "p1"), card="probe")
    events = [replace(one, recipients=(person.id,)) for person in inputs.people if person.id != "l1"]
    paper = replace(Paper(), **options)
    return cards(events, inputs, CardOrder("private/o", "cards", "Cards", REVISED, paper), shop)


def printed(count: int, reader: Shop, **options: object) -> bytes:
    (document,) = ordered(count, reader, **options).documents(reader)
    return document.content


def faces(sheet: Sheet) -> dict[str, list[Rect]]:
    """Return where each card bears something on its front, from the sheet's own numbers."""
    found: list[Rect] = []
    for box in sheet.boxes:
        middle, half = box.x + box.width / 2, box.y + box.height / 2
        found += {
            "none": [(box.x, box.y, box.right, box.bottom)],
            "half": [(middle, box.y, box.right, box.bottom)],
            "quarter": [(middle, half, box.right, box.bottom), (box.x, box.y, middle, half)],
            "tent": [(box.x, half, box.right, box.bottom), (box.x, box.y, box.right, half)],
        }[sheet.fold]
    return {"front": sorted(found)}


def near(rect: tuple[float, ...]) -> object:
    return pytest.approx(rect, abs=0.1)


@pytest.mark.parametrize("name", SHEETS)
def test_cards_marks_folds_and_measure_stand_where_the_sheet_says(name: str) -> None:
    sheet = read_sheet(name, template)
    (page,) = pages(printed(len(sheet.boxes), Shop(PROBES), sheet=name))
    assert page.size == pytest.approx(sheet.paper, abs=0.1)
    assert sorted(page.rects) == [near(rect) for rect in faces(sheet)["front"]]
    for mark in sheet.marks:
        assert any(line == near(mark) for line in page.lines)
    for fold in sheet.folds:
        on_it = [
            line
            for line in page.lines
            if (line[0] == near_to(fold[0]) == line[2]) or line[1] == near_to(fold[1])
        ]
        assert len(on_it) >= 2
    assert sheet.ruler is not None
    assert any(line == near(sheet.ruler) for line in page.lines)


def near_to(length: float) -> object:
    return pytest.approx(length, abs=0.1)


@pytest.mark.parametrize("edge", TwoSided)
@pytest.mark.parametrize("name", [name for name in SHEETS if "quarter" not in name and "5305" not in name])
def test_backs_meet_their_fronts_on_partial_last_sheets_too(name: str, edge: TwoSided) -> None:
    sheet = read_sheet(name, template)
    count = len(sheet.boxes) + 1
    made = pages(printed(count, Shop(PROBES), sheet=name, two_sided=edge))
    assert len(made) == 4
    for front, back in (made[:2], made[2:]):
        lying = sorted(_flipped(rect, sheet, edge) for rect in back.rects)
        wanted = front.rects if sheet.fold == "none" else [_left_of(rect, sheet) for rect in front.rects]
        assert lying == [near(rect) for rect in sorted(wanted)]


@pytest.mark.parametrize("name", [name for name in SHEETS if name.endswith("-1up")])
def test_a_card_that_fills_its_sheet_has_the_measure_on_its_back_where_that_is_printed(name: str) -> None:
    sheet = read_sheet(name, template)
    front, back = pages(printed(1, Shop(PROBES), sheet=name, two_sided=TwoSided.LONG, back_shift=(0.5, 0)))
    assert front.lines == []
    assert sheet.ruler is not None
    x, y, to_x, to_y = sheet.ruler
    assert any(line == near((x + 0.5, y, to_x + 0.5, to_y)) for line in back.lines)


def _flipped(rect: tuple[float, ...], sheet: Sheet, edge: TwoSided) -> Rect:
    """Return where a rectangle of the back lies, seen through the paper from the front."""
    width, height = sheet.paper
    x, y, right, bottom = rect
    sideways = (width > height) is (edge is TwoSided.SHORT)
    return (width - right, y, width - x, bottom) if sideways else (x, height - bottom, right, height - y)


def _left_of(rect: tuple[float, ...], sheet: Sheet) -> Rect:
    """Return the panel behind which the inside of a folded card is: the one left of its front."""
    width = sheet.face[0]
    return (rect[0] - width, rect[1], rect[2] - width, rect[3])


@pytest.mark.parametrize(("edge", "upright"), [(TwoSided.LONG, True), (TwoSided.SHORT, False)])
def test_backs_are_upright_once_the_printer_has_turned_the_paper(edge: TwoSided, *, upright: bool) -> None:
    front, back = pages(printed(4, Shop(NUMBERS), sheet="a4-4up", two_sided=edge))
    numbers = [letter for letter, _, _ in front.letters if letter.isdigit()]
    assert numbers[:8] == list("01020304")
    assert (back.turned == 0) is upright
    assert sum(letter.isdigit() for letter, _, _ in back.letters) == 8


def test_a_half_used_sheet_is_printed_from_its_first_free_place_on() -> None:
    sheet = read_sheet("a4-4up", template)
    made = pages(printed(6, Shop(PROBES), sheet="a4-4up", start=4))
    places = [(box.x, box.y) for box in sheet.boxes]
    where = [[rect[:2] for rect in page.rects] for page in made]
    assert where == [[near_to_both(*place) for place in on_it] for on_it in (places[3:], places, places[:1])]


def test_fronts_and_backs_are_shifted_each_for_themselves() -> None:
    shifts = {"shift": (1.0, -0.5), "back_shift": (-0.3, 0.2)}
    front, back = pages(printed(1, Shop(PROBES), sheet="avery-5371", two_sided=TwoSided.LONG, **shifts))
    box = read_sheet("avery-5371", template).boxes[0]
    assert front.rects[0][:2] == near_to_both(box.x + 1, box.y - 0.5)
    assert back.rects[0][:2] == near_to_both(215.9 - box.right - 0.3, box.y + 0.2)


def near_to_both(x: float, y: float) -> object:
    return pytest.approx((x, y), abs=0.01)


def test_colour_runs_over_the_cut_where_the_sheet_has_bleed() -> None:
    over_all = "position:absolute;left:-9rem;top:-9rem;width:300rem;height:300rem;background:#00f"
    edge = f"<div style='{over_all}'></div>"
    sheet = read_sheet("a4-2up-bleed", template)
    shop = Shop(over({"cards/probe.html": edge}))
    picture = seen(printed(1, shop, sheet=sheet.name))
    blue = picture.getchannel("R").point(lambda value: 255 * (value < 60))
    box = sheet.boxes[0]
    wanted = [10 * edge for edge in (box.x - 3, box.y - 3, box.right + 3, box.bottom + 3)]
    assert blue.getbbox() == pytest.approx(wanted, abs=1.5)


def test_pages_are_named_after_their_sheets() -> None:
    with pikepdf.open(io.BytesIO(printed(5, Shop(PROBES), sheet="a4-4up", two_sided=TwoSided.LONG))) as pdf:
        assert [str(page.label) for page in pdf.pages] == [
            "Sheet 1",
            "Back of sheet 1",
            "Sheet 2",
            "Back of sheet 2",
        ]


def test_a_proof_says_so_on_every_card() -> None:
    said = "".join(letter for letter, _, _ in pages(printed(3, Shop(NUMBERS), proof=True))[0].letters)
    assert said.count("Proof") == 3
