"""The invitation to a talk with a leader, for those who are asked alone."""

from collections.abc import Iterator
from datetime import date

from csweek.model.basics import Audience, Practice, monday_of
from csweek.model.plan import Event
from csweek.render.announcements.announcement import Draft
from csweek.render.announcements.happenings import day_of
from csweek.render.announcements.newsroom import Circle, Newsroom
from csweek.render.announcements.praise import answers
from csweek.render.announcements.weekly import whose
from csweek.render.recipients import present
from csweek.render.speech import plain

MOST_ANSWERS = 2
_SMALL = frozenset({Audience.GROUP, Audience.PERSON})


def invitations(room: Newsroom, day: date) -> tuple[Event, ...]:
    """Return the talks of a day's week, with those alone who can come."""
    talks = [event for event in room.diary.week(monday_of(day)) if is_talk(event)]
    return tuple(present(talks, room.inputs.people))


def is_talk(event: Event) -> bool:
    """Whether people are invited to it by name to talk with a leader."""
    return event.practice is Practice.SKIP_LEVEL and event.audience in _SMALL


def invitation(room: Newsroom, circle: Circle, talk: Event) -> Iterator[Draft]:
    """Yield the invitation to one talk, in the language of its group."""
    leader = room.inputs.people.persons.get(talk.owner or "")
    voice, day = circle.voice, day_of(talk)
    hour = voice.hour(talk.start) if talk.start else ""
    facts = {
        "whose": whose(room, circle),
        "leader": voice.person(plain(leader.name)) if leader else "",
        "when": " · ".join(filter(None, (voice.dated(day), hour))),
        "answers": answers(room, Circle(circle.voice, circle.locale), talk.date, MOST_ANSWERS),
    }
    yield Draft("invitation", f"{talk.date.isoformat()}-{talk.id}", talk.date, facts)


def invited(room: Newsroom, talk: Event) -> tuple[tuple[str, str], ...]:
    """Return names and addresses of those who are invited."""
    persons = (room.inputs.people.persons[one] for one in talk.recipients)
    return tuple((plain(one.name), one.email) for one in persons if one.email)
