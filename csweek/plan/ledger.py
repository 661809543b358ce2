"""What is given so far while a year is being dealt: minutes, hours, turns. Local to one build."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from csweek.model.basics import Audience, Prepare, Status
from csweek.model.plan import Event
from csweek.plan.days import Days
from csweek.plan.hours import DAY, Window, moments_of


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


class Ledger:
    """The running account that every placement is checked against and booked in."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._weeks: Counter[tuple[str, int]] = Counter()
        self._days: defaultdict[str, Counter[int]] = defaultdict(Counter)
        self._taken: defaultdict[int, dict[str, list[Window]]] = defaultdict(dict)
        self._spread: Counter[tuple[str, int]] = Counter()
        self.given: Counter[tuple[str, str]] = Counter()
        """Events by action and owner."""
        self.met: Counter[tuple[str, str]] = Counter()
        """Events by owner and recipient."""
        self.touched: defaultdict[str, set[int]] = defaultdict(set)
        """The weeks of a person's chosen events."""

    def week_minutes(self, owner: str, week: int) -> int:
        """Return what an owner gives in the week at this position."""
        return self._weeks[owner, week]

    def other_minutes(self, owner: str, week: int) -> int:
        """Return what an owner gives in a week besides the chosen events for persons that stand."""
        return self._weeks[owner, week] - self._spread[owner, week]

    def day_minutes(self, owner: str) -> Mapping[int, int]:
        """Return what an owner gives by day."""
        return self._days[owner]

    def within_limit(self, owner: str, week: int, minutes: int, prepare: Prepare | None) -> bool:
        """Whether the owner can give this besides what is given."""
        if prepare is None:
            return self._weeks[owner, week] + minutes <= self._limit
        if prepare.weeks == 0:
            return self._weeks[owner, week] + minutes + prepare.minutes <= self._limit
        before = max(0, week - prepare.weeks)
        return self._weeks[owner, week] + minutes <= self._limit and (
            self._weeks[owner, before] + prepare.minutes <= self._limit
        )

    def book(self, owner: str, day: int, minutes: int, prepare: Prepare | None) -> None:
        """Give an owner's minutes on a day, and the preparation in its week before."""
        self._weeks[owner, day // 7] += minutes
        self._days[owner][day] += minutes
        if prepare:
            self._weeks[owner, max(0, day // 7 - prepare.weeks)] += prepare.minutes

    def stand(self, event: Event, days: Days) -> None:
        """Book an event that is there already; a cancelled or missed one takes nothing."""
        if event.status in {Status.CANCELLED, Status.MISSED}:
            return
        day = days.index(event.date)
        if event.owner:
            self.book(event.owner, day, event.minutes, event.prepare)
            if event.audience is Audience.PERSON and not event.fixed:
                self._spread[event.owner, day // 7] += event.minutes
            self.given[event.action, event.owner] += 1
            self.met.update((event.owner, recipient) for recipient in event.recipients)
        if not event.fixed:
            for recipient in event.recipients:
                self.touched[recipient].add(day // 7)
        window = moments_of(event, days.year.first)
        if window:
            who = occupied(event.audience, event.key.subject, event.recipients, event.owner)
            self.take(who, window)

    def free(self, who: Iterable[str], window: Window) -> bool:
        """Whether nobody of these has anything in this window of moments."""
        start, end = window
        for day in range(start // DAY, (end - 1) // DAY + 1):
            taken_by = self._taken.get(day)
            if taken_by and any(
                start < until and since < end for name in who for since, until in taken_by.get(name, ())
            ):
                return False
        return True

    def take(self, who: Iterable[str], window: Window) -> None:
        """Occupy a window of moments for all of these."""
        for day in range(window[0] // DAY, (window[1] - 1) // DAY + 1):
            for name in who:
                self._taken[day].setdefault(name, []).append(window)
