"""Whose turn it is among leaders: by week, least given first, then least to do."""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush

from csweek.plan.owed.acts import Act
from csweek.plan.placing.ledger import Giver, Ledger

Entry = tuple[int, int, str]
"""What a leader gave of an action, minutes in the week, the leader."""
Queue = list[Entry]
"""Leaders as a heap."""


class Queues:
    """The queues of all actions and weeks, each made when it is first asked for."""

    def __init__(self, leaders: Sequence[Giver], ledger: Ledger) -> None:
        self._lead = leaders
        self._ledger = ledger
        self._queues: dict[tuple[str, int], Queue] = {}

    def of(self, act: Act, week: int) -> Queue:
        """Return the leaders who are there in a week; who has no minutes left drops out of it."""
        known = self._queues.get((act.id, week))
        if known is None:
            given = self._ledger.given[act.id]
            known = [
                (given[giver.id], giver.minutes[week], giver.id) for giver in self._lead if giver.weeks[week]
            ]
            heapify(known)
            self._queues[act.id, week] = known
        return known

    def next(self, queue: Queue, act: Act, week: int) -> Entry | None:
        """Take the leader out whose turn it is as things stand now, None where nobody has minutes left."""
        given = self._ledger.given[act.id]
        while queue:
            entry = heappop(queue)
            giver = self._ledger[entry[2]]
            now = (given[giver.id], giver.minutes[week], giver.id)
            if entry != now:
                heappush(queue, now)
            elif giver.can(week, act.minutes, act.before, act.ahead):
                return entry
        return None
