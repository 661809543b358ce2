"""What changed in calendars since a revision, for those who can only import."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from csweek.icscheck.seen import Seen
from csweek.model.inputs import Inputs
from csweek.model.plan import Document, Event, Plan
from csweek.render.calendars import ical
from csweek.render.calendars.entries import Entry, Style, Zones
from csweek.render.calendars.files import loose
from csweek.render.calendars.kinds import Calendar, Kind
from csweek.render.calendars.maker import Maker


@dataclass(frozen=True, slots=True)
class Outdated:
    """An entry that somebody imported once and now has to delete by hand: its day or hour, and its title."""

    when: str
    title: str
    again: bool
    """Whether it is in the new file as it is now."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed in one calendar: the file to import, None where nothing is new, and what to delete."""

    calendar: Calendar
    document: Document | None
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

    def then(self) -> Iterator[Event]:
        """Yield the events as they were."""
        for event in self.plan.events:
            was = self.before.get(event.id, event)
            if was is not None:
                yield was


def changes(step: Step, inputs: Inputs, kinds: Collection[Kind], style: Style) -> Iterator[Changes]:
    """Yield what changed in each calendar of these kinds; none where nothing did. Raises OutputError."""
    was = replace(step.plan, events=tuple(sorted(step.then(), key=lambda event: event.sort_key)))
    before, now = (_entries(Maker(plan, inputs, style, step.former), kinds) for plan in (was, step.plan))
    zones, seen = Zones(step.plan), Seen()
    for name in dict.fromkeys((*now, *before)):
        calendar, new = now.get(name) or (before[name][0], {})
        old = before[name][1] if name in before else {}
        fresh = [entry for uid, entry in new.items() if old.get(uid) != entry]
        outdated = [_outdated(old[uid], again=uid in new) for uid in old if old[uid] != new.get(uid)]
        if fresh or outdated:
            file = f"{calendar.name}-since-{step.number}"
            yield Changes(calendar, loose(file, fresh, zones, seen) if fresh else None, outdated)


def _entries(maker: Maker, kinds: Collection[Kind]) -> dict[str, tuple[Calendar, dict[bytes, Entry]]]:
    """Return the entries of each calendar by UID, without what is done once a week."""
    found = (replace(calendar, chores=()) for calendar in maker.calendars(kinds))
    return {one.name: (one, {entry.uid: entry for entry in maker.entries(one)}) for one in found}


def _outdated(entry: Entry, *, again: bool) -> Outdated:
    begins = ical.text_of(entry.said, "DTSTART")
    hour = f" {begins[9:11]}:{begins[11:13]}" if "T" in begins else ""
    zone = " UTC" if begins.endswith("Z") else ""
    return Outdated(f"{entry.day}{hour}{zone}", ical.text_of(entry.said, "SUMMARY"), again)
