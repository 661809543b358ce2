from datetime import date

import pytest
from msgspec.structs import replace
from samples import INPUTS, PLAN, event

from csweek.model.basics import Audience, Status, Value
from csweek.model.plan import Directory
from csweek.plan.told.explain import Week, explain

DIRECTORY = Directory.of(INPUTS, date(2027, 1, 4))
CHOSEN: dict[str, Value] = {
    "code": "chosen",
    "turn": 2,
    "of": 4,
    "ideal": "2027-01-19",
    "first": "2027-01-04",
    "last": "2027-02-12",
    "days": 5,
    "owner_why": "turn",
    "owner_minutes": 25,
}


def told(**reason: object) -> str:
    return " ".join(explain(replace(PLAN.events[3], reason=reason), DIRECTORY))


def test_a_chosen_event_tells_its_turn_window_day_and_owner() -> None:
    text = told(**CHOSEN)
    assert "wow-note is owed 4 times in the year here; this is turn 2." in text
    assert "ideal on Tuesday 19 January 2027; its window is from Monday 4 January 2027 to " in text
    assert "outside" not in text
    assert "both there on 5 days; the day with least for the owner to do was taken." in text
    assert "Owner Leo Lind: the leader whose turn it was" in text
    assert "With this that week asks 25 minutes of them." in text


def test_what_is_owed_again_for_one_that_was_missed_says_so() -> None:
    text = told(**CHOSEN | {"code": "missed"})
    assert "The one of Tuesday 19 January 2027 was missed, so it is owed again; its window is from" in text
    assert "ideal" not in text


def test_a_stand_in_is_told_without_a_word_of_leave() -> None:
    text = told(**CHOSEN | {"owner_why": "stand_in"})
    assert "stands in, because no leader was there" in text
    assert "leave" not in text


def test_a_given_day_that_nobody_works_on_is_told() -> None:
    moved = event(
        "wow-note", date(2027, 1, 5), "p1", fixed=True, reason={"wanted": "2027-01-06", "owner_why": "own"}
    )
    text = " ".join(explain(moved, DIRECTORY))
    assert "wow-note is on a given day: Wednesday 6 January 2027." in text
    assert "so it is held on Tuesday 5 January 2027" in text


def test_an_event_without_an_owner_says_who_is_wanted() -> None:
    lacking = event("wow-note", date(2027, 1, 5), "p1", owner=None, reason=CHOSEN | {"owner_why": "nobody"})
    text = " ".join(explain(lacking, DIRECTORY))
    assert "No owner: a leader is wanted" in text
    assert "those it is for are there on 5 days" in text


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("nobody", "nobody who could stand in was there"),
        ("no_minutes", "nobody who could stand in had minutes left that week"),
        ("no_hour", "nobody who could stand in had an hour free for it"),
    ],
)
def test_why_nobody_owns_an_event_is_told_as_it_was(why: str, said: str) -> None:
    lacking = event("wow-note", date(2027, 1, 5), "p1", owner=None, reason=CHOSEN | {"owner_why": why})
    assert f"No owner: a leader is wanted: {said}." in " ".join(explain(lacking, DIRECTORY))


def test_what_lies_outside_of_its_window_says_so() -> None:
    text = told(**CHOSEN | {"first": "2027-01-04", "last": "2027-01-15"})
    assert "to Friday 15 January 2027. It lies outside of that, so that the weeks are even" in text


def test_no_stretch_of_the_year_is_claimed_for_a_trait_that_an_idea_may_bring() -> None:
    text = " ".join(explain(replace(PLAN.events[3], idea="one-true-thing", reason=CHOSEN), DIRECTORY))
    assert "The idea one-true-thing: of the practice that had waited longest here" in text
    assert text.endswith("The trait in the spotlight: calm.")


def test_days_that_fell_away_are_told_with_the_reason_and_the_next_best() -> None:
    week = {"recipients_away": "mon sat sun", "owner_away": "fri", "no_hour": "tue", "second_choice": "thu"}
    text = told(**CHOSEN | week)
    assert "Monday (those it is for are not available); Friday (the owner is not available)" in text
    assert "Tuesday (no hour is free for all)" in text
    assert "The next best day was Thursday." in text
    assert "Saturday" not in text


def test_a_day_on_which_it_may_not_be_held_is_not_said_to_be_one_of_absence() -> None:
    text = told(**CHOSEN | {"recipients_away": "sat sun", "closed": "mon tue"})
    assert text.count("What fell away that week: Monday, Tuesday (it may not be held then).") == 1


def test_the_weeks_load_is_told_with_its_share_and_the_owners_minutes_as_they_are_now() -> None:
    one = replace(PLAN.events[3], reason=CHOSEN)
    group = replace(one, audience=Audience.GROUP, recipients=("p1", "p2"))
    given, gone = replace(one, fixed=True), replace(one, status=Status.CANCELLED)
    team = replace(one, audience=Audience.TEAM, recipients=())
    week = Week.of([one, group, given, gone, team], 3.14, 70)
    text = " ".join(explain(one, DIRECTORY, week))
    assert "That week has 3 thanks by name, its share is 3.1." in text
    assert "With this that week asks 70 minutes of them." in text
    unknown = " ".join(explain(one, DIRECTORY, Week.of([one], None, 70)))
    assert "That week has 1 thanks by name." in unknown
