"""What one deal of a year teaches the next: whose turns find no minutes, who finds no common hour when."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from csweek.model.inputs import Inputs
from csweek.plan.owed.acts import Mark
from csweek.plan.reach import Needs

Closed = tuple[int, str, str, int]
"""The number of an action, a person, an owner and a week in which these have no hour."""


class Laid(NamedTuple):
    """Where everybody's touches lie when weeks are level."""

    numbers: Sequence[int]
    """How many touches each week has; none where no way was found."""
    places: Sequence[tuple[int, int, tuple[int, ...]]]
    """By person how wide gaps may be, within the year and over its end, and the positions of the touches."""


class Lessons(Struct, frozen=True, dict=True):
    """What was found out by dealing."""

    lost: tuple[Mark, ...] = ()
    """Turns of persons that found no day: without them the others can be even."""
    closed: frozenset[Closed] = frozenset()
    given_up: Mapping[Mark, int] = {}
    """How many turns found no day when the year was planned before."""
    patient: bool = False
    """Whether it is time for a long search: once nothing else is left to learn."""
    laid: Laid | None = None
    """What that search found, where nothing was learned since."""

    def and_also(self, lost: Iterable[Mark], closed: Iterable[Closed]) -> "Lessons":
        """Return these with more."""
        more = replace(self, lost=(*self.lost, *lost), closed=self.closed | frozenset(closed))
        return more if more == self else replace(more, laid=None)

    @property
    def fewer(self) -> Counter[Mark]:
        """How many turns fewer there are in all."""
        return Counter(self.lost) + Counter(self.given_up)

    def without(self, needs: Needs) -> Needs:
        """Return everyone's turns without those that were lost."""
        return without(needs, self.fewer)

    @cached_property
    def _weeks(self) -> Mapping[tuple[int, str, str], int]:
        found: defaultdict[tuple[int, str, str], int] = defaultdict(int)
        for act, person, owner, week in self.closed:
            found[act, person, owner] |= 1 << week
        return found

    def open(self, act: int, person: str, owner: str, weeks: int) -> int:
        """Return those of some weeks (as bits) in which these can have an hour."""
        return weeks & ~self._weeks.get((act, person, owner), 0)


def without(needs: Needs, fewer: Mapping[Mark, int]) -> Needs:
    """Return everyone's turns without so many of each."""
    if not fewer:
        return needs
    return {
        person: [(act, max(0, number - fewer.get((act.id, person), 0))) for act, number in mine]
        for person, mine in needs.items()
    }


def circumstances(person: str, inputs: Inputs) -> str:
    """Return what has to differ for turns that were given up to be tried again: limit, leaders, manager."""
    known, limit = inputs.people.persons[person], inputs.settings.limits.owner_minutes_per_week
    return f"{limit} {len(inputs.people.leaders)} {known.manager or ''}"


def remembered(kept: Mapping[Mark, tuple[int, str]], inputs: Inputs, heirs: Mapping[str, str]) -> Lessons:
    """Return what still holds of what was given up when a year was planned before.

    ``heirs`` are the actions that take over from others.
    """
    people = inputs.people.persons
    held = {
        (heirs.get(mark[0], mark[0]), mark[1]): n
        for mark, (n, under) in kept.items()
        if mark[1] in people and under == circumstances(mark[1], inputs)
    }
    return Lessons(given_up=held)
