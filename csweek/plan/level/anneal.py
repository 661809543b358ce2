"""Level weeks where no path leads to them: touches are moved at random, less and less against the grain.

Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983). Not the numbers of the weeks are given but what
they may be, so that all ways to round the shares are searched at once.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from math import ceil, exp, floor
from random import Random

from csweek.plan.level.rounds import NEAR, Round

PROPOSALS, MOST = 800, 400_000
"""So many moves are proposed for each touch, and in all."""
WARM, COLD = 0.7, 0.2
"""How much worse a move may make it at the beginning, and at the end: about so much, seldom more."""


def annealed(rounds: Sequence[Round], share: Sequence[float], most: float) -> Sequence[int]:
    """Move touches until no week is further from its share than ``most``, and no sum by 1.

    Returns the numbers of the weeks, none where that was not reached: then touches lie anywhere within their
    gaps. It does the same every time.
    """
    chance = Random(len(rounds)).random  # noqa: S311 (what is wanted is the same every time)
    weeks = _Weeks(rounds, share, most)
    _cool(rounds, weeks, chance)
    for one in rounds:
        one.put(one.at)
    return () if weeks.off else weeks.numbers


def _cool(rounds: Sequence[Round], weeks: "_Weeks", chance: Callable[[], float]) -> None:
    """Propose moves until nothing is off, or it has grown cold."""
    touches = [(one, n) for one in rounds for n, place in enumerate(one.at) if place not in one.still]
    for warmth in _cooling(min(PROPOSALS * len(touches), MOST)):
        if not weeks.off:
            break
        one, number = touches[int(chance() * len(touches))]
        here, to = one.at[number], one.another(number, chance())
        if to != here:
            week, other = one.weeks[here], one.weeks[to]
            worse = weeks.worse(week, other)
            if worse <= 0 or chance() < exp(-worse / warmth):
                one.at[number] = to
                weeks.move(week, other, worse)


def _cooling(steps: int) -> Iterator[float]:
    by = (COLD / WARM) ** (1 / max(1, steps))
    warmth = WARM
    for _ in range(steps):
        yield warmth
        warmth *= by


class _Weeks:
    """The numbers of all weeks and their sums, and by how much they are out of what is allowed."""

    def __init__(self, rounds: Sequence[Round], share: Sequence[float], most: float) -> None:
        had = Counter(week for one in rounds for week in one.held)
        self.numbers = [had[week] for week in range(len(share))]
        self._sums = [*accumulate(self.numbers)]
        self._allowed = [(ceil(part - most - NEAR), floor(part + most + NEAR)) for part in share]
        self._between = [
            (floor(total - 1 + NEAR) + 1, ceil(total + 1 - NEAR) - 1) for total in accumulate(share)
        ]
        self.off = sum(map(_out, self.numbers, self._allowed)) + sum(map(_out, self._sums, self._between))
        """The squares of what is too much or too few, added up."""

    def worse(self, week: int, to: int) -> int:
        """Return by how much more is off when a touch goes from one week to another."""
        numbers, allowed = self.numbers, self._allowed
        less, more = numbers[week], numbers[to]
        found = _out(less - 1, allowed[week]) - _out(less, allowed[week])
        found += _out(more + 1, allowed[to]) - _out(more, allowed[to])
        by, low, high = (-1, week, to) if week < to else (1, to, week)
        for at in range(low, high):
            total, between = self._sums[at], self._between[at]
            found += _out(total + by, between) - _out(total, between)
        return found

    def move(self, week: int, to: int, worse: int) -> None:
        """Let a touch go from one week to another."""
        self.numbers[week] -= 1
        self.numbers[to] += 1
        by, low, high = (-1, week, to) if week < to else (1, to, week)
        for at in range(low, high):
            self._sums[at] += by
        self.off += worse


def _out(number: int, allowed: tuple[int, int]) -> int:
    low, high = allowed
    if number < low:
        return (low - number) ** 2
    return (number - high) ** 2 if number > high else 0
