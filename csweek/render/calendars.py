"""Calendars as .ics files: which event stands in which, and the files they become.

``share/`` holds no surprise and nobody who does not want to be named; a person's own file is theirs.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal, TypeVar, get_args

from csweek import icscheck
from csweek.errors import OutputError
from csweek.model.basics import Audience, Visibility, Year
from csweek.model.inputs import Inputs
from csweek.model.plan import Document, Event, Plan
from csweek.names import safe_name, token
from csweek.render import ical
from csweek.render.entries import Entry, Writer, Zones
from csweek.render.recipients import present, public

Kind = Literal["everyone", "teams", "owners"]
KINDS: tuple[Kind, ...] = get_args(Kind)

MOST_EVENTS = 900
MOST_BYTES = 950_000
"""Of the events of one file; zones and head come on top, and all must stay under 1 MB."""

_MEDIA_TYPE = "text/calendar; charset=utf-8"
_EVERY = "PT12H"
_Week = TypeVar("_Week")
_Load = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Calendar:
    """What one calendar is to hold; ``name`` is that of its file, without ``.ics``."""

    name: str
    title: str
    locale: str
    events: Sequence[Event]
    view: Callable[[Writer, Event], Iterable[Entry]]
    """How an event reads here; it may become more than one entry."""


def calendars(plan: Plan, inputs: Inputs, kinds: Collection[Kind]) -> Iterator[Document]:
    """Yield the calendars of these kinds, checked, large ones in parts; none without events.

    Raises OutputError where one would not be taken by every calendar program.
    """
    zones = Zones(plan)
    writer = cache(lambda locale: Writer(plan, inputs, locale, zones))
    events = tuple(present(plan.live, inputs.people))
    for kind in KINDS:
        for calendar in _OF_KIND[kind](events, plan, inputs) if kind in kinds else ():
            hand = writer(calendar.locale)
            entries = [entry for event in calendar.events for entry in calendar.view(hand, event)]
            yield from map(_checked, _documents(calendar, tuple(_parts(entries, plan.year)), zones))


# --- which event stands in which calendar ------------------------------------------------------------


def _everyone(events: Sequence[Event], _: Plan, inputs: Inputs) -> Iterator[Calendar]:
    chosen = [event for event in _open(events, inputs) if event.visibility is Visibility.EVERYONE]
    yield Calendar("share/everyone", _title(inputs), inputs.locale, chosen, _announced)


def _teams(events: Sequence[Event], _: Plan, inputs: Inputs) -> Iterator[Calendar]:
    chosen: dict[str, list[Event]] = {team: [] for team in inputs.people.teams}
    at_site = _teams_by_site(inputs)
    for event in _open(events, inputs):
        for team in _concerned(event, inputs, at_site):
            chosen[team].append(event)
    for team, own in chosen.items():
        name, locale = f"share/teams/{safe_name(team)}", inputs.people.teams[team].locale
        yield Calendar(name, _title(inputs, team), locale, own, _shared)


def _owners(events: Sequence[Event], plan: Plan, inputs: Inputs) -> Iterator[Calendar]:
    chosen: dict[str, list[Event]] = {}
    for event in events:
        if event.owner is not None:
            chosen.setdefault(event.owner, []).append(event)
    for owner, own in sorted(chosen.items()):
        safe, person = safe_name(owner), inputs.people.persons.get(owner)
        name = f"private/{safe}/{safe}-{token(plan.calendar_id, f'calendar {owner}')}"
        title = _title(inputs, person.name if person else owner)
        locale = person.locale if person else inputs.locale
        yield Calendar(name, title, locale, own, _duties)


_OF_KIND: Mapping[Kind, Callable[[Sequence[Event], Plan, Inputs], Iterator[Calendar]]] = {
    "everyone": _everyone,
    "teams": _teams,
    "owners": _owners,
}


def _open(events: Iterable[Event], inputs: Inputs) -> Iterator[Event]:
    """Yield what may stand in the open: no surprise, nobody who has not said that it may."""
    named = public(inputs.people)
    for event in events:
        if event.visibility is not Visibility.SURPRISE and named.issuperset(event.recipients):
            yield event


def _teams_by_site(inputs: Inputs) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for team in inputs.people.teams.values():
        found.setdefault(team.site, []).append(team.id)
    return found


def _concerned(event: Event, inputs: Inputs, at_site: Mapping[str, list[str]]) -> Collection[str]:
    """Return the teams of the recipients."""
    if event.audience is Audience.ORGANISATION:
        return at_site.get(event.site, ())
    teams = (
        {inputs.people.persons[one].team for one in event.recipients} if event.recipients else {event.team}
    )
    return [team for team in inputs.people.teams if team in teams]


def _announced(writer: Writer, event: Event) -> Iterable[Entry]:
    return (writer.announced(event),)


def _shared(writer: Writer, event: Event) -> Iterable[Entry]:
    return (writer.shared(event),)


def _duties(writer: Writer, event: Event) -> Iterable[Entry]:
    own = writer.own(event)
    prepare = event.prepare
    return (writer.preparation(event, prepare), own) if prepare and prepare.minutes else (own,)


def _title(inputs: Inputs, *parts: str) -> str:
    whole = inputs.settings.organisation or inputs.themes[0].theme.name.say(inputs.locale)
    return " · ".join((whole, *parts))


# --- the files ---------------------------------------------------------------------------------------


def _parts(entries: Sequence[Entry], year: Year) -> Iterator[Sequence[Entry]]:
    """Yield the entries in as few equal parts of the year as fit a file each; none without entries."""
    weeks: list[list[Entry]] = [[] for _ in range(year.weeks)]
    for entry in entries:
        weeks[min(max(year.week_of(entry.day), 0), year.weeks - 1)].append(entry)
    loads = [_load(week) for week in weeks]
    fitting = (count for count in range(1, year.weeks) if all(map(_fits, _divided(loads, count))))
    for part in _divided(weeks, next(fitting, year.weeks)):
        yield from _cut([entry for week in part for entry in week])


def _divided(weeks: Sequence[_Week], count: int) -> Sequence[Sequence[_Week]]:
    """Return the weeks in so many parts of the year."""
    cuts = [len(weeks) * part // count for part in range(count + 1)]
    return [weeks[start:end] for start, end in pairwise(cuts)]


def _cut(part: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """Yield what fits a file as it is, a week too large for one in halves of halves, nothing for nothing."""
    if len(part) > 1 and not _fits([_load(part)]):
        for half in (part[: len(part) // 2], part[len(part) // 2 :]):
            yield from _cut(half)
    elif part:
        yield part


def _load(part: Iterable[Entry]) -> _Load:
    """Return how many events there are, and their bytes."""
    sizes = [len(entry.block) for entry in part]
    return len(sizes), sum(sizes)


def _fits(loads: Sequence[_Load]) -> bool:
    return sum(n for n, _ in loads) <= MOST_EVENTS and sum(size for _, size in loads) <= MOST_BYTES


def _documents(calendar: Calendar, parts: Sequence[Sequence[Entry]], zones: Zones) -> Iterator[Document]:
    """Yield a file for each part; the first keeps the calendar's name, which people have subscribed to."""
    for number, part in enumerate(parts, 1):
        name = calendar.name if number == 1 else f"{calendar.name}-{number}"
        title = calendar.title if len(parts) == 1 else f"{calendar.title} ({number}/{len(parts)})"
        used = sorted({entry.zone for entry in part} - {""})
        blocks = (*(zones.get(zone) or b"" for zone in used), *(entry.block for entry in part))
        content = ical.component(b"VCALENDAR", (*_head(title), *blocks))
        yield Document(f"{name}.ics", _MEDIA_TYPE, content)


def _head(title: str) -> Iterator[bytes]:
    yield ical.line("VERSION", "2.0")
    yield ical.line("PRODID", "-//csweek//csweek//EN")
    yield ical.line("CALSCALE", "GREGORIAN")
    yield ical.text("NAME", title)
    yield ical.text("X-WR-CALNAME", title)
    yield ical.line("REFRESH-INTERVAL;VALUE=DURATION", _EVERY)
    yield ical.line("X-PUBLISHED-TTL", _EVERY)


def _checked(document: Document) -> Document:
    faults = [p for p in icscheck.check(document.content, document.name) if p.is_error]
    if faults:
        raise OutputError(faults)
    return document
