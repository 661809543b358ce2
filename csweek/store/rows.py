"""Events as rows of whole numbers, there and back.

Days are ordinals, instants microseconds since 1970. A wall time is kept as if it were UTC, so that
it stays the same when a zone changes its rules, and doubled, its lowest bit being the fold. Every
text stands once in the table ``text`` and stays there.
"""

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from csweek import zones
from csweek.model.basics import Audience, Channel, Cost, Practice, Prepare, Status, Value, Visibility, Words
from csweek.model.plan import Event, Key, Plan

_TEXTS = "SELECT id, value FROM text WHERE id IN (%s)"
_AT_ONCE = 500
_K = TypeVar("_K")
_T = TypeVar("_T")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_SHARED = (
    "practice", "locale", "timezone", "audience", "visibility", "channel", "owner_role",
    "minutes", "cost", "fixed", "idea", "trait", "card",
)  # fmt: skip
"""What many events have alike, kept once as JSON, besides title, how and prepare."""

_shared = attrgetter(*_SHARED)
_ENUMS = {
    "practice": Practice, "audience": Audience, "visibility": Visibility, "channel": Channel, "cost": Cost,
}  # fmt: skip
dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Row(NamedTuple):
    """An event as its table has it, the columns in the table's order."""

    serial: int
    year: int
    action: int
    subject: int
    ordinal: int
    day: int
    starts: int | None
    ends: int | None
    site: int
    team: int | None
    owner: int | None
    recipients: int
    kind: int
    reason: str
    uid: str
    sequence: int
    status: str
    changed: int | None
    by_hand: int = 0
    """Last, with a value for what was kept before there was such a column."""


def serial(ident: str) -> int | None:
    """Return the number in an event's id (``e412``), None for anything else."""
    digits = ident[1:]
    return int(digits) if ident[:1] == "e" and digits.isascii() and digits.isdigit() else None


def instant(moment: datetime) -> int:
    """Return an aware datetime as whole microseconds."""
    return (moment - _EPOCH) // _TICK


def moment(ticks: int) -> datetime:
    """Return the UTC datetime of an instant."""
    return _EPOCH + timedelta(microseconds=ticks)


def _wall(when: datetime, timezone: str) -> int:
    zone = zones.zone(timezone)
    local = when if when.tzinfo is zone else when.astimezone(zone)
    return instant(local.replace(tzinfo=UTC, fold=0)) * 2 + local.fold


def _local(ticks: int, timezone: str) -> datetime:
    return moment(ticks >> 1).replace(tzinfo=zones.zone(timezone), fold=ticks & 1)


class Texts(dict[str, int]):
    """The numbers of texts; a new text is numbered when it is first asked for, and written by ``flush``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__(db.execute("SELECT value, id FROM text"))
        self._db = db
        self._kept = len(self)

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self) + 1
        return number

    def flush(self) -> None:
        """Write the texts that are new."""
        new = islice(self.items(), self._kept, None)
        self._db.executemany("INSERT INTO text (value, id) VALUES (?, ?)", new)


class Encoder:
    """Events of one plan to rows; what events share is worked out once.

    The plan keeps its objects alive, so that no two of them have the same ``id()`` meanwhile.
    """

    def __init__(self, texts: Texts, year: int) -> None:
        self._texts = texts
        self._year = year
        self._kinds: dict[object, int] = {}
        self._people: dict[tuple[str, ...], int] = {}
        self._reasons: dict[int, str] = {}

    def rows(self, plan: Plan) -> dict[int, Row]:
        """Return the rows of a plan's events by serial. Raises ValueError where ids or keys are wrong."""
        rows = {row.serial: row for row in map(self._row, plan.events)}
        strange = {event.key.year for event in plan.events} - {plan.year.label}
        single = len(rows) == len({row[2:5] for row in rows.values()}) == len(plan.events)
        if strange or not single or max(rows, default=0) >= plan.next_serial:
            raise ValueError("a plan's events have ids of their own below next_serial, and keys of their own")
        return rows

    def _row(self, event: Event) -> Row:
        texts, key, zone = self._texts, event.key, event.timezone
        return Row(
            _own_serial(event), self._year,
            texts[key.action], texts[key.subject], key.ordinal,
            event.date.toordinal(),
            None if event.start is None else _wall(event.start, zone),
            None if event.end is None else _wall(event.end, zone),
            texts[event.site],
            None if event.team is None else texts[event.team],
            None if event.owner is None else texts[event.owner],
            self._recipients(event.recipients), self._kind(event), self._reason(event),
            event.uid, event.sequence, event.status.value,
            None if event.changed is None else instant(event.changed),
            int(event.by_hand),
        )  # fmt: skip

    def _recipients(self, people: tuple[str, ...]) -> int:
        number = self._people.get(people)
        if number is None:
            number = self._people[people] = self._texts[dump([self._texts[person] for person in people])]
        return number

    def _reason(self, event: Event) -> str:
        text = self._reasons.get(id(event.reason))
        if text is None:
            text = self._reasons[id(event.reason)] = dump(dict(event.reason))
        return text

    def _kind(self, event: Event) -> int:
        shared, prepare = _shared(event), event.prepare
        key = (id(event.title), id(event.how), prepare and (prepare.minutes, prepare.weeks), shared)
        number = self._kinds.get(key)
        if number is None:
            words = {name: self._texts[dump(dict(getattr(event, name).texts))] for name in ("title", "how")}
            kind = dict(zip(_SHARED, shared, strict=True)) | words | {"prepare": key[2]}
            number = self._kinds[key] = self._texts[dump(kind)]
        return number


