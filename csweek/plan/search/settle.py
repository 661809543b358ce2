"""A fresh year of persons' touches: level weeks, actions and owners found together, then placed on days."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from csweek.plan.lessons import Closed, Laid, Lessons
from csweek.plan.level.spread import at_the_turn_of
from csweek.plan.owed.acts import Act, Owed, Placed, by_wish
from csweek.plan.owed.demand import Subject
from csweek.plan.placing.place import Placer
from csweek.plan.search.account import Chore
from csweek.plan.search.desk import Desk
from csweek.plan.search.relief import relieve, unload
from csweek.plan.search.rounds import Round
from csweek.plan.search.weeks import Level, level, narrowed
from csweek.plan.when.days import by_week

LEVELLED = 5000
"""Touches up to which this is done; with more a walk alone is even enough."""
Queues = Mapping[str, list[Owed]]
Turn = tuple[int, str, Owed, str]
"""A week, a person, what is owed to them there, and its owner."""
_Seated = tuple[Sequence[Placed], Sequence[Owed], Sequence[Closed]]
"""Touches that are placed, those that no owner had minutes for, and who has no hour when."""


class Settled(NamedTuple):
    """Touches that are placed, and what was learned on the way."""

    placed: Sequence[Placed] = ()
    over: Sequence[Owed] = ()
    """Those that no owner had minutes for."""
    closed: Sequence[Closed] = ()
    rounds: Sequence[Round] = ()
    level: Level = Level()
    """How many each week is to have in all, and how this was found."""


def settled(
    everyone: Iterable[Subject],
    queues: Queues,
    seats: Mapping[str, Sequence[int]],
    share: Sequence[float],
    placer: Placer,
    lessons: Lessons,
) -> Settled:
    """Place touches where the whole year is level, and take them out of the queues; the rest stays there.

    ``seats`` are the days of everyone's groups, which stay.
    """
    if sum(map(len, [*queues.values(), *seats.values()])) > LEVELLED:
        return Settled()
    chores = _Chores(placer, lessons)
    rounds: dict[str, Round] = {}
    wanted: list[list[Chore]] = []
    for subject in everyone:
        queue = sorted(queues[subject.id], key=by_wish)
        mine = [chores.of(owed.act, subject) for owed in queue]
        still = [day // 7 for day in seats.get(subject.id, ())]
        one = _round(subject, queue, mine, (still, placer.ledger.waiting.get(subject.id)), placer)
        if one and one.touches and one.begin():
            rounds[subject.id] = one
            wanted.append(mine)
    everybodys = [*rounds.values()]
    found = _level(everybodys, share, lessons)
    if not found.numbers:
        return Settled(rounds=everybodys, level=found)
    desk = Desk(everybodys, wanted, placer.ledger)
    desk.deal()
    desk.settle()
    unload(desk)
    relieve(desk)
    placed, over, closed = _placed(desk, rounds, queues, placer)
    return Settled(placed, over, closed, everybodys, found)


def narrower(before: Settled) -> Laid | None:
    """Search long for narrower gaps than those with which touches were settled; None where it finds none."""
    numbers = narrowed(before.rounds, before.level)
    better = numbers is not before.level.numbers
    return Laid(numbers, [one.laid for one in before.rounds]) if better else None


def _level(rounds: Sequence[Round], share: Sequence[float], lessons: Lessons) -> Level:
    """Lay everybody's touches so that weeks are level, as found before if so."""
    if lessons.laid:
        for one, laid in zip(rounds, lessons.laid.places, strict=True):
            one.lay_as(laid)
        return Level(lessons.laid.numbers)
    found = level(rounds, share)
    return Level(narrowed(rounds, found)) if lessons.patient else found


