"""What the user wrote: settings, themes, people, stories and figures, together Inputs."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Literal, NamedTuple
from uuid import UUID

from msgspec import Struct

from csweek.model.basics import (
    Cost,
    Place,
    Span,
)
from csweek.model.people import People, Site, WorkTime
from csweek.model.theme import Theme, ThemeTurn


class Busy(NamedTuple):
    """A stretch of time that somebody's own calendar keeps: from ``start`` to before ``end``, in UTC."""

    start: datetime
    end: datetime


StoryKind = Literal["wow", "hero", "obstacle"]


class Story(Struct, frozen=True):
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


class Metric(Struct, frozen=True):
    """A figure of a month, as it was written; external: customers say it, internal: we measure it."""

    month: date
    """Its first day."""
    name: str
    value: str
    kind: MetricKind
    place: Place
    target: str = ""


class Limits(Struct, frozen=True):
    """What may be asked: of an owner in a week, and of a team at once (a share of its people)."""

    owner_minutes_per_week: int = 90
    max_team_away: float = 0.2


class Budget(Struct, frozen=True):
    """What a year may cost, and what each level costs per recipient, in one currency."""

    currency: str = ""
    amount: float | None = None
    costs: Mapping[Cost, float] = {}


class YearWanted(Struct, frozen=True):
    """What the workspace says about the year: an ISO year, a Monday and a number of weeks, or from CSW on.

    All None: this ISO year until its day after, then the next.
    """

    iso: int | None = None
    start: date | None = None
    weeks: int | None = None
    from_csw: int | None = None
    """The calendar year of the CSW that it runs from; 0 for the latest one begun."""


class Settings(Struct, frozen=True, dict=True):
    """What csweek.yaml says, with everything that it leaves out filled in."""

    place: Place
    organisation: str = ""
    locale: str = "en"
    calendar_id: UUID | None = None
    address: Mapping[str, str] = {}
    """How texts address their readers, by language: ``Vi`` for ``bs``."""
    year: YearWanted = YearWanted()
    sites: Mapping[str, Site] = {}
    """Never empty: without any in the file there is one with the id ``""``."""
    work: WorkTime = WorkTime()
    closed: tuple[Span, ...] = ()
    no_gatherings: tuple[Span, ...] = ()
    limits: Limits = Limits()
    freeze: int = 14
    """Days within which a gathering does not move unless it must."""
    budget: Budget = Budget()
    owner_busy: Mapping[str, str] = {}
    """Path of an exported .ics by the owner's id."""
    form: str = ""
    """Address of a form where people answer, for a QR code on the cards that ask them."""


class Inputs(Struct, frozen=True, dict=True):
    """All that the user wrote, valid."""

    settings: Settings
    themes: tuple[ThemeTurn, ...]
    people: People
    stories: tuple[Story, ...] = ()
    busy: Mapping[str, tuple[Busy, ...]] = {}
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
