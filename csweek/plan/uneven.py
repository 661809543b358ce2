"""Weeks that could not be even: who is not there for long or has no minutes left, and what helps."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from csweek.errors import Problem
from csweek.model.inputs import Inputs
from csweek.names import few
from csweek.plan.deal import Deal
from csweek.plan.level.even import Counted, shares
from csweek.plan.level.room import Givers
from csweek.plan.level.spread import bits
from csweek.plan.owed.suggest import FULL, STEP, NeedsMinutes
from csweek.plan.told.wording import name_of, warning
from csweek.plan.when.days import per_week
from csweek.rows.table import Table

LONG = 4
"""Weeks for which those who give something have to be away."""
LESS, SLIGHTLY_LESS = 0.15, 0.05
"""By which part of its thanks a week has to be poorer without them; the second where weeks are not even."""
LARGE = 20_000
"""Events up to which weeks that seem uneven are measured exactly."""
NEARLY = 0.9
"""Who is off by this part of what is allowed may be over it when it is measured."""


def told(deal: Deal, table: Table, inputs: Inputs) -> Iterator[Problem]:
    """Yield at most one word on why weeks are not even; on minutes only of a year that is as it was dealt."""
    as_dealt = table.revision == 1 or deal.anew
    off = _uneven(deal, table, inputs) if as_dealt else None
    away = _away(deal, inputs, SLIGHTLY_LESS if off else LESS)
    if away:
        yield away
    elif off:
        yield from _full(off, deal, inputs)


# --- who is not there --------------------------------------------------------------------------------


def _away(deal: Deal, inputs: Inputs, part: float) -> Problem | None:
    """Name those who alone give something and are not there in weeks that are poorer by this part for it."""
    weeks = deal.days.year.weeks
    lost = [0.0] * weeks
    whose: dict[Givers, tuple[set[str], set[int]]] = {}
    for pool in deal.pools:
        givers = deal.givers(pool.asked[0])
        gone = _gone(givers, deal)
        if givers and len(gone) >= LONG:
            masks = ((one.subject.mask & deal.days.open, one.number) for one in pool.asked)
            flat = shares(masks, weeks)
            for week in gone:
                lost[week] += flat[week]
            whose.setdefault(givers, (set(), gone))[0].update(one.action for one in pool.asked)
    both = enumerate(zip(lost, deal.share, strict=True))
    poor = [week for week, (less, share) in both if less >= max(part / LESS, part * (share + less))]
    if len(poor) < LONG:
        return None
    known = {givers: actions for givers, (actions, gone) in whose.items() if not gone.isdisjoint(poor)}
    return _without(known, poor, deal, inputs)


def _gone(givers: Givers, deal: Deal) -> set[int]:
    """Return the weeks from today on, among those with open days, in which none of these is there."""
    days, there = deal.days, 0
    for giver in givers:
        there |= days.person.get(giver, 0)
    ahead = days.ahead(deal.stands.today)
    pairs = zip(per_week(ahead, days.year.weeks), per_week(there & ahead, days.year.weeks), strict=True)
    return {week for week, (open_days, present) in enumerate(pairs) if open_days and not present}


def _without(whose: Mapping[Givers, set[str]], poor: Sequence[int], deal: Deal, inputs: Inputs) -> Problem:
    givers = list(dict.fromkeys(giver for some in whose for giver in some))
    actions = sorted(set().union(*whose.values()))
    leaders = set(inputs.people.leaders).issuperset(givers)
    be = "are" if len(givers) > 1 else "is"
    their = "their people" if len(givers) > 1 else f"the people of {name_of(givers[0], inputs)}"
    return warning(
        f"weeks {_runs(poor, deal)} have fewer thanks by name than the others: "
        f"{few([name_of(giver, inputs) for giver in givers])} {be} not there, and nobody else gives "
        f"{few(actions)}",
        "give somebody who is there then the role leader"
        if leaders
        else f"enter somebody who is there then as manager of some of {their}",
    )


def _runs(weeks: Sequence[int], deal: Deal) -> str:
    """Return the numbers of weeks, those in a row as a span."""
    starts = [week for week in weeks if week - 1 not in weeks]
    ends = [week for week in weeks if week + 1 not in weeks]
    number = [deal.days.year.monday(week).isocalendar().week for week in range(deal.days.year.weeks)]
    spans = (
        f"{number[a]}" if a == b else f"{number[a]} to {number[b]}" for a, b in zip(starts, ends, strict=True)
    )
    return few(list(spans))


# --- who is full -------------------------------------------------------------------------------------


def _uneven(deal: Deal, table: Table, inputs: Inputs) -> Counted | None:
    """Return how the weeks are where they are not as even as is promised."""
    weeks = _counted(deal, inputs)
    all_dealt = sum(weeks.touches) == round(sum(deal.share))
    if weeks.furthest[0] >= (1 if all_dealt else NEARLY) and len(table.rows) <= LARGE:
        from csweek.plan.measure.even import evenness  # noqa: PLC0415 - brings all measures

        weeks = evenness(table.plan(), inputs).counted
    return None if weeks.holds else weeks


def _full(weeks: Counted, deal: Deal, inputs: Inputs) -> Iterator[Problem]:
    """Name the week that is furthest off, and the owner whose minutes stand against even ones."""
    limit = inputs.settings.limits.owner_minutes_per_week
    mean = {one.id: sum(one.minutes) / max(1, sum(map(bool, one.weeks))) for one in deal.ledger.values()}
    owner = max(mean, key=lambda one: mean[one], default="")
    said = f"weeks are not even: {_how(weeks, deal)}"
    if mean.get(owner, 0) > FULL * limit:
        name = name_of(owner, inputs)
        yield NeedsMinutes(
            None,
            f"{said}; {name} gives {mean[owner]:.0f} of {limit} minutes a week, which leaves no room",
            enough=max(limit + STEP, ceil(mean[owner] / FULL / STEP) * STEP),
            after=(f"let others have some of the people of {name}",),
        )
    elif not deal.given_up:
        yield warning(said, "csweek move takes thanks of a full week to another one")


def _counted(deal: Deal, inputs: Inputs) -> Counted:
    """Return how the touches lie that are dealt; the share may count some that found no day."""
    weeks = deal.days.year.weeks
    given = Counter(week for those in deal.ledger.touched.values() for week in bits(those))
    number = tuple(given[week] for week in range(weeks))
    scale = sum(number) / (sum(deal.share) or 1)
    share = tuple(part * scale for part in deal.share)
    return Counted(number, share, deal.largest_group, len(inputs.people))


def _how(weeks: Counted, deal: Deal) -> str:
    """Return how far the week is off that is off most, in words."""
    _, week, summed = weeks.furthest
    number, share = weeks.touches[week], weeks.shares[week]
    if summed:
        number, share = sum(weeks.touches[: week + 1]), sum(weeks.shares[: week + 1])
    named_week = _runs([week], deal)
    until = f"up to week {named_week} there are" if summed else f"week {named_week} has"
    return f"{until} {number} thanks by name, {share:.0f} would be even"
