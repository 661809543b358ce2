from datetime import date

import pytest
import samples

from csweek.cli.sources import find
from csweek.errors import UsageError
from csweek.model.plan import Contact, Directory

DIRECTORY = Directory.of(samples.INPUTS, date(2027, 1, 4))


def hint(error: UsageError) -> str:
    return f"{error.problems[0].message} / {error.problems[0].hint}"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("p1", "p1"), ("P1", "p1"), ("Åsa Öberg", "p1"), ("asa oberg", "p1"), ("ASA", "p1"),
        ("asa@NORDIC.example", "p1"), ("dorde", "p2"), ("서연", "p3"), ("obrien", "p4"),
        ("o'brien", "p4"), ("öberg åsa", "p1"), ("lind", "l1"),
    ],
)  # fmt: skip
def test_a_person_is_found_by_id_address_or_name(words: str, found: str) -> None:
    assert find.person(words, DIRECTORY).id == found


def test_an_id_goes_before_a_name() -> None:
    persons = {"ek": Contact("ek", "Someone Else"), "x": Contact("x", "Ek")}
    directory = Directory("", "en", samples.words("a"), samples.words("a"), persons, {}, {})
    assert find.person("ek", directory).id == "ek"


def test_several_hits_are_listed_with_their_ids() -> None:
    persons = {f"x{n}": Contact(f"x{n}", f"Eva Ek {n}", team="Natt") for n in range(12)}
    directory = Directory("", "en", samples.words("a"), samples.words("a"), persons, {}, {})
    with pytest.raises(UsageError) as error:
        find.person("eva", directory)
    assert hint(error.value).startswith("'eva' may be 12 people / take one by id: x0 (Eva Ek 0, Natt), x1 ")
    assert hint(error.value).endswith("and 2 more")


@pytest.mark.parametrize(("words", "meant"), [("Asa Obreg", "Åsa Öberg"), ("Brit Eck", "Britt Ek")])
def test_a_near_name_is_suggested(words: str, meant: str) -> None:
    with pytest.raises(UsageError) as error:
        find.person(words, DIRECTORY)
    assert f"did you mean '{meant}'?" in hint(error.value)


@pytest.mark.parametrize("words", ["", "  ", "-", "zzzzzz"])
def test_who_is_nobody_is_said_to_be_nobody(words: str) -> None:
    with pytest.raises(UsageError, match="nobody is called"):
        find.person(words, DIRECTORY)


def test_those_who_are_there_are_listed_by_their_whole_names() -> None:
    with pytest.raises(UsageError) as error:
        find.person("", DIRECTORY)
    assert "there are Åsa Öberg, " in hint(error.value)
    assert "Åsa, " not in hint(error.value)


@pytest.mark.parametrize("words", ["", "e", "x", "-1", "²", "٣", "e" + "9" * 30, "9" * 5000])
def test_what_is_no_events_id_is_said_to_be_none(words: str) -> None:
    with pytest.raises(UsageError, match="is no event"):
        find.event(words)


def test_without_people_the_way_to_them_is_told() -> None:
    empty = Directory("", "en", samples.words("a"), samples.words("a"), {}, {}, {})
    with pytest.raises(UsageError) as error:
        find.person("anna", empty)
    assert "name the people file in csweek.yaml" in hint(error.value)


@pytest.mark.parametrize("words", ["Support", "support", "SUPP", "seo"])
def test_a_team_is_found_by_a_part_of_its_name(words: str) -> None:
    assert find.team(words, DIRECTORY) in {"Support", "Seoul"}


def test_a_team_that_is_not_there_lists_those_that_are() -> None:
    with pytest.raises(UsageError) as error:
        find.team("zzz", DIRECTORY)
    assert "there are Support, Natt, Seoul" in hint(error.value)
    with pytest.raises(UsageError, match="may be several"):
        find.team("s", DIRECTORY)
    with pytest.raises(UsageError, match="no team is called ''"):
        find.team("", DIRECTORY)


@pytest.mark.parametrize("words", ["e12", "E12", "12", " e12 ", "e012"])
def test_an_event_is_found_however_its_id_is_typed(words: str) -> None:
    assert find.event(words) == "e12"


@pytest.mark.parametrize("words", ["", "e", "x12", "e1.2", "e-1", "e\uff11", "e²"])
def test_what_is_no_id_is_told(words: str) -> None:
    with pytest.raises(UsageError, match="is no event"):
        find.event(words)


@pytest.mark.parametrize("words", ["41", "w41", "W41", "2027-W41", "2027W41"])
def test_a_week_is_named_in_many_ways(words: str) -> None:
    assert find.week(words, samples.YEAR, date(2027, 1, 4)) == date(2027, 10, 11)


def test_no_word_means_this_week() -> None:
    assert find.week(None, samples.YEAR, date(2027, 3, 3)) == date(2027, 3, 1)


@pytest.mark.parametrize(("words", "said"), [("53", "week 53"), ("2026-W41", "week 41 of 2026")])
def test_a_week_of_another_year_says_which_are_planned(words: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        find.week(words, samples.YEAR, date(2027, 1, 4))
    planned = "lies outside the year that is planned (week 1 of 2027 to week 52 of 2027)"
    assert hint(error.value).startswith(f"{said} {planned} / take one of its weeks")


@pytest.mark.parametrize("words", ["0", "99", "next", "", "4 1"])
def test_what_is_no_week_says_how_one_is_written(words: str) -> None:
    with pytest.raises(UsageError) as error:
        find.week(words, samples.YEAR, date(2027, 1, 4))
    assert hint(error.value) == f"{words!r} is no week / write 41 or 2027-W41"
