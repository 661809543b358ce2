"""The days that ``on:`` names, before anybody asks whether someone works then."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from csweek.model.basics import Year
from csweek.model.people import Person, Site
from csweek.model.theme import Anchor
from csweek.plan.when.year import csw_days, day_after

LONG_LEAVE = timedelta(days=28)
"""After a leave of at least this long somebody is welcomed back."""


def occurrences(anchor: Anchor, year: Year, site: Site, person: Person | None) -> tuple[date, ...]:
    """Return an anchor's days in the year, shifted, in order; personal ones need the person."""
    # A shift may carry a day of the years beside this one into it.
    beside = 1 if anchor.shift else 0
    span = range(year.first.year - beside, year.last.year + 1 + beside)
    days = {_shifted(day, anchor) for number in span for day in _raw(anchor, number, site, person)}
    return tuple(sorted(day for day in days if day in year))


def _raw(anchor: Anchor, number: int, site: Site, person: Person | None) -> Iterator[date]:
    """Yield the unshifted days in a calendar year."""
    match anchor.kind:
        case "csw":
            yield csw_days(site, number)[anchor.nth - 1]
        case "day-after":
            yield day_after(site, number)
        case "weekday":
            yield from _weekdays(anchor, number)
        case "month-day":
            yield _on_or_before(number, anchor.month, anchor.day)
        case "date" if anchor.on and anchor.on.year == number:
            yield anchor.on
        case _ if person:
            yield from _personal(anchor, number, person)


def _personal(anchor: Anchor, number: int, person: Person) -> Iterator[date]:
    start, end = person.start_date, person.end_date
    match anchor.kind:
        case "anniversary" if start and start.year < number:
            yield _on_or_before(number, start.month, start.day)
        case "birthday" if person.birthday:
            yield _on_or_before(number, *person.birthday)
        case "first-day" if start and start.year == number:
            yield start
        case "last-day" if end and end.year == number:
            yield end
        case "back-from-leave":
            for leave in person.leave:
                back = leave.last + timedelta(days=1)
                if back.year == number and back - leave.first >= LONG_LEAVE:
                    yield back


def _on_or_before(year: int, month: int, day: int) -> date:
    """Return the day of that month, or its last: 29 February is kept on the 28th."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def _weekdays(anchor: Anchor, year: int) -> Iterator[date]:
    """Yield the nth weekday of each month, of each quarter, or of one month."""
    for first, last in _stretches(anchor, year):
        if anchor.nth < 0:
            yield last - timedelta(days=(last.weekday() - anchor.weekday) % 7)
        else:
            ahead = (anchor.weekday - first.weekday()) % 7
            yield first + timedelta(days=ahead + 7 * (anchor.nth - 1))


def _stretches(anchor: Anchor, year: int) -> Iterator[tuple[date, date]]:
    length = {"month": 1, "quarter": 3, "year": 1}[anchor.period]
    starts = [anchor.month] if anchor.period == "year" else range(1, 13, length)
    for month in starts:
        end = month + length - 1
        yield date(year, month, 1), date(year, end, monthrange(year, end)[1])


def _shifted(day: date, anchor: Anchor) -> date:
    match anchor.unit:
        case "days":
            return day + timedelta(days=anchor.shift)
        case "weeks":
            return day + timedelta(weeks=anchor.shift)
        case "months":
            month = day.year * 12 + day.month - 1 + anchor.shift
            return _on_or_before(month // 12, month % 12 + 1, day.day)
