"""Of several deals of a year the one that lacks least is taken; it counts its weeks as the report does."""

from datetime import date

import pytest
from organisations import Shape, organisation
from planned import EARLY, REVISED, planned

from csweek.plan.build import Built, bring_up_to_date
from csweek.plan.deal import Dealt, deal
from csweek.plan.lessons import Lessons
from csweek.plan.measure.even import evenness
from csweek.plan.measure.whole import measured
from csweek.plan.steps.books import Start

SEEDS = {
    164: Shape(people=93, teams=4, sites=3, leaders=3, limit=40),
    160: Shape(people=98, teams=4, sites=3, leaders=1, limit=40),
}
HALVED = 79
LOSES = Shape(people=85, teams=6, sites=1, leaders=3, limit=30)


@pytest.fixture
def deals(monkeypatch: pytest.MonkeyPatch) -> list[Dealt]:
    """Every deal that is made, in order."""
    found: list[Dealt] = []

    def kept(start: Start, lessons: Lessons) -> Dealt:
        found.append(deal(start, lessons))
        return found[-1]

    monkeypatch.setattr("csweek.plan.build.deal", kept)
    return found


def touches(built: Built) -> int:
    """How many thanks by name a plan has."""
    return sum(len(event.recipients) for event in built.revision.plan.live if not event.fixed)


@pytest.mark.parametrize("seed", SEEDS)
def test_of_even_years_the_one_that_gives_up_least_is_taken(seed: int, deals: list[Dealt]) -> None:
    inputs = organisation(SEEDS[seed], seed)
    built = planned(inputs, EARLY)
    assert len(deals) > 1
    even = [one for one in deals if one.counted.holds and not one.waits]
    least = min(sum(one.given_up.values()) for one in even)
    assert least < sum(deals[-1].given_up.values())
    best = next(one for one in even if sum(one.given_up.values()) == least)
    assert touches(built) == sum(best.counted.touches)
    assert measured(built.revision.plan, inputs).even.holds


@pytest.mark.parametrize(
    ("shape", "seed"),
    [
        (Shape(people=12, teams=2, sites=2, leaders=2), 3),
        (Shape(people=30, teams=3, sites=3, leaders=2, leave=0.4, movers=0.3, limit=40, strange=True), 7),
        (SEEDS[164], 164),
    ],
)
def test_a_deal_counts_its_weeks_as_the_report_does(shape: Shape, seed: int, deals: list[Dealt]) -> None:
    inputs = organisation(shape, seed)
    plan = planned(inputs, EARLY).revision.plan
    exact = evenness(plan, inputs).counted
    same = [one.counted for one in deals if list(one.counted.touches) == list(exact.touches)]
    assert same
    assert list(same[-1].shares) == pytest.approx(list(exact.shares))
    assert same[-1][2:] == exact[2:]


def test_where_turns_are_lost_for_even_weeks_fewer_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = organisation(LOSES, HALVED)
    built = planned(inputs, EARLY)
    monkeypatch.setattr("csweek.plan.build.HALVINGS", 0)
    assert touches(built) > touches(planned(inputs, EARLY))
    assert measured(built.revision.plan, inputs).even.holds


def test_once_the_year_has_begun_the_best_deal_is_taken_too(deals: list[Dealt]) -> None:
    inputs = organisation(Shape(people=12, teams=1, sites=1, leaders=3, limit=30), 22)
    august = date(2027, 8, 18)
    before = planned(inputs, EARLY).table
    deals.clear()
    afresh = bring_up_to_date(inputs, before, august, REVISED, afresh=True)
    assert sum(deals[0].counted.touches) > sum(deals[-1].counted.touches)
    assert touches(afresh) == sum(deals[0].counted.touches)


@pytest.mark.parametrize(
    ("shape", "seed"),
    [
        (Shape(people=10, teams=3, sites=1, leaders=2, leave=0.3, odd_hours=0, limit=15), 58),
        (Shape(people=16, teams=2, sites=2, leaders=1, leave=0, odd_hours=0.3, limit=20), 61),
    ],
)
def test_planning_again_finds_nothing_more_than_what_was_dealt_afresh(shape: Shape, seed: int) -> None:
    inputs, may = organisation(shape, seed), date(2027, 5, 10)
    afresh = bring_up_to_date(inputs, planned(inputs).table, may, REVISED, afresh=True)
    again = bring_up_to_date(inputs, afresh.table, may, REVISED)
    assert again.changes.empty
    assert again.warnings == afresh.warnings
