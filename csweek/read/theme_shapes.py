"""The shapes of a theme; the JSON Schema comes from them."""

from typing import Annotated, Literal

from pydantic import Field

from csweek.model.basics import Audience, Channel, Cost, Letters, Practice, Visibility
from csweek.read.anchors import ANCHOR_HINT
from csweek.read.fields import (
    Anchors,
    Colour,
    Json,
    Locale,
    Loosely,
    Months,
    Names,
    Phrase,
    Rhythm,
    Size,
    TagSet,
    Text,
    Weeks,
)
from csweek.read.shapes import Shape, optional


class LookShape(Shape):
    """Colours, motif and letters of the cards."""

    ink: Colour | None = optional("Colour of the text", "#083b45")
    accent: Colour | None = optional("First colour", "#0b7285")
    second: Colour | None = optional("Second colour", "#f59f00")
    paper: Colour | None = optional("Colour of the paper", "#fffdf7")
    motif: Text | None = optional("Name of the drawing", "waves")
    letters: Letters | None = optional("How names and headings are set", "hand")


class TraitShape(Shape):
    """One thing that makes a service hero."""

    id: Text = Field(description="Short name, for references", examples=["calm"])
    title: Phrase | None = optional("A few words", "{en: Calm and balance}")
    text: Phrase | None = optional("A sentence or two", "{en: When the customer is not.}")


class IdeasShape(Shape):
    """Which ideas a turn takes: all that is given must fit."""

    practice: Practice | None = optional("Ideas of this practice", "wow")
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

    practice: Practice | None = optional("Which of the practices it serves", "wow")
    title: Phrase | None = optional("What it is, in a few words", "{en: A handwritten note}")
    how: Phrase | None = optional("How to do it well: what to say, what to avoid", "{en: Say what was done.}")
    audience: Audience | None = optional("Who receives it", "person")
    group_size: Size | None = optional("How many in a group", "4-6")
    owner: Text | None = optional("manager, leader, peer, organiser, or the id of a person", "leader")
    per_year: int | None = Field(
        default=None, ge=1, le=366, description="Times a year, spread evenly", examples=["4"]
    )
    every: Rhythm | None = optional("Once in so many weeks or months", "2 weeks")
    on: Anchors | None = optional("Fixed days: " + ANCHOR_HINT, "csw-1")
    weeks: Weeks | None = optional("ISO weeks it may fall in", "1-13")
    months: Months | None = optional("Months it may fall in", "mar-may")
    channel: Channel | None = optional("How it reaches people; a meeting or call has an hour", "card")
    card: Text | None = optional("Which card is printed for it", "thank-you")
    announcement: Text | None = optional("Which kind of announcement tells of it", "hero")
    visibility: Visibility | None = optional("Who may know before", "surprise")
    minutes: int | None = Field(
        default=None, ge=0, le=10_000, description="How long it takes", examples=["10"]
    )
    prepare: PrepareShape | None = optional("Writing, ordering, inviting", "{minutes: 5, weeks: 1}")
    cost: Cost | None = optional("A level; the workspace's costs price it", "low")
    tags: TagSet | None = optional("Words for choosing", "[remote, night, quiet]")
    ideas: Annotated[IdeasShape, Loosely(_ideas, _or_ids)] | None = optional(
        "Each turn takes the next of these ideas", "{practice: wow}"
    )
    trait: Text | None = optional("Id of the trait it shows", "calm")
    focus: Practice | None = optional("On a day of CSW: the practice to look at that day", "career")
    replaces: Text | None = optional("Id of the action whose events it takes over", "old-note")


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

    name: Phrase | None = optional("Name of the theme", "Service as a power")
    extends: Text | None = optional("A theme that this one takes over and changes", "base")
    include: Names | None = optional("Files or folders beside this one that are read as part of it", "[ours]")
    address: dict[Locale, Names] | None = optional(
        "Ways to address readers, in the order of [one|other] in texts", "{bs: [ti, Vi]}"
    )
    motto: Phrase | None = optional("The motto of the year", "{en: Service as a power}")
    look: LookShape | None = optional("Colours and motif", '{ink: "#083b45", motif: waves}')
    traits: list[TraitShape] | None = optional("What makes a service hero, in the order of the year")
    actions: Actions | None = optional("Actions by id; 'off' takes out what 'extends' or 'include' brought")
    celebration: dict[Slot, Names] | None = optional(
        "Ids of the actions of each of the five days and of the day after", "{csw-1: [opening]}"
    )
