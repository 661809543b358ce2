"""What changed in calendars since a revision, for those who can only import."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from csweek.icscheck.seen import Seen
from csweek.model.basics import Audience, Role, Thanks
from csweek.model.inputs import Inputs
from csweek.model.plan import Document, Event, Plan, Spoken
from csweek.render.calendars import ical
from csweek.render.calendars.entries import Entry, Style, Zones
from csweek.render.calendars.files import batch
from csweek.render.calendars.kinds import Calendar, Kind
from csweek.render.calendars.maker import Maker
from csweek.render.calendars.properties import STAMPED

_Whose = tuple[str, str]
_Entries = tuple[Calendar, Mapping[bytes, Entry]]


class Outdated(Struct, frozen=True):
    """An entry that somebody imported once and now has to delete by hand: its day or hour, and its title."""

    when: str
    title: str
    again: bool
    """Whether it is in the new file as it is now."""


class Changes(Struct, frozen=True):
    """What changed in a calendar, of which it has the new events alone: what to import and to delete."""

    calendar: Calendar
    documents: Sequence[Document]
    """One, or several where one file would be too large."""
    outdated: Sequence[Outdated]


class Step(Struct, frozen=True):
    """A plan as it is, the number of an earlier revision, and what changed since, as it was then."""

    plan: Plan
    number: int
    before: Mapping[str, Event | None]
    """By event id; None for an event that is new since."""
    former: Sequence[Event] = ()
    """How events were before they were changed, in all revisions."""
    inputs: Inputs | None = None
    """As calendars said them then, where that is not as they say them now."""
    absent: Collection[str] = ()
    """Who was not spoken of then: gone, or wanted no thanks."""
    spoken: Mapping[str, Sequence[Spoken]] = {}
    """The languages of calendars in turn."""
    gone: Mapping[str, tuple[str, bool]] = {}
    """The names of those who are in no file any more by id, and whether they were named openly."""

    def then(self) -> Iterator[Event]:
        """Yield the events as they were, those that changed for whom they named."""
        for event in self.plan.events:
            was = self.before.get(event.id, event)
            if was is not None and event.id in self.before:
                was = self._named(was)
            if was is not None:
                yield was

    def then_and_now(self) -> Iterator[tuple[Event, Event]]:
        """Yield what changed, as it was and as it is."""
        for event in self.plan.events:
            was = self.before.get(event.id)
            if was is not None:
                yield was, event

    def _named(self, event: Event) -> Event | None:
        here = tuple(one for one in event.recipients if one not in self.absent)
        return replace(event, recipients=here) if here or not event.recipients else None


def changes(step: Step, inputs: Inputs, kinds: Collection[Kind], style: Style) -> Iterator[Changes]:
    """Yield what changed in each calendar of these kinds; none where nothing did. Raises OutputError."""
    was = replace(step.plan, events=tuple(sorted(step.then(), key=lambda event: event.sort_key)))
    names = OldNames.of(step, inputs)
    then = names.given(_with_those_gone(step.inputs or inputs, step))
    whole = [event for event, old in step.before.items() if old]
    before = names.of_now(_entries(Maker(was, then, style, step.former), kinds, whole))
    now = _entries(Maker(step.plan, inputs, style, step.former, step.spoken), kinds)
    zones, seen = Zones(step.plan), Seen()
    starts = {one.uid.encode(): f"{one.start:%Y-%m-%d %H:%M}" for one in was.events if one.start}
    here = dict.fromkeys((*now, *(one for one in before if one[0] != "people" or one in now)))
    for whose in here:
        calendar, new = now.get(whose) or (before[whose][0], {})
        old = before[whose][1] if whose in before else {}
        fresh = {uid: entry for uid, entry in new.items() if uid not in old or _differ(old[uid], entry)}
        gone = {uid for uid in old if uid in fresh or uid not in new}
        gone |= _alike(gone, old, starts)
        fresh = {uid: entry for uid, entry in new.items() if uid in fresh or uid in gone}
        told = [_outdated(old[uid], starts, again=uid in new) for uid in old if uid in gone]
        outdated = sorted(told, key=attrgetter("when"))
        if fresh or outdated:
            file = f"{calendar.name}-since-{step.number}"
            documents = tuple(batch(file, list(fresh.values()), step.plan.year, zones, seen))
            shown = [event for event in calendar.events if event.uid.encode() in fresh]
            yield Changes(replace(calendar, events=shown), documents, outdated)


class OldNames(Struct, frozen=True):
    """What teams and sites of now were called then, by their ids."""

    teams: Mapping[str, str]
    sites: Mapping[str, str]

    @classmethod
    def of(cls, step: Step, inputs: Inputs) -> "OldNames":
        """Return those that events of a whole team or site had, and that nothing has now."""
        teams, sites, both = inputs.people.teams, inputs.settings.sites, list(step.then_and_now())
        of_team = {now.team or "": was.team for was, now in both if now.audience is Audience.TEAM}
        of_site = {now.site: was.site for was, now in both if now.audience is Audience.ORGANISATION}
        return cls(
            {new: old for new, old in of_team.items() if new in teams and old and old not in teams},
            {new: old for new, old in of_site.items() if new in sites and old not in sites},
        )

    def given(self, inputs: Inputs) -> Inputs:
        """Return the inputs with these names."""
        if not (self.teams or self.sites):
            return inputs
        team, site = self.teams.get, self.sites.get
        people, settings = inputs.people, inputs.settings
        persons = {
            one.id: replace(one, team=one.team and team(one.team, one.team), site=site(one.site, one.site))
            for one in people
        }
        renamed = [
            replace(one, id=team(one.id, one.id), site=site(one.site, one.site))
            for one in people.teams.values()
        ]
        sites = {
            site(ident, ident): replace(one, id=site(ident, ident)) for ident, one in settings.sites.items()
        }
        return replace(
            inputs,
            people=replace(people, persons=persons, teams={one.id: one for one in renamed}),
            settings=replace(settings, sites=sites),
        )

    def of_now(self, entries: Mapping[_Whose, _Entries]) -> Mapping[_Whose, _Entries]:
        """Return the entries of each calendar under whose it is now."""
        now = {
            **{("teams", old): ("teams", new) for new, old in self.teams.items()},
            **{("sites", old): ("sites", new) for new, old in self.sites.items()},
        }
        return {now.get(whose, whose): one for whose, one in entries.items()}


def _with_those_gone(inputs: Inputs, step: Step) -> Inputs:
    """Return the inputs with everybody for whom a changed event was; of some the id alone is known."""
    known = inputs.people.persons
    then = (one for old in step.before.values() if old for one in old.recipients)
    gone = [one for one in dict.fromkeys(then) if one not in known and one not in step.absent]
    like = next(iter(known.values()), None)
    if like is None or not gone:
        return inputs
    nobody = replace(like, manager=None, role=Role.STAFF, email="", leave=(), start_date=None, end_date=None)
    teams = {one: old.team for old in step.before.values() if old and old.team for one in old.recipients}
    persons = dict(known)
    for one in gone:
        name, public = step.gone.get(one, (one, True))
        thanks = Thanks.PUBLIC if public else Thanks.PRIVATE
        persons[one] = replace(nobody, id=one, name=name, called=name, team=teams.get(one), thanks=thanks)
    return replace(inputs, people=replace(inputs.people, persons=persons))


def _entries(maker: Maker, kinds: Collection[Kind], whole: Collection[str] = ()) -> dict[_Whose, _Entries]:
    """Return the entries of each calendar by UID."""
    found = maker.calendars(kinds, whole)
    return {(one.kind, one.whose): (one, {entry.uid: entry for entry in maker.entries(one)}) for one in found}


def _differ(old: Entry, new: Entry) -> bool:
    """Whether two entries differ in more than when and how often they were changed."""
    return old.said.split(ical.EOL, STAMPED)[STAMPED:] != new.said.split(ical.EOL, STAMPED)[STAMPED:]


def _alike(gone: Collection[bytes], old: Mapping[bytes, Entry], starts: Mapping[bytes, str]) -> set[bytes]:
    """Return also those that nobody can tell from one that is to be deleted: all go, and come again."""
    days = {old[uid].day for uid in gone}
    seen = {uid: _outdated(entry, starts, again=False) for uid, entry in old.items() if entry.day in days}
    named = {seen[uid] for uid in gone}
    return {uid for uid, one in seen.items() if one in named}


def _outdated(entry: Entry, starts: Mapping[bytes, str], *, again: bool) -> Outdated:
    """Return what is to be deleted; it ``starts`` as clocks on the wall say, whatever zone the file has."""
    when = starts.get(entry.uid, str(entry.day))
    return Outdated(when, ical.text_of(entry.said, "SUMMARY"), again)
