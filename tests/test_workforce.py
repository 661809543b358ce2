from datetime import date

import samples
from msgspec.structs import replace

from csweek.model.basics import Span, Visibility
from csweek.model.inputs import Inputs
from csweek.model.people import People
from csweek.model.plan import Plan
from csweek.render.workforce import workforce_csv


def rows(plan: Plan = samples.PLAN, inputs: Inputs = samples.INPUTS) -> list[str]:
    return workforce_csv(plan, inputs).decode().splitlines()


def test_everyone_of_a_team_is_away_at_their_own_hours() -> None:
    assert rows() == [
        "id,date,from,to,code",
        "m1,2027-01-04,09:30,09:40,meeting",
        "p1,2027-01-04,09:30,09:40,meeting",
        "p2,2027-01-04,09:30,09:40,meeting",
        "m2,2027-01-04,10:00,10:10,meeting",
        "p3,2027-01-04,10:00,10:10,meeting",
        "p4,2027-01-04,21:00,21:10,meeting",
    ]


def test_hours_are_those_of_the_persons_site() -> None:
    night = next(event for event in samples.PLAN.events if event.team == "Natt")
    event = replace(night, recipients=("p3", "p4"))
    assert rows(replace(samples.PLAN, events=(event,)))[1:] == [
        "p4,2027-01-04,21:00,21:10,meeting",
        "p3,2027-01-05,05:00,05:10,meeting",
    ]


def test_who_is_not_there_and_what_is_a_surprise_is_left_out() -> None:
    persons = dict(samples.PEOPLE.persons)
    persons["p1"] = replace(persons["p1"], leave=(Span(date(2027, 1, 1), date(2027, 1, 9)),))
    persons["m1"] = replace(persons["m1"], end_date=date(2026, 12, 31))
    persons["p2"] = replace(persons["p2"], work=replace(samples.DAY, days=frozenset({1, 2})))
    inputs = replace(samples.INPUTS, people=People(persons, samples.PEOPLE.teams))
    assert [row for row in rows(inputs=inputs) if "09:30" in row] == []
    secret = tuple(replace(event, visibility=Visibility.SURPRISE) for event in samples.PLAN.events)
    assert rows(replace(samples.PLAN, events=secret)) == ["id,date,from,to,code"]


def test_a_colleague_who_holds_it_is_away_too() -> None:
    event = replace(samples.PLAN.events[0], owner="p4", owner_role="peer")
    assert len(rows(replace(samples.PLAN, events=(event,)))) == 1 + len(event.addressed(samples.PEOPLE)) + 1
