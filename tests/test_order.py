from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace
from paper import Page, over, pages
from samples import INPUTS, PEOPLE, PLAN, REVISED, event

from csweek.errors import CsweekError, InputError, UsageError
from csweek.folder import template
from csweek.model.basics import Audience, Channel, Place, Span, Status, Thanks
from csweek.model.inputs import Inputs, Story, StoryKind
from csweek.model.people import Person
from csweek.model.plan import Document, Event
from csweek.render.cards import press
from csweek.render.cards.order import CardOrder, Cards, Paper, cards
from csweek.render.cards.press import Shop
from csweek.render.paper import pdf, sheets
from csweek.render.templates import Reader

ORDER = CardOrder("private/organisers", "cards-2027-W04", "Cards", REVISED)
DAY = date(2027, 1, 20)
NAMES = {
    "a": ("Åsa Öberg", "sv"),
    "b": ("Ðorđe Šarić", "bs"),
    "c": ("김서연 님", "ko"),
    "d": ("Shaun O'Brien", "en"),
    "e": ("Wolfeschlegelsteinhausenbergerdorff", "en"),
    "f": ("Å", "sv"),
    "g": ("<script>alert(1)</script>", "en"),
}
TALE = "She asked one question, wrote it down, and called back before she went home, as she had said. " * 7


def with_people(
    names: Mapping[str, tuple[str, str]], stories: Sequence[Story] = (), **fields: object
) -> Inputs:
    someone = PEOPLE.persons["p1"]
    persons = {
        key: replace(someone, id=key, name=name, called=name, locale=locale, **fields)
        for key, (name, locale) in names.items()
    }
    return replace(
        INPUTS,
        people=replace(PEOPLE, persons={**persons, "l1": PEOPLE.persons["l1"]}),
        stories=tuple(stories),
    )


def for_each(inputs: Inputs, **fields: object) -> list[Event]:
    one = replace(event("wow-note", DAY, "p1"), **fields)
    return [replace(one, recipients=(person.id,)) for person in inputs.people if person.id != "l1"]


SHOP = Shop(template)


def ordered(inputs: Inputs, order: CardOrder = ORDER, shop: Shop = SHOP, **fields: object) -> Cards:
    return cards(for_each(inputs, **fields), inputs, order, shop)


def print_all(
    inputs: Inputs, order: CardOrder = ORDER, reader: Reader = template, **fields: object
) -> list[Document]:
    shop = Shop(reader)
    return list(ordered(inputs, order, shop, **fields).documents(shop))


def on_paper(**options: object) -> CardOrder:
    return replace(ORDER, paper=replace(Paper(), **options))


def only_page(made: Cards | list[Document]) -> Page:
    (document,) = made.documents(SHOP) if isinstance(made, Cards) else made
    (page,) = pages(document.content)
    return page


def changed(person: str, **fields: object) -> Inputs:
    persons: dict[str, Person] = dict(PEOPLE.persons)
    persons[person] = replace(persons[person], **fields)
    return replace(INPUTS, people=replace(PEOPLE, persons=persons))


def test_the_events_with_a_card_become_sheets_of_four() -> None:
    made = cards(PLAN.events, INPUTS, ORDER, SHOP)
    assert (made.count, made.sheets, made.left_out) == (4, 1, ())
    (document,) = made.documents(SHOP)
    assert (document.name, document.media_type) == (
        "private/organisers/cards-2027-W04.pdf",
        "application/pdf",
    )
    text = only_page(made).text
    for word in (
        "Åsa",
        "Ðorđe",
        "김서연 님",
        "Shaun",
        "Leo Lind",
        "20 januari 2027",
        "Service som kraft".upper(),
    ):
        assert word in text


def test_names_are_printed_letter_for_letter() -> None:
    text = "\n".join(page.text for d in print_all(with_people(NAMES)) for page in pages(d.content))
    assert [name for name, _ in NAMES.values() if name not in text] == []


def test_what_a_person_is_called_never_becomes_markup() -> None:
    inputs = with_people({"x": ("<script>alert(1)</script>&amp;", "en")})
    assert "<script>alert(1)</script>&amp;" in only_page(print_all(inputs)).text


@pytest.mark.parametrize("sheet", ["a4-4up", pytest.param("letter-4up", marks=pytest.mark.slow)])
def test_every_letter_keeps_off_the_edge_of_its_card_and_is_large_enough(sheet: str) -> None:
    stories = [Story(DAY, "e", "hero", TALE[:600], Place("stories.csv", 2), "a colleague")]
    names = {key: NAMES[key] for key in "bcdf"} | {"e": NAMES["e"]}
    geometry = sheets.read_sheet(sheet, template)
    made = print_all(with_people(names, stories), on_paper(sheet=sheet))
    for page in pages(made[0].content):
        for letter, box, size in page.letters:
            assert size >= 6.5 - 0.01
            if box[1] < geometry.boxes[-1].bottom and letter.strip():
                assert any(
                    box[0] >= card.x + 5 and box[2] <= card.right - 5 and box[3] <= card.bottom - 4
                    for card in geometry.boxes
                    if card.x <= box[0] <= card.right and card.y <= box[1] <= card.bottom
                ), (letter, box)