def _own_serial(event: Event) -> int:
    number = serial(event.id)
    if number is None:
        raise ValueError(f"an event is kept under an id such as e412, not {event.id!r}")
    return number


class _Once(dict[_K, _T]):
    """What a function makes of something, made when it is first asked for."""

    def __init__(self, make: Callable[[_K], _T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: _K) -> _T:
        value = self[key] = self._make(key)
        return value


class Decoder:
    """Rows to events; only the texts that they point at are read."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.text: _Once[int, str] = _Once(self._read)
        self._words: _Once[int, Words] = _Once(lambda number: Words(json.loads(self.text[number])))
        self._reasons: _Once[str, dict[str, Value]] = _Once(json.loads)
        self.people: _Once[int, list[int]] = _Once(lambda number: json.loads(self.text[number]))
        """The numbers of the people by the number of their list."""
        self._names: _Once[int, tuple[str, ...]] = _Once(
            lambda number: tuple(self.text[one] for one in self.people[number])
        )
        self._kinds: _Once[int, dict[str, Any]] = _Once(self._kind)

    def events(self, rows: Sequence[tuple[str, Row]]) -> list[Event]:
        """Return the events of rows, each with the label of its year."""
        numbers = list(
            {number for _, row in rows for number in (*row[2:4], *row[8:13]) if number is not None}
        )
        for first in range(0, len(numbers), _AT_ONCE):
            some = numbers[first : first + _AT_ONCE]
            self.text.update(self._db.execute(_TEXTS % ", ".join("?" * len(some)), some))
        return [self.event(label, row) for label, row in rows]

    def event(self, label: str, row: Row) -> Event:
        """Return the event of a row, which belongs to the year of this label."""
        kind = self._kinds[row.kind]
        return Event(
            key=Key(label, self.text[row.action], self.text[row.subject], row.ordinal),
            date=date.fromordinal(row.day),
            start=None if row.starts is None else _local(row.starts, kind["timezone"]),
            end=None if row.ends is None else _local(row.ends, kind["timezone"]),
            site=self.text[row.site],
            team=None if row.team is None else self.text[row.team],
            owner=None if row.owner is None else self.text[row.owner],
            recipients=self._names[row.recipients],
            reason=self._reasons[row.reason],
            id=f"e{row.serial}",
            uid=row.uid,
            sequence=row.sequence,
            status=Status(row.status),
            changed=None if row.changed is None else moment(row.changed),
            by_hand=bool(row.by_hand),
            **kind,
        )

    def _read(self, number: int) -> str:
        return str(self._db.execute("SELECT value FROM text WHERE id = ?", [number]).fetchone()[0])

    def _kind(self, number: int) -> dict[str, Any]:
        kind: dict[str, Any] = json.loads(self.text[number])
        prepare = kind["prepare"]
        enums = {name: enum(kind[name]) for name, enum in _ENUMS.items()}
        words = {name: self._words[kind[name]] for name in ("title", "how")}
        return kind | enums | words | {"prepare": prepare and Prepare(*prepare)}
