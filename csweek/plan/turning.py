"""The ideas of a whole year: each event that asks for one gets it, in order of time."""

from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

from csweek.model.basics import Practice
from csweek.model.inputs import Inputs
from csweek.model.theme import Action, Theme
from csweek.once import Once
from csweek.plan.earlier import Earlier
from csweek.plan.ideas import NOT_AGAIN_WITHIN, Line, Waiting, ideas_for
from csweek.plan.record.kinds import Kinds
from csweek.plan.when.days import Days


class Asking(NamedTuple):
    """An event that may ask for an idea, and counts for the turns of others of its subject."""

    day: int
    action: str
    subject: str
    team: str | None
    recipients: tuple[str, ...]
    kind: int
    at: int
    """Its place in the caller's list."""
    settled: bool
    """Whether it is past or cancelled, so that it keeps what it has."""


def with_ideas(
    asking: Iterable[Asking], inputs: Inputs, days: Days, kinds: Kinds, past: Earlier
) -> dict[int, int]:
    """Return the kinds that events get with their ideas, by their places; of the others nothing."""
    turns = _Turns(inputs, kinds, days, past)
    themes = [inputs.theme_on(days.date(day)) for day in range(7 * days.year.weeks)]
    asks = frozenset(
        action.id for turn in inputs.themes for action in turn.theme.actions.values() if action.ideas
    )
    ordered = sorted(asking, key=itemgetter(0, 1, 2))
    subjects = {one.subject for one in ordered if one.action in asks}
    turns.expect(one for one in ordered if one.subject in subjects)
    found: dict[int, int] = {}
    for one in ordered:
        if one.subject in subjects:
            kind = one.kind
            if one.action in asks and not one.settled:
                kind = found[one.at] = turns.take(one, themes[one.day])
            turns.saw(one, kind)
    return found


class _Had:
    """What one subject had last, and what it waits for."""

    __slots__ = ("ideas", "practices", "waiting")

    def __init__(self, ideas: dict[str, int]) -> None:
        self.ideas = ideas
        """The last day of each idea."""
        self.practices: dict[Practice, int] = {}
        """The last day of each practice."""
        self.waiting: dict[tuple[str, str], Waiting | None] = {}
        """By theme and action; None where no idea fits."""


class _Turns:
    """Who had which idea and practice last, while a year is gone through."""

    def __init__(self, inputs: Inputs, kinds: Kinds, days: Days, past: Earlier) -> None:
        self._people = inputs.people
        self._kinds = kinds
        self._shift = {team: number for number, team in enumerate(sorted(inputs.people.teams))}
        self._lines: dict[tuple[str, str, frozenset[str], int], Line | None] = {}
        self._kept: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        """The days and ideas of what stands, by subject."""
        self._had: Once[str, _Had] = Once(
            lambda who: _Had({idea: days.index(day) for idea, day in past.ideas.get(who, {}).items()})
        )

    def expect(self, standing: Iterable[Asking]) -> None:
        """Note the ideas that events have already, so that none comes anew shortly before."""
        for one in standing:
            _, idea = self._kinds.practised(one.kind)
            if idea:
                self._kept[one.subject].append((one.day, idea))

    def saw(self, one: Asking, kind: int) -> None:
        """Note what somebody got."""
        had = self._had[one.subject]
        practice, idea = self._kinds.practised(kind)
        had.practices[practice] = one.day
        if idea:
            had.ideas[idea] = one.day
            for waiting in had.waiting.values():
                if waiting:
                    waiting.saw(idea)

    def take(self, one: Asking, theme: Theme) -> int:
        """Return the kind with the idea it has, else with the fitting one that waited longest."""
        action = theme.actions.get(one.action)
        if action is None or not action.ideas:
            return one.kind
        _, has = self._kinds.practised(one.kind)
        if has in theme.actions:
            return self._kinds.dressed(one.kind, theme.actions[has or ""])
        had = self._had[one.subject]
        mark = (theme.id, action.id)
        if mark not in had.waiting:
            line = self._line(one, action, theme)
            had.waiting[mark] = Waiting(line, had.ideas) if line else None
        waiting = had.waiting[mark]
        if waiting is None:
            return one.kind
        kept = self._kept.get(one.subject)
        ahead = {idea for day, idea in kept if 0 <= day - one.day < NOT_AGAIN_WITHIN} if kept else ()
        return self._kinds.dressed(one.kind, waiting.next(one.day, had.practices, ahead))

    def _line(self, one: Asking, action: Action, theme: Theme) -> Line | None:
        tags, shift = self._tags(one), self._shift.get(one.subject, 0)
        mark = (theme.id, action.id, tags, shift)
        if mark not in self._lines:
            fitting = ideas_for(action, theme, tags)
            self._lines[mark] = Line(fitting, shift) if fitting else None
        return self._lines[mark]

    def _tags(self, one: Asking) -> frozenset[str]:
        """Return the tags of the team or of the persons that an event is for."""
        if len(one.recipients) == 1:
            return self._people.persons[one.recipients[0]].tags
        if one.recipients:
            return frozenset(tag for p in one.recipients for tag in self._people.persons[p].tags)
        team = self._people.teams.get(one.team or "")
        return team.tags if team else frozenset()
