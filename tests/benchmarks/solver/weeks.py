"""Weeks without a solver: numbers of touches by week, ideal places, then moves along augmenting paths.

Whole numbers n(w) with the least largest deviation are found by working out backwards from which sums the
year can still be finished (bottleneck rounding). Everyone's touches are put at their staggered ideal
places, which keeps all gaps. Then touches are moved from weeks with too many to weeks with too few: a
move keeps its person's gaps, and a path of moves of several persons leads from one week to the other.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from solver.bounds import prefixes, ranges
from solver.task import NEAR, Task

STAGGER = 0.381966
"""By which the phases of another try are shifted."""
PATHS = 500
"""So many paths are walked at most."""


def quotas(task: Task, most: float, had: Sequence[int]) -> list[int]:
    """Return how many touches each week gets, none off by more and prefixes within 1, nearest to ``had``.

    Empty where there are no such numbers. The sums that a year can have after a week are few; each keeps
    the cheapest way to it.
    """
    ways: dict[int, tuple[int, list[int]]] = {0: (0, [])}
    for (low, high), (least, largest), now in zip(ranges(task, most), prefixes(task), had, strict=True):
        further = [
            (cost + abs(number - now), [*way, number])
            for total, (cost, way) in ways.items()
            for number in range(low, high + 1)
            if least <= total + number <= largest
        ]
        ways = {sum(way): (cost, way) for cost, way in sorted(further, reverse=True)}
    return ways.get(sum(task.touches.values()), (0, []))[1]


@dataclass
class Row:
    """One person's touches, as positions among the weeks in which the person is there: a round."""

    person: str
    weeks: tuple[int, ...]
    may: Sequence[bool]
    """Whether anything can be at a position."""
    widest: int
    """The longest gap allowed."""
    at: list[int]
    """The positions of the touches, in order."""
    rank: Mapping[int, int]
    """The position of each week."""

    def moves(self, week: int) -> Iterator[int]:
        """Yield the weeks to which the touch of a week may go alone."""
        here, size = self.rank[week], len(self.weeks)
        number = self.at.index(here)
        low, high = 0, size - 1
        if len(self.at) > 1:
            before = self.at[number - 1] - (size if number == 0 else 0)
            after = self.at[(number + 1) % len(self.at)] + (size if number == len(self.at) - 1 else 0)
            low, high = max(before + 1, after - self.widest), min(after - 1, before + self.widest)
        for place in range(low, high + 1):
            if place != here and self.may[place % size]:
                yield self.weeks[place % size]

    def move(self, week: int, to: int) -> None:
        """Move the touch of a week."""
        self.at.remove(self.rank[week])
        self.at.append(self.rank[to])
        self.at.sort()

    @property
    def held(self) -> list[int]:
        """The weeks of the touches."""
        return [self.weeks[place] for place in self.at]


def rows(task: Task, gap: float, turn: int) -> list[Row] | None:
    """Return everybody's touches at their ideal places, staggered by manager; None where a gap is too wide.

    ``turn`` tells tries apart.
    """
    able = _able(task)
    found = []
    for person, phase in _phases(task, turn):
        weeks, touches = task.there[person], task.touches[person]
        ideal = [(number + phase) / touches * len(weeks) for number in range(touches)]
        may = [week in able[person] for week in weeks]
        row = Row(person, weeks, may, int(gap * len(weeks) / touches + NEAR), [], _ranks(weeks))
        if not _laid(row, ideal):
            return None
        found.append(row)
    return found


def _ranks(weeks: Sequence[int]) -> Mapping[int, int]:
    return {week: place for place, week in enumerate(weeks)}


