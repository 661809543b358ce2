"""How near the planner comes to what OR-Tools CP-SAT proves to be the best, on generated organisations.

Run: python tests/benchmarks/bench_solver.py [--instances 40] [--first 1] [--seconds 60] [--workers 2]
Needs the extra `bench`; with `--bounds` it does without, and compares with simple bounds alone.
docs/planning.md states the problem that both solve.
"""

import argparse
import gc
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent.parent))

from solver.bounds import gap_bound, load_bound, week_bound
from solver.instances import Instance, instance
from solver.owners import dealt
from solver.task import NEAR, Score, Task, faults, score, solution_of, task_of

from csweek.model.plan import Plan
from csweek.plan.build import build
from csweek.plan.when.year import year_for

TODAY = date(2025, 11, 21)
REVISED = datetime(2025, 11, 21, 9, tzinfo=UTC)
NAMES = ("week", "gap", "load")
HEAD = """\
| # | people | touches | ours | best known | proven bound | ours, ms | solver, s | ours is |
|---|---|---|---|---|---|---|---|---|"""


class Row(NamedTuple):
    """One instance, planned in both ways."""

    name: str
    task: Task
    ours: Score
    broken: Sequence[str]
    """The rules that ours breaks."""
    best: Score
    """Of all solutions known."""
    bound: Score
    proven: bool
    milliseconds: float
    seconds: float
    """The solver's, alone: not begun at a solution of ours."""


def planned(one: Instance) -> tuple[Plan, float]:
    """Return the planner's year and the milliseconds that it took, the best of three.

    The garbage collector rests meanwhile, as it does in ``csweek plan``.
    """
    year = year_for(one.inputs.settings, TODAY)
    times = []
    for _ in range(3):
        gc.collect()
        gc.disable()
        start = perf_counter()
        built = build(one.inputs, year, TODAY, None, REVISED, UUID(int=7))
        times.append(perf_counter() - start)
        gc.enable()
    return built.revision.plan, min(times) * 1000


def compared(one: Instance, given: argparse.Namespace) -> Row:
    """Plan an instance in both ways; what the solver does not prove alone it tries from the best known."""
    plan, milliseconds = planned(one)
    task, ours = task_of(one.inputs, plan), solution_of(plan)
    broken, mine = faults(task, ours), score(task, ours)
    if given.bounds:
        bound = Score(week_bound(task), gap_bound(task), load_bound(task))
        return Row(one.name, task, mine, broken, bound, bound, mine == bound, milliseconds, 0)
    from solver.model import Effort, solved  # noqa: PLC0415 (the extra `bench`)

    starts = [some for some in (ours, dealt(task)) if some and not faults(task, some)]
    start = min(starts, key=lambda some: score(task, some), default=ours)
    effort = Effort(given.seconds, given.workers)
    alone = solved(task, (), effort)
    found = alone if alone.proven else solved(task, start, effort)
    solutions = (*starts, alone.touches, found.touches)
    known = [score(task, some) for some in solutions if not faults(task, some)]
    best = min(known, default=found.bound)
    return Row(one.name, task, mine, broken, best, found.bound, found.proven, milliseconds, alone.seconds)


def behind(row: Row) -> tuple[str, float]:
    """Return the first objective in which ours is not the best known, and by what part; else nothing."""
    for name, mine, theirs in zip(NAMES, row.ours, row.best, strict=True):
        if mine > theirs + NEAR:
            return name, mine / theirs - 1
    return "", 0


def line(row: Row) -> str:
    """Return a row of the table."""
    name, part = behind(row)
    verdict = f"{name} +{part:.0%}" if name else "equal" if row.proven else "equal to the best known"
    cells = (
        row.name,
        len(row.task.there),
        sum(row.task.touches.values()),
        *(f"{each.week:.3f}, {each.gap:.3f}, {each.load}" for each in (row.ours, row.best, row.bound)),
        f"{row.milliseconds:.0f}",
        f"{row.seconds:.1f}" + ("" if row.proven else " (open)"),
        f"no solution: {row.broken[0]}" if row.broken else verdict,
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def summary(rows: Sequence[Row]) -> str:
    """Return how many are equal to a proven optimum, the worst of the others, and the ratio of the times."""
    proven = [row for row in rows if row.proven]
    equal = sum(not (row.broken or behind(row)[0]) for row in proven)
    broken = sum(bool(row.broken) for row in rows)
    worst = max(behind(row)[1] for row in rows)
    faster = median(row.seconds * 1000 / row.milliseconds for row in rows)
    return (
        f"{len(rows)} instances, {len(proven)} with a proven optimum; ours is equal to it in {equal}, "
        f"at worst {worst:.0%} above the best known, breaking a rule in {broken}. "
        f"The solver takes {faster:,.0f} times as long (the median)."
    )


def wanted() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--instances", type=int, default=40, help="how many")
    parser.add_argument("--first", type=int, default=1, help="the number of the first one")
    parser.add_argument("--seconds", type=float, default=60, help="for the solver, on each")
    parser.add_argument("--workers", type=int, default=2, help="the solver's")
    parser.add_argument("--bounds", action="store_true", help="compare with simple bounds, without a solver")
    return parser.parse_args()


def main() -> None:
    """Print the table, a line as soon as it is known."""
    given = wanted()
    if not (given.bounds or find_spec("ortools")):
        print("left out: it needs OR-Tools (pip install -e '.[bench]'); --bounds does without")
        return
    print(HEAD)
    rows = []
    for number in range(given.first, given.first + given.instances):
        rows.append(compared(instance(number), given))
        print(line(rows[-1]), flush=True)
    print(f"\n{summary(rows)}")


if __name__ == "__main__":
    main()
