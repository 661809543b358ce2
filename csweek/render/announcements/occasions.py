"""What is told about a week, a day or one event."""

from collections.abc import Iterator
from datetime import date

from csweek.model.basics import iso_week, monday_of
from csweek.model.plan import Event
from csweek.render.announcements.announcement import Draft
from csweek.render.announcements.happenings import Happenings, day_of
from csweek.render.announcements.newsroom import Circle, Newsroom
from csweek.render.announcements.weekly import note, strip, whose


def weekly(room: Newsroom, circle: Circle, day: date) -> Iterator[Draft]:
    """Yield the note of a day's week."""
    monday = monday_of(day)
    facts = {"note": note(room, circle, monday)}
    yield Draft("weekly", iso_week(monday), monday, facts, strip(room, monday))


def today(room: Newsroom, circle: Circle, day: date) -> Iterator[Draft]:
    """Yield what a day holds, for a circle that it has something for."""
    events = [event for event in room.week(day).events(circle.team) if day_of(event) == day]
    if events:
        facts = {
            "whose": whose(room, circle),
            "weekday": circle.voice.weekday_within(day),
            "day": circle.voice.day(day),
            "today": tuple(Happenings(room, circle, day).items(events)),
        }
        yield Draft("day", day.isoformat(), day, facts)


def event(room: Newsroom, circle: Circle, one: Event) -> Iterator[Draft]:
    """Yield a single event, and what happens alike at that hour, for a circle that may know of it."""
    alike = [
        event
        for event in room.week(one.date).events(circle.team)
        if event.action == one.action and event.date == one.date and event.recipients == one.recipients
    ]
    if any(event.key == one.key for event in alike):
        (item, *_) = Happenings(room, circle, day_of(one)).items(alike)
        facts = {"whose": whose(room, circle), "day": circle.voice.day(day_of(one)), "item": item}
        yield Draft("event", f"{one.date.isoformat()}-{one.id}", one.date, facts)
