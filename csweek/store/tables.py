"""What stands in the tables, read and written inside a transaction that the caller holds."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from csweek.errors import StoreError
from csweek.model import Contact, Directory, Event, Plan, Role, Status, Words, Year
from csweek.store.rows import Decoder, Encoder, Row, Texts, dump, instant, moment, serial

_FIND = "SELECT label, event.* FROM event JOIN year ON year.id = year WHERE "
_CONDITIONS = {
    "label": "year.label = :label",
    "first": "event.day >= :first",
    "last": "event.day <= :last",
    "id": "event.serial = :id",
    "owner": "event.owner = (SELECT id FROM text WHERE value = :owner)",
    "team": """event.serial IN (
        SELECT serial FROM event WHERE team = (SELECT id FROM text WHERE value = :team)
        UNION ALL SELECT serial FROM event
            WHERE team IS NULL AND recipients = (SELECT id FROM text WHERE value = '[]')
            AND site = (
                SELECT text.id FROM known JOIN text USING (value) WHERE list = 'team' AND name = :team))""",
    "person": """event.serial IN (
        SELECT serial FROM recipient WHERE person = (SELECT id FROM text WHERE value = :person)
        UNION ALL SELECT serial FROM event
            WHERE recipients = (SELECT id FROM text WHERE value = '[]')
            AND team = (SELECT text.id FROM person JOIN text ON value = team WHERE person.id = :person)
        UNION ALL SELECT serial FROM event
            WHERE team IS NULL AND recipients = (SELECT id FROM text WHERE value = '[]')
            AND site = (SELECT text.id FROM person JOIN text ON value = site WHERE person.id = :person))""",
}
_PUT = " ".join(
    (
        "INSERT INTO event VALUES (", ", ".join("?" * len(Row._fields)), ")",
        "ON CONFLICT (serial) DO UPDATE SET",
        ", ".join(f"{name} = excluded.{name}" for name in Row._fields[1:]),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events to find: those that fit all that is given."""

    first: date | None = None
    last: date | None = None
    """Included."""
    person: str | None = None
    """Who receives it: by name, with the team or with the site, as of the last save."""
    team: str | None = None
    """What the team or somebody in it receives, also with the site."""
    owner: str | None = None
    id: str | None = None


class Turn(NamedTuple):
    """A revision as its table has it, the columns in the table's order."""

    id: int
    year: int
    number: int
    revised: int
    first: int
    weeks: int
    since: int | None
    calendar: str
    next_serial: int

    def as_year(self, label: str) -> Year:
        """Return the year as this revision has it."""
        return Year(label, date.fromordinal(self.first), self.weeks)

    def as_plan(self, label: str, events: tuple[Event, ...], following: int) -> Plan:
        """Return the plan of this revision, ``following`` being the store's next serial."""
        since = None if self.since is None else date.fromordinal(self.since)
        calendar, revised = UUID(self.calendar), moment(self.revised)
        return Plan(self.as_year(label), events, self.number, revised, calendar, following, since)


# --- reading -----------------------------------------------------------------------------------------


def latest(db: sqlite3.Connection, label: str) -> Turn | None:
    """Return the latest revision of a year."""
    row = db.execute(
        "SELECT revision.* FROM revision JOIN year ON year.id = year WHERE label = ? "
        "ORDER BY number DESC LIMIT 1",
        [label],
    ).fetchone()
    return row and Turn(*row)


def next_serial(db: sqlite3.Connection) -> int:
    """Return the number that the next new event's id gets, in whichever year."""
    return int(db.execute("SELECT ifnull(max(next_serial), 1) FROM revision").fetchone()[0])


def found(db: sqlite3.Connection, label: str | None, wanted: Wanted) -> tuple[Event, ...]:
    """Return the events of a year (None: of every year) that are wanted, sorted as in a plan."""
    given = {
        "label": label,
        "first": wanted.first and wanted.first.toordinal(),
        "last": wanted.last and wanted.last.toordinal(),
        "person": wanted.person,
        "team": wanted.team,
        "owner": wanted.owner,
        "id": None if wanted.id is None else serial(wanted.id) or 0,
    }
    given = {name: value for name, value in given.items() if value is not None}
    where = " AND ".join(_CONDITIONS[name] for name in given) or "true"
    event = Decoder(db).event
    events = [event(label, Row._make(row)) for label, *row in db.execute(_FIND + where, given).fetchall()]
    return tuple(sorted(events, key=lambda event: event.sort_key))


def changes(db: sqlite3.Connection, label: str, number: int) -> dict[str, Event | None]:
    """Return what a revision changed by event id: the event as it was before, None where it was new."""
    rows = db.execute(
        "SELECT serial, before FROM change JOIN revision ON revision.id = revision "
        "JOIN year ON year.id = year WHERE label = ? AND number = ?",
        [label, number],
    ).fetchall()
    event = Decoder(db).event
    return {f"e{key}": text and event(label, Row(**json.loads(text))) for key, text in rows}


def known(db: sqlite3.Connection, which: str) -> dict[str, str]:
    """Return one of the small lists: ``file``, ``site``, ``team``, ``shown``."""
    return dict(
        db.execute("SELECT name, value FROM known WHERE list = ? ORDER BY position", [which]).fetchall()
    )


def directory(db: sqlite3.Connection) -> Directory:
    """Return the names and titles as of the last save, empty before the first."""
    shown = {"organisation": "", "locale": "en", "theme": "{}", "motto": "{}"} | known(db, "shown")
    theme, motto = (Words(json.loads(shown[name])) for name in ("theme", "motto"))
    rows = db.execute("SELECT id, name, email, team, site, role FROM person ORDER BY position")
    persons = {
        ident: Contact(ident, name, email, team, site, Role(role))
        for ident, name, email, team, site, role in rows
    }
    return Directory(
        shown["organisation"], shown["locale"], theme, motto, persons, known(db, "team"), known(db, "site")
    )


