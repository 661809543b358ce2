"""Ideas and traits take turns: each turn of an owed action gets the fitting idea that waited longest."""

from collections.abc import Sequence
from datetime import date

from csweek.model.basics import Practice, Year
from csweek.model.inputs import Action, IdeaFilter, Theme

MUST_FIT = {"quiet": {"quiet", "phones"}, "remote": {"remote"}, "night": {"night"}}
"""A tag that ideas need, by the tags of teams that need it."""
LONG_AGO = -1000
NOT_AGAIN_WITHIN = 56
"""Days."""


class Waiting:
    """The ideas that one subject waits for, those of each practice in the order in which they waited.

    Days are positions in the year.
    """

    def __init__(self, fitting: Sequence[Action], shift: int) -> None:
        number = len(fitting)
        self._rank = {idea.id: (rank - shift) % number for rank, idea in enumerate(fitting)}
        self._queues: dict[Practice, dict[str, Action]] = {}
        """By practice; a dict keeps its order, and lets one out of its middle at once."""
        self._practice = {idea.id: idea.practice for idea in fitting}
        for idea in sorted(fitting, key=lambda one: self._rank[one.id]):
            self._queues.setdefault(idea.practice, {})[idea.id] = idea
        self._used: dict[str, int] = {}

    def next(self, day: int, practised: dict[Practice, int]) -> Action:
        """Return the idea whose turn it is: not within eight weeks, of the practice that waited longest."""
        heads = (next(iter(queue.values())) for queue in self._queues.values())
        waited = (
            (
                (used := self._used.get(idea.id, LONG_AGO)) > day - NOT_AGAIN_WITHIN,
                practised.get(idea.practice, LONG_AGO),
                used,
                self._rank[idea.id],
                idea,
            )
            for idea in heads
        )
        return min(waited, key=lambda one: one[:4])[-1]

    def saw(self, ident: str, day: int) -> None:
        """Note that an idea was had: it goes to the end of its practice."""
        practice = self._practice.get(ident)
        if practice is not None:
            queue = self._queues[practice]
            queue[ident] = queue.pop(ident)
            self._used[ident] = day


def ideas_for(action: Action, theme: Theme, tags: frozenset[str]) -> tuple[Action, ...]:
    """Return the ideas that an owed action may take for somebody with these tags, in the theme's order."""
    wanted = action.ideas or IdeaFilter()
    needed = {tag for tag, teams in MUST_FIT.items() if teams & tags}
    listed = [theme.actions[i] for i in wanted.ids if i in theme.actions]
    found = listed or [idea for idea in theme.actions.values() if idea.fits(action)]
    return tuple(idea for idea in found if needed <= idea.tags) or tuple(found)


def trait_of(day: date, theme: Theme, year: Year) -> str | None:
    """Return the trait in the spotlight on a day: each has an equal stretch of the year, in turn."""
    if not theme.traits:
        return None
    return theme.traits[year.week_of(day) * len(theme.traits) // year.weeks].id
