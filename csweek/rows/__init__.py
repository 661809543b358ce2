"""Events as rows of whole numbers, there and back: what the planner makes and the store keeps.

A year of 100,000 people is planned and kept as plain tuples; an Event is made when somebody reads it.
Days are ordinals, instants microseconds since 1970. A wall time is kept as if it were UTC, so that
it stays the same when a zone changes its rules, and doubled, its lowest bit being the fold. A text is
kept once and has a number; the lists of recipients and what many events have alike are texts, too.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from csweek.model.basics import (
    Audience,
    Channel,
    Cost,
    Practice,
    Prepare,
    Status,
    Visibility,
    Words,
    Year,
)
from csweek.model.plan import Event, Key, Plan, Revision, Spoken
from csweek.once import Once
from csweek.rows.reasons import Reason
from csweek.rows.values import EPOCH, dump, instant, local, moment, serial, uid, wall

_SHARED = (
    "practice", "locale", "timezone", "audience", "visibility", "channel", "owner_role",
    "minutes", "cost", "fixed", "idea", "trait", "card",
)  # fmt: skip
"""What many events have alike, kept once as JSON, besides title, how and prepare."""

_shared = attrgetter(*_SHARED)
_ENUMS = {
    "practice": Practice, "audience": Audience, "visibility": Visibility, "channel": Channel, "cost": Cost,
}  # fmt: skip


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
    """Empty where it follows from the calendar and the key."""
    sequence: int
    status: str
    changed: int | None
    by_hand: int = 0
    """Last, with a value for what was kept before there was such a column."""


Plain = tuple[Any, ...]
"""A row without its names, which is made and compared many times faster; its columns by position:"""
(
    SERIAL, YEAR, ACTION, SUBJECT, ORDINAL, DAY, STARTS, ENDS, SITE, TEAM, OWNER, RECIPIENTS, KIND, REASON,
    UID, SEQUENCE, STATUS, CHANGED, BY_HAND,
) = range(len(Row._fields))  # fmt: skip


class Texts(dict[str, int]):
    """The numbers of texts; a new text is numbered when it is first asked for."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self) + 1
        return number

    def by_number(self) -> Mapping[int, str]:
        """Return the texts by their numbers, those to come included."""
        return _ByNumber(self)


class _ByNumber(dict[int, str]):
    """The texts by number, looked up again where more were numbered meanwhile."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts

    def __missing__(self, number: int) -> str:
        new = islice(self._texts.items(), len(self), None)
        self.update((number, text) for text, number in new)
        if number not in self:
            raise KeyError(number)
        return self[number]


@dataclass(frozen=True)
class Table:
    """A year's plan as rows, in the order of their serials, cancelled ones included."""

    year: Year
    number: int
    """The year's own, as it stands in the rows."""
    rows: Sequence[Plain]
    texts: Texts
    calendar_id: UUID
    revision: int = 0
    revised: datetime = EPOCH
    next_serial: int = 1
    since: date | None = None
    """The first day that was open when the year was first planned; None: the year's first."""
    shares: Sequence[float] = ()
    """What each week's share of thanks by name was when it was planned; empty where that is not known."""
    given_up: Mapping[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    """How many turns of an action for a person found no day, and under which circumstances."""
    said: Mapping[str, str] = field(default_factory=dict)
    """What calendars say of its events besides what stands in the rows; empty where that is not known."""
    spoken: Mapping[str, Sequence[Spoken]] = field(default_factory=dict)
    """The languages of each calendar in turn, in all years; empty where they are not known."""

    def events(self, rows: Iterable[Plain]) -> list[Event]:
        """Return the events of some of its rows."""
        decode = self.decoder.event
        return [decode(self.year.label, Row._make(row)) for row in rows]

    def plan(self) -> Plan:
        """Return it as a plan of events."""
        events = sorted(self.events(self.rows), key=in_time)
        return Plan(
            self.year,
            tuple(events),
            self.revision,
            self.revised,
            self.calendar_id,
            self.next_serial,
            self.since,
        )

    @cached_property
    def decoder(self) -> "Decoder":
        """What makes events of its rows."""
        return Decoder(self.texts.by_number(), {self.year.label: self.calendar_id})


@dataclass(frozen=True, slots=True)
class Changes:
    """How the rows of a table differ from those before: pairs are before and now."""

    added: Sequence[Plain] = ()
    """Also what was cancelled before and is planned again."""
    moved: Sequence[tuple[Plain, Plain]] = ()
    changed: Sequence[tuple[Plain, Plain]] = ()
    cancelled: Sequence[tuple[Plain, Plain]] = ()
    revived: Sequence[Plain] = ()
    """How those of the added that stood in the table before were then."""
    said: Mapping[str, str] = field(default_factory=dict)
    """What is said otherwise now of some of the changed, as it was before."""
    turned: Sequence[str] = ()
    """The calendars that speak another language now."""

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.moved or self.changed or self.cancelled or self.turned)


