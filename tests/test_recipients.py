from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from samples import INPUTS, PEOPLE, event

from csweek.model.basics import Audience, Span, Status, Thanks, Visibility
from csweek.model.plan import Directory
from csweek.render.recipients import left_out, present

DAY = date(2027, 1, 20)
TEAM = event("monday-story", DAY, "Support")
NOTE = event("wow-note", DAY, "p1")


def test_an_event_without_recipients_is_for_its_whole_team_or_site() -> None:
    site = replace(TEAM, audience=Audience.ORGANISATION, team=None, site="seoul")
    for everyone in (tuple(PEOPLE), tuple(Directory.of(INPUTS, DAY).persons.values())):
        assert NOTE.addressed(everyone) == ("p1",)
        assert TEAM.addressed(everyone) == ("p1", "p2", "m1")
        assert site.addressed(everyone) == ("p3", "m2")


def test_a_team_that_is_gone_is_nobody_and_never_its_whole_site() -> None:
    assert replace(TEAM, team="Renamed").addressed(PEOPLE) == ()


@pytest.mark.parametrize(
    ("changes", "secret"),
    [
        ({}, True),
        ({"status": Status.UNCONFIRMED}, True),
        ({"status": Status.DONE}, False),
        ({"visibility": Visibility.TEAM}, False),
        ({"recipients": ("p2", "p3")}, False),
    ],
)
def test_a_surprise_is_secret_from_whom_it_waits_for(changes: dict[str, object], *, secret: bool) -> None:
    assert replace(NOTE, **changes).secret_from(frozenset({"p1", "o1"})) is secret


def test_who_can_not_be_thanked_is_left_out_and_named() -> None:
    never = replace(
        PEOPLE, persons={**PEOPLE.persons, "p1": replace(PEOPLE.persons["p1"], thanks=Thanks.NEVER)}
    )
    both = replace(NOTE, recipients=("p1", "p2"))
    assert [one.recipients for one in present([NOTE, both], never)] == [("p2",)]
    (warning,) = left_out([NOTE, both], never)
    assert warning.message == "Åsa Öberg is left out of 2 events: wants no thanks"
    assert str(warning.place) == "people.csv:2"
    assert not warning.is_error


@pytest.mark.parametrize(
    ("away", "there"),
    [
        (Span(DAY - timedelta(days=7), DAY), [DAY + timedelta(days=2)]),
        (Span(DAY + timedelta(days=2), DAY + timedelta(days=9)), [DAY]),
    ],
)
def test_a_leave_of_only_the_first_or_the_last_of_the_days_counts(away: Span, there: list[date]) -> None:
    gone = replace(PEOPLE, persons={**PEOPLE.persons, "p1": replace(PEOPLE.persons["p1"], leave=(away,))})
    later = replace(NOTE, date=DAY + timedelta(days=2))
    assert [one.date for one in present([NOTE, later], gone)] == there
    (warning,) = left_out([NOTE, later], gone)
    assert warning.message == "Åsa Öberg is left out of 1 event: is on leave then"
