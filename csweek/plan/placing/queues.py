"""Whose turn it is among leaders: by week, least given first, then least to do."""

from collections import defaultdict
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
        self._out: set[tuple[str, int, str]] = set()
        """The action and the week of a queue, and a leader who dropped out of it."""
        self._lacking: defaultdict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
        """By a leader and a week: the queues that may have been left for want of its minutes."""

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
            else:
                self._dropped(giver.id, act, week)
        return None

    def _dropped(self, leader: str, act: Act, week: int) -> None:
        self._out.add((act.id, week, leader))
        for needed in {week, self._ledger[leader].early[act.ahead][week]}:
            self._lacking[leader, needed].append((act.id, week))

    def freed(self, leader: str, week: int) -> None:
        """Let a leader queue again for what may have the minutes that are freed in a week."""
        for action, at in self._lacking.pop((leader, week), ()):
            if (action, at, leader) in self._out:
                self._out.remove((action, at, leader))
                heappush(self._queues[action, at], (0, 0, leader))
