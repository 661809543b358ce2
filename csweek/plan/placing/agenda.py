"""Whose hours an event needs and takes, and when everybody in it can: worked out once for each of them."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from csweek.model.basics import Audience
from csweek.model.inputs import Inputs
from csweek.model.people import WorkTime
from csweek.plan.owed.demand import Subject
from csweek.plan.when.days import Days
from csweek.plan.when.hours import STEP, Window, common, holding_windows, meeting_window, moments

Spell = tuple[Window, str]
"""A local window and its time zone."""


class Agenda:
    """The hours of an organisation in one year."""

    def __init__(self, inputs: Inputs, days: Days) -> None:
        self._people = inputs.people
        self._sites = inputs.settings.sites
        self._days = days
        self._sorts: dict[frozenset[Spell], int] = {}
        self._spells: list[frozenset[Spell]] = []
        self._met: dict[str, int] = {}
        self._held: dict[str, int] = {}
        self._needed: dict[str, tuple[str, ...]] = {}
        self._own: dict[str, tuple[str, ...]] = {}
        self._moments: dict[tuple[Spell, int], Window] = {}
        self._starts: dict[tuple[int, int, int, int], tuple[int, ...]] = {}
        self._days_shared: dict[tuple[int, int, int], int] = {}

    # --- hours ---------------------------------------------------------------------------------------

    def starts(self, subject: Subject, owner: str | None, day: int, minutes: int) -> tuple[int, ...]:
        """Return the moments of a day at which something that long may begin, were nobody in anything else.

        Worked out once for all who have the same hours.
        """
        mark = (self.hours_of(subject), -1 if owner is None else self._holding(owner), day, minutes)
        found = self._starts.get(mark)
        if found is None:
            found = self._starts[mark] = self._possible(*mark)
        return found

    def _possible(self, meeting: int, holding: int, day: int, minutes: int) -> tuple[int, ...]:
        low, high = self._common(meeting, day)
        held = [(low, high)] if holding < 0 else self._around(holding, day)
        last = high - minutes
        return tuple(
            sorted(
                {
                    start
                    for first, until in held
                    for start in range(
                        low + max(0, -((low - first) // STEP) * STEP), min(last, until - minutes) + 1, STEP
                    )
                }
            )
        )

    def days(self, subject: Subject, owner: str, minutes: int) -> int:
        """Return the days, as bits, on which these have an hour for something that long; worked out alike."""
        mark = (self.hours_of(subject), self._holding(owner), minutes)
        found = self._days_shared.get(mark)
        if found is None:
            all_days = range(7 * self._days.year.weeks)
            found = sum(1 << day for day in all_days if self._possible(*mark[:2], day, minutes))
            self._days_shared[mark] = found
        return found

    def meeting(self, subject: Subject, day: int) -> Window:
        """Return the moments of a day at which all recipients can be met; none where its end is not later."""
        return self._common(self.hours_of(subject), day)

    def holding(self, owner: str, day: int) -> Sequence[Window]:
        """Return when an owner can hold an event around a day of the recipients, as moments."""
        return self._around(self._holding(owner), day)

    def _common(self, sort: int, day: int) -> Window:
        return common(self._at(spell, day) for spell in self._spells[sort])

    def _around(self, sort: int, day: int) -> list[Window]:
        return [self._at(spell, near) for near in (day - 1, day, day + 1) for spell in self._spells[sort]]

    def _at(self, spell: Spell, day: int) -> Window:
        """Return the moments of a local window on a day."""
        found = self._moments.get((spell, day))
        if found is None:
            found = self._moments[spell, day] = moments(*spell, self._days.date(day), day)
        return found

    def hours_of(self, subject: Subject) -> int:
        """Return which sort of hours a subject can be met at; a group is known by its people alone."""
        sort = self._met.get(subject.mark)
        if sort is None:
            work = self._work(subject)
            sort = self._sort((meeting_window(one), self._sites[site].timezone) for one, site in work)
            if subject.mark:
                self._met[subject.mark] = sort
        return sort

    def _holding(self, owner: str) -> int:
        sort = self._held.get(owner)
        if sort is None:
            person = self._people.persons[owner]
            timezone = self._sites[person.site].timezone
            sort = self._held[owner] = self._sort((hours, timezone) for hours in holding_windows(person.work))
        return sort

    def _sort(self, spells: Iterable[Spell]) -> int:
        known = frozenset(spells)
        if known not in self._sorts:
            self._sorts[known] = len(self._spells)
            self._spells.append(known)
        return self._sorts[known]

    def _work(self, subject: Subject) -> list[tuple[WorkTime, str]]:
        if subject.audience is Audience.TEAM:
            return [(self._people.teams[subject.id].work, subject.site)]
        if subject.audience is Audience.ORGANISATION:
            return [(self._sites[subject.site].work, subject.site)]
        known = (self._people.persons[person] for person in subject.recipients)
        return [(person.work, person.site) for person in known]

    # --- who -----------------------------------------------------------------------------------------

    def needed(self, subject: Subject, owner: str | None) -> tuple[str, ...]:
        """Return whose hours must be free: everybody in it, their teams and sites, and the owner."""
        who = self._needed.get(subject.mark)
        if who is None:
            around = {f"t:{subject.team}", f"s:{subject.site}"}
            for person in self._everyone(subject):
                around |= self._of(person)
            who = tuple(sorted(around))
            if subject.mark:
                self._needed[subject.mark] = who
        return who if owner is None else who + self.around(owner)

    def around(self, person: str) -> tuple[str, ...]:
        """Return whose hours must be free for somebody alone: their own, their team's and their site's."""
        if person not in self._own:
            self._own[person] = tuple(sorted(self._of(person)))
        return self._own[person]

    def _everyone(self, subject: Subject) -> Sequence[str]:
        if subject.audience is Audience.TEAM:
            return self._people.teams[subject.id].members
        if subject.audience is Audience.ORGANISATION:
            return self._at_site.get(subject.site, [])
        return subject.recipients

    @cached_property
    def _at_site(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for person in self._people:
            found.setdefault(person.site, []).append(person.id)
        return found

    def _of(self, person: str) -> set[str]:
        """Return the person with their team and site, told apart by a first letter."""
        known = self._people.persons[person]
        return {f"p:{person}", f"t:{known.team}", f"s:{known.site}"}
