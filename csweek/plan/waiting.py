"""Who waits longer for thanks than anyone should, because whoever gives them has hardly a minute left."""

from collections.abc import Container, Iterator, Mapping
from itertools import chain

from csweek.errors import Problem
from csweek.model.inputs import Inputs
from csweek.names import in_words
from csweek.once import Once
from csweek.plan.deal import Dealt
from csweek.plan.full import Full, full
from csweek.plan.level.even import LARGE
from csweek.plan.level.pools import Asked
from csweek.plan.owed.suggest import NeedsMinutes
from csweek.plan.told.wording import name_of
from csweek.rows.table import Table


def told(dealt: Dealt, table: Table, inputs: Inputs) -> Iterator[Problem]:
    """Yield at most one word on who waits too long, of a year that is as it was dealt.

    Of very many people ``csweek report`` tells it.
    """
    small = len(inputs.people) <= LARGE
    waits = dealt.waits if small and (table.revision == 1 or dealt.books.anew) else {}
    givers = {person: dealt.books.givers(asked) for person, asked in _most_of(waits, dealt).items()}
    limit = inputs.settings.limits.owner_minutes_per_week
    owners = Once[str, Full | None](lambda owner: full([owner], dealt.books.ledger, limit))
    in_vain = [person for person, who in givers.items() if who and all(owners[one] for one in who)]
    found = full(chain.from_iterable(givers[person] for person in in_vain), dealt.books.ledger, limit)
    if found:
        yield _said({person: waits[person] for person in in_vain}, found, inputs)


def _said(waits: Mapping[str, int], owners: Full, inputs: Inputs) -> Problem:
    names = [name_of(person, inputs) for person in sorted(waits, key=lambda one: (-waits[one], one))]
    wait = "waits" if len(names) == 1 else "wait"
    most = max(waits.values())
    longer = "1 week" if most == 1 else f"up to {most} weeks"
    organise = {*owners.owners}.issubset(inputs.people.organisers)
    return NeedsMinutes(
        None,
        f"{in_words(names)} {wait} {longer} longer for thanks by name than anyone should: "
        f"{owners.said(inputs)}",
        enough=owners.enough,
        before=("give one more person the role organiser",) if organise else (),
        after=() if organise else (owners.shared(inputs),),
    )


def _most_of(persons: Container[str], dealt: Dealt) -> Mapping[str, Asked]:
    """Return what these are asked to be given most often."""
    found: dict[str, Asked] = {}
    for one in (one for pool in dealt.pools for one in pool.asked if one.subject.id in persons):
        known = found.get(one.subject.id)
        if known is None or one.number > known.number:
            found[one.subject.id] = one
    return found
