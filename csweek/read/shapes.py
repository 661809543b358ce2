"""The shapes of csweek.yaml and of a theme; the JSON Schemas come from them."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from csweek.model.basics import (
    YEARS,
    Audience,
    Channel,
    Cost,
    Letters,
    Occasion,
    Practice,
    Thanks,
    Visibility,
)
from csweek.read.anchors import ANCHOR_HINT
from csweek.read.fields import (
    Anchors,
    Clock,
    Colour,
    Country,
    DayText,
    Gratitude,
    Json,
    Length,
    Link,
    Locale,
    Loosely,
    Monday,
    Months,
    Names,
    Occasions,
    Phrase,
    Rhythm,
    Share,
    Since,
    Size,
    Spans,
    TagSet,
    Text,
    Truth,
    WeekdaySet,
    Weeks,
    Zone,
    listed,
)


def _doc(text: str, example: object = None, alias: str | None = None) -> Any:  # noqa: ANN401 - as pydantic's Field
    return Field(default=None, description=text, examples=None if example is None else [example], alias=alias)


class Shape(BaseModel):
    """What all shapes share: no key but the known ones."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


# --- parts of csweek.yaml ------------------------------------------------------------------------


class HoursShape(Shape):
    """Local hours; an end at or before the start lies on the next day."""

    start: Clock = Field(alias="from", description="When it begins", examples=["09:00"])
    to: Clock = Field(description="When it ends; before 'from' it is on the next day", examples=["16:00"])


class WorkShape(Shape):
    """When people work."""

    hours: HoursShape | None = _doc(
        "Working hours, where they are not office hours", '{from: "21:00", to: "07:00"}'
    )
    event_hours: HoursShape | None = _doc("When meetings and calls may be", '{from: "09:00", to: "16:00"}')
    owner_hours: HoursShape | None = _doc(
        "When those who hold them can be asked", '{from: "07:00", to: "20:00"}'
    )
    work_days: WeekdaySet | None = _doc("Days of the week, as mon-fri or sat,sun", "mon-fri")
    work_on_holidays: Truth | None = _doc("Whether work goes on on public holidays", "true")


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
    country: Country | None = _doc("Two-letter code of the country, for its holidays and weekend", "SE")
    subdivision: Text | None = _doc("Code of the state or province, where it has holidays of its own", "ON")
    locale: Locale | None = _doc("Language of cards and announcements here", "sv")
    holidays: HolidaysShape | None = _doc("Holidays to work on, and days off besides", "{skip: [Family Day]}")
    tags: TagSet | None = _doc("Words that choose fitting ideas: remote, night, quiet, phones", "[quiet]")


class TeamShape(WorkShape):
    """What differs for a team."""

    site: Text | None = _doc("Site of its people who name none", "stockholm")
    locale: Locale | None = _doc("Language of its cards and announcements", "sv")
    tags: TagSet | None = _doc(
        "Words that choose fitting ideas: remote, night, quiet, phones", "[night, quiet]"
    )


class TurnShape(Shape):
    """A theme and the day from which it holds."""

    theme: Text = Field(description="Name of the theme", examples=["mission-possible"])
    since: DayText | None = _doc("The day from which it holds", "2027-10-04", alias="from")


class PeopleFileShape(Shape):
    """A file of people."""

    file: Text = Field(description="Path from here: .csv, .xlsx or .yaml", examples=["people.csv"])
    encoding: Text | None = _doc("Only where it is not UTF-8 or UTF-16", "cp1252")
    sheet: Text | None = _doc("Name of the sheet, where it is not the first one", "People")


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
    amount: Money | None = _doc("Amount for the whole year", "12000")


class CostsShape(Shape):
    """What each level costs per recipient, in the budget's currency."""

    low: Money | None = _doc("For instance a cup of coffee", "50")
    medium: Money | None = _doc("For instance lunch", "250")
    high: Money | None = _doc("For instance a trip", "1500")


