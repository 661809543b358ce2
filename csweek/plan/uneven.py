"""Weeks that could not be even: who is not there for long or has no minutes left, and what helps."""

from collections import Counter
from collections.abc import Iterator

from csweek.errors import Problem
from csweek.model.inputs import Inputs
from csweek.plan.deal import Deal
from csweek.plan.full import full
from csweek.plan.level.absent import Weeks, runs, without_givers
from csweek.plan.level.even import Counted
from csweek.plan.level.spread import bits
from csweek.plan.owed.suggest import NeedsMinutes
from csweek.plan.told.wording import warning
from csweek.rows.table import Table

LARGE = 20_000
"""Events up to which weeks that seem uneven are measured exactly."""
NEARLY = 0.9
"""Who is off by this part of what is allowed may be over it when it is measured."""


def told(deal: Deal, table: Table, inputs: Inputs) -> Iterator[Problem]:
    """Yield at most one word on why weeks are not even; on minutes only of a year that is as it was dealt."""
    as_dealt = table.revision == 1 or deal.anew
    off = _uneven(deal, table, inputs) if as_dealt else None
    weeks = Weeks(deal.pools, deal.givers, deal.share, deal.days, deal.stands.today)
    away = without_givers(weeks, inputs, uneven=bool(off))
    if away:
        yield away
    elif off:
        yield from _full(off, deal, inputs)


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
    said = f"weeks are not even: {_how(weeks, deal)}"
    found = full(deal.ledger, deal.ledger, inputs.settings.limits.owner_minutes_per_week)
    if found:
        first = found._replace(owners=found.owners[:1])
        message = f"{said}; {first.said(inputs)}"
        yield NeedsMinutes(None, message, enough=first.enough, after=(first.shared(inputs),))
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
    named_week = runs([week], deal.days)
    until = f"up to week {named_week} there are" if summed else f"week {named_week} has"
    return f"{until} {number} thanks by name, {share:.0f} would be even"
