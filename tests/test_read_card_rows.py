from datetime import date
from pathlib import Path

import pytest
from samples import PEOPLE

from csweek.model.people import People
from csweek.read.card_rows import read_rows

NOBODY = People()


def read(folder: Path, text: str, people: People = PEOPLE):  # type: ignore[no-untyped-def]  # noqa: ANN201 - as read_rows
    file = folder / "rows.csv"
    file.write_text(text, encoding="utf-8")
    rows, problems = read_rows(file, people)
    return rows, [str(problem).replace(str(file), "rows.csv") for problem in problems]


def test_rows_are_matched_to_people_by_id_mail_or_name(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, "name,from\np1,l1\nasa@nordic.example,Leo\nåsa öberg,\n")
    assert problems == []
    assert [row.person for row in rows] == ["p1", "p1", "p1"]
    assert [row.sender for row in rows] == ["l1", "Leo", ""]


def test_a_table_may_have_name_address_and_id_at_once(tmp_path: Path) -> None:
    text = "Staff no,Employee name,E-mail\n1,Åsa Öberg,new@nordic.example\np1,,\n7,,asa@nordic.example\n"
    rows, problems = read(tmp_path, text)
    assert (problems, [row.person for row in rows]) == ([], ["p1"] * 3)
    guests, problems = read(tmp_path, text, NOBODY)
    assert (problems, [row.name for row in guests]) == ([], ["Åsa Öberg", "p1", "asa@nordic.example"])
    _, (problem,) = read(tmp_path, "Id,E-mail,from\np1,x@y.example,Leo\n")
    assert problem.startswith("rows.csv:2:4: error: person: there is nobody called 'x@y.example'")


def test_given_and_family_name_may_be_two_columns(tmp_path: Path) -> None:
    text = "Förnamn,Efternamn,E-post\nÅsa,Öberg,\nEva,Ek,\n"
    rows, problems = read(tmp_path, text)
    assert problems == []
    assert [(row.person, row.called) for row in rows] == [("p1", "Åsa"), (None, "Eva")]
    guests, _ = read(tmp_path, text.replace("Ek,", "Ek,eva@x.example"), NOBODY)
    assert [(row.name, row.called) for row in guests] == [("Åsa Öberg", "Åsa"), ("Eva Ek", "Eva")]


def test_guests_names_are_given_name_first(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, 'name\n"Smith, John"\n', NOBODY)
    turned, _ = read(tmp_path, 'Prezime i ime\nHadžić Amra\n"Begić, Selma"\n', NOBODY)
    assert ([row.name for row in (*rows, *turned)], problems) == (
        ["John Smith", "Amra Hadžić", "Selma Begić"],
        [],
    )
    (found,), _ = read(tmp_path, "Efternamn och förnamn\nÖberg Åsa\n")
    assert found.person == "p1"


def test_headers_are_known_in_the_four_languages_and_others_are_kept(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, "vem;från;meddelande;datum;skrivbord\np1;Leo;Tack;2027-02-03;B 12\n")
    (row,) = rows
    assert (row.sender, row.text, row.date) == ("Leo", "Tack", date(2027, 2, 3))
    assert row.extra == {"skrivbord": "B 12"}
    assert str(row.text_place).endswith("rows.csv:2:8")


def test_a_guest_has_a_name_and_is_nobody_of_the_people(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, "name,called\n,Mrs Guest\n")
    assert (rows[0].person, rows[0].called, problems) == (None, "Mrs Guest", [])
    alone, _ = read(tmp_path, "name\nMrs Guest\n", NOBODY)
    assert (alone[0].person, alone[0].name, alone[0].called) == (None, "Mrs Guest", "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,from\nÅsa Öbreg,\n", "rows.csv:2:1: error: person: there is nobody called 'Åsa Öbreg'"),
        ("name,date\np1,2027-13-01\n", "rows.csv:2:4: error: date: there is no day 2027-13-01"),
        ("name,from\n,Leo\n", "rows.csv:2:1: error: person: this is empty"),
        ("name,locale\np1,klingon\n", "rows.csv:2:4: error: locale: 'klingon' is not a language"),
        ("name,why\np1,19811218-9876\n", "rows.csv:2:4: error: text: this looks like a national identity"),
        ("name,from\np1,a,b\n", "rows.csv:2:6: error: this row has 3 cells, the header has 2"),
        ("desk,room\n1,2\n", "there is no column 'name'"),
        ("name,from\n", "there is no row in this file"),
        ("", "this file is empty"),
    ],
)
def test_a_bad_row_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    rows, problems = read(tmp_path, text)
    assert rows == ()
    assert any(told in problem for problem in problems), problems


def test_a_row_that_names_nobody_says_how_a_guest_is_written(tmp_path: Path) -> None:
    _, (problem,) = read(tmp_path, "name\nÅsa Öbreg\n")
    assert "did you mean 'Åsa Öberg'? for a guest leave this empty" in problem
    assert "under 'called'" in problem
