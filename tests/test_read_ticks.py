from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from csweek.read.ticks import read_ticks


def ticks(path: Path, text: str) -> tuple[list[str], list[str]]:
    path.write_text(text, encoding="utf-8")
    found, problems = read_ticks(path)
    return [one.event for one in found], [
        str(problem).replace(str(path), "f").partition("\n")[0] for problem in problems
    ]


@pytest.mark.parametrize("word", ["x", "✓", "✅", "√", "☑", "1", "yes", "TRUE", "ja", "네", "da", "klart"])
def test_a_tick_may_look_like_this(tmp_path: Path, word: str) -> None:
    assert ticks(tmp_path / "a.csv", f"Id,Done\ne4,{word}\n") == (["e4"], [])


@pytest.mark.parametrize("word", ["", " ", "-", "0", "no", "nej", "아니요", "ne", "FALSE"])
def test_an_empty_box_may_look_like_this(tmp_path: Path, word: str) -> None:
    assert ticks(tmp_path / "a.csv", f"Id,Done\ne4,{word}\n") == ([], [])


def test_any_delimiter_order_and_heading_will_do(tmp_path: Path) -> None:
    text = "Anna · 2027;;\n;;\nKlart;Vad;Id\nx;kort;E4\n;kort;e5\nja;kort;'6\n"
    assert ticks(tmp_path / "a.csv", text) == (["e4", "e6"], [])


def test_every_fault_is_told_at_its_place(tmp_path: Path) -> None:
    text = "Id,Done\ne4,maybe\n,x\nanna,x\n"
    assert ticks(tmp_path / "a.csv", text) == (
        [],
        [
            "f:2:4: error: 'maybe' is neither a tick nor none",
            "f:3:1: error: a tick without an event",
            "f:4:1: error: 'anna' is no event",
        ],
    )


def test_the_day_on_which_it_was_held_is_a_tick_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Bo")
    sheet.write_row(0, 0, ["Done", "Id"])
    sheet.write_datetime(1, 0, datetime(2027, 1, 12), book.add_format({"num_format": "d mmm"}))  # noqa: DTZ001 - cells have no zone
    sheet.write_row(2, 0, ["2027-01-13", "e5"])
    sheet.write(1, 1, "e4")
    book.close()
    found, problems = read_ticks(path)
    assert [(one.event, one.held) for one in found] == [("e4", date(2027, 1, 12)), ("e5", date(2027, 1, 13))]
    assert problems == ()


def test_a_list_that_has_lost_its_ids_is_told_where_somebody_ticked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    for name, lines in {
        "Bo": [["Id", "Done"], ["e4", "x"]],
        "Liv": [["Done"], ["x"]],
        "Eva": [["Done"], [""]],
    }.items():
        for number, line in enumerate(lines):
            (book.get_worksheet_by_name(name) or book.add_worksheet(name)).write_row(number, 0, line)
    book.close()
    found, problems = read_ticks(path)
    assert [one.event for one in found] == ["e4"]
    assert [str(one).partition("\n")[0] for one in problems] == [
        f"{path} (Liv):A1: error: there are ticks here, but no column Id says of what"
    ]


def test_a_header_stands_near_the_top_and_ids_may_have_zeros(tmp_path: Path) -> None:
    assert ticks(tmp_path / "a.csv", "x\n" * 9 + "Id,Done\ne007,x\n")[0] == ["e7"]
    assert ticks(tmp_path / "b.csv", "x\n" * 10 + "Id,Done\ne007,x\n")[0] == []


@pytest.mark.parametrize("text", ["", "Id,Name\ne4,x\n", "Done\n-\n"])
def test_a_file_without_a_list_is_told(tmp_path: Path, text: str) -> None:
    assert ticks(tmp_path / "a.csv", text)[1] == ["f: error: there is no tick list in this file"]


def test_all_sheets_with_a_list_count_and_a_fault_names_its_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    rows: dict[str, list[list[object]]] = {
        "Bo": [["Done", "Id"], ["x", "e4"]],
        "Liv": [["Id", "Done"], [5, True], ["e6", 1]],
        "Notes": [["Id"]],
    }
    for name, lines in rows.items():
        sheet = book.add_worksheet(name)
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    book.add_worksheet("Eva").write_column(0, 0, ["Id Done"])
    book.close()
    found, problems = read_ticks(path)
    assert [one.event for one in found] == ["e4", "e5", "e6"]
    assert problems == ()
    assert str(found[1].place) == f"{path} (Liv):A2"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"no", "this is not an Excel file"),
        ("a.csv", b"Id,Done\n\xff,x\n", "this is not UTF-8 from here on"),
        ("a.csv", b'Id,Done\n"e4,x\n', "the quotation marks do not pair up"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert said in read_ticks(tmp_path / name)[1][0].message


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "there is no file" in read_ticks(tmp_path / "none.csv")[1][0].message
