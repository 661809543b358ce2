"""Which event stands in which calendar.

``share/`` holds no surprise and nobody who does not want to be named; a person's own file is theirs,
under a name that nobody guesses.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from csweek.model.basics import Audience, Day, Visibility
from csweek.model.inputs import Inputs
from csweek.model.people import Person
from csweek.model.plan import Event, Plan, Spoken
from csweek.names import safe_name, token
from csweek.render import phrases
from csweek.render.calendars.ahead import ORDER, PREPARE, Ahead, Past, invite
from csweek.render.calendars.chores import Chore, chores
from csweek.render.calendars.entries import NEVER, Entry, Turns, Writer
from csweek.render.recipients import public, why_not
from csweek.render.speech import capital

Kind = Literal["everyone", "teams", "owners", "people", "sites", "organisers"]
KINDS: tuple[Kind, ...] = get_args(Kind)
USUAL: tuple[Kind, ...] = ("everyone", "teams", "owners", "sites", "organisers")
"""Those that are made unless others are asked for; a file for each person is made when it is wanted."""
FOR_WHO_DOES_IT: frozenset[Kind] = frozenset({"owners", "organisers"})
"""They say what is ahead, which outlives a change of its events; the others are for those who receive it."""


class Calendar(Struct, frozen=True):
    """What one calendar is to hold; ``name`` is that of its file, without ``.ics``."""

    kind: Kind
    whose: str
    """The id of the team, person or site; empty for everyone and the organisers."""
    name: str
    title: str
    locale: str
    events: Sequence[Event]
    view: Callable[[Writer, Sequence[Event]], Iterable[Entry]]
    """How events read here."""
    ahead: Sequence[Ahead] = ()
    chores: Sequence[Chore] = ()
    turns: Turns = NEVER

    def part(self, number: int) -> str:
        """Return the name of a further file; a team may be called Natt-2 where Natt has two."""
        if self.kind not in ("teams", "sites"):
            return f"{self.name}-{number}"
        return f"{self.name.rpartition('/')[0]}/{safe_name(f'{self.whose}/{number}')}"

    def since(self, day: Day) -> "Calendar":
        """Return it without what is for days before this one alone."""
        return replace(
            self,
            events=[event for event in self.events if event.date >= day],
            ahead=[one for one in self.ahead if any(event.date >= day for event in one.events)],
            chores=[one for one in self.chores if one.monday >= day],
        )

    @property
    def shared(self) -> bool:
        """Whether it may be published."""
        return self.name.startswith("share/")


class Source(Struct, frozen=True, dict=True):
    """The events that may stand in calendars, with those recipients alone who can be thanked."""

    events: Sequence[Event]
    plan: Plan
    inputs: Inputs
    names: bool = True
    former: Sequence[Event] = ()
    """How events were before they were changed."""
    spoken: Mapping[str, Sequence[Spoken]] = {}
    """The languages of calendars in turn, by kind and whose; people's stand also for owners'."""

    @cached_property
    def past(self) -> Past:
        """What that says of the plan."""
        return Past(self.plan.events, self.former, self.plan.revised)

    def title(self, *parts: str) -> str:
        """Return the title of a calendar: whose organisation it is, and what it holds."""
        inputs = self.inputs
        whole = inputs.settings.organisation or inputs.themes[0].theme.name.say(inputs.locale)
        return " · ".join(" ".join(part.split()) for part in (whole, *filter(None, parts)))

    def personal(self, person: Person | None, ident: str) -> str:
        """Return the title of somebody's own calendar."""
        return self.title((person.name if person else ident) if self.names else "")

    def secret(self, folder: str, ident: str) -> str:
        """Return a file name that nobody guesses; ``{}`` in the folder stands for the safe name."""
        safe = safe_name(ident)
        return f"{folder.replace('{}', safe)}/{safe}-{token(self.plan.calendar_id, f'calendar {ident}')}"


def of_kind(kind: Kind, source: Source) -> Iterator[Calendar]:
    """Yield the calendars of a kind, empty ones too."""
    for one in _OF_KIND[kind](source):
        turns = Turns.of(source.spoken.get(f"{'people' if kind == 'owners' else kind}/{one.whose}", ()))
        yield one if turns == NEVER else replace(one, turns=turns)


def open_to_all(events: Iterable[Event], inputs: Inputs) -> Iterator[Event]:
    """Yield what may stand in the open: no surprise, nobody who has not said that it may."""
    named = public(inputs.people)
    for event in events:
        if event.visibility is not Visibility.SURPRISE and named.issuperset(event.recipients):
            yield event


