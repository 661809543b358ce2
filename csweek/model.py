"""The types that pass between the parts: frozen, without behaviour that needs anything from outside.

text → Settings, Theme, People, Story (together: Inputs) → Plan of Event → Document → file
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Literal
from uuid import UUID

Day = date
"""``date`` under a name that no field hides."""

Value = str | int | float | bool | None
"""What a reason or an extra column may hold: plain enough for JSON."""

# --- text and where it stands --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a user's file; line and column count from 1, 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """``file:line:column``, without what is not known."""
        return ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True, slots=True)
class Words:
    """One text in several languages, by locale."""

    texts: Mapping[str, str]

    def say(self, *locales: str) -> str:
        """Return the text in the first of these locales that it has, else in English, else in any."""
        for locale in (*locales, "en"):
            for name in (locale, locale.partition("-")[0]):
                if name in self.texts:
                    return self.texts[name]
        return next(iter(self.texts.values()), "")


# --- the words of the trade ----------------------------------------------------------------------


class Practice(StrEnum):
    """The five practices that last all year, and the celebration itself."""

    HEROES = "heroes"
    WOW = "wow"
    OUTSIDE_IN = "outside_in"
    SKIP_LEVEL = "skip_level"
    CAREER = "career"
    CELEBRATION = "celebration"


class Audience(StrEnum):
    """Who receives an event."""

    ORGANISATION = "organisation"
    TEAM = "team"
    GROUP = "group"
    PERSON = "person"


class Visibility(StrEnum):
    """Who may know before it happens; of ``surprise`` the owner alone."""

    SURPRISE = "surprise"
    TEAM = "team"
    EVERYONE = "everyone"


class Channel(StrEnum):
    """How it reaches the recipients; only a meeting or a call has an hour."""

    CARD = "card"
    NOTE = "note"
    CALL = "call"
    VISIT = "visit"
    MEETING = "meeting"
    ANNOUNCEMENT = "announcement"
    GIFT = "gift"
    TASK = "task"


TIMED = frozenset({Channel.MEETING, Channel.CALL})
GATHERING = frozenset({Channel.MEETING})
HANDED_OVER = frozenset({Channel.CARD, Channel.NOTE, Channel.GIFT, Channel.ANNOUNCEMENT})
"""Made beforehand and passed on; the owner need not be there on the very day."""


class Cost(StrEnum):
    """A level; the workspace's ``costs`` price it per recipient."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Status(StrEnum):
    """What became of an event; what is past without a word is unconfirmed and thanked nobody."""

    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    UNCONFIRMED = "unconfirmed"
    CANCELLED = "cancelled"


class Role(StrEnum):
    """What a person is here; whoever is someone's manager is a manager besides."""

    STAFF = "staff"
    LEADER = "leader"
    ORGANISER = "organiser"


class Thanks(StrEnum):
    """How a person wants to be thanked."""

    PUBLIC = "public"
    PRIVATE = "private"
    NEVER = "never"


class Occasion(StrEnum):
    """A personal day that a person may want remembered."""

    ANNIVERSARY = "anniversary"
    BIRTHDAY = "birthday"


class Weekday(IntEnum):
    """A day of the week as ``date.weekday()`` counts it."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6


# --- time ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from first to last, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Hours:
    """Local hours of a day; an end at or before the start lies on the next day."""

    start: time
    end: time

    @property
    def overnight(self) -> bool:
        """Whether it ends on the day after it began."""
        return self.end <= self.start


@dataclass(frozen=True, slots=True)
class Year:
    """The weeks that a plan covers, from a Monday on."""

    label: str
    first: date
    weeks: int

    @property
    def last(self) -> date:
        """Its last Sunday."""
        return self.first + timedelta(days=7 * self.weeks - 1)

    def __contains__(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last

    def week_of(self, day: date) -> int:
        """Return the position of the day's week, from 0."""
        return (day - self.first).days // 7

    def monday(self, week: int) -> date:
        """Return the Monday of the week at this position, from 0."""
        return self.first + timedelta(days=7 * week)


