"""Who shares an action gives as much of it as the others, as far as minutes, lines and meetings go."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest
from msgspec.structs import replace
from organisations import ACTIONS, Shape, organisation
from planned import plan_of

from csweek.model.basics import Audience
from csweek.model.theme import PerYear
from csweek.plan.level.alike import shared_alike
from csweek.plan.measure.rota import rotas
from csweek.plan.measure.scene import Scene
from csweek.plan.owed.acts import Act, Owed, Placed, act_of
from csweek.plan.owed.demand import offers, subjects
from csweek.plan.placing.ledger import Ledger
from csweek.plan.placing.place import Placer
from csweek.plan.when.days import days
from csweek.plan.when.year import iso_year

YEAR = iso_year(2027)
INPUTS = organisation(
    Shape(people=12, teams=2, sites=1, leaders=4, leave=0, odd_hours=0, never=0, movers=0), 1
)
THERE = days(INPUTS, YEAR, date(2027, 1, 4))
LEADERS = INPUTS.people.leaders
STAFF = [one for one in subjects(INPUTS, THERE, Audience.PERSON) if one.id.startswith("p")]
LIMIT = 60


def shared_action() -> Act:
    offered = next(one for one in offers(INPUTS, THERE) if one.action.id == "wow")
    return act_of(offered, 0, THERE.open, THERE)


def all_by_one(placer: Placer, leader: str) -> list[Placed]:
    """Return a card for everybody in a week of their own, all from one leader."""
    act, found = shared_action(), []
    for week, subject in enumerate(STAFF, 10):
        owed = Owed(act, subject, 1, 7 * week, 7 * week, 7 * week + 6)
        seat = placer.with_owner(owed, week, leader)
        assert seat
        found.append((owed, seat))
    return found


def by_owner(placed: Sequence[Placed]) -> Counter[str | None]:
    return Counter(seat.owner for _, seat in placed)


@pytest.fixture
def placer() -> Placer:
    return Placer(INPUTS, THERE, Ledger(LIMIT, THERE))


def test_what_one_has_alone_is_shared_to_within_one(placer: Placer) -> None:
    before = all_by_one(placer, LEADERS[0])
    after = shared_alike(before, placer)
    given = by_owner(after)
    assert given.keys() == set(LEADERS)
    assert max(given.values()) - min(given.values()) <= 1
    assert [seat.day // 7 for _, seat in after] == [seat.day // 7 for _, seat in before]
    assert [owed for owed, _ in after] == [owed for owed, _ in before]
    for leader in LEADERS:
        assert placer.ledger.given["wow"][leader] == given[leader]
        assert sum(placer.ledger[leader].minutes) == 10 * given[leader]


def test_who_has_no_minutes_left_takes_nothing_over(placer: Placer) -> None:
    full = placer.ledger[LEADERS[1]]
    full.minutes[:] = [LIMIT] * YEAR.weeks
    given = by_owner(shared_alike(all_by_one(placer, LEADERS[0]), placer))
    assert LEADERS[1] not in given
    others = [given[leader] for leader in LEADERS if leader != LEADERS[1]]
    assert max(others) - min(others) <= 1


def test_nobody_is_given_to_again_by_whom_they_have_met_more_than_others(placer: Placer) -> None:
    met, whom = LEADERS[1], STAFF[0].id
    placer.ledger.met["wow", whom][met] = 1
    after = shared_alike(all_by_one(placer, LEADERS[0]), placer)
    assert next(seat.owner for owed, seat in after if owed.subject.id == whom) != met


ROUNDS = tuple(replace(one, rhythm=PerYear(3)) if one.id == "rota" else one for one in ACTIONS)


def test_leaders_who_may_take_the_same_people_hold_as_many_groups() -> None:
    """Two teams, each under another leader: who is whose manager left some with six and others with ten."""
    shape = Shape(
        people=51, teams=2, sites=1, leaders=4, organisers=0, leave=0, odd_hours=0, never=0, movers=0,
        year=2026, limit=240, actions=ROUNDS,
    )  # fmt: skip
    inputs = organisation(shape, 104)
    plan = plan_of(inputs)
    groups = [one for one in plan.live if one.audience is Audience.GROUP]
    held = Counter(one.owner for one in groups)
    assert max(held.values()) - min(held.values()) <= 1
    assert sorted(one.key.ordinal for one in groups if one.owner == "l0") == [*range(1, held["l0"] + 1)]
    assert {one.key.subject == one.owner for one in groups} == {True}
    found = rotas(Scene(plan, inputs))
    assert (found.again, found.own_line, found.away) == ((), (), ())
