"""Where announcements find a year's events: in memory here, in a workspace wherever it keeps them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Protocol

from msgspec import Struct

from csweek.model.basics import Status, monday_of
from csweek.model.plan import Event, Plan, Traits, is_open


class Diary(Protocol):
    """The events of a plan that stand, asked for a little at a time, each time in their order."""

    def week(self, monday: date) -> Sequence[Event]:
        """Return every event of a week, surprises among them."""

    def told(self, monday: date) -> Sequence[Event]:
        """Return those events of a week that are no surprise, and not for one person."""

    def traits(self, monday: date) -> Iterable[Traits]:
        """Return how many events of a week have which trait."""

    def year(self) -> Iterable[Event]:
        """Return all events."""

    def goes_on(self, day: date) -> frozenset[str]:
        """Return the actions that are still ahead after a day."""

    def done_by(self, owner: str) -> Iterable[Event]:
        """Return what an owner has done, in the years before, too."""


class Planned(Struct, frozen=True, dict=True):
    """The diary of a plan in memory; ``earlier`` are the events of the years before."""

    plan: Plan
    earlier: tuple[Event, ...] = ()

    def week(self, monday: date) -> Sequence[Event]:
        """Return every event of a week, surprises among them."""
        return self._by_week.get(monday, ())

    def told(self, monday: date) -> Sequence[Event]:
        """Return those events of a week that are no surprise, and not for one person."""
        return [event for event in self.week(monday) if is_open(event.visibility, event.audience)]

    def traits(self, monday: date) -> Iterable[Traits]:
        """Return how many events of a week have which trait."""
        return [Traits(event.trait, event.idea, event.practice, 1) for event in self.week(monday)]

    def year(self) -> Iterable[Event]:
        """Return all events."""
        return self.plan.live

    def goes_on(self, day: date) -> frozenset[str]:
        """Return the actions that are still ahead after a day."""
        return frozenset(event.action for event in self.plan.live if event.date > day)

    def done_by(self, owner: str) -> Iterable[Event]:
        """Return what an owner has done, in the years before, too."""
        all_ = (*self.earlier, *self.plan.live)
        return [event for event in all_ if event.owner == owner and event.status is Status.DONE]

    @cached_property
    def _by_week(self) -> Mapping[date, list[Event]]:
        found: dict[date, list[Event]] = {}
        for event in self.plan.live:
            found.setdefault(monday_of(event.date), []).append(event)
        return found
