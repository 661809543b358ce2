"""Ideas and traits take turns: each turn of an owed action gets the fitting idea that waited longest."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from csweek.model import Action, Audience, Event, IdeaFilter, Inputs, Theme, Year

MUST_FIT = {"quiet": {"quiet", "phones"}, "remote": {"remote"}, "night": {"night"}}
"""A tag that ideas need, by the tags of teams that need it."""
LONG_AGO = date.min
NOT_AGAIN_WITHIN = timedelta(weeks=8)


def with_ideas(events: Sequence[Event], inputs: Inputs) -> Iterator[Event]:
    """Yield events given in order of time; each new one that asks for ideas gets the next fitting one."""
    used: dict[tuple[str, str], date] = {}
    practised: dict[tuple[str, str], date] = {}
    for event in events:
        action = inputs.theme_on(event.date).actions.get(event.action)
        known = _with_idea(event, action, inputs, (used, practised)) if action and action.ideas else event
        whom = event.key.subject
        if known.idea:
            used[whom, known.idea] = event.date
        practised[whom, known.practice] = event.date
        yield known


def _with_idea(
    event: Event, action: Action, inputs: Inputs, seen: tuple[dict[tuple[str, str], date], ...]
) -> Event:
    theme = inputs.theme_on(event.date)
    if event.idea in theme.actions:
        return _dressed(event, theme.actions[event.idea or ""])
    fitting = ideas_for(action, theme, _tags(event, inputs))
    if not fitting:
        return event
    used, practised = seen
    whom = event.key.subject
    rank = {idea.id: number for number, idea in enumerate(fitting)}
    shift = sorted(inputs.people.teams).index(whom) if whom in inputs.people.teams else 0
    recently = event.date - NOT_AGAIN_WITHIN
    chosen = min(
        fitting,
        key=lambda idea: (
            used.get((whom, idea.id), LONG_AGO) > recently,
            practised.get((whom, idea.practice), LONG_AGO),
            used.get((whom, idea.id), LONG_AGO),
            (rank[idea.id] - shift) % len(fitting),
        ),
    )
    return _dressed(event, chosen)


def ideas_for(action: Action, theme: Theme, tags: frozenset[str]) -> tuple[Action, ...]:
    """Return the ideas that an owed action may take for somebody with these tags, in the theme's order."""
    wanted = action.ideas or IdeaFilter()
    needed = {tag for tag, teams in MUST_FIT.items() if teams & tags}
    listed = [theme.actions[i] for i in wanted.ids if i in theme.actions]
    found = listed or [idea for idea in theme.actions.values() if _fits(idea, action, wanted)]
    return tuple(idea for idea in found if needed <= idea.tags) or tuple(found)


def _fits(idea: Action, action: Action, wanted: IdeaFilter) -> bool:
    return (
        not idea.owed
        and idea.audience is action.audience
        and wanted.practice in {None, idea.practice}
        and wanted.tags <= idea.tags
    )


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
