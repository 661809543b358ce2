"""Thanks for persons: everyone's turns at even moments, each week as full as its share."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import add
from typing import NamedTuple

from msgspec.structs import replace

from csweek.errors import Problem
from csweek.model.basics import Audience
from csweek.plan.again.rest import by_subject, surplus
from csweek.plan.again.stood import Stood
from csweek.plan.lessons import Lessons, without
from csweek.plan.level.alike import shared_alike
from csweek.plan.level.even import quotas
from csweek.plan.level.mend import mended
from csweek.plan.level.pools import Pool, too_many, week_shares
from csweek.plan.level.spread import Walk
from csweek.plan.level.turns import person_turns, staggered
from csweek.plan.owed.acts import Mark, Owed, Placed
from csweek.plan.owed.demand import Subject, turns_kept
from csweek.plan.reach import Needs, kept_by_managers
from csweek.plan.search.settle import Queues, Settled, settled
from csweek.plan.steps.asked import Asked
from csweek.plan.steps.books import Books
from csweek.plan.when.days import by_week

Seats = Mapping[str, Sequence[int]]
"""The days of everybody's groups."""
Had = Mapping[str, Sequence[Stood]]
"""What stands of everybody's thanks."""
NOTHING = Settled()


class Touches(NamedTuple):
    """What persons are given, and how that was found."""

    placed: Sequence[Placed]
    given_up: Counter[Mark]
    """Turns that found no day, also when the year was planned before."""
    share: Sequence[float]
    """Every week's share of the touches."""
    pools: Sequence[Pool]
    """What the same people are asked to give."""
    settled: Settled
    learned: Lessons
    """What this teaches, with what deals before did."""
    problems: Sequence[Problem]


class _Rest(NamedTuple):
    """What of persons' touches is dealt, and beside what."""

    everyone: Sequence[Subject]
    """With the days that are dealt."""
    seats: Seats
    """The days of what stays."""
    share: Sequence[float]
    since: Mapping[str, int]
    """For how many weeks people wait already."""
    past: Sequence[int]
    """How many touches the weeks before these have."""


def touches(books: Books, asked: Asked, groups: Sequence[Placed], lessons: Lessons) -> Touches:
    """Place everyone's turns beside these groups."""
    everyone = books.subjects[Audience.PERSON]
    can, short = kept_by_managers(asked.needs, books.inputs, books.days, books.ledger)
    problems = [*short]
    whole, can = can, lessons.without(can)
    had, room = by_subject(books.stands, (Audience.PERSON,)), books.room()
    pools = books.pools(can, room) if books.anew else ()
    more = too_many(pools)
    needs = _at_least_standing(books, without(can, more), had)
    seats = books.seats(groups)
    queues = _queues(books, asked, needs, seats, had)
    books.let_go_unasked(had)
    if more or not books.anew:
        pools = books.pools(needs, room)
    in_groups = ((s.mask & books.days.open, len(seats[s.id])) for s in everyone if s.id in seats)
    share = week_shares(pools, in_groups, books.days.year.weeks)
    rest = _rest(books, queues, seats, had, share)
    left_over = books.room(standing=True)
    books.ledger.waiting = rest.since
    given = rest.everyone, queues, rest.seats, rest.share
    dealt = settled(*given, books.placer, lessons) if books.fresh else NOTHING
    still = _counts(rest.seats, books) if books.fresh else ()
    numbers = [*map(add, dealt.level.numbers or quotas(rest.share, still), rest.past)]
    walked, left = Walk(queues, books.placer, left_over, prompt=not books.fresh).through(numbers)
    lost = [*more.elements(), *(owed.mark for owed in dealt.over or left)]
    groups_of = {act.id for act in books.chosen(Audience.GROUP)}
    before = Counter({mark: n for mark, n in lessons.fewer.items() if mark[0] not in groups_of})
    placed = [*dealt.placed, *walked]
    given_up = before + more + Counter(owed.mark for owed in left)
    if books.fresh and not books.anew:
        given_up |= _lacking({mark[1] for mark in given_up}, whole, had, placed)
    if books.fresh:
        mostly = mended(placed, numbers, books.placer) if walked else placed
        placed = shared_alike(mostly, books.placer)
    return Touches(placed, given_up, share, pools, dealt, lessons.and_also(lost, dealt.closed), problems)


