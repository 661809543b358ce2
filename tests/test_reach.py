"""What owners cannot do is named with the smallest changes that help, and each of them does help."""

import re
from collections.abc import Callable
from functools import cache

import pytest
from msgspec.structs import replace
from organisations import ACTIONS, Shape, organisation, people_of, theme
from planned import planned

from csweek.errors import Problem
from csweek.model.basics import Role
from csweek.model.inputs import Inputs, Limits
from csweek.model.people import Person
from csweek.model.theme import Action, Every, PerYear, Rhythm, ThemeTurn
from csweek.plan.owed.demand import offers
from csweek.plan.owed.suggest import Short, between, one_limit
from csweek.plan.reach import within_reach
from csweek.plan.when.days import days
from csweek.plan.when.year import iso_year

YEAR = iso_year(2027)
CALM = Shape(people=60, teams=3, sites=1, leaders=2, leave=0, odd_hours=0, never=0, movers=0)


def short(inputs: Inputs) -> list[Problem]:
    return [one for one in planned(inputs).warnings if "cannot meet" in one.message]


def of_leaders(inputs: Inputs) -> list[Problem]:
    there = days(inputs, YEAR, YEAR.first)
    return list(one_limit(within_reach(offers(inputs, there), inputs, there)[1]))


def of_managers(inputs: Inputs) -> list[Problem]:
    """What is said of managers, who are looked at once leaders have their share."""
    return [one for one in short(inputs) if "leader" not in one.message.partition(" ×")[0]]


# --- the changes, applied ------------------------------------------------------------------------------


def with_limit(inputs: Inputs, hint: str) -> Inputs:
    minutes = int(re.findall(r"owner_minutes_per_week: (\d+)", hint)[0])
    return replace(inputs, settings=replace(inputs.settings, limits=Limits(minutes, 0.2)))


def with_leaders(inputs: Inputs, hint: str) -> Inputs:
    number = int(re.findall(r"(\d+) more leader", hint)[0])
    like = inputs.people.persons["l0"]
    return _with(inputs, *(replace(like, id=f"new{n}", name=f"New {n}") for n in range(number)))


def with_managers(inputs: Inputs, hint: str) -> Inputs:
    number = int(re.findall(r"among (\d+) managers", hint)[0])
    mine = [p for p in inputs.people if p.manager == "m0"]
    like = inputs.people.persons["m0"]
    new = [replace(like, id=f"new{n}", name=f"New {n}", team=None) for n in range(number - 1)]
    managers = ["m0", *(one.id for one in new)]
    moved = [replace(p, manager=managers[n % number]) for n, p in enumerate(mine)]
    return _with(inputs, *new, *moved)


def with_rhythms(inputs: Inputs, hint: str) -> Inputs:
    found = dict(re.findall(r"([\w-]+): \{((?:per_year|every): [^}]+)\}", hint))
    assert found
    return _themed(
        inputs, *(replace(a, rhythm=_rhythm(found[a.id])) if a.id in found else a for a in ACTIONS)
    )


def _rhythm(text: str) -> Rhythm:
    how, _, much = text.partition(": ")
    return PerYear(int(much)) if how == "per_year" else Every(int(much.split()[0]))


def _themed(inputs: Inputs, *actions: Action) -> Inputs:
    return replace(inputs, themes=(ThemeTurn(theme(*actions)),))


def _with(inputs: Inputs, *new: Person) -> Inputs:
    sites = inputs.settings.sites
    teams = {team.id: (sites[team.site], team.work) for team in inputs.people.teams.values()}
    known = {p.id: p for p in (*inputs.people, *new)}
    return replace(inputs, people=people_of(known.values(), teams))


# --- what is tried -------------------------------------------------------------------------------------

LEADERS = [(80, 1, 60), (300, 2, 90), (30, 1, 30)]
MANAGERS = [(8, 20), *(pytest.param(*one, marks=pytest.mark.slow) for one in ((12, 30), (35, 90), (50, 100)))]


def crowd(people: int, **fields: object) -> Inputs:
    return organisation(replace(CALM, people=people, **fields), 3)