# --- a theme -------------------------------------------------------------------------------------


class LookShape(Shape):
    """Colours, motif and letters of the cards."""

    ink: Colour | None = _doc("Colour of the text", "#083b45")
    accent: Colour | None = _doc("First colour", "#0b7285")
    second: Colour | None = _doc("Second colour", "#f59f00")
    paper: Colour | None = _doc("Colour of the paper", "#fffdf7")
    motif: Text | None = _doc("Name of the drawing", "waves")
    letters: Letters | None = _doc("How names and headings are set", "hand")


class TraitShape(Shape):
    """One thing that makes a service hero."""

    id: Text = Field(description="Short name, for references", examples=["calm"])
    title: Phrase | None = _doc("A few words", "{en: Calm and balance}")
    text: Phrase | None = _doc("A sentence or two", "{en: When the customer is not.}")


class IdeasShape(Shape):
    """Which ideas a turn takes: all that is given must fit."""

    practice: Practice | None = _doc("Ideas of this practice", "wow")
    tags: TagSet = Field(
        default=frozenset(), description="Ideas with all of these tags", examples=["[team-moment]"]
    )
    ids: Names = Field(default=(), description="These, in turn")


class PrepareShape(Shape):
    """Writing, ordering, inviting."""

    minutes: int = Field(ge=1, le=10_000, description="How long it takes the owner", examples=["5"])
    weeks: int = Field(default=0, ge=0, le=26, description="How many weeks before the day", examples=["1"])


def _ideas(value: object) -> object:
    return {"ids": value} if isinstance(value, list | str) else value


def _or_ids(schema: Json) -> Json:
    return {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}, schema]}


class ActionShape(Shape):
    """A kind of thing to do; with per_year, every or on it is owed, without one it is an idea."""

    practice: Practice | None = _doc("Which of the practices it serves", "wow")
    title: Phrase | None = _doc("What it is, in a few words", "{en: A handwritten note}")
    how: Phrase | None = _doc("How to do it well: what to say, what to avoid", "{en: Say what was done.}")
    audience: Audience | None = _doc("Who receives it", "person")
    group_size: Size | None = _doc("How many in a group", "4-6")
    owner: Text | None = _doc("manager, leader, peer, organiser, or the id of a person", "leader")
    per_year: int | None = Field(
        default=None, ge=1, le=366, description="Times a year, spread evenly", examples=["4"]
    )
    every: Rhythm | None = _doc("Once in so many weeks or months", "2 weeks")
    on: Anchors | None = _doc("Fixed days: " + ANCHOR_HINT, "csw-1")
    weeks: Weeks | None = _doc("ISO weeks it may fall in", "1-13")
    months: Months | None = _doc("Months it may fall in", "mar-may")
    channel: Channel | None = _doc("How it reaches people; a meeting or call has an hour", "card")
    card: Text | None = _doc("Which card is printed for it", "thank-you")
    announcement: Text | None = _doc("Which kind of announcement tells of it", "hero")
    visibility: Visibility | None = _doc("Who may know before", "surprise")
    minutes: int | None = Field(
        default=None, ge=0, le=10_000, description="How long it takes", examples=["10"]
    )
    prepare: PrepareShape | None = _doc("Writing, ordering, inviting", "{minutes: 5, weeks: 1}")
    cost: Cost | None = _doc("A level; the workspace's costs price it", "low")
    tags: TagSet | None = _doc("Words for choosing", "[remote, night, quiet]")
    ideas: Annotated[IdeasShape, Loosely(_ideas, _or_ids)] | None = _doc(
        "Each turn takes the next of these ideas", "{practice: wow}"
    )
    trait: Text | None = _doc("Id of the trait it shows", "calm")
    focus: Practice | None = _doc("On a day of CSW: the practice to look at that day", "career")
    replaces: Text | None = _doc("Id of the action whose events it takes over", "old-note")