def _everyone(source: Source) -> Iterator[Calendar]:
    known = open_to_all(source.events, source.inputs)
    chosen = [event for event in known if event.visibility is Visibility.EVERYONE]
    yield Calendar(
        "everyone", "", "share/everyone", source.title(), source.inputs.locale, chosen, Writer.announced
    )


def _teams(source: Source) -> Iterator[Calendar]:
    people = source.inputs.people
    chosen: dict[str, list[Event]] = {team: [] for team in people.teams}
    for event in open_to_all(source.events, source.inputs):
        for team in chosen.keys() & event.concerns(people):
            chosen[team].append(event)
    for team, own in chosen.items():
        name, locale = f"share/teams/{safe_name(team)}", people.teams[team].locale
        yield Calendar("teams", team, name, source.title(team), locale, own, Writer.shared)


def _sites(source: Source) -> Iterator[Calendar]:
    """Yield what is for a whole site and what is announced there; a site without a name has everyone's."""
    chosen: dict[str, list[Event]] = {site: [] for site in source.inputs.settings.sites if site}
    for event in open_to_all(source.events, source.inputs):
        announced = event.visibility is Visibility.EVERYONE or event.audience is Audience.ORGANISATION
        if announced and event.site in chosen:
            chosen[event.site].append(event)
    for ident, own in chosen.items():
        site = source.inputs.settings.sites[ident]
        title = source.title(capital(ident))
        yield Calendar(
            "sites", ident, f"share/sites/{safe_name(ident)}", title, site.locale, own, Writer.there
        )


def _owners(source: Source) -> Iterator[Calendar]:
    chosen: defaultdict[str, list[Event]] = defaultdict(list)
    for event in source.events:
        if event.owner is not None:
            chosen[event.owner].append(event)
    for owner, own in sorted(chosen.items()):
        person = source.inputs.people.persons.get(owner)
        name = source.secret("private/{}", owner)
        locale = person.locale if person else source.inputs.locale
        title, prepare = source.personal(person, owner), tuple(PREPARE.of(own, source.past, owner))
        yield Calendar("owners", owner, name, title, locale, own, Writer.own, prepare)


def _people(source: Source) -> Iterator[Calendar]:
    """Yield what concerns each person and is no surprise; an event of theirs stands by its position."""
    of_person: defaultdict[str, list[int]] = defaultdict(list)
    of_team: defaultdict[str | None, list[int]] = defaultdict(list)
    of_site: defaultdict[str, list[int]] = defaultdict(list)
    for position, event in enumerate(source.events):
        if event.visibility is Visibility.SURPRISE:
            continue
        for one in event.recipients:
            of_person[one].append(position)
        if not event.recipients and event.audience is Audience.ORGANISATION:
            of_site[event.site].append(position)
        elif not event.recipients:
            of_team[event.team].append(position)
    for person in source.inputs.people:
        teams = of_team[person.team] if person.team else []
        own = (source.events[n] for n in sorted((*of_person[person.id], *teams, *of_site[person.site])))
        here = [e for e in own if e.recipients or why_not(person.id, e.date, source.inputs.people) is None]
        name, title = source.secret("share/people", person.id), source.personal(person, person.id)
        yield Calendar("people", person.id, name, title, person.locale, here, _view_of(person.id))


def _organisers(source: Source) -> Iterator[Calendar]:
    """Yield what the organisers have to order, print, invite and mark, and no surprise for one of them."""
    organisers = source.inputs.people.organisers
    readers = frozenset(organisers)
    seen = [event for event in source.events if event.live and not event.secret_from(readers)]
    freeze = source.inputs.settings.freeze
    ahead = (one for task in (ORDER, invite(freeze)) for one in task.of(seen, source.past, None))
    locale = next((source.inputs.people.persons[one].locale for one in organisers), source.inputs.locale)
    name = source.secret("private/organisers", "organisers")
    title = source.title(phrases.ORGANISERS.say(locale))
    yield Calendar("organisers", "", name, title, locale, (), Writer.own, tuple(ahead), tuple(chores(seen)))


_OF_KIND: Mapping[Kind, Callable[[Source], Iterator[Calendar]]] = {
    "everyone": _everyone,
    "teams": _teams,
    "owners": _owners,
    "people": _people,
    "sites": _sites,
    "organisers": _organisers,
}


def _view_of(person: str) -> Callable[[Writer, Sequence[Event]], Iterable[Entry]]:
    def concerning(writer: Writer, events: Sequence[Event]) -> Iterator[Entry]:
        return writer.concerning(events, person)

    return concerning