def test_a_story_is_told_once_in_its_own_words() -> None:
    told = [
        Story(date(2027, 1, 3), "x", "wow", "Rang tillbaka samma kväll.", Place("stories.csv", 2), "en kund")
    ]
    inputs = with_people({"x": ("Åsa", "sv")}, told)
    twice = for_each(inputs) + [replace(one, key=one.key._replace(ordinal=2)) for one in for_each(inputs)]
    text = only_page(cards(twice, inputs, ORDER, SHOP)).text
    assert text.count("Rang tillbaka samma kväll.") == 1
    assert text.count("Några rader skrivna för hand.") == 1


def test_without_a_story_there_are_lines_for_the_hand_eight_millimetres_apart() -> None:
    page = only_page(print_all(with_people({"x": ("Åsa", "sv")})))
    tops = sorted({round(rect[1], 1) for rect in page.rects if rect[2] - rect[0] > 80})
    assert len(tops) >= 2
    assert [round(b - a, 1) for a, b in pairwise(tops)] == [8.0] * (len(tops) - 1)
    assert "!" not in page.text


@pytest.mark.parametrize("locale", ["en", "sv", "ko", "bs"])
def test_a_message_of_600_characters_fits_in_every_language(locale: str) -> None:
    text = (
        TALE
        if locale != "ko"
        else "한 가지만 여쭙고 무엇을 언제까지 하겠다고 말씀드린 뒤 그대로 마쳤습니다. " * 20
    )[:600]
    inputs = with_people(
        {"x": ("Åsa", locale)}, [Story(DAY, "x", "hero", text, Place("stories.csv", 2), "Leo")]
    )
    assert "".join(text.split()) in only_page(print_all(inputs)).bare


def test_what_does_not_fit_is_told_where_it_stands() -> None:
    stories = [Story(DAY, "x", "hero", TALE * 3, Place("stories.csv", 7))]
    names = {"x": ("Åsa", "sv"), "y": ("W" * 60, "en")}
    with pytest.raises(InputError) as caught:
        print_all(with_people(names, stories))
    story, name = caught.value.problems
    assert str(story).startswith(
        "stories.csv:7: error: the story of Åsa is too long for the card: 1973 characters"
    )
    assert str(name).startswith("people.csv:2: error: the name of WWW")
    assert name.hint == "give a shorter one under 'called'"


def test_a_character_that_no_font_has_names_person_field_and_character() -> None:
    stories = [Story(DAY, "x", "hero", "سلام", Place("stories.csv", 7))]
    with pytest.raises(InputError) as caught:
        print_all(with_people({"x": ("Åsa 😀", "sv")}, stories))
    assert "people.csv:2: error: no font has the character '😀' (U+1F600)" in str(caught.value)
    assert "in the name of Åsa 😀" in str(caught.value)
    assert (
        "stories.csv:7: error: no font has the character "
        "'س' (U+0633), 'ل' (U+0644), '\u0627' (U+0627) or 1 more in the story of Åsa 😀"
    ) in str(caught.value)


def test_a_name_in_another_script_is_asked_for_under_called() -> None:
    with pytest.raises(InputError) as caught:
        print_all(with_people({"x": ("مريم", "en"), "y": ("Ж😀", "en")}, []))
    name, *others = caught.value.problems
    assert "fonts/ of the workspace, or spell it in other letters under 'called'" in str(name.hint)
    assert not [one for one in others if "مريم" in one.message]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        (
            {"leave": (Span(date(2027, 1, 1), date(2027, 2, 1)),)},
            "Åsa Öberg is left out of 1 event: is on leave then",
        ),
        ({"end_date": date(2027, 1, 1)}, "does not work here then"),
        ({"thanks": Thanks.NEVER}, "wants no thanks"),
    ],
)
def test_who_cannot_be_thanked_that_day_is_left_out_by_name(fields: dict[str, object], why: str) -> None:
    made = cards(PLAN.events, changed("p1", **fields), ORDER, SHOP)
    assert made.count == 3
    (problem,) = made.left_out
    assert why in str(problem)
    assert not problem.is_error


def test_no_card_without_a_card_or_for_what_was_cancelled() -> None:
    note = event("wow-note", DAY, "p1", channel=Channel.NOTE, card=None)
    gone = event("wow-note", DAY, "p1", status=Status.CANCELLED)
    made = cards([note, gone], INPUTS, ORDER, SHOP)
    assert (made.count, made.sheets, made.left_out, list(made.documents(SHOP))) == (0, 0, (), [])


def test_a_card_for_a_team_goes_to_everyone_in_it_but_its_sender() -> None:
    team = event("monday-story", DAY, "Support", channel=Channel.CARD, owner="m1")
    assert cards([team], INPUTS, ORDER, SHOP).count == 2
    site = replace(team, audience=Audience.ORGANISATION, team=None, site="seoul")
    assert cards([site], INPUTS, ORDER, SHOP).count == 2


