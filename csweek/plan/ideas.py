"""Ideas and traits take turns: each turn of an owed action gets the fitting idea that waited longest."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from csweek.model.basics import Audience, Year
from csweek.model.inputs import Action, IdeaFilter, Inputs, Theme
from csweek.model.plan import Event

MUST_FIT = {"quiet": {"quiet", "phones"}, "remote": {"remote"}, "night": {"night"}}
"""A tag that ideas need, by the tags of teams that need it."""
LONG_AGO = date.min
NOT_AGAIN_WITHIN = timedelta(weeks=8)


def with_ideas(events: Iterable[Event], inputs: Inputs, today: date) -> Iterator[Event]:
    """Yield events given in order of time; each one ahead that asks for ideas gets the next fitting one."""
    turns = _Turns(inputs)
    for event in events:
        theme = inputs.theme_on(event.date)
        action = theme.actions.get(event.action)
        asks = action and action.ideas and event.live and event.date >= today
        known = turns.take(event, action, theme) if action and asks else event
        turns.saw(known)
        yield known


class _Turns:
    """Who had which idea and practice last, while a year is gone through."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self._used: dict[tuple[str, str], date] = {}
        self._practised: dict[tuple[str, str], date] = {}
        self._shift = {team: number for number, team in enumerate(sorted(inputs.people.teams))}
        self._fitting: dict[tuple[str, str, frozenset[str]], tuple[Action, ...]] = {}

    def saw(self, event: Event) -> None:
        """Note what somebody got."""
        if event.idea:
            self._used[event.key.subject, event.idea] = event.date
        self._practised[event.key.subject, event.practice] = event.date

    def take(self, event: Event, action: Action, theme: Theme) -> Event:
        """Return the event with the idea it has, else with the fitting one that waited longest."""
        if event.idea in theme.actions:
            return _dressed(event, theme.actions[event.idea or ""])
        tags = _tags(event, self._inputs)
        mark = (theme.id, action.id, tags)
        if mark not in self._fitting:
            self._fitting[mark] = ideas_for(action, theme, tags)
        fitting = self._fitting[mark]
        return _dressed(event, self._next(event, fitting)) if fitting else event

    def _next(self, event: Event, fitting: Sequence[Action]) -> Action:
        """Return the idea of the practice that waited longest; teams begin at different ones."""
        whom = event.key.subject
        recently = event.date - NOT_AGAIN_WITHIN
        number, shift = len(fitting), self._shift.get(whom, 0)
        waited = (
            (
                (used := self._used.get((whom, idea.id), LONG_AGO)) > recently,
                self._practised.get((whom, idea.practice), LONG_AGO),
                used,
                (rank - shift) % number,
                rank,
            )
            for rank, idea in enumerate(fitting)
        )
        return fitting[min(waited)[-1]]


def ideas_for(action: Action, theme: Theme, tags: frozenset[str]) -> tuple[Action, ...]:
    """Return the ideas that an owed action may take for somebody with these tags, in the theme's order."""
    wanted = action.ideas or IdeaFilter()
    needed = {tag for tag, teams in MUST_FIT.items() if teams & tags}
    listed = [theme.actions[i] for i in wanted.ids if i in theme.actions]
    found = listed or [idea for idea in theme.actions.values() if idea.fits(action)]
    return tuple(idea for idea in found if needed <= idea.tags) or tuple(found)


def _tags(event: Event, inputs: Inputs) -> frozenset[str]:
    """Return the tags of the team or of the persons that an event is for."""
    if event.audience is Audience.TEAM and event.team:
        return inputs.people.teams[event.team].tags
    return frozenset(tag for p in event.recipients for tag in inputs.people.persons[p].tags)


def _dressed(event: Event, idea: Action) -> Event:
    """Return the event with an idea's words; its rhythm, people and time stay the owed action's."""
    worn = (event.idea, event.practice, event.title, event.how)
    if worn == (idea.id, idea.practice, idea.title, idea.how):
        return event
    return replace(
        event,
        idea=idea.id,
        practice=idea.practice,
        title=idea.title,
        how=idea.how,
        trait=idea.trait or event.trait,
    )


def trait_of(day: date, theme: Theme, year: Year) -> str | None:
    """Return the trait in the spotlight on a day: each has an equal stretch of the year, in turn."""
    if not theme.traits:
        return None
    return theme.traits[year.week_of(day) * len(theme.traits) // year.weeks].id
