"""The goal of every touch: a week in which all weeks are level and nobody's gap is wider than it has to be.

Everyone's touches lie at staggered ideal places, which keeps all gaps. Then touches are moved from weeks
with too many to weeks with too few: a move keeps its person's gaps, and a path of moves of several
persons leads from one week to the other (an augmenting path).
"""

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import ceil
from typing import NamedTuple

from msgspec import Struct

from csweek.plan.level.even import apart_of, nearest, quotas
from csweek.plan.search.anneal import annealed
from csweek.plan.search.rounds import NEAR, SHIFTS, Round

PATHS = 2000
"""So many paths are walked at most."""
SEARCHES = 2
"""So often a width is searched, each time from other ideal moments."""
WIDER, FINE = 1.01, 8
"""By so much each next width is wider at least, after so many of them by more each time."""


class _Goal(NamedTuple):
    """What the numbers of weeks may be."""

    share: Sequence[float]
    best: Sequence[int]
    """The numbers nearest to the shares."""
    still: Sequence[int]
    """How many touches stay in each week: groups."""
    apart: int
    """No sum may be off by so much: by 1, but where groups that stay put it further off."""
    most: float
    """No week may be further off than that, but where groups that stay do it."""

    def near(self, had: Sequence[int]) -> Sequence[int]:
        """Return the numbers nearest to those that there are; none where there are none."""
        return nearest(self.share, self.most, had, self.still, self.apart)


class Tried(NamedTuple):
    """Where paths led with one goal."""

    goal: _Goal
    widths: Sequence[float]
    """Those that gaps may have; the last is the first with which the numbers were reached, if any was."""
    numbers: Sequence[int]


class Level(Struct, frozen=True):
    """How many touches each week has; none where no goals were found."""

    numbers: Sequence[int] = ()
    narrowest: bool = True
    """Whether gaps are as narrow as they can be laid at all."""
    tried: Sequence[Tried] = ()


def level(rounds: Sequence[Round], share: Sequence[float]) -> Level:
    """Find goals with which weeks are as near to their shares as can be, with the narrowest gaps."""
    stays = Counter(one.weeks[place] for one in rounds for place in one.still)
    still = [stays[week] for week in range(len(share))]
    best = quotas(share, still)
    free = zip(best, share, still, strict=True)
    least = max(abs(number - part) for number, part, few in free if number > few or number <= part)
    widths = _widths(rounds)
    able = [*_apart(widths[_narrowest(rounds, widths) :])]
    tried: list[Tried] = []
    for most in (least, 1 - NEAR):
        goal = _Goal(share, best, still, apart_of(best, share), most)
        at, numbers = _first(rounds, goal, able)
        tried.append(Tried(goal, able[: at + 1], numbers))
        if numbers:
            return Level(numbers, at == 0, tried)
    return Level(narrowest=False, tried=tried)


def narrowed(rounds: Sequence[Round], before: Level) -> Sequence[int]:
    """Search where no path led, which takes much longer; return the numbers that are reached then.

    These are the same as before where nothing better is found.
    """
    return next((found for one in before.tried if (found := _narrowed(rounds, *one))), before.numbers)


def _narrowest(rounds: Iterable[Round], widths: Sequence[float]) -> int:
    """Return the position of the first width at which all can be laid."""
    first = 0
    for one in rounds:
        if first < len(widths) and not one.lay(widths[first]):
            first = bisect_left(widths, x=True, lo=first + 1, key=one.lay)
    return first


def _first(rounds: Sequence[Round], goal: _Goal, widths: Sequence[float]) -> tuple[int, Sequence[int]]:
    """Return the position of the first width at which paths lead to numbers, and these; none where none does.

    Where none lead there at the narrowest and the widest, those between are not tried.
    """
    for at, width in enumerate(widths):
        numbers = _by_paths(rounds, goal, width)
        if numbers:
            return at, numbers
        if at == 0 and not _by_paths(rounds, goal, widths[-1]):
            break
    return len(widths), ()


def _narrowed(
    rounds: Sequence[Round],
    goal: _Goal,
    widths: Sequence[float],
    numbers: Sequence[int],
) -> Sequence[int]:
    """Return the numbers with the narrowest gaps that long searches find, one width after the other.

    ``numbers`` are those reached with the last of the widths, if it was.
    """
    left = [*widths]
    reached = left.pop() if numbers else 0.0
    while left:
        width, held = left.pop(), [tuple(one.at) for one in rounds]
        found = _searched(rounds, goal, width)
        if not found:
            for one, at in zip(rounds, held, strict=True):
                one.lay(reached)
                one.put(at)
            break
        reached, numbers = width, found
    return numbers


