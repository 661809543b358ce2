"""Which action each touch is and who holds it: dealt in turn, then exchanged until owners' weeks are level.

Every exchange keeps the weeks' numbers of touches, everyone's gaps, and how many of an action each owner
gives: two touches of a person change their actions, two persons' touches change their weeks, or two
owners take each other's. The fullest week of all is relieved first, for as long as one exchange does it.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import chain
from math import inf

from csweek.plan.level.pools import FULL
from csweek.plan.search.account import Account, Chore, Held, Mark

EXCHANGES = 3000
"""So many are made at most."""
Step = tuple[int, int, int]
"""A round's number, the week that its touch leaves and the one that it goes to."""


class Desk(Account):
    """Deals touches out, and exchanges them."""

    def deal(self) -> None:
        """Give every touch an action and, of those who gave least of it, the owner with least to do.

        Whose minutes are needed for what nobody else can give takes no more than what is left of them.
        """
        left = self._left()
        for number, (one, chores) in enumerate(zip(self.rounds, self.chores, strict=True)):
            for week, chore in _possible(one.goals, chores):
                able = [owner for owner in chore.ways if chore.can(owner, week)] or list(chore.ways)
                if able:
                    owner = min(able, key=lambda owner: self._rank(chore, owner, week, left))
                    self.put((number, week), Held(chore, owner))
                    if len(chore.ways) > 1:
                        left[owner] -= _minutes(chore)

    def _left(self) -> dict[str, float]:
        """Return the minutes that everyone has in the year beside what nobody else can give."""
        left = {owner: FULL * self._minutes_in_year(owner) for owner in self.owners}
        for chore in chain.from_iterable(self.chores):
            if len(chore.ways) == 1:
                left[next(iter(chore.ways))] -= _minutes(chore)
        return left

    def _minutes_in_year(self, owner: str) -> float:
        return sum(max(0, self.ledger[owner].limit - had) for had in self.beside(owner)) if owner else inf

    def _rank(
        self, chore: Chore, owner: str, week: int, left: Mapping[str, float]
    ) -> tuple[bool, bool, int, int, int, str]:
        act, load = chore.act, self.loads(owner)
        given = self.given[act.id, owner] + (self.ledger.given[act.id][owner] if act.shared else 0)
        met = self.met[act.id, chore.person, owner]
        over = bool(owner) and load[week] + act.minutes > self.ledger[owner].limit
        return left[owner] < _minutes(chore), over, given, met, load[week], owner

    def settle(self) -> None:
        """Move what cannot be where it is, bring weeks under the limit, then relieve the fullest ones."""
        for mark in sorted(mark for mark, (chore, owner) in self.at.items() if not chore.can(owner, mark[1])):
            held = self.at.get(mark)
            if held and not held.chore.can(held.owner, mark[1]):
                self.most = self.ledger[held.owner].limit
                self._changed(mark)
        for owner, week in sorted(at for at, marks in self.by.items() if marks and self._over(*at)):
            self.most = self.ledger[owner].limit
            while self._over(owner, week) and self._relieved(owner, week):
                pass
            if self._over(owner, week):
                self.settled[owner] = self.most
        self._relieve()

    def _over(self, owner: str, week: int) -> bool:
        return self.loads(owner)[week] > self.ledger[owner].limit

    def _relieve(self) -> None:
        heap = [(-self.loads(owner)[week], owner, week) for (owner, week), marks in self.by.items() if marks]
        heapify(heap)
        left = EXCHANGES
        while heap and left:
            known, owner, week = heappop(heap)
            now = self.loads(owner)[week]
            if owner in self.settled or not self.by[owner, week]:
                continue
            if now != -known:
                heappush(heap, (-now, owner, week))
                continue
            self.most = now - 1
            changed = self._relieved(owner, week)
            left -= 1
            if changed:
                for mark in {(owner, week), *changed}:
                    heappush(heap, (-self.loads(mark[0])[mark[1]], *mark))
            else:
                self.settled[owner] = now

    # --- exchanges by others --------------------------------------------------------------------------

    def exchanges(self, mark: Mark) -> Iterator["Change"]:
        """Yield how a touch changes places with another one."""
        for ways in (self._actions, self._takers, self._weeks):
            yield from ways(mark)

    def exchange(self, mark: Mark, change: "Change") -> Sequence[tuple[str, int]]:
        """Let a touch change places with another one, if both fit; return what that fills."""
        one, two, other, places = change
        return self._exchanged(mark, other, (one, two), places)

    # --- what relieves an owner ----------------------------------------------------------------------

    def _relieved(self, owner: str, week: int) -> Sequence[tuple[str, int]]:
        """Make the first exchange that relieves a week; return the owners' weeks that it filled up."""
        changes = (self._changed(mark) for mark in sorted(self.by[owner, week]))
        return next((filled for filled in changes if filled), ())

    def _changed(self, mark: Mark) -> Sequence[tuple[str, int]]:
        """Make the first exchange that takes a touch from where it is; return what it filled up."""
        for change in self.exchanges(mark):
            done = self.exchange(mark, change)
            if done:
                return done
        return self._turned(mark)

    def _exchanged(
        self, one: Mark, two: Mark, held: tuple[Held, Held], places: tuple[Mark, Mark]
    ) -> Sequence[tuple[str, int]]:
        """Put these in place of what stands at two touches, if both fit; return what that fills."""
        gone = (self.at[one], one[1]), (self.at[two], two[1])
        if not all(self.has_room(new, place[1], gone) for new, place in zip(held, places, strict=True)):
            return ()
        before = self.take(one), self.take(two)
        if self.fits(held[0], places[0][1]):
            self.put(places[0], held[0])
            if self.fits(held[1], places[1][1]):
                self.put(places[1], held[1])
                self._moved(one, two, places)
                return [
                    at
                    for new, place in zip(held, places, strict=True)
                    for at, _ in self.filled(new, place[1])
                ]
            self.take(places[0])
        self.put(one, before[0])
        self.put(two, before[1])
        return ()

    def _moved(self, one: Mark, two: Mark, places: tuple[Mark, Mark]) -> None:
        """Tell the rounds, where two persons' touches changed weeks."""
        for old in (one, two):
            new = next(place for place in places if place[0] == old[0])
            if one[0] != two[0] and new != old:
                self.rounds[old[0]].move(old[1], new[1])

    def _actions(self, mark: Mark) -> Iterator["Change"]:
        """Yield how the touch changes its action with another one of the same person."""
        number, _ = mark
        held = self.at[mark]
        for week in self.rounds[number].goals:
            other = self.at.get((number, week))
            if other and other.chore is not held.chore:
                yield held, other, (number, week), ((number, week), mark)

    def _takers(self, mark: Mark) -> Iterator["Change"]:
        """Yield how the touch changes its owner with another one of the same action."""
        held, at = self.at[mark], mark[1]
        for owner in held.chore.ways if held.chore.act.shared else ():
            if owner == held.owner or self._again(held, owner):
                continue
            new = Held(held.chore, owner)
            weeks = range(len(self.loads(owner))) if self.fits(new, at) else (at,)
            for two in (two for week in weeks for two in sorted(self.by[owner, week])):
                other = self.at[two]
                theirs = Held(other.chore, held.owner)
                same = other.chore.act is held.chore.act and not self._again(other, held.owner)
                if same and (two[1] == at or self.fits(theirs, two[1])):
                    yield new, theirs, two, (mark, two)

    # --- several persons' touches change weeks in a ring ----------------------------------------------

    def _turned(self, mark: Mark) -> Sequence[tuple[str, int]]:
        """Move a touch to another week, one of that week to a third, and so on until one takes its place."""
        held = self.take(mark)
        ring = self._ring(mark, held)
        left: list[tuple[Mark, Held]] = [(mark, held)]
        came: list[tuple[Mark, Held]] = []
        for number, week, to in ring:
            theirs = held if number == mark[0] else self.take((number, week))
            if number != mark[0]:
                left.append(((number, week), theirs))
            if to not in self.rounds[number].moves(week) or not self.fits(theirs, to):
                break
            came.append(((number, to), theirs))
            self.put(*came[-1])
        if ring and len(came) == len(ring):
            for number, week, to in ring:
                self.rounds[number].move(week, to)
            return [at for place, theirs in came for at, _ in self.filled(theirs, place[1])]
        for place, _ in came:
            self.take(place)
        for place, theirs in left:
            self.put(place, theirs)
        return ()

    def _ring(self, mark: Mark, held: Held) -> Sequence[Step]:
        """Return the shortest ring of moves that begins with a touch, each by another person."""
        number, home = mark
        came: dict[int, tuple[Step, int]] = {}
        ahead: deque[int] = deque()
        for to in self.rounds[number].moves(home):
            if self.fits(held, to):
                came[to] = ((number, home, to), home)
                ahead.append(to)
        while ahead:
            week = ahead.popleft()
            for other in self.inside[week]:
                if other == number:
                    continue
                theirs = self.at[other, week]
                for to in self.rounds[other].moves(week):
                    if to not in came and other not in self.inside[to] and self.fits(theirs, to):
                        came[to] = ((other, week, to), week)
                        if to == home:
                            return _way_back(came, home)
                        ahead.append(to)
        return ()

    def _again(self, held: Held, owner: str) -> bool:
        """Whether the person would have met an owner more often than the one they have now."""
        act, person = held.chore.act.id, held.chore.person
        return self.met[act, person, owner] >= self.met[act, person, held.owner]

    def _weeks(self, mark: Mark) -> Iterator["Change"]:
        """Yield how the touch changes weeks with one of another person."""
        number, week = mark
        held, mine = self.at[mark], self.rounds[number]
        for to in list(mine.moves(week)):
            if self.fits(held, to):
                for other in list(self.inside[to]):
                    theirs = self.rounds[other]
                    if other not in self.inside[week] and week in theirs.rank and week in theirs.moves(to):
                        yield held, self.at[other, to], (other, to), ((number, to), (other, week))


def _way_back(came: Mapping[int, tuple[Step, int]], home: int) -> Sequence[Step]:
    """Return the steps that led back home, the first one first."""
    steps: list[Step] = []
    week = home
    while not steps or week != home:
        step, week = came[week]
        steps.append(step)
    return steps[::-1]


Change = tuple[Held, Held, Mark, tuple[Mark, Mark]]
"""What is put, the other touch whose place is free for it, and where each goes."""


def _possible(weeks: Sequence[int], chores: Sequence[Chore]) -> list[tuple[int, Chore]]:
    """Return each week with its action; one that cannot be there changes places with one that can."""
    dealt = list(chores)
    for one, week in enumerate(weeks):
        if not _can(dealt[one], week):
            for two, other in enumerate(weeks):
                if _can(dealt[two], week) and _can(dealt[one], other):
                    dealt[one], dealt[two] = dealt[two], dealt[one]
                    break
    return list(zip(weeks, dealt, strict=True))


def _minutes(chore: Chore) -> int:
    return chore.act.minutes + chore.act.before


def _can(chore: Chore, week: int) -> bool:
    return any(weeks >> week & 1 for weeks in chore.ways.values())
