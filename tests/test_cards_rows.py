from datetime import date

import pytest
from msgspec.structs import replace
from samples import INPUTS, PEOPLE

from csweek.model.basics import Place, Span, Thanks
from csweek.model.cards import CardRow
from csweek.model.inputs import Inputs
from csweek.model.people import Person
from csweek.render.cards.card import VARIANTS
from csweek.render.cards.rows import blank, grouped, of_rows

DAY = date(2027, 1, 20)
PLACE = Place("rows.csv", 2)


def with_(person: str, **fields: object) -> Inputs:
    persons: dict[str, Person] = dict(PEOPLE.persons)
    persons[person] = replace(persons[person], **fields)
    return replace(INPUTS, people=replace(PEOPLE, persons=persons))


def test_a_row_becomes_a_card_in_the_language_of_its_person() -> None:
    row = CardRow(PLACE, "", "p1", sender="l1", text="Du ringde tillbaka.", extra={"desk": "B 12"})
    (one,), absent = of_rows([row], INPUTS, DAY)
    card = one.card
    assert absent == ()
    assert (card.called, card.lang, card.date) == ("Åsa", "sv", "20 januari 2027")
    assert card.sender is not None
    assert (card.sender.name, card.sender.title) == ("Leo Lind", "Head of service")
    assert card.story is not None
    assert (card.story.text, card.story.lead, card.line) == ("Du ringde tillbaka.", "", "")
    assert card.extra["desk"] == "B 12"
    assert one.place("called") == PLACE


def test_without_a_reason_there_is_one_true_line() -> None:
    (one,), _ = of_rows([CardRow(PLACE, "", "p1")], INPUTS, DAY)
    assert one.card.story is None
    assert one.card.line == "Några rader skrivna för hand."


def test_the_rules_hold_for_rows_too() -> None:
    away = with_("p1", leave=(Span(DAY, DAY),))
    assert of_rows([CardRow(PLACE, "", "p1")], away, DAY).absent == (("p1", "is on leave then"),)
    assert len(of_rows([CardRow(PLACE, "", "p1", date=date(2027, 1, 21))], away, DAY).sources) == 1
    never = with_("p1", thanks=Thanks.NEVER)
    assert of_rows([CardRow(PLACE, "", "p1")], never, DAY).absent == (("p1", "wants no thanks"),)


def test_a_guest_gets_a_card_in_the_organisers_language() -> None:
    (one,), _ = of_rows([CardRow(PLACE, "Mrs Guest", sender="Leo", by="a colleague", text="x")], INPUTS, DAY)
    assert (one.card.called, one.card.lang) == ("Mrs Guest", "en")
    assert one.card.story is not None
    assert one.card.story.lead == "We were told this about you:"


def test_blank_cards_have_no_name_and_different_drawings() -> None:
    cards = [one.card for one in blank(VARIANTS + 2, INPUTS, DAY)]
    assert {card.called for card in cards} == {""}
    assert [card.seed for card in cards] == [*range(VARIANTS), 0, 1]


def test_photo_and_link_come_from_their_columns_whatever_these_are_called() -> None:
    inputs = with_("p1", extra={"Foto": "photos/p1.jpg", "Länk": "https://x.example/1"})
    rows = [
        CardRow(PLACE, "", "p1", extra=extra) for extra in ({}, {"URL": "", "link": "https://x.example/2"})
    ]
    (own, other), _ = of_rows(rows, inputs, DAY)
    assert (own.card.photo, own.card.link) == ("photos/p1.jpg", "https://x.example/1")
    assert (other.card.photo, other.card.link) == ("photos/p1.jpg", "https://x.example/2")


def test_a_staff_list_that_answers_yes_and_no_has_no_photo_and_no_link() -> None:
    inputs = with_("p1", extra={"Foto": "ja", "Link": "-"})
    (one,), _ = of_rows([CardRow(PLACE, "", "p1")], inputs, DAY)
    assert (one.card.photo, one.card.link) == ("", "")
    (told,), _ = of_rows([CardRow(PLACE, "", "p1", extra={"Foto": "ja", "Link": "-"})], INPUTS, DAY)
    assert (told.card.photo, told.card.link) == ("ja", "-")


def test_rows_are_sorted_by_team_or_by_who_signs() -> None:
    first, second = CardRow(PLACE, "", "p1", sender="l1"), CardRow(PLACE, "", "p3")
    guest = CardRow(PLACE, "Mrs Guest", sender="l1", team="Visitors")
    rows = [first, second, guest]
    assert grouped(rows, INPUTS, None) == {"": rows}
    assert grouped(rows, INPUTS, "team") == {"Support": [first], "Seoul": [second], "Visitors": [guest]}
    assert grouped(rows, INPUTS, "owner") == {"l1": [first, guest], "": [second]}


@pytest.mark.parametrize(
    ("name", "called", "locale", "said"),
    [
        ("김서연", "", "ko", "김서연 님"),
        ("김서연 님", "", "ko", "김서연 님"),
        ("김서연", "서연아", "ko", "서연아"),
        ("김서연", "", "sv", "김서연"),
        ("Zoë Ek", "", "sv", "Zoë Ek"),
    ],
)
def test_a_korean_card_says_a_guests_name_politely(name: str, called: str, locale: str, said: str) -> None:
    (one,), _ = of_rows([CardRow(PLACE, called, name=name, locale=locale, text="x")], INPUTS, DAY)
    assert (one.card.called, one.card.name) == (said, name)
