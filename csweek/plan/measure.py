"""How good a plan is, and what it asks: figures that `csweek plan` and `csweek report` show."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise

from csweek.model.basics import Cost
from csweek.model.inputs import Inputs
from csweek.model.plan import Event, Plan
from csweek.plan.days import days, per_week
from csweek.plan.spread import shares


@dataclass(frozen=True, slots=True)
class Load:
    """What a year asks of one owner, preparation included, in minutes."""

    owner: str
    minutes: int
    """In the whole year."""
    mean: float
    """A week, over the weeks of the plan."""
    most: int
    """In the fullest week."""
    fullest: int
    """The position of that week, from 0."""


@dataclass(frozen=True, slots=True)
class Asks:
    """What a year asks: events, owners' minutes, money."""

    events: int
    loads: tuple[Load, ...]
    """By owner, the one who gives most first."""
    money: float
    currency: str
    budget: float | None
    dearest: tuple[tuple[str, float], ...]
    """The actions that cost most, at most three."""


def asks(plan: Plan, inputs: Inputs) -> Asks:
    """Return what the events that stand ask of people and of the budget."""
    spent: defaultdict[str, float] = defaultdict(float)
    for event in plan.live:
        spent[event.action] += _price(event, inputs)
    budget = inputs.settings.budget
    dearest = tuple(sorted(((a, m) for a, m in spent.items() if m), key=lambda pair: (-pair[1], pair[0]))[:3])
    return Asks(len(plan.live), loads(plan), sum(spent.values()), budget.currency, budget.amount, dearest)


def loads(plan: Plan) -> tuple[Load, ...]:
    """Return what each owner gives, the largest first."""
    found = [_load(owner, mine, plan.year.weeks) for owner, mine in minutes_by_week(plan).items()]
    return tuple(sorted(found, key=lambda load: (-load.minutes, load.owner)))


def minutes_by_week(plan: Plan) -> Mapping[str, Mapping[int, int]]:
    """Return the minutes of each owner by the position of the week, preparation in its own week."""
    weeks: dict[str, Counter[int]] = {}
    for event in plan.live:
        if event.owner:
            week = plan.year.week_of(event.date)
            mine = weeks.setdefault(event.owner, Counter())
            mine[week] += event.minutes
            if event.prepare:
                mine[max(0, week - event.prepare.weeks)] += event.prepare.minutes
    return weeks


def _load(owner: str, minutes: Mapping[int, int], weeks: int) -> Load:
    fullest = min(minutes, key=lambda week: (-minutes[week], week))
    total = sum(minutes.values())
    return Load(owner, total, total / weeks, minutes[fullest], fullest)


def _price(event: Event, inputs: Inputs) -> float:
    """Return what an event costs: its level's price for each recipient."""
    each = inputs.settings.budget.costs.get(event.cost, 0.0)
    if event.cost is Cost.NONE or not each:
        return 0
    return each * len(event.addressed(person for person in inputs.people if person.employed(event.date)))


# --- evenness ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evenness:
    """How the chosen touches lie over the weeks; a touch is a person or group event seen by one recipient."""

    touches: tuple[int, ...]
    """n(w), by week."""
    shares: tuple[float, ...]
    """What everyone is owed, spread over their own available days, by week."""
    week: float
    """The largest |n(w) - share(w)|."""
    prefix: float
    """The largest difference of the sums up to a week."""


def evenness(plan: Plan, inputs: Inputs) -> Evenness:
    """Return how even the weeks are; the share is taken from what each person has in this plan."""
    touched = touches(plan)
    there = days(inputs, plan.year, plan.since or plan.year.first)
    share = shares(
        ((there.person[p] & there.open, len(found)) for p, found in touched.items() if p in there.person),
        plan.year.weeks,
    )
    counts = Counter(week for weeks in touched.values() for week in weeks)
    number = tuple(counts[week] for week in range(plan.year.weeks))
    sums = zip(accumulate(number), accumulate(share), strict=True)
    return Evenness(
        number,
        share,
        max(abs(n - s) for n, s in zip(number, share, strict=True)),
        max(abs(n - s) for n, s in sums),
    )


def touches(plan: Plan) -> Mapping[str, list[int]]:
    """Return the weeks of everybody's chosen touches, in order."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for event in plan.live:
        if not event.fixed:
            for person in event.recipients:
                found[person].append(plan.year.week_of(event.date))
    return {person: sorted(weeks) for person, weeks in found.items()}


def wide_gaps(plan: Plan, inputs: Inputs) -> Mapping[str, int]:
    """Return by how many weeks the gaps of those who are forgotten for too long exceed their bound.

    With W weeks in which a person is available and k touches the bound is ceil(W/k) + 1 of those weeks.
    """
    there = days(inputs, plan.year, plan.since or plan.year.first)
    found: dict[str, int] = {}
    for person, weeks in touches(plan).items():
        if person not in there.person:
            continue
        present = [n for n, d in enumerate(per_week(there.person[person] & there.open, plan.year.weeks)) if d]
        position = {week: rank for rank, week in enumerate(present)}
        ranks = [position[week] for week in weeks if week in position]
        widest = max((b - a for a, b in pairwise(ranks)), default=0)
        over = widest - (-(-len(present) // len(weeks)) + 1)
        if over > 0:
            found[person] = over
    return found
