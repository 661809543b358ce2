"""How an event reads in a calendar: as VEVENT, for those who receive it and for the one who does it.

What events have in common (a stamp, a day, the words of an action) is made once and kept, so that an
event costs a few joins. Source: RFC 5545, section 3.6.1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from csweek.model.basics import Day, Practice, Prepare, Status, Visibility, Words
from csweek.model.inputs import Inputs
from csweek.model.plan import Event, Plan
from csweek.render import phrases
from csweek.render.calendars import ical, properties
from csweek.render.calendars.chores import Chore, order_day
from csweek.render.calendars.vtimezone import vtimezone
from csweek.render.calendars.wording import Wording
from csweek.rows.values import uuid5_text

_BEGIN = b"BEGIN:VEVENT\r\nUID:"
_END = b"END:VEVENT\r\n"
_LATEST = 20_000
"""How many texts that depend on persons are kept at hand."""


class Entry(NamedTuple):
    """A finished VEVENT, its day, and the zone whose VTIMEZONE it needs (empty: none)."""

    day: Day
    zone: str
    block: bytes


@dataclass(frozen=True, slots=True)
class Style:
    """What calendars show besides, or leave out."""

    names: bool = True
    reminders: bool = False
    """An alarm in each event."""
    cancelled: bool = False
    """Keep cancelled events, marked as such."""
    organizer: tuple[str, str] | None = None
    """Name and e-mail address of who publishes: METHOD:PUBLISH, with ORGANIZER in each event."""


class Zones:
    """The VTIMEZONE of each zone, for the years of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._years = (plan.year.first.year, plan.year.last.year)
        self.get = cache(self._make)

    def _make(self, name: str) -> bytes | None:
        return vtimezone(name, *self._years)


class Frame(NamedTuple):
    """What the events of an action have in common, around the lines that say for whom."""

    summary: str
    head: tuple[bytes, bytes]
    """The line of the summary and the alarm that says it, where they are the same for everybody."""
    first: bytes
    last: bytes
    surprise: bool


