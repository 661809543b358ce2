"""The week of every chosen event: even in sum, even for each person, within each one's own time.

Touches (an event seen by one recipient) are walked in the order of their ideal moments. Each week takes
as many as the rounded cumulative share says (the chairman assignment problem: Tijdeman 1980), earliest
ideal moment first (Steiner and Yeomans 1993); who waited for as long as anyone may comes before all.
docs/planning.md has the reasoning.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from heapq import heappop, heappush
from itertools import accumulate

from csweek.model.basics import Audience
from csweek.plan.days import per_week
from csweek.plan.demand import Owed
from csweek.plan.place import Placed, Placer


def shares(owed: Iterable[tuple[int, int]], weeks: int) -> tuple[float, ...]:
    """Return each week's share of touches, from (days available, touches owed) of everyone."""
    total = [0.0] * weeks
    by_mask: Counter[int] = Counter()
    for mask, number in owed:
        by_mask[mask] += number
    for mask, number in by_mask.items():
        if mask:
            each = number / mask.bit_count()
            for index, there in enumerate(per_week(mask, weeks)):
                total[index] += each * there
    return tuple(total)


@cache
def ranks(mask: int, weeks: int) -> tuple[int, ...]:
    """Return each week's position among the weeks in which somebody is there at all."""
    present = accumulate(1 if there else 0 for there in per_week(mask, weeks))
    return tuple(number - 1 for number in present)


