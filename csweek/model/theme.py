"""What a theme says: its look, its words, its actions and when they fall."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from csweek.model.basics import (
    Audience,
    Channel,
    Cost,
    Letters,
    Place,
    Practice,
    Prepare,
    Visibility,
    Words,
)


class Look(Struct, frozen=True):
    """Colours as ``#rrggbb``, the motif that cards draw, and the letters that names are set in."""

    ink: str = "#1d2433"
    accent: str = "#2f6f6a"
    second: str = "#e0a43b"
    paper: str = "#fffdf8"
    motif: str = "rays"
    letters: Letters = Letters.HAND


class Trait(Struct, frozen=True):
    """One thing that makes a service hero, in the spotlight for a stretch of the year."""

    id: str
    title: Words
    text: Words


CSW_DAYS = ("csw-1", "csw-2", "csw-3", "csw-4", "csw-5")
DAY_AFTER = "day-after"
"""Slots of the celebration, in their order; anchors, too."""

AnchorKind = Literal[
    "csw", "day-after", "anniversary", "birthday", "first-day", "last-day", "back-from-leave",
    "weekday", "month-day", "date",
]  # fmt: skip


NEAR = 7
"""Days from a birthday, a first day or CSW within which an action still is for it."""
PERSONAL: frozenset[AnchorKind] = frozenset(
    {"anniversary", "birthday", "first-day", "last-day", "back-from-leave"}
)


class Anchor(Struct, frozen=True):
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


class PerYear(Struct, frozen=True):
    """So many times a year, spread evenly."""

    times: int


class Every(Struct, frozen=True):
    """Once in every so many weeks or months."""

    count: int
    unit: Literal["weeks", "months"] = "weeks"


class On(Struct, frozen=True):
    """On fixed days."""

    anchors: tuple[Anchor, ...]


Rhythm = PerYear | Every | On


class IdeaFilter(Struct, frozen=True):
    """Which ideas an owed action takes in turn: those listed, or those that fit all that is given."""

    ids: tuple[str, ...] = ()
    practice: Practice | None = None
    tags: frozenset[str] = frozenset()


class Action(Struct, frozen=True):
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


class Theme(Struct, frozen=True, dict=True):
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

    def occasion(self, action: str) -> str:
        """Return what the day of an action hangs on: ``csw``, ``day-after``, a person's day, or empty."""
        slots = (slot for slot, actions in self.celebration.items() if action in actions)
        if slot := next(slots, ""):
            return "csw" if slot.startswith("csw") else slot
        known = self.actions.get(action)
        if known is None or not isinstance(known.rhythm, On):
            return ""
        near = (one.kind for one in known.rhythm.anchors if one.unit == "days" and abs(one.shift) <= NEAR)
        kind = next(near, "")
        return kind if kind in {"csw", "day-after", *PERSONAL} else ""


class ThemeTurn(Struct, frozen=True):
    """A theme and the day from which it holds; the first one holds from the beginning."""

    theme: Theme
    since: date | None = None
