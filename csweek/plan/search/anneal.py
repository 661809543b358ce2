"""Level weeks where no path leads to them: touches are moved at random, less and less against the grain.

Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983). Not the numbers of the weeks are given but what
they may be, so that all ways to round the shares are searched at once.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, islice
from math import ceil, exp, floor
from random import Random

from csweek.plan.search.rounds import NEAR, Round

PROPOSALS, MOST = 200, 200_000
"""So many moves are proposed for each touch while it cools, and in all."""
COLD = 0.3
WARMTHS = (0.7, *[0.5] * 3)
"""How much worse a move may make it at the beginning, and at the end: about so much, seldom more.

It is warmed up again where it came near: several short searches find more than one that is as long as all.
"""
LOOKS, HOPE, CLOSE = 4, 10, 3
"""So often it is seen whether it leads anywhere: the first time all weeks may be off by so much at best, the
second time by half of it, and so on; and so near it has to come to be warmed up again."""


class _Touch:
    """A touch that can be moved, and the room that those beside it leave."""

    __slots__ = ("beside", "first", "number", "one", "places")

    def __init__(self, one: Round, number: int) -> None:
        self.one = one
        self.number = number
        self.beside: list[_Touch] = []
        """Those whose room hangs on it."""
        self.first, self.places = one.room(number)
        """The first place to which it may go, and of how many."""

    def go(self, place: int) -> None:
        """Go to another place, which changes the room of others."""
        self.one.at[self.number] = place
        for other in self.beside:
            other.first, other.places = other.one.room(other.number)


def annealed(
    rounds: Sequence[Round], share: Sequence[float], most: float, apart: int = 1
) -> Iterator[Sequence[int]]:
    """Move touches until no week is further from its share than ``most``, and no sum by ``apart``.

    Yields the numbers of the weeks each time it has cooled: those asked for, or near them. Touches lie
    anywhere within their gaps then. It does the same every time.
    """
    chance = Random(len(rounds) + len(share)).random  # noqa: S311 (what is wanted is the same every time)
    weeks = _Weeks(rounds, share, most, apart)
    touches = [touch for one in rounds for touch in _touches(one)]
    for warm in WARMTHS:
        least = _cool(touches, weeks, warm, chance)
        for one in rounds:
            one.put(one.at)
        yield weeks.numbers
        if least > CLOSE:
            return


def _touches(one: Round) -> list[_Touch]:
    """Return a round's touches that can be moved; the last one and the first are beside each other, too."""
    free = {n: _Touch(one, n) for n, place in enumerate(one.at) if place not in one.still}
    for number, touch in free.items():
        around = {(number - 1) % len(one.at), (number + 1) % len(one.at)}
        touch.beside = [free[other] for other in sorted(around) if other in free]
    return [*free.values()]


def _cool(touches: Sequence[_Touch], weeks: "_Weeks", warm: float, chance: Callable[[], float]) -> int:
    """Propose moves until nothing is off or no hope is left; return how little the weeks were off of late."""
    steps = min(PROPOSALS * len(touches), MOST) // LOOKS
    cooling = _cooling(warm, steps * LOOKS)
    least = weeks.off
    for look in range(1, LOOKS + 1):
        least = _stir(touches, weeks, islice(cooling, steps), chance)
        if not least or least > HOPE / look:
            break
    return least


def _stir(
    touches: Sequence[_Touch], weeks: "_Weeks", cooling: Iterable[float], chance: Callable[[], float]
) -> int:
    """Propose moves while it cools and weeks are off; return by how little they were at best."""
    least, number = weeks.off, len(touches)
    for warmth in cooling if least else ():
        touch = touches[int(chance() * number)]
        one, to = touch.one, touch.first + int(chance() * touch.places)
        here = one.at[touch.number]
        if to != here and one.may[to]:
            week, other = one.weeks[here], one.weeks[to]
            worse = weeks.worse(week, other)
            if worse <= 0 or chance() < exp(-worse / warmth):
                touch.go(to)
                weeks.move(week, other, worse)
                least = min(least, weeks.off)
                if not least:
                    break
    return least


def _cooling(warm: float, steps: int) -> Iterator[float]:
    by = (COLD / warm) ** (1 / max(1, steps))
    for _ in range(steps):
        yield warm
        warm *= by


class _Weeks:
    """The numbers of all weeks and their sums, and by how much they are out of what is allowed."""

    def __init__(self, rounds: Sequence[Round], share: Sequence[float], most: float, apart: int) -> None:
        had = Counter(week for one in rounds for week in one.held)
        still = Counter(one.weeks[place] for one in rounds for place in one.still)
        self.numbers = [had[week] for week in range(len(share))]
        self._sums = [*accumulate(self.numbers)]
        self._allowed = [
            (ceil(part - most - NEAR), max(still[week], floor(part + most + NEAR)))
            for week, part in enumerate(share)
        ]
        self._between = [
            (floor(total - apart + NEAR) + 1, ceil(total + apart - NEAR) - 1) for total in accumulate(share)
        ]
        self.off = sum(map(_out, self.numbers, self._allowed)) + sum(map(_out, self._sums, self._between))
        """The squares of what is too much or too few, added up."""

    def worse(self, week: int, to: int) -> int:
        """Return by how much more is off when a touch goes from one week to another."""
        found = _less(self.numbers[week], self._allowed[week]) + _more(self.numbers[to], self._allowed[to])
        if week < to:
            return found + sum(map(_less, self._sums[week:to], self._between[week:to]))
        return found + sum(map(_more, self._sums[to:week], self._between[to:week]))

    def move(self, week: int, to: int, worse: int) -> None:
        """Let a touch go from one week to another."""
        self.numbers[week] -= 1
        self.numbers[to] += 1
        by, low, high = (-1, week, to) if week < to else (1, to, week)
        for at in range(low, high):
            self._sums[at] += by
        self.off += worse


def _out(number: int, allowed: tuple[int, int]) -> int:
    """Return the square of what is too much or too few."""
    low, high = allowed
    if number < low:
        return (low - number) ** 2
    return (number - high) ** 2 if number > high else 0


def _more(number: int, allowed: tuple[int, int]) -> int:
    """Return by how much more is off with one more."""
    low, high = allowed
    if number < low:
        return 2 * (number - low) + 1
    return 2 * (number - high) + 1 if number >= high else 0


def _less(number: int, allowed: tuple[int, int]) -> int:
    """Return by how much more is off with one fewer."""
    low, high = allowed
    if number > high:
        return 2 * (high - number) + 1
    return 2 * (low - number) + 1 if number <= low else 0