def reads_otherwise(before: Plain, now: Plain) -> bool:
    """Whether a row that changed differs in nothing of its own: what is said of those in it does."""
    return before[:SEQUENCE] == now[:SEQUENCE] and before[STATUS] == now[STATUS]


def in_time(event: Event) -> tuple[object, ...]:
    """Give the order of ``Event.sort_key`` in plain tuples, which compare many times faster."""
    key = event.key
    hour = event.start.isoformat() if event.start else ""
    return event.date, hour, key.year, key.action, key.subject, key.ordinal


# --- to rows -------------------------------------------------------------------------------------


class Encoder:
    """Events of one year to rows; what events share is worked out once.

    Events have to stay alive meanwhile, so that no two of their parts have the same ``id()``.
    """

    def __init__(self, texts: Texts, year: int) -> None:
        self._texts = texts
        self._year = year
        self._kinds: dict[object, int] = {}
        self._people: dict[tuple[str, ...], int] = {}
        self._reasons: dict[int, str] = {}
        self._words: dict[int, tuple[Words, int]] = {}

    def row(self, event: Event) -> Row:
        """Return the row of an event. Raises ValueError where its id is none of ours."""
        texts, key, zone = self._texts, event.key, event.timezone
        return Row(
            _own_serial(event), self._year,
            texts[key.action], texts[key.subject], key.ordinal,
            event.date.toordinal(),
            None if event.start is None else wall(event.start, zone),
            None if event.end is None else wall(event.end, zone),
            texts[event.site],
            None if event.team is None else texts[event.team],
            None if event.owner is None else texts[event.owner],
            self.recipients(event.recipients), self._kind(event), self._reason(event),
            event.uid, event.sequence, event.status.value,
            None if event.changed is None else instant(event.changed),
            int(event.by_hand),
        )  # fmt: skip

    def recipients(self, people: tuple[str, ...]) -> int:
        """Return the number of a list of people."""
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
        known = (id(event.title), id(event.how), _ahead(prepare), shared)
        number = self._kinds.get(known)
        if number is None:
            kind = dict(zip(_SHARED, shared, strict=True))
            number = self._kinds[known] = self.kind(kind, event.title, event.how, prepare)
        return number

    def kind(self, shared: Mapping[str, object], title: Words, how: Words, prepare: Prepare | None) -> int:
        """Return the number of what many events have alike; ``shared`` in its usual order."""
        words = {"title": self._said(title), "how": self._said(how)}
        return self._texts[dump(dict(shared) | words | {"prepare": _ahead(prepare)})]

    def _said(self, words: Words) -> int:
        """Return the number of a text in its languages; the words are kept alive, so that ``id()`` holds."""
        known = self._words.get(id(words))
        if known is None:
            known = self._words[id(words)] = (words, self._texts[dump(dict(words.texts))])
        return known[1]


def _own_serial(event: Event) -> int:
    number = serial(event.id)
    if number is None:
        raise ValueError(f"an event is kept under an id such as e412, not {event.id!r}")
    return number


