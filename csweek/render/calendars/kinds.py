"""Which event stands in which calendar.

``share/`` holds no surprise and nobody who does not want to be named; a person's own file is theirs.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from csweek.model.basics import Audience, Visibility
from csweek.model.inputs import Inputs
from csweek.model.plan import Event, Plan
from csweek.names import safe_name, token
from csweek.render.calendars.entries import Entry, Writer
from csweek.render.recipients import public

Kind = Literal["everyone", "teams", "owners"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What one calendar is to hold; ``name`` is that of its file, without ``.ics``."""

    name: str
    title: str
    locale: str
    events: Sequence[Event]
    view: Callable[[Writer, Event], Iterable[Entry]]
    """How an event reads here; it may become more than one entry."""


def of_kind(kind: Kind, events: Sequence[Event], plan: Plan, inputs: Inputs) -> Iterator[Calendar]:
    """Yield the calendars of a kind, empty ones too."""
    return _OF_KIND[kind](events, plan, inputs)


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