def _searched(rounds: Sequence[Round], goal: _Goal, width: float) -> Sequence[int]:
    """Return the numbers that long searches, or paths from where they came to, lead to."""
    laid = (turn for turn in range(SEARCHES) if all(one.lay(width, turn) for one in rounds))
    for numbers in chain.from_iterable(annealed(rounds, goal.share, goal.most, goal.apart) for _ in laid):
        near = goal.near(numbers)
        if _reached(rounds, near):
            return near
    return ()


def _by_paths(rounds: Sequence[Round], goal: _Goal, width: float) -> Sequence[int]:
    """Return the numbers that paths lead to from touches near their ideal places, if any are."""
    for turn in range(len(SHIFTS)):
        if all(one.lay(width, turn) for one in rounds):
            had = Counter(week for one in rounds for week in one.held)
            near = goal.near([had[week] for week in range(len(goal.share))])
            for numbers in (near, goal.best):
                if _reached(rounds, numbers):
                    return numbers
    return ()


def _reached(rounds: Sequence[Round], numbers: Sequence[int]) -> bool:
    """Move touches until every week has its number; if that cannot be they stay where they are."""
    places = [tuple(one.at) for one in rounds]
    if numbers and levelled(rounds, numbers):
        return True
    for one, at in zip(rounds, places, strict=True):
        one.put(at)
    return False


def _widths(rounds: Sequence[Round]) -> list[float]:
    """Return the largest gaps that can be, over the even gap, the narrowest first."""
    kinds = {(len(one.weeks), one.touches): one for one in rounds}
    least = max(
        (one.step(ceil(size / touches - NEAR)) for (size, touches), one in kinds.items()), default=1.0
    )
    steps = {
        round(one.step(gap), 9)
        for (size, touches), one in kinds.items()
        for gap in range(size // touches, size + 1)
    }
    return sorted(step for step in steps if step >= least - NEAR)


def _apart(widths: Sequence[float]) -> Iterator[float]:
    """Yield widths that are so far apart that each is worth a try: the wider they are, the farther."""
    last, given = 0.0, 0
    for width in widths:
        if width >= last * WIDER ** max(1, given - FINE):
            last = width
            given += 1
            yield width


def levelled(rounds: Sequence[Round], quotas: Sequence[int]) -> bool:
    """Move touches until every week has its quota; whether that was possible."""
    held: list[dict[int, None]] = [{} for _ in quotas]
    for number, one in enumerate(rounds):
        for week in one.held:
            held[week][number] = None
    for _ in range(PATHS):
        fullest = max(range(len(quotas)), key=lambda week: len(held[week]) - quotas[week])
        if len(held[fullest]) <= quotas[fullest]:
            return True
        path = _path(rounds, held, quotas, fullest)
        if not path:
            return False
        _walk(rounds, held, path)
    return False


Step = tuple[int, int, int]
"""A round's number, the week that its touch leaves and the one that it goes to."""


def _path(
    rounds: Sequence[Round], held: Sequence[Mapping[int, None]], quotas: Sequence[int], start: int
) -> list[Step]:
    """Return the moves from a week with too many to the nearest with too few, the last one first."""
    came: dict[int, Step | None] = {start: None}
    ahead = deque([start])
    while ahead:
        week = ahead.popleft()
        for number in held[week]:
            for to in rounds[number].moves(week):
                if to not in came:
                    came[to] = (number, week, to)
                    if len(held[to]) < quotas[to]:
                        return _back(came, to)
                    ahead.append(to)
    return []


def _back(came: Mapping[int, Step | None], end: int) -> list[Step]:
    steps: list[Step] = []
    step = came[end]
    while step:
        steps.append(step)
        step = came[step[1]]
    return steps


def _walk(rounds: Sequence[Round], held: Sequence[dict[int, None]], path: Sequence[Step]) -> None:
    """Make the moves for as long as each is still allowed: one round may stand in a path twice."""
    for number, week, to in path:
        one = rounds[number]
        if number not in held[week] or number in held[to] or to not in one.moves(week):
            return
        one.move(week, to)
        del held[week][number]
        held[to][number] = None
