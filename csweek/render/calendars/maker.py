"""From a plan to calendars, from a calendar to a digest of all that goes into it, and to its files."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from functools import cache, partial

from csweek.icscheck.seen import Seen
from csweek.model.inputs import Inputs
from csweek.model.plan import Document, Draft, Plan
from csweek.render.calendars.entries import Entry, Style, Writer, Zones
from csweek.render.calendars.files import Made, checked, files
from csweek.render.calendars.kinds import KINDS, Calendar, Kind, Source, of_kind
from csweek.render.recipients import present

PLAIN = Style()
_DONE: frozenset[Kind] = frozenset({"owners", "organisers"})
"""Calendars for those who do it; the others are for those who receive it."""


class Maker:
    """Makes the calendars of a plan in one style; what they have in common is made once."""

    def __init__(self, plan: Plan, inputs: Inputs, style: Style = PLAIN) -> None:
        self._plan = plan
        self._inputs = inputs
        self._style = style
        self._zones = Zones(plan)
        self._seen = Seen()
        self._writer = cache(self._new_writer)

    def calendars(self, kinds: Collection[Kind]) -> Iterator[Calendar]:
        """Yield the calendars of these kinds, empty ones too."""
        standing = self._plan.events if self._style.cancelled else self._plan.live
        events = tuple(present(standing, self._inputs.people))
        source = Source(events, self._plan, self._inputs, names=self._style.names)
        for kind in KINDS:
            yield from of_kind(kind, source) if kind in kinds else ()

    def drafts(self, calendars: Iterable[Calendar], edition: str) -> Iterator[Draft]:
        """Yield what becomes the files of each calendar; ``edition`` tells by which program they are made."""
        for one in calendars:
            yield Draft(f"{one.kind}/{one.whose}", self._digest(one, edition), partial(self.documents, one))

    def documents(self, calendar: Calendar) -> Iterator[Document]:
        """Yield the checked files of a calendar, none without events. Raises OutputError."""
        return (checked(made, self._seen) for made in self.files(calendar))

    def files(self, calendar: Calendar) -> Iterator[Made]:
        """Yield the files of a calendar as they are before they are checked."""
        publish = self._style.organizer is not None
        return files(calendar, self.entries(calendar), self._plan.year, self._zones, publish=publish)

    def entries(self, calendar: Calendar) -> list[Entry]:
        """Return the events as they stand in a calendar."""
        writer, view = self._writer(calendar.locale), calendar.view
        entries = [entry for event in calendar.events for entry in view(writer, event)]
        return entries + [writer.chore(one) for one in calendar.chores]

    def _new_writer(self, locale: str) -> Writer:
        return Writer(self._plan, self._inputs, locale, self._zones, self._style)

    def _digest(self, calendar: Calendar, edition: str) -> str:
        """Return a digest of all that goes into a calendar. A change of an event raises its sequence."""
        plan, inputs, words = self._plan, self._inputs, self._writer(calendar.locale).words
        whole = (
            edition, self._style, calendar.kind, calendar.whose, calendar.title, calendar.locale,
            inputs.locale, words.freeze, sorted(inputs.settings.sites), plan.year, plan.calendar_id,
            calendar.chores,
        )  # fmt: skip
        events, revised = calendar.events, plan.revised
        times, said = cache(str), words.said_of_owned if calendar.kind in _DONE else words.said_of_received
        columns = (
            repr(whole), repr([event.sequence for event in events]),
            *[event.uid for event in events], *[times(event.changed or revised) for event in events],
            *said(events),
        )  # fmt: skip
        return hashlib.sha256("\n".join(columns).encode()).hexdigest()
