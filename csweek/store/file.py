"""The SQLite file itself: opened, brought up to date, changed as a whole, its faults told plainly."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from csweek.errors import StoreError

APPLICATION = 0x63737765
MIGRATIONS = (
    """
    CREATE TABLE text (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);
    CREATE TABLE year (id INTEGER PRIMARY KEY, label TEXT NOT NULL UNIQUE);
    CREATE TABLE revision (
        id INTEGER PRIMARY KEY, year INTEGER NOT NULL REFERENCES year, number INTEGER NOT NULL,
        revised INTEGER NOT NULL, first INTEGER NOT NULL, weeks INTEGER NOT NULL, since INTEGER,
        calendar TEXT NOT NULL, first_serial INTEGER NOT NULL, next_serial INTEGER NOT NULL,
        UNIQUE (year, number));
    CREATE TABLE event (
        serial INTEGER PRIMARY KEY, year INTEGER NOT NULL REFERENCES year, action INTEGER NOT NULL,
        subject INTEGER NOT NULL, ordinal INTEGER NOT NULL, day INTEGER NOT NULL, starts INTEGER,
        ends INTEGER, site INTEGER NOT NULL, team INTEGER, owner INTEGER, recipients INTEGER NOT NULL,
        kind INTEGER NOT NULL, reason TEXT NOT NULL, uid TEXT NOT NULL, sequence INTEGER NOT NULL,
        status TEXT NOT NULL, changed INTEGER);
    CREATE INDEX event_day ON event (year, day);
    CREATE INDEX event_owner ON event (owner, day);
    CREATE TABLE recipient (
        person INTEGER NOT NULL REFERENCES text, serial INTEGER NOT NULL REFERENCES event,
        PRIMARY KEY (person, serial)) WITHOUT ROWID;
    CREATE TABLE change (
        revision INTEGER NOT NULL REFERENCES revision, serial INTEGER NOT NULL, before TEXT NOT NULL,
        PRIMARY KEY (revision, serial)) WITHOUT ROWID;
    CREATE TABLE mark (
        serial INTEGER NOT NULL, revision INTEGER NOT NULL REFERENCES revision, status TEXT NOT NULL,
        PRIMARY KEY (serial, revision)) WITHOUT ROWID;
    CREATE TABLE sent (
        what TEXT NOT NULL, recipient TEXT NOT NULL, at INTEGER NOT NULL,
        PRIMARY KEY (what, recipient, at)) WITHOUT ROWID;
    CREATE TABLE person (
        position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, email TEXT NOT NULL,
        team TEXT, site TEXT NOT NULL, role TEXT NOT NULL);
    CREATE TABLE known (
        list TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, position INTEGER NOT NULL,
        PRIMARY KEY (list, name)) WITHOUT ROWID;
    """,
    """
    ALTER TABLE event ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE revision ADD COLUMN what TEXT NOT NULL DEFAULT 'planned';
    UPDATE revision SET what = (SELECT status FROM mark WHERE mark.revision = revision.id)
        WHERE id IN (SELECT revision FROM mark)
    """,
    """
    CREATE TABLE IF NOT EXISTS outbox (
        what TEXT NOT NULL, recipient TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL,
        PRIMARY KEY (what, recipient)) WITHOUT ROWID
    """,
    """
    CREATE TABLE IF NOT EXISTS printed (
        serial INTEGER NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL, sheet TEXT NOT NULL,
        number INTEGER NOT NULL, place INTEGER NOT NULL,
        PRIMARY KEY (serial, person, at)) WITHOUT ROWID
    """,
    "ALTER TABLE person ADD COLUMN manager TEXT",
    """
    DROP TABLE recipient;
    CREATE TABLE recipient (
        person INTEGER NOT NULL REFERENCES text, list INTEGER NOT NULL REFERENCES text,
        PRIMARY KEY (person, list)) WITHOUT ROWID;
    CREATE INDEX event_recipients ON event (recipients);
    INSERT OR IGNORE INTO recipient
        SELECT person.value, text.id FROM text, json_each(text.value) AS person
        WHERE text.id IN (SELECT recipients FROM event)
    """,
    "DROP TABLE sent",
)
"""The way from each version to the next; what stands here stays as it is, new versions are added."""

_SETTINGS = ("journal_mode = DELETE", "synchronous = FULL", "foreign_keys = ON", "cache_size = -65536")
"""The cache, in KB, holds what a save changes, so that the file is written once."""

BUSY = ("another csweek is saving in this workspace", "wait for it to end and run this again")
LOCKED_OUT = ("{path} may not be read or written", "ask for permission to read and write in its folder")
DAMAGED = (
    "{path} is damaged or is not a csweek store",
    "put a copy from your backup in its place, or move it away and run `csweek plan` to begin anew",
)
FAULTS = {
    "BUSY": BUSY,
    "LOCKED": BUSY,
    "FULL": ("the disk is full; nothing was saved", "make room and run this again"),
    "READONLY": LOCKED_OUT,
    "CANTOPEN": LOCKED_OUT,
    "PERM": LOCKED_OUT,
    "AUTH": LOCKED_OUT,
    "IOERR": ("{path} cannot be read or written", "see whether its disk or network folder is still there"),
    "NOTADB": DAMAGED,
    "CORRUPT": DAMAGED,
}
"""What to say for each of SQLite's result codes that is not a fault of ours."""
_GONE = ("no such table", "no such column", "Could not decode to UTF-8")
"""How messages begin about a file of the right version that lacks what we put into it."""


