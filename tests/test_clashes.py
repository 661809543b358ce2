"""Meetings that stand, once somebody in them belongs to another team."""

from datetime import date

from msgspec.structs import replace
from organisations import Shape, joined, organisation, without
from planned import planned, year_of

from csweek.model.inputs import Inputs
from csweek.model.plan import Directory, Event, Plan
from csweek.plan.again.because import Because

MARCH = date(2027, 3, 1)
SHAPE = Shape(people=12, teams=2, sites=1, leave=0, odd_hours=0, never=0, movers=0, limit=300)


def at_once(plan: Plan, person: str, team: str) -> list[Event]:
    """Return a person's own meetings ahead at times at which a team meets."""
    meets = [e for e in plan.live if e.key.subject == team and e.start]
    mine = [e for e in plan.live if person in e.recipients and e.start and e.date >= MARCH]
    return [
        e
        for e in mine
        for t in meets
        if e.start and t.start and e.end and t.end and e.start < t.end and t.start < e.end
    ]


def in_other_team(inputs: Inputs, plan: Plan) -> tuple[str, str]:
    """Return somebody with meetings at times of the other team's, and that team."""
    staff = [p for p in inputs.people if p.id.startswith("p") and p.team]
    return next((p.id, t) for p in staff for t in ("t0", "t1") if p.team != t and at_once(plan, p.id, t))


def test_who_joins_a_team_is_not_in_two_meetings_at_once() -> None:
    inputs, plan = year_of(SHAPE, 2)
    person, team = in_other_team(inputs, plan)
    clashing = at_once(plan, person, team)
    other = joined(inputs, replace(inputs.people.persons[person], team=team))
    revision = planned(other, MARCH, plan).revision
    assert at_once(revision.plan, person, team) == []
    moved = {was.id: (was, now) for was, now in revision.moved}
    alone = [e for e in clashing if len(e.recipients) == 1]
    assert alone
    assert set(moved) == {e.id for e in alone}
    because = Because(other, plan.year, Directory.of(other, MARCH))
    assert {because.of(*pair) for pair in moved.values()} <= {"somebody in it is in another meeting then"}
    assert planned(other, MARCH, revision.plan).revision.empty


def test_who_holds_one_teams_meeting_and_joins_another_team_is_not_in_both() -> None:
    def held_meanwhile(plan: Plan) -> list[str]:
        timed = [e for e in plan.live if e.start and e.date >= MARCH]
        joins = {(e.date, e.start) for e in timed if e.key.subject == "t1"}
        return [e.id for e in timed if e.owner == "o0" and e.team == "t0" and (e.date, e.start) in joins]

    inputs = without(organisation(replace(SHAPE, leaders=0), 2), "m0")
    plan = planned(inputs).revision.plan
    assert held_meanwhile(plan)
    other = joined(inputs, replace(inputs.people.persons["o0"], team="t1"))
    revision = planned(other, MARCH, plan).revision
    assert held_meanwhile(revision.plan) == []
    assert planned(other, MARCH, revision.plan).revision.empty
