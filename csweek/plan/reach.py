"""Rhythms that can be kept: with too few leaders or minutes they are lengthened, and that is said."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from csweek.errors import Problem, Severity
from csweek.model.basics import Audience
from csweek.model.inputs import Inputs
from csweek.plan.days import Days, per_week
from csweek.plan.demand import Offer, subjects, turns
from csweek.plan.heirs import charges
from csweek.plan.ledger import Ledger
from csweek.plan.turns import Need

FILL = 0.85
"""The part of the minutes that is planned with; without the rest the weeks could not be even."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody is asked for in the year and has, in minutes."""

    asked: float
    given: float

    @property
    def factor(self) -> float:
        """By how much the rhythms have to be lengthened; at most 1 where they need not."""
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
    return tuple(replace(o, stretch=reach.factor) if o in theirs else o for o in offers), told


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


# --- managers ------------------------------------------------------------------------------------

Needs = Mapping[str, Sequence[Need]]
"""What is owed to each person."""


def kept_by_managers(
    needs: Needs, inputs: Inputs, days: Days, ledger: Ledger
) -> tuple[Needs, tuple[Problem, ...]]:
    """Return the turns that owners can keep, and a word on each manager who cannot keep all of them.

    For those without a manager the organisers stand in.
    """
    persons, in_charge = inputs.people.persons, charges(inputs.people, days)
    asked: Counter[str] = Counter()
    for person, owed in needs.items():
        manager = persons[person].manager or ""
        minutes = sum((act.minutes + act.before) * n for act, n in owed if act.role == "manager")
        if manager in in_charge:
            there = days.person[person] & days.open
            for owner, charge in in_charge[manager]:
                asked[owner] += round(minutes * (there & charge).bit_count() / max(1, there.bit_count()))
        else:
            asked[manager] += minutes
    factors = {
        manager: Reach(minutes, _left(_givers(manager, inputs), inputs, days, ledger)).factor
        for manager, minutes in asked.items()
    }
    short = {manager: factor for manager, factor in factors.items() if factor > 1}
    kept = {p: _fewer(owed, short.get(persons[p].manager or "", 1)) for p, owed in needs.items()}
    return kept, tuple(_short(m, f, inputs) for m, f in sorted(short.items()))


def _givers(manager: str, inputs: Inputs) -> Sequence[str]:
    return (manager,) if manager else inputs.people.organisers


def _left(givers: Iterable[str], inputs: Inputs, days: Days, ledger: Ledger) -> int:
    limit = inputs.settings.limits.owner_minutes_per_week
    return sum(
        max(0, limit - ledger[one].minutes[week] + ledger[one].spread[week])
        for one in givers
        for week, there in enumerate(per_week(days.person[one] & days.open, days.year.weeks))
        if there
    )


def _fewer(owed: Sequence[Need], factor: float) -> Sequence[Need]:
    if factor <= 1 and all(act.offer.stretch <= 1 for act, _ in owed):
        return owed
    return [(act, fewer(n, factor if act.role == "manager" else act.offer.stretch)) for act, n in owed]


def fewer(number: int, factor: float) -> int:
    """Return how many turns are left when the rhythm is lengthened by a factor: at least one."""
    return number if factor <= 1 else max(1, int(number / factor))


def _short(manager: str, factor: float, inputs: Inputs) -> Problem:
    limit = inputs.settings.limits.owner_minutes_per_week
    known = inputs.people.persons[manager or inputs.people.organisers[0]]
    if manager:
        number, whom = len(inputs.people.reports.get(manager, ())), ""
        who, other = known.name, "another manager for some of them"
    else:
        number, whom = sum(p.manager is None for p in inputs.people), " without a manager"
        who = "The organisers" if len(inputs.people.organisers) > 1 else known.name
        other = "name the managers of these people"
    people = "1 person" if number == 1 else f"{number} people"
    return Problem(
        known.place,
        f"{who} × {limit} minutes a week cannot meet {people}{whom} as often as the theme asks; "
        f"the rhythm is {factor:.1f} times longer",
        f"{other}, or limits: {{owner_minutes_per_week: {round(limit * factor + 5, -1):.0f}}}",
        Severity.WARNING,
    )