def _lacking(people: Iterable[str], needs: Needs, had: Had, placed: Iterable[Placed]) -> Counter[Mark]:
    """Return what people are owed and neither stands nor was placed, also what was due on days that are over.

    Planning again without all of this finds no turn that nothing stands for.
    """
    owed = Counter({(act.id, person): number for person in people for act, number in needs.get(person, ())})
    there = Counter(one.mark for events in had.values() for one in events)
    return owed - there - Counter(one.mark for one, _ in placed)


def _at_least_standing(books: Books, can: Needs, had: Had) -> Needs:
    """Return everyone's turns; a rhythm that got longer since takes none of those that there are."""
    needs = dict(can)
    again = books.stands.again()
    moving = {subject for _, subject in again}
    for subject in books.subjects[Audience.PERSON]:
        if subject.id in had or subject.id in moving:
            mine = Counter(one.action for one in had.get(subject.id, ()))
            needs[subject.id] = [
                (act, max(few, turns_kept(act.offer, subject, books.days, mine[act.id], again[mark])))
                for act, few in can[subject.id]
                for mark in [(act.id, subject.id)]
            ]
    return needs


def _queues(books: Books, asked: Asked, needs: Needs, seats: Seats, had: Had) -> dict[str, list[Owed]]:
    """Return everybody's turns that nothing stands for, also of those who have none."""
    queues: dict[str, list[Owed]] = {}
    for subject, rank, phase in staggered(books.subjects[Audience.PERSON]):
        mine, theirs = needs[subject.id], had.get(subject.id, ())
        if theirs and Counter(one.action for one in theirs) == Counter({act.id: n for act, n in mine if n}):
            queues[subject.id] = []
            continue
        wanted = person_turns(subject, mine, seats.get(subject.id, ()), books.days, (rank, phase))
        left = _left_of(books, wanted, theirs) if books.stands.numbers else wanted
        queues[subject.id] = [one for one in left if one.mark not in asked.over] if asked.over else left
    return queues


def _left_of(books: Books, wanted: Sequence[Owed], had: Sequence[Stood]) -> list[Owed]:
    by_act: defaultdict[str, list[Owed]] = defaultdict(list)
    for owed in wanted:
        by_act[owed.act.id].append(owed)
    left: list[Owed] = []
    for act, owed_here in by_act.items():
        left += books.unmet(owed_here, [one for one in had if one.action == act])
    unwanted = [one for one in had if one.action not in by_act]
    books.let_go(surplus(unwanted, books.stands))
    return left


def _rest(books: Books, queues: Queues, seats: Seats, had: Had, share: Sequence[float]) -> _Rest:
    """Return what of persons' touches is dealt: all, or once the year has begun what is ahead."""
    everyone, weeks = books.subjects[Audience.PERSON], books.days.year.weeks
    if books.anew or not books.fresh:
        return _Rest(everyone, seats, share, books.ledger.since, [0] * weeks)
    today = max(0, books.stands.today)
    now, mask = today // 7, -(1 << today)
    coming = [replace(s, mask=s.mask & mask, weeks=by_week(s.mask & mask, weeks)) for s in everyone]
    held = {s.id: [*seats.get(s.id, ()), *(one.day for one in had.get(s.id, ()))] for s in everyone}
    still = {p: ahead for p, days in held.items() if (ahead := [day for day in days if day // 7 >= now])}
    past = Counter(day // 7 for days in held.values() for day in days if day // 7 < now)
    over = {p: max(gone) // 7 for p, days in held.items() if (gone := [d for d in days if d // 7 < now])}
    since = {s.id: sum(map(bool, s.weeks[over[s.id] + 1 : now])) + 1 for s in everyone if s.id in over}
    number = sum(map(len, queues.values())) + sum(map(len, still.values()))
    scale = number / (sum(share[now:]) or 1)
    scaled = [0.0 if week < now else part * scale for week, part in enumerate(share)]
    return _Rest(coming, still, scaled, since, [past[week] for week in range(weeks)])


def _counts(seats: Seats, books: Books) -> list[int]:
    """Return how many touches of groups each week has."""
    counts = Counter(day // 7 for days in seats.values() for day in days)
    return [counts[week] for week in range(books.days.year.weeks)]
