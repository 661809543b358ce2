"""The week of every chosen event: even in sum, even for each person, within each one's own time.

Touches (an event seen by one recipient) are walked in the order of their ideal moments. Each week takes
as many as its quota says (csweek.plan.even), earliest ideal moment first (Steiner and Yeomans 1993); who
waited for as long as anyone may comes before all. docs/planning.md has the reasoning.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, chain, islice, pairwise
from operator import or_

from csweek.model.basics import Audience
from csweek.plan.level.even import bound
from csweek.plan.level.purses import Purses
from csweek.plan.level.room import Room
from csweek.plan.owed.acts import Mark, Owed, Placed, Seat, by_wish
from csweek.plan.placing.place import Placer
from csweek.plan.when.days import by_week

NEAR = 2
"""Weeks among which an event that is dealt again takes the one with room beside its own kind."""


@cache
def ranks(mask: int, weeks: int) -> tuple[int, ...]:
    """Return each week's position among the weeks in which somebody is there at all."""
    present = accumulate(1 if there else 0 for there in by_week(mask, weeks))
    return tuple(number - 1 for number in present)


def wide(touched: int, ranks: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """Yield the weeks of somebody's touches (as bits) between which a gap is wider than the most."""
    yield from ((one, two) for one, two in pairwise(bits(touched)) if ranks[two] - ranks[one] > most)


_Turn = tuple[float, str, int, int, int]
"""When it is a person's turn, in days, then by id; number, purse, and the first week in which it is late."""


class _Line:
    """A person whose events wait in their order for a week, the next one last."""

    __slots__ = (
        "able", "bound", "coming", "due", "failed", "id", "near", "number", "purse", "ranks", "touched",
    )  # fmt: skip

    def __init__(self, number: int, coming: list[Owed], touched: int, placer: Placer) -> None:
        weeks = placer.days.year.weeks
        subject = coming[0].subject
        self.id = subject.id
        self.number = number
        self.coming = coming
        self.purse = 0
        """What is asked of whom."""
        self.able: list[int] = []
        """By how many events are left: the weeks in which anyone can give any of them, as bits."""
        self.touched = touched
        """The weeks of what the person has, as bits."""
        self.ranks = ranks(subject.mask & placer.days.open, weeks)
        self.bound = bound(self.ranks[-1] + 1, len(coming) + touched.bit_count())
        """The widest gap in weeks of presence, from all that the person has and is to have."""
        self.near = max(1, (self.bound - 1) // 2)
        """Two touches lie at least half a step apart."""
        self.due = weeks
        """The week in which the next one would break the bound if it were put off."""
        self.failed = -1
        """The last week that could not take it: weeks only get fuller."""

    def first_due(self, since: int) -> int:
        """Return the week in which the first one is due that many weeks after the last of the year before."""
        limit = max(0, self.bound - since)
        self.due = next((week for week, rank in enumerate(self.ranks) if rank >= limit), len(self.ranks))
        return self.due

    def begins(self) -> int:
        """Return the first week of the next event's window."""
        return self.coming[-1].first // 7

    def turn(self) -> _Turn:
        """Return the turn of the next event."""
        one = self.coming[-1]
        return one.wish, self.id, self.number, self.purse, min(one.last // 7, self.due - 1)

    def suits(self, week: int) -> bool:
        """Whether a week lies at least half a step from every other touch; what was missed may be nearer."""
        near = 1 if self.coming[-1].missed else self.near
        early = max(0, week - near + 1)
        return not self.touched >> early & (1 << week + near - early) - 1

    def latest(self, since: int) -> int:
        """Return the last week of the next event's window that suits; its last one if none does."""
        last = self.coming[-1].last // 7
        return next((week for week in range(last, since - 1, -1) if self.suits(week)), max(since, last))

    def is_early(self, week: int) -> bool:
        """Whether what the person has next is too far from this week, and one later in the window nearer."""
        ahead = self.touched >> week + 1
        if not ahead or self.coming[-1].last // 7 <= week:
            return False
        after = week + (ahead & -ahead).bit_length()
        between = len(self.coming) > 1 and self.coming[-2].first // 7 < after
        return not between and self.ranks[after] - self.ranks[week] > self.bound

    def took(self, week: int) -> None:
        """Note that the next event has this week."""
        self.coming.pop()
        self.touched |= 1 << week


class Walk:
    """Goes through the weeks once; each person's events come in their order, one at a time."""

    def __init__(
        self, queues: Mapping[str, list[Owed]], placer: Placer, room: Room, *, prompt: bool = False
    ) -> None:
        """``prompt``: nobody's turn waits for a week's number beyond its window, as after a change."""
        self._placer = placer
        self._prompt = prompt
        self._room = room
        self._touched = placer.ledger.touched
        self._weeks = placer.days.year.weeks
        self._lines: list[_Line] = []
        self._ready: list[_Turn] = []
        """Whose window is open, the earliest turn first; some were taken since."""
        self._purses = Purses(placer)
        self._released: defaultdict[int, list[_Line]] = defaultdict(list)
        self._due: defaultdict[int, list[_Line]] = defaultdict(list)
        self._seats: defaultdict[int, list[_Line]] = defaultdict(list)
        for person, queue in queues.items():
            if queue:
                self._join(person, queue)

    def _join(self, person: str, queue: list[Owed]) -> None:
        queue.sort(key=by_wish, reverse=True)
        touched = self._touched[person]
        room = self._room
        line = _Line(len(self._lines), queue, touched, self._placer)
        self._lines.append(line)
        asks = {owed.act: owed for owed in queue}
        weeks = {
            act: room.weeks(room.givers(act.role, owed.subject), act.effort) for act, owed in asks.items()
        }
        line.able = list(accumulate((weeks[owed.act] for owed in queue), or_))
        line.purse = self._purses.of(asks)
        self._release(line, 0)
        if person in self._placer.ledger.since:
            self._due[line.first_due(self._placer.ledger.since[person])].append(line)
        for week in bits(touched):
            self._seats[week].append(line)

    def through(self, quotas: Sequence[int]) -> tuple[list[Placed], list[Owed]]:
        """Place everything as the weeks' quotas say; return what is placed, and what finds no week."""
        given = [0] * self._weeks
        for touched in self._touched.values():
            for week in bits(touched):
                given[week] += 1
        placed: list[Placed] = []
        so_far = 0
        for week, target in enumerate(accumulate(quotas)):
            so_far += given[week]
            before = len(placed)
            self._week(week, target - so_far, placed)
            so_far += len(placed) - before
        for line in self._lines:
            self._touched[line.id] = line.touched
        rest = [owed for line in self._lines for owed in reversed(line.coming)]
        return placed, anywhere(rest, placed, self._placer)

    def _release(self, line: _Line, week: int) -> None:
        """Let the person's next event come when its window opens, not before this week."""
        if line.coming:
            self._released[max(week, line.begins())].append(line)
            if self._prompt:
                line.due = min(line.due, line.latest(week))
                self._due[line.due].append(line)

    def _seen(self, line: _Line, week: int) -> None:
        """Note that the person has a touch in this week: the next is due within the bound."""
        if line.coming:
            limit = line.ranks[week] + line.bound
            due = week + line.bound
            while due < self._weeks and line.ranks[due] < limit:
                due += 1
            # A week in which nobody can give it comes too late.
            able = line.able[len(line.coming) - 1]
            while week + 1 < due < self._weeks and not able >> due & 1:
                due -= 1
            last = line.latest(week + 1) if self._prompt else self._weeks
            line.due = min(due, self._weeks, max(week + 1, last))
            self._due[line.due].append(line)

    def _week(self, week: int, budget: int, placed: list[Placed]) -> None:
        """Take those who waited long enough, then the earliest of the others up to the budget."""
        for line in self._seats.get(week, ()):
            self._seen(line, week)
        released = self._released.pop(week, ())
        ready = sorted([*self._ready, *[line.turn() for line in released if line.coming]])
        full = len(placed) + budget
        for line in self._urgent(week):
            if self._prompt or len(placed) < full:
                self._take(line, week, placed)
        empty, empty_for_all = self._purses.empty(week)
        waiting: list[_Turn] = []
        for at, entry in enumerate(ready):
            if len(placed) >= full:
                waiting += ready[at:]
                break
            turn, _, number, purse, late = entry
            if purse in empty_for_all or (purse in empty and week < late):
                waiting.append(entry)
                continue
            line = self._lines[number]
            # It may have been taken as urgent, and the entry be of an event before the next.
            if (
                line.coming
                and line.coming[-1].wish == turn
                and (line.failed == week or not self._take(line, week, placed))
            ):
                waiting.append(entry)
        self._ready = waiting

    def _urgent(self, week: int) -> list[_Line]:
        """Return who is due this week, and puts off to the next who could not be served before."""
        due = [
            line
            for line in {one.id: one for one in self._due.pop(week, ())}.values()
            if line.coming and line.due <= week
        ]
        self._due[week + 1] += due
        return due

    def _take(self, line: _Line, week: int, placed: list[Placed]) -> bool:
        """Place the person's next event in this week, if that is not too near to another and possible.

        Where its owner cannot, an event of another action that would come later takes its turn.
        """
        one = line.coming[-1]
        late = not self._prompt and (one.last // 7 <= week or line.due <= week + 1)
        early = self._prompt and line.is_early(week)
        if early or self._purses.is_empty(line.purse, week, stand_in=late) or not line.suits(week):
            line.failed = week
            return False
        seat = self._placer.in_week(one, week, stand_in=late)
        if seat is None:
            one, seat = self._another(line, week, stand_in=late)
            if seat is None:
                self._purses.look(line.purse, week, stand_in=late)
                line.failed = week
                return False
        line.took(week)
        placed.append((one, seat))
        self._seen(line, week)
        self._release(line, week + 1)
        return True

    def _another(self, line: _Line, week: int, *, stand_in: bool) -> tuple[Owed, Seat | None]:
        """Let the next event of another action change places with the person's next one, if it can."""
        coming = line.coming
        one = coming[-1]
        tried = [one.act]
        for index in range(len(coming) - 2, -1, -1):
            other = coming[index]
            if other.act not in tried:
                tried.append(other.act)
                if not (stand_in or self._placer.has_minutes(other, week)):
                    continue
                now = at_the_turn_of(other, one)
                seat = self._placer.in_week(now, week, stand_in=stand_in)
                if seat:
                    coming[index] = at_the_turn_of(one, other)
                    return now, seat
        return one, None


def bits(weeks: int) -> Iterator[int]:
    """Yield the weeks that stand as bits, in order."""
    while weeks:
        yield (weeks & -weeks).bit_length() - 1
        weeks &= weeks - 1


def at_the_turn_of(owed: Owed, other: Owed) -> Owed:
    """Return an owed event with the ideal moment and the window of another."""
    return Owed(owed.act, owed.subject, owed.ordinal, other.wish, other.first, other.last, owed.turn, owed.of)


def anywhere(rest: Iterable[Owed], placed: list[Placed], placer: Placer) -> list[Owed]:
    """Try every week for what is left, the nearest to the ideal one first; return what has none.

    What has none leaves none to another of its action and subject: weeks only get fuller.
    """
    left: list[Owed] = []
    hopeless: set[Mark] = set()
    purses = Purses(placer)
    for owed in rest:
        found = None if owed.mark in hopeless else _nearest_week(owed, placer, purses)
        if found:
            placed.append(found)
        else:
            hopeless.add(owed.mark)
            left.append(owed)
    return left


def _nearest_week(owed: Owed, placer: Placer, purses: Purses) -> Placed | None:
    """Place an event in the week nearest to its ideal one that can have it.

    A person's waits for its own owner within its window before anybody stands in.
    """
    if owed.subject.audience is not Audience.PERSON:
        return _shared(owed, placer)
    touched = placer.ledger.touched[owed.subject.id]
    purse = purses.of({owed.act: owed})
    free = [w for w in outward(int(owed.wish) // 7, placer.days.year.weeks) if not touched >> w & 1]
    near = [week for week in free if owed.first // 7 <= week <= owed.last // 7]
    for week, stand_in in (*((week, False) for week in near), *((week, True) for week in free)):
        if purses.is_empty(purse, week, stand_in=stand_in):
            continue
        seat = placer.in_week(owed, week, stand_in=stand_in)
        if seat:
            placer.ledger.touched[owed.subject.id] |= 1 << week
            return owed, seat
        purses.look(purse, week, stand_in=stand_in)
    return None


def _shared(owed: Owed, placer: Placer) -> Placed | None:
    """Place an event of a team or site; one dealt again rather a week later than beside one of its kind."""
    there, may = owed.subject.weeks, owed.act.weeks
    near = outward(int(owed.wish) // 7, placer.days.year.weeks)
    weeks: Iterator[int] = (week for week in near if there[week] & may[week])
    stand = placer.slots.beside.get(owed.mark)
    if stand:
        nearest = sorted(islice(weeks, NEAR), key=lambda week: not placer.slots.has_room(owed, week))
        weeks = chain(nearest, weeks)
    found = next(((owed, seat) for week in weeks if (seat := placer.in_week(owed, week))), None)
    if stand and found:
        stand.add(found[1].day)
    return found


def outward(middle: int, weeks: int) -> Iterator[int]:
    """Yield the positions of all weeks, the nearest to a middle one first, of two the earlier."""
    if middle < weeks:
        yield middle
    for distance in range(1, weeks):
        if 0 <= middle - distance < weeks:
            yield middle - distance
        if middle + distance < weeks:
            yield middle + distance
