"""The ideas of a whole year: each event that asks for one gets it, in order of time."""

from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from csweek.model.basics import Audience, Practice
from csweek.model.inputs import Inputs
from csweek.model.theme import Action, Theme
from csweek.plan.earlier import Earlier
from csweek.plan.ideas import NOT_AGAIN_WITHIN, Line, Waiting, ideas_for
from csweek.plan.record.kinds import Kinds
from csweek.plan.when.days import Days


class Asking(NamedTuple):
    """An event that may ask for an idea, and counts for the turns of others of its subject."""

    day: int
    action: str
    kind: int
    at: int | None
    """Its place in the caller's list; None where it is past or cancelled, so that it keeps what it has."""
    recipients: tuple[str, ...]
    """Empty for a team's and a site's."""


Whose = tuple[Audience, str]
"""What tells a subject from all others."""


class _Wants(NamedTuple):
    """An action that asks for ideas, in a theme."""

    number: int
    action: Action
    theme: Theme


def with_ideas(
    asking: Mapping[Whose, Sequence[Asking]], inputs: Inputs, days: Days, kinds: Kinds, past: Earlier
) -> dict[int, int]:
    """Return the kinds that events get with their ideas, by their places; of the others nothing.

    What one subject gets is nothing to another, so they are gone through one by one.
    """
    turns = _Turns(inputs, days, kinds, past)
    found: dict[int, int] = {}
    for whose, events in asking.items():
        if any(one.action in turns.asks for one in events):
            turns.take(whose, sorted(events, key=itemgetter(0, 1)), found)
    return found


class _Turns:
    """What the themes want, and the lines of ideas that subjects have in common."""

    def __init__(self, inputs: Inputs, days: Days, kinds: Kinds, past: Earlier) -> None:
        self._people = inputs.people
        self._kinds = kinds
        self._days = days
        self._past = past
        themes = {turn.theme.id: turn.theme for turn in inputs.themes}
        actions = [(action, theme) for theme in themes.values() for action in theme.actions.values()]
        wants = [_Wants(number, *one) for number, one in enumerate(actions) if one[0].ideas]
        self.asks = frozenset(one.action.id for one in wants)
        of_theme = {
            ident: {one.action.id: one for one in wants if one.theme is theme}
            for ident, theme in themes.items()
        }
        dates = map(days.date, range(7 * days.year.weeks))
        self._wanted = [of_theme[inputs.theme_on(day).id] for day in dates]
        """What is wanted on each day, by the ids of actions."""
        self._shift = {team: number for number, team in enumerate(sorted(inputs.people.teams))}
        self._lines: dict[tuple[int, frozenset[str], int], Line | None] = {}

    def take(self, whose: Whose, events: Sequence[Asking], found: dict[int, int]) -> None:
        """Add the kinds that a subject's events get, which are in order of time."""
        kinds, past = self._kinds, self._past.ideas.get(whose[1], {})
        had = {idea: self._days.index(day) for idea, day in past.items()}
        practices: dict[Practice, int] = {}
        waiting: dict[int, Waiting | None] = {}
        kept = [(one.day, idea) for one in events for _, idea in (kinds.practised(one.kind),) if idea]
        for day, action, now, at, recipients in events:
            kind, wants = now, self._wanted[day].get(action)
            if wants and at is not None:
                _, has = kinds.practised(kind)
                idea = wants.theme.actions.get(has) if has else None
                if idea is None:
                    if wants.number not in waiting:
                        line = self._line(wants, whose, recipients)
                        waiting[wants.number] = Waiting(line, had) if line else None
                    queue = waiting[wants.number]
                    idea = queue.next(day, practices, _soon(kept, day)) if queue else None
                found[at] = kind = kinds.dressed(kind, idea, wants.theme.id) if idea else kind
            practice, has = kinds.practised(kind)
            practices[practice] = day
            if has:
                had[has] = day
                for queue in waiting.values():
                    if queue:
                        queue.saw(has)

    def _line(self, wants: _Wants, whose: Whose, recipients: Sequence[str]) -> Line | None:
        """Return the ideas that fit, None where there is none; teams do not begin with the same one."""
        shift = self._shift.get(whose[1], 0) if whose[0] is Audience.TEAM else 0
        tags = self._tags(whose, recipients)
        mark = (wants.number, tags, shift)
        if mark not in self._lines:
            fitting = ideas_for(wants.action, wants.theme, tags)
            self._lines[mark] = Line(fitting, shift) if fitting else None
        return self._lines[mark]

    def _tags(self, whose: Whose, recipients: Sequence[str]) -> frozenset[str]:
        """Return the tags of the team or of the persons that an event is for."""
        people = self._people
        if recipients:
            return frozenset().union(*(people.persons[person].tags for person in recipients))
        audience, subject = whose
        return people.teams[subject].tags if audience is Audience.TEAM else frozenset()


def _soon(kept: Sequence[tuple[int, str]], day: int) -> Collection[str]:
    """Return the ideas that come anyway within eight weeks from a day on."""
    return {idea for then, idea in kept if 0 <= then - day < NOT_AGAIN_WITHIN} if kept else ()
