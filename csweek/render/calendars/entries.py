"""How an event reads in a calendar: as VEVENT, for those who receive it and for the one who does it.

What events have in common (a stamp, a day, the words of an action) is made once and kept, so that an
event costs a few joins. Source: RFC 5545, section 3.6.1.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from csweek.model.basics import Audience, Day, Practice, Status, Visibility, Words
from csweek.model.inputs import Inputs
from csweek.model.plan import Event, Plan, Spoken
from csweek.render import phrases
from csweek.render.calendars import ical, properties
from csweek.render.calendars.ahead import Ahead, What
from csweek.render.calendars.chores import Chore
from csweek.render.calendars.vtimezone import vtimezone
from csweek.render.calendars.wording import Wording
from csweek.rows.values import EPOCH, uuid5_text

_END = b"END:VEVENT\r\n"
_SURPRISE, _CANCELLED = Visibility.SURPRISE, Status.CANCELLED
"""An enumeration's member takes ten times as long to look up as a name of the module."""
_COLONS = ":\uff1a"
"""Also the wide one, as Chinese and Japanese have it."""
_BEFORE_ALL = datetime(2020, 1, 1, tzinfo=UTC)
"""Since when what never changes is as it is: before any plan, so that a turn of the language is later."""
_LATEST = 20_000
"""How many texts that depend on persons are kept at hand."""


class Entry(Struct, frozen=True):
    """A finished VEVENT, its day, and the zone whose VTIMEZONE it needs (empty: none)."""

    day: Day
    zone: str
    uid: bytes
    pieces: tuple[bytes, ...]
    """All after the UID, each piece whole lines or nothing; events share most of them."""

    @property
    def said(self) -> bytes:
        """The lines after the UID."""
        return b"".join(self.pieces)


class Style(Struct, frozen=True):
    """What calendars show besides, or leave out."""

    names: bool = True
    reminders: bool = False
    """An alarm in each event."""
    cancelled: bool = False
    """Keep cancelled events, marked as such."""
    organizer: tuple[str, str] | None = None
    """Name and e-mail address of who publishes: METHOD:PUBLISH, with ORGANIZER in each event."""


class Turns(NamedTuple):
    """How often a calendar was turned into another language, and when it last was."""

    number: int
    last: datetime

    @classmethod
    def of(cls, steps: Sequence[Spoken]) -> "Turns":
        """Return those of the languages of a calendar in turn."""
        return cls(len(steps) - 1, steps[-1].since) if len(steps) > 1 else NEVER


NEVER = Turns(0, EPOCH)


class Zones:
    """The VTIMEZONE of each zone, for the years of a plan."""

    def __init__(self, plan: Plan) -> None:
        first = min(plan.year.first, plan.events[0].date) if plan.events else plan.year.first
        self._years = (first.year, plan.year.last.year)
        self.get = cache(self._make)

    def _make(self, name: str) -> bytes | None:
        return vtimezone(name, *self._years)


_TASKS: Mapping[What, Words] = {
    "prepare": phrases.PREPARE,
    "order": phrases.ORDER,
    "invite": phrases.INVITE,
}


class Whom(Struct, frozen=True):
    """For whom something is: as a text, at the end of a summary, and as a paragraph."""

    text: str
    short: bytes
    line: bytes
    private: bool = False
    """Whether somebody among them is not to be named openly."""


_NOBODY = Whom("", b"", b"")


class Frame(Struct, frozen=True):
    """What the events of an action have in common, around the lines that say for whom."""

    summary: str
    alone: bytes
    """The line of the summary without anybody."""
    begun: bytes
    """The same up to the name."""
    first: bytes
    last: bytes
    """To the end of the event, but for an alarm, which says for whom it is."""
    busy: bool
    live: bool
    surprise: bool


