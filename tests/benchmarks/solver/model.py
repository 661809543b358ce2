"""The same problem for OR-Tools CP-SAT, one objective after the other.

Each question (is there a solution whose weeks and gaps are at most this?) is asked in three steps, the
cheap ones first: of the persons' weeks alone, which is a relaxation; then of actions and owners with
these weeks; only then of everything at once.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import inf
from time import perf_counter
from typing import NamedTuple

from msgspec import Struct, field
from ortools.sat.python import cp_model
from solver.bounds import gap_steps, load_bound, prefixes, ranges, week_bound, week_steps
from solver.task import NEAR, Score, Task, Touch, faults, score

STRATEGIES = ("max_lp", "default_lp")
"""Of CP-SAT's: the strong linear relaxation proves most bounds, the usual search finds most solutions."""

ANSWERS = {cp_model.OPTIMAL: True, cp_model.FEASIBLE: True, cp_model.INFEASIBLE: False}

NONE = Score(inf, inf, sys.maxsize)

Spot = tuple[str, int]
"""A person and a week, or an owner and a week."""


class Effort(NamedTuple):
    """How long and with how many workers the solver may work."""

    seconds: float = 60
    workers: int = 2


class Found(Struct, frozen=True, dict=True):
    """What the solver found, below what nothing is, and whether the two meet."""

    touches: tuple[Touch, ...]
    bound: Score
    proven: bool
    seconds: float


class Level(NamedTuple):
    """One objective: what was reached, what is proven."""

    value: float
    bound: float

    @property
    def proven(self) -> bool:
        """Whether nothing is better."""
        return self.value <= self.bound + NEAR


class Model(Struct, dict=True):
    """``spots``: whether a person has a touch in a week. ``touches``: which one, by whom."""

    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    spots: dict[Spot, cp_model.IntVar] = {}
    touches: dict[Touch, cp_model.IntVar] = {}


class Run:
    """One instance with its clock and its best solution so far."""

    def __init__(self, task: Task, start: Sequence[Touch], effort: Effort) -> None:
        self.task = task
        self.best = tuple(start)
        self._effort = effort
        self._begun = perf_counter()

    @property
    def score(self) -> Score:
        """How good the best solution is; without one worse than any."""
        return NONE if faults(self.task, self.best) else score(self.task, self.best)

    @property
    def spent(self) -> float:
        """Seconds since the beginning."""
        return perf_counter() - self._begun

    @property
    def over(self) -> bool:
        """Whether the time is used up."""
        return self.spent >= self._effort.seconds

    def solve(self, cp: cp_model.CpModel, part: float = 1) -> tuple[bool | None, cp_model.CpSolver]:
        """Return whether a model has a solution (None: not known) within this part of the time left."""
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.5, (self._effort.seconds - self.spent) * part)
        solver.parameters.num_workers = self._effort.workers
        solver.parameters.random_seed = 1
        solver.parameters.subsolvers.extend(STRATEGIES[: self._effort.workers])
        return ANSWERS.get(solver.solve(cp)), solver


def solved(task: Task, start: Sequence[Touch], effort: Effort) -> Found:
    """Return the best solution that the solver finds, and what it proves; ``start`` may be none."""
    run = Run(task, start, effort)
    week = _least_week(run)
    gap = _least_gap(run, week.value)
    load = _least_load(run, week.value, gap.value)
    proven = week.proven and gap.proven and load.proven
    return Found(run.best, Score(week.bound, gap.bound, round(load.bound)), proven, run.spent)


def _least_week(run: Run) -> Level:
    least = week_bound(run.task)
    steps = [step for step in week_steps(run.task) if step >= least - NEAR]
    return _least(run, [(step, None) for step in steps], run.score.week)


def _least_gap(run: Run, week: float) -> Level:
    return _least(run, [(week, step) for step in gap_steps(run.task)], run.score.gap)


def _least(run: Run, steps: Sequence[tuple[float, float | None]], reached: float) -> Level:
    """Return the first of these values that a solution has, and the first not proven impossible."""
    bound: float | None = None
    for week, gap in steps:
        value = week if gap is None else gap
        if run.over:
            return Level(reached, value if bound is None else bound)
        answer = _possible(run, week, gap)
        if answer:
            return Level(value, value if bound is None else bound)
        if answer is None and bound is None:
            bound = value
    return Level(reached, reached if bound is None else bound)


def _possible(run: Run, week: float, gap: float | None) -> bool | None:
    """Return whether there is a solution; where there is one it becomes the best."""
    if _has(run, week, gap):
        return True
    weeks_alone = Model()
    _add_spots(run.task, weeks_alone, week, gap)
    _hint(weeks_alone, run.best)
    answer, solver = run.solve(weeks_alone.cp, 0.5)
    if answer is False:
        return False
    if answer:
        found = {spot for spot, var in weeks_alone.spots.items() if solver.value(var)}
        if _keep(run, _whole(run.task, week, gap, found)):
            return True
    return _keep(run, _whole(run.task, week, gap))


def _has(run: Run, week: float, gap: float | None) -> bool:
    """Whether the best so far is one."""
    return run.score.week <= week + NEAR and (gap is None or run.score.gap <= gap + NEAR)


