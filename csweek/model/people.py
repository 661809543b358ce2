"""Who works here: persons, teams and sites, with everything resolved."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from csweek.model.basics import (
    Hours,
    Occasion,
    Place,
    Role,
    Span,
    Thanks,
)

EVENT_HOURS = Hours(time(9), time(16))
OWNER_HOURS = Hours(time(7), time(20))


class WorkTime(Struct, frozen=True):
    """When someone works. ``days`` None: the working week of the site's country."""

    event_hours: Hours = EVENT_HOURS
    owner_hours: Hours = OWNER_HOURS
    hours: Hours | None = None
    days: frozenset[int] | None = None
    on_holidays: bool = False


class Site(Struct, frozen=True):
    """A place of work with its holidays, zone and language."""

    id: str
    timezone: str
    locale: str
    work: WorkTime
    country: str | None = None
    subdivision: str | None = None
    skip: tuple[str, ...] = ()
    """Names of public holidays on which this site works."""
    add: tuple[date, ...] = ()
    """Days off besides."""
    tags: frozenset[str] = frozenset()


class Team(Struct, frozen=True):
    """People who work together; the site is the one of most of them."""

    id: str
    site: str
    locale: str
    work: WorkTime
    members: tuple[str, ...]
    tags: frozenset[str] = frozenset()


class Person(Struct, frozen=True):
    """Somebody in the organisation, with everything resolved: person over team over site over all."""

    id: str
    name: str
    called: str
    """What the card says."""
    site: str
    locale: str
    work: WorkTime
    place: Place
    title: str = ""
    email: str = ""
    team: str | None = None
    manager: str | None = None
    role: Role = Role.STAFF
    start_date: date | None = None
    end_date: date | None = None
    birthday: tuple[int, int] | None = None
    """Month and day; 29 February is kept on the 28th."""
    thanks: Thanks = Thanks.PRIVATE
    celebrate: frozenset[Occasion] = frozenset()
    leave: tuple[Span, ...] = ()
    deputy: str | None = None
    tags: frozenset[str] = frozenset()
    extra: Mapping[str, str] = {}

    def employed(self, day: date) -> bool:
        """Whether the day lies between the first and the last day of work."""
        return (self.start_date or day) <= day <= (self.end_date or day)


class Former(NamedTuple):
    """Somebody whom the last plan knew."""

    id: str
    name: str
    email: str = ""
    manager: str | None = None


class People(Struct, frozen=True, dict=True):
    """Everyone, by id, in the order of the files; and the teams that they form."""

    persons: Mapping[str, Person] = {}
    teams: Mapping[str, Team] = {}
    gone: tuple[Former, ...] = ()
    """Managers and deputies who are still named as such but are in no file any more."""

    def __iter__(self) -> Iterator[Person]:
        """Everyone in the order of the files."""
        return iter(self.persons.values())

    def __len__(self) -> int:
        """How many there are."""
        return len(self.persons)

    @cached_property
    def reports(self) -> Mapping[str, tuple[str, ...]]:
        """Who answers directly to whom, by the manager's id."""
        found: dict[str, list[str]] = {}
        for person in self:
            if person.manager is not None:
                found.setdefault(person.manager, []).append(person.id)
        return {manager: tuple(ids) for manager, ids in found.items()}

    @cached_property
    def teams_at(self) -> Mapping[str, tuple[str, ...]]:
        """The teams of each site, by its id."""
        found: dict[str, list[str]] = {}
        for team in self.teams.values():
            found.setdefault(team.site, []).append(team.id)
        return {site: tuple(ids) for site, ids in found.items()}

    def managers_of(self, person: str) -> tuple[str, ...]:
        """Return the own manager, that one's manager, and so on to the top."""
        chain: list[str] = []
        current = self.persons[person].manager
        while current is not None and current not in chain:
            chain.append(current)
            current = self.persons[current].manager
        return tuple(chain)

    @cached_property
    def leaders(self) -> tuple[str, ...]:
        """Anyone with that role; without any, the managers of managers."""
        named = tuple(person.id for person in self if person.role is Role.LEADER)
        return named or tuple(
            person.id for person in self if any(r in self.reports for r in self.reports.get(person.id, ()))
        )

    @cached_property
    def organisers(self) -> tuple[str, ...]:
        """Anyone with that role."""
        return tuple(person.id for person in self if person.role is Role.ORGANISER)
