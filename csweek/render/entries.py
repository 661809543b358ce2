"""How an event reads in a calendar: as VEVENT, for those who receive it and for the one who does it.

What events have in common (a stamp, a day, the words of an action) is made once and kept, so that an
event costs a few joins. Source: RFC 5545, section 3.6.1.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import NamedTuple
from uuid import uuid5

from csweek.model import Audience, Day, Event, Inputs, Plan, Prepare, Visibility, Words
from csweek.render import ical, phrases
from csweek.render.recipients import public
from csweek.render.vtimezone import vtimezone


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


class Writer:
    """Writes events in one language, for one plan; shared by all calendars in that language."""

    def __init__(self, plan: Plan, inputs: Inputs, locale: str, known: Zones) -> None:
        self._plan = plan
        self._inputs = inputs
        self._zones = known
        self._locales = (locale, inputs.locale)
        self._several_sites = len(inputs.settings.sites) > 1
        self._public = public(inputs.people)
        self._said: dict[int, str] = {}
        self._names = cache(self._list_names)
        self._trait = cache(self._spotlight)
        self._held_by = cache(self._public_owner)
        self._body = cache(Bodies().body)
        self._stamp = cache(_stamp)
        self._day = cache(_all_day)
        self._hours = cache(_hours)
        self._flags = cache(_flags)

    def shared(self, event: Event) -> Entry:
        """Return the event as its team may see it, before and after."""
        return self._shared(event, self._names(event.recipients))

    def announced(self, event: Event) -> Entry:
        """Return the event as everyone may see it: it says whose it is."""
        return self._shared(event, self._whom(event))

    def _shared(self, event: Event, whom: str) -> Entry:
        title = self._say(event.title)
        lines = (self._held_by(event.owner), self._trait(event.trait, event.date))
        body = self._body(
            f"{title}: {whom}" if whom else title,
            tuple(filter(None, lines)),
            self._say(phrases.PRACTICES[event.practice]),
            self._flags(private=False, busy=event.start is not None, live=event.live),
        )
        return self._entry(event, body)

    def own(self, event: Event) -> Entry:
        """Return what the owner has to do, for whom and how; a surprise's SUMMARY names nobody."""
        return self._entry(event, self._own_body(event, event.minutes, "", busy=event.start is not None))

    def preparation(self, event: Event, prepare: Prepare) -> Entry:
        """Return the writing, ordering or inviting as an all-day event of its own, some weeks before."""
        day = event.date - timedelta(weeks=prepare.weeks)
        uid = uuid5(self._plan.calendar_id, f"{event.uid}/prepare")
        needed = self._phrase(phrases.NEEDED_ON, event.date.isoformat())
        body = self._own_body(event, prepare.minutes, needed, busy=False)
        return Entry(day, "", _vevent(str(uid), self._stamp_of(event), self._day(day), body))

    def _own_body(self, event: Event, minutes: int, needed: str, *, busy: bool) -> bytes:
        title, whom = self._say(event.title), self._whom(event)
        surprise = event.visibility is Visibility.SURPRISE
        summary = self._say(phrases.NEUTRAL[event.channel]) if surprise else title
        length = self._phrase(phrases.MINUTES, str(minutes))
        summary = f"{summary}, {length}" if surprise or not whom else f"{summary}: {whom}"
        if needed:
            summary = self._phrase(phrases.PREPARE, summary)
        private = surprise or not self._public.issuperset(event.recipients)
        which = title if surprise else ""
        lines = (which, whom and self._phrase(phrases.FOR, whom), needed, self._say(event.how), length)
        return self._body(
            summary,
            tuple(filter(None, lines)),
            self._say(phrases.PRACTICES[event.practice]),
            self._flags(private=private, busy=busy, live=event.live),
        )

    def _entry(self, event: Event, body: bytes) -> Entry:
        if event.start is None or event.end is None:
            zone, when = "", self._day(event.date)
        else:
            zone = event.timezone if self._zones.get(event.timezone) else ""
            twice = bool(event.start.fold or event.end.fold)
            when = self._hours(event.start, event.end, "" if twice else zone)
        return Entry(event.date, zone, _vevent(event.uid, self._stamp_of(event), when, body))

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
            return event.site if self._several_sites else ""
        return event.team or ""

    def _list_names(self, recipients: tuple[str, ...]) -> str:
        persons = self._inputs.people.persons
        return ", ".join(persons[one].name if one in persons else one for one in recipients)

    def _public_owner(self, owner: str | None) -> str:
        """Return who holds it, nothing where that person does not want to be in the open."""
        return self._phrase(phrases.HELD_BY, self._list_names((owner,))) if owner in self._public else ""

    def _spotlight(self, trait: str | None, day: date) -> str:
        found = [t for t in self._inputs.theme_on(day).traits if t.id == trait]
        return self._phrase(phrases.SPOTLIGHT, found[0].title.say(*self._locales)) if found else ""


class Bodies:
    """The part of a VEVENT that says what it is; its paragraphs are folded once each."""

    def __init__(self) -> None:
        self._first = cache(_description)
        self._more = cache(ical.paragraph)
        self._category = cache(_category)

    def body(self, summary: str, lines: tuple[str, ...], category: str, flags: bytes) -> bytes:
        """Return SUMMARY, DESCRIPTION (one paragraph for each line), CATEGORIES and the flags."""
        parts = [ical.text("SUMMARY", " ".join(summary.split()))]
        if lines:
            parts += (self._first(lines[0]), *map(self._more, lines[1:]), ical.EOL)
        return b"".join((*parts, self._category(category), flags))


def _description(first: str) -> bytes:
    return ical.fold(b"DESCRIPTION:" + ical.escape(first))


def _category(name: str) -> bytes:
    return ical.text("CATEGORIES", name)


def _vevent(uid: str, stamp: bytes, when: bytes, body: bytes) -> bytes:
    return b"".join((b"BEGIN:VEVENT\r\nUID:", uid.encode(), ical.EOL, stamp, when, body, b"END:VEVENT\r\n"))


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
