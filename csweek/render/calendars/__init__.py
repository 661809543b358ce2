"""Calendars as .ics files, checked before anybody gets them."""

from collections.abc import Collection, Iterator
from functools import cache

from csweek.model.inputs import Inputs
from csweek.model.plan import Document, Plan
from csweek.render.calendars.entries import Writer, Zones
from csweek.render.calendars.files import documents
from csweek.render.calendars.kinds import KINDS, Kind, of_kind
from csweek.render.recipients import present

__all__ = ["KINDS", "Kind", "calendars"]


def calendars(plan: Plan, inputs: Inputs, kinds: Collection[Kind]) -> Iterator[Document]:
    """Yield the calendars of these kinds, checked, large ones in parts; none without events.

    Raises OutputError where one would not be taken by every calendar program.
    """
    zones = Zones(plan)
    writer = cache(lambda locale: Writer(plan, inputs, locale, zones))
    events = tuple(present(plan.live, inputs.people))
    for kind in KINDS:
        for calendar in of_kind(kind, events, plan, inputs) if kind in kinds else ():
            hand = writer(calendar.locale)
            entries = [entry for event in calendar.events for entry in calendar.view(hand, event)]
            yield from documents(calendar, entries, plan.year, zones)