class Writer:
    """Writes events in one language, for one plan; shared by all calendars in that language.

    Each turn into it counts as a change of every event, so that no SEQUENCE says two texts.
    Texts of the plan are known by identity: it keeps them alive. What depends on who it is for is kept
    only for the latest, so that memory does not grow with the events.
    """

    def __init__(
        self, plan: Plan, inputs: Inputs, zones: Zones, style: Style, locale: str, turns: Turns = NEVER
    ) -> None:
        self.words = Wording(inputs, locale, names=style.names)
        self._plan = plan
        self._zones = zones
        self._turns = turns
        self._alarms = style.reminders
        self._organizer = ical.person("ORGANIZER", *style.organizer) if style.organizer else b""
        self._end = self._organizer + _END
        self._frames: dict[tuple[object, ...], Frame] = {}
        self._named = lru_cache(_LATEST)(self._new_whom)
        self._persons = lru_cache(_LATEST)(self._new_persons)
        self._summary = lru_cache(_LATEST)(_summary)
        self._tail = lru_cache(_LATEST)(self._new_tail)
        self._shared_body = lru_cache(_LATEST)(self._description)
        self._paragraph = lru_cache(_LATEST)(_paragraph)
        self._needed = cache(self._needed_on)
        self._flags = cache(properties.flags)
        self._stamp = cache(self._stamped)
        self._whole = cache(self._all_day)
        self._timed = cache(self._hours)

    # --- for those who receive it ----------------------------------------------------------------

    def shared(self, events: Iterable[Event]) -> Iterator[Entry]:
        """Yield events as their team may see them, before and after."""
        return (self._shared(one, self._recipients(one)) for one in events)

    def announced(self, events: Iterable[Event]) -> Iterator[Entry]:
        """Yield events as everyone may see them: they say whose they are."""
        return (self._shared(one, self.words.whom(one)) for one in events)

    def there(self, events: Iterable[Event]) -> Iterator[Entry]:
        """Yield events as their site reads them: what is for the whole site says no more."""
        for one in events:
            whole = one.audience is Audience.ORGANISATION
            yield self._shared(one, self._recipients(one) if whole else self.words.whom(one))

    def concerning(self, events: Iterable[Event], person: str) -> Iterator[Entry]:
        """Yield events as one of their recipients sees them; of the others they name who may be named."""
        return (self._shared(one, self.words.others(one.recipients, person)) for one in events)

    def invitation(self, event: Event, people: bytes) -> Entry:
        """Return the event with the lines of those who are invited, to be sent by its owner."""
        return self._shared(event, "", people)

    def _recipients(self, event: Event) -> str:
        return self.words.names(event.recipients) if event.recipients else ""

    def _shared(self, event: Event, whom: str, more: bytes = b"") -> Entry:
        live = event.status is not _CANCELLED
        busy = live and event.start is not None
        said = (self.words.held_by(event.owner), self.words.spotlight(event.trait, event.date))
        title = self.words.say(event.title)
        line, tail = self._summary(title, whom), self._tail(title, whom, busy, live)
        body = self._shared_body(said, event.practice, self._flags(private=False, busy=busy, live=live))
        zone, when = self._when(event)
        pieces = (when, line, body, more, tail)
        return Entry(event.date, zone, event.uid.encode(), pieces)

    # --- for the one who does it -----------------------------------------------------------------

    def own(self, events: Sequence[Event]) -> Iterator[Entry]:
        """Yield what the owner has to do, for whom and how; a surprise's SUMMARY names nobody."""
        persons, named, told = self._persons, self._named, self.words.told
        uids = "\n".join([event.uid for event in events]).encode().splitlines()
        for event, uid in zip(events, uids, strict=True):
            zone, when = self._when(event)
            recipients = event.recipients
            whom = persons(recipients) if recipients else named(self.words.whom(event))
            frame = self._frame(event, event.minutes, whom.private)
            summary, last = self._headed(frame, whom)
            card = self._card(event) if event.fixed or told else b""
            yield Entry(event.date, zone, uid, (when, summary, frame.first, whom.line, card, last))

    def ahead(self, one: Ahead) -> Entry:
        """Return what is done ahead of events, as an all-day event that lists them."""
        events, what = one.events, one.what
        whom = [self._whom(event) for event in events]
        preparing = [event.prepare.minutes for event in events if event.prepare]
        minutes = sum(preparing) if what == "prepare" else events[0].minutes
        private = any(those.private for those in whom)
        frame = self._frame(events[0], minutes, private, what, len(events))
        summary, last = self._headed(frame, whom[0] if len(events) == 1 else _NOBODY)
        _, when = self._whole(one.day, one.changed, one.sequence)
        uid = self._uid(one.mark)
        return Entry(one.day, "", uid, (when, summary, frame.first, *self._listed(events, whom), last))

    # --- for the organisers ----------------------------------------------------------------------

    def chore(self, chore: Chore) -> Entry:
        """Return what is done once for a week of events; it never changes but for its language."""
        week = chore.monday.isocalendar().week
        phrase, command = {
            "print": (phrases.PRINT_WEEK, "csweek cards"),
            "mark": (phrases.MARK_WEEK, "csweek done"),
        }[chore.what]
        uid = self._uid(f"{chore.monday:%G-W%V}/{chore.what}")
        title = self.words.phrase(phrase, str(week))
        line, tail = self._summary(title, ""), self._tail(title, "", False, True)
        typed = f"{command} --week {week} --year {chore.year}"
        text = ical.text("DESCRIPTION", self.words.phrase(phrases.TYPE_THIS, typed))
        flags = self._flags(private=False, busy=False, live=True)
        _, when = self._whole(chore.day, _BEFORE_ALL, 0)
        pieces = (when, line, text, flags, tail)
        return Entry(chore.day, "", uid, pieces)

    # --- what they have in common ----------------------------------------------------------------

    def _uid(self, what: str) -> bytes:
        return uuid5_text(self._plan.calendar_id, what).encode()

    def _listed(self, events: Iterable[Event], whom: Iterable[Whom]) -> Sequence[bytes]:
        """Return for each event whom it is for, and what its card says, below the day."""
        day, lines = None, list[bytes]()
        for event, those in zip(events, whom, strict=True):
            if event.date != day:
                day = event.date
                lines.append(self._needed(day))
            lines.append(those.line)
            if event.fixed or self.words.told:
                lines.append(self._card(event))
        return lines

    def _whom(self, event: Event) -> Whom:
        recipients = event.recipients
        return self._persons(recipients) if recipients else self._named(self.words.whom(event))

    def _card(self, event: Event) -> bytes:
        return self._paragraph(self.words.card(event))

    def _headed(self, frame: Frame, whom: Whom) -> tuple[bytes, bytes]:
        """Return the line of the summary, and what comes after those for whom it is."""
        named = whom.text and not frame.surprise
        line = ical.fold(frame.begun + whom.short) + ical.EOL if named else frame.alone
        if not self._alarms:
            return line, frame.last
        tail = self._tail(frame.summary, whom.text if named else "", frame.busy, frame.live)
        return line, frame.last + tail

    def _frame(
        self,
        event: Event,
        minutes: int,
        private: bool,  # noqa: FBT001 - called for each event
        what: What | None = None,
        count: int = 1,
    ) -> Frame:
        """Return what such events have alike, or what is done ahead of so many of them."""
        key = (
            id(event.title), id(event.how), event.channel, event.practice, event.visibility, event.status,
            event.start is None, minutes, private, what, count,
        )  # fmt: skip
        return self._frames.get(key) or self._frames.setdefault(
            key, self._new_frame(event, minutes, private, what, count)
        )

    def _new_frame(self, event: Event, minutes: int, private: bool, what: What | None, count: int) -> Frame:  # noqa: FBT001
        surprise, live = event.visibility is _SURPRISE, event.status is not _CANCELLED
        busy = event.start is not None and live and what is None
        summary = self._said(event, minutes, what, count)
        flags = self._flags(private=private or surprise, busy=busy, live=live)
        first, last = self._around(event, minutes, flags)
        begun = b"SUMMARY:" + ical.escape(_before_names(summary))
        return Frame(summary, _summary(summary, ""), begun, first, last, busy, live, surprise)

    def _said(self, event: Event, minutes: int, what: What | None, count: int) -> str:
        """Return a summary; that of a surprise tells nothing but how long it takes."""
        say, phrase = self.words.say, self.words.phrase
        surprise = event.visibility is _SURPRISE
        said = say(phrases.NEUTRAL[event.channel] if surprise else event.title)
        said = f"{said} ({count})" if count > 1 else said
        said = f"{said}, {phrase(phrases.MINUTES, str(minutes))}" if surprise else said
        return phrase(_TASKS[what], said) if what else said

    def _around(self, event: Event, minutes: int, flags: bytes) -> tuple[bytes, bytes]:
        """Return what stands before and after the lines that say for whom."""
        say, length = self.words.say, self.words.phrase(phrases.MINUTES, str(minutes))
        surprise = event.visibility is _SURPRISE
        first = ical.text("DESCRIPTION", f"{say(event.title)}, {length}" if surprise else length)
        category = ical.text("CATEGORIES", say(phrases.PRACTICES[event.practice]))
        end = b"" if self._alarms else self._end
        return first, _paragraph(say(event.how)) + category + flags + end

    def _when(self, event: Event) -> tuple[str, bytes]:
        """Return the zone whose VTIMEZONE is needed ("": none), and the lines of stamp, start and end."""
        start, end, changed = event.start, event.end, event.changed or self._plan.revised
        if start is None or end is None:
            return self._whole(event.date, changed, event.sequence)
        folds = start.fold + 2 * end.fold  # times that differ in nothing else are equal
        return self._timed(start, end, event.timezone, folds, changed, event.sequence)

    def _stamped(self, changed: datetime, sequence: int) -> bytes:
        number, last = self._turns
        return properties.stamp(max(changed, last), sequence + number)

    def _all_day(self, day: Day, changed: datetime, sequence: int) -> tuple[str, bytes]:
        return "", self._stamp(changed, sequence) + properties.all_day(day)

    def _hours(
        self, start: datetime, end: datetime, timezone: str, folds: int, changed: datetime, sequence: int
    ) -> tuple[str, bytes]:
        zone = timezone if not folds and self._zones.get(timezone) else ""
        return zone, self._stamp(changed, sequence) + properties.hours(start, end, zone)

    def _new_tail(self, what: str, whom: str, busy: bool, live: bool) -> bytes:  # noqa: FBT001 - cached
        """Return with what an event ends; an alarm says its summary."""
        alarm = properties.alarm(_headline(what, whom), all_day=not busy) if live and self._alarms else b""
        return self._organizer + alarm + _END

    def _description(self, said: Sequence[str], practice: Practice, flags: bytes) -> bytes:
        text = "\n".join(filter(None, said))
        description = ical.text("DESCRIPTION", text) if text else b""
        return description + ical.text("CATEGORIES", self.words.say(phrases.PRACTICES[practice])) + flags

    def _new_persons(self, recipients: tuple[str, ...]) -> Whom:
        private = not self.words.all_public(recipients)
        return replace(self._named(self.words.names(recipients)), private=private)

    def _new_whom(self, whom: str) -> Whom:
        line = _paragraph(self.words.phrase(phrases.FOR, whom)) if whom else b""
        return Whom(whom, ical.escape(_spaced(whom)), line)

    def _needed_on(self, day: Day) -> bytes:
        return _paragraph(self.words.phrase(phrases.NEEDED_ON, self.words.day(day)))


def _paragraph(text: str) -> bytes:
    return ical.paragraph(text) if text else b""


def _summary(what: str, whom: str) -> bytes:
    return ical.text("SUMMARY", _headline(what, whom))


def _headline(what: str, whom: str) -> str:
    return _before_names(what) + _spaced(whom) if whom else _spaced(what)


def _before_names(what: str) -> str:
    """Return a title as it stands before names: after a dash where it has a colon of its own."""
    title = _spaced(what)
    return f"{title} – " if any(sign in title for sign in _COLONS) else f"{title}: "


def _spaced(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())
