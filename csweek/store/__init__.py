"""What was planned, done and printed: one SQLite file in the workspace, changed whole or not at all."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID, uuid4

from csweek.model.basics import Status, Year
from csweek.model.cards import PrintedCard
from csweek.model.plan import Deed, Directory, Event, Plan, Revision, Spoken, Traits
from csweek.rows.table import Changes, Table
from csweek.rows.values import moment, serial
from csweek.store import earlier, history, lists, printed, saving, tables
from csweek.store.file import for_reading, for_writing, transaction
from csweek.store.history import Step
from csweek.store.tables import Wanted

__all__ = ["EVERYTHING", "Step", "Store", "Wanted"]

FOLDER = ".csweek"
FILE = "store.sqlite"
EVERYTHING = Wanted()
PATIENCE = 5.0
"""Seconds to wait for another csweek that is writing."""


class Store:
    """The workspace's memory; to be closed, best by ``with``."""

    def __init__(self, db: sqlite3.Connection, path: Path, *, writable: bool) -> None:
        self._db = db
        self._path = path
        self._writable = writable
        self._new_id = uuid4() if writable else UUID(int=0)

    @classmethod
    def open(cls, root: Path, *, create: bool, patience: float = PATIENCE) -> Self:
        """Open the store of a workspace's folder to write in it, made if need be, or to read alone.

        For reading nothing is made or changed (a save that was cut off apart, which is undone), and
        a store that is not there is an empty one. Raises StoreError.
        """
        path = root / FOLDER / FILE
        db = for_writing(path, patience) if create else for_reading(path, patience)
        return cls(db, path, writable=create)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    # --- reading -------------------------------------------------------------------------------------

    def calendar_id(self, given: UUID | None) -> UUID:
        """Return the id given, else the last save's, else a new one (when reading: the nil UUID)."""
        if given is not None:
            return given
        with self._reading() as db:
            kept = db.execute("SELECT calendar FROM revision ORDER BY id DESC LIMIT 1").fetchone()
        return UUID(kept[0]) if kept else self._new_id

    def next_serial(self) -> int:
        """Return the number that the next new event's id gets, in whichever year."""
        with self._reading() as db:
            return tables.next_serial(db)

    def revised(self) -> datetime | None:
        """Return when the latest revision of all years was made, None where there is none."""
        with self._reading() as db:
            (latest,) = db.execute("SELECT max(revised) FROM revision").fetchone()
        return None if latest is None else moment(latest)

    def years(self) -> tuple[Year, ...]:
        """Return the years that have a plan, the earliest first."""
        with self._reading() as db:
            labels = [label for (label,) in db.execute("SELECT label FROM year ORDER BY label")]
            years = [turn.as_year(label) for label in labels if (turn := tables.turn_of(db, label))]
        return tuple(sorted(years, key=lambda year: year.first))

    def plan(self, label: str, wanted: Wanted | None = EVERYTHING) -> Plan | None:
        """Return the current plan of a year with the events that are wanted (None: without any).

        None where there is no plan.
        """
        with self._reading() as db:
            turn = tables.turn_of(db, label)
            if turn is None:
                return None
            events = () if wanted is None else tables.found(db, label, wanted)
            return turn.as_plan(label, events, tables.next_serial(db))

    def traits(self, label: str, first: date, last: date) -> tuple[Traits, ...]:
        """Return how many events that stand on some days of a year have which trait."""
        with self._reading() as db:
            return tables.traits(db, label, first, last)

    def ahead(self, label: str, day: date) -> frozenset[str]:
        """Return the actions of a year of which something still stands after a day."""
        with self._reading() as db:
            return tables.ahead(db, label, day)

    def table(self, year: Year, calendar_id: UUID) -> Table:
        """Return the current plan of a year as rows, without any where there is none.

        A year that is planned keeps the calendar id that it has.
        """
        with self._reading() as db:
            return tables.table(db, year) or tables.empty_table(db, year, calendar_id)

    def find(self, label: str | None, wanted: Wanted) -> tuple[Event, ...]:
        """Return the events of a year (None: of every year) that are wanted, sorted as in a plan."""
        with self._reading() as db:
            return tables.found(db, label, wanted)

    def changes(self, label: str, number: int) -> Mapping[str, Event | None]:
        """Return what a revision changed by event id: the event as it was before, None where it was new."""
        with self._reading() as db:
            return history.changes(db, label, number)

    def former(self, labels: Collection[str]) -> Sequence[Event]:
        """Return how events of these years were before they were changed, the earliest revision first."""
        with self._reading() as db:
            return history.former(db, labels)

    def outline(self, label: str, number: int) -> Plan | None:
        """Return the plan of a revision without its events, None where there is no such revision."""
        with self._reading() as db:
            return history.outline(db, label, number)

    def history(self, label: str | None, uncounted: Collection[str] = ()) -> tuple[Step, ...]:
        """Return the revisions of a year (None: of every year), the latest first.

        Events ``uncounted``, by id, are left out of what is counted.
        """
        with self._reading() as db:
            return history.history(db, label, uncounted)

    def meetings_before(self, year: Year) -> tuple[tuple[str, str, str], ...]:
        """Return action, owner and person of every small group in the years before."""
        with self._reading() as db:
            return tuple(earlier.meetings(db, year))

    def last_thanks_before(self, year: Year) -> Mapping[str, date]:
        """Return the day of everyone's last chosen event in the years before."""
        with self._reading() as db:
            return earlier.last_thanks(db, year)

    def ideas_before(self, year: Year) -> Mapping[str, Mapping[str, date]]:
        """Return when each subject last had which idea in the years before."""
        with self._reading() as db:
            return earlier.ideas(db, year)

    def shares(self, label: str) -> tuple[float, ...]:
        """Return what each week's share of thanks by name was when a year was last planned."""
        with self._reading() as db:
            return lists.shares(db, label)

    def directory(self) -> Directory:
        """Return the names and titles as of the last save, empty before the first."""
        with self._reading() as db:
            return lists.directory(db)

    def files(self) -> Mapping[str, str]:
        """Return the digests of the input files as of the last save, by name."""
        with self._reading() as db:
            return lists.known(db, "file")

    def told(self, label: str) -> frozenset[str]:
        """Return the digests of what was warned of when a year was last planned."""
        with self._reading() as db:
            return frozenset(lists.known(db, f"told {label}"))

    def said(self, label: str, since: int | None = None) -> Mapping[str, str]:
        """Return what calendars say of a year's events.

        With ``since`` only what they said otherwise at that revision, as they said it then.
        """
        with self._reading() as db:
            return lists.said(db, label, since)

    def spoken(self) -> Mapping[str, Sequence[Spoken]]:
        """Return the languages of each calendar in turn."""
        with self._reading() as db:
            return lists.spoken(db)

    def places(self, label: str, number: int) -> Mapping[str, tuple[str | None, str]]:
        """Return team and site of those who were elsewhere at a revision, by person."""
        with self._reading() as db:
            return lists.places(db, label, number)

    def marks(self, event: str) -> tuple[tuple[Status, datetime], ...]:
        """Return what became of an event by hand and when, the earliest first."""
        query = "SELECT status, revised FROM mark JOIN revision ON id = revision WHERE serial = ? ORDER BY id"
        with self._reading() as db:
            return tuple((Status(status), moment(at)) for status, at in db.execute(query, [serial(event)]))

    def printed(self, event: str | None = None) -> tuple[PrintedCard, ...]:
        """Return the cards that were printed of an event (None: of all), the earliest first."""
        with self._reading() as db:
            return printed.printed(db, event)

    # --- writing -------------------------------------------------------------------------------------

    def save(
        self,
        table: Table,
        changes: Changes,
        directory: Directory,
        files: Mapping[str, str],
        told: Iterable[str] = (),
    ) -> None:
        """Keep a table that differs so from the one that is kept, whole or not at all.

        ``told`` are the digests of what was warned of. Raises StoreError where another csweek changed the
        plan since this one was made from it.
        """
        with self._writing() as db:
            lists.keep_directory(db, directory)
            if not (changes.empty and saving.is_current(db, table)):
                saving.keep_table(db, table, changes)
            lists.keep_shares(db, table)
            lists.keep_given_up(db, table)
            lists.keep_said(db, table, changes)
            lists.keep_spoken(db, table)
            lists.keep_known(db, "file", files)
            lists.keep_known(db, f"told {table.year.label}", dict.fromkeys(told, ""))

    def renew(self, table: Table, changes: Changes) -> None:
        """Keep a year whose events read otherwise, whole or not at all; names and files stay as they are.

        Raises StoreError as ``save`` does.
        """
        with self._writing() as db:
            if not changes.empty:
                saving.keep_table(db, table, changes)
            lists.keep_said(db, table, changes)

    def amend(self, revision: Revision, what: Deed) -> None:
        """Keep a change by hand, whole or not at all; names and files stay those of the last plan.

        Raises StoreError where another csweek changed the plan since this one was made from it.
        """
        with self._writing() as db:
            saving.amend(db, revision, what)

    def record_printed(self, cards: Iterable[PrintedCard]) -> None:
        """Remember which cards were printed, whole or not at all."""
        with self._writing() as db:
            printed.record(db, cards)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with transaction(self._db, self._path, "DEFERRED") as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if not self._writable:
            raise ValueError("a store that was opened for reading is written to")
        with transaction(self._db, self._path, "IMMEDIATE") as db:
            yield db
