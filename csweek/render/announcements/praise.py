"""Stories that may be told: the hero of the month, what a customer noticed, obstacles with their answers."""

from collections.abc import Iterator
from datetime import date, timedelta

from csweek.model.basics import Span
from csweek.model.inputs import Story, StoryKind
from csweek.render.announcements.announcement import Draft
from csweek.render.announcements.happenings import who
from csweek.render.announcements.newsroom import Circle, Newsroom
from csweek.render.announcements.note import Item
from csweek.render.announcements.week import readable
from csweek.render.announcements.weekly import whose
from csweek.render.speech import plain, unquoted

DAYS: dict[StoryKind, int] = {"hero": 31, "wow": 28, "obstacle": 92}
"""How long a story of each kind is news."""
MOST_ANSWERS = 6


def hero(room: Newsroom, circle: Circle, day: date) -> Iterator[Draft]:
    """Yield the latest hero's story of the past month."""
    for story in stories(room, circle, day, "hero")[:1]:
        facts = {
            "whose": whose(room, circle),
            "month": circle.voice.month(story.date),
            "story": _item(room, circle, story),
        }
        yield Draft("hero", f"{story.date:%Y-%m}", day, facts)


def wow(room: Newsroom, circle: Circle, day: date) -> Iterator[Draft]:
    """Yield the latest praise of the past weeks."""
    for story in stories(room, circle, day, "wow")[:1]:
        facts = {
            "whose": whose(room, circle),
            "day": circle.voice.day(story.date),
            "story": _item(room, circle, story),
        }
        yield Draft("wow", story.date.isoformat(), day, facts)


def you_said(room: Newsroom, circle: Circle, day: date) -> Iterator[Draft]:
    """Yield the answered obstacles of the past quarter, the latest first."""
    if found := answers(room, circle, day):
        facts = {"whose": whose(room, circle), "day": circle.voice.day(day), "answers": found}
        yield Draft("you-said", day.isoformat(), day, facts)


def answers(room: Newsroom, circle: Circle, day: date, most: int = MOST_ANSWERS) -> tuple[Item, ...]:
    """Return answered obstacles of the past quarter with their answers, the latest first."""
    told = stories(room, circle, day, "obstacle")[:most]
    return tuple(_item(room, circle, one, plain(one.answer)) for one in told)


def stories(room: Newsroom, circle: Circle, day: date, kind: StoryKind) -> list[Story]:
    """Return the stories of a kind that are news on a day, the latest first: a team's own, or everyone's.

    Of everyone's those that the circle can read; all of them where there would be none.
    """
    told = room.told(Span(day - timedelta(days=DAYS[kind]), day))
    found = [story for story in told if story.kind == kind]
    if circle.team is None:
        found = readable(found, room.inputs, circle.locale) or found
    else:
        persons = room.inputs.people.persons
        found = [story for story in found if persons[story.person].team == circle.team.id]
    return sorted(found, key=lambda story: story.date, reverse=True)


def _item(room: Newsroom, circle: Circle, story: Story, remark: str | None = None) -> Item:
    person = room.inputs.people.persons[story.person]
    lang = "" if person.locale == circle.voice.locale else person.locale
    said = plain(story.by) if remark is None else remark
    return Item(who(person, circle), unquoted(story.text), said, lang)