Slot = Literal["csw-1", "csw-2", "csw-3", "csw-4", "csw-5", "day-after"]
Id = Annotated[str, Field(pattern=r"^[\w.-]+$")]
OFF = frozenset({"off", "no", "false"})


def _off(value: object) -> object:
    return None if isinstance(value, str) and value.strip().lower() in OFF else value


def _or_off(schema: Json) -> Json:
    return {"anyOf": [*schema.get("anyOf", [schema]), {"enum": sorted(OFF)}, {"const": False}]}


Actions = dict[Id, Annotated[ActionShape | None, Loosely(_off, _or_off)]]


class ThemeShape(Shape):
    """A motto, its look, its words, and the actions it brings."""

    name: Phrase | None = _doc("Name of the theme", "Service as a power")
    extends: Text | None = _doc("A theme that this one takes over and changes", "base")
    include: Names | None = _doc("Files or folders beside this one that are read as part of it", "[ours]")
    address: dict[Locale, Names] | None = _doc(
        "Ways to address readers, in the order of [one|other] in texts", "{bs: [ti, Vi]}"
    )
    motto: Phrase | None = _doc("The motto of the year", "{en: Service as a power}")
    look: LookShape | None = _doc("Colours and motif", '{ink: "#083b45", motif: waves}')
    traits: list[TraitShape] | None = _doc("What makes a service hero, in the order of the year")
    actions: Actions | None = _doc("Actions by id; 'off' takes out what 'extends' or 'include' brought")
    celebration: dict[Slot, Names] | None = _doc(
        "Ids of the actions of each of the five days and of the day after", "{csw-1: [opening]}"
    )


# --- csweek.yaml as a whole -----------------------------------------------------------------------


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
    organisation: Text | None = _doc("Name of the organisation, as cards say it", "Nordic Care")
    calendar_id: UUID | None = _doc("Made by 'csweek init'; never change or copy it")
    year: int | None = Field(
        default=None, ge=YEARS[0], le=YEARS[-1], description="ISO year of the plan", examples=["2027"]
    )
    start: Monday | None = _doc("A Monday to begin with, instead of a year", "2027-01-04")
    weeks: int | None = Field(
        default=None, ge=1, le=106, description="Number of weeks from 'start'", examples=["52"]
    )
    since: Since | None = _doc("'csw': from the Monday after CSW through the next one", "csw", alias="from")
    actions: Actions | None = _doc(
        "What differs in the theme's actions, by id: keys to change, a new action, or 'off'",
        "{birthday: off}",
    )
    celebration: dict[Slot, Names] | None = _doc(
        "Ids of actions for the five days or the day after, instead of the theme's", "{csw-1: [day-why]}"
    )
    address: dict[Locale, Text] | None = _doc("How readers are addressed, by language", "{bs: Vi}")
    people: Annotated[list[PeopleFileShape], Loosely(_files, _one_or_more)] | None = _doc(
        "One file of people or several: joined by id, else e-mail; later ones add and override", "people.csv"
    )
    columns: dict[str, Names] | None = _doc("Headers that are not known, by field", "{team: Grupp}")
    locale: Locale = Field(default="en", description="Language where nobody says otherwise", examples=["en"])
    defaults: DefaultsShape = Field(
        default_factory=DefaultsShape,
        description="For people who have not said",
        examples=["{thanks: private}"],
    )
    sites: dict[str, SiteShape] | None = _doc(
        "Places of work by id", "{stockholm: {timezone: Europe/Stockholm}}"
    )
    teams: dict[str, TeamShape] | None = _doc(
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
    budget: BudgetShape | None = _doc("What a year may cost", "{currency: SEK, amount: 12000}")
    costs: CostsShape = Field(default=CostsShape(), description="What each level costs per recipient")
    owner_busy: dict[str, Text] | None = _doc(
        "Exported calendar (.ics) by an owner's id", "{anna: busy/anna.ics}"
    )
    form: Link | None = _doc(
        "Address of a form: a QR code on cards that ask something", "https://forms.nordic.example/week"
    )