def _able(task: Task) -> Mapping[str, set[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for need in task.needs:
        found[need.person].update(*need.ways.values())
    return found


def _phases(task: Task, turn: int) -> Iterator[tuple[str, float]]:
    """Yield where each person's first touch is ideally: evenly staggered among those of one manager."""
    teams: dict[str, list[str]] = {}
    own = {need.person: next(iter(need.ways)) for need in task.needs if len(need.ways) == 1}
    for person in sorted(task.there):
        teams.setdefault(own.get(person, ""), []).append(person)
    for members in teams.values():
        for number, person in enumerate(reversed(members) if turn % 2 else members):
            yield person, ((number + 0.5) / len(members) + turn * STAGGER) % 1


def _laid(row: Row, ideal: Sequence[float]) -> bool:
    """Put the touches next to their ideal places; where a gap is then too wide, on the nearest way round."""
    for moment in ideal:
        free = [place for place, may in enumerate(row.may) if may and place not in row.at]
        if not free:
            return False
        row.at.append(min(free, key=lambda place, goal=moment: abs(place + 0.5 - goal)))  # type: ignore[misc]
    row.at.sort()
    if _widest(row.at, len(row.weeks)) > row.widest:
        row.at = _way_round(row, ideal)
    return bool(row.at)


def _widest(at: Sequence[int], size: int) -> int:
    return max(two - one for one, two in pairwise([*at, at[0] + size]))


def _way_round(row: Row, ideal: Sequence[float]) -> list[int]:
    """Return the places with no gap too wide that are nearest to the ideal ones, if there are any."""
    able = [place for place, may in enumerate(row.may) if may]
    size = len(row.weeks)
    for first in sorted(able[: row.widest], key=lambda place: abs(place + 0.5 - ideal[0])):
        ways = {first: (abs(first - ideal[0]), [first])}
        for moment in ideal[1:]:
            further = [
                (cost + abs(place - moment), [*way, place])
                for last, (cost, way) in ways.items()
                for place in able
                if last < place <= last + row.widest
            ]
            ways = {way[-1]: (cost, way) for cost, way in sorted(further, reverse=True)}
        closed = [found for last, found in ways.items() if first + size - last <= row.widest]
        if closed:
            return min(closed)[1]
    return []


# --- moving --------------------------------------------------------------------------------------


def levelled(task: Task, found: Sequence[Row], most: float, turn: int) -> bool:
    """Move touches until no week is off by more; return whether that was possible.

    The weeks' numbers are the nearest to those that there are or, every other ``turn``, to the shares.
    """
    held: list[set[int]] = [set() for _ in range(task.weeks)]
    for number, row in enumerate(found):
        for week in row.held:
            held[week].add(number)
    had = [round(share) for share in task.share] if turn % 4 > 1 else [len(rows) for rows in held]
    quota = quotas(task, most, had)
    for _ in range(PATHS if quota else 0):
        fullest = max(range(len(quota)), key=lambda week: len(held[week]) - quota[week])
        if len(held[fullest]) <= quota[fullest]:
            return True
        path = _path(found, held, quota, fullest)
        if not path:
            return False
        _walk(found, held, path)
    return False


Step = tuple[int, int, int]
"""A row's number, the week that its touch leaves and the one that it goes to."""


def _path(found: Sequence[Row], held: Sequence[set[int]], quota: Sequence[int], start: int) -> list[Step]:
    """Return the moves from a week with too many to the nearest with too few, the last one first."""
    came: dict[int, Step | None] = {start: None}
    ahead = deque([start])
    while ahead:
        week = ahead.popleft()
        for number in sorted(held[week]):
            for to in found[number].moves(week):
                if to in came:
                    continue
                came[to] = (number, week, to)
                if len(held[to]) < quota[to]:
                    return _back(came, to)
                ahead.append(to)
    return []


def _back(came: Mapping[int, Step | None], end: int) -> list[Step]:
    steps = []
    step = came[end]
    while step:
        steps.append(step)
        step = came[step[1]]
    return steps


def _walk(found: Sequence[Row], held: Sequence[set[int]], path: Sequence[Step]) -> None:
    """Make the moves for as long as each is still allowed: one row may stand in a path twice."""
    for number, week, to in path:
        row = found[number]
        if number not in held[week] or to not in row.moves(week):
            return
        row.move(week, to)
        held[week].remove(number)
        held[to].add(number)