class Writer:
    """Writes events in one language, for one plan; shared by all calendars in that language.

    Texts of the plan are known by identity: it keeps them alive. What depends on who it is for is kept
    only for the latest, so that memory does not grow with the events.
    """

    def __init__(self, plan: Plan, inputs: Inputs, locale: str, known: Zones, style: Style) -> None:
        self.words = Wording(inputs, locale, names=style.names)
        self._plan = plan
        self._zones = known
        self._style = style
        self._organizer = ical.person("ORGANIZER", *style.organizer) if style.organizer else b""
        self._frames: dict[tuple[object, ...], Frame] = {}
        self._line_for = lru_cache(_LATEST)(self._for)
        self._summary = lru_cache(_LATEST)(self._headline)
        self._shared_body = lru_cache(_LATEST)(self._description)
        self._paragraph = lru_cache(_LATEST)(ical.paragraph)
        self._needed = cache(self._needed_on)
        self._flags = cache(properties.flags)
        self._stamp = cache(properties.stamp)
        self._day = cache(properties.all_day)
        self._hours = cache(self._timed)

    # --- for those who receive it ----------------------------------------------------------------

    def shared(self, event: Event) -> Entry:
        """Return the event as its team may see it, before and after."""
        return self._shared(event, self.words.names(event.recipients) if event.recipients else "")

    def announced(self, event: Event) -> Entry:
        """Return the event as everyone may see it: it says whose it is."""
        return self._shared(event, self.words.whom(event))

    def concerning(self, event: Event, person: str) -> Entry:
        """Return the event as one of its recipients sees it; of the others it names who may be named."""
        return self._shared(event, self.words.others(event.recipients, person))

    def invitation(self, event: Event, people: bytes) -> Entry:
        """Return the event with the lines of those who are invited, to be sent by its owner."""
        return self._shared(event, "", people)

    def _shared(self, event: Event, whom: str, more: bytes = b"") -> Entry:
        live = event.status is not Status.CANCELLED
        busy = live and event.start is not None
        said = (self.words.held_by(event.owner), self.words.spotlight(event.trait, event.date))
        line, alarm = self._summary(self.words.say(event.title), whom, busy, live)
        body = self._shared_body(said, event.practice, self._flags(private=False, busy=busy, live=live))
        zone, when = self._when(event)
        stamp = self._stamp(event.changed or self._plan.revised, event.sequence)
        lines = (line, body, more, self._organizer, alarm)
        block = b"".join((_BEGIN, event.uid.encode(), ical.EOL, stamp, when, *lines, _END))
        return Entry(event.date, zone, block)

    # --- for the one who does it -----------------------------------------------------------------

    def own(self, event: Event) -> Entry:
        """Return what the owner has to do, for whom and how; a surprise's SUMMARY names nobody."""
        zone, when = self._when(event)
        return Entry(event.date, zone, self._owned(event, event.uid, when, self._frame(event, event.minutes)))

    def preparation(self, event: Event, prepare: Prepare) -> Entry:
        """Return the writing, ordering or inviting as an all-day event of its own, some weeks before."""
        frame = self._frame(event, prepare.minutes, phrases.PREPARE)
        return self._ahead(event, event.date - timedelta(weeks=prepare.weeks), "prepare", frame)

    # --- for the organisers ----------------------------------------------------------------------

    def order(self, event: Event) -> Entry:
        """Return the reminder to order what an event needs."""
        frame = self._frame(event, event.minutes, phrases.ORDER)
        return self._ahead(event, order_day(event), "order", frame)

    def inviting(self, event: Event) -> Entry:
        """Return the reminder to invite to an event, on the day from which it no longer moves."""
        frame = self._frame(event, event.minutes, phrases.INVITE)
        return self._ahead(event, event.date - timedelta(days=self.words.freeze), "invite", frame)

    def chore(self, chore: Chore) -> Entry:
        """Return what is done once for a week of events; it never changes."""
        week = chore.monday.isocalendar().week
        phrase, command = {
            "print": (phrases.PRINT_WEEK, f"csweek cards --week {week}"),
            "mark": (phrases.MARK_WEEK, f"csweek done --week {week}"),
        }[chore.what]
        uid = self._uid(f"{chore.monday:%G-W%V}/{chore.what}")
        line, alarm = self._summary(self.words.phrase(phrase, str(week)), "", False, True)
        text = ical.text("DESCRIPTION", self.words.phrase(phrases.TYPE_THIS, command))
        began = datetime(chore.monday.year - 1, 1, 1, tzinfo=UTC)
        flags = self._flags(private=False, busy=False, live=True)
        stamped = self._stamp(began, 0) + self._day(chore.day)
        lines = (line, text, flags, self._organizer, alarm)
        return Entry(chore.day, "", b"".join((_BEGIN, uid.encode(), ical.EOL, stamped, *lines, _END)))

    # --- what they have in common ----------------------------------------------------------------

    def _ahead(self, event: Event, day: Day, what: str, frame: Frame) -> Entry:
        uid = self._uid(f"{event.uid}/{what}")
        needed = self._needed(event.date)
        return Entry(day, "", self._owned(event, uid, self._day(day), frame, needed))

    def _uid(self, what: str) -> str:
        return uuid5_text(self._plan.calendar_id, what)

    def _owned(self, event: Event, uid: str, when: bytes, frame: Frame, needed: bytes = b"") -> bytes:
        words = self.words
        recipients = event.recipients
        whom = words.names(recipients) if recipients else words.whom(event)
        summary, head, first, last, surprise = frame
        if surprise or not whom:
            line, alarm = head
        else:
            live = event.status is not Status.CANCELLED
            line, alarm = self._summary(summary, whom, live and event.start is not None and not needed, live)
        told = words.card(event) if event.fixed or words.told else ""
        card = self._paragraph(told) if told else b""
        stamp = self._stamp(event.changed or self._plan.revised, event.sequence)
        lines = (line, first, needed, self._line_for(whom), card, last, self._organizer, alarm)
        return b"".join((_BEGIN, uid.encode(), ical.EOL, stamp, when, *lines, _END))

    def _frame(self, event: Event, minutes: int, task: Words | None = None) -> Frame:
        surprise, live = event.visibility is Visibility.SURPRISE, event.status is not Status.CANCELLED
        private = surprise or not self.words.all_public(event.recipients)
        busy = live and event.start is not None and task is None
        flags = surprise + 2 * live + 4 * private + 8 * busy
        key = (id(event.title), id(event.how), id(task), minutes, flags, event.channel, event.practice)
        frame = self._frames.get(key)
        if frame is None:
            lines = self._flags(private=private, busy=busy, live=live)
            frame = self._frames[key] = self._new_frame(event, minutes, lines, task)
        return frame

    def _new_frame(self, event: Event, minutes: int, flags: bytes, task: Words | None) -> Frame:
        say, phrase = self.words.say, self.words.phrase
        title, length = say(event.title), phrase(phrases.MINUTES, str(minutes))
        surprise, live = event.visibility is Visibility.SURPRISE, event.status is not Status.CANCELLED
        neutral = f"{say(phrases.NEUTRAL[event.channel])}, {length}"
        summary = neutral if surprise else title
        summary = phrase(task, summary) if task else summary
        head = self._headline(summary, "", live and event.start is not None and task is None, live)
        first = ical.fold(b"DESCRIPTION:" + ical.escape(f"{title}, {length}" if surprise else length))
        how = say(event.how)
        category = ical.text("CATEGORIES", say(phrases.PRACTICES[event.practice]))
        last = (ical.paragraph(how) if how else b"") + ical.EOL + category + flags
        return Frame(summary, head, first, last, surprise)

    def _when(self, event: Event) -> tuple[str, bytes]:
        """Return the zone whose VTIMEZONE is needed ("": none), and the lines of start and end."""
        start, end = event.start, event.end
        if start is None or end is None:
            return "", self._day(event.date)
        return self._hours(start, end, event.timezone, start.fold + 2 * end.fold)

    def _timed(self, start: datetime, end: datetime, timezone: str, folds: int) -> tuple[str, bytes]:
        zone = timezone if not folds and self._zones.get(timezone) else ""
        return zone, properties.hours(start, end, zone)

    def _headline(self, what: str, whom: str, busy: bool, live: bool) -> tuple[bytes, bytes]:  # noqa: FBT001 - cached
        """Return the line of the summary, and the alarm that says it; none for what does not stand."""
        said = " ".join((f"{what}: {whom}" if whom else what).split())
        alarm = properties.alarm(said, all_day=not busy) if self._style.reminders and live else b""
        return ical.text("SUMMARY", said), alarm

    def _description(self, said: Sequence[str], practice: Practice, flags: bytes) -> bytes:
        text = "\n".join(filter(None, said))
        description = ical.text("DESCRIPTION", text) if text else b""
        return description + ical.text("CATEGORIES", self.words.say(phrases.PRACTICES[practice])) + flags

    def _for(self, whom: str) -> bytes:
        return ical.paragraph(self.words.phrase(phrases.FOR, whom)) if whom else b""

    def _needed_on(self, day: Day) -> bytes:
        return ical.paragraph(self.words.phrase(phrases.NEEDED_ON, self.words.day(day)))
