"""How an event reads in a calendar: as VEVENT, for those who receive it and for the one who does it.

What events have in common (a stamp, a day, the words of an action) is made once and kept, so that an
event costs a few joins. Source: RFC 5545, section 3.6.1.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple
from uuid import uuid5

from csweek.model.basics import Audience, Day, Prepare, Visibility, Words
from csweek.model.inputs import Inputs
from csweek.model.plan import Event, Plan
from csweek.render import phrases
from csweek.render.calendars import ical
from csweek.render.calendars.vtimezone import vtimezone
from csweek.render.recipients import public
from csweek.render.speech import Speech

_LATEST = 20_000
"""How many texts that depend on persons are kept at hand."""


class Entry(NamedTuple):
    """A finished VEVENT, its day, and the zone whose VTIMEZONE it needs (empty: none)."""

    day: Day
    zone: str
    block: bytes


class Zones:
    """The VTIMEZONE of each zone, for the years of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._years = (plan.year.first.year, plan.year.last.year)
        self.get = cache(self._make)

    def _make(self, name: str) -> bytes | None:
        return vtimezone(name, *self._years)


class Frame(NamedTuple):
    """What the events of an action have in common, around the line that says for whom."""

    summary: str
    first: bytes
    last: bytes


class Writer:
    """Writes events in one language, for one plan; shared by all calendars in that language.

    Texts of the plan are known by identity: it keeps them alive. What depends on who it is for is kept
    only for the latest, so that memory does not grow with the events.
    """

    def __init__(self, plan: Plan, inputs: Inputs, locale: str, known: Zones) -> None:
        self._plan = plan
        self._inputs = inputs
        self._zones = known
        self._locales = (locale, inputs.locale)
        self._speech = Speech(*self._locales)
        self._several_sites = len(inputs.settings.sites) > 1
        self._public = public(inputs.people)
        self._said: dict[int, str] = {}
        self._frames: dict[tuple[object, ...], Frame] = {}
        self._names = lru_cache(_LATEST)(self._list_names)
        self._line_for = lru_cache(_LATEST)(self._for)
        self._summary = lru_cache(_LATEST)(_summary)
        self._shared_body = lru_cache(_LATEST)(_shared_body)
        self._trait = cache(self._spotlight)
        self._held_by = cache(self._public_owner)
        self._needed = cache(self._needed_on)
        self._flags = cache(_flags)
        self._stamp = cache(_stamp)
        self._day = cache(_all_day)
        self._hours = cache(_hours)

    def shared(self, event: Event) -> Entry:
        """Return the event as its team may see it, before and after."""
        return self._shared(event, self._names(event.recipients))

    def announced(self, event: Event) -> Entry:
        """Return the event as everyone may see it: it says whose it is."""
        return self._shared(event, self._whom(event))

    def own(self, event: Event) -> Entry:
        """Return what the owner has to do, for whom and how; a surprise's SUMMARY names nobody."""
        zone, when = self._when(event)
        frame = self._frame(event, event.minutes, busy=event.start is not None)
        return Entry(event.date, zone, self._owned(event, event.uid, when, frame))

    def preparation(self, event: Event, prepare: Prepare) -> Entry:
        """Return the writing, ordering or inviting as an all-day event of its own, some weeks before."""
        day = event.date - timedelta(weeks=prepare.weeks)
        uid = str(uuid5(self._plan.calendar_id, f"{event.uid}/prepare"))
        frame = self._frame(event, prepare.minutes, busy=False, before=True)
        frame = frame._replace(first=frame.first + self._needed(event.date))
        return Entry(day, "", self._owned(event, uid, self._day(day), frame))

    def _owned(self, event: Event, uid: str, when: bytes, frame: Frame) -> bytes:
        whom = self._whom(event)
        named = "" if event.visibility is Visibility.SURPRISE else whom
        body = (self._summary(frame.summary, named), frame.first, self._line_for(whom), frame.last)
        return _vevent(uid, self._stamp_of(event), when, body)

    def _shared(self, event: Event, whom: str) -> Entry:
        zone, when = self._when(event)
        lines = (self._held_by(event.owner), self._trait(event.trait, event.date))
        category = self._say(phrases.PRACTICES[event.practice])
        summary = self._summary(self._say(event.title), whom)
        flags = self._flags(private=False, busy=event.start is not None, live=event.live)
        body = self._shared_body(lines, category, flags)
        return Entry(event.date, zone, _vevent(event.uid, self._stamp_of(event), when, (summary, body)))

    def _frame(self, event: Event, minutes: int, *, busy: bool, before: bool = False) -> Frame:
        private = event.visibility is Visibility.SURPRISE or not self._public.issuperset(event.recipients)
        key = (
            id(event.title), id(event.how), event.visibility, event.channel, event.practice, event.status,
            minutes, private, busy, before,
        )  # fmt: skip
        frame = self._frames.get(key)
        if frame is None:
            flags = self._flags(private=private, busy=busy, live=event.live)
            frame = self._frames[key] = self._new_frame(event, minutes, flags, before=before)
        return frame

    def _new_frame(self, event: Event, minutes: int, flags: bytes, *, before: bool) -> Frame:
        title, length = self._say(event.title), self._phrase(phrases.MINUTES, str(minutes))
        surprise = event.visibility is Visibility.SURPRISE
        neutral = f"{self._say(phrases.NEUTRAL[event.channel])}, {length}"
        summary = neutral if surprise else title
        summary = self._phrase(phrases.PREPARE, summary) if before else summary
        first = ical.fold(b"DESCRIPTION:" + ical.escape(f"{title}, {length}" if surprise else length))
        how = self._say(event.how)
        category = ical.text("CATEGORIES", self._say(phrases.PRACTICES[event.practice]))
        return Frame(summary, first, (ical.paragraph(how) if how else b"") + ical.EOL + category + flags)

    def _when(self, event: Event) -> tuple[str, bytes]:
        """Return the zone whose VTIMEZONE is needed ("": none), and the lines of start and end."""
        if event.start is None or event.end is None:
            return "", self._day(event.date)
        known = not (event.start.fold or event.end.fold) and self._zones.get(event.timezone)
        zone = event.timezone if known else ""
        return zone, self._hours(event.start, event.end, zone)

    def _stamp_of(self, event: Event) -> bytes:
        return self._stamp(event.changed or self._plan.revised, event.sequence)

    # --- words -----------------------------------------------------------------------------------

    def _say(self, words: Words) -> str:
        """Return a text in the calendar's language; by identity, the plan keeps its words alive."""
        known = self._said.get(id(words))
        if known is None:
            known = self._said[id(words)] = words.say(*self._locales)
        return known

    def _phrase(self, words: Words, filling: str) -> str:
        return self._say(words).replace("{}", filling)

    def _whom(self, event: Event) -> str:
        """Return the recipients in one line; for the whole organisation its site, if there are several."""
        if event.recipients:
            return self._names(event.recipients)
        if event.audience is Audience.ORGANISATION:
            return event.site[:1].upper() + event.site[1:] if self._several_sites else ""
        return event.team or ""

    def _list_names(self, recipients: tuple[str, ...]) -> str:
        persons = self._inputs.people.persons
        return ", ".join(
            self._speech.person(persons[one].name) if one in persons else one for one in recipients
        )

    def _for(self, whom: str) -> bytes:
        return ical.paragraph(self._phrase(phrases.FOR, whom)) if whom else b""

    def _needed_on(self, day: date) -> bytes:
        return ical.paragraph(self._phrase(phrases.NEEDED_ON, self._speech.day(day)))

    def _public_owner(self, owner: str | None) -> str:
        """Return who holds it, nothing where that person does not want to be in the open."""
        return self._phrase(phrases.HELD_BY, self._list_names((owner,))) if owner in self._public else ""

    def _spotlight(self, trait: str | None, day: date) -> str:
        found = [t for t in self._inputs.theme_on(day).traits if t.id == trait]
        return self._phrase(phrases.SPOTLIGHT, found[0].title.say(*self._locales)) if found else ""


