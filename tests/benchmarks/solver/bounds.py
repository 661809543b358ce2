"""What no solution can be better than, found without a solver; and the values that an objective can take."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import ceil, floor, gcd

from solver.task import NEAR, Need, Task

Range = tuple[int, int]


def week_steps(task: Task) -> list[float]:
    """Return the values that the largest weekly deviation can take, the least first, below 2."""
    near = {abs(n - s) for s in task.share for n in range(max(0, floor(s) - 1), ceil(s) + 3)}
    return distinct(step for step in near if step < 2)


def week_bound(task: Task) -> float:
    """Return the least of these for which whole numbers with these shares exist, prefixes within 1."""
    steps = week_steps(task)
    low, high = 0, len(steps) - 1
    while low < high:
        middle = (low + high) // 2
        if _reachable(task, steps[middle]):
            high = middle
        else:
            low = middle + 1
    return steps[low]


def ranges(task: Task, most: float) -> list[Range]:
    """Return how many touches each week may have when none is off its share by more."""
    return [(max(0, ceil(s - most - NEAR)), floor(s + most + NEAR)) for s in task.share]


def prefixes(task: Task) -> list[Range]:
    """Return how many touches the weeks up to each one may have when none is off by 1."""
    return [(floor(s - 1 + NEAR) + 1, ceil(s + 1 - NEAR) - 1) for s in accumulate(task.share)]


def _reachable(task: Task, most: float) -> bool:
    sums = {0}
    for (low, high), (least, largest) in zip(ranges(task, most), prefixes(task), strict=True):
        sums = {total + n for total in sums for n in range(low, high + 1) if least <= total + n <= largest}
    return round(sum(task.share)) in sums


def gap_steps(task: Task) -> list[float]:
    """Return the values that the largest gap over its even gap can take, from its bound on."""
    bound = gap_bound(task)
    touches = task.touches
    steps = (
        gap * touches[p] / len(weeks) for p, weeks in task.there.items() for gap in range(1, len(weeks) + 1)
    )
    return distinct(step for step in steps if step >= bound - NEAR)


def gap_bound(task: Task) -> float:
    """Return what the gaps cannot be below: a round of W weeks in k whole gaps has one of at least W/k."""
    touches = task.touches
    return max(
        (ceil(len(weeks) / touches[p]) * touches[p] / len(weeks) for p, weeks in task.there.items()),
        default=0.0,
    )


def load_bound(task: Task) -> int:
    """Return what the fullest owner-week cannot be below.

    The minutes that are asked fill the owners' weeks at least up to it: those that only one owner can
    give in that owner's weeks, all of them in all weeks. A week is filled in whole steps of the minutes
    that its owner can be asked for.
    """
    alone: defaultdict[str, list[Need]] = defaultdict(list)
    for need in task.needs:
        if len(need.ways) == 1:
            alone[next(iter(need.ways))].append(need)
    given = max(task.given.values(), default=0)
    return max(given, _level(task, task.needs), *(_level(task, needs) for needs in alone.values()))


def _level(task: Task, needs: Sequence[Need]) -> int:
    """Return the least level that these fill their owners' weeks to."""
    steps: defaultdict[str, int] = defaultdict(int)
    for need in task.needs:
        for owner in need.ways:
            steps[owner] = gcd(steps[owner], need.minutes)
    places = {(owner, number) for need in needs for owner, may in need.ways.items() for number in may}
    asked = sum(need.times * need.minutes for need in needs)
    level = 0
    while sum(_whole_steps(level - task.given.get(at, 0), steps[at[0]]) for at in places) < asked:
        level += 1
    return level


def _whole_steps(minutes: int, step: int) -> int:
    return max(0, minutes) // step * step


def distinct(values: Iterable[float]) -> list[float]:
    """Return values in order, those that are the same but for rounding once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value > found[-1] + NEAR:
            found.append(value)
    return found
