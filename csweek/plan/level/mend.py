"""What a walk through the weeks leaves is mended: gaps that are too wide, weeks that missed their number.

A touch changes weeks with another person's, or goes alone from a week with too many to one with too few;
whoever else it moves keeps a gap as good as before.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, pairwise

from msgspec import Struct

from csweek.once import Once
from csweek.plan.level.even import bound
from csweek.plan.level.spread import at_the_turn_of, bits, ranks, wide
from csweek.plan.owed.acts import Act, Owed, Placed
from csweek.plan.placing.place import OWN, Placer
from csweek.plan.when.hours import FULL_DAY

TRIED = 12
"""So many others are asked at most to change weeks with somebody, or to go."""
PATIENCE = 1200
"""So many exchanges are tried at least, to narrow gaps."""
WORTH = 20
"""So many more for each that was possible, though not more in all than there are people."""
LOOKED = 60
"""So many others are looked at, whether they could."""
LOOKED_OWN = 100
"""So many of those of the same owner."""
FAR = 9
"""A touch goes by fewer weeks than this."""


class _Move(Struct, frozen=True):
    """A touch of a person that goes from one week to another, at the turn of what was in a third."""

    person: str
    week: int
    to: int
    turn: int


def mended(placed: Iterable[Placed], numbers: Sequence[int], placer: Placer) -> list[Placed]:
    """Return persons' events with gaps within their bound and weeks at their numbers, as far as can be.

    ``numbers`` are how many touches each week is to have, those that stand and groups with them.
    """
    mender = _Mender(placed, placer)
    mender.narrow()
    mender.level(numbers)
    return list(mender.at.values())


class _Mender:
    """The touches that can still be moved, by person and week."""

    def __init__(self, placed: Iterable[Placed], placer: Placer) -> None:
        self._placer = placer
        self._touched = placer.ledger.touched
        self._open = placer.days.open
        self._weeks = placer.days.year.weeks
        self.at: dict[tuple[str, int], Placed] = {}
        self._in: list[defaultdict[str | None, dict[str, None]]] = [
            defaultdict(dict) for _ in range(self._weeks)
        ]
        """Who has a touch in each week, by its owner; under None those that another owner may take."""
        self._ranks: dict[str, Sequence[int]] = {}
        self._most: dict[str, int] = {}
        """The widest gap that each person may have, in weeks in which they are there."""
        self._going = Once(self._able)
        """Who is still to be asked whether they go from one week to another: nobody is asked twice."""
        self._least = FULL_DAY
        """Of minutes that a touch takes."""
        for owed, seat in placed:
            person = owed.subject.id
            self._least = min(self._least, owed.act.minutes)
            self._put(person, seat.day // 7, (owed, seat))
            if person not in self._ranks:
                rank = self._ranks[person] = ranks(owed.subject.mask & self._open, self._weeks)
                self._most[person] = bound(rank[-1] + 1, self._touched[person].bit_count())
        self._left, self._more = PATIENCE, len(self._ranks)
        """So many exchanges are still tried, and so many more if they are worth it."""

    def _put(self, person: str, week: int, placed: Placed) -> None:
        self.at[person, week] = placed
        self._in[week][_own(placed)][person] = None

    # --- gaps ----------------------------------------------------------------------------------------

    def narrow(self) -> None:
        """Narrow everybody's gaps that are too wide, as long as an exchange of weeks does it."""
        for person in self._ranks:
            while self._left and self._excess(person, self._touched[person]) and self._narrowed(person):
                more = min(WORTH, self._more)
                self._left, self._more = self._left + more, self._more - more

    def _excess(self, person: str, weeks: int) -> int:
        """Return by how many weeks somebody's gaps are too wide, when they have these weeks (as bits)."""
        rank, most = self._ranks[person], self._most[person]
        held = [rank[week] for week in bits(weeks)]
        return sum(two - one - most for one, two in pairwise(held) if two - one > most)

    def _narrowed(self, person: str) -> bool:
        weeks = self._touched[person]
        now = self._excess(person, weeks)
        for early, late in wide(weeks, self._ranks[person], self._most[person]):
            inside = [*range(early + 1, late)]
            ends = [(late, to) for to in reversed(inside)] + [(early, to) for to in inside]
            middle = sorted(inside, key=lambda to: abs(2 * to - early - late))
            others = [(week, to) for to in middle for week in bits(weeks) if week not in (early, late)]
            for week, to in (*ends, *others):
                less = self._excess(person, weeks ^ 1 << week ^ 1 << to) < now
                if (person, week) in self.at and less and self._exchanged(person, week, to):
                    return True
        return False

    def _exchanged(self, person: str, week: int, to: int) -> bool:
        """Let somebody's touch change weeks with one of that week, of the same owner before all others.

        Where that cannot be, another touch of the same person takes its turn, and it the other's.
        """
        if not self._left:
            return False
        self._left -= 1
        owed, _ = self.at[person, week]
        others = {
            self.at[person, other][0].act: other
            for other in bits(self._touched[person])
            if (person, other) in self.at and self.at[person, other][0].act is not owed.act
        }
        ways = [[_Move(person, week, to, week)]]
        ways += [[_Move(person, one, to, week), _Move(person, week, one, one)] for one in others.values()]
        return any(
            self._moved([*way, _Move(one, to, week, to)])
            for way in ways
            for one in islice(self._partners(way[0], week), TRIED)
        )

    def _partners(self, move: _Move, week: int) -> Iterator[str]:
        """Yield those whose touch may go to a week from the one to which a touch comes.

        Where that one lacks but minutes, it is those who leave them; else those of the same owner come first.
        """
        placed = self.at[move.person, move.week]
        short = self._placer.short_of_minutes(placed[0], move.to)
        those = self._others(move.to, _own(placed)) if short is None else self._of(short, move.to)
        return (one for one in those if self._may(one, move.to, week))

    def _of(self, owners: Iterable[str], week: int) -> Iterator[str]:
        """Yield who has a touch of one of these in a week."""
        those = dict.fromkeys(islice(owners, LOOKED))
        for owner in those:
            yield from self._in[week].get(owner, ())
        shared = islice(self._in[week].get(None, ()), LOOKED_OWN)
        yield from (one for one in shared if self.at[one, week][1].owner in those)

    def _others(self, week: int, owner: str | None) -> Iterator[str]:
        """Yield some who have a touch in a week, those of an owner before others."""
        yield from islice(self._in[week].get(owner, ()), LOOKED_OWN)
        others = (persons for other, persons in self._in[week].items() if other != owner)
        yield from islice(chain.from_iterable(others), LOOKED)

    def _may(self, person: str, week: int, to: int) -> bool:
        """Whether a touch can change its week, and leaves no gap too wide."""
        weeks, rank, most = self._touched[person], self._ranks[person], self._most[person]
        if weeks >> to & 1 or rank[to] == (rank[to - 1] if to else -1):
            return False
        low, high = _beside(weeks, week, self._weeks)
        if not low < to < high:
            if low >= 0 and high < self._weeks and rank[high] - rank[low] > most:
                return False
            low, high = _beside(weeks, to, self._weeks)
        return (low < 0 or rank[to] - rank[low] <= most) and (
            high == self._weeks or rank[high] - rank[to] <= most
        )

    # --- weeks ---------------------------------------------------------------------------------------

    def level(self, numbers: Sequence[int]) -> None:
        """Move touches from weeks with too many to weeks with too few, over another week where need be."""
        given = Counter(week for weeks in self._touched.values() for week in bits(weeks))
        more = {week: given[week] - number for week, number in enumerate(numbers)}
        for week in [week for week in more if more[week] > 0]:
            for to in sorted((to for to in more if more[to] < 0), key=lambda to: abs(to - week)):
                while more[week] > 0 > more[to]:
                    more[to] += 1
                    end = self._filled(to, week)
                    more[end] -= 1
                    if end != week:
                        break

    def _filled(self, to: int, week: int) -> int:
        """Fill a week up from the next one towards another, and so on; return the week that is left short."""
        while to != week:
            step = 1 if week > to else -1
            near = range(week, to, -step)
            came = next((over for over in near if abs(over - to) < FAR and self._gone(over, to)), None)
            if came is None:
                break
            to = came
        return to

    def _gone(self, week: int, to: int) -> bool:
        able = islice(self._going[week, to], TRIED)
        return any(self._moved([_Move(one, week, to, week)]) for one in able)

    def _able(self, weeks: tuple[int, int]) -> Iterator[str]:
        """Yield whose touch could go to another week, as far as that is known before it is tried."""
        week, to = weeks
        for owner, persons in list(self._in[week].items()):
            if owner is None or self._placer.ledger[owner].can(to, self._least, 0, 0):
                yield from self._able_of(owner, list(persons), week, to)

    def _able_of(self, owner: str | None, persons: Iterable[str], week: int, to: int) -> Iterator[str]:
        known: dict[Act, bool] = {}
        for person in persons:
            if (person, week) not in self.at:
                continue  # went meanwhile
            owed, _ = self.at[person, week]
            if owed.act not in known:
                known[owed.act] = self._has_minutes(owner, owed, to)
            if known[owed.act] and self._may(person, week, to):
                yield person

    def _has_minutes(self, owner: str | None, owed: Owed, to: int) -> bool:
        """Whether an owner has minutes for such a touch in a week, or one of those who share it has."""
        act = owed.act
        if owner is None:
            return not act.shared or self._placer.has_minutes(owed, to)
        return self._placer.ledger[owner].can(to, act.minutes, act.before, act.ahead)

    # --- moves ---------------------------------------------------------------------------------------

    def _moved(self, moves: Sequence[_Move]) -> bool:
        """Make all of these moves, or none."""
        if not self._have_minutes(moves):
            return False
        before = {(move.person, move.week): self.at[move.person, move.week] for move in moves}
        for owed, seat in before.values():
            self._placer.release(owed, seat)
        after: dict[tuple[str, int], Placed] = {}
        for move in moves:
            turn, _ = before[move.person, move.turn]
            owed = at_the_turn_of(before[move.person, move.week][0], turn)
            found = self._placer.in_week(owed, move.to, stand_in=False)
            if found is None:
                break
            after[move.person, move.to] = owed, found
        if len(after) == len(moves):
            self._now(before, after)
            return True
        for owed, seat in after.values():
            self._placer.release(owed, seat)
        for owed, seat in before.values():
            self._placer.take(owed, seat)
        return False

    def _have_minutes(self, moves: Sequence[_Move]) -> bool:
        """Whether owners have minutes for these moves, preparation apart; it is not known of all."""
        asked: Counter[tuple[str, int]] = Counter()
        for move in moves:
            placed = self.at[move.person, move.week]
            owner = _own(placed)
            if owner is not None:
                asked[owner, move.to] += placed[0].act.minutes
                asked[owner, move.week] -= placed[0].act.minutes
        ledger = self._placer.ledger
        return all(more <= 0 or ledger[owner].can(week, more, 0, 0) for (owner, week), more in asked.items())

    def _now(self, before: Mapping[tuple[str, int], Placed], after: Mapping[tuple[str, int], Placed]) -> None:
        for (person, week), placed in before.items():
            del self.at[person, week], self._in[week][_own(placed)][person]
            self._touched[person] ^= 1 << week
        for (person, week), placed in after.items():
            self._put(person, week, placed)
            self._touched[person] |= 1 << week


def _own(placed: Placed) -> str | None:
    """Return the only one who may own a touch, None where that may be another."""
    _, seat = placed
    return seat.owner if seat.why == OWN else None


def _beside(weeks: int, week: int, of: int) -> tuple[int, int]:
    """Return the nearest of these weeks (as bits) before and after one; -1 and ``of`` where there is none."""
    after = weeks >> week + 1
    low = (weeks & (1 << week) - 1).bit_length() - 1
    return low, week + (after & -after).bit_length() if after else of
