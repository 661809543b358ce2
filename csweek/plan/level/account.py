"""What stands at everyone's touches, who holds it, and how full that makes the owners' weeks."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from csweek.plan.acts import Act
from csweek.plan.ledger import Ledger
from csweek.plan.level.rounds import Round

Mark = tuple[int, int]
"""A round's number and the week of one of its touches."""


@dataclass(frozen=True, eq=False)
class Chore:
    """An action owed to a person, with the weeks (as bits) in which each of its owners can."""

    act: Act
    person: str
    ways: Mapping[str, int]

    def can(self, owner: str, week: int) -> bool:
        """Whether an owner can in a week."""
        return bool(self.ways.get(owner, 0) >> week & 1)


class Held(NamedTuple):
    """What stands at a touch, and who holds it."""

    chore: Chore
    owner: str


class Account:
    """The touches of rounds with what they are and who holds them."""

    def __init__(self, rounds: Sequence[Round], chores: Sequence[Sequence[Chore]], ledger: Ledger) -> None:
        """``chores`` are each round's, in their order, one for each touch that can be moved."""
        self.at: dict[Mark, Held] = {}
        self.rounds = rounds
        self.chores = chores
        self.ledger = ledger
        self._load: dict[str, list[int]] = {}
        self.by: defaultdict[tuple[str, int], set[Mark]] = defaultdict(set)
        """The touches that an owner's week is filled by, also by preparing them."""
        self.inside: defaultdict[int, dict[int, None]] = defaultdict(dict)
        """The rounds that have a touch in a week."""
        self.given: Counter[tuple[str, str]] = Counter()
        """Touches by action and owner."""
        self.met: Counter[tuple[str, str, str]] = Counter()
        """Touches by action, person and owner."""
        self.settled: dict[str, int] = {}
        """Owners whose fullest week cannot be relieved, and the minutes of it."""
        self.most = 0
        """Up to so many minutes an exchange may fill the weeks of all others."""

    @property
    def fullest(self) -> int:
        """The minutes of the fullest week of anybody who holds a touch."""
        return max((max(self.loads(owner)) for owner in {held.owner for held in self.at.values()}), default=0)

    def hold_back_at_limits(self) -> None:
        """Let exchanges fill every owner's week up to the limit, and no further."""
        owners = {owner for chores in self.chores for chore in chores for owner in chore.ways}
        self.settled = {owner: self.ledger[owner].limit for owner in owners}

    def beside(self, owner: str) -> list[int]:
        """Return the minutes of the weeks in which an owner is there, beside all touches here."""
        giver = self.ledger[owner]
        return [minutes for minutes, there in zip(giver.minutes, giver.weeks, strict=True) if there]

    def over(self, goal: int) -> Iterator[list[Mark]]:
        """Yield the touches of each owner's week that has more minutes than that."""
        for (owner, week), marks in self.by.items():
            if marks and self.loads(owner)[week] > goal:
                yield sorted(marks)

    def state(self) -> "State":
        """Return what stands where."""
        return dict(self.at), [tuple(one.at) for one in self.rounds]

    def restore(self, state: "State") -> None:
        """Put everything back to where it was."""
        for mark in list(self.at):
            self.take(mark)
        for one, at in zip(self.rounds, state[1], strict=True):
            one.put(at)
        for mark, held in state[0].items():
            self.put(mark, held)

    def loads(self, owner: str) -> list[int]:
        """Return the minutes of an owner's weeks."""
        if owner not in self._load:
            self._load[owner] = list(self.ledger[owner].minutes)
        return self._load[owner]

    def fits(self, held: Held, week: int) -> bool:
        """Whether an owner can in a week, and has the minutes."""
        chore, owner = held
        if not chore.can(owner, week):
            return False
        if not owner:
            return True
        load, most = self.loads(owner), self.settled.get(owner, self.most)
        act = chore.act
        if load[week] + act.minutes > most:
            return False
        early = max(0, week - act.ahead)
        return not act.before or load[early] + act.before + (act.minutes if early == week else 0) <= most

    def put(self, mark: Mark, held: Held) -> None:
        """Let this stand at a touch where nothing stands."""
        number, week = mark
        self.at[mark] = held
        self.inside[week][number] = None
        self._book(mark, held, 1)
        for at, _ in filled(held, week):
            self.by[at].add(mark)

    def take(self, mark: Mark) -> Held:
        """Let nothing stand at a touch; return what stood there."""
        held = self.at.pop(mark)
        del self.inside[mark[1]][mark[0]]
        self._book(mark, held, -1)
        for at, _ in filled(held, mark[1]):
            self.by[at].discard(mark)
        return held

    def _book(self, mark: Mark, held: Held, times: int) -> None:
        for (owner, week), minutes in filled(held, mark[1]):
            self.loads(owner)[week] += times * minutes
        self.given[held.chore.act.id, held.owner] += times
        self.met[held.chore.act.id, held.chore.person, held.owner] += times


State = tuple[Mapping[Mark, Held], Sequence[Sequence[int]]]
"""What stands at all touches, and the places of all rounds."""


def filled(held: Held, week: int) -> list[tuple[tuple[str, int], int]]:
    """Return the owner's weeks that this fills, with its preparation, and with how many minutes."""
    act, owner = held.chore.act, held.owner
    if not owner:
        return []
    early = max(0, week - act.ahead)
    if act.before and early != week:
        return [((owner, week), act.minutes), ((owner, early), act.before)]
    return [((owner, week), act.minutes + act.before)]
