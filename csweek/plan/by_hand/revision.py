"""What changes by hand have in common: each is the plan's next revision."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple, get_args

from msgspec.structs import replace

from csweek.model.plan import Event, Plan, Revision

Pair = tuple[Event, Event]
"""An event as it was and as it is now."""
_Kind = Literal["added", "moved", "changed", "cancelled"]


class Now(NamedTuple):
    """The day that counts as today, the time of the revision in UTC, and who organises."""

    today: date
    revised: datetime
    organisers: frozenset[str] = frozenset()
    """Who reads of a surprise for them once it was held."""


def said(day: date) -> str:
    """Return a day as messages name it: ``Fri 12 Mar 2027``."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def revise(plan: Plan, pairs: Iterable[Pair], now: Now) -> Revision:
    """Return the plan's next revision with these changes; the plan itself where nothing differs."""
    made = [(old, _renewed(old, new, now)) for old, new in pairs if new != old]
    if not made:
        return Revision(plan)
    changed = {old.id: new for old, new in made}
    events = sorted((changed.get(e.id, e) for e in plan.events), key=lambda event: event.sort_key)
    after = replace(plan, events=tuple(events), revision=plan.revision + 1, revised=now.revised)
    kinds = {kind: [pair for pair in made if _kind(*pair) == kind] for kind in get_args(_Kind)}
    return Revision(
        after,
        _after(kinds["added"]),
        tuple(kinds["moved"]),
        _after(kinds["changed"]),
        _after(kinds["cancelled"]),
    )


def _renewed(old: Event, new: Event, now: Now) -> Event:
    """Return the new form with the next sequence, unless nobody reads otherwise.

    That a place is now by hand, or something marked, shows in no calendar but that of organisers whom it
    was to surprise.
    """
    marked = new.live and old.live and new.secret_from(now.organisers) == old.secret_from(now.organisers)
    if replace(new, by_hand=old.by_hand, status=old.status if marked else new.status) == old:
        return new
    return replace(new, sequence=old.sequence + 1, changed=now.revised)


def _after(pairs: Sequence[Pair]) -> tuple[Event, ...]:
    return tuple(new for _, new in pairs)


def _kind(old: Event, new: Event) -> _Kind:
    if new.live != old.live:
        return "added" if new.live else "cancelled"
    return "changed" if (old.date, old.start) == (new.date, new.start) else "moved"
