"""Leaders to whom nothing came, and what helps them."""

from datetime import UTC, date, datetime

from msgspec.structs import replace
from organisations import ACTIONS, Shape, organisation
from planned import EARLY, planned

from csweek.model.basics import Role, Span
from csweek.model.inputs import Inputs, YearWanted
from csweek.model.plan import Plan
from csweek.plan.build import Built, bring_up_to_date
from csweek.rows.table import Table

TODAY = date(2026, 2, 2)
AT = datetime(2026, 2, 2, 9, tzinfo=UTC)


def with_role(inputs: Inputs, ident: str, role: Role) -> Inputs:
    persons = {p.id: replace(p, role=role) if p.id == ident else p for p in inputs.people}
    return replace(inputs, people=replace(inputs.people, persons=persons))


def again(inputs: Inputs, before: Table, *, afresh: bool = False) -> Built:
    return bring_up_to_date(inputs, before, TODAY, AT, afresh=afresh)


def idle(built: Built) -> list[str]:
    return [f"{one.message} | {one.hint}" for one in built.warnings if "nothing ahead" in one.message]


def held(plan: Plan, leader: str) -> int:
    return sum(e.owner == leader and e.owner_role == "leader" and e.date >= TODAY for e in plan.live)


def test_a_leader_who_comes_after_the_first_plan_is_told_of_and_afresh_gives_them_their_part() -> None:
    inputs = organisation(Shape(people=20), 3)
    first = planned(with_role(inputs, "l1", Role.STAFF), EARLY)
    assert idle(first) == []
    after = again(inputs, first.table)
    assert held(after.revision.plan, "l1") == 0
    (told,) = idle(after)
    name = inputs.people.persons["l1"].name
    assert told.startswith(f"{name} is a leader and holds nothing ahead")
    assert "csweek plan --afresh" in told
    dealt = again(inputs, after.table, afresh=True)
    assert idle(dealt) == []
    assert held(dealt.revision.plan, "l1") > 1
    assert idle(again(inputs, dealt.table)) == []


def test_a_leader_who_may_hold_nothing_is_not_told_of() -> None:
    inputs = organisation(Shape(people=20), 3)
    first = planned(with_role(inputs, "l1", Role.STAFF), EARLY)
    persons = {p.id: p if p.id == "l1" else replace(p, manager="l1") for p in inputs.people}
    everybody = replace(inputs, people=replace(inputs.people, persons=persons))
    assert idle(again(everybody, first.table)) == []
    gone = replace(inputs.people.persons["l1"], end_date=date(2026, 2, 3))
    leaving = replace(inputs, people=replace(inputs.people, persons={**inputs.people.persons, "l1": gone}))
    assert idle(again(leaving, first.table)) == []


def test_a_leader_who_could_hold_a_single_event_is_not_told_of() -> None:
    inputs = organisation(Shape(people=20), 3)
    first = planned(with_role(inputs, "l1", Role.STAFF), EARLY)
    ahead = first.revision.plan.live
    days = sorted(e.date for e in ahead if e.owner_role == "leader" and not e.fixed and e.date >= TODAY)

    def until(last: date) -> Inputs:
        one = replace(inputs.people.persons["l1"], end_date=last)
        return replace(inputs, people=replace(inputs.people, persons={**inputs.people.persons, "l1": one}))

    told = [bool(idle(again(until(day), first.table))) for day in days[:6]]
    assert told == [False, *[True] * 5]


def test_a_leader_who_held_something_before_and_nothing_ahead_is_told_of() -> None:
    october = date(2027, 10, 11)
    inputs = organisation(Shape(people=20), 3)
    first = planned(inputs, EARLY)
    (who, *_) = [e.owner for e in first.revision.plan.live if e.owner_role == "leader" and e.owner]
    without = bring_up_to_date(with_role(inputs, who, Role.STAFF), first.table, october, AT)
    back = bring_up_to_date(inputs, without.table, october, AT)
    theirs = [e.date for e in back.revision.plan.live if (e.owner, e.owner_role) == (who, "leader")]
    assert theirs
    assert max(theirs) < october
    (told,) = idle(back)
    assert told.startswith(f"{inputs.people.persons[who].name} is a leader and holds nothing ahead")


def test_a_leader_whose_weeks_are_full_is_not_told_of() -> None:
    inputs = organisation(Shape(people=20), 3)
    first = planned(with_role(inputs, "l1", Role.STAFF), EARLY)
    limits = replace(inputs.settings.limits, owner_minutes_per_week=5)
    full = replace(inputs, settings=replace(inputs.settings, limits=limits))
    assert idle(again(full, first.table)) == []


def test_a_leader_who_has_next_to_no_minutes_left_is_not_told_of() -> None:
    actions = tuple(one for one in ACTIONS if one.id in {"weekly", "wow"})
    many = Shape(people=4, teams=1, sites=1, leaders=8, organisers=8, limit=10, actions=actions)
    calm = replace(many, leave=0, odd_hours=0, never=0, movers=0)
    inputs = organisation(calm, 3)
    # The meetings of the only team fill the weeks of its manager but for those without gatherings.
    quiet = Span(date(2026, 5, 25), date(2026, 6, 28))
    settings = replace(inputs.settings, year=YearWanted(iso=2026), no_gatherings=(quiet,))
    inputs = replace(inputs, settings=settings)
    after = again(with_role(inputs, "m0", Role.LEADER), planned(inputs, EARLY).table)
    assert held(after.revision.plan, "m0") == 0
    assert idle(after) == []
    four_months = Span(date(2026, 3, 2), date(2026, 6, 28))
    free = replace(inputs, settings=replace(settings, no_gatherings=(four_months,)))
    assert idle(again(with_role(free, "m0", Role.LEADER), planned(free, EARLY).table))
