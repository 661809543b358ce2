"""What one deal of a year teaches the next: whose turns find no minutes, who finds no common hour when."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from csweek.plan.acts import Owed
from csweek.plan.reach import Needs

Closed = tuple[int, str, str, int]
"""The number of an action, a person, an owner and a week in which these have no hour."""


@dataclass(frozen=True)
class Lessons:
    """What was found out by dealing."""

    lost: tuple[Owed, ...] = ()
    """Turns of persons that found no day: without them the others can be even."""
    closed: frozenset[Closed] = frozenset()

    def and_also(self, lost: Iterable[Owed], closed: Iterable[Closed]) -> "Lessons":
        """Return these with more."""
        return Lessons((*self.lost, *lost), self.closed | frozenset(closed))

    def without(self, needs: Needs) -> Needs:
        """Return everyone's turns without those that were lost."""
        fewer = Counter(owed.mark for owed in self.lost)
        if not fewer:
            return needs
        return {p: [(act, n - fewer[act.id, p]) for act, n in mine] for p, mine in needs.items()}

    @cached_property
    def _weeks(self) -> Mapping[tuple[int, str, str], int]:
        found: defaultdict[tuple[int, str, str], int] = defaultdict(int)
        for act, person, owner, week in self.closed:
            found[act, person, owner] |= 1 << week
        return found

    def open(self, act: int, person: str, owner: str, weeks: int) -> int:
        """Return those of some weeks (as bits) in which these can have an hour."""
        return weeks & ~self._weeks.get((act, person, owner), 0)
