"""What is done ahead of events: preparing, ordering, inviting. One entry for all that a week has of a kind.

Its UID is that of one of its events. Its SEQUENCE counts also the revisions in which others came into it
or left it, for which it is asked how events were before they were changed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain, pairwise
from operator import attrgetter
from typing import Literal, NamedTuple

from msgspec import Struct

from csweek.model.basics import Day, Status
from csweek.model.plan import Event
from csweek.render.calendars.chores import invited, order_day, ordered

What = Literal["prepare", "order", "invite"]
_Group = tuple[object, ...]
_CANCELLED = Status.CANCELLED


class Ahead(NamedTuple):
    """What is to be done on a day for events of one action, in their order."""

    what: What
    day: Day
    events: Sequence[Event]
    mark: str
    """What the UID comes from."""
    sequence: int
    changed: datetime


class State(NamedTuple):
    """How an event was, from one revision until another."""

    event: Event
    since: datetime
    until: datetime


class Past:
    """How the events of a plan were in earlier revisions."""

    def __init__(self, events: Iterable[Event], former: Iterable[Event], revised: datetime) -> None:
        """``former``: how events were before they were changed; ``revised`` for those without a time.

        Of an event that is not among ``events`` any more the last of ``former`` is how it is now.
        """
        self._revised = revised
        known: defaultdict[str, list[Event]] = defaultdict(list)
        for event in former:
            known[event.id].append(event)
        for event in events if known else ():
            if event.id in known:
                known[event.id].append(event)
        self._of = {ident: tuple(self._states(states)) for ident, states in known.items()}
        self._by_owner: defaultdict[str | None, list[State]] = defaultdict(list)
        for state in chain.from_iterable(self._of.values()):
            self._by_owner[state.event.owner].append(state)

    def of(self, event: Event) -> Sequence[State]:
        """Return the states of an event before the one that it has now."""
        return self._of.get(event.id, ())

    def since(self, event: Event) -> datetime:
        """Return since when an event is as it is."""
        return event.changed or self._revised

    def of_owner(self, owner: str | None) -> Iterable[State]:
        """Return how an owner's events were before they were changed; None: how everybody's were."""
        return chain.from_iterable(self._of.values()) if owner is None else self._by_owner.get(owner, ())

    def _states(self, events: Iterable[Event]) -> Iterator[State]:
        for one, following in pairwise(sorted(events, key=self.since)):
            yield State(one, self.since(one), self.since(following))


class Task(Struct, frozen=True, dict=True):
    """Something that is done ahead: which events ask for it, and on which day."""

    what: What
    asked: Callable[[Event], bool]
    day: Callable[[Event], Day]
    mark: str
    """What stands behind an event's UID for that of the entry; another one where all days are others."""

    def of(self, events: Iterable[Event], past: Past, owner: str | None) -> Iterator[Ahead]:
        """Yield what is to be done for events that are an owner's (None: everybody's)."""
        groups: defaultdict[_Group, list[Event]] = defaultdict(list)
        days: dict[_Group, Day] = {}
        for event in filter(self.asked, events):
            day = self.day(event)
            group = _group(event, day)
            groups[group].append(event)
            days[group] = min(day, days.get(group, day))
        changes = self._changes(groups, past, owner)
        for group, own in groups.items():
            lead, sequence, changed = self._led(group, own, past, changes)
            yield Ahead(self.what, days[group], own, f"{lead.uid}/{self.mark}", sequence, changed)

    def _changes(
        self, groups: Mapping[_Group, Sequence[Event]], past: Past, owner: str | None
    ) -> Mapping[_Group, set[datetime]]:
        """Return when each group got an event, had one changed, or lost one."""
        found = {group: set(map(past.since, events)) for group, events in groups.items()}
        for event, since, until in past.of_owner(owner):
            found.setdefault(_group(event, self.day(event)), set()).update((since, until))
        return found

    def _led(
        self, group: _Group, events: Sequence[Event], past: Past, changes: Mapping[_Group, set[datetime]]
    ) -> tuple[Event, int, datetime]:
        """Return the event that the UID comes from, how often the entry was changed, and when it last was."""
        lead = events[0] if len(events) == 1 else min(events, key=attrgetter("uid"))
        before = past.of(lead)
        own = {past.since(lead), *(state.since for state in before)}
        times = own | changes[group]
        for event, _, until in before:  # the entry came with it from where it was then
            times.update(at for at in changes.get(_group(event, self.day(event)), ()) if at <= until)
        return lead, lead.sequence + len(times) - len(own), max(times)


def _group(event: Event, day: Day) -> _Group:
    """Return what it has alike with others of which it makes one entry, where that is done on this day."""
    week = (day.toordinal() - 1) // 7
    return event.key.action, week, event.idea, event.visibility, event.status is _CANCELLED


def _prepared(event: Event) -> bool:
    return event.prepare is not None and event.prepare.minutes > 0


def _prepare_day(event: Event) -> Day:
    return event.prepare.day(event.date) if event.prepare else event.date


PREPARE = Task("prepare", _prepared, _prepare_day, "prepare")
ORDER = Task("order", ordered, order_day, "order")


def invite(freeze: int) -> Task:
    """Return inviting, on the day from which a meeting no longer moves: so many days before."""
    days = timedelta(days=max(7, freeze))
    return Task("invite", invited, lambda event: event.date - days, f"invite {days.days}")
