"""What changed in calendars since a revision, for those who can only import."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from csweek.icscheck.seen import Seen
from csweek.model.basics import Role, Thanks
from csweek.model.inputs import Inputs
from csweek.model.plan import Document, Event, Plan
from csweek.render.calendars import ical
from csweek.render.calendars.entries import Entry, Style, Zones
from csweek.render.calendars.files import batch
from csweek.render.calendars.kinds import Calendar, Kind
from csweek.render.calendars.maker import Maker
from csweek.render.calendars.properties import STAMPED


@dataclass(frozen=True, slots=True)
class Outdated:
    """An entry that somebody imported once and now has to delete by hand: its day or hour, and its title."""

    when: str
    title: str
    again: bool
    """Whether it is in the new file as it is now."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed in a calendar, of which it has the new events alone: what to import and to delete."""

    calendar: Calendar
    documents: Sequence[Document]
    """One, or several where one file would be too large."""
    outdated: Sequence[Outdated]


@dataclass(frozen=True, slots=True)
class Step:
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

    def then(self) -> Iterator[Event]:
        """Yield the events as they were, those that changed for whom they named."""
        for event in self.plan.events:
            was = self.before.get(event.id, event)
            if was is not None and event.id in self.before:
                was = self._named(was)
            if was is not None:
                yield was

    def _named(self, event: Event) -> Event | None:
        here = tuple(one for one in event.recipients if one not in self.absent)
        return replace(event, recipients=here) if here or not event.recipients else None


def changes(step: Step, inputs: Inputs, kinds: Collection[Kind], style: Style) -> Iterator[Changes]:
    """Yield what changed in each calendar of these kinds; none where nothing did. Raises OutputError."""
    was = replace(step.plan, events=tuple(sorted(step.then(), key=lambda event: event.sort_key)))
    then = _with_those_gone(step.inputs or inputs, step)
    whole = [event for event, old in step.before.items() if old]
    before = _entries(Maker(was, then, style, step.former), kinds, whole)
    now = _entries(Maker(step.plan, inputs, style, step.former), kinds)
    zones, seen = Zones(step.plan), Seen()
    starts = {one.uid.encode(): f"{one.start:%Y-%m-%d %H:%M}" for one in was.events if one.start}
    for name in dict.fromkeys((*now, *before)):
        calendar, new = now.get(name) or (before[name][0], {})
        old = before[name][1] if name in before else {}
        fresh = {uid: entry for uid, entry in new.items() if uid not in old or _differ(old[uid], entry)}
        gone = [
            _outdated(old[uid], starts, again=uid in new) for uid in old if uid in fresh or uid not in new
        ]
        outdated = sorted(gone, key=attrgetter("when"))
        if fresh or outdated:
            file = f"{calendar.name}-since-{step.number}"
            documents = tuple(batch(file, list(fresh.values()), step.plan.year, zones, seen))
            shown = [event for event in calendar.events if event.uid.encode() in fresh]
            yield Changes(replace(calendar, events=shown), documents, outdated)


def _with_those_gone(inputs: Inputs, step: Step) -> Inputs:
    """Return the inputs with everybody for whom a changed event was; of those in no file the id is known."""
    known = inputs.people.persons
    then = (one for old in step.before.values() if old for one in old.recipients)
    gone = [one for one in dict.fromkeys(then) if one not in known and one not in step.absent]
    like = next(iter(known.values()), None)
    if like is None or not gone:
        return inputs
    nobody = replace(like, team=None, manager=None, role=Role.STAFF, thanks=Thanks.PUBLIC, email="")
    persons = {**known, **{one: replace(nobody, id=one, name=one, called=one) for one in gone}}
    return replace(inputs, people=replace(inputs.people, persons=persons))


def _entries(
    maker: Maker, kinds: Collection[Kind], whole: Collection[str] = ()
) -> dict[str, tuple[Calendar, dict[bytes, Entry]]]:
    """Return the entries of each calendar by UID, without what is done once a week."""
    found = (replace(calendar, chores=()) for calendar in maker.calendars(kinds, whole))
    return {one.name: (one, {entry.uid: entry for entry in maker.entries(one)}) for one in found}


def _differ(old: Entry, new: Entry) -> bool:
    """Whether two entries differ in more than when and how often they were changed."""
    return old.said.split(ical.EOL, STAMPED)[STAMPED:] != new.said.split(ical.EOL, STAMPED)[STAMPED:]


def _outdated(entry: Entry, starts: Mapping[bytes, str], *, again: bool) -> Outdated:
    """Return what is to be deleted; it ``starts`` as clocks on the wall say, whatever zone the file has."""
    when = starts.get(entry.uid, str(entry.day))
    return Outdated(when, ical.text_of(entry.said, "SUMMARY"), again)
