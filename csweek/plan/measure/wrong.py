"""What must never be: events while somebody is away, or for who wants none."""

from collections.abc import Iterator

from msgspec import Struct

from csweek.model.basics import GATHERING, HANDED_OVER, Audience, Thanks
from csweek.model.plan import Event
from csweek.plan.measure.scene import Scene


class Wrong(Struct, frozen=True):
    """An event that should not be where it is, and why."""

    event: str
    why: str
    """Who is away: ``recipient``, ``owner``, ``team`` or ``site``; ``gathering``: a day without any;
    ``never``: somebody who wants no thanks."""
    who: str


def wrong(scene: Scene) -> tuple[Wrong, ...]:
    """Return every event that stands against the rules of its day."""
    return tuple(Wrong(event.id, *each) for event in scene.standing for each in _of(scene, event))


def _of(scene: Scene, event: Event) -> Iterator[tuple[str, str]]:
    there, day = scene.there, scene.there.index(event.date)
    persons = scene.inputs.people.persons
    known = [person for person in event.recipients if person in persons]
    yield from (("recipient", person) for person in known if not there.person[person] >> day & 1)
    yield from (("never", person) for person in known if persons[person].thanks is Thanks.NEVER)
    owned = event.owner in persons and event.channel not in HANDED_OVER
    if owned and not there.owner[event.owner or ""] >> day & 1:
        yield "owner", event.owner or ""
    if event.audience is Audience.TEAM and not there.team.get(event.team or "", -1) >> day & 1:
        yield "team", event.team or ""
    if event.audience is Audience.ORGANISATION and not there.site.get(event.site, -1) >> day & 1:
        yield "site", event.site
    if event.channel in GATHERING and not there.gatherings >> day & 1:
        yield "gathering", event.date.isoformat()
