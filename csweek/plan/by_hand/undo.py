"""The last revision taken back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from csweek.errors import Problem, Severity
from csweek.model.basics import Audience, Status, Thanks
from csweek.model.inputs import Inputs
from csweek.model.plan import Event, Plan, Revision
from csweek.names import few
from csweek.plan.again.stood import SETTLED
from csweek.plan.by_hand.revision import Now, Pair, revise, said

PAST = "is past"


class Undone(NamedTuple):
    """A revision that takes another one back, and what had to stay as it is."""

    revision: Revision
    left: tuple[Problem, ...]


def undo(plan: Plan, before: Mapping[str, Event | None], now: Now, inputs: Inputs) -> Undone:
    """Restore events as they were before a revision; what it added is cancelled.

    ``before`` is what the revision changed, None for an event that it added. Sequences go on rising.
    What is past stays where it is, and nothing is planned again for who is not there any more.
    """
    pairs: list[Pair] = []
    left: defaultdict[str, list[str]] = defaultdict(list)
    for event in plan.events:
        if event.id in before:
            was = before[event.id] or replace(event, status=Status.CANCELLED)
            after = replace(was, sequence=event.sequence, changed=event.changed)
            why = _gone_since(event, after, now, inputs)
            if why:
                left[why].append(event.id)
            else:
                pairs.append((event, after))
    return Undone(revise(plan, pairs, now), tuple(_left(ids, why) for why, ids in left.items()))


def _gone_since(event: Event, was: Event, now: Now, inputs: Inputs) -> str | None:
    """Return why an event cannot be again what it was, None where it can."""
    if (event.date, event.start, event.live) != (was.date, was.start, was.live):
        marked = not SETTLED.isdisjoint({event.status, was.status})
        if min(event.date, was.date) < now.today and not marked:
            return f"{said(min(event.date, was.date))} {PAST}"
        if was.live and not event.live and _nobody_there(was, inputs):
            return "whom it was for is no longer here"
    return None


def _left(ids: Sequence[str], why: str) -> Problem:
    hint = f"where it was held all the same, csweek done {ids[0]} says so" if why.endswith(PAST) else None
    return Problem(None, f"not restored: {few(ids, 10)} ({why})", hint, Severity.WARNING)


def _nobody_there(event: Event, inputs: Inputs) -> bool:
    people = inputs.people
    match event.audience:
        case Audience.TEAM:
            return event.key.subject not in people.teams
        case Audience.ORGANISATION:
            return event.site not in inputs.settings.sites
    known = (people.persons.get(one) for one in event.recipients)
    return not all(one and one.employed(event.date) and one.thanks is not Thanks.NEVER for one in known)
