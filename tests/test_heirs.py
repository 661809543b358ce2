from collections import Counter
from datetime import date
from functools import cache

from msgspec.structs import replace
from organisations import Shape, joined, organisation
from planned import plan_of, planned

from csweek.model.basics import Audience
from csweek.model.inputs import Inputs
from csweek.model.people import People
from csweek.model.plan import Plan
from csweek.plan.build import Built
from csweek.plan.measure.scene import Scene
from csweek.plan.owed.heirs import charges
from csweek.plan.when.days import days
from csweek.plan.when.year import iso_year

YEAR = iso_year(2027)
JUNE, BEFORE_IT = date(2027, 6, 30), date(2026, 6, 30)


def leaving(on: date, people: int = 8, **others: date) -> Inputs:
    """A team whose manager leaves, a leader above, another leader, an organiser."""
    inputs = organisation(
        Shape(people=people, teams=1, sites=1, leaders=2, leave=0, odd_hours=0, never=0, movers=0), 4
    )
    gone = {"m0": on, **others}
    return joined(inputs, *(replace(inputs.people.persons[p], end_date=day) for p, day in gone.items()))


@cache
def left(on: date) -> Built:
    """The year of the team, planned before it begins."""
    return planned(leaving(on))


def held(plan: Plan) -> Counter[tuple[str | None, bool]]:
    """Who holds the chosen notes of the team's people, and whether after June."""
    return Counter(
        (event.owner, event.date > date(2027, 6, 30))
        for event in plan.live
        if event.action == "note" and event.key.subject.startswith("p")
    )


def test_who_leaves_is_followed_by_the_manager_above_and_no_thanks_are_lost() -> None:
    found = held(left(JUNE).revision.plan)
    assert found.keys() == {("m0", False), ("l0", True)}
    assert sum(found.values()) == 8 * 8
    assert abs(found["m0", False] - found["l0", True]) <= 8


def test_who_left_before_the_year_has_nothing_to_do_with_it() -> None:
    assert {owner for owner, _ in held(left(BEFORE_IT).revision.plan)} == {"l0"}


def test_with_nobody_above_an_organiser_stands_in() -> None:
    owners = {owner for owner, late in held(plan_of(leaving(JUNE, 6, l0=date(2027, 2, 1)))) if late}
    assert owners == {"o0"}


def test_one_warning_names_the_manager_the_day_and_the_heir() -> None:
    for on, verb in ((JUNE, "leaves"), (BEFORE_IT, "left")):
        told = [one.message for one in left(on).warnings if "m0".upper() in one.message]
        then = "L0, the manager above, holds their events from then on"
        assert told == [f"M0 {verb} on {on} as the manager of 8 people: {then}"]


def test_what_stands_after_the_last_day_goes_to_the_manager_above_and_stays_where_it_is() -> None:
    inputs = leaving(date(2028, 6, 30), 12)
    plan = plan_of(inputs)
    later = planned(leaving(date(2027, 6, 30), 12), date(2027, 3, 1), plan).revision
    assert {now.recipients for _, now in later.moved} <= {("m0",)}
    handed = [event for event in later.changed if event.action == "note"]
    assert handed
    assert {(event.owner, event.reason["owner_why"]) for event in handed} <= {
        ("l0", "heir"),
        ("o0", "stand_in"),
    }
    assert all(event.date > date(2027, 6, 30) for event in handed)


def test_a_leader_who_takes_over_holds_no_skip_level_meeting_with_them() -> None:
    inputs, plan = leaving(JUNE), left(JUNE).revision.plan
    scene = Scene(plan, inputs)
    assert scene.managers("p1") == {"m0", "l0"}
    groups = [event for event in plan.live if event.audience is Audience.GROUP]
    assert groups
    assert {event.owner for event in groups if event.recipients != ("m0",)} == {"l1"}


def test_managers_who_follow_each_other_are_in_charge_one_after_the_other() -> None:
    inputs = leaving(date(2027, 3, 31), l0=date(2027, 9, 30))
    top = replace(inputs.people.persons["l1"], id="top")
    below = replace(inputs.people.persons["l0"], manager="top")
    inputs = joined(inputs, top, below)
    there = days(inputs, YEAR, YEAR.first)
    found = charges(inputs.people, there)["m0"]
    assert [owner for owner, _ in found] == ["m0", "l0", "top"]
    masks = [mask for _, mask in found]
    assert sum(masks) == (1 << 7 * YEAR.weeks) - 1
    assert [mask.bit_length() for mask in masks][:2] == [
        there.index(date(2027, 4, 1)), there.index(date(2027, 10, 1)),
    ]  # fmt: skip


def test_nobody_takes_over_from_who_stays() -> None:
    people = leaving(date(2028, 6, 30)).people
    there = days(leaving(date(2028, 6, 30)), YEAR, YEAR.first)
    assert charges(people, there) == {}
    assert charges(People(), there) == {}