@pytest.mark.parametrize("change", [with_limit, with_leaders, with_rhythms])
@pytest.mark.parametrize(("people", "leaders", "limit"), LEADERS)
def test_what_would_help_leaders_helps(
    people: int, leaders: int, limit: int, change: Callable[[Inputs, str], Inputs]
) -> None:
    inputs = crowd(people, leaders=leaders, limit=limit)
    told = of_leaders(inputs)
    assert len(told) == 1
    assert re.match(rf"{leaders} leaders? × {limit} minutes a week cannot meet \d+ people", told[0].message)
    assert not of_leaders(change(inputs, told[0].hint or ""))


@cache
def one_team(people: int, limit: int) -> tuple[Inputs, list[Problem]]:
    inputs = crowd(people, teams=1, leaders=3, limit=limit)
    return inputs, of_managers(inputs)


@pytest.mark.parametrize("change", [with_limit, with_managers, with_rhythms])
@pytest.mark.parametrize(("people", "limit"), MANAGERS)
def test_what_would_help_a_manager_helps(
    people: int, limit: int, change: Callable[[Inputs, str], Inputs]
) -> None:
    inputs, told = one_team(people, limit)
    assert [one.message.partition(" ×")[0] for one in told] == ["M0"]
    after = of_managers(change(inputs, told[0].hint or ""))
    # New managers are people whom their own manager has to meet.
    assert {one.message.partition(" ×")[0] for one in after} <= {"L0"}


@pytest.mark.parametrize(
    ("minutes", "number"),
    [([20, 20, 20, 20], 2), ([30, 30, 20, 20], 4), ([70, 10, 10, 10], None), ([90], None)],
)
def test_people_are_shared_so_that_it_is_enough_whoever_comes_to_whom(
    minutes: list[int], number: int | None
) -> None:
    assert Short(sum(minutes), 40, 1).owners(minutes) == number


def test_a_little_less_than_what_is_proposed_does_not_help() -> None:
    inputs = crowd(100, leaders=1, limit=60)
    hint = of_leaders(inputs)[0].hint or ""
    minutes = with_limit(inputs, hint).settings.limits.owner_minutes_per_week
    assert of_leaders(with_limit(inputs, f"owner_minutes_per_week: {minutes - 5}"))
    more = int(re.findall(r"(\d+) more leader", hint)[0])
    assert of_leaders(with_leaders(inputs, f"{max(0, more - 2)} more leaders"))


SMALL = [(8, 1, 15, 1)]
MORE = [
    (people, leaders, limit, seed)
    for people, leaders, limit in ((12, 2, 15), (20, 2, 15), (36, 2, 20), (48, 3, 20), (60, 2, 30))
    for seed in (1, 2, 5, 8)
]


@pytest.mark.parametrize(
    ("people", "leaders", "limit", "seed"),
    [*SMALL, *(pytest.param(*one, marks=pytest.mark.slow) for one in MORE)],
)
def test_the_limit_that_is_proposed_is_one_for_all_and_enough_once_it_is_typed(
    people: int, leaders: int, limit: int, seed: int
) -> None:
    shape = replace(CALM, people=people, leaders=leaders, limit=limit, teams=people // 8, leave=0.1)
    inputs = organisation(shape, seed)
    hints = [one.hint or "" for one in short(inputs)]
    assert hints
    assert len({found for hint in hints for found in re.findall(r"owner_minutes_per_week: \d+", hint)}) == 1
    assert not short(with_limit(inputs, hints[0]))


def test_who_can_do_it_all_is_not_named() -> None:
    assert not short(crowd(8, leaders=4, limit=120))


def test_rhythms_that_cannot_be_slow_enough_are_not_proposed() -> None:
    assert "actions:" in (of_leaders(crowd(80, leaders=1, limit=60))[0].hint or "")
    assert "actions:" not in (of_leaders(crowd(400, leaders=1, limit=10))[0].hint or "")


def test_leaders_of_whom_each_has_less_time_than_takes_to_meet_them_are_not_proposed() -> None:
    inputs = crowd(30, leaders=1, limit=1)
    assert "more leader" not in (of_leaders(inputs)[0].hint or "")
    assert inputs.people.persons["l0"].role is Role.LEADER


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (1.2, 1.4, "1.2 to 1.4 times longer"),
        (1.41, 1.44, "1.4 times longer"),
        (1.01, 1.02, "a little longer"),
        (1.01, 1.4, "up to 1.4 times longer"),
    ],
)
def test_rhythms_that_are_alike_are_told_in_one_figure(least: float, most: float, said: str) -> None:
    assert between(least, most) == said
