"""What is done ahead of events: preparing, ordering, inviting. One entry for all that a week has of a kind.

Its UID is that of one of its events. Its SEQUENCE counts also the revisions in which others came into it
or left it, for which it is asked how events were before they were changed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from csweek.model.basics import Day, monday_of
from csweek.model.plan import Event
from csweek.render.calendars.chores import invited, order_day, ordered

What = Literal["prepare", "order", "invite"]
_Group = tuple[object, ...]


class Ahead(NamedTuple):
    """What is to be done on a day for events of one action, in their order."""

    what: What
    day: Day
    events: Sequence[Event]
    lead: Event
    """The one that the UID comes from."""
    sequence: int
    changed: datetime


class State(NamedTuple):
    """How an event was, from one revision until another (None: until now)."""

    event: Event
    since: datetime
    until: datetime | None


class Past:
    """How events were in earlier revisions."""

    def __init__(self, events: Iterable[Event], former: Iterable[Event], revised: datetime) -> None:
        """``former``: how events were before they were changed; ``revised`` for those without a time."""
        self._revised = revised
        self._of: dict[str, Sequence[State]] = {}
        self._by_owner: defaultdict[str | None, list[State]] = defaultdict(list)
        known: defaultdict[str, list[Event]] = defaultdict(list)
        for event in former:
            known[event.id].append(event)
        for event in events if known else ():
            if event.id in known:
                self._of[event.id] = (*self._states(known[event.id], event), self._now(event))
        for state in (state for states in self._of.values() for state in states[:-1]):
            self._by_owner[state.event.owner].append(state)

    def of(self, event: Event) -> Sequence[State]:
        """Return the states of an event, the last one as it is now."""
        return self._of.get(event.id) or (self._now(event),)

    def of_owner(self, owner: str | None) -> Iterator[State]:
        """Yield how an owner's events were before they were changed; None: how everybody's were."""
        for one in (owner,) if owner else tuple(self._by_owner):
            yield from self._by_owner.get(one, ())

    def _now(self, event: Event) -> State:
        return State(event, event.changed or self._revised, None)

    def _states(self, former: Iterable[Event], now: Event) -> Iterator[State]:
        states = sorted(map(self._now, (*former, now)), key=lambda state: state.since)
        for state, following in pairwise(states):
            yield state._replace(until=following.since)


@dataclass(frozen=True)
class Task:
    """Something that is done ahead: which events ask for it, and on which day."""

    what: What
    asked: Callable[[Event], bool]
    day: Callable[[Event], Day]

    def of(self, events: Iterable[Event], past: Past, owner: str | None) -> Iterator[Ahead]:
        """Yield what is to be done for events that are an owner's (None: everybody's)."""
        groups: defaultdict[_Group, list[Event]] = defaultdict(list)
        for event in filter(self.asked, events):
            groups[self._group(event)].append(event)
        if groups:
            changes = self._changes(groups, past.of_owner(owner), past)
            yield from (self._ahead(group, own, past, changes) for group, own in groups.items())

    def _group(self, event: Event) -> _Group:
        return event.action, event.idea, event.visibility, event.live, monday_of(self.day(event))

    def _changes(
        self, groups: Mapping[_Group, Sequence[Event]], former: Iterable[State], past: Past
    ) -> Mapping[_Group, set[datetime]]:
        """Return when each group got an event, had one changed, or lost one."""
        found: defaultdict[_Group, set[datetime]] = defaultdict(set)
        for group, events in groups.items():
            found[group].update(past.of(event)[-1].since for event in events)
        for event, since, until in former:
            found[self._group(event)].update((since, until or since))
        return found

    def _ahead(
        self, group: _Group, events: Sequence[Event], past: Past, changes: Mapping[_Group, set[datetime]]
    ) -> Ahead:
        lead = min(events, key=lambda event: event.uid)
        *before, now = past.of(lead)
        own = {now.since, *(state.since for state in before)}
        elsewhere = [  # its entry went with it when it came here
            at
            for state in before
            for at in changes.get(self._group(state.event), ())
            if state.until and at <= state.until
        ]
        times = own.union(changes[group], elsewhere)
        day = min(map(self.day, events))
        return Ahead(self.what, day, events, lead, lead.sequence + len(times - own), max(times))


def _prepared(event: Event) -> bool:
    return event.prepare is not None and event.prepare.minutes > 0


def _prepare_day(event: Event) -> Day:
    return event.date - timedelta(weeks=event.prepare.weeks if event.prepare else 0)


PREPARE = Task("prepare", _prepared, _prepare_day)
ORDER = Task("order", ordered, order_day)


def invite(freeze: int) -> Task:
    """Return inviting, on the day from which a meeting no longer moves: so many days before."""
    days = timedelta(days=max(7, freeze))
    return Task("invite", invited, lambda event: event.date - days)
