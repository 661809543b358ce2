"""What was handed to mail servers and webhooks, so that nobody is written to twice."""

import sqlite3
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from csweek.rows.values import instant
from csweek.store import FILE, FOLDER, PATIENCE
from csweek.store.file import for_writing, transaction

BEGUN, FREE = "begun", "free"
Ticket = tuple[str, str]
"""Which announcement, and to whom or where."""


class Outbox:
    """The letters of a workspace by ticket: ``begun`` before it leaves, ``sent`` once that is known."""

    def __init__(self, db: sqlite3.Connection, path: Path, at: datetime) -> None:
        self._db = db
        self._path = path
        self._at = instant(at)

    @classmethod
    def open(cls, root: Path, at: datetime) -> Self:
        """Open the outbox of a workspace; what is kept bears this time, in UTC. Raises StoreError."""
        path = root / FOLDER / FILE
        return cls(for_writing(path, PATIENCE), path, at)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def states(self) -> Mapping[Ticket, str]:
        """Return the state of every letter that was begun and is not free again."""
        with transaction(self._db, self._path, "DEFERRED") as db:
            rows = db.execute("SELECT what, recipient, state FROM outbox").fetchall()
        return {(what, to): state for what, to, state in rows}

    def turn(self, settled: Mapping[Ticket, str], begin: Collection[Ticket]) -> frozenset[Ticket]:
        """Keep what became of letters and mark others as begun, in one step that reaches the disk.

        Returns those of the others that were free: nobody else sends them.
        """
        free = [ticket for ticket, state in settled.items() if state == FREE]
        known = [(state, self._at, *ticket) for ticket, state in settled.items() if state != FREE]
        with transaction(self._db, self._path, "IMMEDIATE") as db:
            db.executemany("DELETE FROM outbox WHERE what = ? AND recipient = ?", free)
            db.executemany("UPDATE outbox SET state = ?, at = ? WHERE what = ? AND recipient = ?", known)
            put = "INSERT OR IGNORE INTO outbox VALUES (?, ?, ?, ?)"
            return frozenset(one for one in begin if db.execute(put, (*one, BEGUN, self._at)).rowcount)
