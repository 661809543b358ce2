"""What calendars that may be published tell of people."""

from collections.abc import Iterable

from csweek.model.inputs import Inputs
from csweek.render.calendars.kinds import Calendar
from csweek.render.recipients import public


def named(calendars: Iterable[Calendar], inputs: Inputs) -> frozenset[str]:
    """Return who is named in the files of these calendars, besides those whose own they are."""
    known = public(inputs.people)
    found = set[str]()
    for calendar in calendars:
        for event in calendar.events:
            if event.owner in known:
                found.add(event.owner or "")
            if calendar.kind != "people" or len(event.recipients) > 1:
                found.update(event.recipients)
    return known & found