def _summary(what: str, whom: str) -> bytes:
    return ical.text("SUMMARY", " ".join((f"{what}: {whom}" if whom else what).split()))


def _shared_body(lines: Sequence[str], category: str, flags: bytes) -> bytes:
    text = "\n".join(filter(None, lines))
    description = ical.text("DESCRIPTION", text) if text else b""
    return description + ical.text("CATEGORIES", category) + flags


def _vevent(uid: str, stamp: bytes, when: bytes, body: Iterable[bytes]) -> bytes:
    return b"".join((b"BEGIN:VEVENT\r\nUID:", uid.encode(), ical.EOL, stamp, when, *body, b"END:VEVENT\r\n"))


def _stamp(changed: datetime, sequence: int) -> bytes:
    at = f"{changed.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines: Mapping[str, str] = {"DTSTAMP": at, "LAST-MODIFIED": at, "SEQUENCE": str(sequence)}
    return b"".join(ical.line(*pair) for pair in lines.items())


def _all_day(day: date) -> bytes:
    after = day + timedelta(days=1)
    return ical.line("DTSTART;VALUE=DATE", f"{day:%Y%m%d}") + ical.line("DTEND;VALUE=DATE", f"{after:%Y%m%d}")


def _hours(start: datetime, end: datetime, zone: str) -> bytes:
    """Return both times in the zone, in UTC without one."""
    if zone:
        return _at(f"DTSTART;TZID={zone}", start, "") + _at(f"DTEND;TZID={zone}", end, "")
    return _at("DTSTART", start.astimezone(UTC), "Z") + _at("DTEND", end.astimezone(UTC), "Z")


def _at(name: str, moment: datetime, suffix: str) -> bytes:
    return ical.line(name, f"{moment:%Y%m%dT%H%M%S}{suffix}")


def _flags(*, private: bool, busy: bool, live: bool) -> bytes:
    lines = {
        "CLASS": "PRIVATE" if private else "",
        "TRANSP": "OPAQUE" if busy else "TRANSPARENT",
        "STATUS": "CONFIRMED" if live else "CANCELLED",
    }
    return b"".join(ical.line(name, value) for name, value in lines.items() if value)
