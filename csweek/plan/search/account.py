"""What stands at everyone's touches, who holds it, and how full that makes the owners' weeks."""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from csweek.plan.owed.acts import Act
from csweek.plan.placing.ledger import Ledger
from csweek.plan.search.rounds import Round

Mark = tuple[int, int]
"""A round's number and the week of one of its touches."""


class Chore(Struct, frozen=True, eq=False, dict=True):
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
        self._goal: int | None = None
        self._above: set[tuple[str, int]] = set()
        """The owners' weeks that have more minutes than that."""

    @property
    def fullest(self) -> int:
        """The minutes of the fullest week of anybody who holds a touch."""
        return max((max(self.loads(owner)) for owner in {held.owner for held in self.at.values()}), default=0)

    @property
    def limit(self) -> int:
        """The minutes that an owner's week may have."""
        return max((self.ledger[owner].limit for owner in self.owners), default=0)

    def hold_back_at_limits(self) -> None:
        """Let exchanges fill every owner's week up to the limit, and no further."""
        self.settled = {owner: self.ledger[owner].limit for owner in self.owners}

    def hold_back_nobody(self) -> None:
        """Let exchanges fill every owner's week."""
        self.settled = dict.fromkeys(self.owners, sys.maxsize)

    @cached_property
    def owners(self) -> Sequence[str]:
        """Everyone who may hold a touch; "" is nobody."""
        return sorted({owner for chores in self.chores for chore in chores for owner in chore.ways})

    def beside(self, owner: str) -> list[int]:
        """Return the minutes of the weeks in which an owner is there, beside all touches here."""
        giver = self.ledger[owner]
        return [minutes for minutes, there in zip(giver.minutes, giver.weeks, strict=True) if there]

    def aim(self, goal: int) -> None:
        """From now on tell which owners' weeks have more minutes than that."""
        self._goal, self._above = goal, set()
        for at in self.by:
            self._weigh(at)

    @property
    def above(self) -> list[tuple[str, int]]:
        """The owners' weeks above the goal that have touches, in order."""
        return sorted(self._above)

    @property
    def excess(self) -> int:
        """By how many minutes owners' weeks are above the goal, those that have touches."""
        return sum(self.loads(owner)[week] - (self._goal or 0) for owner, week in self._above)

    def _weigh(self, at: tuple[str, int]) -> None:
        if self._goal is not None:
            full = self.by[at] and self.loads(at[0])[at[1]] > self._goal
            (self._above.add if full else self._above.discard)(at)

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
        if not act.before:
            return True
        early = self.ledger[owner].early[act.ahead][week]
        return load[early] + act.before + (act.minutes if early == week else 0) <= most

    def has_room(self, held: Held, week: int, gone: Iterable[tuple[Held, int]]) -> bool:
        """Whether an owner can in a week and has the minutes, preparation apart, once these have gone."""
        chore, owner = held
        if not chore.can(owner, week):
            return False
        if not owner:
            return True
        more = self.loads(owner)[week] + chore.act.minutes - self.settled.get(owner, self.most)
        at = (owner, week)
        return more <= 0 or more <= sum(
            minutes for each in gone for filled_up, minutes in self.filled(*each) if filled_up == at
        )

    def put(self, mark: Mark, held: Held) -> None:
        """Let this stand at a touch where nothing stands."""
        number, week = mark
        self.at[mark] = held
        self.inside[week][number] = None
        for at, minutes in self.filled(held, week):
            self.loads(at[0])[at[1]] += minutes
            self.by[at].add(mark)
            self._weigh(at)
        self._count(held, 1)

    def take(self, mark: Mark) -> Held:
        """Let nothing stand at a touch; return what stood there."""
        held = self.at.pop(mark)
        del self.inside[mark[1]][mark[0]]
        for at, minutes in self.filled(held, mark[1]):
            self.loads(at[0])[at[1]] -= minutes
            self.by[at].discard(mark)
            self._weigh(at)
        self._count(held, -1)
        return held

    def filled(self, held: Held, week: int) -> list[tuple[tuple[str, int], int]]:
        """Return the owner's weeks that this fills, with its preparation, and with how many minutes."""
        act, owner = held.chore.act, held.owner
        if not owner:
            return []
        early = self.ledger[owner].early[act.ahead][week] if act.before else week
        if early != week:
            return [((owner, week), act.minutes), ((owner, early), act.before)]
        return [((owner, week), act.minutes + act.before)]

    def _count(self, held: Held, times: int) -> None:
        act = held.chore.act.id
        self.given[act, held.owner] += times
        self.met[act, held.chore.person, held.owner] += times


State = tuple[Mapping[Mark, Held], Sequence[Sequence[int]]]
"""What stands at all touches, and the places of all rounds."""
