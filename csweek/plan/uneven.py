"""Weeks that could not be even: who is not there for long or has no minutes left, and what helps."""

from collections import Counter
from collections.abc import Iterator

from csweek.errors import Problem
from csweek.model.inputs import Inputs
from csweek.plan.deal import Dealt
from csweek.plan.full import full
from csweek.plan.level.absent import Weeks, runs, without_givers
from csweek.plan.level.even import Counted
from csweek.plan.level.spread import bits
from csweek.plan.owed.suggest import NeedsMinutes
from csweek.plan.told.wording import warning
from csweek.rows.table import Table

LARGE = 20_000
"""Events up to which it is counted exactly how even weeks are."""


def told(dealt: Dealt, table: Table, inputs: Inputs) -> Iterator[Problem]:
    """Yield at most one word on why weeks are not even; on minutes only of a year that is as it was dealt."""
    as_dealt = table.revision == 1 or dealt.books.anew
    off = _uneven(dealt, table, inputs) if as_dealt else None
    weeks = Weeks(dealt.pools, dealt.books.givers, dealt.share, dealt.books.days, dealt.books.stands.today)
    away = without_givers(weeks, inputs, uneven=bool(off))
    if away:
        yield away
    elif off:
        yield from _full(off, dealt, inputs)


# --- who is full -------------------------------------------------------------------------------------


def _uneven(dealt: Dealt, table: Table, inputs: Inputs) -> Counted | None:
    """Return how the weeks are where they are not as even as is promised."""
    weeks = dealt.counted if len(table.rows) <= LARGE else _about(dealt, inputs)
    return None if weeks.holds else weeks


def _full(weeks: Counted, dealt: Dealt, inputs: Inputs) -> Iterator[Problem]:
    """Name the week that is furthest off, and the owner whose minutes stand against even ones."""
    said = f"weeks are not even: {_how(weeks, dealt)}"
    found = full(dealt.books.ledger, dealt.books.ledger, inputs.settings.limits.owner_minutes_per_week)
    if found:
        first = found._replace(owners=found.owners[:1])
        message = f"{said}; {first.said(inputs)}"
        yield NeedsMinutes(None, message, enough=first.enough, after=(first.shared(inputs),))
    elif not dealt.given_up:
        yield warning(said, "csweek move takes thanks of a full week to another one")


def _about(dealt: Dealt, inputs: Inputs) -> Counted:
    """Return about how even the weeks are: the share may count touches that found no day."""
    weeks = dealt.books.days.year.weeks
    given = Counter(week for those in dealt.books.ledger.touched.values() for week in bits(those))
    number = tuple(given[week] for week in range(weeks))
    scale = sum(number) / (sum(dealt.share) or 1)
    share = tuple(part * scale for part in dealt.share)
    return Counted(number, share, dealt.books.largest_group, len(inputs.people))


def _how(weeks: Counted, dealt: Dealt) -> str:
    """Return how far the week is off that is off most, in words."""
    _, week, summed = weeks.furthest
    number, share = weeks.touches[week], weeks.shares[week]
    if summed:
        number, share = sum(weeks.touches[: week + 1]), sum(weeks.shares[: week + 1])
    named_week = runs([week], dealt.books.days)
    until = f"up to week {named_week} there are" if summed else f"week {named_week} has"
    return f"{until} {number} thanks by name, {share:.0f} would be even"
