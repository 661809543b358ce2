"""The ideas of a whole year: each event that asks for one gets it, in order of time."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from csweek.model.basics import Practice
from csweek.model.inputs import Action, Inputs, Theme
from csweek.plan.days import Days
from csweek.plan.earlier import Earlier
from csweek.plan.ideas import Waiting, ideas_for
from csweek.plan.record import Recorder


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
    asking: Iterable[Asking], inputs: Inputs, days: Days, recorder: Recorder, past: Earlier
) -> dict[int, int]:
    """Return the kinds that events get with their ideas, by their places; of the others nothing."""
    turns = _Turns(inputs, recorder, days, past)
    asks = frozenset(
        action.id for turn in inputs.themes for action in turn.theme.actions.values() if action.ideas
    )
    ordered = sorted(asking, key=lambda one: (one.day, one.action, one.subject))
    subjects = {one.subject for one in ordered if one.action in asks}
    found: dict[int, int] = {}
    for one in ordered:
        if one.subject in subjects:
            theme = inputs.theme_on(days.date(one.day))
            action = theme.actions.get(one.action)
            kind = one.kind
            if action is not None and action.ideas and not one.settled:
                kind = found[one.at] = turns.take(one, action, theme)
            turns.saw(one, kind)
    return found


class _Turns:
    """Who had which idea and practice last, while a year is gone through."""

    def __init__(self, inputs: Inputs, recorder: Recorder, days: Days, past: Earlier) -> None:
        self._days = days
        self._past = past
        self._people = inputs.people
        self._recorder = recorder
        self._shift = {team: number for number, team in enumerate(sorted(inputs.people.teams))}
        self._waiting: defaultdict[str, dict[tuple[str, str], Waiting]] = defaultdict(dict)
        self._practised: defaultdict[str, dict[Practice, int]] = defaultdict(dict)
        self._fitting: dict[tuple[str, str, frozenset[str]], tuple[Action, ...]] = {}
        self._had: defaultdict[str, dict[str, int]] = defaultdict(dict)

    def saw(self, one: Asking, kind: int) -> None:
        """Note what somebody got."""
        self._practised[one.subject][self._recorder.practice(kind)] = one.day
        idea = self._recorder.idea(kind)
        if idea:
            self._had[one.subject][idea] = one.day
            for waiting in self._waiting[one.subject].values():
                waiting.saw(idea, one.day)

    def take(self, one: Asking, action: Action, theme: Theme) -> int:
        """Return the kind with the idea it has, else with the fitting one that waited longest."""
        has = self._recorder.idea(one.kind)
        if has in theme.actions:
            return self._recorder.dressed(one.kind, theme.actions[has or ""])
        waiting = self._waiting[one.subject].get((theme.id, action.id))
        if waiting is None:
            waiting = self._begun(one, action, theme)
        if waiting is None:
            return one.kind
        return self._recorder.dressed(one.kind, waiting.next(one.day, self._practised[one.subject]))

    def _begun(self, one: Asking, action: Action, theme: Theme) -> Waiting | None:
        tags = self._tags(one)
        mark = (theme.id, action.id, tags)
        if mark not in self._fitting:
            self._fitting[mark] = ideas_for(action, theme, tags)
        fitting = self._fitting[mark]
        if not fitting:
            return None
        waiting = Waiting(fitting, self._shift.get(one.subject, 0))
        before = {idea: self._days.index(day) for idea, day in self._past.ideas.get(one.subject, {}).items()}
        for idea, day in sorted((before | self._had[one.subject]).items(), key=lambda had: had[1]):
            waiting.saw(idea, day)
        self._waiting[one.subject][theme.id, action.id] = waiting
        return waiting

    def _tags(self, one: Asking) -> frozenset[str]:
        """Return the tags of the team or of the persons that an event is for."""
        if one.recipients:
            return frozenset(tag for p in one.recipients for tag in self._people.persons[p].tags)
        team = self._people.teams.get(one.team or "")
        return team.tags if team else frozenset()
