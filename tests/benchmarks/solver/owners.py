"""Actions and owners without a solver: dealt in turn, then exchanged until no owner-week is too full."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from solver.bounds import gap_steps, load_bound, week_bound, week_steps
from solver.task import NEAR, Need, Task, Touch, score
from solver.weeks import Row, levelled, rows

GOLDEN = 0.618034
EXCHANGES = 3000
TURNS = 12
"""Tries of the weeks with other phases."""
WEEKS = 3
"""Ways to lie in the weeks for which owners are looked for."""
DEALS = 4
"""Tries of the owners with the actions in another order."""


class Held(NamedTuple):
    """What stands at a person's touch."""

    need: Need
    owner: str


class Desk:
    """The touches of rows with what they are and who holds them; nobody's week is to be over ``most``."""

    def __init__(self, task: Task, found: Sequence[Row], most: int) -> None:
        self.rows = found
        self.most = most
        self.load = Counter(task.given)
        self.at: dict[tuple[int, int], Held] = {}
        """By row and week."""
        self.by: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
        """The rows by owner and week."""
        self.needs: defaultdict[str, list[Need]] = defaultdict(list)
        for need in task.needs:
            self.needs[need.person].append(need)

    def deal(self, turn: int) -> bool:
        """Give every touch an action, each as evenly as can be, and the owner with least to do."""
        for number, row in enumerate(self.rows):
            order = sorted(
                ((time + (number + turn) * GOLDEN % 1 + which * GOLDEN**2 % 1) / need.times, which)
                for which, need in enumerate(self.needs[row.person])
                for time in range(need.times)
            )
            needs = [self.needs[row.person][which] for _, which in order]
            for week, need in self._possible(row.held, needs):
                owner = self.freest(need, week, None)
                if owner is None:
                    return False
                self.put(number, week, Held(need, owner))
        return True

    def _possible(self, weeks: Sequence[int], needs: Sequence[Need]) -> list[tuple[int, Need]]:
        """Return each week with its action; one that cannot be there changes places with one that can."""
        dealt = list(needs)
        for one, week in enumerate(weeks):
            if not _can(dealt[one], week):
                for two, other in enumerate(weeks):
                    if _can(dealt[two], week) and _can(dealt[one], other):
                        dealt[one], dealt[two] = dealt[two], dealt[one]
                        break
        return list(zip(weeks, dealt, strict=True))

    def freest(self, need: Need, week: int, most: int | None) -> str | None:
        """Return who may hold it and has least to do that week, within so many minutes."""
        able = [
            owner
            for owner, weeks in need.ways.items()
            if week in weeks and (most is None or self.load[owner, week] + need.minutes <= most)
        ]
        return min(able, key=lambda owner: (self.load[owner, week], owner), default=None)

    def put(self, number: int, week: int, held: Held) -> None:
        """Book a touch."""
        self.at[number, week] = held
        self.load[held.owner, week] += held.need.minutes
        self.by[held.owner, week].add(number)

    def take(self, number: int, week: int) -> Held:
        """Take a touch out."""
        held = self.at.pop((number, week))
        self.load[held.owner, week] -= held.need.minutes
        self.by[held.owner, week].remove(number)
        return held

    def change(self, one: tuple[int, int], two: tuple[int, int], places: tuple[tuple[int, int], ...]) -> bool:
        """Put what stands at two touches to two places, if both then find owners with room."""
        first, second = self.take(*one), self.take(*two)
        owner = self.freest(first.need, places[0][1], self.most)
        other = self.freest(second.need, places[1][1], self.most)
        if owner is None or other is None:
            self.put(*one, first)
            self.put(*two, second)
            return False
        self.put(*places[0], Held(first.need, owner))
        self.put(*places[1], Held(second.need, other))
        return True

    # --- what relieves an owner ------------------------------------------------------------------

    def settle(self) -> bool:
        """Exchange until no owner-week is too full; return whether that was possible."""
        for _ in range(EXCHANGES):
            full = [mark for mark, minutes in self.load.items() if minutes > self.most and self.by[mark]]
            if not full:
                return True
            owner, week = max(full, key=lambda mark: (self.load[mark], mark))
            numbers = sorted(self.by[owner, week])
            if not any(way(number, week) for way in (self._alone, self._together) for number in numbers):
                return False
        return False

    def _alone(self, number: int, week: int) -> bool:
        """Give a touch another owner, or let it change its action with another one of the same person."""
        held = self.take(number, week)
        owner = self.freest(held.need, week, self.most)
        self.put(number, week, Held(held.need, owner or held.owner))
        if owner is not None:
            return True
        return any(
            self.change((number, week), (number, other), ((number, other), (number, week)))
            for other in self.rows[number].held
            if self.at[number, other].need is not held.need
        )

    def _together(self, number: int, week: int) -> bool:
        """Let a touch change weeks with one of another person."""
        row = self.rows[number]
        for to in list(row.moves(week)):
            if self.freest(self.at[number, week].need, to, self.most) is None:
                continue
            for other, theirs in enumerate(self.rows):
                able = other != number and (other, to) in self.at and (other, week) not in self.at
                if able and week in theirs.rank and week in theirs.moves(to):
                    places = ((number, to), (other, week))
                    if self.change((number, week), (other, to), places):
                        row.move(week, to)
                        theirs.move(to, week)
                        return True
        return False

    def touches(self) -> tuple[Touch, ...]:
        """Return the solution."""
        return tuple(
            Touch(self.rows[number].person, held.need.action, week, held.owner)
            for (number, week), held in self.at.items()
        )


def _can(need: Need, week: int) -> bool:
    return any(week in weeks for weeks in need.ways.values())


def dealt(task: Task) -> tuple[Touch, ...] | None:
    """Return a solution that is good in every objective, each in its turn; None where none is found."""
    for week in (each for each in week_steps(task) if each >= week_bound(task) - NEAR):
        for gap in gap_steps(task):
            some = islice(_weeks(task, week, gap), WEEKS)
            solutions = [touches for found in some if (touches := _owners(task, found))]
            if solutions:
                return min(solutions, key=lambda touches: score(task, touches))
    return None


def _weeks(task: Task, week: float, gap: float) -> Iterator[list[Row]]:
    """Yield everybody's weeks, none off by more and no gap wider, in as many ways as are found."""
    for turn in range(TURNS):
        found = rows(task, gap, turn)
        if found and levelled(task, found, week, turn):
            yield found


def _owners(task: Task, found: Sequence[Row]) -> tuple[Touch, ...] | None:
    """Return the touches with owners, the fullest week as empty as is found."""
    places = [list(row.at) for row in found]
    for most in range(load_bound(task), max(task.limit, load_bound(task)) + 1, 5):
        for turn in range(DEALS):
            for row, at in zip(found, places, strict=True):
                row.put(at)
            desk = Desk(task, found, most)
            if desk.deal(turn) and desk.settle():
                return desk.touches()
    return None
