"""Free chairs in small groups: for who comes later, who found no group, or only one that is too small."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from csweek.model.basics import Audience
from csweek.model.inputs import Inputs
from csweek.plan.again.holding import Known
from csweek.plan.owed.acts import Act, Placed
from csweek.plan.owed.demand import Subject, as_group, as_subject
from csweek.plan.placing.place import Placer
from csweek.plan.placing.slots import most_away
from csweek.plan.when.days import bits
from csweek.plan.when.hours import Window

NEAR = 28
"""Days within which nobody sits in a second group."""
ASKED = 40
"""So many larger groups are asked for somebody who joins a smaller one."""

ALWAYS = 1 << 30
"""The room of a week for who comes later: nobody is counted then."""
NOBODY: Mapping[str, int] = {}


class Group(NamedTuple):
    """A small group that has its day and its leader."""

    at: int
    """Its position in the caller's list."""
    day: int
    owner: str
    recipients: tuple[str, ...]
    window: Window | None


def standing_groups(known: Iterable[Known], act: Act) -> Iterator[Group]:
    """Yield the groups of an action that stand ahead."""
    for at, (one, now) in enumerate(known):
        if now is act and one.kind.audience is Audience.GROUP and one.owner:
            yield Group(at, one.day, one.owner, one.recipients, one.window)


def dealt_groups(placed: Sequence[Placed]) -> Iterator[Group]:
    """Yield groups that were dealt."""
    for at, (owed, seat) in enumerate(placed):
        if seat.owner:
            window = None if seat.start is None else (seat.start, seat.start + owed.act.minutes)
            yield Group(at, seat.day, seat.owner, owed.subject.recipients, window)


def joining(
    act: Act, lacking: Mapping[Subject, int], groups: Iterable[Group], placer: Placer, inputs: Inputs
) -> Iterator[tuple[int, str]]:
    """Yield who joins which group, at most so often; each is booked, and nothing moves.

    Of the groups with a free chair that somebody can be in it is one with a leader whom they have met
    least, nearest to their ideal moment.
    """
    chairs = _Chairs(act, groups, placer, inputs, [ALWAYS] * placer.days.year.weeks)
    for subject, number in lacking.items():
        there = bits(subject.mask & act.mask)
        for turn in range(number if there else 0):
            ideal = there[int((turn + 0.5) / number * len(there))]
            best = min(chairs.free(subject), key=lambda one: chairs.rank(one, subject, ideal), default=None)
            if best is not None:
                chairs.take(best, subject)
                yield best.at, subject.id


def with_person(placed: Placed, person: str, placer: Placer, inputs: Inputs) -> Placed:
    """Return a group with one more person in it."""
    return _with(placed, (*placed[0].subject.recipients, person), placer, inputs)


def _with(placed: Placed, members: tuple[str, ...], placer: Placer, inputs: Inputs) -> Placed:
    """Return a group with these people in it."""
    owed, seat = placed
    if members == owed.subject.recipients:
        return placed
    was = owed.subject
    whom = replace(as_group(members, inputs, placer.days), id=was.id, site=was.site)
    now = replace(owed, subject=whom)
    return now, placer.with_others(now, seat)


def fuller(
    act: Act, placed: Sequence[Placed], placer: Placer, inputs: Inputs, room: list[int]
) -> list[Placed]:
    """Return a round's groups with as few as can be that are smaller than the action asks for.

    One of which all find a chair in others is dissolved, else one or another of a larger group joins it.
    Nobody is put to a leader whom they have met more often than others, or in their last group, and no week
    gets more than it has ``room`` for.
    """
    least = act.offer.action.group_size[0]
    chairs = _Chairs(act, dealt_groups(placed), placer, inputs, room)
    small = sorted((len(one.recipients), one.at) for one in chairs if len(one.recipients) < least)
    for _, at in small:
        chairs.dissolve(at, placed[at])
    for one in [*chairs]:
        chairs.fill(one.at)
    members = {one.at: one.recipients for one in chairs}
    return [
        _with(each, members.get(at, each[0].subject.recipients), placer, inputs)
        for at, each in enumerate(placed)
        if at in members or each[1].owner is None
    ]


def has_others(act: Act, person: Subject, placer: Placer) -> bool:
    """Whether somebody has an hour with a leader whom they have not met more often than others."""
    able = set(placer.owners.leaders(person)) - placer.met_again(act, person)
    return any(placer.share_a_week(act, person, leader) for leader in able)