def for_writing(path: Path, patience: float) -> sqlite3.Connection:
    """Open the file, made or brought up to date where need be; ``patience`` in seconds. Raises StoreError."""
    with told(path):
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            (path.parent / ".gitignore").write_text("*\n", encoding="ascii")
        db = _connect(path, "rwc", patience)
        with _closed_on_error(db):
            _check(db, path)
            for setting in _SETTINGS:
                db.execute(f"PRAGMA {setting}")
            _migrate(db, path)
        return db


def for_reading(path: Path, patience: float) -> sqlite3.Connection:
    """Open the file and change nothing; where there is none, an empty store. Raises StoreError.

    An older version is read through a copy in memory. A save that was cut off is undone first.
    """
    with told(path):
        if not path.exists():
            return _in_memory(path, None)
        db = _connect(path, "ro", patience)
        with _closed_on_error(db):
            _undo_cut_off(db, path, patience)
            if _check(db, path) == len(MIGRATIONS):
                return db
        with closing(db):
            return _in_memory(path, db)


@contextmanager
def transaction(db: sqlite3.Connection, path: Path, kind: str) -> Iterator[sqlite3.Connection]:
    """Do everything inside or nothing; ``kind`` is DEFERRED or IMMEDIATE. Raises StoreError."""
    with told(path):
        db.execute(f"BEGIN {kind}")
        try:
            yield db
            db.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                db.execute("ROLLBACK")
            raise


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn faults of the file into a StoreError in plain words; faults of ours pass."""
    try:
        yield
    except FileExistsError as error:
        raise StoreError(f"{path.parent} is a file where a folder is needed", "move it away") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}", LOCKED_OUT[1]) from error
    except sqlite3.Error as error:
        fault = _fault(error)
        if fault is None:
            raise
        raise StoreError(fault[0].format(path=path), fault[1]) from error


def _fault(error: sqlite3.Error) -> tuple[str, str] | None:
    """Return what to say and to do about a fault of the file, None for one of ours."""
    if isinstance(error, sqlite3.OperationalError) and str(error).startswith(_GONE):
        return DAMAGED
    code = getattr(error, "sqlite_errorname", "").removeprefix("SQLITE_").partition("_")[0]
    return FAULTS.get(code)


def _connect(path: Path, mode: str, patience: float) -> sqlite3.Connection:
    name = path.absolute().as_posix().replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    uri = f"file://{'' if name.startswith('/') else '/'}{name}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None)


@contextmanager
def _closed_on_error(db: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        db.close()
        raise


def _number(db: sqlite3.Connection, query: str) -> int:
    return int(db.execute(query).fetchone()[0])


def _check(db: sqlite3.Connection, path: Path) -> int:
    """Return the file's version, 0 for an empty one. Raises StoreError for what is not ours or newer."""
    version = _number(db, "PRAGMA user_version")
    used = _number(db, "SELECT count(*) FROM sqlite_master") + version
    if used and _number(db, "PRAGMA application_id") != APPLICATION:
        raise StoreError(DAMAGED[0].format(path=path), DAMAGED[1])
    if version > len(MIGRATIONS):
        raise StoreError(
            f"{path} was written by a newer csweek (store version {version}, known {len(MIGRATIONS)})",
            "upgrade csweek, then run this again",
        )
    return version


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    if _check(db, path) == len(MIGRATIONS):
        return
    with transaction(db, path, "IMMEDIATE"):
        for script in MIGRATIONS[_check(db, path) :]:
            for statement in script.split(";"):
                _take_step(db, path, statement)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _take_step(db: sqlite3.Connection, path: Path, statement: str) -> None:
    """Make a change of a migration. Raises StoreError where the file is not what its version says."""
    try:
        db.execute(statement)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_ERROR":
            raise
        raise StoreError(DAMAGED[0].format(path=path), DAMAGED[1]) from error


def _in_memory(path: Path, old: sqlite3.Connection | None) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    with _closed_on_error(db):
        if old is not None:
            old.backup(db)
        _migrate(db, path)
    return db


def _undo_cut_off(db: sqlite3.Connection, path: Path, patience: float) -> None:
    """Let SQLite roll back what a killed save left, which it does only for whoever may write."""
    try:
        _number(db, "PRAGMA user_version")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
            raise
        with closing(_connect(path, "rw", patience)) as writing:
            _number(writing, "PRAGMA user_version")
