"""Preparation for given days: in which of the weeks before it is done, and what has no room there."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import sub

from msgspec import Struct
from msgspec.structs import replace

from csweek.errors import Problem
from csweek.model.basics import Prepare
from csweek.model.inputs import Inputs
from csweek.names import few
from csweek.once import Once
from csweek.plan.owed.acts import Act
from csweek.plan.owed.suggest import NeedsMinutes
from csweek.plan.placing.ledger import EARLIEST, Giver, Ledger, preparing
from csweek.plan.when.days import Days, week

STEP = 5
"""Minutes in which a limit is proposed."""

WAYS = {
    "manager": "another manager for some of their people",
    "leader": "1 more leader",
    "organiser": "1 more organiser",
}
"""What makes room beside a higher limit, by whose preparation has none."""


class Prepared(Struct, frozen=True):
    """What is on a given day in this week, and so many weeks before prepared by its owner."""

    act: Act
    week: int
    giver: Giver
    ahead: int

    @property
    def cell(self) -> tuple[Giver, int]:
        """Its owner, and the week in which it is prepared."""
        return self.giver, max(0, self.week - self.ahead)


class Preparing:
    """Finds the weeks in which owners prepare what is on given days."""

    def __init__(self, today: int) -> None:
        """``today`` is its position in the year; nothing is prepared in the weeks before."""
        self._first = max(0, today) // 7
        self._given: list[Prepared] = []
        self._weeks = cache(self._weeks_of)

    def week(self, act: Act, giver: Giver, week: int) -> int:
        """Return the week in which something on a given day of this week is prepared.

        That is the latest one that is not half full of such already, else the emptiest one; where the
        limit leaves none it is the one in which it is due.
        """
        chosen = _week(act, giver, self._weeks(giver, act.ahead, week), giver.minutes, giver.limit)
        if chosen is None:
            chosen = giver.early[act.ahead][week]
        giver.prepared[chosen] += act.before
        self._given.append(Prepared(act, week, giver, week - chosen))
        return chosen

    def _weeks_of(self, giver: Giver, ahead: int, week: int) -> Sequence[int]:
        """Return the weeks in which it may be prepared, the best first; late ones only where it must be."""
        able = [n for n in preparing(week, ahead, self._first) if giver.able(n)]
        due = week - ahead
        return able if due < self._first else [n for n in able if n <= due] or able

    def stand(self, events: Iterable[Prepared]) -> None:
        """Note what stands on given days already."""
        self._given += events

    def _unprepared(self) -> list[Prepared]:
        """Return what has no room: of each week that is over the limit the last, until it is not."""
        found: list[Prepared] = []
        over = Once[tuple[Giver, int], int](lambda cell: _given_in(*cell) - cell[0].limit)
        for one in sorted(self._given, key=lambda one: (-one.week, one.act.id, one.giver.id)):
            if one.cell[1] >= self._first and over[one.cell] > 0:
                over[one.cell] -= one.act.before
                found.append(one)
        return found

    def told(self, inputs: Inputs) -> list[Problem]:
        """Return a word on all owners who have no room for all that they have to prepare."""
        unprepared = self._unprepared()
        if not unprepared:
            return []
        owners: defaultdict[str, list[Prepared]] = defaultdict(list)
        for one in unprepared:
            owners[one.giver.id].append(one)
        limit = max(self._enough(left) for left in owners.values())
        minutes = sum(one.act.before for one in unprepared)
        who = few(sorted(inputs.people.persons[owner].name for owner in owners))
        roles = {one.act.role for one in unprepared}
        what = few(sorted({one.act.id for one in unprepared}))
        late = any(one.week - one.act.ahead - EARLIEST < self._first for one in unprepared)
        when = "weeks that are left before" if late and self._first else f"{EARLIEST} weeks before"
        return [
            NeedsMinutes(
                None,
                f"preparing {what}: {minutes} minutes do not fit into the {when} ({who})",
                enough=limit,
                after=tuple(WAYS[role] for role in roles if len(roles) == 1 and role in WAYS),
            )
        ]

    def _enough(self, left: Sequence[Prepared]) -> int:
        """Return the least limit, in steps, with which an owner has room for what is left."""
        giver = left[0].giver
        minutes = [*map(sub, giver.minutes, giver.spread)]
        for one in left:
            minutes[one.week - one.ahead] -= one.act.before
        limit = giver.limit // STEP * STEP
        while not self._fits(left, list(minutes), limit):
            limit += STEP
        return limit

    def _fits(self, left: Iterable[Prepared], minutes: list[int], limit: int) -> bool:
        for one in left:
            weeks = self._weeks(one.giver, one.act.ahead, one.week) or [one.week]
            least = min(weeks, key=minutes.__getitem__)
            minutes[least] += one.act.before
            if minutes[least] > limit:
                return False
        return True


def _given_in(giver: Giver, week: int) -> int:
    """Return an owner's minutes in a week without what was chosen for persons."""
    return giver.minutes[week] - giver.spread[week]


