"""What csweek makes: a plan of events, what changed in it, the names it is shown with, documents."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from csweek.model.basics import (
    Audience,
    Channel,
    Cost,
    Day,
    Practice,
    Prepare,
    Role,
    Status,
    Value,
    Visibility,
    Words,
    Year,
    iso_week,
)

if TYPE_CHECKING:
    from csweek.model.inputs import Inputs
    from csweek.model.people import People, Person


def is_open(visibility: Visibility, audience: Audience) -> bool:
    """Whether others may know of an event before: it is no surprise, and not for one person."""
    return visibility is not Visibility.SURPRISE and audience is not Audience.PERSON


class Traits(NamedTuple):
    """How many events have this trait, and of what kind these are."""

    trait: str | None
    idea: str | None
    practice: Practice
    events: int


class Key(NamedTuple):
    """What makes an event the same event: never its day, order, title or idea.

    ``subject`` is a person, a team, a site, or for a group the owner it was first planned for;
    ``ordinal`` counts from 1 within year, action and subject and is never reused.
    """

    year: str
    action: str
    subject: str
    ordinal: int


class Event(Struct, frozen=True):
    """An owed action on a day, for named recipients, by a named owner, with a reason."""

    key: Key
    date: date
    practice: Practice
    title: Words
    how: Words
    locale: str
    timezone: str
    audience: Audience
    visibility: Visibility
    channel: Channel
    site: str
    team: str | None
    owner: str | None
    owner_role: str
    recipients: tuple[str, ...]
    """Person ids; empty for audience team and organisation, which mean all of them."""
    minutes: int
    prepare: Prepare | None
    cost: Cost
    fixed: bool
    """True where the date was given, False where it was chosen."""
    reason: Mapping[str, Value]
    start: datetime | None = None
    end: datetime | None = None
    """Local times with their zone; None for all-day."""
    idea: str | None = None
    trait: str | None = None
    card: str | None = None
    id: str = ""
    uid: str = ""
    sequence: int = 0
    status: Status = Status.PLANNED
    changed: datetime | None = None
    """When the revision was made in which it last changed, in UTC."""
    by_hand: bool = False
    """Put where it is or cancelled by the organiser: planning again leaves it so."""

    @property
    def action(self) -> str:
        """The id of the owed action."""
        return self.key.action

    @property
    def week(self) -> str:
        """Its ISO week."""
        return iso_week(self.date)

    @property
    def live(self) -> bool:
        """Whether it stands: anything but cancelled."""
        return self.status is not Status.CANCELLED

    def as_of(self, today: Day) -> "Event":
        """Return it as it counts on a day: planned but past without a word is unconfirmed."""
        past = self.status is Status.PLANNED and self.date < today
        return replace(self, status=Status.UNCONFIRMED) if past else self

    def secret_from(self, readers: frozenset[str]) -> bool:
        """Whether it is a surprise that one of these has still ahead."""
        ahead = self.visibility is Visibility.SURPRISE and self.status is not Status.DONE
        return ahead and not readers.isdisjoint(self.recipients)

    def addressed(self, everyone: "Iterable[Contact | Person]") -> tuple[str, ...]:
        """Return whom it is for by id: its recipients, without any everyone of its team or its site."""
        if self.audience is Audience.TEAM:
            all_ = (one.id for one in everyone if one.team == self.team)
        else:
            all_ = (one.id for one in everyone if one.site == self.site)
        return self.recipients or tuple(all_)

    def concerns(self, people: "People") -> tuple[str, ...]:
        """Return the teams that it concerns: those at its site, its own, or those of its recipients."""
        if self.audience is Audience.ORGANISATION:
            return people.teams_at.get(self.site, ())
        known = (people.persons.get(one) for one in self.recipients)
        teams = [one.team for one in known if one] if self.recipients else [self.team]
        return tuple(dict.fromkeys(team for team in teams if team))

    @property
    def sort_key(self) -> tuple[Day, str, Key]:
        """By day, all-day first, then by hour."""
        return (self.date, self.start.isoformat() if self.start else "", self.key)


class Plan(Struct, frozen=True, dict=True):
    """A year of events as one revision knows it, sorted by ``sort_key``, cancelled ones included."""

    year: Year
    events: tuple[Event, ...]
    revision: int
    revised: datetime
    """When this revision was made, in UTC."""
    calendar_id: UUID
    next_serial: int = 1
    """The number that the next new event's id gets."""
    since: Day | None = None
    """The first day that was open when the year was first planned; None: the year's first."""

    @cached_property
    def live(self) -> tuple[Event, ...]:
        """The events that stand."""
        return tuple(event for event in self.events if event.live)


