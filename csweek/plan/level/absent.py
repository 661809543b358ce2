"""Weeks that are poorer because those who alone give something are not there, and what helps."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from csweek.errors import Problem
from csweek.model.inputs import Inputs
from csweek.names import few
from csweek.plan.level.even import shares
from csweek.plan.level.pools import Asked, Pool
from csweek.plan.level.room import Givers
from csweek.plan.told.wording import name_of, warning
from csweek.plan.when.days import Days, per_week

LONG = 4
"""Weeks for which those who give something have to be away."""
LESS, SLIGHTLY_LESS = 0.15, 0.05
"""By which part of its thanks a week has to be poorer without them; the second where weeks are not even."""


class Weeks(NamedTuple):
    """What a year's weeks have, and who gives it."""

    pools: Iterable[Pool]
    givers: Callable[[Asked], Givers]
    share: Sequence[float]
    days: Days
    today: int
    """Its position in the year: who was not there before is not told of."""


def without_givers(year: Weeks, inputs: Inputs, *, uneven: bool) -> Problem | None:
    """Name those who alone give something and are not there in weeks that are poorer for it."""
    weeks, part = year.days.year.weeks, SLIGHTLY_LESS if uneven else LESS
    lost = [0.0] * weeks
    whose: dict[Givers, tuple[set[str], set[int]]] = {}
    for pool in year.pools:
        givers = year.givers(pool.asked[0])
        gone = _gone(givers, year)
        if givers and len(gone) >= LONG:
            masks = ((one.subject.mask & year.days.open, one.number) for one in pool.asked)
            flat = shares(masks, weeks)
            for week in gone:
                lost[week] += flat[week]
            whose.setdefault(givers, (set(), gone))[0].update(one.action for one in pool.asked)
    both = enumerate(zip(lost, year.share, strict=True))
    poor = [week for week, (less, share) in both if less >= max(part / LESS, part * (share + less))]
    if len(poor) < LONG:
        return None
    known = {givers: actions for givers, (actions, gone) in whose.items() if not gone.isdisjoint(poor)}
    return _told(known, runs(poor, year.days), inputs)


def _gone(givers: Givers, year: Weeks) -> set[int]:
    """Return the weeks from today on, among those with open days, in which none of these is there."""
    days, there = year.days, 0
    for giver in givers:
        there |= days.owner.get(giver, 0)
    ahead = days.ahead(year.today)
    pairs = zip(per_week(ahead, days.year.weeks), per_week(there & ahead, days.year.weeks), strict=True)
    return {week for week, (open_days, present) in enumerate(pairs) if open_days and not present}


def _told(whose: Mapping[Givers, set[str]], weeks: str, inputs: Inputs) -> Problem:
    givers = list(dict.fromkeys(giver for some in whose for giver in some))
    actions = sorted(set().union(*whose.values()))
    leaders = set(inputs.people.leaders).issuperset(givers)
    be = "are" if len(givers) > 1 else "is"
    their = "their people" if len(givers) > 1 else f"the people of {name_of(givers[0], inputs)}"
    return warning(
        f"weeks {weeks} have fewer thanks by name than the others: "
        f"{few([name_of(giver, inputs) for giver in givers])} {be} not there, and nobody else gives "
        f"{few(actions)}",
        "give somebody who is there then the role leader"
        if leaders
        else f"enter somebody who is there then as manager of some of {their}",
    )


def runs(weeks: Sequence[int], days: Days) -> str:
    """Return the numbers of weeks, those in a row as a span."""
    starts = [week for week in weeks if week - 1 not in weeks]
    ends = [week for week in weeks if week + 1 not in weeks]
    number = [days.year.monday(week).isocalendar().week for week in range(days.year.weeks)]
    spans = (
        f"{number[a]}" if a == b else f"{number[a]} to {number[b]}" for a, b in zip(starts, ends, strict=True)
    )
    return few(list(spans))
