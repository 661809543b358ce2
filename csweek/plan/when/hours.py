"""Hours of the day: when recipients can meet, when an owner can hold it, and what is taken already.

Local minutes count from 0:00 of the day on which a shift begins and may run past 1440. Moments are
minutes in UTC from 0:00 of the year's first day, so that zones can be compared.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from csweek import zones
from csweek.model.basics import Hours
from csweek.model.inputs import Busy
from csweek.model.people import WorkTime
from csweek.model.plan import Event

FULL_DAY = 24 * 60
STEP = 15
Window = tuple[int, int]


def span(hours: Hours) -> Window:
    """Return hours as local minutes; what ends the next day ends after 1440."""
    start, end = _minute(hours.start), _minute(hours.end)
    return (start, end + FULL_DAY if end <= start else end)


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


@cache
def meeting_window(work: WorkTime) -> Window:
    """Return when somebody can be met: in event hours while at work, or at work where these never meet."""
    if work.hours is None:
        return span(work.event_hours)
    own, wanted = span(work.hours), span(work.event_hours)
    shared = (_shared(own, (wanted[0] + shift, wanted[1] + shift)) for shift in (0, FULL_DAY))
    longest = max(shared, key=lambda window: window[1] - window[0])
    return longest if longest[1] > longest[0] else own


def _shared(one: Window, other: Window) -> Window:
    return (max(one[0], other[0]), min(one[1], other[1]))


@cache
def holding_windows(work: WorkTime) -> tuple[Window, ...]:
    """Return when somebody can hold an event: the owner hours, and their own working hours."""
    return (span(work.owner_hours), *([span(work.hours)] if work.hours else []))


@cache
def offset(timezone: str, day: date) -> int:
    """Return the minutes by which a zone is ahead of UTC at noon of a day."""
    ahead = datetime.combine(day, time(12), zones.zone(timezone)).utcoffset()
    return int((ahead or timedelta()).total_seconds() // 60)


def moments(window: Window, timezone: str, day: date, index: int) -> Window:
    """Return a local window on a day as moments; ``index`` is the day's position in the year."""
    base = index * FULL_DAY - offset(timezone, day)
    return (base + window[0], base + window[1])


def moments_of(event: Event, first: date) -> Window | None:
    """Return the moments of an event that has an hour; ``first`` is the year's first day."""
    if event.start is None or event.end is None:
        return None
    return between(event.start, event.end, first)


def between(start: datetime, end: datetime, first: date) -> Window:
    """Return aware times as moments, counted from 0:00 UTC of a day; a minute begun counts."""
    base = datetime.combine(first, time(), UTC)
    minute = timedelta(minutes=1)
    return ((start - base) // minute, -((base - end) // minute))


def kept_free(busy: Mapping[str, Sequence[Busy]], first: date) -> Mapping[str, list[Window]]:
    """Return the moments that owners' own calendars keep, by owner."""
    return {owner: [between(*one, first) for one in times] for owner, times in busy.items()}


def common(windows: Iterable[Window]) -> Window:
    """Return what all these windows share; its end is not after its start where they share nothing."""
    starts, ends = zip(*windows, strict=True)
    return (max(starts), min(ends))


def local(moment: int, timezone: str, day: date) -> datetime:
    """Return a moment, counted from 0:00 UTC of a day, as that day's wall clock shows it."""
    wall = datetime.combine(day, time()) + timedelta(minutes=moment + offset(timezone, day))
    aware = wall.replace(tzinfo=zones.zone(timezone))
    # An hour that a clock change leaves out becomes the one that follows it.
    return aware.astimezone(UTC).astimezone(zones.zone(timezone))
