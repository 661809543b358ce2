"""Who is away from customers when, for workforce management: a row for each person and timed event.

Surprises are left out, because such programs show everyone their own schedule; titles are left out too.
"""

from collections.abc import Iterator
from datetime import datetime

from csweek import zones
from csweek.model.basics import Audience, Status, Visibility
from csweek.model.inputs import Inputs
from csweek.model.people import Person
from csweek.model.plan import Event, Plan
from csweek.render.tables import csv_rows, guarded

HEADER = ("id", "date", "from", "to", "code")
PEER = "peer"
"""The one owner who is away from customers like those whom it is for."""


def workforce_csv(plan: Plan, inputs: Inputs, delimiter: str = ",") -> bytes:
    """Return CSV in UTF-8: a person's id, day and hours in the zone of their site, ``meeting`` or ``call``.

    An end before its start lies on the next day.
    """
    rows = sorted(row for event in plan.live for row in _rows(event, inputs))
    ordered = [(ident, day, start, end, code) for day, start, ident, end, code in rows]
    return csv_rows([HEADER, *ordered], delimiter)


def _rows(event: Event, inputs: Inputs) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield day, start, person, end and code, in the order in which they are sorted."""
    secret = event.visibility is Visibility.SURPRISE
    if event.start is None or event.end is None or secret or event.status is Status.MISSED:
        return
    for person in _attending(event, inputs):
        zone = zones.zone(inputs.settings.sites[person.site].timezone)
        start, end = event.start.astimezone(zone), event.end.astimezone(zone)
        yield f"{start:%Y-%m-%d}", _hour(start), guarded(person.id), _hour(end), event.channel.value


def _attending(event: Event, inputs: Inputs) -> Iterator[Person]:
    people = inputs.people
    ids = list(event.addressed(people))
    if event.owner is not None and event.owner_role == PEER and event.audience is not Audience.ORGANISATION:
        ids.append(event.owner)
    for ident in dict.fromkeys(ids):
        person = people.persons.get(ident)
        if person is not None and _works(person, event):
            yield person


def _works(person: Person, event: Event) -> bool:
    off = any(event.date in span for span in person.leave)
    days = person.work.days
    return person.employed(event.date) and not off and (days is None or event.date.weekday() in days)


def _hour(moment: datetime) -> str:
    return f"{moment:%H:%M}"
