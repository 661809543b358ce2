"""Weeks without a solver, in several ways: other phases, other numbers; levelled as the planner does."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from solver.task import Task

from csweek.plan.level.even import nearest
from csweek.plan.search.rounds import Round
from csweek.plan.search.weeks import levelled as moved

STAGGER = 0.381966
"""By which the phases of another try are shifted."""


class Row(Round):
    """One person's round."""

    def __init__(self, person: str, weeks: Sequence[int], able: set[int], ideal: Sequence[int]) -> None:
        super().__init__(weeks, able, ideal, ())
        self.person = person


def rows(task: Task, gap: float, turn: int) -> list[Row] | None:
    """Return everybody's touches at their ideal places, staggered by manager; None where a gap is too wide.

    ``turn`` tells tries apart.
    """
    able = _able(task)
    found = []
    for person, phase in _phases(task, turn):
        weeks, touches = task.there[person], task.touches[person]
        ideal = [weeks[int((number + phase) / touches * len(weeks))] for number in range(touches)]
        row = Row(person, weeks, able[person], ideal)
        if not row.lay(gap):
            return None
        found.append(row)
    return found


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


def levelled(task: Task, found: Sequence[Row], most: float, turn: int) -> bool:
    """Move touches until no week is off by more; return whether that was possible.

    The weeks' numbers are the nearest to those that there are or, every other ``turn``, to the shares.
    """
    held = Counter(week for row in found for week in row.held)
    had = [round(share) if turn % 4 > 1 else held[week] for week, share in enumerate(task.share)]
    numbers = nearest(task.share, most, had)
    return bool(numbers) and moved(found, numbers)
