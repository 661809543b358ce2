import pytest
from paper import over

from csweek.bundled import bundled
from csweek.errors import CsweekError, UsageError
from csweek.folder import template
from csweek.render.paper import sheets


def test_every_bundled_sheet_is_in_the_list() -> None:
    files = (bundled("templates") / "sheets").glob("*.yaml")
    assert sorted(file.stem for file in files) == sorted(sheets.BUNDLED)


@pytest.mark.parametrize("name", sheets.BUNDLED)
def test_cards_lie_on_the_paper_beside_each_other_and_the_measure_in_the_trim(name: str) -> None:
    sheet = sheets.read_sheet(name, template)
    width, height = sheet.paper
    assert sheet.quiet >= 5
    for number, box in enumerate(sheet.boxes):
        assert 0 <= box.x < box.right <= width + 0.001
        assert 0 <= box.y < box.bottom <= height + 0.001
        for other in sheet.boxes[number + 1 :]:
            assert other.x >= box.right - 0.001 or other.y >= box.bottom - 0.001
    if sheet.ruler:
        assert sheet.boxes[-1].bottom + 1 < sheet.ruler[1] - 1
        assert sheet.ruler[1] + 1 <= height - 5
        assert 5 <= sheet.ruler[0] < sheet.ruler[0] + sheets.MEASURE <= width - 5


@pytest.mark.parametrize("name", sheets.BUNDLED)
def test_marks_stand_on_every_cut_where_printers_reach(name: str) -> None:
    sheet = sheets.read_sheet(name, template)
    cuts_down = {round(edge, 3) for box in sheet.boxes for edge in (box.x, box.right)}
    cuts_across = {round(edge, 3) for box in sheet.boxes for edge in (box.y, box.bottom)}
    inside = {x for x in cuts_down if 0 < x < round(sheet.paper[0], 3)}
    below = {y for y in cuts_across if 0 < y < round(sheet.paper[1], 3)}
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
        sheets.read_sheet("a4-4p", template)


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
        ("", "sheet: input should be"),
    ],
)
def test_a_wrong_sheet_is_told_with_its_file(text: str, told: str) -> None:
    with pytest.raises(CsweekError) as caught:
        sheets.read_sheet("mine", over({"sheets/mine.yaml": text}) if text else lambda _: b"-")
    assert "templates/sheets/mine.yaml" in str(caught.value)
    assert told in str(caught.value)
