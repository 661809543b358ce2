"""A fresh year of persons' touches: level weeks, actions and owners found together, then placed on days."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from csweek.plan.acts import Act, Owed, Placed
from csweek.plan.days import by_week
from csweek.plan.demand import Subject
from csweek.plan.level.desk import Chore, Desk
from csweek.plan.level.rounds import Round
from csweek.plan.level.weeks import level
from csweek.plan.place import Placer
from csweek.plan.spread import at_the_turn_of

LEVELLED = 5000
"""Touches up to which this is done; with more a walk alone is even enough."""
Queues = Mapping[str, list[Owed]]


def settled(
    everyone: Iterable[Subject],
    queues: Queues,
    seats: Mapping[str, Sequence[int]],
    share: Sequence[float],
    placer: Placer,
) -> tuple[list[Placed], Sequence[int]]:
    """Place touches where the whole year is level, and take them out of the queues; the rest stays there.

    Returns what is placed and how many touches each week is to have in all; nothing where no way was found.
    ``seats`` are the days of everyone's groups, which stay.
    """
    if sum(map(len, [*queues.values(), *seats.values()])) > LEVELLED:
        return [], ()
    chores = _Chores(placer)
    rounds: dict[str, Round] = {}
    wanted: list[list[Chore]] = []
    for subject in everyone:
        queue = sorted(queues[subject.id], key=_wish)
        mine = [chores.of(owed.act, subject) for owed in queue]
        one = _round(subject, queue, mine, [day // 7 for day in seats.get(subject.id, ())], placer)
        if one.touches and one.begin():
            rounds[subject.id] = one
            wanted.append(mine)
    numbers = level([*rounds.values()], share)
    if not numbers:
        return [], ()
    desk = Desk([*rounds.values()], wanted, placer.ledger)
    desk.deal()
    desk.settle()
    return _placed(desk, rounds, queues, placer), numbers


def _wish(owed: Owed) -> tuple[float, str]:
    return owed.wish, owed.act.id


def _round(
    subject: Subject, queue: Sequence[Owed], chores: Iterable[Chore], still: Iterable[int], placer: Placer
) -> Round:
    able = 0
    for chore in set(chores):
        for weeks in chore.ways.values():
            able |= weeks
    there = by_week(subject.mask & placer.days.open, placer.days.year.weeks)
    present = [week for week, days in enumerate(there) if days]
    goals = [int(owed.wish) // 7 for owed in queue]
    return Round(present, {week for week in present if able >> week & 1}, goals, still)


class _Chores:
    """Who can do what for whom in which weeks, each worked out once."""

    def __init__(self, placer: Placer) -> None:
        self._placer = placer
        self._known: dict[tuple[int, str], Chore] = {}
        self._weeks: dict[tuple[int, str, bytes, int], int] = {}

    def of(self, act: Act, subject: Subject) -> Chore:
        """Return an action for a person, with those who stand in only where nobody else ever can."""
        known = self._known.get((act.number, subject.id))
        if known is None:
            who = self._placer.owners.of(act.role, subject)
            ways = self._ways(act, subject, who.first) or self._ways(act, subject, who.stand_in)
            if not (who.first or who.stand_in):
                ways = self._ways(act, subject, ("",))
            known = self._known[act.number, subject.id] = Chore(act, subject.id, ways)
        return known

    def _ways(self, act: Act, subject: Subject, owners: Iterable[str]) -> dict[str, int]:
        found = {}
        for owner in owners:
            charge, _ = self._placer.owners.in_charge(act.role, subject, owner)
            mark = (act.number, owner, subject.weeks, charge)
            weeks = self._weeks.get(mark)
            if weeks is None:
                weeks = self._weeks[mark] = self._placer.shared_weeks(act, subject, owner)
            if weeks:
                found[owner] = weeks
        return found


def _placed(desk: Desk, rounds: Mapping[str, Round], queues: Queues, placer: Placer) -> list[Placed]:
    """Place what the desk holds, week by week; what finds no day stays in its queue."""
    turns: list[tuple[int, str, Owed, str]] = []
    for number, (person, one) in enumerate(rounds.items()):
        waiting: defaultdict[Act, list[Owed]] = defaultdict(list)
        slots = sorted(queues[person], key=_wish)
        for owed in slots:
            waiting[owed.act].append(owed)
        free: list[Owed] = []
        for week, slot in zip(one.goals, slots, strict=True):
            held = desk.at.get((number, week))
            if held:
                owed = waiting[held.chore.act].pop(0)
                turns.append((week, person, at_the_turn_of(owed, slot), held.owner))
            else:
                free.append(slot)
        rest = (owed for left in waiting.values() for owed in left)
        queues[person][:] = [at_the_turn_of(owed, slot) for owed, slot in zip(rest, free, strict=True)]
    return list(_seated(turns, queues, placer))


def _seated(turns: Iterable[tuple[int, str, Owed, str]], queues: Queues, placer: Placer) -> Iterator[Placed]:
    for week, person, owed, owner in sorted(turns, key=lambda turn: turn[:2]):
        seat = placer.with_owner(owed, week, owner) or placer.in_week(owed, week, stand_in=False)
        if seat:
            placer.ledger.touched[person] |= 1 << week
            yield owed, seat
        else:
            queues[person].append(owed)
