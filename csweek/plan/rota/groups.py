"""Small groups for meetings with a leader: who sits with whom, in which round, in which week."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, product
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from csweek.model.basics import Audience
from csweek.model.inputs import Inputs
from csweek.plan.again.stood import Stood
from csweek.plan.owed.acts import Act, Owed, Placed
from csweek.plan.owed.demand import Subject, as_group, as_subject, turns
from csweek.plan.placing.place import Placer
from csweek.plan.placing.slots import most_away
from csweek.plan.reach import fewer
from csweek.plan.rota.joining import fuller, has_others
from csweek.plan.when.days import Days, bits
from csweek.plan.when.hours import meeting_window, moments
from csweek.rows import REASON
from csweek.rows.reasons import reason_of

Hours = tuple[tuple[int, int], ...]
NEAR = 28
"""So many days from its own one a group that fell away may be held."""


class Book(Struct, frozen=True, dict=True):
    """What is kept while groups are dealt: the last ordinal by leader, and the weeks' room for groups."""

    numbers: Counter[str]
    room: list[int]
    """How many touches of groups each week may still have, so that it can be even with those of persons."""
    costs: Mapping[str, Sequence[int]] = {}
    """How many touches less a week can have when a leader holds a group in it, by leader."""

    held: set[int] = set()
    """The weeks that were taken: a single group may be more than its week's share."""

    @cached_property
    def _least(self) -> Sequence[int]:
        """What a group costs in each week at least."""
        return [min(column) for column in zip(*self.costs.values(), strict=True)] or [0] * len(self.room)

    def over(self, week: int, size: int) -> int:
        """Return by how many touches a group would overfill a week."""
        cost = self._least[week] if week in self.held else 0
        return max(0, size + cost - self.room[week])

    def take(self, week: int, size: int, leader: str) -> None:
        """Note that a leader's group has a week."""
        self.held.add(week)
        self.room[week] -= size + (self.costs[leader][week] if leader in self.costs else 0)


class Rota(Struct, frozen=True, dict=True):
    """The groups that found a week, and the persons who are in none, each once."""

    placed: tuple[Placed, ...]
    left: tuple[str, ...]


def owed_groups(act: Act, everyone: Iterable[Subject], inputs: Inputs, days: Days) -> Mapping[str, int]:
    """Return how many groups each person is owed; leaders hold them."""
    leaders = set(inputs.people.leaders)
    return {
        s.id: fewer(turns(act.offer, s, days), act.offer.stretch) for s in everyone if s.id not in leaders
    }


