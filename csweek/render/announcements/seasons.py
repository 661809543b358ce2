"""Which announcement falls on which day."""

from collections.abc import Iterator
from datetime import date, timedelta

from csweek.model.basics import Year, csw_monday
from csweek.model.theme import CSW_DAYS, DAY_AFTER
from csweek.render.announcements.newsroom import next_csw

COUNTED = (4, 2, 1)
"""Weeks before CSW in which a year's countdown is told."""


def of_day(day: date) -> tuple[str, ...]:
    """Return the kinds that a day calls for."""
    monday = next_csw(day)
    number = (day - monday).days
    if number == 0:
        return ("kickoff", CSW_DAYS[0])
    return (CSW_DAYS[number],) if 0 < number < len(CSW_DAYS) else ("day",)


def of_year(year: Year) -> Iterator[tuple[str, date]]:
    """Yield every kind that has a date of its own in a year with a day of that date, in order."""
    for monday in map(year.monday, range(year.weeks)):
        yield "weekly", monday
        if monday.day <= 7:
            yield from (("hero", monday), ("scorecard", monday))
        ahead = (next_csw(monday) - monday).days // 7
        if ahead in COUNTED:
            yield "countdown", monday
        if monday == csw_monday(monday.year):
            yield "kickoff", monday
            yield from ((slot, monday + timedelta(days=number)) for number, slot in enumerate(CSW_DAYS))
            yield DAY_AFTER, monday + timedelta(days=7)
