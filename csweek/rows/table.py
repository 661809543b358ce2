"""A year's plan as rows, and how two of its revisions differ."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from uuid import UUID

from msgspec import Struct

from csweek.model.basics import Year
from csweek.model.plan import Event, Plan, Revision, Spoken
from csweek.rows import SEQUENCE, STATUS, Plain, Row
from csweek.rows.decoder import Decoder
from csweek.rows.values import EPOCH


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


class Table(Struct, frozen=True, dict=True):
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
    given_up: Mapping[tuple[str, str], tuple[int, str]] = {}
    """How many turns of an action for a person found no day, and under which circumstances."""
    said: Mapping[str, str] = {}
    """What calendars say of its events besides what stands in the rows; empty where that is not known."""
    spoken: Mapping[str, Sequence[Spoken]] = {}
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


class Changes(Struct, frozen=True):
    """How the rows of a table differ from those before: pairs are before and now."""

    added: Sequence[Plain] = ()
    """Also what was cancelled before and is planned again."""
    moved: Sequence[tuple[Plain, Plain]] = ()
    changed: Sequence[tuple[Plain, Plain]] = ()
    cancelled: Sequence[tuple[Plain, Plain]] = ()
    revived: Sequence[Plain] = ()
    """How those of the added that stood in the table before were then."""
    said: Mapping[str, str] = {}
    """What is said otherwise now, as it was before."""
    told: Collection[str] = ()
    """About what of it some of the changed say something."""
    turned: Sequence[str] = ()
    """The calendars that speak another language now."""

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        rows = self.added or self.moved or self.changed or self.cancelled
        return not (rows or self.said or self.turned)

    @property
    def news(self) -> Mapping[str, str]:
        """What events say otherwise now, as it was before."""
        return {about: self.said[about] for about in self.told}


def reads_otherwise(before: Plain, now: Plain) -> bool:
    """Whether a row that changed differs in nothing of its own: what is said of those in it does."""
    return before[:SEQUENCE] == now[:SEQUENCE] and before[STATUS] == now[STATUS]


def in_time(event: Event) -> tuple[object, ...]:
    """Give the order of ``Event.sort_key`` in plain tuples, which compare many times faster."""
    key = event.key
    hour = event.start.isoformat() if event.start else ""
    return event.date, hour, key.year, key.action, key.subject, key.ordinal


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
