"""What one leader or manager is to do this week: whom to thank, for what, and when that was last done."""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from csweek.model.basics import THANKING, Audience, Thanks, iso_week, monday_of
from csweek.model.people import Person
from csweek.model.plan import Event
from csweek.render.announcements.announcement import Draft
from csweek.render.announcements.happenings import Happenings, day_of
from csweek.render.announcements.newsroom import Circle, Newsroom
from csweek.render.announcements.note import Item
from csweek.render.announcements.weekly import whose
from csweek.render.cards.compose import newest_story
from csweek.render.recipients import present
from csweek.render.speech import plain


class Thank(Struct, frozen=True):
    """One person to thank."""

    who: str
    day: str
    title: str
    story: str
    by: str
    lang: str
    last: str
    private: bool
    own: bool
    """Whether the reader is this person's manager."""


def owners(room: Newsroom, day: date) -> tuple[Person, ...]:
    """Return those who have something to do in a day's week, as the people files have them."""
    wanted = {event.owner for event in _of_week(room, day)}
    return tuple(person for person in room.inputs.people if person.id in wanted)


def briefing(room: Newsroom, circle: Circle, day: date, owner: Person) -> Iterator[Draft]:
    """Yield what one owner has to do in a day's week."""
    monday = monday_of(day)
    events = [event for event in _of_week(room, day) if event.owner == owner.id]
    thanks = [event for event in events if _is_thanks(event)]
    facts = {
        "whose": whose(room, circle),
        "days": circle.voice.days(monday, room.week(day).sunday),
        "name": circle.voice.person(plain(owner.name)),
        "thanks": tuple(_thank(room, circle, event, one) for event in thanks for one in event.recipients),
        "also": tuple(_also(room, circle, events, owner)),
        "minutes": sum(event.minutes for event in events),
    }
    yield Draft("briefing", iso_week(monday), monday, facts)


def _of_week(room: Newsroom, day: date) -> tuple[Event, ...]:
    monday = monday_of(day)
    events = (event for event in room.diary.week(monday) if event.owner)
    return tuple(present(events, room.inputs.people))


def _is_thanks(event: Event) -> bool:
    return event.audience is Audience.PERSON and event.channel in THANKING


def _also(room: Newsroom, circle: Circle, events: Iterable[Event], owner: Person) -> Iterator[Item]:
    """Yield the rest of an owner's week; what is for people by name is told to its owner alone."""
    rest = [event for event in events if not _is_thanks(event)]
    if rest:
        yield from Happenings(room, circle, room.week(rest[0].date).sunday, owner.id).items(rest)


def _thank(room: Newsroom, circle: Circle, event: Event, recipient: str) -> Thank:
    person, voice = room.inputs.people.persons[recipient], circle.voice
    story = newest_story(room.inputs.stories_of.get(recipient, ()), recipient, event.date)
    last = _last(room, event, recipient)
    team = f" ({plain(person.team)})" if person.team else ""
    return Thank(
        who=f"{voice.person(plain(person.name))}{team}",
        day=voice.weekday(day_of(event)),
        title=voice.say(event.title),
        story=plain(story.text) if story else "",
        by=plain(story.by) if story else "",
        lang="" if person.locale == voice.locale else person.locale,
        last=voice.days(last, last) if last else "",
        private=person.thanks is Thanks.PRIVATE,
        own=person.manager == event.owner,
    )


def _last(room: Newsroom, event: Event, recipient: str) -> date | None:
    """Return when the same owner last truly thanked the same person, before this event."""
    done = (
        one.date
        for one in room.done_by(event.owner or "")
        if recipient in one.recipients and one.date < event.date
    )
    return max(done, default=None)
