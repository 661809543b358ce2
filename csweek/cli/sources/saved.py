"""A saved year, read a little at a time and in whichever process: where announcements find its events."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from msgspec import Struct

from csweek.errors import StoreError
from csweek.model.basics import Day, Status, sunday_of
from csweek.model.plan import Event, Plan, Traits
from csweek.store import Store, Wanted


class Saved(Struct, frozen=True):
    """A revision of a workspace's year as of a day, without the surprises that wait for ``readers``."""

    root: Path
    label: str
    revision: int
    today: Day
    readers: frozenset[str] = frozenset()

    def find(self, wanted: Wanted) -> tuple[Event, ...]:
        """Return the events that are wanted, as a plan sorts them. Raises StoreError once it has changed."""
        with Store.open(self.root, create=False) as store:
            now = self._same(store.plan(self.label, wanted))
        return tuple(one.as_of(self.today) for one in now.events if not one.secret_from(self.readers))

    # --- as a diary of announcements ------------------------------------------------------------

    def week(self, monday: date) -> Sequence[Event]:
        """Return every event of a week, surprises among them."""
        return self._standing(Wanted(monday, sunday_of(monday)))

    def told(self, monday: date) -> Sequence[Event]:
        """Return those events of a week that are no surprise, and not for one person."""
        return self._standing(Wanted(monday, sunday_of(monday), open=True))

    def traits(self, monday: date) -> Iterable[Traits]:
        """Return how many events of a week have which trait."""
        with self._reading() as store:
            return store.traits(self.label, monday, sunday_of(monday))

    def year(self) -> Iterable[Event]:
        """Return all events."""
        return self._standing(Wanted())

    def goes_on(self, day: date) -> frozenset[str]:
        """Return the actions that are still ahead after a day."""
        with self._reading() as store:
            return store.ahead(self.label, day)

    def done_by(self, owner: str) -> Iterable[Event]:
        """Return what an owner has done, in the years before, too."""
        with self._reading() as store:
            found = store.find(None, Wanted(owner=owner))
        return [event for event in found if event.status is Status.DONE]

    @contextmanager
    def _reading(self) -> Iterator[Store]:
        """Open the store, and raise StoreError in the end once the plan has changed.

        The numbers of revisions only rise: what was read before the look at them is of this one.
        """
        with Store.open(self.root, create=False) as store:
            yield store
            self._same(store.plan(self.label, None))

    def _same(self, now: Plan | None) -> Plan:
        if now is None or now.revision != self.revision:
            raise StoreError("the plan was changed while this was made", "run this again")
        return now

    def _standing(self, wanted: Wanted) -> tuple[Event, ...]:
        return tuple(event for event in self.find(wanted) if event.live)
