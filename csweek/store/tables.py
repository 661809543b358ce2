"""The events that stand and the revision they stand in, read inside a transaction that the caller holds."""

import sqlite3
from collections.abc import Iterable
from datetime import date
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct

from csweek.model.basics import Status, Year
from csweek.model.plan import Event, Plan, Traits, is_open
from csweek.rows import Row
from csweek.rows.decoder import Decoder
from csweek.rows.table import Table, Texts, in_time
from csweek.rows.values import moment, serial
from csweek.store import lists

_FIND = "SELECT event.* FROM event JOIN year ON year.id = year WHERE "
_CONDITIONS = {
    "label": "year.label = :label",
    "first": "event.day >= :first",
    "last": "event.day <= :last",
    "id": "event.serial = :id",
    "named": "event.recipients IS NOT (SELECT id FROM text WHERE value = '[]')",
    "owner": "event.owner = (SELECT id FROM text WHERE value = :owner)",
    "team": """(event.team = (SELECT id FROM text WHERE value = :team) OR event.team IS NULL
        AND event.recipients = (SELECT id FROM text WHERE value = '[]') AND event.site = (
            SELECT text.id FROM known JOIN text USING (value) WHERE list = 'team' AND name = :team))""",
    "person": """event.serial IN (
        SELECT serial FROM event WHERE recipients IN (
            SELECT list FROM recipient WHERE person = (SELECT id FROM text WHERE value = :person))
        UNION ALL SELECT serial FROM event
        WHERE recipients = (SELECT id FROM text WHERE value = '[]') AND CASE
            WHEN team IS NULL
            THEN site = (SELECT text.id FROM person JOIN text ON value = site WHERE person.id = :person)
            ELSE team = (SELECT text.id FROM person JOIN text ON value = team WHERE person.id = :person)
        END)""",
}
_DAY = attrgetter("day")
_TEXTS = attrgetter("action", "subject", "site", "team", "owner", "recipients", "kind")
"""The columns of a row that hold numbers of texts."""
_AT_ONCE = 500
"""Texts that are asked for in one query."""


class Wanted(Struct, frozen=True):
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
    named: bool = False
    """Only what is for people by name."""
    open: bool = False
    """Only what others may know of before."""


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
    first_serial: int
    """The serials from here to before the next one were given in this revision."""
    next_serial: int
    what: str

    @property
    def opened(self) -> date | None:
        """The first day that was open when the year was first planned; None: the year's first."""
        return None if self.since is None else date.fromordinal(self.since)

    def as_year(self, label: str) -> Year:
        """Return the year as this revision has it."""
        return Year(label, date.fromordinal(self.first), self.weeks)

    def as_plan(self, label: str, events: tuple[Event, ...], following: int) -> Plan:
        """Return the plan of this revision, ``following`` being the store's next serial."""
        calendar, revised = UUID(self.calendar), moment(self.revised)
        return Plan(self.as_year(label), events, self.number, revised, calendar, following, self.opened)


def turn_of(db: sqlite3.Connection, label: str, number: int | None = None) -> Turn | None:
    """Return the revision of a year with this number (None: the latest), None where there is none."""
    row = db.execute(
        "SELECT revision.* FROM revision JOIN year ON year.id = year "
        "WHERE label = :label AND number = ifnull(:number, number) ORDER BY number DESC LIMIT 1",
        {"label": label, "number": number},
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
        "named": wanted.named or None,
    }
    given = {name: value for name, value in given.items() if value is not None}
    where = " AND ".join(_CONDITIONS[name] for name in given) or "true"
    rows = map(Row._make, db.execute(f"{_FIND}{where} ORDER BY event.day", given))
    texts, events = _Read(db), list[Event]()
    decoder, labels = decoder_of(db, texts), dict(db.execute("SELECT id, label FROM year"))
    for _, day in groupby(rows, key=_DAY):  # a year at once would take twice the memory
        some = [row for row in day if not wanted.open or _is_open(decoder, row)]
        texts.read(chain.from_iterable(map(_TEXTS, some)))
        events += sorted((decoder.event(labels[row.year], row) for row in some), key=in_time)
    return tuple(events)


