"""Who holds what stands, once its owner has gone."""

from collections import Counter
from datetime import date
from itertools import pairwise

from msgspec.structs import replace
from organisations import Shape, organisation, without
from planned import BEFORE, plan_of, planned, year_of

from csweek.model.basics import Role

MARCH = date(2027, 3, 1)


SMALL = Shape(people=8, teams=2, sites=1, leave=0, odd_hours=0, never=0, movers=0, limit=300)


def test_nobody_who_takes_over_is_in_two_meetings_at_once() -> None:
    inputs, plan = year_of(SMALL, 4)
    later = planned(without(inputs, "m0", "m1"), MARCH, plan).revision.plan
    meetings = sorted((e.start, e.end) for e in later.live if e.owner == "o0" and e.start and e.end)
    assert len(meetings) > 20
    assert all(one[1] <= two[0] for one, two in pairwise(meetings))


def test_what_finds_nobody_where_it_is_is_dealt_again_and_nobody_loses_a_turn() -> None:
    inputs, plan = year_of(SMALL, 4)
    gone = without(inputs, "m0")
    again = planned(gone, MARCH, plan).revision
    before = Counter((e.action, p) for e in plan.live for p in e.recipients if p != "m0")
    after = Counter((e.action, p) for e in again.plan.live for p in e.recipients if p != "m0")
    assert before == after
    assert not [e for e in again.plan.live if e.date >= MARCH and e.owner is None]
    assert planned(gone, MARCH, again.plan).revision.empty


def test_what_nobody_can_take_stays_where_it_is_without_an_owner() -> None:
    inputs, plan = year_of(SMALL, 4)
    alone = without(inputs, "m0", "m1", "l0", "l1", "l2", "o0")
    again = planned(alone, MARCH, plan).revision
    assert again.moved == ()
    weekly = [e for e in again.plan.live if e.action == "weekly" and e.date >= MARCH]
    assert weekly
    assert {e.owner for e in weekly} == {None}
    assert {e.reason["owner_why"] for e in weekly} == {"nobody"}
    assert not any("owner_minutes" in e.reason for e in weekly)
    assert planned(alone, MARCH, again.plan).revision.empty
    helper = replace(alone.people.persons["p1"], role=Role.ORGANISER)
    persons = {**alone.people.persons, "p1": helper}
    helped = planned(
        replace(alone, people=replace(alone.people, persons=persons)), MARCH, again.plan
    ).revision
    assert (helped.moved, helped.cancelled) == ((), ())


def test_nobody_hands_over_a_card_in_their_first_week_before_their_first_day() -> None:
    inputs = organisation(replace(SMALL, people=5), 4)
    persons = {
        ident: replace(one, start_date=date(2027, 6, 9), work=replace(one.work, days=frozenset({6})))
        if ident == "m0"
        else one
        for ident, one in inputs.people.persons.items()
    }
    late = replace(inputs, people=replace(inputs.people, persons=persons))
    plan = plan_of(late)
    held = [event for event in plan.live if event.owner == "m0"]
    assert held
    assert min(event.date for event in held) >= date(2027, 6, 9)
    assert planned(late, BEFORE, plan).revision.empty


def test_a_card_for_a_weekend_stays_where_it_is_with_a_leader_who_is_there_that_week() -> None:
    inputs = organisation(SMALL, 4)
    weekend, always = (frozenset(days) for days in ({5, 6}, range(7)))
    changes = {**{f"p{n}": weekend for n in range(8)}, "l0": always}
    persons = {
        ident: replace(one, work=replace(one.work, days=changes.get(ident)))
        for ident, one in inputs.people.persons.items()
    }
    inputs = replace(inputs, people=replace(inputs.people, persons=persons))
    plan = plan_of(inputs)
    mine = [e for e in plan.live if (e.action, e.owner) == ("wow", "l0") and e.date >= MARCH]
    revision = planned(without(inputs, "l0"), MARCH, plan).revision
    now = {event.id: event for event in revision.plan.live}
    assert mine
    assert [(now[e.id].date, now[e.id].owner in {"l1", "l2"}) for e in mine] == [(e.date, True) for e in mine]


def test_what_a_leader_leaves_goes_to_all_the_others() -> None:
    inputs, plan = year_of(replace(SMALL, people=40, leaders=5), 8)
    theirs = {e.id for e in plan.live if e.owner == "l1" and e.date >= MARCH}
    again = planned(without(inputs, "l1"), MARCH, plan).revision.plan
    taken = Counter(e.owner for e in again.live if e.id in theirs)
    assert sum(taken.values()) > 20
    assert {"l0", "l2", "l3", "l4"} <= set(taken)
    assert max(taken.values()) <= sum(taken.values()) / 2