def _week(act: Act, giver: Giver, weeks: Iterable[int], minutes: Sequence[int], limit: int) -> int | None:
    able: list[int] = []
    for n in weeks:
        if minutes[n] + act.before <= limit:
            if giver.prepared[n] + act.before <= limit // 2:
                return n
            able.append(n)
    return min(able, key=minutes.__getitem__, default=None)


# --- the day within the week -------------------------------------------------------------------------


def worked(
    prepare: Prepare, day: int, there: int, since: int, room: Callable[[int], bool], *, soon: bool = False
) -> Prepare:
    """Return a preparation on a day that its owner works: the last one up to the weekday of the event.

    ``day`` is the event's, ``there`` the days on which the owner is there, as bits; nothing is prepared
    before ``since``. What finds no day in its week goes to the nearest week before that has one and
    ``room``, else to one after; else it stays. ``soon``: it is overdue and done on the
    first day of its week that its owner works.
    """
    due = day - 7 * prepare.weeks
    able = there & -(1 << since) & (1 << day + 1) - 1
    own = week(able, due // 7) if due >= 0 else 0
    if soon and own:
        return replace(prepare, early=due - _lowest(own))
    if due >= since and able >> due & 1:
        return replace(prepare, early=0)
    before, after = own & (1 << max(0, due)) - 1, own >> max(0, due)
    if before:
        return replace(prepare, early=due - before.bit_length() + 1)
    if after:
        return replace(prepare, early=-_lowest(after))
    weeks = preparing(day // 7, prepare.weeks, since // 7)
    found = next((days for n in weeks if (days := week(able, n)) and room(n)), 0)
    if not found:
        return replace(prepare, early=0)
    at = _lowest(found) if _lowest(found) > due else found.bit_length() - 1
    ahead = day // 7 - at // 7
    return replace(prepare, weeks=ahead, early=day - 7 * ahead - at)


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


class Workdays:
    """Finds for each preparation a day on which its owner works, within the owner's minutes."""

    def __init__(self, days: Days, ledger: Ledger, today: int) -> None:
        """``today`` is its position in the year."""
        self._days = days
        self._ledger = ledger
        self._since = max(0, today)

    def on(
        self,
        prepare: Prepare | None,
        day: int,
        owner: str | None,
        booked: int | None = None,
        *,
        soon: bool = False,
    ) -> Prepare | None:
        """Return the preparation for an event on a day; what goes to another week is booked there.

        ``booked`` is the week in which it is booked, if its owner need not be there then; ``soon`` as in
        ``worked``.
        """
        there = self._days.owner.get(owner or "")
        if prepare is None or there is None:
            return prepare
        due = day - 7 * prepare.weeks
        if not (soon or prepare.early) and due >= self._since and there >> due & 1:
            return prepare
        giver, minutes = self._ledger[owner or ""], prepare.minutes
        was = giver.early[prepare.weeks][day // 7] if booked is None else booked

        def room(at: int) -> bool:
            return giver.minutes[at] + (minutes if at != was else 0) <= giver.limit

        found = worked(prepare, day, there, self._since, room, soon=soon)
        giver.minutes[was] -= minutes
        giver.minutes[max(0, day // 7 - found.weeks)] += minutes
        return found

    def still(self, prepare: Prepare, stood: Prepare, day: int, owner: str | None) -> Prepare | None:
        """Return what stood where it is still possible, else as ``on`` does for what is wanted now."""
        there = self._days.owner.get(owner or "", 0)
        due = day - 7 * prepare.weeks
        at = day - 7 * stood.weeks - stood.early
        same = (
            stood.weeks == prepare.weeks
            or due < self._since
            or not week(there & -(1 << self._since), due // 7)
        )
        if stood.minutes == prepare.minutes and same and (at < self._since or there >> at & 1):
            return stood
        return self.on(prepare, day, owner, max(0, day // 7 - stood.weeks))
