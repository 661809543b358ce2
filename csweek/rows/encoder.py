"""Events to rows."""

from collections.abc import Mapping
from operator import attrgetter

from csweek.model.basics import Prepare, Words
from csweek.model.plan import Event, Plan
from csweek.rows import ACTION, DAY, SERIAL, Plain, Row
from csweek.rows.table import Table, Texts
from csweek.rows.values import dump, instant, serial, wall

_SHARED = (
    "practice", "locale", "timezone", "audience", "visibility", "channel", "owner_role",
    "minutes", "cost", "fixed", "idea", "trait", "card",
)  # fmt: skip
"""What many events have alike, kept once as JSON, besides title, how and prepare."""


_shared = attrgetter(*_SHARED)


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


def _ahead(prepare: Prepare | None) -> tuple[int, ...] | None:
    """Return a preparation in plain numbers; most are on the weekday of their event."""
    if prepare is None:
        return None
    return (prepare.minutes, prepare.weeks, *((prepare.early,) if prepare.early else ()))


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
