import io
from collections.abc import Iterable
from datetime import date, datetime, time

import pytest
import xlsxwriter

from csweek.read.tables import Table, read_csv, read_excel


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def workbook(*sheets: Iterable[Iterable[object]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write(number, column, cell)
    return file.getvalue()


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_delimiter_is_found(sign: str) -> None:
    table, problems = read_csv(f'name{sign}"title{sign}x"\nÅsa{sign} lead \n', "f")
    assert cells(table) == [("name", f"title{sign}x"), ("Åsa", "lead")]
    assert not problems


def test_excels_own_line_about_the_delimiter_is_obeyed() -> None:
    table, _ = read_csv("sep=;\nname;team\n", "f")
    assert cells(table) == [("name", "team")]


def test_empty_rows_are_skipped_and_lines_counted() -> None:
    table, _ = read_csv('\nname,leave\n,\n \nA,"x\ny"\nB,z', "f")
    assert [row.line for row in table.rows] == [2, 5, 7]


def test_a_cell_has_its_column_also_after_quotes_and_line_breaks() -> None:
    table, _ = read_csv('name,title,team\n"Ek, A","x\ny",T\n', "f")
    assert str(table.place(2, 1)) == "f:2:9"
    assert str(table.place(2, 2)) == "f:3:4"


def test_an_open_quote_is_told_with_what_was_read_before() -> None:
    table, (problem,) = read_csv('name\nA\n"B\n', "f")
    assert cells(table) == [("name",), ("A",)]
    assert str(problem.place) == "f:3:1"


def test_a_cell_that_is_too_long_is_called_so() -> None:
    table, (problem,) = read_csv(f"name\nA\n{'B' * 200_000}\n", "f")
    assert cells(table) == [("name",), ("A",)]
    assert str(problem.place) == "f:3"
    assert problem.message == "a cell here has more than 131,072 letters; what follows was not read"


def test_excel_cells_become_text() -> None:
    rows: list[list[object]] = [
        ["name", "start", "id", "seen", "ok"],
        ["Åsa", date(2021, 3, 1), 17.0, datetime.combine(date(2027, 1, 2), time(8, 30)), True],
    ]
    table, problems = read_excel(workbook(rows), "f.xlsx")
    assert table
    assert cells(table)[1][:3] == ("Åsa", "2021-03-01", "17")
    assert cells(table)[1][4] == "yes"
    assert str(table.place(2, 1)) == "f.xlsx:B2"
    assert not problems


def test_the_first_sheet_that_holds_anything_is_taken_or_the_named_one() -> None:
    content = workbook([], [["a"]], [["b"]])
    first, _ = read_excel(content, "f")
    named, _ = read_excel(content, "f", "Sheet3")
    assert first
    assert named
    assert cells(first) == [("a",)]
    assert cells(named) == [("b",)]
    assert (first.others, named.others) == (("Sheet3",), ())


def test_a_sheet_that_is_not_there_is_an_error_with_a_guess() -> None:
    _, (problem,) = read_excel(workbook([["a"]]), "f", "Shet1")
    assert problem.hint == "did you mean 'Sheet1'?"


def test_what_is_not_seen_in_a_cell_is_taken_out() -> None:
    table, _ = read_csv("\u200b,a\n\ufeffÅsa\u00a0Ek\u2060,asa@x.example\u200b\n👩\u200d🚒,b\n", "f")
    assert cells(table) == [("", "a"), ("Åsa Ek", "asa@x.example"), ("👩\u200d🚒", "b")]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("Personal, uttag 2026-11-20\n\nNamn;Grupp\nAnna;Support, kväll\nBo;A\n", ";"),
        ("Personal\nNamn\tGrupp\nAnna\tA\n", "\t"),
        ("Namn;Ledig\nAnna;2027-01-01, 2027-02-01\nBo;2027-01-02, 2027-02-02\n", ";"),
        ("name,leave,team\nAnna,2027-01-01;2027-02-01\nBo,2027-01-02;2027-02-02\nCia\n", ","),
        ('name,text\nAnna,"a;b;c"\nBo,"d;e;f"\n', ","),
        ("name\nAnna\n", ","),
        ("", ","),
    ],
)
def test_a_title_without_a_delimiter_does_not_hide_the_one_below(text: str, delimiter: str) -> None:
    assert read_csv(text, "f")[0].delimiter == delimiter
