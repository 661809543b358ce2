"""One person's touches as a round of weeks: laid near their ideal places, no gap wider than it has to be."""

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from operator import sub
from typing import TypeAlias

from csweek.plan.level.even import bound

NEAR = 1e-6
"""What widths in even gaps may be off by."""

SHIFTS = (0.0, 0.381966, 0.763932, 0.145898)
"""By which parts of a step the ideal places are shifted, one try after the other."""

_Way: TypeAlias = "tuple[float, _Link | None]"
"""What the cheapest way to a place costs, and where it comes from."""
_Link: TypeAlias = tuple[int, _Way]
"""A place, and the cheapest way to it."""


class Round:
    """One person's touches, as positions among the weeks in which the person is there: a round.

    After the last touch of a year comes the first of the next, so the gap between these counts, too; only
    the promise is not made for it.
    """

    def __init__(
        self,
        weeks: Sequence[int],
        able: Container[int],
        ideal: Sequence[int],
        still: Iterable[int],
        since: int | None = None,
    ) -> None:
        """``ideal`` are the weeks at which the touches that can be moved would be best.

        ``since`` is how many weeks before the first one the last touch of the year before was.
        """
        self.weeks = weeks
        self.rank = {week: place for place, week in enumerate(weeks)}
        self.still = sorted(self.rank[week] for week in still if week in self.rank)
        """The positions of those that stay where they are."""
        self.may = [week in able and place not in self.still for place, week in enumerate(weeks)]
        self.ideals: list[Sequence[float]] = [[self.rank[week] for week in ideal]]
        """The places at which those that can be moved would be best, and other good ones."""
        self.latest = len(weeks)
        """The last position for the first touch that keeps the promise over the year's beginning."""
        if since is not None and self.touches:
            self.latest = max(0, bound(len(weeks), self.touches) - since)
        self.at: list[int] = []
        self.widest = self.most = self.around = len(weeks)
        self._moves: dict[int, Sequence[int]] = {}
        self._laid: dict[tuple[int, int], tuple[int, ...]] = {}

    @property
    def touches(self) -> int:
        """How many there are, with those that stay."""
        return len(self.ideals[0]) + len(self.still)

    def step(self, gap: int) -> float:
        """Return a gap over the even gap."""
        return gap * self.touches / len(self.weeks)

    def begin(self) -> bool:
        """Find the widest gap that is allowed, the promised one where it can be kept; whether any can be."""
        size = len(self.weeks)
        if len(self.ideals[0]) > sum(self.may):
            return False
        if self.still:
            self.ideals.append(self._between())
        if self.latest < size and not self._lies(bound(size, self.touches)):
            self.latest = size
        for gap in range(bound(size, self.touches), size + 1):
            able = self._lies(gap)
            if able:
                self.ideals = able
                self._laid.clear()
                return True
        return False

    def _lies(self, gap: int) -> list[Sequence[float]]:
        """Return the ideal places from which all can be laid with no gap in the year wider than this."""
        self.most = gap
        self._laid.clear()
        return [ideal for n, ideal in enumerate(self.ideals) if self.lay(len(self.weeks), n)]

    def _between(self) -> list[float]:
        """Return ideal places that keep the widest step between what stays as small as can be."""
        size = len(self.weeks)
        arcs = list(pairwise([*self.still, self.still[0] + size]))
        given = [0] * len(arcs)
        for _ in self.ideals[0]:
            widest = max(range(len(arcs)), key=lambda n: (arcs[n][1] - arcs[n][0]) / (given[n] + 1))
            given[widest] += 1
        return [
            (low + (high - low) * turn / (number + 1)) % size
            for (low, high), number in zip(arcs, given, strict=True)
            for turn in range(1, number + 1)
        ]

    def lay(self, width: float, turn: int = 0) -> bool:
        """Put the touches near ideal places, no gap over ``width`` even ones; whether that can be.

        With each next ``turn`` these are other ones: shifted by a part of a step, where nothing stays.
        """
        size = len(self.weeks)
        self.around = max(int(width * size / self.touches + NEAR), 1)
        self.widest = min(self.around, self.most)
        mark = (self.around, turn % (len(self.ideals) if self.still else len(SHIFTS)))
        known = self._laid.get(mark)
        if known is None:
            known = self._laid[mark] = tuple(self._near(turn))
        self.put(known)
        return bool(known)

    def _near(self, turn: int) -> list[int]:
        size = len(self.weeks)
        by = 0 if self.still else SHIFTS[turn % len(SHIFTS)] * size / self.touches
        goals = sorted((place + by) % size for place in self.ideals[turn % len(self.ideals)])
        places = self._nearest(goals)
        return places if places and self._keeps(places) else self._way_round(goals)

    def _keeps(self, places: Sequence[int]) -> bool:
        """Whether no gap between these is too wide."""
        if places[0] > self.latest or places[0] + len(self.weeks) - places[-1] > self.around:
            return False
        return max(map(sub, places[1:], places), default=0) <= self.widest

    def _nearest(self, goals: Sequence[float]) -> list[int]:
        """Return the free places nearest to the goals, one after the other; none where one finds none."""
        taken, size = set(self.still), len(self.weeks)
        for goal in goals:
            place = round(goal) % size
            if place in taken or not self.may[place]:
                further = (place for place in self._outward(goal) if place not in taken)
                if (place := next(further, -1)) < 0:
                    return []
            taken.add(place)
        return sorted(taken)

    def _outward(self, goal: float) -> Iterator[int]:
        """Yield the places where something may be, the nearest to a goal first."""
        size, middle = len(self.weeks), round(goal)
        side = 1 if goal > middle else -1
        for distance in range(size // 2 + 1):
            for place in (middle + side * distance, middle - side * distance):
                if self.may[place % size]:
                    yield place % size

    def _way_round(self, goals: Sequence[float]) -> list[int]:
        """Return the places with no gap too wide that are nearest to the goals, if there are any."""
        size = len(self.weeks)
        line = sorted([*((goal, False) for goal in goals), *((float(place), True) for place in self.still)])
        if self.still:
            first = line.index((float(self.still[0]), True))
            around = [*line[first + 1 :], *((goal + size, stays) for goal, stays in line[:first])]
            return self._closed(self.still[0], around)
        begin = int(goals[0]) - self.around // 2
        for place in sorted(range(begin, begin + self.around), key=lambda place: abs(place - goals[0])):
            if self.may[place % size] and (found := self._closed(place, line[1:])):
                return found
        return []

    def _closed(self, first: int, line: Sequence[tuple[float, bool]]) -> list[int]:
        """Return the nearest way from a place past all goals and back to it; none where there is none.

        ``line`` are the goals after it in order, and whether a touch stays there.
        """
        end = first + len(self.weeks)
        onward = cache(partial(self._onward, end))
        ways: dict[int, _Way] = {first: (0.0, None)}
        for goal, stays in line:
            further: dict[int, _Way] = {}
            for last, way in ways.items():
                link = (last, way)
                for place in self._to(last, int(goal)) if stays else onward(last):
                    cost = way[0] + abs(place - goal)
                    known = further.get(place)
                    if known is None or cost < known[0]:
                        further[place] = cost, link
            ways = further
        ends = [(last, way) for last, way in ways.items() if self._follows(last, end)]
        return _places(min(ends, key=_cost), end - first) if ends else []

    def _onward(self, end: int, last: int) -> Sequence[int]:
        """Return the places before an end at which a touch may be after one at a place."""
        size, able = len(self.weeks), self.may
        after = range(last + 1, min(last + self.around, end - 1) + 1)
        return [place for place in after if able[place % size] and self._follows(last, place)]

    def _to(self, last: int, place: int) -> Sequence[int]:
        """Return a place where a touch stays, if it may come after one at another place."""
        return [place] if last < place and self._follows(last, place) else []

    def _follows(self, last: int, place: int) -> bool:
        """Whether the touch after one at a place may be at another, perhaps in the next round."""
        size = len(self.weeks)
        if last // size == place // size:
            return place - last <= self.widest
        return place - last <= self.around and place % size <= self.latest

    def moves(self, week: int) -> Sequence[int]:
        """Return the weeks to which the touch of a week may go alone."""
        known = self._moves.get(week)
        if known is None:
            known = self._moves[week] = self._ways(self.rank[week])
        return known

    def _ways(self, here: int) -> list[int]:
        weeks, may, size = self.weeks, self.may, len(self.weeks)
        if here in self.still:
            return []
        number = self.at.index(here)
        before, after, low, high = self._room(number)
        if 0 < number < len(self.at) - 1:
            places = range(max(low, after - self.widest), min(high, before + self.widest) + 1)
            return [weeks[place] for place in places if may[place] and place != here]
        near = (place for place in range(low, high + 1) if place != here and may[place % size])
        return [
            weeks[place % size]
            for place in near
            if self._follows(before, place) and self._follows(place, after)
        ]

    def room(self, number: int) -> tuple[int, int]:
        """Return the first place to which a touch may go alone, and of how many; some may not be free."""
        at, size = self.at, len(self.weeks)
        end = len(at) - 1
        low, high = (at[number - 1] + 1, at[number - 1] + self.widest) if number else (0, self.latest)
        if number < end:
            low, high = max(low, at[number + 1] - self.widest), min(high, at[number + 1] - 1)
        if not number:
            high = min(high, at[end] - size + self.around)
        if number == end:
            low = max(low, at[0] + size - self.around)
            high = min(high, size - 1)
        return low, high - low + 1

    def _room(self, number: int) -> tuple[int, int, int, int]:
        """Return the touches before and after one, perhaps of other rounds, and its first and last place."""
        size, last = len(self.weeks), len(self.at) - 1
        if not last:
            here = self.at[0]
            return here - size, here + size, 0, size - 1
        before = self.at[number - 1] - (size if number == 0 else 0)
        after = self.at[number + 1] if number < last else self.at[0] + size
        return before, after, max(before + 1, after - self.around), min(after - 1, before + self.around)

    @property
    def laid(self) -> tuple[int, int, tuple[int, ...]]:
        """How wide gaps may be, within the year and over its end, and where the touches lie."""
        return self.widest, self.around, tuple(self.at)

    def lay_as(self, laid: tuple[int, int, tuple[int, ...]]) -> None:
        """Lay the touches as they were laid before."""
        self.widest, self.around, at = laid
        self.put(at)

    def loosen(self) -> None:
        """Let gaps be as wide as they may be."""
        self.widest, self.around = self.most, max(self.around, self.most)
        self._moves.clear()

    def put(self, places: Sequence[int]) -> None:
        """Put all touches at these places."""
        self.at = list(places)
        self._moves.clear()

    def move(self, week: int, to: int) -> None:
        """Move the touch of a week."""
        self.at[self.at.index(self.rank[week])] = self.rank[to]
        self.at.sort()
        self._moves.clear()

    @property
    def held(self) -> list[int]:
        """The weeks of all touches."""
        return [self.weeks[place] for place in self.at]

    @property
    def goals(self) -> list[int]:
        """The weeks of the touches that can be moved."""
        return [self.weeks[place] for place in self.at if place not in self.still]


def _cost(link: _Link) -> float:
    return link[1][0]


def _places(link: _Link | None, size: int) -> list[int]:
    found: list[int] = []
    while link:
        place, (_, before) = link
        found.append(place % size)
        link = before
    return sorted(found)
