"""The problem that planner and solver are compared on: what counts, what breaks it, what bounds it."""

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import combinations
from uuid import UUID

import pytest
from solver.bounds import gap_bound, gap_steps, load_bound, week_bound, week_steps
from solver.instances import instance
from solver.owners import dealt
from solver.task import NEAR, Need, Task, Touch, faults, score, solution_of, task_of

from csweek.plan.build import build
from csweek.plan.measure import evenness
from csweek.plan.when.year import year_for

WEEKS = 6
TODAY = date(2025, 11, 21)
REVISED = datetime(2025, 11, 21, tzinfo=UTC)


def task(limit: int = 20, given: Mapping[tuple[str, int], int] | None = None) -> Task:
    """Two people with two notes each in six weeks, by one manager."""
    ways = {"m": frozenset(range(WEEKS))}
    needs = tuple(Need(person, "note", 2, 10, ways) for person in ("a", "b"))
    there = {person: tuple(range(WEEKS)) for person in ("a", "b")}
    return Task(WEEKS, limit, (4 / WEEKS,) * WEEKS, there, needs, given or {})


def notes(a: tuple[int, ...], b: tuple[int, ...]) -> list[Touch]:
    return [Touch(who, "note", week, "m") for who, weeks in (("a", a), ("b", b)) for week in weeks]


def test_the_objectives_of_a_solution() -> None:
    found = score(task(given={("m", 5): 25}), notes((0, 3), (1, 5)))
    assert found == pytest.approx((2 / 3, 4 / 3, 35))


def test_the_year_is_a_round_so_that_one_season_is_no_even_year() -> None:
    assert score(task(), notes((0, 1), (2, 3))).gap == pytest.approx(5 / 3)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (notes((0,), (1, 4)), "a has 1 of 2 note"),
        (notes((0, 0), (2, 4)), "a has 2 in week 0"),
        (notes((0, 9), (2, 4)), "a cannot have note by m in week 9"),
        (notes((0, 1), (0, 1)), "a prefix is off by 2.67"),
    ],
)
def test_every_hard_rule_is_checked(wrong: list[Touch], said: str) -> None:
    assert said in faults(task(), wrong)
    assert faults(task(), notes((0, 3), (1, 4))) == []


def test_given_events_come_first_and_the_limit_holds() -> None:
    full = task(limit=20, given={("m", 0): 15})
    assert "m gives 10 minutes in week 0" in faults(full, notes((0, 3), (1, 4)))


def test_bounds_are_what_trying_everything_finds() -> None:
    given = task(given={("m", 0): 10})
    pairs = [tuple(two) for two in combinations(range(WEEKS), 2)]
    tried = [notes(a, b) for a in pairs for b in pairs]
    scores = [score(given, one) for one in tried if not faults(given, one)]
    assert week_bound(given) == pytest.approx(min(s.week for s in scores))
    assert gap_bound(given) == pytest.approx(min(s.gap for s in scores))
    assert load_bound(given) == min(s.load for s in scores)


def test_what_the_planner_makes_is_a_solution_that_no_bound_passes() -> None:
    one = instance(3)
    plan = build(
        one.inputs, year_for(one.inputs.settings, TODAY), TODAY, None, REVISED, UUID(int=7)
    ).revision.plan
    given, ours = task_of(one.inputs, plan), solution_of(plan)
    assert faults(given, ours) == []
    mine = score(given, ours)
    assert mine.week == pytest.approx(evenness(plan, one.inputs).week)
    assert mine.week >= week_bound(given) - NEAR
    assert mine.gap >= gap_bound(given) - NEAR
    assert mine.load >= load_bound(given)
    assert week_bound(given) in week_steps(given)
    assert min(gap_steps(given)) == pytest.approx(gap_bound(given))


def test_a_solution_without_solver_keeps_the_rules_and_reaches_the_week_that_is_proven() -> None:
    one = instance(11)
    plan = build(
        one.inputs, year_for(one.inputs.settings, TODAY), TODAY, None, REVISED, UUID(int=7)
    ).revision.plan
    given = task_of(one.inputs, plan)
    touches = dealt(given)
    assert touches
    assert faults(given, touches) == []
    assert score(given, touches).week == pytest.approx(week_bound(given))


@pytest.mark.slow
def test_the_solver_proves_what_trying_everything_finds() -> None:
    if os.environ.get("CSWEEK_PROGRAMS") != "required":
        pytest.importorskip("ortools", reason="the extra `bench` is not installed")
    from solver.model import Effort, solved  # noqa: PLC0415 (the extra `bench`)

    given = task(given={("m", 0): 10})
    found = solved(given, notes((0, 3), (0, 4)), Effort(10, 1))
    assert found.proven
    assert score(given, found.touches) == found.bound
    assert faults(given, found.touches) == []
