"""The plan as the workbook shows it: what its sheets need to know, worked out once."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property

from msgspec import Struct

from csweek.model.basics import Audience, Visibility
from csweek.model.plan import Directory, Event, Plan
from csweek.model.theme import Look
from csweek.render.speech import Speech


class Subject(Struct, frozen=True, dict=True):
    """What a workbook is made of."""

    plan: Plan
    directory: Directory
    look: Look
    hide_from: frozenset[str]
    """Those who open it, and whose own surprises it therefore keeps."""
    load: Mapping[str, Mapping[int, int]]
    """Minutes by owner and position of the week."""
    limit: int
    """Minutes a week that may be asked of an owner."""
    letter: bool = False
    """Whether it is printed on Letter rather than A4."""

    @cached_property
    def speech(self) -> Speech:
        """The language of the organisation."""
        return Speech(self.directory.locale)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All that is told, cancelled ones included."""
        return tuple(event for event in self.plan.events if not event.secret_from(self.hide_from))

    @cached_property
    def live(self) -> tuple[Event, ...]:
        """All that is told and stands."""
        return tuple(event for event in self.events if event.live)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The columns of the year: teams, where there are none the sites."""
        return tuple(self.directory.teams) or tuple(self.directory.sites)

    @cached_property
    def counts(self) -> Mapping[tuple[int, str], int]:
        """How many events reach each team (else site) by position of the week."""
        found: Counter[tuple[int, str]] = Counter()
        for event in self.live:
            week = self.plan.year.week_of(event.date)
            found.update((week, group) for group in self._reached(event))
        return found

    def _reached(self, event: Event) -> set[str]:
        teams = self.directory.teams
        if not teams:
            return {event.site}
        persons = self.directory.persons
        if event.recipients:
            own = {persons[one].team for one in event.recipients if one in persons}
            return {team for team in own if team is not None and team in teams}
        if event.audience is Audience.ORGANISATION or event.team is None:
            return {team for team, site in teams.items() if site == event.site}
        return {event.team} & teams.keys()

    @cached_property
    def weeks(self) -> Counter[int]:
        """How many events each week holds, by its position."""
        return Counter(self.plan.year.week_of(event.date) for event in self.live)

    @cached_property
    def owned(self) -> Counter[str | None]:
        """How many events each owner holds."""
        return Counter(event.owner for event in self.live)

    @cached_property
    def weekdays(self) -> tuple[str, ...]:
        """The names of the days, Monday first."""
        return tuple(self.speech.weekday(self.plan.year.first + timedelta(days=day)) for day in range(7))

    def title_of(self, event: Event) -> str:
        """Return what an event is called, in the language of the organisation."""
        return self.speech.say(event.title)

    def whom(self, event: Event) -> str:
        """Return for whom an event is."""
        named = ", ".join(map(self.directory.name, event.recipients))
        return named or event.team or event.site or self.directory.organisation

    def special(self, week: int) -> str:
        """Return what a week holds for everyone, each once."""
        return "; ".join(self._special.get(week, ()))

    @cached_property
    def _special(self) -> Mapping[int, Mapping[str, None]]:
        found: dict[int, dict[str, None]] = {}
        for event in self.live:
            if event.audience is Audience.ORGANISATION and event.visibility is Visibility.EVERYONE:
                week = self.plan.year.week_of(event.date)
                found.setdefault(week, {})[self.title_of(event)] = None
        return found