def iso_week(day: date) -> str:
    """Return the ISO week of a day: ``2027-W01``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def csw_monday(year: int) -> date:
    """Return the Monday of CSW in a calendar year.

    Source: the first of October, as every dated announcement since 2008 has it.
    """
    first = date(year, 10, 1)
    return first + timedelta(days=-first.weekday() % 7)


# --- a theme -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Look:
    """Colours as ``#rrggbb`` and the name of the motif that cards draw."""

    ink: str = "#1d2433"
    accent: str = "#2f6f6a"
    second: str = "#e0a43b"
    paper: str = "#fffdf8"
    motif: str = "rays"


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
class Prepare:
    """Minutes of writing, ordering or inviting, and how many weeks before the day they fall due."""

    minutes: int
    weeks: int = 0


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
    visibility: Visibility = Visibility.TEAM
    minutes: int = 10
    prepare: Prepare | None = None
    cost: Cost = Cost.NONE
    tags: frozenset[str] = frozenset()
    ideas: IdeaFilter | None = None
    trait: str | None = None
    replaces: str | None = None

    @property
    def owed(self) -> bool:
        """Whether it has a rhythm of its own."""
        return self.rhythm is not None


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


# --- the organisation ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WorkTime:
    """When someone works. ``days`` None: the working week of the site's country."""

    event_hours: Hours = Hours(time(9), time(16))
    owner_hours: Hours = Hours(time(7), time(20))
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


@dataclass(frozen=True)
class People:
    """Everyone, by id, in the order of the files; and the teams that they form."""

    persons: Mapping[str, Person] = field(default_factory=dict)
    teams: Mapping[str, Team] = field(default_factory=dict)

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


@dataclass(frozen=True)
class Inputs:
    """All that the user wrote, valid."""

    settings: Settings
    themes: tuple[ThemeTurn, ...]
    people: People
    stories: tuple[Story, ...] = ()

    def theme_on(self, day: date) -> Theme:
        """Return the theme that holds on a day."""
        turns = [turn for turn in self.themes if turn.since is None or turn.since <= day]
        return (turns or self.themes[:1])[-1].theme

    @property
    def locale(self) -> str:
        """The language of the organisation."""
        return self.settings.locale


# --- the plan ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What makes an event the same event: never its day, order, title or idea.

    ``subject`` is a person, a team, a site, or for a group the owner it was first planned for;
    ``ordinal`` counts from 1 within year, action and subject and is never reused.
    """

    year: str
    action: str
    subject: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Event:
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

    @property
    def sort_key(self) -> tuple[Day, str, Key]:
        """By day, all-day first, then by hour."""
        return (self.date, self.start.isoformat() if self.start else "", self.key)


@dataclass(frozen=True)
class Plan:
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

    @property
    def live(self) -> tuple[Event, ...]:
        """The events that stand."""
        return tuple(event for event in self.events if event.live)


@dataclass(frozen=True, slots=True)
class Revision:
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


@dataclass(frozen=True, slots=True)
class Contact:
    """What is kept of a person to name and find them."""

    id: str
    name: str
    email: str = ""
    team: str | None = None
    site: str = ""
    role: Role = Role.STAFF


@dataclass(frozen=True)
class Directory:
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
    def of(cls, inputs: Inputs, day: Day) -> "Directory":
        """Return what is to be kept of these inputs, with the theme that holds on this day."""
        theme = inputs.theme_on(day)
        return cls(
            inputs.settings.organisation,
            inputs.locale,
            theme.name,
            theme.motto,
            {p.id: Contact(p.id, p.name, p.email, p.team, p.site, p.role) for p in inputs.people},
            {team.id: team.site for team in inputs.people.teams.values()},
            {site.id: site.timezone for site in inputs.settings.sites.values()},
        )

    def name(self, person: str | None) -> str:
        """Return a person's name, or the id where the person is no longer known."""
        known = self.persons.get(person or "")
        return known.name if known else person or ""


@dataclass(frozen=True, slots=True)
class Document:
    """Something made for people: a name relative to the output folder, with ``/``, and its bytes."""

    name: str
    media_type: str
    content: bytes
