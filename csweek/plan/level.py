"""The goal of every touch: a week in which all weeks are level and nobody's gap is wider than it has to be.

Everyone's touches lie at staggered ideal places, which keeps all gaps. Then touches are moved from weeks
with too many to weeks with too few: a move keeps its person's gaps, and a path of moves of several
persons leads from one week to the other (an augmenting path).
"""

from collections import deque
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import ceil

NEAR = 1e-9
PATHS = 2000
"""So many paths are walked at most."""
STEPS = 12
"""So many widths of gaps are tried."""


class Round:
    """One person's touches, as positions among the weeks in which the person is there: a round.

    After the last touch of a year comes the first of the next, so the gap between these counts, too.
    """

    def __init__(
        self, weeks: Sequence[int], able: Container[int], ideal: Sequence[int], still: Iterable[int]
    ) -> None:
        self.weeks = weeks
        self.rank = {week: place for place, week in enumerate(weeks)}
        self.may = [week in able for week in weeks]
        self.ideal = ideal
        """The weeks at which the touches that can be moved would be best."""
        self.still = sorted(self.rank[week] for week in still if week in self.rank)
        """The positions of those that stay where they are."""
        self.at: list[int] = []
        self.widest = len(weeks)

    @property
    def touches(self) -> int:
        """How many there are, with those that stay."""
        return len(self.ideal) + len(self.still)

    def step(self, gap: int) -> float:
        """Return a gap over the even gap."""
        return gap * self.touches / len(self.weeks)

    def lay(self, width: float) -> bool:
        """Put the touches near their ideal places, no gap over ``width`` even ones; whether that can be."""
        self.widest = max(int(width * len(self.weeks) / self.touches + NEAR), 1)
        self.at = list(self.still)
        for week in self.ideal:
            goal = self.rank.get(week, -1)
            free = [place for place, may in enumerate(self.may) if may and place not in self.at]
            if not free:
                return False
            self.at.append(min(free, key=lambda place, goal=goal: abs(place - goal)))  # type: ignore[misc]
        self.at.sort()
        return self._gap() <= self.widest or self._mended()

    def _gap(self) -> int:
        return max(two - one for one, two in pairwise([*self.at, self.at[0] + len(self.weeks)]))

    def _mended(self) -> bool:
        """Move touches towards the middle of what is around them until no gap is too wide."""
        for _ in range(4 * len(self.at)):
            if self._gap() <= self.widest:
                return True
            if not any(self._towards(number) for number in range(len(self.at))):
                return False
        return False

    def _towards(self, number: int) -> bool:
        here, size = self.at[number], len(self.weeks)
        if here in self.still or len(self.at) == 1:
            return False
        before = self.at[number - 1] - (size if number == 0 else 0)
        after = self.at[(number + 1) % len(self.at)] + (size if number == len(self.at) - 1 else 0)
        places = [p for p in range(max(before + 1, 0), min(after, size)) if self.may[p]]
        if not places:
            return False
        goal = min(places, key=lambda place: (max(place - before, after - place), abs(place - here)))
        if max(goal - before, after - goal) >= max(here - before, after - here):
            return False
        self.at[number] = goal
        return True

    def moves(self, week: int) -> Iterator[int]:
        """Yield the weeks to which the touch of a week may go alone."""
        here, size = self.rank[week], len(self.weeks)
        if here in self.still:
            return
        number = self.at.index(here)
        low, high = 0, size - 1
        if len(self.at) > 1:
            before = self.at[number - 1] - (size if number == 0 else 0)
            after = self.at[(number + 1) % len(self.at)] + (size if number == len(self.at) - 1 else 0)
            low, high = (
                max(before + 1, after - self.widest, 0),
                min(after - 1, before + self.widest, size - 1),
            )
        for place in range(low, high + 1):
            if place != here and self.may[place]:
                yield self.weeks[place]

    def move(self, week: int, to: int) -> None:
        """Move the touch of a week."""
        self.at[self.at.index(self.rank[week])] = self.rank[to]
        self.at.sort()

    @property
    def held(self) -> list[int]:
        """The weeks of all touches."""
        return [self.weeks[place] for place in self.at]

    @property
    def goals(self) -> list[int]:
        """The weeks of the touches that can be moved."""
        return [self.weeks[place] for place in self.at if place not in self.still]


def level(rounds: Sequence[Round], quotas: Sequence[int]) -> bool:
    """Find goals that meet the quotas of all weeks with the narrowest gaps; whether there are any."""
    return any(
        all(one.lay(width) for one in rounds) and _levelled(rounds, quotas) for width in _widths(rounds)
    )


def _widths(rounds: Sequence[Round]) -> list[float]:
    """Return the largest gaps to be tried, over the even gap, the narrowest first."""
    least = max((one.step(ceil(len(one.weeks) / one.touches - NEAR)) for one in rounds), default=1.0)
    steps = {
        round(one.step(gap), 9)
        for one in rounds
        for gap in range(len(one.weeks) // one.touches, 2 * len(one.weeks) // one.touches + 2)
    }
    return sorted(step for step in steps if step >= least - NEAR)[:STEPS]


def _levelled(rounds: Sequence[Round], quotas: Sequence[int]) -> bool:
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