def test_paper_follows_the_country_and_the_sheet_asked_for_goes_before_it() -> None:
    seoul = replace(INPUTS.settings.sites["seoul"], country="US")
    sites = {**INPUTS.settings.sites, "seoul": seoul}
    inputs = replace(INPUTS, settings=replace(INPUTS.settings, sites=sites))
    made = cards(PLAN.events, inputs, ORDER, SHOP)
    documents = list(made.documents(SHOP))
    assert [d.name for d in documents] == [
        "private/organisers/cards-2027-W04-a4-4up.pdf",
        "private/organisers/cards-2027-W04-letter-4up.pdf",
    ]
    assert pages(documents[1].content)[0].size == pytest.approx((215.9, 279.4), abs=0.1)
    assert cards(PLAN.events, inputs, on_paper(sheet="a4-2up"), SHOP).sheets == 2


@pytest.mark.slow
def test_many_pages_are_laid_out_in_parts_and_become_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "AT_ONCE", 2)
    made = ordered(with_people({f"x{number}": ("Å", "sv") for number in range(9)}))
    assert (made.count, made.sheets) == (9, 3)
    (document,) = made.documents(SHOP)
    assert [page.text.count("Leo Lind") for page in pages(document.content)] == [4, 4, 1]


def test_the_same_order_gives_the_same_bytes() -> None:
    first, again = (list(cards(PLAN.events, INPUTS, ORDER, SHOP).documents(SHOP)) for _ in range(2))
    assert first == again


def test_where_pdf_cannot_be_made_there_is_a_page_to_print_from_a_browser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "available", lambda: False)
    made = cards(PLAN.events, INPUTS, ORDER, SHOP)
    (document,) = made.documents(SHOP)
    assert (document.name, document.media_type) == ("private/organisers/cards-2027-W04.html", "text/html")
    assert "김서연" in document.content.decode()
    assert document.content.count(b"@font-face") == 5


@pytest.mark.parametrize(
    ("design", "told"),
    [
        ("thank-yu", "there is no card 'thank-yu'\n  hint: did you mean 'thank-you'?"),
        (
            "mine",
            "templates/cards/mine.html:1: error: unknown name 'sendr'\n  hint: did you mean 'sender'?",
        ),
    ],
)
def test_a_wrong_design_is_told(design: str, told: str) -> None:
    reader = over({"cards/mine.html": "{{ card.sendr }}"})
    with pytest.raises(CsweekError) as caught:
        print_all(with_people({"x": ("Åsa", "sv")}), reader=reader, card=design)
    assert told in str(caught.value)


def test_an_unknown_sheet_is_told() -> None:
    with pytest.raises(UsageError, match="there is no sheet 'a5'"):
        print_all(with_people({"x": ("Åsa", "sv")}), on_paper(sheet="a5"))


def test_the_measure_speaks_the_organisers_language() -> None:
    inputs = replace(INPUTS, settings=replace(INPUTS.settings, locale="ko"))
    assert "100mm가아닌가요?실제크기로인쇄하세요." in only_page(cards(PLAN.events, inputs, ORDER, SHOP)).bare


def test_extra_columns_and_words_reach_a_users_own_design() -> None:
    reader = over(
        {"cards/mine.html": "<p>{{ card.extra.desk }} {{ card.day.year }} {{ card.look.motif }}</p>"}
    )
    inputs = with_people({"x": ("Åsa", "sv")}, extra={"desk": "B 12"})
    assert "B 12 2027 waves" in only_page(print_all(inputs, reader=reader, card="mine")).text


def heroes(*stories: tuple[str, int, StoryKind]) -> list[tuple[str, str]]:
    """Who gets a certificate in a team's event of 20 January, and for what, of stories: person, day, kind."""
    told = tuple(
        Story(
            date(2027, 1, 1) + timedelta(days=day - 1),
            person,
            kind,
            f"{person} {day}",
            Place("stories.csv", day + 31),
        )
        for person, day, kind in stories
    )
    team = event("monday-story", DAY, "Support", channel=Channel.ANNOUNCEMENT, card="hero", owner="m1")
    note = event("wow-note", date(2027, 1, 19), "p1")
    made = cards([note, team], replace(INPUTS, stories=told), ORDER, SHOP)
    found = [one for batch in made.batches for one in batch.sources if one.template == "hero"]
    return [(one.person.id, one.card.story.text if one.card.story else "") for one in found]


def test_a_certificate_goes_to_whom_the_latest_heros_story_of_the_month_is_about() -> None:
    assert heroes(("p1", 5, "hero"), ("p2", 12, "hero"), ("p1", 15, "wow")) == [("p2", "p2 12")]
    assert heroes(("p1", 5, "hero"), ("p3", 12, "hero")) == [("p1", "p1 5")], "p3 is in another team"


def test_a_certificate_tells_its_story_even_if_a_note_told_it_before() -> None:
    assert heroes(("p1", 5, "hero"), ("p1", 2, "wow")) == [("p1", "p1 5")]


@pytest.mark.parametrize("story", [("p1", 5, "wow"), ("p1", -12, "hero"), ("p1", 21, "hero")])
def test_without_a_heros_story_there_is_no_certificate(story: tuple[str, int, StoryKind]) -> None:
    assert heroes(story) == []
