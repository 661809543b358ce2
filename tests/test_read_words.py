import pytest

from csweek.model.basics import Occasion, Role, Thanks
from csweek.read import column_words, words
from csweek.read.wrong import Wrong


@pytest.mark.parametrize("text", ["leader", "Ledare", "리더", "Direktor", " LEADER "])
def test_a_role_in_four_languages(text: str) -> None:
    assert words.role(text) is Role.LEADER


@pytest.mark.parametrize("text", ["private", "privat", "비공개", "Privatno"])
def test_thanks_in_four_languages(text: str) -> None:
    assert words.thanks(text) is Thanks.PRIVATE


@pytest.mark.parametrize("text", ["yes", "Ja", "예", "da", "true", "x", "1"])
def test_yes_in_four_languages(text: str) -> None:
    assert words.truth(text)


@pytest.mark.parametrize("text", ["no", "Nej", "아니요", "ne", "false", "", "0"])
def test_no_in_four_languages(text: str) -> None:
    assert not words.truth(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("both", set(Occasion)),
        ("birthday, anniversary", set(Occasion)),
        ("födelsedag och årsdag", set(Occasion)),
        ("생일", {Occasion.BIRTHDAY}),
        ("Godišnjica", {Occasion.ANNIVERSARY}),
        ("none", set[Occasion]()),
    ],
)
def test_occasions(text: str, found: set[Occasion]) -> None:
    assert words.celebrate(text) == found


def test_a_near_miss_is_guessed() -> None:
    with pytest.raises(Wrong) as caught:
        words.role("organisor")
    assert caught.value.hint == "did you mean 'organiser'?"


@pytest.mark.parametrize(
    "header",
    ["Anställningsnr", "Anst.nr", "ANSTNR", "Employee No.", "사번", "Broj uposlenika"],
)
def test_an_employee_number_is_an_id(header: str) -> None:
    assert column_words.OF_PEOPLE[column_words.plain(header)] == "id"


@pytest.mark.parametrize("header", ["Matični broj", "Personnr", "JMBG", "주민등록번호"])
def test_a_number_that_may_be_the_nations_is_no_id(header: str) -> None:
    assert column_words.plain(header) not in column_words.OF_PEOPLE
    assert column_words.plain(header) in {column_words.plain(one) for one in column_words.IDENTITY}
