from datetime import date

import pytest
from msgspec.structs import replace
from samples import ACTIONS, INPUTS, PEOPLE, THEME, at, event

from csweek.model.basics import Place
from csweek.model.inputs import Inputs, Story
from csweek.model.theme import Anchor, On, ThemeTurn
from csweek.render.cards.card import VARIANTS
from csweek.render.cards.compose import long_date, newest_story, source

STORY = INPUTS.stories[0]


def line(person: str, story: Story | None = None, action: str = "wow-note", inputs: Inputs = INPUTS) -> str:
    given = event(action, date(2027, 1, 27), person)
    return source(given, inputs.people.persons[person], inputs, story).card.line


def hung_on(anchor: Anchor) -> Inputs:
    action = replace(ACTIONS["wow-note"], rhythm=On((anchor,)))
    return replace(INPUTS, themes=(ThemeTurn(replace(THEME, actions={**ACTIONS, "wow-note": action})),))


def since(person: str, start: date, inputs: Inputs) -> Inputs:
    persons = {**PEOPLE.persons, person: replace(PEOPLE.persons[person], start_date=start)}
    return replace(inputs, people=replace(PEOPLE, persons=persons))


def test_a_card_says_who_to_whom_from_and_when_in_the_readers_language() -> None:
    card = source(event("wow-note", date(2027, 1, 20), "p1"), PEOPLE.persons["p1"], INPUTS, STORY).card
    assert (card.called, card.name, card.lang) == ("Åsa", "Åsa Öberg", "sv")
    assert card.sender
    assert (card.sender.name, card.sender.title) == ("Leo Lind", "Head of service")
    assert (card.date, card.motto, card.organisation) == (
        "20 januari 2027",
        "Service som kraft",
        "Nordic Care",
    )
    assert (card.title, card.trait) == ("En handskriven rad", "Lugn och balans")
    assert card.story
    assert (card.story.text, card.story.by) == (STORY.text, "a customer")


def test_no_sign_of_a_name_turns_the_line_or_stands_alone() -> None:
    asa = replace(PEOPLE.persons["p1"], called="A\u030asa\u202e\x07", name="A\u030asa  \u2066Öberg")
    card = source(event("wow-note", date(2027, 1, 20), "p1"), asa, INPUTS, None).card
    assert (card.called, card.name) == ("Åsa", "Åsa Öberg")


def test_without_a_story_the_line_says_no_more_than_is_true() -> None:
    assert line("p1") == "Några rader skrivna för hand."
    assert line("p3") == "손으로 적은 몇 마디예요."
    assert line("p4") == "A few words by hand."
    assert line("p4", action="monday-story") == "Customer Service Week 2027."


@pytest.mark.parametrize(
    ("story", "lead"),
    [
        (STORY, "Det här fick vi höra om dig:"),
        (replace(STORY, by=""), "Det här berättade en kund:"),
        (replace(STORY, by="", kind="hero"), "Det här såg vi:"),
    ],
)
def test_a_story_is_led_in_by_whose_words_it_has(story: Story, lead: str) -> None:
    card = source(event("wow-note", date(2027, 1, 27), "p1"), PEOPLE.persons["p1"], INPUTS, story).card
    assert card.story
    assert (card.line, card.story.lead) == ("", lead)


def test_an_occasion_is_named_beside_a_story() -> None:
    assert line("p4", STORY, inputs=hung_on(Anchor("first-day"))) == "For your first day with us."


@pytest.mark.parametrize(
    ("design", "told"),
    [
        ("csw-3", "Kundserviceveckan 2027."),
        ("day-after", "Dagen efter Kundserviceveckan 2027."),
        ("skip-level", "En inbjudan till ett samtal."),
    ],
)
def test_a_design_with_an_occasion_of_its_own_names_it(design: str, told: str) -> None:
    given = event("wow-note", date(2027, 1, 27), "p1", card=design)
    assert source(given, PEOPLE.persons["p1"], INPUTS, None).card.line == told


