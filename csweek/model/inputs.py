"""What the user wrote: themes, the organisation, people and stories, together Inputs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import Literal, NamedTuple
from uuid import UUID

from csweek.model.basics import (
    Audience,
    Channel,
    Cost,
    Hours,
    Letters,
    Occasion,
    Place,
    Practice,
    Prepare,
    Role,
    Span,
    Thanks,
    Visibility,
    Words,
)


@dataclass(frozen=True, slots=True)
class Look:
    """Colours as ``#rrggbb``, the motif that cards draw, and the letters that names are set in."""

    ink: str = "#1d2433"
    accent: str = "#2f6f6a"
    second: str = "#e0a43b"
    paper: str = "#fffdf8"
    motif: str = "rays"
    letters: Letters = Letters.HAND


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing that makes a service hero, in the spotlight for a stretch of the year."""

    id: str
    title: Words
    text: Words


AnchorKind = Literal[
    "csw", "day-after", "anniversary", "birthday", "first-day", "last-day", "back-from-leave",
    "weekday", "month-day", "date",
]  # fmt: skip

PERSONAL: frozenset[AnchorKind] = frozenset(
    {"anniversary", "birthday", "first-day", "last-day", "back-from-leave"}
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A fixed day, told by what it hangs on, and a shift from there.

    csw: ``nth`` day of CSW, 1 to 5. weekday: the ``nth`` (-1: last) ``weekday`` of each ``period``
    (``month``, ``quarter``, or ``year`` with ``month``). month-day: ``month`` and ``day`` of every
    year. date: ``on``. The others need nothing more.
    """

    kind: AnchorKind
    nth: int = 0
    weekday: int = 0
    period: Literal["month", "quarter", "year"] = "month"
    month: int = 0
    day: int = 0
    on: date | None = None
    shift: int = 0
    unit: Literal["days", "weeks", "months"] = "days"


@dataclass(frozen=True, slots=True)
class PerYear:
    """So many times a year, spread evenly."""

    times: int


@dataclass(frozen=True, slots=True)
class Every:
    """Once in every so many weeks or months."""

    count: int
    unit: Literal["weeks", "months"] = "weeks"


@dataclass(frozen=True, slots=True)
class On:
    """On fixed days."""

    anchors: tuple[Anchor, ...]


Rhythm = PerYear | Every | On


@dataclass(frozen=True, slots=True)
class IdeaFilter:
    """Which ideas an owed action takes in turn: those listed, or those that fit all that is given."""

    ids: tuple[str, ...] = ()
    practice: Practice | None = None
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Action:
    """A kind of thing to do; with a rhythm it is owed, without one it is an idea."""

    id: str
    place: Place
    practice: Practice
    title: Words
    how: Words
    audience: Audience = Audience.PERSON
    owner: str = "manager"
    """``manager``, ``leader``, ``peer``, ``organiser`` or the id of a person."""
    rhythm: Rhythm | None = None
    weeks: frozenset[int] = frozenset()
    """ISO week numbers it may fall in; empty for all."""
    months: frozenset[int] = frozenset()
    group_size: tuple[int, int] = (4, 6)
    channel: Channel = Channel.NOTE
    card: str | None = None
    announcement: str | None = None
    visibility: Visibility = Visibility.TEAM
    minutes: int = 10
    prepare: Prepare | None = None
    cost: Cost = Cost.NONE
    tags: frozenset[str] = frozenset()
    ideas: IdeaFilter | None = None
    trait: str | None = None
    focus: Practice | None = None
    """The practice that a day of CSW looks at; the event's own stays ``celebration``."""
    replaces: str | None = None

    @property
    def owed(self) -> bool:
        """Whether it has a rhythm of its own."""
        return self.rhythm is not None

    def fits(self, owed: "Action") -> bool:
        """Whether it is an idea that an owed action may take by practice and tags."""
        wanted = owed.ideas
        if wanted is None or self.owed or self.audience is not owed.audience:
            return False
        return wanted.practice in {None, self.practice} and wanted.tags <= self.tags


@dataclass(frozen=True)
class Theme:
    """A motto, its look, its words, the traits in turn and the actions it brings."""

    id: str
    place: Place
    name: Words
    motto: Words
    look: Look
    traits: tuple[Trait, ...]
    actions: Mapping[str, Action]
    celebration: Mapping[str, tuple[str, ...]]
    """Action ids by slot: ``csw-1`` to ``csw-5`` and ``day-after``."""


@dataclass(frozen=True, slots=True)
class ThemeTurn:
    """A theme and the day from which it holds; the first one holds from the beginning."""

    theme: Theme
    since: date | None = None


EVENT_HOURS = Hours(time(9), time(16))
OWNER_HOURS = Hours(time(7), time(20))


