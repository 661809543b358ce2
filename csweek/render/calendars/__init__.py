"""Calendars as .ics files, checked before anybody gets them."""

from collections.abc import Collection, Iterator

from csweek.model.inputs import Inputs
from csweek.model.plan import Document, Plan
from csweek.render.calendars.entries import Style
from csweek.render.calendars.kinds import KINDS, USUAL, Calendar, Kind
from csweek.render.calendars.maker import PLAIN, Maker

__all__ = ["KINDS", "USUAL", "Calendar", "Kind", "Maker", "Style", "calendars"]


def calendars(
    plan: Plan, inputs: Inputs, kinds: Collection[Kind] = USUAL, style: Style = PLAIN
) -> Iterator[Document]:
    """Yield the files of the calendars of these kinds, large ones in parts; none without events.

    Raises OutputError where one would not be taken by every calendar program.
    """
    maker = Maker(plan, inputs, style)
    for calendar in maker.calendars(kinds):
        yield from maker.documents(calendar)
