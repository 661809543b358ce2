"""Owners' weeks that are too full are unloaded, and the fullest one relieved, by random walks of exchanges.

From a week that is too full one touch is exchanged in the way that leaves least too much anywhere, even where
that is more than before (as WalkSAT does: Selman, Kautz and Cohen 1994).
"""

from bisect import bisect_left
from collections.abc import Callable
from math import gcd
from random import Random

from csweek.plan.search.account import Mark
from csweek.plan.search.desk import Change, Desk

WALKS, WEIGHED = 3, 10_000
"""So many walks are tried, and so many exchanges weighed on each at most."""
UNLOADED, DRAWN = 8_000, 15
"""On the way to the limits so many are weighed since the last that led nearer, and of a touch's so many."""
NOISE = 0.1
"""So often any exchange is made instead of the best."""
BACK, REST = 0.5, 8
"""What was exchanged within so many steps is exchanged back only where that is better by so many minutes."""


def unload(desk: Desk) -> None:
    """Exchange touches until nobody's week is over the limit, or no walk leads nearer to that.

    On the way weeks may be as full as they like, and gaps as wide as promised. It does the same every time.
    """
    goal = desk.limit
    desk.aim(goal)
    if not desk.above:
        return
    for one in desk.rounds:
        one.loosen()
    desk.hold_back_nobody()
    chance = Random(len(desk.at)).random  # noqa: S311 (what is wanted is the same every time)
    walk = _Walk(desk, goal, chance, DRAWN)
    best, state, left = desk.excess, desk.state(), UNLOADED
    while left > 0 and best:
        left -= walk.step()
        if desk.excess < best:
            best, state, left = desk.excess, desk.state(), UNLOADED
    desk.restore(state)


def relieve(desk: Desk) -> None:
    """Exchange touches until the fullest week is as full as it has to be, or no walk leads further.

    It does the same every time.
    """
    chance = Random(len(desk.at)).random  # noqa: S311 (what is wanted is the same every time)
    desk.hold_back_at_limits()
    lowest = least(desk)
    while (fullest := desk.fullest) > lowest:
        if not any(_walked(desk, fullest - 1, chance) for _ in range(WALKS)):
            break


def least(desk: Desk) -> int:
    """Return the minutes that the fullest week has however evenly owners spread what they give."""
    given: dict[str, list[int]] = {}
    for (_, week), held in desk.at.items():
        given.setdefault(held.owner, []).extend(minutes for _, minutes in desk.filled(held, week))
    return max((_level(desk.beside(owner), minutes) for owner, minutes in given.items() if owner), default=0)


def _level(beside: list[int], minutes: list[int]) -> int:
    """Return the lowest level at which weeks hold all these minutes beside what they have."""
    unit, low = gcd(*minutes), max(beside, default=0)
    if not (unit and beside):
        return low

    def room(level: int) -> int:
        return sum((level - had) // unit * unit for had in beside)

    return low + bisect_left(range(low, low + sum(minutes)), sum(minutes), key=room)


def _walked(desk: Desk, goal: int, chance: Callable[[], float]) -> bool:
    """Exchange until no week is over the goal, or put everything back; whether it was reached."""
    before, left = desk.state(), WEIGHED
    desk.aim(goal)
    walk = _Walk(desk, goal, chance)
    while left > 0 and desk.above:
        left -= walk.step()
    if desk.above:
        desk.restore(before)
        return False
    return True


class _Walk:
    """Exchanges one touch after the other of weeks that are over a goal."""

    def __init__(self, desk: Desk, goal: int, chance: Callable[[], float], drawn: int = 0) -> None:
        """``drawn``: of a touch's exchanges so many are drawn by lot, and the best of these is made."""
        self._desk = desk
        self._goal = goal
        self._chance = chance
        self._drawn = drawn
        self._steps = 0
        self._last: dict[tuple[int, Mark], int] = {}

    def step(self) -> int:
        """Make one exchange, if there is any; return how many were weighed, and one more."""
        desk, chance = self._desk, self._chance
        above = desk.above
        marks = sorted(desk.by[above[int(chance() * len(above))]])
        mark = marks[int(chance() * len(marks))]
        changes = self._some([*desk.exchanges(mark)])
        self._steps += 1
        if changes:
            more = [_more(desk, mark, one, self._goal) + BACK * self._soon(one, mark) for one in changes]
            best = min(range(len(changes)), key=lambda n: (more[n], chance()))
            change = changes[int(chance() * len(changes)) if not self._drawn and chance() < NOISE else best]
            self._last[change[2][0], mark] = self._steps
            desk.exchange(mark, change)
        return len(changes) + 1

    def _some(self, changes: list[Change]) -> list[Change]:
        if not 0 < self._drawn < len(changes):
            return changes
        return [changes[int(self._chance() * len(changes))] for _ in range(self._drawn)]

    def _soon(self, change: Change, mark: Mark) -> bool:
        """Whether the two were exchanged a few steps ago."""
        return self._steps - self._last.get((mark[0], change[2]), -REST) < REST


def _more(desk: Desk, mark: Mark, change: Change, goal: int) -> int:
    """Return by how many minutes more all weeks are over a goal after an exchange."""
    one, two, other, places = change
    cells: dict[tuple[str, int], int] = {}
    moves = ((desk.at[mark], mark, -1), (desk.at[other], other, -1), (one, places[0], 1), (two, places[1], 1))
    for held, (_, week), times in moves:
        for cell, minutes in desk.filled(held, week):
            cells[cell] = cells.get(cell, 0) + times * minutes
    more = 0
    for (owner, week), minutes in cells.items():
        if minutes:
            above = desk.loads(owner)[week] - goal
            more += max(0, above + minutes) - max(0, above)
    return more
