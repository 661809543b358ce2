"""Free chairs in small groups: for who comes later, and for who found no group of their own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from csweek.model.basics import Audience
from csweek.model.inputs import Inputs
from csweek.plan.again.holding import Known
from csweek.plan.again.stood import window_of
from csweek.plan.owed.acts import Act, Placed
from csweek.plan.owed.demand import Subject
from csweek.plan.placing.place import Placer
from csweek.plan.placing.slots import most_away
from csweek.plan.when.days import bits
from csweek.plan.when.hours import Window

NEAR = 28
"""Days within which nobody sits in a second group."""


class Group(NamedTuple):
    """A small group that has its day and its leader."""

    at: int
    """Its position in the caller's list."""
    day: int
    owner: str
    recipients: tuple[str, ...]
    window: Window | None


def standing_groups(known: Iterable[Known], act: Act, placer: Placer) -> Iterator[Group]:
    """Yield the groups of an action that stand ahead."""
    for at, (one, now) in enumerate(known):
        if now is act and one.kind.audience is Audience.GROUP and one.owner:
            yield Group(at, one.day, one.owner, one.recipients, window_of(one, placer.days))


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
    chairs = _Chairs(act, groups, placer, inputs)
    for subject, number in lacking.items():
        there = bits(subject.mask & act.mask)
        for turn in range(number if there else 0):
            ideal = there[int((turn + 0.5) / number * len(there))]
            best = min(chairs.free(subject), key=lambda one: chairs.rank(one, subject, ideal), default=None)
            if best is not None:
                chairs.take(best, subject)
                yield best.at, subject.id


class _Chairs:
    """The groups of one action, and who can still sit in them."""

    def __init__(self, act: Act, groups: Iterable[Group], placer: Placer, inputs: Inputs) -> None:
        self._act = act
        self._groups = {one.at: one for one in groups}
        self._placer = placer
        self._people = inputs.people
        self._share = inputs.settings.limits.max_team_away

    def free(self, subject: Subject) -> Iterator[Group]:
        """Yield the groups in which somebody can sit."""
        barred = self._placer.owners.barred(subject)
        touched = self._placer.ledger.touched[subject.id]
        most = self._act.offer.action.group_size[1]
        own = [one.day for one in self._groups.values() if subject.id in one.recipients]
        for one in self._groups.values():
            there = subject.mask >> one.day & 1 and not touched >> one.day // 7 & 1
            apart = all(abs(one.day - day) > NEAR for day in own)
            if (
                there
                and apart
                and len(one.recipients) < most
                and one.owner not in barred
                and self._can(one, subject)
            ):
                yield one

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
        return number < most_away(subject.team, self._people, self._share)

    def rank(self, one: Group, subject: Subject, ideal: int) -> tuple[int, int, int]:
        """Return how good a chair is, the least being the best."""
        met = self._placer.ledger.met[self._act.id, subject.id][one.owner]
        return met, abs(one.day - ideal), one.at

    def take(self, one: Group, subject: Subject) -> None:
        """Seat somebody, and book it."""
        self._groups[one.at] = one._replace(recipients=(*one.recipients, subject.id))
        ledger = self._placer.ledger
        ledger.touched[subject.id] |= 1 << one.day // 7
        ledger.meet(self._act.id, subject.id, one.owner)
        if one.window:
            ledger.take([f"p:{subject.id}"], *one.window)
            ledger.leave(subject.team, one.window, 1)
