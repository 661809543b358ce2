"""Meetings that stand at the time of another one by now: of a team that somebody joined, or a longer one."""

from collections.abc import Sequence

from msgspec.structs import replace

from csweek.model.basics import Audience
from csweek.plan.again.stood import SHARED, Stood
from csweek.plan.placing.agenda import Agenda
from csweek.plan.placing.ledger import Ledger, occupied
from csweek.plan.when.days import Days
from csweek.plan.when.hours import Window
from csweek.rows import STARTS

LARGEST_FIRST = {
    each: at
    for at, each in enumerate((Audience.ORGANISATION, Audience.TEAM, Audience.GROUP, Audience.PERSON))
}


def apart(events: Sequence[Stood], agenda: Agenda, days: Days) -> tuple[Sequence[Stood], Sequence[Stood]]:
    """Return the events that can stand beside each other, in their order, and those that cannot.

    A group goes on without who has to be elsewhere. What was put there by hand stands in nobody's way.
    """
    together = _Together(agenda, days)
    stay: dict[int, Stood | None] = dict(enumerate(events))
    timed = [at for at, one in stay.items() if one and one.row[STARTS] is not None and not one.by_hand]
    for at in sorted(timed, key=lambda at: LARGEST_FIRST[events[at].kind.audience]):
        window = events[at].window
        if window:
            stay[at] = together.beside(events[at], window)
    for at in timed:
        one = stay[at]
        window = one.window if one else None
        if one and window and together.owner_elsewhere(one, window):
            stay[at] = None
    clashing = [events[at] for at in timed if stay[at] is None]
    return [one for one in stay.values() if one], clashing


class _Together:
    """When sites, teams and persons meet."""

    def __init__(self, agenda: Agenda, days: Days) -> None:
        self._agenda = agenda
        self._taken = Ledger(0, days)

    def beside(self, one: Stood, window: Window) -> Stood | None:
        """Return a meeting with those who are in no larger one then, None where it cannot be."""
        audience = one.kind.audience
        if one.owner and self._elsewhere(one.owner, window):
            return None
        if audience in SHARED:
            if self._taken.busy(occupied(audience, one.subject, (), None), *window):
                return None
        else:
            there = tuple([p for p in one.recipients if not self._elsewhere(p, window)])
            if not there:
                return None
            one = one if there == one.recipients else replace(one, recipients=there)
        self._taken.take(occupied(audience, one.subject, one.recipients, one.owner), *window)
        return one

    def owner_elsewhere(self, one: Stood, window: Window) -> bool:
        """Whether whoever holds a meeting of a team or site sits in that of another one then."""
        if one.owner is None or one.kind.audience not in SHARED:
            return False
        own = {*occupied(one.kind.audience, one.subject, (), one.owner)}
        others = [where for where in self._agenda.around(one.owner) if where not in own]
        return bool(self._taken.busy(others, *window))

    def _elsewhere(self, person: str, window: Window) -> bool:
        return bool(self._taken.busy(self._agenda.around(person), *window))