def _round(
    subject: Subject,
    queue: Sequence[Owed],
    chores: Iterable[Chore],
    held: tuple[Iterable[int], int | None],
    placer: Placer,
) -> Round | None:
    """Return a person's round; ``held`` are the weeks of what stays, and since when the person waits."""
    able = 0
    for chore in set(chores):
        able |= _weeks_of(chore.ways)
    there = by_week(subject.mask & placer.days.open, placer.days.year.weeks)
    present = [week for week, days in enumerate(there) if days]
    if not present:
        return None
    # A turn that is dealt afresh may be ideal in a week that is over.
    goals = [present[min(bisect_left(present, int(owed.wish) // 7), len(present) - 1)] for owed in queue]
    still, since = held
    return Round(present, {week for week in present if able >> week & 1}, goals, still, since)


class _Chores:
    """Who can do what for whom in which weeks, each worked out once.

    Those who stand in do for weeks in which nobody else can, where these are most.
    """

    def __init__(self, placer: Placer, lessons: Lessons) -> None:
        self._placer = placer
        self._lessons = lessons
        self._known: dict[tuple[int, str], Chore] = {}
        self._weeks: dict[tuple[int, str, bytes, int, int | None], int] = {}

    def of(self, act: Act, subject: Subject) -> Chore:
        """Return an action for a person, with all who can do it."""
        known = self._known.get((act.number, subject.id))
        if known is None:
            who = self._placer.owners.of(act.role, subject)
            ways = self._ways(act, subject, who.first)
            if 2 * _weeks_of(ways).bit_count() < sum(map(bool, subject.weeks)):
                ways = self._with_stand_ins(act, subject, ways, who.stand_in)
            if not (who.first or who.stand_in):
                ways = self._ways(act, subject, ("",))
            known = self._known[act.number, subject.id] = Chore(act, subject.id, ways)
        return known

    def _with_stand_ins(
        self, act: Act, subject: Subject, ways: dict[str, int], stand_in: Iterable[str]
    ) -> dict[str, int]:
        taken = _weeks_of(ways)
        others = self._ways(act, subject, stand_in)
        return ways | {owner: weeks & ~taken for owner, weeks in others.items() if weeks & ~taken}

    def _ways(self, act: Act, subject: Subject, owners: Iterable[str]) -> dict[str, int]:
        found = {}
        hours = self._placer.agenda.hours_of(subject) if act.timed else None
        for owner in owners:
            charge, _ = self._placer.owners.in_charge(act.role, subject, owner)
            mark = (act.number, owner, subject.weeks, charge, hours)
            weeks = self._weeks.get(mark)
            if weeks is None:
                weeks = self._weeks[mark] = self._placer.shared_weeks(act, subject, owner)
            weeks = self._lessons.open(act.number, subject.id, owner, weeks)
            if weeks:
                found[owner] = weeks
        return found


def _weeks_of(ways: Mapping[str, int]) -> int:
    """Return the weeks, as bits, in which anybody can."""
    found = 0
    for weeks in ways.values():
        found |= weeks
    return found


def _placed(desk: Desk, rounds: Mapping[str, Round], queues: Queues, placer: Placer) -> _Seated:
    """Place what the desk holds, week by week; what finds no day stays in its queue."""
    turns: list[Turn] = []
    for number, (person, one) in enumerate(rounds.items()):
        waiting: defaultdict[Act, list[Owed]] = defaultdict(list)
        slots = sorted(queues[person], key=by_wish)
        for owed in slots:
            waiting[owed.act].append(owed)
        free: list[Owed] = []
        for week, slot in zip(one.goals, slots, strict=True):
            held = desk.at.get((number, week))
            if held and held.chore.can(held.owner, week):
                owed = waiting[held.chore.act].pop(0)
                turns.append((week, person, at_the_turn_of(owed, slot), held.owner))
            else:
                free.append(slot)
        rest = (owed for left in waiting.values() for owed in left)
        queues[person][:] = [at_the_turn_of(owed, slot) for owed, slot in zip(rest, free, strict=True)]
    return _seated(turns, queues, placer)


def _seated(turns: Iterable[Turn], queues: Queues, placer: Placer) -> _Seated:
    placed: list[Placed] = []
    over: list[Owed] = []
    closed: list[Closed] = []
    for week, person, owed, owner in sorted(turns, key=lambda turn: turn[:2]):
        seat = placer.with_owner(owed, week, owner) or placer.in_week(owed, week, stand_in=False)
        if seat:
            placer.ledger.touched[person] |= 1 << week
            placed.append((owed, seat))
        else:
            queues[person].append(owed)
            act = owed.act
            if placer.ledger[owner].can(week, act.minutes, act.before, act.ahead):
                closed.append((act.number, person, owner, week))
            else:
                over.append(owed)
    return placed, over, closed