def table_of(plan: Plan, number: int = 1, texts: Texts | None = None) -> Table:
    """Return a plan of events as a table. Raises ValueError where ids or keys are wrong."""
    known = Texts() if texts is None else texts
    encoder = Encoder(known, number)
    rows: list[Plain] = sorted(tuple(encoder.row(event)) for event in plan.events)
    strange = {event.key.year for event in plan.events} - {plan.year.label}
    single = len({row[SERIAL] for row in rows}) == len({row[ACTION:DAY] for row in rows}) == len(rows)
    if strange or not single or (rows and rows[-1][SERIAL] >= plan.next_serial):
        raise ValueError("a plan's events have ids of their own below next_serial, and keys of their own")
    return Table(
        plan.year,
        number,
        rows,
        known,
        plan.calendar_id,
        plan.revision,
        plan.revised,
        plan.next_serial,
        plan.since,
    )


# --- from rows -----------------------------------------------------------------------------------


class Decoder:
    """Rows to events; ``calendars`` are the calendar ids by the year's label.

    Nothing in it refers to itself: what it keeps of a year is let go at once with it.
    """

    def __init__(self, text: Mapping[int, str], calendars: Mapping[str, UUID]) -> None:
        self.text = text
        self.calendar = calendars.__getitem__
        """The calendar id of a year's label."""
        words: Once[int, Words] = Once(lambda number: Words(json.loads(text[number])))
        self._reasons: Once[str, Reason] = Once(Reason)
        people: Once[int, list[int]] = Once(lambda number: json.loads(text[number]))
        self.people = people
        """The numbers of the people by the number of their list."""
        self._names: Once[int, tuple[str, ...]] = Once(
            lambda number: tuple(text[one] for one in people[number])
        )
        self._status: Once[str, Status] = Once(Status)
        self._days: Once[int, date] = Once(date.fromordinal)
        self._moments: Once[int, datetime] = Once(moment)
        self._hours: Once[tuple[int, str], datetime] = Once(lambda at: local(*at))
        self.kinds: Once[int, dict[str, Any]] = Once(lambda number: _kind(json.loads(text[number]), words))
        """What many events have alike, by the names of an Event's fields."""

    def event(self, label: str, row: Row) -> Event:
        """Return the event of a row, which belongs to the year of this label."""
        kind = self.kinds[row.kind]
        key = Key(label, self.text[row.action], self.text[row.subject], row.ordinal)
        return Event(  # by position: by name a year takes a fifth longer to read
            key,
            self._days[row.day],
            kind["practice"],
            kind["title"],
            kind["how"],
            kind["locale"],
            kind["timezone"],
            kind["audience"],
            kind["visibility"],
            kind["channel"],
            self.text[row.site],
            None if row.team is None else self.text[row.team],
            None if row.owner is None else self.text[row.owner],
            kind["owner_role"],
            self._names[row.recipients],
            kind["minutes"],
            kind["prepare"],
            kind["cost"],
            kind["fixed"],
            self._reasons[row.reason],
            None if row.starts is None else self._hours[row.starts, kind["timezone"]],
            None if row.ends is None else self._hours[row.ends, kind["timezone"]],
            kind["idea"],
            kind["trait"],
            kind["card"],
            f"e{row.serial}",
            row.uid or uid(self.calendar(label), key),
            row.sequence,
            self._status[row.status],
            None if row.changed is None else self._moments[row.changed],
            bool(row.by_hand),
        )


def _kind(kept: Mapping[str, Any], words: Mapping[int, Words]) -> dict[str, Any]:
    prepare = kept["prepare"]
    enums = {name: enum(kept[name]) for name, enum in _ENUMS.items()}
    said = {name: words[kept[name]] for name in ("title", "how")}
    return {**kept, **enums, **said, "prepare": prepare and Prepare(*prepare)}


def _ahead(prepare: Prepare | None) -> tuple[int, ...] | None:
    """Return a preparation in plain numbers; most are on the weekday of their event."""
    if prepare is None:
        return None
    return (prepare.minutes, prepare.weeks, *((prepare.early,) if prepare.early else ()))


def revision_of(table: Table, changes: Changes) -> Revision:
    """Return a table and its changes as a revision of events."""
    moved, changed, cancelled = changes.moved, changes.changed, changes.cancelled
    was, now = table.events(old for old, _ in moved), table.events(new for _, new in moved)
    return Revision(
        table.plan(),
        tuple(sorted(table.events(changes.added), key=in_time)),
        tuple(zip(was, now, strict=True)),
        tuple(table.events(new for _, new in changed)),
        tuple(table.events(new for _, new in cancelled)),
    )
