import pytest

from csweek.read import words
from csweek.read.columns import Layout, identifies, recognise
from csweek.read.tables import read_csv

LAYOUT = Layout(words.known(words.PEOPLE), {})


@pytest.mark.parametrize(
    "text",
    [
        "811218-9876",
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


@pytest.mark.parametrize(
    "header",
    ["Start date", "START_DATE", " start-date", "StartDate", "startdatum", "입사일", "Datum početka"],
)
def test_headers_are_known_however_they_are_written(header: str) -> None:
    assert LAYOUT.field(header) == "start_date"


def test_no_header_stands_for_two_fields() -> None:
    for columns in (words.PEOPLE, words.STORIES):
        plain = [words.plain(word) for names in columns.values() for word in set(map(words.plain, names))]
        assert len(plain) == len(set(plain))
    assert not {words.plain(word) for word in words.IDENTITY} & set(words.known(words.PEOPLE))