# --- writing -----------------------------------------------------------------------------------------


def standing(db: sqlite3.Connection, label: str) -> tuple[int, int]:
    """Return the key of a year, which is added if need be, and the number of its latest revision or 0."""
    db.execute("INSERT OR IGNORE INTO year (label) VALUES (?)", [label])
    year, number = db.execute(
        "SELECT year.id, ifnull(max(number), 0) FROM year LEFT JOIN revision ON year = year.id "
        "WHERE label = ?",
        [label],
    ).fetchone()
    return year, number


def keep_plan(db: sqlite3.Connection, plan: Plan, year: int, number: int) -> None:
    """Make a plan the revision after ``number``, the latest. Raises StoreError where it is not the next."""
    texts = Texts(db)
    after = Encoder(texts, year).rows(plan)
    before = {row[0]: Row._make(row) for row in db.execute("SELECT * FROM event WHERE year = ?", [year])}
    new = after.keys() - before.keys()
    if plan.revision != number + 1 or min(new, default=plan.next_serial) < next_serial(db):
        raise StoreError("another csweek changed the plan meanwhile; nothing was saved", "run this again")
    texts.flush()
    since = None if plan.since is None else plan.since.toordinal()
    turn = Turn(
        0, year, plan.revision, instant(plan.revised), plan.year.first.toordinal(), plan.year.weeks,
        since, str(plan.calendar_id), plan.next_serial,
    )  # fmt: skip
    _put(db, _add(db, turn), before, after)


def mark(db: sqlite3.Connection, ids: Iterable[str], status: Status, at: int) -> None:
    """Give events a status, as a revision of each year concerned. Raises StoreError for an unknown id."""
    rows = [row for row in (_row(db, ident) for ident in ids) if row.status != status.value]
    for year in sorted({row.year for row in rows}):
        before = {row.serial: row for row in rows if row.year == year}
        now = {
            key: row._replace(status=status.value, sequence=row.sequence + 1, changed=at)
            for key, row in before.items()
        }
        query = "SELECT * FROM revision WHERE year = ? ORDER BY number DESC LIMIT 1"
        last = Turn(*db.execute(query, [year]).fetchone())
        revision = _add(db, last._replace(number=last.number + 1, revised=at))
        _put(db, revision, before, now)
        db.executemany("INSERT INTO mark VALUES (?, ?, ?)", [(key, revision, status.value) for key in now])


def keep_known(db: sqlite3.Connection, which: str, items: Mapping[str, str]) -> None:
    """Make one of the small lists hold just this, in this order."""
    if list(known(db, which).items()) != list(items.items()):
        db.execute("DELETE FROM known WHERE list = ?", [which])
        rows = [(which, *item, position) for position, item in enumerate(items.items())]
        db.executemany("INSERT INTO known VALUES (?, ?, ?, ?)", rows)


def keep_directory(db: sqlite3.Connection, new: Directory) -> None:
    """Make these the names and titles."""
    theme, motto = (dump(dict(words.texts)) for words in (new.theme, new.motto))
    shown = {"organisation": new.organisation, "locale": new.locale, "theme": theme, "motto": motto}
    keep_known(db, "shown", shown)
    keep_known(db, "team", new.teams)
    keep_known(db, "site", new.sites)
    persons = list(new.persons.values())
    if list(directory(db).persons.values()) != persons:
        db.execute("DELETE FROM person")
        rows = [(p.id, p.name, p.email, p.team, p.site, p.role.value) for p in persons]
        db.executemany(
            "INSERT INTO person (id, name, email, team, site, role) VALUES (?, ?, ?, ?, ?, ?)", rows
        )


def _row(db: sqlite3.Connection, ident: str) -> Row:
    row = db.execute("SELECT * FROM event WHERE serial = ?", [serial(ident)]).fetchone()
    if row is None:
        raise StoreError(
            f"there is no event {ident}", "`csweek show` lists events with their ids, such as e412"
        )
    return Row._make(row)


def _add(db: sqlite3.Connection, turn: Turn) -> int:
    added = db.execute("INSERT INTO revision VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", turn[1:])
    return int(added.lastrowid or 0)


def _put(db: sqlite3.Connection, revision: int, before: Mapping[int, Row], after: Mapping[int, Row]) -> None:
    """Write what differs, and what it was before."""
    put = [row for key, row in after.items() if row != before.get(key)]
    gone = before.keys() - after.keys()
    changed = sorted({row.serial for row in put} | gone)
    was = [(revision, key, dump(before[key]._asdict()) if key in before else None) for key in changed]
    db.executemany("INSERT INTO change VALUES (?, ?, ?)", was)
    db.executemany("DELETE FROM event WHERE serial = ?", [(key,) for key in gone])
    db.executemany(_PUT, put)
    _put_recipients(db, [row for row in put if _differ(before.get(row.serial), row)], before)


def _differ(old: Row | None, new: Row) -> bool:
    return old is None or old.recipients != new.recipients


def _put_recipients(db: sqlite3.Connection, rows: Collection[Row], before: Mapping[int, Row]) -> None:
    people = Decoder(db).people
    pairs = [(row.serial, person) for row in rows for person in people(row.recipients)]
    db.executemany(
        "DELETE FROM recipient WHERE serial = ?", [(row.serial,) for row in rows if row.serial in before]
    )
    db.executemany("INSERT OR IGNORE INTO recipient VALUES (?, ?)", pairs)
