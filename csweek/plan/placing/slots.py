"""The day and the hour of an event within a week: the best day, the first free hour in everybody's."""

from collections import Counter

from csweek.model.basics import Audience
from csweek.model.people import People
from csweek.plan.owed.acts import Mark, Owed
from csweek.plan.owed.demand import Subject
from csweek.plan.placing.agenda import Agenda
from csweek.plan.placing.ledger import Giver, Ledger
from csweek.plan.when.days import weekdays
from csweek.plan.when.hours import Window

FAR = 1000.0
"""More than the days of a year: it ranks days by one thing first."""


def most_away(team: str | None, people: People, share: float) -> int:
    """Return how many of a team may be in groups at once; of those without a team any number."""
    if team is None or team not in people.teams:
        return len(people)
    return max(1, int(len(people.teams[team].members) * share))


class Slots:
    """Finds days and hours; ``share`` of a team may be in groups at once."""

    def __init__(self, people: People, share: float, agenda: Agenda, ledger: Ledger) -> None:
        self._people = people
        self._share = share
        self._agenda = agenda
        self._ledger = ledger
        self.beside: dict[Mark, set[int]] = {}
        """Days of teams' and sites' events that stand; those dealt again keep a distance to their kind."""
        self.given: dict[str, dict[str, set[int]]] = {}
        """Given days of what has a rhythm, too, by action and subject: its turns rather have another day."""

    def has_room(self, owed: Owed, week: int) -> bool:
        """Whether a week has a day with a working day between it and each event of its kind that stands."""
        days = weekdays(owed.subject.weeks[week] & owed.act.weeks[week])
        return any(not self._crowded(owed, 7 * week + day) for day in days)

    def _crowded(self, owed: Owed, day: int) -> int:
        """Return 2 on a day of its own kind, 1 on the working day before or after one, else 0."""
        found = 0
        for other in self.beside.get(owed.mark, ()):
            low, high = sorted((day, other))
            if low == high:
                return 2
            if not owed.subject.mask >> low + 1 & (1 << high - low - 1) - 1:
                found = 1
        return found

    def ranked(self, owed: Owed, week: int, both: int, giver: Giver | None) -> list[int]:
        """Return the days, the best first: teams keep their weekday, persons get the owner's emptiest."""
        base, middle = 7 * week, owed.wish - 0.5
        days = [base + day for day in weekdays(both)]
        if len(days) == 1:
            return days
        if giver is None:
            return sorted(days, key=lambda day: abs(day - middle))
        load = giver.loads
        if owed.subject.audience is Audience.PERSON:
            ranked = [(load[day], abs(day - middle), day) for day in days]
            ranked.sort()
            return [day for _, _, day in ranked]
        if owed.mark in self.beside:
            return sorted(days, key=lambda day: (self._crowded(owed, day), abs(day - middle), load[day]))
        return [day for _, day in sorted([(abs(day - middle) * FAR + load[day], day) for day in days])]

    def apart(self, owed: Owed, days: list[int]) -> list[int]:
        """Return days, the best first, with the given ones of the same kind last."""
        given = self.given[owed.act.id].get(owed.subject.id, ())
        return sorted(days, key=lambda day: day in given) if given and not owed.fixed else days

    def hour(self, owed: Owed, giver: Giver | None, day: int) -> int | None:
        """Return the first free moment on a day within everybody's hours."""
        minutes, owner = owed.act.minutes, giver.id if giver else None
        starts = self._agenda.starts(owed.subject, owner, day, minutes)
        if not starts:
            return None
        busy = self._ledger.busy(self._agenda.needed(owed.subject, owner), starts[0], starts[-1] + minutes)
        if owed.subject.audience is Audience.GROUP:
            busy += self._emptied(owed.subject, starts[0], starts[-1] + minutes)
        if not busy:
            return starts[0]
        free = starts[0]
        for start in starts:
            if start >= free:
                clashes = [until for since, until in busy if start < until and since < start + minutes]
                if not clashes:
                    return start
                free = max(clashes)
        return None

    def _emptied(self, group: Subject, start: int, end: int) -> list[Window]:
        """Return when too many of a team are in other groups for this one's members to leave as well.

        Those in one that overlaps are counted as if they were away for all of it.
        """
        found: list[Window] = []
        for team, number in Counter(self._people.persons[p].team for p in group.recipients).items():
            away = self._ledger.away(team, start, end)
            most = most_away(team, self._people, self._share)
            for since, until in away:
                if sum(n for (a, b), n in away.items() if since < b and a < until) + number > most:
                    found.append((since, until))
        return found

    def leave(self, subject: Subject, window: Window, times: int = 1) -> None:
        """Note that those in a group are away from their teams."""
        if subject.audience is Audience.GROUP:
            for team, number in Counter(self._people.persons[p].team for p in subject.recipients).items():
                self._ledger.leave(team, window, times * number)
