"""Why events of the plan before moved or fell away: what stands against them where they were."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec.structs import replace

from csweek.model.basics import GATHERING, Audience, Thanks, Year
from csweek.model.inputs import Inputs
from csweek.model.people import WorkTime
from csweek.model.plan import Directory, Event
from csweek.plan.again.keep import owner_there
from csweek.plan.owed.acts import Mark
from csweek.plan.when.days import Days, days
from csweek.plan.when.hours import Window, kept_free, moments_of
from csweek.plan.when.within import Within
from csweek.plan.when.year import shut


class Because:
    """Tells of one change after the other why it had to be."""

    def __init__(
        self,
        inputs: Inputs,
        year: Year,
        names: Directory,
        given_up: Collection[Mark] = (),
        *,
        afresh: bool = False,
    ) -> None:
        """Look from ``inputs`` as they are now, with names of who has left, too.

        ``given_up`` are the actions and persons with turns that found no day.
        """
        self._inputs = inputs
        self._name = names.name
        self._year = year
        self._given_up = given_up
        self._afresh = afresh

    @cached_property
    def _days(self) -> Days:
        return days(self._inputs, self._year, self._year.first)

    @cached_property
    def _busy(self) -> Mapping[str, Sequence[Window]]:
        return kept_free(self._inputs.busy, self._year.first)

    @cached_property
    def _within(self) -> Within:
        return Within(self._inputs, self._days)

    def of(self, was: Event, now: Event) -> str:
        """Return in a few words why an event is not where it was, "" where nothing speaks against that."""
        if was.key != now.key:  # its team or site has another name by now
            was = replace(was, key=now.key, site=now.site)
        ways = (
            self._recipients(was),
            self._owner(was),
            self._rules(was),
            self._hours(was),
            self._asked(was, now),
            self._clash(was, now),
        )
        return next((text for way in ways for text in way), "")

    def of_owner(self, was: Event, now: Event) -> str:
        """Return in a few words why an event has another owner, "" where it had none."""
        if was.owner == now.owner or was.owner is None:
            return ""
        ways = (self._owner(was), self._rules(was), self._hours(was))
        cannot = "dealt again" if self._afresh else f"{self._name(was.owner)} cannot hold it any more"
        return next((text for way in ways for text in way), cannot)

    def _recipients(self, was: Event) -> Iterator[str]:
        bit, subject = 1 << self._days.index(was.date), was.key.subject
        if was.audience is Audience.TEAM and not self._days.team.get(subject, 0) & bit:
            team = self._inputs.people.teams.get(subject)
            if team is None:
                yield f"there is no team {subject} any more"
            else:
                yield (self._shut(was.date, was.site, team.work) or f"nobody of {subject} works then")
        if was.audience is Audience.ORGANISATION and not self._days.site.get(subject, 0) & bit:
            yield (self._shut(was.date, was.site, WorkTime()) or f"nobody works at {was.site or 'work'} then")
        for one in was.recipients:
            person = self._inputs.people.persons.get(one)
            if person is not None and person.thanks is Thanks.NEVER:
                yield f"{person.name} wants no thanks"
            elif not self._days.person.get(one, 0) & bit:
                yield self._absent(one, was.date)

    def _owner(self, was: Event) -> Iterator[str]:
        if was.owner and not owner_there(was.owner, was.channel, self._days.index(was.date), self._days):
            yield self._absent(was.owner, was.date)

    def _rules(self, was: Event) -> Iterator[str]:
        gathering = was.channel in GATHERING
        if gathering and any(was.date in span for span in self._inputs.settings.no_gatherings):
            yield "no meetings then"
        busy, window = self._busy.get(was.owner or "", ()), moments_of(was, self._year.first)
        if window and any(since < window[1] and window[0] < until for since, until in busy):
            yield f"{self._name(was.owner)}'s own calendar has something then"

    def _hours(self, was: Event) -> Iterator[str]:
        window, day = moments_of(was, self._year.first), self._days.index(was.date)
        if window is None:
            return
        subject = was.key.subject
        shared = was.audience in {Audience.TEAM, Audience.ORGANISATION}
        audience, who = (was.audience, [subject]) if shared else (Audience.PERSON, was.recipients)
        for one in who:
            if not self._within.can_meet(audience, one, window, day):
                yield f"outside of {self._name(one)}'s hours now"
        if was.owner and not self._within.can_hold(was.owner, window, day):
            yield f"outside of {self._name(was.owner)}'s hours now"

    def _asked(self, was: Event, now: Event) -> Iterator[str]:
        if was.key.action not in self._inputs.theme_on(was.date).actions:
            yield f"{was.key.action} is switched off, or no longer in the theme"
        elif was.fixed:
            yield "its given day is another one now" if now.live else "nothing asks for it any more"
        elif self._afresh:
            yield "dealt again"
        elif was.owner != now.owner and was.owner and now.live:
            yield f"{self._name(was.owner)} could not hold it there any more"
        elif not now.live and (was.key.action, was.key.subject) in self._given_up:
            yield "it found no other day"
        elif not now.live:
            yield "fewer are asked for now"

    def _clash(self, was: Event, now: Event) -> Iterator[str]:
        """Yield what is left where nothing else speaks against a meeting."""
        if was.start and now.live:
            yield "somebody in it is in another meeting then"

    def _absent(self, ident: str, day: date) -> str:
        person = self._inputs.people.persons.get(ident)
        if person is None or not person.employed(day):
            return f"{self._name(ident)} does not work here then"
        if self._days.person[ident] >> self._days.index(day) & 1:
            return f"{person.name}'s own calendar has something then"
        return self._shut(day, person.site, person.work) or f"{person.name} is not there"

    def _shut(self, day: date, site: str, work: WorkTime) -> str:
        return shut(self._inputs.settings, day, site, work)