@dataclass(frozen=True, slots=True)
class WorkTime:
    """When someone works. ``days`` None: the working week of the site's country."""

    event_hours: Hours = EVENT_HOURS
    owner_hours: Hours = OWNER_HOURS
    hours: Hours | None = None
    days: frozenset[int] | None = None
    on_holidays: bool = False


@dataclass(frozen=True, slots=True)
class Site:
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


@dataclass(frozen=True, slots=True)
class Team:
    """People who work together; the site is the one of most of them."""

    id: str
    site: str
    locale: str
    work: WorkTime
    members: tuple[str, ...]
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Person:
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
    extra: Mapping[str, str] = field(default_factory=dict)

    def employed(self, day: date) -> bool:
        """Whether the day lies between the first and the last day of work."""
        return (self.start_date or day) <= day <= (self.end_date or day)


class Former(NamedTuple):
    """Somebody whom the last plan knew."""

    id: str
    name: str
    email: str = ""
    manager: str | None = None


@dataclass(frozen=True)
class People:
    """Everyone, by id, in the order of the files; and the teams that they form."""

    persons: Mapping[str, Person] = field(default_factory=dict)
    teams: Mapping[str, Team] = field(default_factory=dict)
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


class Busy(NamedTuple):
    """A stretch of time that somebody's own calendar keeps: from ``start`` to before ``end``, in UTC."""

    start: datetime
    end: datetime


StoryKind = Literal["wow", "hero", "obstacle"]


@dataclass(frozen=True, slots=True)
class Story:
    """A true thing that somebody did or met, as it was told."""

    date: date
    person: str
    kind: StoryKind
    text: str
    place: Place
    by: str = ""
    consent: bool = False
    answer: str = ""


MetricKind = Literal["external", "internal"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure of a month, as it was written; external: customers say it, internal: we measure it."""

    month: date
    """Its first day."""
    name: str
    value: str
    kind: MetricKind
    place: Place
    target: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be asked: of an owner in a week, and of a team at once (a share of its people)."""

    owner_minutes_per_week: int = 90
    max_team_away: float = 0.2


@dataclass(frozen=True, slots=True)
class Budget:
    """What a year may cost, and what each level costs per recipient, in one currency."""

    currency: str = ""
    amount: float | None = None
    costs: Mapping[Cost, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class YearWanted:
    """What the workspace says about the year: an ISO year, a Monday and a number of weeks, or from CSW on.

    All None: this ISO year until its day after, then the next.
    """

    iso: int | None = None
    start: date | None = None
    weeks: int | None = None
    from_csw: int | None = None
    """The calendar year of the CSW that it runs from; 0 for the latest one begun."""


@dataclass(frozen=True)
class Settings:
    """What csweek.yaml says, with everything that it leaves out filled in."""

    place: Place
    organisation: str = ""
    locale: str = "en"
    calendar_id: UUID | None = None
    address: Mapping[str, str] = field(default_factory=dict)
    """How texts address their readers, by language: ``Vi`` for ``bs``."""
    year: YearWanted = field(default_factory=YearWanted)
    sites: Mapping[str, Site] = field(default_factory=dict)
    """Never empty: without any in the file there is one with the id ``""``."""
    work: WorkTime = field(default_factory=WorkTime)
    closed: tuple[Span, ...] = ()
    no_gatherings: tuple[Span, ...] = ()
    limits: Limits = field(default_factory=Limits)
    freeze: int = 14
    """Days within which a gathering does not move unless it must."""
    budget: Budget = field(default_factory=Budget)
    owner_busy: Mapping[str, str] = field(default_factory=dict)
    """Path of an exported .ics by the owner's id."""
    form: str = ""
    """Address of a form where people answer, for a QR code on the cards that ask them."""


@dataclass(frozen=True)
class Inputs:
    """All that the user wrote, valid."""

    settings: Settings
    themes: tuple[ThemeTurn, ...]
    people: People
    stories: tuple[Story, ...] = ()
    busy: Mapping[str, tuple[Busy, ...]] = field(default_factory=dict)
    """By the owner's id, in order and apart from each other, within the days of the year that is planned."""
    metrics: tuple[Metric, ...] = ()

    @cached_property
    def stories_of(self) -> Mapping[str, tuple[Story, ...]]:
        """The stories by the person whom they are about, in their order."""
        found: dict[str, list[Story]] = {}
        for one in self.stories:
            found.setdefault(one.person, []).append(one)
        return {person: tuple(told) for person, told in found.items()}

    def theme_on(self, day: date) -> Theme:
        """Return the theme that holds on a day."""
        turns = [turn for turn in self.themes if turn.since is None or turn.since <= day]
        return (turns or self.themes[:1])[-1].theme

    @property
    def locale(self) -> str:
        """The language of the organisation."""
        return self.settings.locale
