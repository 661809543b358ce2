"""From a plan to calendars, from a calendar to a digest of all that goes into it, and to its files."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

from csweek.icscheck.seen import Seen
from csweek.model.inputs import Inputs
from csweek.model.plan import Document, Draft, Event, Plan, Spoken
from csweek.render.calendars.entries import Entry, Style, Writer, Zones
from csweek.render.calendars.files import Made, checked, files, fits
from csweek.render.calendars.kinds import FOR_WHO_DOES_IT, KINDS, Calendar, Kind, Source, of_kind
from csweek.render.recipients import kept, present

PLAIN = Style()


class Maker:
    """Makes the calendars of a plan in one style; what they have in common is made once."""

    def __init__(
        self,
        plan: Plan,
        inputs: Inputs,
        style: Style = PLAIN,
        former: Sequence[Event] = (),
        spoken: Mapping[str, Sequence[Spoken]] | None = None,
    ) -> None:
        """``former``: how events were before they were changed, in all revisions.

        ``spoken``: the languages of calendars in turn, by kind and whose.
        """
        self._plan = plan
        self._former = former
        self._spoken = spoken or {}
        self._inputs = inputs
        self._style = style
        self._before = bool(plan.events) and plan.events[0].date < plan.year.first
        """Whether there is anything of the year before: it only stays where it needs no further file."""
        self._seen = Seen()
        self._zones = Zones(plan)
        self._writer = cache(partial(Writer, plan, inputs, self._zones, style))
        self._times = cache(str)

    def calendars(self, kinds: Collection[Kind], whole: Collection[str] = ()) -> Iterator[Calendar]:
        """Yield the calendars of these kinds, empty ones too; ``whole``: events that keep all recipients."""
        people, live = self._inputs.people, self._plan.live
        standing = self._plan.events if self._style.cancelled else live
        events = tuple(present(live, people))
        if self._style.cancelled:
            gone = kept((event for event in standing if not event.live), people)
            events = tuple(sorted((*events, *gone), key=lambda event: event.sort_key))
        if whole:
            here = {event.id: event for event in events}
            found = (event if event.id in whole else here.get(event.id) for event in standing)
            events = tuple(event for event in found if event)
        source = Source(events, self._plan, self._inputs, self._style.names, self._former, self._spoken)
        for kind in KINDS:
            yield from of_kind(kind, source) if kind in kinds else ()

    def drafts(self, calendars: Iterable[Calendar], edition: str) -> Iterator[Draft]:
        """Yield what becomes the files of each calendar; ``edition`` tells by which program they are made."""
        plan, inputs = self._plan, self._inputs
        sites = sorted(inputs.settings.sites)
        whole = repr((edition, self._style, inputs.locale, sites, plan.year, plan.calendar_id))
        for one in calendars:
            yield Draft(f"{one.kind}/{one.whose}", self._digest(one, whole), partial(self.documents, one))

    def documents(self, calendar: Calendar) -> Iterator[Document]:
        """Yield the checked files of a calendar, none without events. Raises OutputError."""
        return (checked(made, self._seen) for made in self.files(calendar))

    def files(self, calendar: Calendar) -> Iterator[Made]:
        """Yield the files of a calendar as they are before they are checked."""
        publish, year = self._style.organizer is not None, self._plan.year
        entries = self.entries(calendar)
        if self._before and not fits(entries):
            calendar = calendar.since(year.first)
            entries = self.entries(calendar)
        return files(calendar, entries, year, self._zones, publish=publish)

    def entries(self, calendar: Calendar) -> list[Entry]:
        """Return the events as they stand in a calendar."""
        writer = self._writer(calendar.locale, calendar.turns)
        ahead, chores = map(writer.ahead, calendar.ahead), map(writer.chore, calendar.chores)
        return [*calendar.view(writer, calendar.events), *ahead, *chores]

    def _digest(self, calendar: Calendar, whole: str) -> str:
        """Return a digest of all that goes into a calendar. A change of an event raises its sequence.

        ``whole`` is what all calendars have in common.
        """
        revised, times = self._plan.revised, self._times
        words = self._writer(calendar.locale, calendar.turns).words
        ahead = [(one.what, one.day, one.mark, one.sequence, one.changed) for one in calendar.ahead]
        own = (
            calendar.kind,
            calendar.whose,
            calendar.title,
            calendar.locale,
            calendar.turns,
            calendar.chores,
            ahead,
        )
        events = calendar.events or [event for one in calendar.ahead for event in one.events]
        said = words.said_of_owned if calendar.kind in FOR_WHO_DOES_IT else words.said_of_received
        columns = (
            whole, repr(own), repr([event.sequence for event in events]),
            *[event.uid for event in events], *[times(event.changed or revised) for event in events],
            *said(events),
        )  # fmt: skip
        return hashlib.sha256("\n".join(columns).encode()).hexdigest()
