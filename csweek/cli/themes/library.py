"""The action library, filtered: which actions of a theme fit what somebody looks for."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from csweek.model.basics import Audience, Cost, Practice
from csweek.model.theme import Action, Theme
from csweek.names import fold
from csweek.render.screen.ideas import Entry

COSTS = tuple(Cost)
"""From nothing to much."""


class Looked(Struct, frozen=True):
    """What somebody looks for: all that is given must fit."""

    practices: frozenset[Practice] = frozenset()
    audiences: frozenset[Audience] = frozenset()
    owners: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    max_cost: Cost | None = None
    max_minutes: int | None = None
    search: tuple[str, ...] = ()
    """Words that all stand somewhere in the id, the tags or the texts of any language."""


def entries(theme: Theme, looked: Looked) -> Iterator[Entry]:
    """Yield what fits, by practice and within it in the theme's order."""
    takers = [action for action in theme.actions.values() if action.ideas]
    for practice in Practice:
        for action in theme.actions.values():
            if action.practice is practice and _fits(action, looked):
                yield Entry(action, _taken_by(action, takers), _days(action, theme))


def tags_of(theme: Theme) -> tuple[str, ...]:
    """Return every tag that a theme uses."""
    return tuple(sorted({tag for action in theme.actions.values() for tag in action.tags}))


def _taken_by(action: Action, takers: Iterable[Action]) -> tuple[str, ...]:
    def takes(owed: Action) -> bool:
        listed = owed.ideas.ids if owed.ideas else ()
        return action.id in listed if listed else action.fits(owed)

    return tuple(owed.id for owed in takers if takes(owed))


def _days(action: Action, theme: Theme) -> tuple[str, ...]:
    return tuple(slot for slot, ids in theme.celebration.items() if action.id in ids)


def _fits(action: Action, looked: Looked) -> bool:
    minutes = action.minutes + (action.prepare.minutes if action.prepare else 0)
    return (
        (not looked.practices or bool(looked.practices & {action.practice, action.focus}))
        and (not looked.audiences or action.audience in looked.audiences)
        and (not looked.owners or action.owner in looked.owners)
        and looked.tags <= action.tags
        and (looked.max_cost is None or COSTS.index(action.cost) <= COSTS.index(looked.max_cost))
        and (looked.max_minutes is None or minutes <= looked.max_minutes)
        and _holds(action, looked.search)
    )


def _holds(action: Action, search: Iterable[str]) -> bool:
    wanted = [fold(word) for word in search]
    if not wanted:
        return True
    texts = (*action.title.texts.values(), *action.how.texts.values())
    everything = fold(" ".join((action.id, *sorted(action.tags), *texts)))
    plain = action.id.replace("-", " ")
    return all(word in everything or word in plain for word in wanted)