def apart(
    act: Act, lacking: Mapping[Subject, int], rounds: int, inputs: Inputs, placer: Placer
) -> frozenset[str]:
    """Return who shares no hour with a leader whom they may meet, in the rounds that they lack: the last."""
    leaders = frozenset(inputs.people.leaders)
    weeks = [sum(1 << week for week in {day // 7 for day in bits(one)}) for one in _stretches(act, rounds)]
    return frozenset(
        person.id
        for person, number in lacking.items()
        for those in (sum(weeks[-number:]),)
        if not any(
            placer.share_a_week(act, person, one, those) for one in leaders - placer.owners.barred(person)
        )
    )


def named(groups: Iterable[Placed]) -> list[Placed]:
    """Return the groups of a fresh year named after those who lead them, and numbered."""
    numbers: Counter[str] = Counter()
    found: list[Placed] = []
    for owed, seat in groups:
        leader = seat.owner or ""
        numbers[leader] += 1
        subject = replace(owed.subject, id=leader)
        found.append((replace(owed, subject=subject, ordinal=numbers[leader]), seat))
    return found


def named_as_before(groups: Iterable[Placed], before: Iterable[Stood], numbers: Counter[str]) -> list[Placed]:
    """Return groups that are put together anew: one most of whose people sat together is the same event.

    Others are named after those who lead them, with the numbers that follow.
    """
    placed, left = list(groups), list(before)
    at_table: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(left):
        for person in one.recipients:
            at_table[person].append(number)
    alike: list[tuple[int, int, int, int]] = []
    for at, (owed, seat) in enumerate(placed):
        people = owed.subject.recipients
        for number, common in Counter(table for person in people for table in at_table[person]).items():
            one = left[number]
            if 2 * common > max(len(people), len(one.recipients)):
                same = (one.owner == seat.owner) + (one.day == seat.day)
                alike.append((-common, -same, at, number))
    taken: dict[int, Stood] = {}
    used: set[int] = set()
    for _, _, at, number in sorted(alike):
        if at not in taken and number not in used:
            taken[at] = left[number]
            used.add(number)
    found: list[Placed] = []
    for at, (owed, seat) in enumerate(placed):
        known, leader = taken.get(at), seat.owner or ""
        if known is None:
            numbers[leader] += 1
        subject = replace(owed.subject, id=known.subject if known else leader)
        ordinal = known.ordinal if known else numbers[leader]
        found.append((replace(owed, subject=subject, ordinal=ordinal), seat))
    return found


def moved(
    act: Act, fallen: Iterable[Stood], lacking: Mapping[str, int], placer: Placer, inputs: Inputs, book: Book
) -> Iterator[Placed]:
    """Yield groups that fell away on another day near theirs, with those in them who lack one, as they were.

    Their leader holds them again where that can be, else another one.
    """
    there, left = bits(act.mask), Counter(lacking)
    for one in sorted(fallen, key=lambda one: (one.day, one.subject, one.ordinal)) if there else ():
        members = tuple(person for person in one.recipients if left[person] > 0)
        if members:
            first, last = max(there[0], one.day - NEAR), min(there[-1], one.day + NEAR)
            said = reason_of(one.row[REASON])
            turn, of = (int(said.get(name) or 1) for name in ("turn", "of"))
            subject = as_group(members, inputs, placer.days)
            owed = Owed(act, subject, 0, one.day, first, last, turn, of)
            found = _try(owed, placer, book, one.owner, again=True)
            if found:
                left.subtract(members)
                owed, seat = found
                named = replace(owed.subject, id=one.subject)
                yield replace(owed, subject=named, ordinal=one.ordinal), seat


def rota(
    act: Act,
    owed: Mapping[str, int],
    inputs: Inputs,
    placer: Placer,
    met: Mapping[str, int],
    book: "Book",
) -> Rota:
    """Deal one action's rounds of groups; ``owed`` is from ``owed_groups``.

    ``met`` tells how many of this year's groups somebody is in already. Everyone is met once before
    anyone is met twice: a round takes those whose turn it is.
    """
    days = placer.days
    rounds = max(owed.values(), default=0)
    placed: list[Placed] = []
    left: list[str] = []
    stretches = _stretches(act, rounds)
    part = {p: _rounds_of(days.person[p], times, stretches)[met.get(p, 0) :] for p, times in owed.items()}
    for number in range(rounds):
        due = [p for p in owed if number in part[p]]
        mine: list[Placed] = []
        for group in _round(act, due, (number, rounds), stretches[number], placer, inputs):
            found = _seat(group, placer, book, inputs)
            mine += found
            seated = {person for one, _ in found for person in one.subject.recipients}
            left += [p for p in group.subject.recipients if p not in seated]
        placed += fuller(act, mine, placer, inputs, book.room)
    return Rota(tuple(placed), tuple(dict.fromkeys(left)))


def _stretches(act: Act, rounds: int) -> list[int]:
    """Return the days of each round: the weeks with open ones in as many equal parts."""
    weeks = sorted({day // 7 for day in bits(act.mask)})
    parts = (weeks[len(weeks) * n // rounds : len(weeks) * (n + 1) // rounds] for n in range(rounds))
    return [act.mask & sum(0b1111111 << 7 * week for week in part) for part in parts]


def _rounds_of(mask: int, times: int, stretches: Sequence[int]) -> list[int]:
    """Return the rounds in which somebody owed so many turns sits, from the first in which they are there."""
    there = [n for n, stretch in enumerate(stretches) if mask & stretch]
    return [there[len(there) * turn // times] for turn in range(min(times, len(there)))]


def _round(
    act: Act, due: Sequence[str], of: tuple[int, int], stretch: int, placer: Placer, inputs: Inputs
) -> Iterator[Owed]:
    """Yield the groups of a round, their wishes evenly within its stretch of days."""
    number, rounds = of
    groups = list(_groups(act, due, placer, inputs))
    there = bits(stretch)
    for rank, members in enumerate(groups if there else ()):
        wish = there[int((rank + 0.5) / len(groups) * len(there))]
        subject = as_group(members, inputs, placer.days)
        yield Owed(act, subject, 0, wish, there[0], there[-1], number + 1, rounds)


def _groups(act: Act, due: Sequence[str], placer: Placer, inputs: Inputs) -> Iterator[tuple[str, ...]]:
    """Yield groups of people who share hours and leaders, never too many of one team."""
    alike: defaultdict[tuple[Hours, tuple[str, ...]], list[str]] = defaultdict(list)
    leaders = frozenset(inputs.people.leaders)
    for person in due:
        barred = placer.owners.barred(_alone(person)) & leaders
        alike[_hours(person, placer, inputs), tuple(sorted(barred))].append(person)
    for (_, barred_ones), members in sorted(alike.items()):
        if len(barred_ones) < len(leaders):
            yield from _dealt(act, members, inputs, placer)
        else:
            yield from ((member,) for member in members)


def _hours(person: str, placer: Placer, inputs: Inputs) -> Hours:
    """Return when somebody can be met in winter and in summer, so that only common hours sit together."""
    known = inputs.people.persons[person]
    timezone = inputs.settings.sites[known.site].timezone
    ends = (0, 7 * placer.days.year.weeks // 2)
    windows = (moments(meeting_window(known.work), timezone, placer.days.date(day), 0) for day in ends)
    return tuple(windows)


def _alone(person: str) -> Subject:
    return Subject(person, Audience.PERSON, "", 0, 0, None, (person,))


def _dealt(act: Act, members: Sequence[str], inputs: Inputs, placer: Placer) -> Iterable[tuple[str, ...]]:
    """Deal people round the table, team by team, into as few groups as their size and teams allow.

    Once some have met leaders, those sit together who have one left that none of them has met.
    """
    people = inputs.people
    by_team = Counter(people.persons[m].team for m in members)
    limit = inputs.settings.limits.max_team_away
    most = {team: most_away(team, people, limit) for team in by_team}
    number = max(
        ceil(len(members) / act.offer.action.group_size[1]),
        *(ceil(count / most[team]) for team, count in by_team.items()),
    )
    ordered = sorted(members, key=lambda m: (people.persons[m].team or "", m))
    met = {m: placer.met_again(act, _alone(m)) or placer.met_last(act, _alone(m)) for m in members}
    if not any(met.values()):
        return (tuple(ordered[start::number]) for start in range(number))
    alone = as_group(members[:1], inputs, placer.days)
    may = set(people.leaders) - placer.owners.barred(alone)
    able = {leader for leader in may if placer.share_a_week(act, alone, leader)}
    tables = [_Table(able) for _ in range(number)]
    size = ceil(len(members) / number)
    for member in sorted(ordered, key=lambda m: (-len(met[m]), sorted(met[m]))):
        team = people.persons[member].team
        free = [one for one in tables if len(one.members) < size and one.teams[team] < most[team]]
        if not free:
            free = [_Table(able)]
            tables += free
        min(free, key=lambda one: one.worse(met[member])).seat(member, team, met[member])
    return (tuple(table.members) for table in tables if table.members)


class _Table:
    """People who sit together, and the leaders whom none of them has met."""

    def __init__(self, able: set[str]) -> None:
        self.members: list[str] = []
        self.teams: Counter[str | None] = Counter()
        self._left = set(able)

    def worse(self, met: set[str]) -> tuple[bool, int, int]:
        """Return how badly somebody who has met these leaders fits in; the least is best."""
        return self._left <= met, len(self._left & met), len(self.members)

    def seat(self, member: str, team: str | None, met: set[str]) -> None:
        """Let somebody sit down."""
        self.members.append(member)
        self.teams[team] += 1
        self._left -= met


def _seat(owed: Owed, placer: Placer, book: Book, inputs: Inputs) -> list[Placed]:
    """Place a group, or where no week has them all its two halves, down to nobody."""
    members = owed.subject.recipients
    found = _try(owed, placer, book)
    if found is None and (len(members) == 1 or not _some_have_others(owed, placer, inputs)):
        found = _try(owed, placer, book, again=True)
    if found or len(members) == 1:
        return [found] if found else []
    halves = (as_group(half, inputs, placer.days) for half in (members[::2], members[1::2]))
    return [seat for half in halves for seat in _seat(replace(owed, subject=half), placer, book, inputs)]


def _some_have_others(owed: Owed, placer: Placer, inputs: Inputs) -> bool:
    persons = (inputs.people.persons[member] for member in owed.subject.recipients)
    return any(has_others(owed.act, as_subject(person, placer.days), placer) for person in persons)


def _try(
    owed: Owed, placer: Placer, book: Book, leader: str | None = None, *, again: bool = False
) -> Placed | None:
    """Place a group in the nearest week in which it and a leader can, then name it after that leader.

    ``leader`` is asked before others, and one whom somebody has met more often than others only ``again``.
    """
    members, taken = owed.subject.recipients, 0
    for member in members:
        taken |= placer.ledger.touched[member]
    size = len(members)
    free = [week for week in range(owed.first // 7, owed.last // 7 + 1) if not taken >> week & 1]
    weeks = sorted(free, key=lambda n: (book.over(n, size), abs(n - owed.wish // 7), n))
    own = leader in placer.owners.of(owed.act.role, owed.subject).first
    mine = (placer.with_owner(owed, week, leader or "") for week in weeks if own)
    met, last = placer.met_again(owed.act, owed.subject), placer.met_last(owed.act, owed.subject)
    waits: Sequence[Collection[str]] = (met | last, met, *([()] if again else []))
    others = (placer.with_leader(owed, week, wait) for wait, week in product(waits, weeks))
    for seat in chain(mine, others):
        if seat and seat.owner:
            book.numbers[seat.owner] += 1
            week = seat.day // 7
            book.take(week, size, seat.owner)
            for member in members:
                placer.ledger.touched[member] |= 1 << week
            named = replace(owed.subject, id=seat.owner)
            return replace(owed, subject=named, ordinal=book.numbers[seat.owner]), seat
    return None
