"""What a plan asks: minutes of owners, money."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from csweek.model.basics import Cost
from csweek.model.inputs import Inputs
from csweek.model.plan import Event, Plan
from csweek.plan.told.asks import Asks, Load, by_owner, summed


def asks(plan: Plan, inputs: Inputs) -> Asks:
    """Return what the events that stand ask of people and of the budget."""
    spent: defaultdict[str, float] = defaultdict(float)
    for event in plan.live:
        spent[event.action] += _price(event, inputs)
    return summed(len(plan.live), loads(plan), spent, inputs)


def loads(plan: Plan) -> tuple[Load, ...]:
    """Return what each owner gives, the largest first."""
    weeks = range(plan.year.weeks)
    given = minutes_by_week(plan, plan.live).items()
    minutes = {owner: [mine.get(week, 0) for week in weeks] for owner, mine in given}
    return by_owner(minutes, plan.year, plan.since)


def minutes_by_week(plan: Plan, events: Iterable[Event]) -> Mapping[str, Mapping[int, int]]:
    """Return the minutes of each owner by the position of the week, preparation in its own week."""
    weeks: dict[str, Counter[int]] = {}
    for event in events:
        if event.owner:
            week = plan.year.week_of(event.date)
            mine = weeks.setdefault(event.owner, Counter())
            mine[week] += event.minutes
            if event.prepare:
                mine[max(0, week - event.prepare.weeks)] += event.prepare.minutes
    return weeks


def _price(event: Event, inputs: Inputs) -> float:
    """Return what an event costs: its level's price for each recipient."""
    each = inputs.settings.budget.costs.get(event.cost, 0.0)
    if event.cost is Cost.NONE or not each:
        return 0
    return each * len(event.addressed(person for person in inputs.people if person.employed(event.date)))