def bound(weeks: int, touches: int) -> int:
    """Return the widest gap that nobody's touches may have, in weeks in which they are there."""
    return -(-weeks // max(1, touches)) + 1


@dataclass(frozen=True, slots=True)
class Walked:
    """What found a week, and what did not."""

    placed: tuple[Placed, ...]
    left: tuple[Owed, ...]


class Walk:
    """Goes through the weeks once; each person's events come in their order, one at a time."""

    def __init__(self, queue: Iterable[Owed], placer: Placer) -> None:
        self._placer = placer
        self._weeks = placer.days.year.weeks
        self._coming: defaultdict[str, list[Owed]] = defaultdict(list)
        for owed in sorted(queue, key=lambda owed: (owed.wish, owed.key), reverse=True):
            self._coming[owed.subject.id].append(owed)
        self._ready: list[tuple[float, str]] = []
        self._released: defaultdict[int, list[str]] = defaultdict(list)
        self._due: defaultdict[int, list[str]] = defaultdict(list)
        self._due_of: dict[str, int] = {}
        self._bounds = {person: self._bound(person) for person in self._coming}
        self._seats: defaultdict[int, list[str]] = defaultdict(list)
        for person in self._coming:
            self._release(person, 0)
            for number in placer.ledger.touched[person]:
                self._seats[number].append(person)

    def through(self, share: Sequence[float]) -> Walked:
        """Place everything as evenly as these shares of the weeks say; return what finds no week beside."""
        given = Counter(n for weeks in self._placer.ledger.touched.values() for n in weeks)
        targets = [int(total + 0.5) for total in accumulate(share)]
        placed: list[Placed] = []
        so_far = 0
        for number, target in enumerate(targets):
            so_far += given[number]
            taken = self._week(number, target - so_far)
            so_far += len(taken)
            placed += taken
        rest = [owed for person in sorted(self._coming) for owed in reversed(self._coming[person])]
        return _anywhere(rest, placed, self._placer)

    def _bound(self, person: str) -> int:
        """Return the widest gap in weeks of presence, from all that the person has and is to have."""
        owed = self._coming[person][0]
        touches = len(self._coming[person]) + len(self._placer.ledger.touched[person])
        return bound(ranks(owed.subject.mask & self._placer.days.open, self._weeks)[-1] + 1, touches)

    def _release(self, person: str, number: int) -> None:
        """Let the person's next event come when its window opens, not before this week."""
        if self._coming[person]:
            self._released[max(number, self._coming[person][-1].first // 7)].append(person)

    def _seen(self, person: str, number: int) -> None:
        """Note that the person has a touch in this week: the next is due within the bound."""
        if not self._coming[person]:
            return
        mask = self._coming[person][-1].subject.mask & self._placer.days.open
        rank = ranks(mask, self._weeks)
        limit = rank[number] + self._bounds[person]
        due = next((n for n in range(number + 1, self._weeks) if rank[n] >= limit), self._weeks)
        self._due_of[person] = due
        self._due[due].append(person)

    def _week(self, number: int, budget: int) -> list[Placed]:
        """Take those who waited long enough, then the earliest of the others up to the budget."""
        for person in self._seats.get(number, ()):
            self._seen(person, number)
        for person in filter(self._coming.get, self._released.pop(number, ())):
            heappush(self._ready, (self._coming[person][-1].wish, person))
        placed = [found for person in self._urgent(number) if (found := self._take(person, number))]
        aside: list[tuple[float, str]] = []
        while self._ready and len(placed) < budget:
            entry = heappop(self._ready)
            if not self._current(entry):
                continue
            found = self._take(entry[1], number)
            if found:
                placed.append(found)
            else:
                aside.append(entry)
        for entry in aside:
            heappush(self._ready, entry)
        return placed

    def _urgent(self, number: int) -> list[str]:
        """Return who is due this week, and puts off to the next who could not be served before."""
        due = [
            p
            for p in dict.fromkeys(self._due.pop(number, ()))
            if self._coming[p] and self._due_of[p] <= number
        ]
        self._due[number + 1] += due
        return due

    def _current(self, entry: tuple[float, str]) -> bool:
        """Whether an entry is still the person's next event: it may have been taken as urgent."""
        coming = self._coming[entry[1]]
        return bool(coming) and coming[-1].wish == entry[0]

    def _take(self, person: str, number: int) -> Placed | None:
        """Place the person's next event in this week, if that is not too near to another and possible.

        Where its owner cannot, an event of another action that would come later takes its turn.
        """
        coming = self._coming[person]
        if too_near(coming[-1], number, self._bounds[person], self._placer):
            return None
        last = coming[-1].last // 7 <= number or self._due_of.get(person, self._weeks) <= number + 1
        one = coming[-1]
        for index in _one_of_each(coming):
            other = coming[index]
            now = one if other is one else _at_the_turn_of(other, one)
            found = self._placer.in_week(now, number, stand_in=last)
            if found:
                coming[index] = _at_the_turn_of(one, other)
                coming.pop()
                self._seen(person, number)
                self._release(person, number + 1)
                return found
        return None


def _one_of_each(coming: Sequence[Owed]) -> Iterator[int]:
    """Yield the index of the next event of each action, the nearest first; the next of all is the last."""
    seen: set[str] = set()
    for index in range(len(coming) - 1, -1, -1):
        action = coming[index].key.action
        if action not in seen:
            seen.add(action)
            yield index


def _at_the_turn_of(owed: Owed, other: Owed) -> Owed:
    """Return an owed event with the ideal moment and the window of another."""
    return owed if owed is other else replace(owed, wish=other.wish, first=other.first, last=other.last)


def too_near(owed: Owed, number: int, widest: int, placer: Placer) -> bool:
    """Whether the person has something within half a step of this week."""
    near = max(1, (widest - 1) // 2)
    touched = placer.ledger.touched[owed.subject.id]
    return any(other in touched for other in range(number - near + 1, number + near))


def _anywhere(rest: Sequence[Owed], placed: list[Placed], placer: Placer) -> Walked:
    """Try every week for what is left, the nearest to the ideal one first."""
    left: list[Owed] = []
    for owed in rest:
        found = nearest_week(owed, placer)
        if found:
            placed.append(found)
        else:
            left.append(owed)
    return Walked(tuple(placed), tuple(left))


def nearest_week(owed: Owed, placer: Placer) -> Placed | None:
    """Place an event in the week nearest to its ideal one that can have it."""
    touched = placer.ledger.touched[owed.subject.id] if owed.subject.audience is Audience.PERSON else ()
    weeks = outward(int(owed.wish) // 7, placer.days.year.weeks)
    tries = (placer.in_week(owed, number) for number in weeks if number not in touched)
    return next((found for found in tries if found), None)


def outward(middle: int, weeks: int) -> Iterator[int]:
    """Yield the positions of all weeks, the nearest to a middle one first, of two the earlier."""
    for distance in range(weeks):
        yield from (n for n in dict.fromkeys((middle - distance, middle + distance)) if 0 <= n < weeks)
