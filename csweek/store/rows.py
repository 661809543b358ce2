"""Events as rows of whole numbers, there and back.

Days are ordinals, instants microseconds since 1970. A wall time is kept as if it were UTC, so that
it stays the same when a zone changes its rules, and doubled, its lowest bit being the fold. Every
text stands once in the table ``text`` and stays there.
"""

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from csweek import zones
from csweek.model import (
    Audience,
    Channel,
    Cost,
    Event,
    Key,
    Plan,
    Practice,
    Prepare,
    Status,
    Value,
    Visibility,
    Words,
)

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
    reason: int
    uid: str
    sequence: int
    status: str
    changed: int | None


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


def _wall(when: datetime | None, timezone: str) -> int | None:
    if when is None:
        return None
    zone = zones.zone(timezone)
    local = when if when.tzinfo is zone else when.astimezone(zone)
    return instant(local.replace(tzinfo=UTC, fold=0)) * 2 + local.fold


def _local(ticks: int | None, timezone: str) -> datetime | None:
    if ticks is None:
        return None
    return moment(ticks >> 1).replace(tzinfo=zones.zone(timezone), fold=ticks & 1)


class Texts:
    """The numbers of texts; new texts are numbered on, and written by ``flush``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._ids: dict[str, int] = dict(db.execute("SELECT value, id FROM text"))
        self._kept = len(self._ids)

    def number(self, text: str) -> int:
        """Return the text's number."""
        return self._ids.setdefault(text, len(self._ids) + 1)

    def number_or_none(self, text: str | None) -> int | None:
        """Return the text's number, None for None."""
        return None if text is None else self.number(text)

    def flush(self) -> None:
        """Write the texts that are new."""
        self._db.executemany(
            "INSERT INTO text (value, id) VALUES (?, ?)", list(self._ids.items())[self._kept :]
        )


class Encoder:
    """Events of one plan to rows; what events share is worked out once."""

    def __init__(self, texts: Texts, year: int) -> None:
        self._texts = texts
        self._year = year
        self._seen: dict[object, int] = {}

    def rows(self, plan: Plan) -> dict[int, Row]:
        """Return the rows of a plan's events by serial. Raises ValueError where ids or years are wrong."""
        rows = {row.serial: row for row in map(self._row, plan.events)}
        strange = {event.key.year for event in plan.events} - {plan.year.label}
        if strange or len(rows) < len(plan.events) or max(rows, default=0) >= plan.next_serial:
            raise ValueError("a plan's events have ids of their own below next_serial and keys of its year")
        return rows

    def _row(self, event: Event) -> Row:
        number, perhaps = self._texts.number, self._texts.number_or_none
        return Row(
            _own_serial(event), self._year,
            number(event.key.action), number(event.key.subject), event.key.ordinal,
            event.date.toordinal(), _wall(event.start, event.timezone), _wall(event.end, event.timezone),
            number(event.site), perhaps(event.team), perhaps(event.owner), self._recipients(event.recipients),
            self._kind(event), self._reason(event),
            event.uid, event.sequence, event.status.value,
            None if event.changed is None else instant(event.changed),
        )  # fmt: skip

    def _recipients(self, people: tuple[str, ...]) -> int:
        if people not in self._seen:
            self._seen[people] = self._texts.number(dump(list(map(self._texts.number, people))))
        return self._seen[people]

    # The plan keeps its objects alive, so that no two of them share an ``id()`` while it is encoded.

    def _reason(self, event: Event) -> int:
        key = id(event.reason)
        if key not in self._seen:
            self._seen[key] = self._texts.number(dump(dict(event.reason)))
        return self._seen[key]

    def _kind(self, event: Event) -> int:
        shared = _shared(event)
        key = (id(event.title), id(event.how), event.prepare, shared)
        if key not in self._seen:
            title, how = (self._texts.number(dump(dict(words.texts))) for words in (event.title, event.how))
            prepare = event.prepare and (event.prepare.minutes, event.prepare.weeks)
            kind = dict(zip(_SHARED, shared, strict=True)) | {"title": title, "how": how, "prepare": prepare}
            self._seen[key] = self._texts.number(dump(kind))
        return self._seen[key]


def _own_serial(event: Event) -> int:
    number = serial(event.id)
    if number is None:
        raise ValueError(f"an event is kept under an id such as e412, not {event.id!r}")
    return number


class _Once(dict[int, _T]):
    """What a function makes of numbers, each made when it is first asked for."""

    def __init__(self, make: Callable[[int], _T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, number: int) -> _T:
        value = self[number] = self._make(number)
        return value


class Decoder:
    """Rows to events; only the texts that they point at are read."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.text: _Once[str] = _Once(self._read)
        self._words = _Once(lambda number: Words(json.loads(self.text[number])))
        self._reasons: _Once[dict[str, Value]] = _Once(lambda number: json.loads(self.text[number]))
        self._people = _Once(lambda number: tuple(self.text[one] for one in self.people(number)))
        self._kinds = _Once(self._kind)

    def people(self, recipients: int) -> list[int]:
        """Return the numbers of the recipients."""
        found: list[int] = json.loads(self.text[recipients])
        return found

    def event(self, label: str, row: Row) -> Event:
        """Return the event of a row, which belongs to the year of this label."""
        kind = self._kinds[row.kind]
        return Event(
            key=Key(label, self.text[row.action], self.text[row.subject], row.ordinal),
            date=date.fromordinal(row.day),
            start=_local(row.starts, kind["timezone"]),
            end=_local(row.ends, kind["timezone"]),
            site=self.text[row.site],
            team=None if row.team is None else self.text[row.team],
            owner=None if row.owner is None else self.text[row.owner],
            recipients=self._people[row.recipients],
            reason=self._reasons[row.reason],
            id=f"e{row.serial}",
            uid=row.uid,
            sequence=row.sequence,
            status=Status(row.status),
            changed=None if row.changed is None else moment(row.changed),
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
