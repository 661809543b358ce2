"""Events and revisions put into the tables, inside a transaction that the caller holds."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from csweek.errors import StoreError
from csweek.model.plan import Deed, Plan, Revision
from csweek.rows import RECIPIENTS, SERIAL, Plain, Row
from csweek.rows.encoder import Encoder
from csweek.rows.table import Changes, Table, Texts
from csweek.rows.values import dump, instant
from csweek.store.tables import Turn, next_serial, texts, turn_of

_PUT = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_LIST = """INSERT OR IGNORE INTO recipient
    SELECT person.value, text.id FROM text, json_each(text.value) AS person WHERE text.id = ?"""
_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'event'"


def _year(db: sqlite3.Connection, label: str) -> tuple[int, int]:
    """Return the key of a year, which is added if need be, and the number of its latest revision or 0."""
    db.execute("INSERT OR IGNORE INTO year (label) VALUES (?)", [label])
    year, number = db.execute(
        "SELECT year.id, ifnull(max(number), 0) FROM year LEFT JOIN revision ON year = year.id "
        "WHERE label = ?",
        [label],
    ).fetchone()
    return year, number


def keep_table(db: sqlite3.Connection, table: Table, changes: Changes) -> None:
    """Make a table the revision after the latest. Raises StoreError where it was not made from that one."""
    year, number = _year(db, table.year.label)
    following = next_serial(db)
    new = [row for row in changes.added if row[SERIAL] >= following]
    if (table.number, table.revision) != (year, number + 1) or len(new) + len(changes.revived) != len(
        changes.added
    ):
        raise _meanwhile()
    _keep_texts(db, table.texts)
    turn = _turn(table, year, following, Deed.PLANNED)
    pairs = (*changes.moved, *changes.changed, *changes.cancelled)
    again = sorted(row for row in changes.added if row[SERIAL] < following)
    was = [*(old for old, _ in pairs), *sorted(changes.revived)]
    _put(db, _add(db, turn), was, [*new, *(now for _, now in pairs), *again])


def is_current(db: sqlite3.Connection, table: Table) -> bool:
    """Whether a table is of the latest revision of its year, with the same weeks."""
    turn = turn_of(db, table.year.label)
    return turn is not None and (turn.number, turn.as_year(table.year.label)) == (table.revision, table.year)


def _keep_texts(db: sqlite3.Connection, known: Texts) -> None:
    """Write the texts that are new. Raises StoreError where another csweek numbered others meanwhile."""
    (kept,) = db.execute("SELECT count(*) FROM text").fetchone()
    new = islice(known.items(), kept, None)
    try:
        db.executemany("INSERT INTO text (value, id) VALUES (?, ?)", new)
    except sqlite3.IntegrityError as error:
        raise _meanwhile() from error


def amend(db: sqlite3.Connection, revision: Revision, what: Deed) -> None:
    """Make a change by hand, which adds no event, the next revision. Raises StoreError as keep_table does."""
    plan = revision.plan
    year, number = _year(db, plan.year.label)
    if plan.revision != number + 1:
        raise _meanwhile()
    known = texts(db)
    encoder = Encoder(known, year)
    after = sorted(encoder.row(event) for event in revision.touched)
    before = [row for each in after if (row := _row(db, each.serial)) is not None]
    if len(before) != len(after):
        raise ValueError("a change by hand adds no event")
    _keep_texts(db, known)
    turn = _turn(plan, year, next_serial(db), what)
    added = _add(db, turn._replace(next_serial=turn.first_serial))
    _put(db, added, before, after)
    marks = [
        (now.serial, added, now.status)
        for now, old in zip(after, before, strict=True)
        if now.status != old.status
    ]
    db.executemany("INSERT INTO mark VALUES (?, ?, ?)", marks)


def _turn(plan: Plan | Table, year: int, following: int, what: Deed) -> Turn:
    since = None if plan.since is None else plan.since.toordinal()
    return Turn(
        0, year, plan.revision, instant(plan.revised), plan.year.first.toordinal(), plan.year.weeks,
        since, str(plan.calendar_id), following, max(following, plan.next_serial), what.value,
    )  # fmt: skip


def _meanwhile() -> StoreError:
    return StoreError("another csweek changed the plan meanwhile; nothing was saved", "run this again")


def _row(db: sqlite3.Connection, number: int) -> Row | None:
    row = db.execute("SELECT * FROM event WHERE serial = ?", [number]).fetchone()
    return row and Row._make(row)


def _add(db: sqlite3.Connection, turn: Turn) -> int:
    added = db.execute("INSERT INTO revision VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", turn[1:])
    return int(added.lastrowid or 0)


def _put(db: sqlite3.Connection, revision: int, before: Sequence[Plain], after: Sequence[Plain]) -> None:
    """Write rows that are new or different, and what those were that are different."""
    was = ((revision, row[SERIAL], dump(Row._make(row)._asdict())) for row in before)
    db.executemany("INSERT INTO change VALUES (?, ?, ?)", was)
    db.executemany("DELETE FROM event WHERE serial = ?", ((row[SERIAL],) for row in before))
    with _sorted_at_once(db, len(after)):
        db.executemany(_PUT, after)
    db.executemany(_LIST, ((number,) for number in sorted({row[RECIPIENTS] for row in after})))


@contextmanager
def _sorted_at_once(db: sqlite3.Connection, new: int) -> Iterator[None]:
    """Make the indexes anew where more events are added than there are: in a third of the time."""
    (kept,) = db.execute("SELECT count(*) FROM event").fetchone()
    indexes = db.execute(_INDEXES).fetchall() if new > kept else []
    for name, _ in indexes:
        db.execute(f"DROP INDEX {name}")
    yield
    for _, made in indexes:
        db.execute(made)
