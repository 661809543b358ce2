"""From events to cards: which event has one, for whom, and which story it tells."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from csweek.model.basics import Channel
from csweek.model.inputs import Inputs, Story
from csweek.model.plan import Event
from csweek.render.cards.card import SILENT, Source, newest_story, source
from csweek.render.recipients import why_not


def has_card(event: Event) -> bool:
    """Whether a card belongs to an event that stands."""
    return event.live and (event.channel is Channel.CARD or event.card is not None)


def addressed(event: Event, inputs: Inputs) -> Event:
    """Name the recipients of an event that goes to a whole team or site; nobody writes to themselves."""
    employed = (person for person in inputs.people if person.employed(event.date))
    everyone = event.addressed(employed)
    here = tuple(one for one in everyone if one != event.owner)
    return event if here == event.recipients else replace(event, recipients=here)


def sources(events: Iterable[Event], inputs: Inputs) -> Iterator[Source]:
    """Yield the cards in the order of the events; a story is told on the first of a person's cards alone."""
    told: set[Story] = set()
    known: dict[str, list[Story]] = {}
    for one_told in inputs.stories:
        known.setdefault(one_told.person, []).append(one_told)
    for event in events:
        for one in event.recipients:
            if why_not(one, event.date, inputs.people) is None:
                story = None if event.card in SILENT else newest_story(known.get(one, ()), one, event.date)
                fresh = story if story not in told else None
                told |= {fresh} if fresh else set()
                yield source(event, inputs.people.persons[one], inputs, fresh)
