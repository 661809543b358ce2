import pytest
from paper import over

from csweek.errors import CsweekError, UsageError
from csweek.folder import template, template_names
from csweek.render.paper import sheets

SHEETS = template_names("sheets", ".yaml")
STOCK = {
    "avery-5371": ((3.5, 2), (2, 5), (0.75, 0.5), (3.5, 2)),
    "avery-5388": ((5, 3), (1, 3), (1.75, 1), (0, 3)),
    "avery-5389": ((6, 4), (1, 2), (1.25, 1.25), (0, 4.5)),
    "avery-5395": ((3.375, 2.3333), (2, 4), (0.6875, 0.5833), (3.75, 2.5)),
}
"""The makers' tables in inches: card, grid, origin, pitch."""
TWICE = (
    "{unit: mm, paper: [210, 297], card: [90, 9], grid: [1, 1], origin: [0, 0], pitch: [90, 9], "
    "ruler: [9, 90], ruler_down: [9, 90]}"
)
"""A sheet with two measures."""


@pytest.mark.parametrize("name", STOCK)
def test_ready_cut_sheets_lie_as_their_makers_say(name: str) -> None:
    (width, height), (columns, rows), (x, y), (across, down) = STOCK[name]
    wanted = [
        ((x + column * across) * 25.4, (y + row * down) * 25.4, width * 25.4, height * 25.4)
        for row in range(rows)
        for column in range(columns)
    ]
    sheet = sheets.read_sheet(name, template)
    assert [(box.x, box.y, box.width, box.height) for box in sheet.boxes] == [
        pytest.approx(box, abs=0.001) for box in wanted
    ]


def test_a_tent_card_is_folded_where_its_lower_face_begins() -> None:
    sheet = sheets.read_sheet("avery-5305", template)
    assert [fold[1] / 25.4 for fold in sheet.folds] == pytest.approx([3.0, 8.0])
    assert sheet.face == pytest.approx((8.5 * 25.4, 2.5 * 25.4))


@pytest.mark.parametrize("name", ["avery-5871", "avery-8371", "avery-8388", "avery-8395"])
def test_stock_of_the_same_size_has_other_names_too(name: str) -> None:
    assert sheets.read_sheet(name, template).name in STOCK


@pytest.mark.parametrize("name", SHEETS)
def test_cards_lie_on_the_paper_beside_each_other(name: str) -> None:
    sheet = sheets.read_sheet(name, template)
    width, height = sheet.paper
    assert sheet.quiet >= 3
    for number, box in enumerate(sheet.boxes):
        assert 0 <= box.x < box.right <= width + 0.001
        assert 0 <= box.y < box.bottom <= height + 0.001
        for other in sheet.boxes[number + 1 :]:
            assert other.x >= box.right - 0.001 or other.y >= box.bottom - 0.001


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_has_its_measure_where_no_design_prints_and_printers_reach(name: str) -> None:
    sheet = sheets.read_sheet(name, template)
    assert sheet.ruler is not None
    x, y, to_x, to_y = sheet.ruler
    assert sorted((to_x - x, to_y - y)) == [near(0), near(100)]
    assert min(x, y, sheet.paper[0] - to_x, sheet.paper[1] - to_y) >= 4.4
    on_cut = any(y == near(box.y) for box in sheet.boxes[1:])
    on_fold = any(x == to_x == near(fold[0]) == near(fold[2]) for fold in sheet.folds)
    room = 0 if on_cut or on_fold or x == to_x else 1
    in_trim = to_y + room < sheet.boxes[0].y or sheet.boxes[-1].bottom < y - room
    box, quiet = sheet.boxes[0], sheet.quiet
    at_edge = sheet.filled and (x > box.right - quiet or y - room > box.bottom - quiet)
    assert [in_trim, on_cut, on_fold, at_edge].count(True) == 1
    assert sheet.bare_ruler is (room == 0)


def near(length: float) -> object:
    return pytest.approx(length, abs=0.01)


@pytest.mark.parametrize("name", SHEETS)
def test_marks_stand_on_every_cut_where_printers_reach(name: str) -> None:
    sheet = sheets.read_sheet(name, template)
    cuts_down = {round(edge, 3) for box in sheet.boxes for edge in (box.x, box.right)}
    cuts_across = {round(edge, 3) for box in sheet.boxes for edge in (box.y, box.bottom)}
    if not sheet.marks:
        assert len(sheet.boxes) == 1 or sheet.name in STOCK or sheet.fold == "tent"
        return
    inside = {x for x in cuts_down if 3 < x < sheet.paper[0] - 3}
    below = {y for y in cuts_across if 3 < y < sheet.paper[1] - 3}
    assert {round(mark[0], 3) for mark in sheet.marks if mark[0] == mark[2]} == inside
    assert {round(mark[1], 3) for mark in sheet.marks if mark[1] == mark[3]} == below
    for mark in sheet.marks:
        assert min(mark[0], mark[1], sheet.paper[0] - mark[2], sheet.paper[1] - mark[3]) >= 5 - 0.001


def test_inches_and_millimetres_give_the_same_sheet() -> None:
    of_inches = sheets.read_sheet("letter-4up", template)
    assert of_inches.paper == pytest.approx((215.9, 279.4))
    assert of_inches.boxes[3].x == pytest.approx(107.95)
    assert of_inches.boxes[3].height == pytest.approx(133.35)


def test_marks_stand_in_the_trim_where_there_is_any() -> None:
    text = "{unit: mm, paper: [210, 297], card: [85, 55], grid: [2, 5], origin: [20, 11], pitch: [85, 55]"
    sheet = sheets.read_sheet(
        "mine", over({"sheets/mine.yaml": text + ", marks: {edge: 5, gap: 1, length: 3}}"})
    )
    assert len(sheet.boxes) == 10
    assert (20, 7, 20, 10) in sheet.marks
    assert (16, 66, 19, 66) in sheet.marks


@pytest.mark.parametrize(
    ("country", "name"),
    [
        ("US", "letter-4up"),
        ("CA", "letter-4up"),
        ("MX", "letter-4up"),
        ("PH", "letter-4up"),
        ("SE", "a4-4up"),
        ("KR", "a4-4up"),
        (None, "a4-4up"),
    ],
)
def test_the_paper_is_the_countrys(country: str | None, name: str) -> None:
    assert sheets.default_sheet(country) == name


def test_an_unknown_sheet_is_told_with_the_one_that_was_meant() -> None:
    with pytest.raises(UsageError, match="there is no sheet 'a4-4p'\n  hint: did you mean 'a4-4up'"):
        sheets.read_sheet("a4-4p", template, SHEETS)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("unit: mm\npaper: [210, 297", "templates/sheets/mine.yaml:2:"),
        ("unit: cm", "unit: input should be 'mm' or 'in'"),
        ("unit: cm", "card: field required"),
        (
            "{unit: mm, paper: [210, 297], card: [150, 9], grid: [2, 1], origin: [0, 0], pitch: [150, 9]}",
            "leave",
        ),
        (
            TWICE,
            "ruler_down: there is a ruler already",
        ),
        ("", "sheet: input should be"),
    ],
)
def test_a_wrong_sheet_is_told_with_its_file(text: str, told: str) -> None:
    with pytest.raises(CsweekError) as caught:
        sheets.read_sheet("mine", over({"sheets/mine.yaml": text}) if text else lambda _: b"-")
    assert "templates/sheets/mine.yaml" in str(caught.value)
    assert told in str(caught.value)
