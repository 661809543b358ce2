"""What a year asks of people and of the budget, from its rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from csweek.model.basics import Cost, Status, Year
from csweek.model.inputs import Inputs
from csweek.rows import ACTION, DAY, KIND, OWNER, RECIPIENTS, SITE, STATUS, TEAM, Plain
from csweek.rows.table import Table


class Load(Struct, frozen=True):
    """What a year asks of one owner, preparation included, in minutes."""

    owner: str
    minutes: int
    """In the whole year."""
    mean: float
    """A week, over the weeks from the one in which the year was first planned."""
    most: int
    """In the fullest week."""
    fullest: int
    """The position of that week, from 0."""


class Asks(Struct, frozen=True):
    """What a year asks: events, owners' minutes, money."""

    events: int
    loads: tuple[Load, ...]
    """By owner, the one who gives most first."""
    money: float
    currency: str
    budget: float | None
    dearest: tuple[tuple[str, float], ...]
    """The actions that cost most, at most three."""


def asks(table: Table, inputs: Inputs) -> Asks:
    """Return what the events that stand ask."""
    live = [row for row in table.rows if row[STATUS] != Status.CANCELLED]
    return summed(len(live), _loads(live, table), _spent(live, table, inputs), inputs)


def summed(events: int, loads: tuple[Load, ...], spent: Mapping[str, float], inputs: Inputs) -> Asks:
    """Return what a year asks, with what each action costs."""
    dearest = sorted(((a, m) for a, m in spent.items() if m), key=lambda pair: (-pair[1], pair[0]))[:3]
    budget = inputs.settings.budget
    return Asks(events, loads, sum(spent.values()), budget.currency, budget.amount, tuple(dearest))


def by_owner(given: Mapping[str, Sequence[int]], year: Year, since: date | None) -> tuple[Load, ...]:
    """Return what each owner gives, from the minutes of every week, the one who gives most first.

    ``since`` is the first day that was open when the year was first planned.
    """
    planned = year.weeks - (year.week_of(since) if since and since in year else 0)
    found = (_load(owner, weeks, planned) for owner, weeks in given.items())
    return tuple(sorted(found, key=lambda load: (-load.minutes, load.owner)))


def ahead(table: Table, first: date) -> int:
    """Return how many events stand from a day on."""
    since = first.toordinal()
    return sum(1 for row in table.rows if row[DAY] >= since and row[STATUS] != Status.CANCELLED)


def by_week(table: Table) -> list[int]:
    """Return how many events that stand each week has."""
    first, load = table.year.first.toordinal(), [0] * table.year.weeks
    for row in table.rows:
        if row[STATUS] != Status.CANCELLED:
            load[(row[DAY] - first) // 7] += 1
    return load


def _loads(live: list[Plain], table: Table) -> tuple[Load, ...]:
    """Return what each owner gives, the largest first."""
    first, weeks = table.year.first.toordinal(), table.year.weeks
    kinds = {number: _minutes(table.decoder.kinds[number]) for number in {row[KIND] for row in live}}
    given: defaultdict[int, list[int]] = defaultdict(lambda: [0] * weeks)
    for row in live:
        if row[OWNER] is not None:
            minutes, before, ahead = kinds[row[KIND]]
            week, mine = (row[DAY] - first) // 7, given[row[OWNER]]
            mine[week] += minutes
            if before:
                mine[max(0, week - ahead)] += before
    text = table.decoder.text
    return by_owner({text[owner]: mine for owner, mine in given.items()}, table.year, table.since)


def _minutes(kind: Mapping[str, object]) -> tuple[int, int, int]:
    prepare = kind["prepare"]
    before = (getattr(prepare, "minutes", 0), getattr(prepare, "weeks", 0))
    return (int(str(kind["minutes"])), *before)


def _load(owner: str, weeks: Sequence[int], planned: int) -> Load:
    most = max(weeks)
    return Load(owner, sum(weeks), sum(weeks) / planned, most, weeks.index(most))


def _spent(live: list[Plain], table: Table, inputs: Inputs) -> Mapping[str, float]:
    """Return what events cost by action: their level's price for each recipient."""
    costs = inputs.settings.budget.costs
    prices = {
        number: 0.0 if cost is Cost.NONE else costs.get(cost, 0.0)
        for number in {row[KIND] for row in live}
        for cost in (table.decoder.kinds[number]["cost"],)
    }
    spent: defaultdict[str, float] = defaultdict(float)
    text, people = table.decoder.text, table.decoder.people
    for row in live:
        price = prices[row[KIND]]
        if price:
            listed = people[row[RECIPIENTS]]
            spent[text[row[ACTION]]] += price * (len(listed) if listed else _addressed(row, table, inputs))
    return spent


def _addressed(row: Plain, table: Table, inputs: Inputs) -> int:
    """Return how many a team's or a site's event is for on its day."""
    text, day = table.decoder.text, table.year.first.fromordinal(row[DAY])
    if row[TEAM] is not None:
        return sum(one.team == text[row[TEAM]] and one.employed(day) for one in inputs.people)
    return sum(one.site == text[row[SITE]] and one.employed(day) for one in inputs.people)
