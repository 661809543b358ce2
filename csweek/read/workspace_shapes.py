"""The shapes of csweek.yaml; the JSON Schema comes from them."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from csweek.model.basics import YEARS, Occasion, Thanks
from csweek.read.fields import (
    Clock,
    Country,
    DayText,
    Gratitude,
    Json,
    Length,
    Link,
    Locale,
    Loosely,
    Monday,
    Names,
    Occasions,
    Share,
    Since,
    Spans,
    TagSet,
    Text,
    Truth,
    WeekdaySet,
    Zone,
    listed,
)
from csweek.read.shapes import Shape, optional
from csweek.read.theme_shapes import Actions, Slot


class HoursShape(Shape):
    """Local hours; an end at or before the start lies on the next day."""

    start: Clock = Field(alias="from", description="When it begins", examples=["09:00"])
    to: Clock = Field(description="When it ends; before 'from' it is on the next day", examples=["16:00"])


class WorkShape(Shape):
    """When people work."""

    hours: HoursShape | None = optional(
        "Working hours, where they are not office hours", '{from: "21:00", to: "07:00"}'
    )
    event_hours: HoursShape | None = optional(
        "When meetings and calls may be", '{from: "09:00", to: "16:00"}'
    )
    owner_hours: HoursShape | None = optional(
        "When those who hold them can be asked", '{from: "07:00", to: "20:00"}'
    )
    work_days: WeekdaySet | None = optional("Days of the week, as mon-fri or sat,sun", "mon-fri")
    work_on_holidays: Truth | None = optional("Whether work goes on on public holidays", "true")


class HolidaysShape(Shape):
    """What differs from the country's public holidays."""

    skip: Names = Field(
        default=(), description="Names of public holidays on which this site works", examples=["[Family Day]"]
    )
    add: Spans = Field(
        default=(), description="Days off besides", examples=["[2027-12-24, 2027-12-27..2027-12-31]"]
    )


class SiteShape(WorkShape):
    """A place of work."""

    timezone: Zone = Field(description="IANA name of the time zone", examples=["Europe/Stockholm"])
    country: Country | None = optional("Two-letter code of the country, for its holidays and weekend", "SE")
    subdivision: Text | None = optional(
        "Code of the state or province, where it has holidays of its own", "ON"
    )
    locale: Locale | None = optional("Language of cards and announcements here", "sv")
    holidays: HolidaysShape | None = optional(
        "Holidays to work on, and days off besides", "{skip: [Family Day]}"
    )
    tags: TagSet | None = optional("Words that choose fitting ideas: remote, night, quiet, phones", "[quiet]")


class TeamShape(WorkShape):
    """What differs for a team."""

    site: Text | None = optional("Site of its people who name none", "stockholm")
    locale: Locale | None = optional("Language of its cards and announcements", "sv")
    tags: TagSet | None = optional(
        "Words that choose fitting ideas: remote, night, quiet, phones", "[night, quiet]"
    )


class TurnShape(Shape):
    """A theme and the day from which it holds."""

    theme: Text = Field(description="Name of the theme", examples=["mission-possible"])
    since: DayText | None = optional("The day from which it holds", "2027-10-04", alias="from")


class PeopleFileShape(Shape):
    """A file of people."""

    file: Text = Field(description="Path from here: .csv, .xlsx or .yaml", examples=["people.csv"])
    encoding: Text | None = optional("Only where it is not UTF-8 or UTF-16", "cp1252")
    sheet: Text | None = optional("Name of the sheet, where it is not the first one", "People")


class DefaultsShape(Shape):
    """For people who have not said."""

    thanks: Gratitude = Field(
        default=Thanks.PRIVATE, description="How they are thanked", examples=["private"]
    )
    celebrate: Occasions = Field(
        default=frozenset({Occasion.ANNIVERSARY}),
        description="Which personal days are remembered",
        examples=["[anniversary]"],
    )


class LimitsShape(Shape):
    """What may be asked."""

    owner_minutes_per_week: int = Field(
        default=90, ge=1, le=10_000, description="Minutes a week of one owner", examples=["90"]
    )
    max_team_away: Share = Field(
        default=0.2, description="Part of a team that may be in a meeting at once", examples=["0.2"]
    )


