"""Ideas and traits take turns: each turn of an owed action gets the fitting idea that waited longest."""

from collections.abc import Collection, Mapping, Sequence

from csweek.model.basics import Practice, Year
from csweek.model.theme import Action, IdeaFilter, Theme

MUST_FIT = {"quiet": {"quiet", "phones"}, "remote": {"remote"}, "night": {"night"}}
"""A tag that ideas need, by the tags of teams that need it."""
LONG_AGO = -1000
NOT_AGAIN_WITHIN = 56
"""Days."""


class Line:
    """Ideas in the order in which they come the first time, those of each practice together."""

    __slots__ = ("practice", "queues", "rank")

    def __init__(self, fitting: Sequence[Action], shift: int) -> None:
        """``shift`` is by how much they are turned, so that teams do not have the same one at once."""
        turn = shift % len(fitting)
        ordered = (*fitting[turn:], *fitting[:turn])
        self.rank = {idea.id: rank for rank, idea in enumerate(ordered)}
        self.practice = {idea.id: idea.practice for idea in ordered}
        self.queues: dict[Practice, dict[str, Action]] = {}
        """By practice; a dict keeps its order, and lets one out of its middle at once."""
        for idea in ordered:
            self.queues.setdefault(idea.practice, {})[idea.id] = idea


class Waiting:
    """The ideas that one subject waits for, those of each practice in the order in which they waited.

    Days are positions in the year.
    """

    __slots__ = ("_had", "_line", "_queues")

    def __init__(self, line: Line, had: Mapping[str, int]) -> None:
        """``had`` are the last days of the subject's ideas, kept up to date by the caller."""
        self._line = line
        self._had = had
        self._queues = {practice: dict(queue) for practice, queue in line.queues.items()}
        for idea in sorted(had, key=had.__getitem__):
            self.saw(idea)

    def next(self, day: int, practised: Mapping[Practice, int], ahead: Collection[str] = ()) -> Action:
        """Return the idea whose turn it is: not within eight weeks, of the practice that waited longest.

        ``ahead`` are those that the subject gets within eight weeks from then on already.
        """
        had, rank, soon = self._had, self._line.rank, day - NOT_AGAIN_WITHIN
        waited = []
        for practice, queue in self._queues.items():
            ident = next(iter(queue))
            if ident in ahead:
                ident = next((one for one in queue if one not in ahead), ident)
            used = had.get(ident, LONG_AGO)
            again = used > soon or ident in ahead
            waited.append((again, practised.get(practice, LONG_AGO), used, rank[ident], queue[ident]))
        return min(waited)[-1]  # ranks differ, so that no two ideas are compared

    def saw(self, ident: str) -> None:
        """Note that an idea was had: it goes to the end of its practice."""
        practice = self._line.practice.get(ident)
        if practice is not None:
            queue = self._queues[practice]
            queue[ident] = queue.pop(ident)


def ideas_for(action: Action, theme: Theme, tags: frozenset[str]) -> tuple[Action, ...]:
    """Return the ideas that an owed action may take for somebody with these tags, in the theme's order."""
    wanted = action.ideas or IdeaFilter()
    needed = {tag for tag, teams in MUST_FIT.items() if teams & tags}
    listed = [theme.actions[i] for i in wanted.ids if i in theme.actions]
    found = listed or [idea for idea in theme.actions.values() if idea.fits(action)]
    return tuple(idea for idea in found if needed <= idea.tags) or tuple(found)


def trait_of(week: int, theme: Theme, year: Year) -> str | None:
    """Return the trait in the spotlight in the week at a position: each has an equal part of the year."""
    if not theme.traits:
        return None
    return theme.traits[week * len(theme.traits) // year.weeks].id
