"""What the rules say against an event where the organiser has put it: told, and left to the organiser."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import takewhile
from typing import Self

from msgspec import Struct

from csweek.errors import Problem, Severity
from csweek.model.basics import GATHERING, Audience, Status
from csweek.model.inputs import Inputs
from csweek.model.people import Person, WorkTime
from csweek.model.plan import Event, Plan
from csweek.plan.again.keep import owner_there
from csweek.plan.again.stood import UNHELD
from csweek.plan.by_hand.revision import said
from csweek.plan.measure.even import gap_of
from csweek.plan.measure.rota import rotas
from csweek.plan.measure.scene import Scene
from csweek.plan.owed.demand import Subject
from csweek.plan.owed.owners import Owners
from csweek.plan.placing.agenda import Agenda
from csweek.plan.placing.ledger import Ledger, occupied
from csweek.plan.when.days import Days, days
from csweek.plan.when.hours import Window, kept_free, moments_of
from csweek.plan.when.year import shut


def breaks(
    events: Sequence[Event], plan: Plan, inputs: Inputs, before: Plan | None = None
) -> tuple[Problem, ...]:
    """Return warnings on these events of a plan: who is away or waits, what clashes, who has too much to do.

    Each is said once. An owner's limit is looked at for those who were given one of these events; what
    was so in the plan ``before`` is not named, like who waited as long and which pairs met again.
    """
    rules = _Rules.of(plan, inputs)
    live = {event.id: event for event in events if event.live}
    texts = [text for event in live.values() for text in rules.of_event(event, live)]
    texts += rules.limits(live.values())
    chosen = [event for event in live.values() if not event.fixed]
    if chosen:
        scenes = Scene(plan, inputs), Scene(before, inputs) if before else None
        texts += [*rules.waits(chosen, *scenes), *rules.rounds(chosen, *scenes)]
    return tuple(Problem(None, text, None, Severity.WARNING) for text in dict.fromkeys(texts))


class _Rules(Struct, frozen=True, dict=True):
    plan: Plan
    inputs: Inputs
    days: Days
    agenda: Agenda

    @classmethod
    def of(cls, plan: Plan, inputs: Inputs) -> Self:
        there = days(inputs, plan.year, plan.year.first)
        return cls(plan, inputs, there, Agenda(inputs, there))

    def of_event(self, event: Event, those: Collection[str]) -> Iterator[str]:
        """Yield what an event breaks, each with its id; ``those`` are all that are looked at."""
        ways = (self._recipients(event), self._owner(event), self._gathering(event))
        for way in (*ways, self._hours(event), self._clashes(event, those)):
            yield from (f"{event.id}: {text}" for text in way)

    # --- who is there --------------------------------------------------------------------------------

    def _recipients(self, event: Event) -> Iterator[str]:
        bit = 1 << self.days.index(event.date)
        people, subject = self.inputs.people, event.key.subject
        if event.audience is Audience.TEAM and not self.days.team.get(subject, 0) & bit:
            team = people.teams.get(subject)
            work = team.work if team else WorkTime()
            yield (
                self._why(event.date, event.site, work) or f"nobody of {subject} works on {said(event.date)}"
            )
        if event.audience is Audience.ORGANISATION and not self.days.site.get(event.site, 0) & bit:
            why = self._why(event.date, event.site, WorkTime())
            yield why or f"{event.site or 'nobody'} does not work on {said(event.date)}"
        for one in event.recipients:
            if not self.days.person.get(one, 0) & bit:
                yield self._absent(one, event.date)

    def _owner(self, event: Event) -> Iterator[str]:
        owner = event.owner
        if owner is None:
            return
        if not owner_there(owner, event.channel, self.days.index(event.date), self.days):
            yield self._absent(owner, event.date)
        subject = self._subject(event)
        if event.reason.get("owner_why") == "hand" and subject:
            able = Owners(self.inputs.people).of(event.owner_role, subject)
            if owner not in able.first + able.stand_in:
                yield f"{self._name(owner)} is not one of those who may hold it ({event.owner_role} wanted)"

    def _absent(self, ident: str, day: date) -> str:
        person = self.inputs.people.persons.get(ident)
        if person is None or not person.employed(day):
            return f"{self._name(ident)} does not work here on {said(day)}"
        if self.days.person[ident] >> self.days.index(day) & 1:
            return f"{person.name}'s own calendar leaves no hour on {said(day)}"
        return self._why(day, person.site, person.work) or f"{person.name} is not there on {said(day)}"

    def _why(self, day: date, site: str, work: WorkTime) -> str | None:
        """Return what everybody at a site is away for, None where it is somebody's own reason."""
        why = shut(self.inputs.settings, day, site, work)
        return f"{said(day)} is {why}" if why else None

    def _name(self, ident: str) -> str:
        person: Person | None = self.inputs.people.persons.get(ident)
        return person.name if person else ident

    def _gathering(self, event: Event) -> Iterator[str]:
        spans = self.inputs.settings.no_gatherings
        if event.channel in GATHERING and any(event.date in span for span in spans):
            yield f"no meetings on {said(event.date)} (no_gatherings in csweek.yaml)"

    # --- hours ---------------------------------------------------------------------------------------

    def _subject(self, event: Event) -> Subject | None:
        """Return whom an event is for as the planner sees them, None where nobody of them is known."""
        people, subject = self.inputs.people, event.key.subject
        known = tuple(one for one in event.recipients if one in people.persons)
        gone = {
            Audience.TEAM: subject not in people.teams,
            Audience.ORGANISATION: event.site not in self.inputs.settings.sites,
        }.get(event.audience, not known)
        return None if gone else Subject(subject, event.audience, event.site, 0, 0, event.team, known)

    def _hours(self, event: Event) -> Iterator[str]:
        window, subject = moments_of(event, self.plan.year.first), self._subject(event)
        if window is None or event.start is None:
            return
        day = self.days.index(event.date)
        if subject and not _within(window, [self.agenda.meeting(subject, day)]):
            yield f"{event.start:%H:%M} is outside of the hours of those it is for"
        owner = event.owner
        if owner in self.inputs.people.persons and not _within(window, self.agenda.holding(owner or "", day)):
            yield f"{event.start:%H:%M} is outside of {self._name(owner or '')}'s hours"

    def _clashes(self, event: Event, those: Collection[str]) -> Iterator[str]:
        """Yield the events that somebody is in at the same time; of two of ``those`` the first tells."""
        window, subject = moments_of(event, self.plan.year.first), self._subject(event)
        if window is None or subject is None:
            return
        owner = event.owner if event.owner in self.inputs.people.persons else None
        needed = set(self.agenda.needed(subject, owner))
        there = self.days.owner.get(owner or "", 0) >> self.days.index(event.date) & 1
        kept = kept_free(self.inputs.busy, self.plan.year.first).get(owner or "", ()) if there else ()
        if any(since < window[1] and window[0] < until for since, until in kept):
            yield f"{self._name(owner or '')}'s own calendar has something then"
        before = set(takewhile(event.id.__ne__, those))
        for other in (other for other in self._near(event) if other.id not in before):
            taken = moments_of(other, self.plan.year.first)
            who = occupied(other.audience, other.key.subject, other.recipients, other.owner)
            if taken and taken[0] < window[1] and window[0] < taken[1] and not needed.isdisjoint(who):
                yield f"somebody in it is in {other.id} then, too ({other.start:%a %H:%M})"

    def _near(self, event: Event) -> Iterator[Event]:
        for other in self.plan.events:
            held = other.live and other.status is not Status.MISSED and other.id != event.id
            if held and abs(other.date - event.date) <= timedelta(days=1):
                yield other

    # --- gaps ----------------------------------------------------------------------------------------

    def waits(self, events: Iterable[Event], scene: Scene, was: Scene | None) -> Iterator[str]:
        """Yield those of these events' people who wait longer for thanks than anyone should."""
        own = {Audience.PERSON, Audience.GROUP}
        for one in dict.fromkeys(p for e in events if e.audience in own for p in e.recipients):
            gap, most = gap_of(scene, one) if one in scene.touches else (0, 0)
            if gap > most and not (was and gap <= gap_of(was, one)[0]):
                yield f"{self._name(one)} then waits {gap} weeks for thanks, {most} at most is the promise"

    # --- groups --------------------------------------------------------------------------------------

    def rounds(self, events: Iterable[Event], scene: Scene, before: Scene | None) -> Iterator[str]:
        """Yield which pairs of these groups now meet again too soon, and which of their teams are short."""
        groups = {event.id: event for event in events if event.audience is Audience.GROUP}
        if not groups:
            return
        now, was = rotas(scene), rotas(before) if before else None
        for pair in now.again:
            if pair.event in groups and not (was and pair in was.again):
                names = f"{self._name(pair.leader)} and {self._name(pair.person)}"
                yield f"{pair.event}: {names} then meet again before all leaders were met"
        days_of = {event.date for event in groups.values()}
        for one in now.away:
            if one.day in days_of and not (was and one in was.away):
                most = f"{one.allowed} at most (max_team_away)"
                yield f"{one.away} of {one.team} are then in meetings at once on {said(one.day)}, {most}"

    # --- minutes -------------------------------------------------------------------------------------

    def limits(self, events: Iterable[Event]) -> Iterator[str]:
        """Yield the owners' weeks of these events that hold more minutes than an owner is asked for."""
        weeks = dict.fromkeys(mark for event in events for mark in self._weeks(event))
        owners = {owner for owner, _ in weeks}
        limit = self.inputs.settings.limits.owner_minutes_per_week
        ledger = Ledger(limit, self.days)
        for event in self.plan.events:
            if event.owner in owners and event.status not in UNHELD:
                day, before = self.days.index(event.date), event.prepare.minutes if event.prepare else 0
                early = max(0, day // 7 - (event.prepare.weeks if event.prepare else 0))
                ledger[event.owner or ""].give(day, event.minutes, before, early)
        for owner, week in weeks:
            minutes = ledger[owner].minutes[week]
            if minutes > limit:
                when = self.plan.year.monday(week).isocalendar().week
                yield f"{self._name(owner)} gives {minutes} minutes in week {when}, over the limit of {limit}"

    def _weeks(self, event: Event) -> Iterator[tuple[str, int]]:
        if event.owner is not None:
            week = self.plan.year.week_of(event.date)
            yield event.owner, week
            if event.prepare:
                yield event.owner, max(0, week - event.prepare.weeks)


def _within(window: Window, hours: Iterable[Window]) -> bool:
    return any(low <= window[0] and window[1] <= high for low, high in hours)
