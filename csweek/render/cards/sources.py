"""From events to cards: which event has one, for whom, and which story it tells."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from msgspec.structs import replace

from csweek.model.basics import Audience, Channel, Day
from csweek.model.inputs import Inputs, Story
from csweek.model.plan import Event
from csweek.render.cards.card import Source
from csweek.render.cards.compose import SILENT, newest_story, source
from csweek.render.recipients import why_not

HERO = "hero"
"""The design of a certificate."""
NEWS = 31
"""Days for which a hero's story is that of the month."""


def has_card(event: Event) -> bool:
    """Whether a card belongs to an event that stands."""
    return event.live and (event.channel is Channel.CARD or event.card is not None)


def addressed(event: Event, inputs: Inputs) -> Event:
    """Name the recipients of an event that goes to a whole team or site; nobody writes to themselves.

    A certificate that is to be had by one of them goes to whom the latest hero's story is about.
    """
    employed = (person for person in inputs.people if person.employed(event.date))
    everyone = event.addressed(employed)
    if event.card == HERO and event.audience in {Audience.TEAM, Audience.ORGANISATION}:
        everyone = _hero(everyone, event.date, inputs.stories)
    here = tuple(one for one in everyone if one != event.owner)
    return event if here == event.recipients else replace(event, recipients=here)


def sources(events: Iterable[Event], inputs: Inputs) -> Iterator[Source]:
    """Yield the cards in the order of the events; a story is told on the first of a person's cards alone.

    A certificate tells its own, told before or not.
    """
    told: set[Story] = set()
    for event in events:
        for one in event.recipients:
            if why_not(one, event.date, inputs.people) is None:
                story = _story(event, one, inputs.stories_of.get(one, ()))
                fresh = story if event.card == HERO or story not in told else None
                told |= {fresh} if fresh else set()
                yield source(event, inputs.people.persons[one], inputs, fresh)


def _story(event: Event, person: str, stories: Sequence[Story]) -> Story | None:
    """Return what a card may tell: on a certificate a hero's story where there is one, else the newest."""
    if event.card in SILENT:
        return None
    heroic = [one for one in stories if one.kind == "hero"] if event.card == HERO else []
    return newest_story(heroic or stories, person, event.date)


def _hero(people: Iterable[str], day: Day, stories: Iterable[Story]) -> tuple[str, ...]:
    """Return whom the latest hero's story of the past weeks is about, nobody where there is none."""
    here, since = set(people), day - timedelta(days=NEWS)
    found = [one for one in stories if one.kind == "hero" and one.person in here and since < one.date <= day]
    latest = max(found, key=lambda one: one.date, default=None)
    return (latest.person,) if latest else ()
