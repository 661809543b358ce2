"""The form that asks people how they like to be thanked; its answers are one more people file."""

from collections.abc import Iterator
from datetime import date

from csweek.render.announcements.announcement import Draft
from csweek.render.announcements.newsroom import Circle, Newsroom
from csweek.render.announcements.weekly import whose


def form(room: Newsroom, circle: Circle, day: date) -> Iterator[Draft]:
    """Yield the questions, worded so that csweek knows the answers' columns and cells again."""
    yield Draft("form", str(day.year), day, {"whose": whose(room, circle)})
