"""How many touches each week can have: those who give the same share their minutes, and no more is dealt."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from operator import add, mul

from msgspec import Struct

from csweek.once import Once
from csweek.plan.level.even import EDGE, shares
from csweek.plan.level.room import Givers, Room
from csweek.plan.owed.acts import Effort, Mark
from csweek.plan.owed.demand import Subject

FULL = 0.95
"""Of the touches for which there are minutes this part is dealt: minutes are left that no touch fits into."""


class Asked(Struct, frozen=True):
    """So many touches of somebody by those of one role."""

    action: str
    role: str
    effort: Effort
    subject: Subject
    number: int


class Pool(Struct, frozen=True):
    """What the same people are asked to give."""

    asked: Sequence[Asked]
    shares: Sequence[float]
    """So many touches in each week: even, as far as minutes go."""
    room: float
    """For so many there are minutes in the year."""


def pools_of(asked: Iterable[Asked], room: Room) -> Sequence[Pool]:
    """Return who gives what, few before many: a manager's own people come before what leaders share."""
    left, found = Once(room.left), list[Pool]()
    pools = _by_givers(asked, room)
    again = Counter(giver for givers, _ in pools for giver in givers)
    for givers, theirs in pools:
        alike: Counter[tuple[Effort, int]] = Counter()
        for one in theirs:
            alike[one.effort, one.subject.mask] += one.number
        touches = alike.total()
        each = sum((effort[0] + effort[1]) * number for (effort, _), number in alike.items()) / touches
        flat = shares(((room.days(givers, *those), number) for those, number in alike.items()), room.number)
        if not (givers and each):
            found.append(Pool(theirs, flat, touches / FULL))
            continue
        minutes = [left[giver] for giver in givers]
        most = [sum(column) / each for column in zip(*minutes, strict=True)]
        pool = Pool(theirs, poured(flat, most), sum(most))
        found.append(pool)
        kept = [
            max(0.0, 1 - number / have) if have else 1 for number, have in zip(pool.shares, most, strict=True)
        ]
        for giver in givers:
            if again[giver] > 1:
                left[giver] = [*map(mul, left[giver], kept)]
    return found


def costs(
    pools: Iterable[Pool], room: Room, leaders: Iterable[str], minutes: int
) -> Mapping[str, Sequence[int]]:
    """Return by how many touches each week's share is less once a leader gives so many minutes to a group."""
    left = Once(room.left)
    touches, asked = ({one: [0.0] * room.number for one in leaders} for _ in range(2))
    for pool in pools:
        givers = room.givers(pool.asked[0].role, pool.asked[0].subject)
        if touches.keys().isdisjoint(givers):
            continue
        each = sum(sum(one.effort[:2]) * one.number for one in pool.asked) / sum(a.number for a in pool.asked)
        theirs = [sum(column) for column in zip(*(left[giver] for giver in givers), strict=True)]
        part = [share / all_ if all_ else 0.0 for share, all_ in zip(pool.shares, theirs, strict=True)]
        kept = [max(0.0, 1 - each * one) for one in part]
        for giver in givers:
            have = left[giver]
            left[giver] = [*map(mul, have, kept)]
            if giver in touches:
                mine = [*map(mul, have, part)]
                touches[giver] = [*map(add, touches[giver], mine)]
                asked[giver] = [*map(add, asked[giver], map(mul, mine, repeat(each)))]
    return {
        one: [
            round(min(all_, max(0.0, minutes - have)) * number / (all_ or 1))
            for have, number, all_ in zip(left[one], touches[one], asked[one], strict=True)
        ]
        for one in touches
    }


def week_shares(pools: Iterable[Pool], groups: Iterable[tuple[int, int]], weeks: int) -> tuple[float, ...]:
    """Return each week's share of all touches: everyone's over their own days, as far as minutes go.

    ``groups`` are (days available, touches) of those that owners' minutes do not hold back.
    """
    total = shares(groups, weeks)
    for pool in pools:
        total = tuple(map(sum, zip(total, pool.shares, strict=True)))
    return total


def too_many(pools: Iterable[Pool]) -> Counter[Mark]:
    """Return how many turns go beyond the minutes of those who give them.

    Who is owed most gives up first, spread evenly over all who are owed as many.
    """
    found: Counter[Mark] = Counter()
    for pool in pools:
        more = sum(one.number for one in pool.asked) - int(FULL * pool.room + EDGE)
        found.update(_spread(pool.asked, more) if more > 0 else ())
    return found


def poured(flat: Sequence[float], most: Sequence[float]) -> tuple[float, ...]:
    """Return shares like these, none above its most; what has no room anywhere lies on all as before."""
    now, rest, full = list(flat), 0.0, [False] * len(flat)
    while over := [week for week, share in enumerate(now) if not full[week] and share > most[week]]:
        for week in over:
            rest += now[week] - most[week]
            now[week], full[week] = most[week], True
        weight = sum(part for part, done in zip(flat, full, strict=True) if not done)
        if not weight:
            break
        now = [
            share if done else share + rest * part / weight
            for share, part, done in zip(now, flat, full, strict=True)
        ]
        rest = 0.0
    whole = sum(flat)
    return tuple(
        share + rest * part / whole if rest else share for share, part in zip(now, flat, strict=True)
    )


def _by_givers(asked: Iterable[Asked], room: Room) -> Sequence[tuple[Givers, list[Asked]]]:
    """Return what is asked of the same people, of few before many."""
    found: dict[int, tuple[Givers, list[Asked]]] = {}  # by identity, as in Room
    for one in asked:
        if one.number:
            givers = room.givers(one.role, one.subject)
            known = found.get(id(givers))
            if known is None:
                known = found[id(givers)] = (givers, [])
            known[1].append(one)
    return sorted(found.values(), key=_number_of_givers)


def _number_of_givers(one: tuple[Givers, object]) -> int:
    return len(one[0])


def _spread(asked: Sequence[Asked], number: int) -> Iterator[Mark]:
    for turns in range(max(one.number for one in asked), 0, -1):
        able = [(one.action, one.subject.id) for one in asked if one.number >= turns]
        some = min(number, len(able))
        yield from (able[turn * len(able) // some] for turn in range(some))
        number -= some