class Deed(StrEnum):
    """What was done in a revision."""

    PLANNED = "planned"
    MOVED = "moved"
    CANCELLED = "cancelled"
    DONE = "done"
    MISSED = "missed"
    UNDONE = "undone"


class Revision(Struct, frozen=True):
    """A plan beside the one before it, and what differs, each event as it is now (moved: before, now)."""

    plan: Plan
    added: tuple[Event, ...] = ()
    moved: tuple[tuple[Event, Event], ...] = ()
    changed: tuple[Event, ...] = ()
    """Other words, people or minutes on the same day and hour."""
    cancelled: tuple[Event, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.moved or self.changed or self.cancelled)

    @property
    def touched(self) -> tuple[Event, ...]:
        """All that differs, as it is now."""
        return (*self.added, *(now for _, now in self.moved), *self.changed, *self.cancelled)


class Contact(Struct, frozen=True):
    """What is kept of a person to name and find them."""

    id: str
    name: str
    email: str = ""
    team: str | None = None
    site: str = ""
    role: Role = Role.STAFF
    manager: str | None = None


class Directory(Struct, frozen=True, dict=True):
    """The names and titles that a saved plan is shown with, so that showing it reads nothing else."""

    organisation: str
    locale: str
    theme: Words
    motto: Words
    persons: Mapping[str, Contact]
    teams: Mapping[str, str]
    """The site's id by the team's."""
    sites: Mapping[str, str]
    """The time zone by the site's id."""

    @classmethod
    def of(cls, inputs: "Inputs", day: Day) -> "Directory":
        """Return what is to be kept of these inputs, with the theme that holds on this day."""
        theme, people = inputs.theme_on(day), inputs.people
        return cls(
            inputs.settings.organisation,
            inputs.locale,
            theme.name,
            theme.motto,
            {
                **{one.id: Contact(one.id, one.name, one.email, manager=one.manager) for one in people.gone},
                **{p.id: Contact(p.id, p.name, p.email, p.team, p.site, p.role, p.manager) for p in people},
            },
            {team.id: team.site for team in people.teams.values()},
            {site.id: site.timezone for site in inputs.settings.sites.values()},
        )

    def with_former(self, before: Mapping[str, Contact]) -> "Directory":
        """Return it with those of before who have gone since."""
        return replace(self, persons={**before, **self.persons})

    def name(self, person: str | None) -> str:
        """Return a person's name, or the id where the person is no longer known."""
        known = self.persons.get(person or "")
        return known.name if known else person or ""


class Document(Struct, frozen=True):
    """Something made for people: a name relative to the output folder, with ``/``, and its bytes."""

    name: str
    media_type: str
    content: bytes


class Spoken(NamedTuple):
    """The language in which a calendar speaks from a time on."""

    since: datetime
    locale: str
    fallback: str
    """The organisation's, in which texts are told that the language of the calendar lacks."""

    @property
    def locales(self) -> tuple[str, str]:
        """Both languages."""
        return self.locale, self.fallback


class Draft(Struct, frozen=True):
    """Documents that are made only when asked for, under one name, with a digest of all that goes into them.

    The same digest stands for the same bytes.
    """

    name: str
    digest: str
    make: Callable[[], Iterable[Document]]
