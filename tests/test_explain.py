from dataclasses import replace
from datetime import date

from samples import INPUTS, PLAN, event

from csweek.model.plan import Directory
from csweek.plan.explain import explain

DIRECTORY = Directory.of(INPUTS, date(2027, 1, 4))
CHOSEN = {
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
    return " ".join(explain(replace(PLAN.events[3], reason=reason), DIRECTORY))  # type: ignore[arg-type]


def test_a_chosen_event_tells_its_turn_window_day_and_owner() -> None:
    text = told(**CHOSEN)
    assert "wow-note is owed 4 times in the year here; this is turn 2." in text
    assert "ideal on Tuesday 19 January 2027; it may move between Monday 4 January 2027 and " in text
    assert "both there on 5 days; the day with least for the owner to do was taken." in text
    assert "Owner Leo Lind: the leader whose turn it was" in text
    assert "25 minutes in that owner's week" in text


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
    assert "No owner: a leader is wanted" in " ".join(explain(lacking, DIRECTORY))


def test_days_that_fell_away_are_told_with_the_reason_and_the_next_best() -> None:
    week = {"recipients_away": "mon sat sun", "owner_away": "fri", "no_hour": "tue", "second_choice": "thu"}
    text = told(**CHOSEN | week)
    assert "Monday (those it is for are not available); Friday (the owner is not available)" in text
    assert "Tuesday (no hour is free for all)" in text
    assert "The next best day was Thursday." in text
    assert "Saturday" not in text