class _Chairs:
    """The groups of one action, and who can still sit in them."""

    def __init__(
        self, act: Act, groups: Iterable[Group], placer: Placer, inputs: Inputs, room: list[int]
    ) -> None:
        """``room`` tells how many more each week may have."""
        self._act = act
        self._placer = placer
        self._inputs = inputs
        self._room = room
        self._most = act.offer.action.group_size[1]
        self._groups: dict[int, Group] = {}
        self._open: defaultdict[int, dict[int, Group]] = defaultdict(dict)
        """Those with a free chair, by day."""
        self._days: defaultdict[str, Counter[int]] = defaultdict(Counter)
        """The days of everybody's groups."""
        for one in groups:
            self._set(one)

    def __iter__(self) -> Iterator[Group]:
        """Yield the groups as they are now."""
        return iter(self._groups.values())

    def _set(self, one: Group) -> None:
        """Let a group be as it is now."""
        was = self._groups.get(one.at)
        if was:
            self._unseat(was)
        self._groups[one.at] = one
        if len(one.recipients) < self._most:
            self._open[one.day][one.at] = one
        for person in one.recipients:
            self._days[person][one.day] += 1

    def _unseat(self, one: Group) -> None:
        self._open[one.day].pop(one.at, None)
        for person in one.recipients:
            self._days[person][one.day] -= 1

    def free(self, subject: Subject) -> Iterator[Group]:
        """Yield the groups in which somebody can sit."""
        own = [day for day, number in self._days[subject.id].items() if number]
        barred = self._placer.owners.barred(subject)
        for day, groups in self._open.items():
            if groups and self._has_day(day, subject, own):
                yield from (
                    one for one in groups.values() if one.owner not in barred and self._can(one, subject)
                )

    def _has_day(self, day: int, subject: Subject, own: Iterable[int]) -> bool:
        """Whether somebody with groups on these days can have one more on a day, and its week has room."""
        there = subject.mask >> day & 1 and not self._placer.ledger.touched[subject.id] >> day // 7 & 1
        return bool(there) and self._room[day // 7] > 0 and all(abs(day - other) > NEAR for other in own)

    def _can(self, one: Group, subject: Subject) -> bool:
        """Whether somebody is free at the hour of a group, and may be away from the team then."""
        if one.window is None:
            return True
        agenda, ledger = self._placer.agenda, self._placer.ledger
        low, high = agenda.meeting(subject, one.day)
        if (
            one.window[0] < low
            or high < one.window[1]
            or ledger.busy(agenda.needed(subject, None), *one.window)
        ):
            return False
        number = sum(ledger.away(subject.team, *one.window).values())
        return number < most_away(
            subject.team, self._inputs.people, self._inputs.settings.limits.max_team_away
        )

    def rank(self, one: Group, subject: Subject, ideal: int) -> tuple[int, int, int]:
        """Return how good a chair is, the least being the best."""
        met = self._placer.ledger.met.get((self._act.id, subject.id), NOBODY).get(one.owner, 0)
        return met, abs(one.day - ideal), one.at

    def dissolve(self, at: int, placed: Placed) -> None:
        """Seat everybody of a group that is too small in others; where not all find a chair it stays."""
        was = self._groups[at]
        if len(was.recipients) >= self._act.offer.action.group_size[0]:
            return
        owed, seat = _with(placed, was.recipients, self._placer, self._inputs)
        members = [self._subject(one) for one in was.recipients]
        self._unseat(self._groups.pop(at))
        self._placer.release(owed, seat)
        for one in members:
            self._touch(one, seat.day, -1)
            self._room[seat.day // 7] += 1
        taken: list[tuple[Group, Subject]] = []
        for one in members:
            free = (group for group in self.free(one) if self._welcome(group, one))
            best = min(free, key=lambda other: self.rank(other, one, seat.day), default=None)
            if best is None:
                break
            self._move(best, one)
            taken.append((best, one))
        if len(taken) == len(members):
            return
        for other, one in reversed(taken):
            self._move(other, one, -1)
        self._placer.take(owed, seat)
        self._set(was)
        for one in members:
            self._touch(one, seat.day, 1)
            self._room[seat.day // 7] -= 1

    def fill(self, at: int) -> None:
        """Let people of larger groups join one that is too small, while these stay large enough."""
        least = self._act.offer.action.group_size[0]
        while len(self._groups[at].recipients) < least:
            one = self._groups[at]
            larger = sorted(
                (other for other in self if len(other.recipients) > least),
                key=lambda other: (-len(other.recipients), abs(other.day - one.day)),
            )
            if not any(self._joins(one, other) for other in larger[:ASKED]):
                break

    def _joins(self, one: Group, other: Group) -> bool:
        """Let the first who can leave a larger group for a smaller one."""
        for person in other.recipients:
            subject = self._subject(person)
            rest = other._replace(recipients=tuple(p for p in other.recipients if p != person))
            self._move(rest, subject, -1)
            if self._suits(one, subject) and self._welcome(one, subject):
                self._move(one, subject)
                return True
            self._book(other, subject, 1)
            self._set(other)
            self._room[other.day // 7] -= 1
        return False

    def _suits(self, one: Group, subject: Subject) -> bool:
        """Whether somebody who is in no group of the round can sit in this one."""
        barred = self._placer.owners.barred(subject)
        return self._has_day(one.day, subject, ()) and one.owner not in barred and self._can(one, subject)

    def _welcome(self, one: Group, subject: Subject) -> bool:
        """Whether others than its leader are not to be met first."""
        act, placer = self._act, self._placer
        waiting = placer.met_again(act, subject) | placer.met_last(act, subject)
        return one.owner not in waiting or not has_others(act, subject, placer)

    def _move(self, one: Group, subject: Subject, times: int = 1) -> None:
        """Seat somebody in a group; with -1 it is the group without them from then on."""
        if times > 0:
            self.take(one, subject)
        else:
            self._set(one)
            self._book(one, subject, -1)
        self._room[one.day // 7] -= times

    def _subject(self, person: str) -> Subject:
        return as_subject(self._inputs.people.persons[person], self._placer.days)

    def take(self, one: Group, subject: Subject) -> None:
        """Seat somebody, and book it."""
        self._set(one._replace(recipients=(*one.recipients, subject.id)))
        self._book(one, subject, 1)

    def _book(self, one: Group, subject: Subject, times: int) -> None:
        ledger = self._placer.ledger
        self._touch(subject, one.day, times)
        ledger.meet(self._act.id, subject.id, one.owner, times)
        if one.window:
            account = ledger.take if times > 0 else ledger.free
            account([f"p:{subject.id}"], *one.window)
            ledger.leave(subject.team, one.window, times)

    def _touch(self, subject: Subject, day: int, times: int) -> None:
        touched, week = self._placer.ledger.touched, 1 << day // 7
        touched[subject.id] = touched[subject.id] | week if times > 0 else touched[subject.id] & ~week