def _keep(run: Run, model: Model) -> bool | None:
    """Return whether a model has a solution, which is then the best."""
    _hint(model, run.best)
    answer, solver = run.solve(model.cp, 0.5)
    if answer:
        run.best = _read(model, solver)
    return answer


def _read(model: Model, solver: cp_model.CpSolver) -> tuple[Touch, ...]:
    return tuple(touch for touch, var in model.touches.items() if solver.value(var))


def _least_load(run: Run, week: float, gap: float) -> Level:
    """Return the fullest owner-week: first with the weeks as they are, then with everything free."""
    least = load_bound(run.task)
    if run.score == NONE:
        return Level(inf, least)
    found = {(touch.person, touch.week) for touch in run.best}
    for spots in (found, None):
        if run.score.load <= least or run.over:
            break
        model = _whole(run.task, week, gap, spots)
        top = _minimize_load(run.task, model, least)
        _hint(model, run.best)
        answer, solver = run.solve(model.cp, 0.3 if spots else 1)
        if answer and solver.value(top) < run.score.load:
            run.best = _read(model, solver)
        if answer and spots is None:
            least = max(least, round(solver.best_objective_bound))
    return Level(run.score.load, least)


def _hint(model: Model, touches: Iterable[Touch]) -> None:
    chosen = set(touches)
    spots = {(touch.person, touch.week) for touch in chosen}
    for spot, var in model.spots.items():
        model.cp.add_hint(var, spot in spots)
    for touch, var in model.touches.items():
        model.cp.add_hint(var, touch in chosen)


# --- the rules -----------------------------------------------------------------------------------


def _whole(task: Task, week: float, gap: float | None, fixed: set[Spot] | None = None) -> Model:
    """Return everything; with ``fixed`` the persons' weeks are these."""
    model = Model()
    _add_spots(task, model, week, gap)
    _add_touches(task, model)
    if fixed is not None:
        for spot, var in model.spots.items():
            model.cp.add(var == (spot in fixed))
    return model


def _add_spots(task: Task, model: Model, week: float, gap: float | None) -> None:
    """Hold persons to their number of touches and their gaps, weeks and prefixes to their shares."""
    for person, weeks in possible(task).items():
        for number in weeks:
            model.spots[person, number] = model.cp.new_bool_var("")
        model.cp.add(sum(model.spots[person, number] for number in weeks) == task.touches[person])
        if gap is not None:
            _no_gap(task, model, person, gap)
    held: defaultdict[int, list[cp_model.IntVar]] = defaultdict(list)
    for (_, number), var in model.spots.items():
        held[number].append(var)
    so_far: list[cp_model.IntVar] = []
    limits = zip(ranges(task, week), prefixes(task), strict=True)
    for number, ((low, high), (least, largest)) in enumerate(limits):
        total = model.cp.new_int_var(low, max(low, high), "")
        model.cp.add(total == sum(held[number]))
        so_far.append(total)
        model.cp.add_linear_constraint(sum(so_far), least, largest)


def possible(task: Task) -> Mapping[str, set[int]]:
    """Return the weeks in which each person can have anything."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for need in task.needs:
        found[need.person].update(*need.ways.values())
    return found


def _no_gap(task: Task, model: Model, person: str, gap: float) -> None:
    """Ask for a touch in every stretch of the round of a person's weeks that is as long as a gap may be."""
    weeks = task.there[person]
    widest = int(gap * len(weeks) / task.touches[person] + NEAR)
    for start in range(len(weeks) if widest < len(weeks) else 0):
        stretch = ((person, weeks[(start + n) % len(weeks)]) for n in range(widest))
        model.cp.add(sum(model.spots[spot] for spot in stretch if spot in model.spots) >= 1)


def _add_touches(task: Task, model: Model) -> None:
    """Each touch is one action by one owner; owners give no more than they have."""
    at: defaultdict[Spot, list[cp_model.IntVar]] = defaultdict(list)
    for need in task.needs:
        mine: list[cp_model.IntVar] = []
        for owner, weeks in need.ways.items():
            for number in sorted(weeks):
                var = model.cp.new_bool_var("")
                model.touches[Touch(need.person, need.action, number, owner)] = var
                at[need.person, number].append(var)
                mine.append(var)
        model.cp.add(sum(mine) == need.times)
    for spot, var in model.spots.items():
        model.cp.add(sum(at[spot]) == var)
    for (owner, number), terms in _loads(task, model).items():
        model.cp.add(sum(terms) <= task.room(owner, number))


def _loads(task: Task, model: Model) -> Mapping[Spot, list[cp_model.LinearExpr]]:
    minutes = {(need.person, need.action): need.minutes for need in task.needs}
    found: defaultdict[Spot, list[cp_model.LinearExpr]] = defaultdict(list)
    for touch, var in model.touches.items():
        found[touch.owner, touch.week].append(minutes[touch.person, touch.action] * var)
    return found


def _minimize_load(task: Task, model: Model, least: int) -> cp_model.IntVar:
    """Make the fullest owner-week the objective; a week that is over the limit by given events counts too."""
    top = model.cp.new_int_var(least, max(task.limit, least), "")
    for spot, terms in _loads(task, model).items():
        model.cp.add(sum(terms) + task.given.get(spot, 0) <= top)
    model.cp.minimize(top)
    return top
