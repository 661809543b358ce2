"""Rhythms that leaders can keep: with too few of them theirs are lengthened, and that is said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from csweek.errors import Problem, Severity
from csweek.model import Audience, Every, Inputs, PerYear
from csweek.plan.days import Days, per_week
from csweek.plan.demand import Offer, subjects, turns

FILL = 0.85
"""The part of leaders' minutes that is planned with; the rest is left to weeks in which they are away."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What leaders are asked for in the year and what they have, in minutes."""

    asked: float
    given: float

    @property
    def factor(self) -> float:
        """By how much their rhythms have to be lengthened; at most 1 where none has."""
        return self.asked / (FILL * self.given) if self.given else 1


def within_reach(
    offers: Sequence[Offer], inputs: Inputs, days: Days
) -> tuple[tuple[Offer, ...], tuple[Problem, ...]]:
    """Return the offers with leaders' rhythms as they can be kept, and a word on each that was lengthened."""
    theirs = [offer for offer in offers if offer.action.owner == "leader" and offer.rhythm]
    if not theirs or not inputs.people.leaders:
        return tuple(offers), ()
    reach = Reach(sum(_minutes(o, inputs, days) for o in theirs), _capacity(inputs, days))
    if reach.factor <= 1:
        return tuple(offers), ()
    told = tuple(_told(offer, reach, inputs) for offer in theirs)
    return tuple(_stretched(o, reach.factor) if o in theirs else o for o in offers), told


def _minutes(offer: Offer, inputs: Inputs, days: Days) -> float:
    """Return what an offer asks of all leaders together in the year."""
    action = offer.action
    each = action.minutes + (action.prepare.minutes if action.prepare else 0)
    group = action.audience is Audience.GROUP
    who = subjects(inputs, days, Audience.PERSON if group else action.audience)
    return sum(turns(offer, s, days) for s in who) * each / (action.group_size[0] if group else 1)


def _capacity(inputs: Inputs, days: Days) -> float:
    weeks = sum(
        1
        for leader in inputs.people.leaders
        for there in per_week(days.person[leader] & days.open, days.year.weeks)
        if there
    )
    return weeks * inputs.settings.limits.owner_minutes_per_week


def _stretched(offer: Offer, factor: float) -> Offer:
    match offer.rhythm:
        case PerYear(times):
            return replace(offer, rhythm=PerYear(max(1, int(times / factor))))
        case Every(count, unit):
            return replace(offer, rhythm=Every(-int(-count * factor // 1), unit))
    return offer


def _told(offer: Offer, reach: Reach, inputs: Inputs) -> Problem:
    number = len(inputs.people.leaders)
    limit = inputs.settings.limits.owner_minutes_per_week
    more = max(1, round(number * (reach.factor - 1) + 0.5))
    leaders = "1 leader" if number == 1 else f"{number} leaders"
    return Problem(
        offer.action.place,
        f"{leaders} × {limit} minutes a week cannot meet everyone as often as {offer.action.id} asks; "
        f"its rhythm is {reach.factor:.1f} times longer",
        f"{more} more leader{'' if more == 1 else 's'}, or "
        f"limits: {{owner_minutes_per_week: {round(limit * reach.factor + 5, -1):.0f}}}",
        Severity.WARNING,
    )
