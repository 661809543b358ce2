"""The smallest changes that would let owners do all that is asked of them."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from math import ceil

from msgspec import Struct

from csweek.errors import Problem, Severity
from csweek.model.basics import Year
from csweek.model.inputs import Settings
from csweek.model.theme import Every, PerYear
from csweek.plan.owed.demand import Offer

FULL = 0.7
"""The part of all minutes from which on an owner's weeks leave too little room for even ones."""
FILL = 0.85
"""The part of owners' minutes that is planned with; without the rest the weeks could not be even.

Who gives as much is full: not free to take more.
"""
STEP = 5
"""Minutes in which a limit is proposed."""
SLOWER = 1.05
"""By how much each next rhythm that is tried is slower."""
MANY = 10
"""What is longer by more than this is not told by how much."""
ENDS = 60.0
"""A rhythm is not lengthened by more."""
Rhythm = PerYear | Every


class Short(Struct, frozen=True):
    """Minutes that are asked for in a year, and those that may be planned with in all weeks together."""

    asked: float
    given: float
    fill: float
    """The part of a week's minutes that is planned with."""

    @property
    def factor(self) -> float:
        """By how much the rhythms have to be lengthened; at most 1 where they need not."""
        return self.asked / (self.fill * self.given) if self.given else 1

    def limit(self, booked: Sequence[float]) -> int:
        """Return the least limit that is enough, given the minutes that the owners' weeks hold already."""

        def room(limit: int) -> float:
            return sum([limit - minutes for minutes in booked if minutes < limit])

        needed = self.asked / self.fill
        # Above all that is booked the room grows by the number of weeks with each minute.
        limits = range(STEP, max(STEP, ceil(max(booked, default=0))) + STEP, STEP)
        limit = limits[min(bisect_left(limits, needed, key=room), len(limits) - 1)]
        missing = needed - room(limit)
        return limit + max(0, ceil(missing / max(1, len(booked)) / STEP)) * STEP

    def owners(self, minutes: Iterable[float]) -> int | None:
        """Return how many owners are enough for those who ask for these minutes, shared evenly, if any are.

        It is enough whoever comes to whom, also where those who ask for most come to one of them.
        """
        most = sorted(minutes, reverse=True)
        others = self.asked - sum(most)
        room = self.fill * self.given - max(0, others)
        part = min(1, self.asked / (sum(most) or 1))
        numbers = range(2, len(most) + 1)
        return next((n for n in numbers if part * sum(most[: ceil(len(most) / n)]) <= room), None)


class NeedsMinutes(Problem, frozen=True, kw_only=True):
    """Owners lack minutes: with the limit ``enough``, or in one of the other ways, all would be planned."""

    severity: Severity = Severity.WARNING
    enough: int
    before: Sequence[str] = ()
    """Ways that are proposed before the limit."""
    after: Sequence[str] = ()
    """Ways that are proposed after it."""

    def with_limit(self, minutes: int) -> Problem:
        """Return it as it is told, with this limit proposed."""
        ways = (*self.before, f"limits: {{owner_minutes_per_week: {minutes}}}", *self.after)
        return Problem(self.place, self.message, ", or ".join(ways), self.severity)


def one_limit(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems that propose one limit, the highest of theirs: there is only one in csweek.yaml."""
    several = list(problems)
    highest = max((one.enough for one in several if isinstance(one, NeedsMinutes)), default=0)
    for one in several:
        yield one.with_limit(highest) if isinstance(one, NeedsMinutes) else one


def slower(
    offers: Sequence[Offer], factor: float, fits: Callable[[Sequence[Rhythm]], bool]
) -> Sequence[Rhythm]:
    """Return the rhythms that can be kept, all lengthened alike, as little as can be; none where none can."""
    while factor < ENDS:
        rhythms = [_slower(offer.rhythm, factor) for offer in offers if offer.rhythm]
        if fits(rhythms):
            return rhythms
        factor *= SLOWER
    return ()


def _slower(rhythm: Rhythm, factor: float) -> Rhythm:
    if isinstance(rhythm, PerYear):
        return PerYear(max(1, int(rhythm.times / factor)))
    return Every(ceil(rhythm.count * factor), rhythm.unit)


def written(offers: Sequence[Offer], rhythms: Sequence[Rhythm]) -> Iterator[str]:
    """Yield how rhythms are written in csweek.yaml; nothing where there are none."""
    if rhythms:
        changes = (f"{o.action.id}: {{{_written(r)}}}" for o, r in zip(offers, rhythms, strict=True))
        yield f"actions: {{{', '.join(changes)}}}"


def _written(rhythm: Rhythm) -> str:
    if isinstance(rhythm, PerYear):
        return f"per_year: {rhythm.times}"
    unit = rhythm.unit if rhythm.count > 1 else rhythm.unit.removesuffix("s")
    return f"every: {rhythm.count} {unit}"


def times(factor: float) -> str:
    """Return by how much a rhythm is longer, in words."""
    if factor > MANY:
        return f"more than {MANY} times longer"
    return f"{factor:.1f} times longer" if factor >= SLOWER else "a little longer"


def between(least: float, most: float) -> str:
    """Return by how much rhythms are longer, in words: one figure where they are alike."""
    low, high = f"{least:.1f}", times(most)
    if most < SLOWER or high.startswith(low):
        return high
    return f"{low} to {high}" if least >= SLOWER else f"up to {high}"


def for_empty_weeks(weeks: Iterable[int], year: Year, settings: Settings) -> str:
    """Return what would fill these weeks of teams: where there may be no meetings something to read."""
    days = [(year.monday(week), year.monday(week) + timedelta(days=6)) for week in weeks]
    quiet = all(
        any(span.first <= last and first <= span.last for span in settings.no_gatherings)
        for first, last in days
    )
    channel = ", `channel: announcement` (no_gatherings: leaves no day for a meeting)" if quiet else ""
    return f"an action with `audience: team`{channel} and `every: 1 week`"
