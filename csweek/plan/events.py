"""From what is placed to an Event that people can read: its words, language, trait and identity."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from typing import Any
from uuid import UUID

from csweek.model.basics import TIMED, Audience
from csweek.model.inputs import Inputs
from csweek.model.plan import Event, Key
from csweek.plan.days import Days
from csweek.plan.demand import Offer
from csweek.plan.ideas import trait_of
from csweek.plan.place import Placed


@dataclass(frozen=True, slots=True)
class Identity:
    """What an event is known by, and since when."""

    id: str
    uid: str
    changed: datetime


def event_of(placed: Placed, known: Identity, inputs: Inputs, days: Days) -> Event:
    """Return the event of a placement, in the words of its action."""
    owed, subject, action = placed.owed, placed.owed.subject, placed.owed.action
    day = days.date(placed.day)
    return Event(
        key=owed.key,
        id=known.id,
        uid=known.uid,
        changed=known.changed,
        date=day,
        start=placed.start,
        end=placed.end,
        practice=action.practice,
        title=action.title,
        how=action.how,
        locale=_locale(subject.audience, subject.id, subject.recipients, inputs),
        timezone=inputs.settings.sites[subject.site].timezone,
        audience=subject.audience,
        visibility=action.visibility,
        channel=action.channel,
        site=subject.site,
        team=subject.team,
        owner=placed.owner,
        owner_role=action.owner,
        recipients=subject.recipients,
        minutes=action.minutes,
        prepare=action.prepare,
        cost=action.cost,
        card=action.card,
        trait=action.trait or trait_of(day, inputs.theme_on(day), days.year),
        fixed=owed.fixed,
        reason=placed.reason,
    )


def uid(calendar_id: UUID, key: Key) -> str:
    """Return an event's UID: a UUID of version 5, stable, and telling nothing. Source: RFC 9562.

    It is what ``uuid5`` gives, in a third of its time: it is made for every event of a year.
    """
    name = f"{key.year}\n{key.action}\n{key.subject}\n{key.ordinal}".encode()
    bits = sha1(calendar_id.bytes + name, usedforsecurity=False).hexdigest()
    variant = "89ab"[int(bits[16], 16) & 3]
    return f"{bits[:8]}-{bits[8:12]}-5{bits[13:16]}-{variant}{bits[17:20]}-{bits[20:32]}"


def _locale(audience: Audience, subject: str, recipients: tuple[str, ...], inputs: Inputs) -> str:
    """Return the language of those whom an event is for, of the organisation where they have several."""
    if audience is Audience.TEAM:
        return inputs.people.teams[subject].locale
    if audience is Audience.ORGANISATION:
        return inputs.settings.sites[subject].locale
    if len(recipients) == 1:
        return inputs.people.persons[recipients[0]].locale
    spoken = {inputs.people.persons[person].locale for person in recipients}
    return spoken.pop() if len(spoken) == 1 else inputs.locale


def refreshed(event: Event, offers: Sequence[Offer], inputs: Inputs) -> Event:
    """Return an event that stands in the words that hold now; its day, hour and owner stay.

    What was moved by hand goes on as it is where its action is gone, or gained or lost its hour.
    """
    action = next((offer.action for offer in offers if offer.action.id == event.action), None)
    if action is None or (action.channel in TIMED) != (event.start is not None):
        return event
    now: dict[str, Any] = {
        "practice": action.practice,
        "title": action.title,
        "how": action.how,
        "visibility": action.visibility,
        "channel": action.channel,
        "minutes": action.minutes,
        "prepare": action.prepare,
        "cost": action.cost,
        "card": action.card,
        "owner_role": action.owner,
        "locale": _locale(event.audience, event.key.subject, event.recipients, inputs),
        "end": event.start and _end(event.start, action.minutes),
    }
    worded = ("practice", "title", "how") if event.idea else ()
    differs = any(getattr(event, name) != value for name, value in now.items() if name not in worded)
    return replace(event, **now) if differs else event


def _end(start: datetime, minutes: int) -> datetime:
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo)
