"""What is given so far while a year is being dealt: minutes, hours, turns. Local to one build."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from csweek.model.basics import Audience
from csweek.once import Once
from csweek.plan.when.days import Days, by_week
from csweek.plan.when.hours import FULL_DAY, Window


def occupied(audience: Audience, subject: str, recipients: Iterable[str], owner: str | None) -> list[str]:
    """Return whose hours an event takes: a whole site's or team's, else the persons', and the owner's.

    Sites, teams and persons are told apart by a first letter.
    """
    owners = [f"p:{owner}"] if owner else []
    if audience is Audience.TEAM:
        return [f"t:{subject}", *owners]
    if audience is Audience.ORGANISATION:
        return [f"s:{subject}", *owners]
    return [*(f"p:{person}" for person in recipients), *owners]


EARLIEST = 13
"""So many weeks before it would be due preparation may be done."""


def preparing(week: int, ahead: int, first: int) -> Iterator[int]:
    """Return the weeks in which something may be prepared that falls due so many weeks ahead, best first.

    That is the one in which it is due, or the ``first`` one if that is later; then those before, then after.
    """
    due = max(week - ahead, min(first, week))
    return chain((due,), range(due - 1, max(first, due - EARLIEST) - 1, -1), range(due + 1, week + 1))


class Giver:
    """An owner's account: what is given in each week and on each day, and when the owner is there."""

    __slots__ = ("_since", "early", "id", "limit", "loads", "minutes", "off", "prepared", "spread", "weeks")

    def __init__(self, ident: str, weeks: bytes, off: bytes, limit: int, since: int) -> None:
        """``since`` is the position of the first day on which anything can be prepared."""
        self.id = ident
        self.limit = limit
        self.weeks = weeks
        """The days of each week on which the owner is there, as seven bits."""
        self.off = off
        """The days of each week on which the owner holds nothing, but may hand something over."""
        self.minutes = [0] * len(weeks)
        """By week, preparation included."""
        self.loads = [0] * (7 * len(weeks))
        """By day."""
        self.prepared = [0] * len(weeks)
        """What of the minutes prepares events on given days."""
        self.spread = [0] * len(weeks)
        """What of the minutes goes to chosen events for persons that stand, their preparation with them."""
        self._since = since
        self.early: Once[int, Sequence[int]] = Once(self._weeks_early)
        """By so many weeks ahead, for each week: in which something is prepared that falls due then.

        Where the owner is not there, it is the nearest one before, else the nearest one after.
        """

    def able(self, week: int) -> int:
        """Return the days of a week on which the owner can prepare something, as seven bits."""
        over = self._since - 7 * week
        return self.weeks[week] >> over << over if over > 0 else self.weeks[week]

    def _weeks_early(self, ahead: int) -> Sequence[int]:
        return [self._nearest(week, ahead) for week in range(len(self.weeks))]

    def _nearest(self, week: int, ahead: int) -> int:
        those = preparing(week, ahead, self._since // 7)
        due = next(those)
        return due if self.able(due) else next(filter(self.able, those), due)

    def can(self, week: int, minutes: int, before: int, ahead: int) -> bool:
        """Whether this, and the preparation that falls due so many weeks ahead, goes into the limit."""
        if self.minutes[week] + minutes > self.limit:
            return False
        if not before:
            return True
        early = self.early[ahead][week]
        return self.minutes[early] + before + (minutes if early == week else 0) <= self.limit

    def give(self, day: int, minutes: int, before: int, early: int) -> int:
        """Book minutes on a day, and the preparation in an early week; return the week's minutes."""
        week = day // 7
        self.minutes[week] += minutes
        self.loads[day] += minutes
        self.minutes[early] += before
        return self.minutes[week]


class Ledger(dict[str, Giver]):
    """The running account that every placement is checked against and booked in: givers by id, and more."""

    def __init__(self, limit: int, days: Days) -> None:
        super().__init__()
        self._limit = limit
        self._days = days
        self._since = max(0, (days.open & -days.open).bit_length() - 1)
        self.given: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
        """Events by action and owner."""
        self.met: defaultdict[tuple[str, str], defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
        """Events by action and recipient, then by owner, who came last at the end; only of shared actions."""
        self.touched: defaultdict[str, int] = defaultdict(int)
        """The weeks of a person's chosen events, as bits."""
        self.since: Mapping[str, int] = {}
        """For how many weeks people wait for thanks already when the year begins."""
        self.waiting: Mapping[str, int] = {}
        """The same when what is dealt begins."""
        self._away: defaultdict[tuple[str, int], Counter[Window]] = defaultdict(Counter)
        """By team and day: from one moment to another so many are in groups."""
        self._taken: defaultdict[int, dict[str, list[Window]]] = defaultdict(dict)
        """By day, then by whose hours they are."""

    def __missing__(self, owner: str) -> Giver:
        days, weeks = self._days, self._days.year.weeks
        there, off = by_week(days.owner.get(owner, 0), weeks), by_week(days.off(owner), weeks)
        giver = Giver(owner, there, off, self._limit, self._since)
        self[owner] = giver
        return giver

    def meet(self, action: str, recipient: str, owner: str, times: int = 1) -> None:
        """Note that a recipient has an event by an owner; with -1 that they have not, but others since."""
        met = self.met[action, recipient]
        number = met.pop(owner, 0) + times
        others = {} if times > 0 else dict(met)
        if others:
            met.clear()
        if number:
            met[owner] = number
        met.update(others)

    def busy(self, who: Iterable[str], start: int, end: int) -> list[Window]:
        """Return what any of these has from one moment to another."""
        found: list[Window] = []
        for day in _days(start, end):
            taken = self._taken[day]
            if not taken.keys().isdisjoint(who):
                for name in who:
                    found += [one for one in taken.get(name, ()) if start < one[1] and one[0] < end]
        return found

    def away(self, team: str | None, start: int, end: int) -> Mapping[Window, int]:
        """Return how many of a team are in groups that touch a time, by when these are."""
        return {
            window: number
            for day in _days(start, end)
            for window, number in self._away.get((team or "", day), {}).items()
            if start < window[1] and window[0] < end
        }

    def leave(self, team: str | None, window: Window, number: int) -> None:
        """Note that so many of a team go to a group then; those who do not after all are taken off."""
        for day in _days(*window):
            self._away[team or "", day][window] += number

    def take(self, who: Iterable[str], start: int, end: int) -> None:
        """Occupy the time from one moment to another for all of these."""
        for day in _days(start, end):
            taken = self._taken[day]
            for name in who:
                taken.setdefault(name, []).append((start, end))

    def free(self, who: Iterable[str], start: int, end: int) -> None:
        """Give back the time from one moment to another that was taken for all of these."""
        for day in _days(start, end):
            taken = self._taken[day]
            for name in who:
                taken[name].remove((start, end))


def _days(start: int, end: int) -> range:
    """Return the days that a time touches."""
    return range(start // FULL_DAY, (end - 1) // FULL_DAY + 1)
