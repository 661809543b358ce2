"""Who of those whom an event is for can still be thanked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from csweek.errors import Problem, Severity
from csweek.model.basics import Day, Thanks
from csweek.model.plan import Event

if TYPE_CHECKING:
    from csweek.model.people import People


def public(people: People) -> frozenset[str]:
    """Return the ids of those who may be named where others read."""
    return frozenset(person.id for person in people if person.thanks is Thanks.PUBLIC)


def present(events: Iterable[Event], people: People) -> Iterator[Event]:
    """Yield the events with those recipients alone who can be thanked that day, none without any of them."""
    all_ = events if isinstance(events, Sequence) else tuple(events)
    are_settled = _settled(all_, people).issuperset
    for event in all_:
        recipients = event.recipients
        if are_settled(recipients):
            yield event
        elif here := tuple([one for one in recipients if why_not(one, event.date, people) is None]):
            yield event if here == recipients else replace(event, recipients=here)


def kept(cancelled: Iterable[Event], people: People) -> Iterator[Event]:
    """Yield cancelled events with the recipients whom the people files know, none without any of them.

    Who left, is away or wants no thanks is often why it was cancelled: who had it reads that it is.
    """
    for event in cancelled:
        here = tuple(one for one in event.recipients if one in people.persons)
        if here or not event.recipients:
            yield replace(event, recipients=here)


def left_out(events: Iterable[Event], people: People) -> tuple[Problem, ...]:
    """Return a warning for everyone whom ``present`` leaves out, with the reason."""
    return tuple(_problem(one, why, count, people) for (one, why), count in absent(events, people).items())


def absent(events: Iterable[Event], people: People) -> dict[tuple[str, str], int]:
    """Return whom ``present`` leaves out by id, why, and from how many events."""
    reasons: dict[tuple[str, str], int] = {}
    all_ = tuple(events)
    settled = _settled(all_, people)
    for event in all_:
        for one in event.recipients if not settled.issuperset(event.recipients) else ():
            if (why := why_not(one, event.date, people)) is not None:
                reasons[one, why] = reasons.get((one, why), 0) + 1
    return reasons


def why_not(recipient: str, day: Day, people: People) -> str | None:
    """Return why a person cannot be thanked on a day, None where nothing stands against it."""
    person = people.persons.get(recipient)
    if person is None or not person.employed(day):
        return "does not work here then"
    if person.thanks is Thanks.NEVER:
        return "wants no thanks"
    if person.leave and any(day in span for span in person.leave):
        return "is on leave then"
    return None


def _settled(events: Sequence[Event], people: People) -> set[str]:
    """Return those against whom nothing stands from the first day of these events to the last."""
    days = set(map(attrgetter("date"), events))
    first, last = min(days, default=date.max), max(days, default=date.min)
    return {
        person.id
        for person in people
        if person.thanks is not Thanks.NEVER
        and person.employed(first)
        and person.employed(last)
        and not any(span.first <= last and first <= span.last for span in person.leave)
    }


def _problem(recipient: str, why: str, count: int, people: People) -> Problem:
    person = people.persons.get(recipient)
    events = "1 event" if count == 1 else f"{count} events"
    return Problem(
        person.place if person else None,
        f"{person.name if person else recipient} is left out of {events}: {why}",
        "run csweek plan to bring the plan up to date",
        Severity.WARNING,
    )