def test_a_card_knows_day_month_hour_and_team_in_the_readers_language() -> None:
    day = date(2027, 10, 6)
    given = event("wow-note", day, "p3", **at(day, 9, 30, "seoul", 10))
    card = source(given, PEOPLE.persons["p3"], INPUTS, None).card
    assert (card.weekday, card.month, card.hour, card.team) == ("수요일", "2027년 10월", "09:30", "Seoul")


def test_the_five_days_share_one_drawing() -> None:
    days = [event("wow-note", date(2027, 10, 3 + day), "p1", day, card=f"csw-{day}") for day in range(1, 6)]
    assert len({source(one, PEOPLE.persons["p1"], INPUTS, None).card.seed for one in days}) == 1


@pytest.mark.parametrize(
    ("start", "person", "told"),
    [
        (date(2026, 1, 27), "p4", "One year with us."),
        (date(2022, 1, 25), "p4", "5 years with us."),
        (date(2022, 1, 27), "p1", "5 år hos oss."),
        (date(2022, 1, 27), "p3", "함께한 지 5년이에요."),
    ],
)
def test_an_anniversary_counts_the_years(start: date, person: str, told: str) -> None:
    assert line(person, inputs=since(person, start, hung_on(Anchor("anniversary")))) == told


def test_a_card_has_the_years_of_an_anniversary_alone() -> None:
    note = event("wow-note", date(2027, 1, 27), "p4")
    since_2022 = [since("p4", date(2022, 1, 25), hung_on(Anchor(on))) for on in ("anniversary", "first-day")]
    cards = [source(note, one.people.persons["p4"], one, None).card for one in since_2022]
    assert [card.years for card in cards] == [5, 0]


@pytest.mark.parametrize(
    ("years", "told"), [(1, "1 godina s nama."), (3, "3 godine s nama."), (5, "5 godina s nama.")]
)
def test_bosnian_counts_years_by_its_own_grammar(years: int, told: str) -> None:
    inputs = since("p4", date(2027 - years, 1, 27), hung_on(Anchor("anniversary")))
    bosnian = replace(inputs.people.persons["p4"], locale="bs")
    assert source(event("wow-note", date(2027, 1, 27), "p4"), bosnian, inputs, None).card.line == told


def test_a_day_far_from_what_it_hangs_on_is_not_called_that_day() -> None:
    assert line("p4", inputs=hung_on(Anchor("first-day"))) == "For your first day with us."
    assert line("p4", inputs=hung_on(Anchor("first-day", shift=30))) == "A few words by hand."
    assert line("p4", inputs=hung_on(Anchor("first-day", shift=1, unit="months"))) == "A few words by hand."


def test_the_newest_praise_before_the_day_is_told() -> None:
    def story(day: int, kind: str = "wow", person: str = "p1") -> Story:
        return Story(date(2027, 1, day), person, kind, f"on {day}", Place("stories.csv"))  # type: ignore[arg-type]

    stories = (story(3), story(9), story(7), story(20), story(8, person="p2"), story(10, kind="obstacle"))
    found = newest_story(stories, "p1", date(2027, 1, 15))
    assert found
    assert found.text == "on 9"
    assert newest_story(stories, "p3", date(2027, 1, 15)) is None


def test_dates_are_written_as_people_write_them() -> None:
    day = date(2027, 2, 3)
    assert long_date(day, "ko", "KR") == "2027년 2월 3일"
    assert long_date(day, "bs", "BA") == "3. februar 2027."
    assert long_date(day, "en", "SE") == "3 February 2027"
    assert long_date(day, "en", "US") == "February 3, 2027"
    assert long_date(day, "tlh") == "February 3, 2027"


def test_the_drawing_hangs_on_event_and_person_alone() -> None:
    first = source(event("wow-note", date(2027, 1, 20), "p1"), PEOPLE.persons["p1"], INPUTS, None)
    moved = source(event("wow-note", date(2027, 3, 3), "p1"), PEOPLE.persons["p1"], INPUTS, STORY)
    assert first.card.seed == moved.card.seed
    several = (event("wow-note", date(2027, 1, 20), "p1", ordinal) for ordinal in range(40))
    seeds = {source(one, PEOPLE.persons["p1"], INPUTS, None).card.seed for one in several}
    assert seeds == set(range(VARIANTS))
