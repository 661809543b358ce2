"""One promise: its name, whether it holds, and the words in which that is said."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from csweek.model.basics import Day
from csweek.model.inputs import Inputs
from csweek.model.plan import Plan
from csweek.names import in_words
from csweek.plan.measure.whole import Measures

NAMED = 3
"""So many are named, the others counted."""
AFRESH = "csweek plan --afresh deals all that is still ahead again"


class State(StrEnum):
    """Whether a promise holds; a note is something to know that was not promised."""

    HOLDS = "holds"
    BROKEN = "broken"
    NOTE = "note"


class Finding(Struct, frozen=True):
    """One promise: what it is called, whether it holds, in a sentence, and what would help."""

    id: str
    title: str
    state: State
    text: str
    help: str = ""


class Subject:
    """A plan and its measures, with ways to name what is in them."""

    def __init__(self, plan: Plan, inputs: Inputs, measures: Measures, today: Day) -> None:
        self.plan, self.inputs, self.measures, self.today = plan, inputs, measures, today

    @cached_property
    def ahead(self) -> frozenset[str]:
        """The events that can still be changed; what is past was not made from the files of today."""
        return frozenset(event.id for event in self.plan.live if event.date >= self.today)

    @property
    def this_week(self) -> int:
        """The position of today's week, which may lie before or after the year."""
        return self.plan.year.week_of(self.today)

    def name(self, person: str) -> str:
        """Return a person's name."""
        known = self.inputs.people.persons.get(person)
        return known.name if known else person

    def week(self, position: int) -> str:
        """Return the number of a week."""
        return str(self.plan.year.monday(position).isocalendar().week)

    def weeks(self, positions: Sequence[int]) -> str:
        """Return the numbers of the first few weeks."""
        more = ", …" if len(positions) > NAMED else ""
        return ", ".join(map(self.week, positions[:NAMED])) + more


def typed(ident: str) -> str:
    """Return a name or id as it is typed after a command."""
    return f'"{ident}"' if " " in ident else ident


def some(names: Sequence[str], most: int = NAMED) -> str:
    """Return names as a list in words, the first few of many."""
    return in_words(names, most)


def count(number: int, one: str, more: str = "") -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def said(ident: str, title: str, broken: str, holds: str, help_: str) -> Finding:
    """Return a promise that is broken where there is a sentence for it."""
    if broken:
        return Finding(ident, title, State.BROKEN, broken, help_)
    return Finding(ident, title, State.HOLDS, holds)
