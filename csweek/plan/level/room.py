"""Where a touch can be: in the weeks in which those who may give it are there and have minutes left."""

from collections.abc import Mapping, Sequence
from functools import cache

from csweek.plan.owed.acts import Effort
from csweek.plan.owed.demand import Subject
from csweek.plan.owed.owners import Owners
from csweek.plan.placing.ledger import Ledger
from csweek.plan.when.days import WEEK, Days, bits

Givers = tuple[str, ...]

LANE = 32
"""Bits in which the givers of a week are counted."""
MOST = (1 << LANE) - 1


class Room:
    """The weeks that owners have room in beside what is on given days, for teams and for groups."""

    def __init__(
        self, owners: Owners, days: Days, ledger: Ledger, minutes: Mapping[str, Sequence[int]]
    ) -> None:
        """``ledger`` knows when owners are there; ``minutes`` are what they give already, by week.

        Who is not in these gives nothing.
        """
        self._owners = owners
        self._days = days
        self._ledger = ledger
        self._minutes = minutes
        self.number = days.year.weeks
        """The year's weeks."""
        self._all = (1 << self.number) - 1
        self._weeks: dict[tuple[str, Effort], int] = {}
        self._shared: dict[tuple[int, Effort], int] = {}
        """By the identity of the givers, which ``Owners`` keeps once: a tuple of many is slow to hash."""

    def days(self, givers: Givers, effort: Effort, mask: int) -> int:
        """Return the days of a mask in weeks in which they can give this; all where they never can."""
        mine = mask & self._days.open
        return mine & _days_of(self.weeks(givers, effort)) or mine

    def givers(self, role: str, subject: Subject) -> Givers:
        """Return those who may give it: who is asked first, else who stands in."""
        known = self._owners.of(role, subject)
        return known.first or known.stand_in

    def left(self, giver: str) -> list[float]:
        """Return the minutes that are left in each of a giver's weeks."""
        one, given = self._ledger[giver], self._given(giver)
        return [max(0.0, one.limit - given[week]) if one.weeks[week] else 0.0 for week in range(self.number)]

    def _given(self, giver: str) -> Sequence[int]:
        return self._minutes.get(giver) or (0,) * self.number

    def weeks(self, givers: Givers, effort: Effort) -> int:
        """Return the weeks, as bits, in which half of those who may give it, or more, have room."""
        if not givers:
            return self._all
        mark = (id(givers), effort)
        found = self._shared.get(mark)
        if found is None:
            counts = [self._of(giver, effort) for giver in givers]
            found = self._shared[mark] = counts[0] if len(counts) == 1 else _most(counts, self.number)
        return found

    def _of(self, giver: str, effort: Effort) -> int:
        mark = (giver, effort)
        if mark not in self._weeks:
            self._weeks[mark] = self._free(giver, effort)
        return self._weeks[mark]

    def _free(self, giver: str, effort: Effort) -> int:
        minutes, before, ahead = effort
        one, given = self._ledger[giver], self._given(giver)
        found = 0
        for week, early in enumerate(one.early[ahead]):
            on_the_day = given[week] + minutes + (before if early == week else 0)
            if one.weeks[week] and on_the_day <= one.limit and given[early] + before <= one.limit:
                found |= 1 << week
        return found


def _most(givers: Sequence[int], weeks: int) -> int:
    """Return the weeks, as bits, that half of the givers, or more, have."""
    counts = sum(map(_lanes, givers))
    return sum(1 << week for week in range(weeks) if 2 * (counts >> LANE * week & MOST) >= len(givers))


@cache
def _lanes(weeks: int) -> int:
    """Return the bits so far apart that those of many givers can be added up."""
    return sum(1 << LANE * week for week in bits(weeks))


@cache
def _days_of(weeks: int) -> int:
    """Return all days of these weeks."""
    return sum(WEEK << 7 * number for number in range(weeks.bit_length()) if weeks >> number & 1)
