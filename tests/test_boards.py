from collections.abc import Sequence
from datetime import date

import pytest
from msgspec.structs import replace
from paper import pages
from samples import INPUTS, PEOPLE, PLAN, event, words
from test_order import ORDER, SHOP

from csweek.model.basics import Audience, Place, Practice, Visibility
from csweek.model.inputs import Inputs, Story
from csweek.model.plan import Event
from csweek.render.cards import boards
from csweek.render.cards.card import Board, Week
from csweek.render.cards.order import Paper, of_sources

DAY = date(2027, 1, 31)
SUPPORT = boards.wall(PEOPLE.teams["Support"], INPUTS, DAY)
EVERYONE = boards.wall(None, INPUTS, DAY)


def story(person: str, day: int, *, consent: bool = True, kind: str = "wow", month: int = 1) -> Story:
    place = Place("stories.csv", day)
    return Story(date(2027, month, day), person, kind, f"on {day}", place, "Leo", consent)  # type: ignore[arg-type]


def told(*stories: Story, wall: boards.Wall = EVERYONE) -> list[str]:
    inputs: Inputs = replace(INPUTS, stories=stories)
    return [praise.text for praise in boards.poster(wall, inputs).card.praises]


def board_of(events: Sequence[Event], wall: boards.Wall = SUPPORT) -> Board:
    board = boards.year(wall, replace(PLAN, events=tuple(events)), INPUTS).card.board
    assert board
    return board


def weeks(events: Sequence[Event], wall: boards.Wall = SUPPORT) -> tuple[Week, ...]:
    return board_of(events, wall).weeks


def test_a_poster_tells_what_may_be_told_of_its_month_the_newest_first() -> None:
    assert told(story("p1", 3), story("p3", 20), story("p4", 9)) == ["on 20", "on 9", "on 3"]
    assert told(story("p1", 3, consent=False), story("p1", 4, kind="obstacle")) == []
    assert told(story("p1", 3, month=2)) == []
    assert told(*(story("p1", day) for day in range(1, 9))) == ["on 8", "on 7", "on 6", "on 5"]


def test_a_poster_never_names_who_wants_to_be_thanked_privately() -> None:
    assert PEOPLE.persons["p2"].thanks.value == "private"
    assert told(story("p2", 3)) == []


def test_a_teams_poster_names_its_own_people_alone() -> None:
    assert told(story("p1", 3), story("p3", 4), wall=SUPPORT) == ["on 3"]


def test_a_poster_without_a_story_leaves_room_for_the_hand() -> None:
    card = boards.poster(SUPPORT, replace(INPUTS, stories=())).card
    assert (card.called, card.line, card.month) == (
        "Support",
        "Några rader skrivna för hand.",
        "Januari 2027",
    )


def test_a_story_that_is_too_long_is_told_at_its_own_place() -> None:
    made = boards.poster(EVERYONE, replace(INPUTS, stories=(story("p1", 3), story("p3", 20))))
    assert [made.place(f"story {number}") for number in (0, 1)] == [
        Place("stories.csv", 20),
        Place("stories.csv", 3),
    ]
    assert [field for field, _ in made.texts() if field.startswith("story")] == ["story 0", "story 1"]


def test_the_year_counts_what_a_team_knows_of() -> None:
    meeting = event("monday-story", date(2027, 1, 12), "Support")
    secret = event("wow-note", date(2027, 1, 12), "p1")
    other = event("monday-story", date(2027, 1, 12), "Seoul")
    assert secret.visibility is Visibility.SURPRISE
    second = weeks([meeting, secret, other])[1]
    assert dict(zip(Practice, second.counts, strict=True)) == dict.fromkeys(Practice, 0) | {Practice.WOW: 1}
    assert second.note == ""


def test_marks_tell_weeks_apart_where_there_are_many_events() -> None:
    few = [event("monday-story", date(2027, 1, 12), "Support")]
    assert board_of(few).sizes == (1, 2, 3)
    many = [
        event("monday-story", date(2027, 1, 4 + 7 * week), "Support")
        for week in range(4)
        for _ in range(6 * week + 3)
    ]
    assert board_of(many).sizes == (1, 9, 15)


def test_the_year_names_fixed_days_and_csw_in_its_place() -> None:
    hero = event("monday-story", date(2027, 2, 10), "Support", fixed=True, title=words("Hero", "Hjälte"))
    found = weeks([hero, replace(hero, title=words("Numbers", "Siffror"))])
    assert len(found) == PLAN.year.weeks
    assert found[5].note == "Hjälte · Siffror"
    (csw,) = [week for week in found if week.csw]
    assert (csw.number, csw.note) == ("40", "Kundserviceveckan")
    assert [week.month for week in found[:9]] == ["januari", "", "", "", "februari", "", "", "", "mars"]


@pytest.mark.parametrize(
    ("country", "first", "number"),
    [("SE", "4 jan.", "1"), ("US", "3 jan.", "1"), ("EG", "2 jan.", "1")],
)
def test_weeks_begin_as_they_do_in_the_country(country: str, first: str, number: str) -> None:
    sunday = event("monday-story", date(2027, 1, 10), "Support", audience=Audience.TEAM)
    found = weeks([sunday], replace(SUPPORT, country=country))
    assert (found[0].first, found[0].number) == (first, number)
    assert sum(found[0 if country == "SE" else 1].counts) == 1


def test_an_event_after_the_last_full_week_keeps_its_line() -> None:
    last = event("monday-story", PLAN.year.last, "Support")
    assert len(weeks([last], replace(SUPPORT, country="US"))) == PLAN.year.weeks + 1


@pytest.mark.parametrize("sheet", ["a4-1up", "letter-1up"])
def test_a_page_for_a_wall_says_nothing_about_printing(sheet: str) -> None:
    made = [boards.poster(SUPPORT, INPUTS), boards.year(SUPPORT, PLAN, INPUTS)]
    for one in made:
        order = replace(ORDER, paper=Paper(sheet))
        (document,) = of_sources([one], INPUTS, order, SHOP).documents(SHOP)
        (page,) = pages(document.content)
        assert "100mm" not in page.bare
        assert page.bare
