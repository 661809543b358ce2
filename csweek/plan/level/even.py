"""How many touches each week should have: each person's owed ones spread over their own days, rounded.

Rounding is the chairman assignment problem (Tijdeman 1980): each week takes the whole number below or
above its share, so that every sum up to a week stays within 1 of its share, and of all such ways one
whose largest deviation of a week is smallest.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, count
from math import ceil, floor
from typing import NamedTuple

from csweek.plan.when.days import per_week

EDGE = 1e-9
"""What adding shares up may be off by."""
LARGE = 10_000
"""People beyond whom a week may be off by a part of its share."""
PART = 0.001


class Counted(NamedTuple):
    """How many touches each week has, and its share."""

    touches: Sequence[int]
    shares: Sequence[float]
    group: int
    """The touches of the largest group."""
    people: int
    """Who has any."""

    def allowed(self, share: float) -> float:
        """Return how far a week with this share may be off: a group comes whole."""
        most = 1.0 if share >= self.group else self.group
        return max(most, PART * share) if self.people > LARGE else most

    @property
    def furthest(self) -> tuple[float, int, bool]:
        """By which part of what is allowed a week or a sum is off most, which, and if it is a sum."""
        sums = zip(accumulate(self.touches), accumulate(self.shares), strict=True)
        weeks = zip(self.touches, self.shares, sums, strict=True)
        return max(
            (abs(off) / self.allowed(share), week, summed)
            for week, (number, share, (had, due)) in enumerate(weeks)
            for off, summed in ((number - share, False), (had - due, True))
        )

    @property
    def holds(self) -> bool:
        """Whether every week and every sum is as near to its share as is promised."""
        return self.furthest[0] < 1


def shares(owed: Iterable[tuple[int, int]], weeks: int) -> tuple[float, ...]:
    """Return each week's share of touches, from (days available, touches owed) of everyone."""
    total = [0.0] * weeks
    by_mask: Counter[int] = Counter()
    for mask, number in owed:
        by_mask[mask] += number
    for mask, number in by_mask.items():
        if mask:
            each = number / mask.bit_count()
            total = [share + each * days for share, days in zip(total, per_week(mask, weeks), strict=True)]
    return tuple(total)


def bound(weeks: int, touches: int) -> int:
    """Return the widest gap that nobody's touches may have, in weeks in which they are there."""
    return -(-weeks // max(1, touches)) + 1


def quotas(share: Sequence[float], still: Sequence[int] = ()) -> list[int]:
    """Return a whole number for each week, within 1 of its share, as every sum, and as near as can be.

    ``share`` adds up to a whole number. What is least is the largest deviation of a week. Goes through
    the weeks with the few sums that are possible so far, each with the smallest largest deviation by which
    it can be reached. No week has less than what stays there (``still``); only where it must be for that,
    weeks and sums are further off.
    """
    least = still or (0,) * len(share)
    if sum(max(few, floor(part + EDGE)) for few, part in zip(least, share, strict=True)) > round(sum(share)):
        least = (0,) * len(share)  # what stays is more than is shared
    return next(found for apart in count(1) if (found := _quotas(share, least, apart)))


def apart_of(numbers: Sequence[int], share: Sequence[float]) -> int:
    """Return the whole number that no sum of these is off by."""
    sums = zip(accumulate(numbers), accumulate(share), strict=True)
    return int(max(abs(number - total) for number, total in sums) + EDGE) + 1


def _quotas(share: Sequence[float], still: Sequence[int], apart: int) -> list[int]:
    """Return the numbers of ``quotas`` with no sum off by ``apart``; none where there are none."""
    ways: dict[int, tuple[float, float]] = {0: (0.0, 0.0)}
    back: list[dict[int, int]] = []
    for total, part, least in zip(accumulate(share), share, still, strict=True):
        ways, came = _step(ways, part, total, least, apart)
        back.append(came)
    end = round(sum(share))
    if end not in ways:
        return []
    found: list[int] = []
    for came in reversed(back):
        found.append(end - came[end])
        end = came[end]
    return found[::-1]


def nearest(
    share: Sequence[float], most: float, had: Sequence[int], still: Sequence[int] = (), apart: int = 1
) -> list[int]:
    """Return whole numbers nearest to ``had``, none off its share over ``most``, nor a sum by ``apart``.

    A week has no less than what stays there (``still``), though it be further off. Empty where there are
    no such numbers.
    """
    ways: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    least = still or (0,) * len(share)
    for part, total, now, fewest in zip(share, accumulate(share), had, least, strict=True):
        further: dict[int, tuple[int, tuple[int, ...]]] = {}
        low, high = max(fewest, ceil(part - most - EDGE)), max(fewest, floor(part + most + EDGE))
        for before, (cost, way) in ways.items():
            for number in range(low, high + 1):
                found = cost + abs(number - now), (*way, number)
                after = before + number
                if abs(after - total) < apart - EDGE and (after not in further or found < further[after]):
                    further[after] = found
        ways = further
    return list(ways.get(round(sum(share)), (0, ()))[1])


def _step(
    ways: dict[int, tuple[float, float]], part: float, total: float, least: int, apart: int
) -> tuple[dict[int, tuple[float, float]], dict[int, int]]:
    """Return the sums after one more week, how far off each is at least, and from which sum it came.

    What is off is the largest deviation of a week, then the sum of the squares of the sums' deviations.
    """
    best: dict[int, tuple[float, float]] = {}
    came: dict[int, int] = {}
    for before, (largest, squares) in ways.items():
        for number in {max(least, floor(part + EDGE)), max(least, ceil(part - EDGE))}:
            after = before + number
            if abs(after - total) < apart - EDGE or abs(after - total) < EDGE:
                off = (max(largest, abs(number - part)), squares + (after - total) ** 2)
                if after not in best or off < best[after]:
                    best[after], came[after] = off, before
    return best, came
