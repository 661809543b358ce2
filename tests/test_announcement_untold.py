from datetime import date

import pytest
from announced import room_of
from msgspec.structs import replace
from samples import INPUTS, PEOPLE, PLAN, event

from csweek.model.basics import Audience, Span, Visibility
from csweek.model.inputs import Inputs
from csweek.model.plan import Event
from csweek.render.announcements.untold import untold

DAY = date(2027, 1, 20)
STORY = event("monday-story", DAY, "Support", id="e9")
NOTE = event("wow-note", DAY, "p1", id="e9")
AWAY = replace(PEOPLE.persons["p1"], leave=(Span(DAY, DAY),))
WITHOUT_P1 = replace(INPUTS, people=replace(PEOPLE, persons={**PEOPLE.persons, "p1": AWAY}))


def group(*recipients: str) -> Event:
    return replace(
        NOTE, audience=Audience.GROUP, visibility=Visibility.EVERYONE, team=None, recipients=recipients
    )


def why(one: Event, *teams: str, inputs: Inputs = INPUTS) -> str:
    found = untold(room_of(replace(PLAN, events=(one,)), inputs), one, teams)
    return f"{found.message}; {found.hint}" if found else ""


@pytest.mark.parametrize(
    ("one", "teams"),
    [(STORY, ["Support"]), (group("p1"), []), (group("p1"), ["Support"])],
    ids=["a team's", "a group's", "a group's in its team"],
)
def test_what_readers_may_know_of_is_told(one: Event, teams: list[str]) -> None:
    assert why(one, *teams) == ""


def test_a_surprise_is_its_owners() -> None:
    assert why(NOTE).startswith("e9 is a surprise: only Leo Lind, who holds it, may know of it before; it st")
    unowned = replace(NOTE, owner=None)
    assert why(unowned).startswith("e9 is a surprise: only who holds it may know")


def test_what_one_person_receives_is_theirs_alone() -> None:
    open_one = replace(NOTE, visibility=Visibility.EVERYONE)
    assert why(open_one).startswith("e9 is for Åsa Öberg alone, and nothing to announce; ")


def test_a_group_of_which_nobody_is_there_is_not_told() -> None:
    assert why(group("p1"), inputs=WITHOUT_P1) == (
        "nobody whom e9 is for is there on 2027-01-20; csweek plan finds another day"
    )


def test_one_who_is_not_there_is_not_all_of_a_group() -> None:
    assert why(group("p1", "p2"), inputs=WITHOUT_P1).startswith("not everyone whom e9 names ")


def test_nobody_is_named_who_does_not_want_it() -> None:
    said = why(group("p1", "p2"))
    assert said.startswith("not everyone whom e9 names (Åsa Öberg, Ðorđe Šarić) may be named to others; ")


@pytest.mark.parametrize(
    ("teams", "hint"),
    [([], "--team says to which team"), (["Natt"], "--team takes the team that it is for")],
)
def test_what_is_another_teams_does_not_concern_these_readers(teams: list[str], hint: str) -> None:
    assert why(STORY, *teams) == f"e9 does not concern these readers; {hint}"
