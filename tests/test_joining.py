"""Free chairs in small groups."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from organisations import ACTIONS, Shape, joined, organisation, theme, without
from planned import REVISED, every_shape, plan_of, planned, year_of

from csweek.model.basics import Audience, Span, Thanks
from csweek.model.inputs import Inputs, Limits
from csweek.model.people import Person, WorkTime
from csweek.model.plan import Event, Plan
from csweek.model.theme import PerYear, ThemeTurn
from csweek.plan.build import bring_up_to_date
from csweek.plan.level.even import bound
from csweek.plan.measure.whole import measured
from csweek.plan.owed.acts import act_of
from csweek.plan.owed.demand import offers, subjects
from csweek.plan.placing.ledger import Ledger
from csweek.plan.placing.place import Placer
from csweek.plan.rota.groups import Book, owed_groups, rota
from csweek.plan.when.days import days
from csweek.plan.when.year import iso_year

MARCH = date(2027, 3, 1)


CALM = Shape(people=12, teams=2, sites=1, leave=0, odd_hours=0, never=0, movers=0)


def newcomer(inputs: Inputs, **fields: object) -> Person:
    like = inputs.people.persons["p1"]
    return replace(like, id="new", start_date=date(2027, 3, 8), **fields)


def groups(plan: Plan, person: str = "new") -> list[Event]:
    return [e for e in plan.live if e.audience is Audience.GROUP and person in e.recipients]


def test_who_joins_takes_a_free_chair_and_no_event_moves() -> None:
    inputs, plan = year_of(CALM, 2)
    before = {event.id: event for event in plan.events}
    more = joined(inputs, newcomer(inputs))
    revision = planned(more, MARCH, plan).revision
    (mine,) = groups(revision.plan)
    was = before[mine.id]
    assert mine.recipients == (*was.recipients, "new")
    assert (mine.date, mine.start, mine.owner, mine.sequence) == (was.date, was.start, was.owner, 1)
    assert len(mine.recipients) <= 6
    assert (revision.moved, revision.cancelled) == ((), ())
    assert {event.id for event in revision.changed} == {mine.id}
    assert {p for event in revision.added for p in event.recipients} == {"new"}
    assert planned(more, date(2027, 3, 2), revision.plan).revision.empty


def test_no_chair_is_free_where_as_many_of_the_team_are_away_as_may_be() -> None:
    inputs, plan = year_of(replace(CALM, people=13), 9)
    revision = planned(joined(inputs, newcomer(inputs)), MARCH, plan).revision
    assert [one.recipients for one in groups(revision.plan)] == [("new",)]
    assert (revision.moved, revision.cancelled) == ((), ())


def test_no_chair_is_free_in_a_full_group_with_the_own_manager_or_outside_the_own_hours() -> None:
    inputs, plan = year_of(replace(CALM, leaders=1), 1)
    assert groups(planned(joined(inputs, newcomer(inputs)), MARCH, plan).revision.plan)
    for fields in ({"manager": "l0"}, {"work": WorkTime(days=frozenset({5, 6}))}, {"thanks": Thanks.NEVER}):
        more = joined(inputs, newcomer(inputs, **fields))
        assert not groups(planned(more, MARCH, plan).revision.plan)


def test_who_may_meet_fewer_leaders_than_others_sits_with_others_all_the_same() -> None:
    inputs = organisation(replace(CALM, people=13, leaders=2), 1)
    own = replace(inputs.people.persons["p1"], manager="l1")
    inputs = replace(joined(inputs, own), settings=replace(inputs.settings, limits=Limits(240, 1)))
    plan = plan_of(inputs)
    (mine,) = groups(plan, "p1")
    assert mine.owner == "l0"
    assert 4 <= len(mine.recipients) <= 6
    assert measured(plan, inputs).even.holds


def test_a_group_is_rather_halved_than_held_by_a_leader_whom_somebody_has_met_before_others() -> None:
    thrice = tuple(replace(one, rhythm=PerYear(3)) if one.id == "rota" else one for one in ACTIONS)
    shape = Shape(people=24, teams=2, sites=1, leaders=3, leave=0.3, odd_hours=0.5, limit=240, actions=thrice)
    inputs = organisation(shape, 1)
    rounds = measured(plan_of(inputs), inputs).rotas
    assert rounds.groups
    assert (rounds.again, rounds.early) == ((), ())


def test_a_group_of_several_teams_has_no_team() -> None:
    inputs, plan = year_of(replace(CALM, people=10, teams=1), 4)
    other = newcomer(inputs, team="t9")
    (mine,) = groups(planned(joined(inputs, other), MARCH, plan).revision.plan)
    assert len(mine.recipients) > 1
    assert mine.team is None


@pytest.mark.slow
def test_somebody_new_among_a_thousand_moves_nothing() -> None:
    inputs = organisation(Shape(people=1000, teams=40, sites=3, leaders=12), 2)
    kept = planned(inputs).table  # as the store keeps it, with what was given up
    revision = bring_up_to_date(joined(inputs, newcomer(inputs)), kept, MARCH, REVISED).revision
    assert (revision.moved, revision.cancelled) == ((), ())
    assert {p for event in revision.added for p in event.recipients} == {"new"}
    assert all(event.recipients[-1] == "new" for event in revision.changed)
    assert groups(revision.plan)


@pytest.mark.slow
@every_shape
@given(st.integers(0, 500))
def test_groups_that_are_joined_break_no_rule(seed: int) -> None:
    inputs = organisation(Shape(people=50, teams=5, sites=2, leaders=4, strange=True), seed)
    gone = [f"p{n}" for n in range(8)]
    few = without(inputs, *gone)
    plan = plan_of(few)
    back = [replace(inputs.people.persons[p], start_date=date(2027, 3, 8)) for p in gone]
    more = joined(few, *back)
    later = planned(more, MARCH, plan).revision
    assert later.moved == ()
    found = measured(later.plan, more)
    assert not any((found.rotas.own_line, found.rotas.too_large, found.rotas.away, found.wrong))
    assert planned(more, MARCH, later.plan).revision.empty
    sizes = Counter(len(e.recipients) for e in later.added if e.audience is Audience.GROUP)
    assert sizes[1] <= len(gone)


@pytest.mark.parametrize(("people", "seed"), [(12, 2), (13, 1), (13, 13)])
def test_the_thanks_of_who_joins_lie_evenly_in_the_rest_of_the_year(people: int, seed: int) -> None:
    inputs, plan = year_of(replace(CALM, people=people), seed)
    later = planned(joined(inputs, newcomer(inputs)), MARCH, plan).revision.plan
    weeks = sorted(
        later.year.week_of(event.date)
        for event in later.live
        if "new" in event.recipients and not event.fixed
    )
    most = bound(later.year.weeks - later.year.week_of(date(2027, 3, 8)), len(weeks))
    assert weeks[0] - later.year.week_of(date(2027, 3, 8)) <= most
    assert all(two - one <= most for one, two in pairwise(weeks))
    assert later.year.weeks - weeks[-1] <= most


def test_who_is_left_of_a_group_that_is_held_in_part_is_named() -> None:
    shape = Shape(people=2, teams=1, sites=1, leaders=1, leave=0, odd_hours=0, never=0, movers=0)
    inputs = organisation(shape, 1)
    persons, week = inputs.people.persons, Span(date(2027, 7, 5), date(2027, 7, 11))
    others = (Span(date(2026, 12, 1), date(2027, 7, 4)), Span(date(2027, 7, 12), date(2028, 1, 31)))
    never = joined(inputs, replace(persons["l0"], leave=(week,)), replace(persons["p1"], leave=others))
    limits = replace(never.settings.limits, max_team_away=1)
    built = planned(replace(never, settings=replace(never.settings, limits=limits)))
    groups = [event for event in built.revision.plan.live if event.action == "rota"]
    assert any("p0" in group.recipients for group in groups)
    assert not any("p1" in group.recipients for group in groups)
    assert any("P1" in told.message and "rota" in told.message for told in built.warnings)


def test_only_who_sat_with_a_leader_has_met_them() -> None:
    inputs = organisation(Shape(people=90, teams=7, sites=2, leaders=5, limit=240, odd_hours=0.4), 3)
    there = days(inputs, iso_year(2027), date(2027, 1, 4))
    placer = Placer(inputs, there, Ledger(240, there))
    offered = next(one for one in offers(inputs, there) if one.action.audience is Audience.GROUP)
    act = act_of(offered, 0, there.open, there)
    owed = {**owed_groups(act, subjects(inputs, there, Audience.PERSON), inputs, there)}
    dealt = rota(act, owed, inputs, placer, {}, Book(Counter(), [60] * 52))
    sat = {(person, seat.owner) for one, seat in dealt.placed for person in one.subject.recipients}
    assert sat
    assert {(person, owner) for (_, person), owners in placer.ledger.met.items() for owner in owners} == sat


@pytest.mark.parametrize("seed", [2, 22])
def test_a_group_that_others_join_is_still_known_by_its_leader(seed: int) -> None:
    def rounds(number: int) -> Inputs:
        inputs = organisation(Shape(people=16, teams=2, sites=2, leaders=3, limit=90), seed)
        actions = (replace(a, rhythm=PerYear(number)) if a.id == "rota" else a for a in ACTIONS)
        return replace(inputs, themes=(ThemeTurn(theme(*actions)),))

    plan = plan_of(rounds(1))
    later = planned(rounds(5), MARCH, plan).revision
    groups = [event for event in later.added if event.action == "rota"]
    assert groups
    assert {event.key.subject for event in groups} <= set(rounds(5).people.leaders)
    assert len({event.uid for event in later.plan.events}) == len(later.plan.events)