Money = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class BudgetShape(Shape):
    """What a year may cost."""

    currency: Text = Field(description="Currency", examples=["SEK"])
    amount: Money | None = optional("Amount for the whole year", "12000")


class CostsShape(Shape):
    """What each level costs per recipient, in the budget's currency."""

    low: Money | None = optional("For instance a cup of coffee", "50")
    medium: Money | None = optional("For instance lunch", "250")
    high: Money | None = optional("For instance a trip", "1500")


def _turns(value: object) -> object:
    return [{"theme": part} if isinstance(part, str) else part for part in listed(value)]


def _files(value: object) -> object:
    return [{"file": part} if isinstance(part, str) else part for part in listed(value)]


def _one_or_more(schema: Json) -> Json:
    one = {"anyOf": [{"type": "string"}, schema["items"]]}
    return {"anyOf": [*one["anyOf"], {"type": "array", "items": one, "minItems": 1}]}


class WorkspaceShape(WorkShape):
    """What an organisation tells csweek: csweek.yaml."""

    theme: Annotated[list[TurnShape], Field(min_length=1), Loosely(_turns, _one_or_more)] = Field(
        description="The theme's name, or a list: [everyday, {from: 2027-10-04, theme: mission-possible}]",
        examples=["service-as-a-power"],
    )
    organisation: Text | None = optional("Name of the organisation, as cards say it", "Nordic Care")
    calendar_id: UUID | None = optional("Made by 'csweek init'; never change or copy it")
    year: int | None = Field(
        default=None, ge=YEARS[0], le=YEARS[-1], description="ISO year of the plan", examples=["2027"]
    )
    start: Monday | None = optional("A Monday to begin with, instead of a year", "2027-01-04")
    weeks: int | None = Field(
        default=None, ge=1, le=106, description="Number of weeks from 'start'", examples=["52"]
    )
    since: Since | None = optional(
        "'csw': from the Monday after CSW through the next one", "csw", alias="from"
    )
    actions: Actions | None = optional(
        "What differs in the theme's actions, by id: keys to change, a new action, or 'off'",
        "{birthday: off}",
    )
    celebration: dict[Slot, Names] | None = optional(
        "Ids of actions for the five days or the day after, instead of the theme's", "{csw-1: [day-why]}"
    )
    address: dict[Locale, Text] | None = optional("How readers are addressed, by language", "{bs: Vi}")
    people: Annotated[list[PeopleFileShape], Loosely(_files, _one_or_more)] | None = optional(
        "One file of people or several: joined by id, else e-mail; later ones add and override", "people.csv"
    )
    columns: dict[str, Names] | None = optional("Headers that are not known, by field", "{team: Grupp}")
    locale: Locale = Field(default="en", description="Language where nobody says otherwise", examples=["en"])
    defaults: DefaultsShape = Field(
        default_factory=DefaultsShape,
        description="For people who have not said",
        examples=["{thanks: private}"],
    )
    sites: dict[str, SiteShape] | None = optional(
        "Places of work by id", "{stockholm: {timezone: Europe/Stockholm}}"
    )
    teams: dict[str, TeamShape] | None = optional(
        "Only what differs, by the team's name", "{Natt: {tags: [night]}}"
    )
    closed: Spans = Field(
        default=(), description="Days on which nothing is planned", examples=["[2027-12-24..2027-12-31]"]
    )
    no_gatherings: Spans = Field(
        default=(), description="Days with notes and cards only", examples=["[2027-11-22..2027-11-30]"]
    )
    limits: LimitsShape = Field(default=LimitsShape(), description="What may be asked of owners and teams")
    freeze: Length = Field(
        default=14, description="Gatherings that near do not move unless they must", examples=["2 weeks"]
    )
    budget: BudgetShape | None = optional("What a year may cost", "{currency: SEK, amount: 12000}")
    costs: CostsShape = Field(default=CostsShape(), description="What each level costs per recipient")
    owner_busy: dict[str, Text] | None = optional(
        "Exported calendar (.ics) by an owner's id", "{anna: busy/anna.ics}"
    )
    form: Link | None = optional(
        "Address of a form: a QR code on cards that ask something", "https://forms.nordic.example/week"
    )
