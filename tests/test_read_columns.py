import io

import pytest
import xlsxwriter

from csweek.read import column_words
from csweek.read.columns import Layout, identifies, recognise
from csweek.read.tables import Table, read_csv, read_excel

LAYOUT = Layout(column_words.OF_PEOPLE, {})


@pytest.mark.parametrize(
    "text",
    [
        "811218-9876",
        "811278-9873",  # a coordination number: the day and 60
        "0101005000000",  # Bosnian, where the check would be 10
        "0101005000050",  # and where it would be 11
        "19811218-9876",
        "198112189876",
        "880101-1234567",
        "536-90-4399",
        "0101006500006",
        "046 454 286",
    ],
)
def test_identity_numbers_are_recognised(text: str) -> None:
    assert identifies(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "p1",
        "2027-10-04",
        "070-123 45 67",
        "+46701234567",
        "12345",
        "811218-9875",
        "000-12-3456",
        "666-12-3456",
        "936-90-4399",
        "2021-01-01..2021-02-01",
        "Anna Ek",
        "198113189876",
    ],
)
def test_other_numbers_are_not(text: str) -> None:
    assert not identifies(text)


def test_the_header_is_found_below_a_title() -> None:
    table, _ = read_csv("People of 2027;;\nas of;2027-01-01;\nNamn;Grupp;X\nAnna;A;1\n", "f")
    sheet, columns, problems = recognise(table, LAYOUT, "name")
    assert sheet
    assert [row.cells for row in sheet.rows] == [("Anna", "A", "1")]
    assert [(column.header, column.field) for column in columns] == [
        ("Namn", "name"),
        ("Grupp", "team"),
        ("X", None),
    ]
    assert not problems


def test_the_header_is_found_below_a_long_title() -> None:
    title = "".join(f"Row {n};;\n" for n in range(30))
    table, _ = read_csv(f"{title}Namn;Grupp;X\nAnna;A;1\n", "f")
    sheet, _, _ = recognise(table, LAYOUT, "name")
    assert sheet
    assert [row.cells for row in sheet.rows] == [("Anna", "A", "1")]


def test_the_header_is_the_row_that_names_people() -> None:
    table, _ = read_csv("Grupp;Chef;\nNamn;Grupp;X\nAnna;A;1\n", "f")
    sheet, _, _ = recognise(table, LAYOUT, "name")
    assert sheet
    assert [row.cells for row in sheet.rows] == [("Anna", "A", "1")]


def test_one_known_word_further_down_is_no_header() -> None:
    table, _ = read_csv("A;B\nx;y\nGrupp;z\n", "f")
    _, columns, _ = recognise(table, LAYOUT, "name")
    assert [column.header for column in columns] == ["A", "B"]


def test_a_column_that_nobody_has_filled_in_yet_is_what_its_header_says() -> None:
    _, columns, _ = recognise(read_csv("Namn;Chef\nAnna;\n", "f")[0], LAYOUT, "name")
    assert [column.field for column in columns] == ["name", "manager"]


@pytest.mark.parametrize("header", ["Chef (Ja/Nej)", "Chef"])
def test_a_column_of_yes_and_no_names_nobody(header: str) -> None:
    table, _ = read_csv(f"Namn;Närmaste chef;{header}\nAnna;;Ja\nBo;Anna;Nej \n", "f")
    _, columns, problems = recognise(table, LAYOUT, "name")
    assert [column.field for column in columns] == ["name", "manager", None]
    assert not problems
    chosen = Layout(LAYOUT.known, {"chef": "manager"})
    _, columns, _ = recognise(read_csv("Namn;Chef\nNej;\nBo;Nej\n", "f")[0], chosen, "name")
    assert [column.field for column in columns] == ["name", "manager"]


def merged_table(*ranges: tuple[str, str]) -> Table:
    """A sheet `Lag` with a title, a header in row 3 and two people, and these ranges merged."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Lag")
        for row, texts in enumerate((["People"], [], ["Name", "Team"], ["Anna", "A"], ["Bo", "B"])):
            sheet.write_row(row, 0, texts)
        for cells, text in ranges:
            sheet.merge_range(cells, text)
    table, _ = read_excel(file.getvalue(), "f.xlsx")
    assert table
    return table


def test_merged_cells_are_warned_of_with_sheet_and_cells() -> None:
    _, _, problems = recognise(merged_table(("B4:B5", "A"), ("B6:B27", "C")), LAYOUT, "name")
    assert [str(problem.place) for problem in problems] == ["f.xlsx:B4", "f.xlsx:B6"]
    assert problems[0].message == (
        "the cells B4:B5 of the sheet 'Lag' are merged: only B4 counts, the others are read as empty"
    )
    assert str(problems[0].hint).startswith("unmerge them")


@pytest.mark.parametrize("harmless", [("A1:B1", "People"), ("B6:B9", ""), ("D4:D5", "aside")])
def test_a_merged_title_and_merged_cells_that_hold_nothing_or_stand_aside_are_not(
    harmless: tuple[str, str],
) -> None:
    _, _, problems = recognise(merged_table(harmless), LAYOUT, "name")
    assert not [problem for problem in problems if "merged" in problem.message]


def test_of_many_merged_cells_the_first_are_named_and_the_others_counted() -> None:
    ranges = [(f"B{row}:B{row + 1}", "A") for row in range(4, 24, 2)]
    _, _, problems = recognise(merged_table(*ranges), LAYOUT, "name")
    assert len(problems) == 6
    assert problems[-1].message == "5 more like the 5 above, from here on"


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (("2015-03-02", "44197", "1.2.2020"), "start_date"),
        (("", "2020-01-02"), "start_date"),
        (("Bo Ek",), "name"),
    ],
)
def test_a_swedish_column_of_days_is_when_somebody_came_not_who(cells: tuple[str, ...], field: str) -> None:
    rows = "".join(f"{cell},x\n" for cell in cells)
    sheet, _, problems = recognise(read_csv(f"Anställd,Avdelning\n{rows}", "f")[0], LAYOUT, "name")
    assert sheet is not None
    assert (sheet.fields[field], problems) == (0, ())


@pytest.mark.parametrize(
    "header",
    ["Start date", "START_DATE", " start-date", "StartDate", "startdatum", "입사일", "Datum početka"],
)
def test_headers_are_known_however_they_are_written(header: str) -> None:
    assert LAYOUT.field(header) == "start_date"


def test_no_header_stands_for_two_fields() -> None:
    for columns in (column_words.PEOPLE, column_words.STORIES):
        plain = [
            column_words.plain(word)
            for names in columns.values()
            for word in set(map(column_words.plain, names))
        ]
        assert len(plain) == len(set(plain))
    assert not {column_words.plain(word) for word in column_words.IDENTITY} & set(column_words.OF_PEOPLE)