def _is_open(decoder: Decoder, row: Row) -> bool:
    kind = decoder.kinds[row.kind]
    return is_open(kind["visibility"], kind["audience"])


def traits(db: sqlite3.Connection, label: str, first: date, last: date) -> tuple[Traits, ...]:
    """Return how many events that stand on some days of a year have which trait."""
    rows = db.execute(
        "SELECT kind, count(*) FROM event JOIN year ON year.id = year "
        "WHERE label = ? AND day BETWEEN ? AND ? AND status != ? GROUP BY kind ORDER BY kind",
        [label, first.toordinal(), last.toordinal(), Status.CANCELLED.value],
    )
    kinds = decoder_of(db).kinds
    counted = ((kinds[number], count) for number, count in rows)
    return tuple(Traits(kind["trait"], kind["idea"], kind["practice"], count) for kind, count in counted)


def ahead(db: sqlite3.Connection, label: str, day: date) -> frozenset[str]:
    """Return the actions of a year of which something still stands after a day."""
    rows = db.execute(
        "SELECT DISTINCT value FROM event JOIN year ON year.id = year JOIN text ON text.id = action "
        "WHERE label = ? AND day > ? AND status != ?",
        [label, day.toordinal(), Status.CANCELLED.value],
    )
    return frozenset(value for (value,) in rows)


class _Read(dict[int, str]):
    """Texts by number, read when they are first asked for."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__()
        self._db = db

    def __missing__(self, number: int) -> str:
        (text,) = self._db.execute("SELECT value FROM text WHERE id = ?", [number]).fetchone()
        self[number] = text
        return str(text)

    def read(self, numbers: Iterable[int | None]) -> None:
        """Read those of some texts at once that were not read yet."""
        new = [number for number in {*numbers} - {None} if number not in self]
        for first in range(0, len(new), _AT_ONCE):
            some = new[first : first + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            self.update(self._db.execute(f"SELECT id, value FROM text WHERE id IN ({marks})", some))  # noqa: S608 - only marks


def decoder_of(db: sqlite3.Connection, texts: _Read | None = None) -> Decoder:
    """Return what makes events of rows; a text that was not read before is read when it is asked for."""
    calendars = {
        label: UUID(calendar)
        for label, calendar, _ in db.execute(
            "SELECT label, calendar, min(number) FROM revision JOIN year ON year.id = year GROUP BY label"
        )
    }
    return Decoder(_Read(db) if texts is None else texts, calendars)


def table(db: sqlite3.Connection, year: Year) -> Table | None:
    """Return the current plan of a year as rows; the year may have got other weeks since."""
    turn = turn_of(db, year.label)
    if turn is None:
        return None
    rows = db.execute("SELECT * FROM event WHERE year = ? ORDER BY serial", [turn.year]).fetchall()
    calendar = decoder_of(db).calendar(year.label)
    made = (calendar, turn.number, moment(turn.revised), next_serial(db), turn.opened)
    return Table(
        year, turn.year, rows, texts(db), *made,
        given_up=lists.given_up(db, year.label), said=lists.said(db, year.label), spoken=lists.spoken(db),
    )  # fmt: skip


def empty_table(db: sqlite3.Connection, year: Year, calendar_id: UUID) -> Table:
    """Return a year that has no plan yet."""
    (number,) = db.execute(
        "SELECT ifnull((SELECT id FROM year WHERE label = ?), (SELECT ifnull(max(id), 0) + 1 FROM year))",
        [year.label],
    ).fetchone()
    return Table(
        year, number, (), texts(db), calendar_id, next_serial=next_serial(db), spoken=lists.spoken(db)
    )


def texts(db: sqlite3.Connection) -> Texts:
    """Return all texts with their numbers."""
    return Texts(db.execute("SELECT value, id FROM text ORDER BY id"))
