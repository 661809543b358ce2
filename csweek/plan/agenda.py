"""Whose hours an event needs and takes, and when everybody in it can: worked out once for each of them."""

from collections.abc import Sequence
from functools import cached_property

from csweek.model.basics import Audience
from csweek.model.inputs import Inputs, WorkTime
from csweek.plan.days import Days
from csweek.plan.demand import Subject
from csweek.plan.hours import Window, common, holding_windows, meeting_window, moments

Spell = tuple[Window, str]
"""A local window and its time zone."""


class Agenda:
    """The hours of an organisation in one year."""

    def __init__(self, inputs: Inputs, days: Days) -> None:
        self._people = inputs.people
        self._sites = inputs.settings.sites
        self._days = days
        self._met: dict[tuple[str, tuple[str, ...]], frozenset[Spell]] = {}
        self._held: dict[str, tuple[Spell, ...]] = {}
        self._needed: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}

    def meeting(self, subject: Subject, day: int) -> Window:
        """Return the moments of a day at which all recipients can be met; none where its end is not later."""
        mark = (subject.id, subject.recipients)
        if mark not in self._met:
            self._met[mark] = frozenset(
                (meeting_window(work), self._sites[site].timezone) for work, site in self._work(subject)
            )
        date, spells = self._days.date(day), self._met[mark]
        if len(spells) == 1:
            ((window, timezone),) = spells
            return moments(window, timezone, date, day)
        return common(moments(window, timezone, date, day) for window, timezone in spells)

    def _work(self, subject: Subject) -> list[tuple[WorkTime, str]]:
        if subject.audience is Audience.TEAM:
            return [(self._people.teams[subject.id].work, subject.site)]
        if subject.audience is Audience.ORGANISATION:
            return [(self._sites[subject.site].work, subject.site)]
        known = (self._people.persons[person] for person in subject.recipients)
        return [(person.work, person.site) for person in known]

    def holding(self, owner: str, day: int) -> Sequence[Window]:
        """Return when an owner can hold an event around a day of the recipients, as moments."""
        if owner not in self._held:
            person = self._people.persons[owner]
            timezone = self._sites[person.site].timezone
            self._held[owner] = tuple((window, timezone) for window in holding_windows(person.work))
        return [
            moments(window, timezone, self._days.date(near), near)
            for near in (day - 1, day, day + 1)
            for window, timezone in self._held[owner]
        ]

    def needed(self, subject: Subject, owner: str | None) -> tuple[str, ...]:
        """Return whose hours must be free: everybody in it, their teams and sites, and the owner."""
        mark = (subject.id, subject.recipients)
        if mark not in self._needed:
            everyone = self._everyone(subject)
            around = {f"t:{subject.team}", f"s:{subject.site}"}
            for person in everyone:
                around |= self._around(person)
            self._needed[mark] = tuple(sorted(around))
        return (*self._needed[mark], *sorted(self._around(owner))) if owner else self._needed[mark]

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

    def _around(self, person: str) -> set[str]:
        """Return the person with their team and site, told apart by a first letter."""
        known = self._people.persons[person]
        return {f"p:{person}", f"t:{known.team}", f"s:{known.site}"}
