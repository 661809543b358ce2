"""Who is there on which day, as bit masks: bit d stands for the year's first day + d."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from msgspec import Struct

from csweek.model.basics import Span, Year
from csweek.model.inputs import Inputs
from csweek.model.people import Person, Site, Team, WorkTime
from csweek.plan.when.hours import FULL_DAY, Window, holding_windows, kept_free, moments
from csweek.plan.when.year import is_holiday, working_week

WEEK = 0b1111111


class Days(Struct, frozen=True, dict=True):
    """The working days of a year: of every site, team and person, closed days left out."""

    year: Year
    open: int
    """From the first day that can still be planned to the end of the year."""
    gatherings: int
    """Days on which a meeting may be."""
    site: Mapping[str, int]
    team: Mapping[str, int]
    person: Mapping[str, int]
    owner: Mapping[str, int]
    """A person's days, but for those of which their own calendar leaves none of their hours as an owner."""
    iso: Sequence[str]
    """Every day as text."""
    pattern: Mapping[str, int]
    """A person's days in the whole year, as if there all of it: leave, joining and leaving aside."""
    employed: Mapping[str, int]
    """The days from a person's first to their last one."""

    def index(self, day: date) -> int:
        """Return the bit of a day; it may lie outside of the year."""
        return (day - self.year.first).days

    def ahead(self, since: int) -> int:
        """Return the days from a bit on that can still be planned."""
        return self.open & -(1 << max(0, since))

    def off(self, person: str) -> int:
        """Return the days on which an owner holds nothing, but may hand something over."""
        never = self.employed.get(person, 0) & ~self.pattern.get(person, 0)
        return never | self.person.get(person, 0) & ~self.owner.get(person, 0)

    def date(self, index: int) -> date:
        """Return the day of a bit."""
        return date.fromordinal(self.year.first.toordinal() + index)


def days(inputs: Inputs, year: Year, since: date) -> Days:
    """Return who is there when; planning may use days from ``since`` on."""
    settings, people = inputs.settings, inputs.people
    whole = (1 << 7 * year.weeks) - 1
    standing = whole & ~spans(settings.closed, year)
    patterns = _Patterns(settings.sites, year, standing)
    pattern = {p.id: patterns.of(settings.sites[p.site], p.work) for p in people}
    employed = {p.id: _employed(p, year) for p in people}
    person = {p.id: pattern[p.id] & employed[p.id] & ~spans(p.leave, year) for p in people}
    return Days(
        year,
        whole & -(1 << max(0, (since - year.first).days)),
        whole & ~spans(settings.no_gatherings, year),
        {site.id: patterns.of(site, site.work) for site in settings.sites.values()},
        {
            team.id: _team(team, patterns.of(settings.sites[team.site], team.work), person)
            for team in people.teams.values()
        },
        person,
        {**person, **dict(_left_free(person, inputs, year))},
        [(year.first + timedelta(days=n)).isoformat() for n in range(7 * year.weeks)],
        pattern,
        employed,
    )


def _left_free(there: Mapping[str, int], inputs: Inputs, year: Year) -> Iterator[tuple[str, int]]:
    """Yield who has a calendar of their own, with the days of these of which it leaves any owner's hour."""
    calendars = kept_free(inputs.busy, year.first)
    for person in (inputs.people.persons[one] for one in calendars if one in there):
        taken, zone = -1, inputs.settings.sites[person.site].timezone
        for window in holding_windows(person.work):
            taken &= _mask(
                {day for busy in calendars[person.id] for day in _covered(window, zone, busy, year)}
            )
        yield person.id, there[person.id] & ~taken


def _covered(window: Window, zone: str, busy: Window, year: Year) -> Iterator[int]:
    """Yield the days on which a local window lies within busy moments."""
    since, until = busy
    if until - since < window[1] - window[0]:
        return
    for day in range(max(0, since // FULL_DAY - 1), min(7 * year.weeks, until // FULL_DAY + 2)):
        low, high = moments(window, zone, year.first + timedelta(days=day), day)
        if since <= low and high <= until:
            yield day


def _team(team: Team, mask: int, person: Mapping[str, int]) -> int:
    """Return the days of the team's working week on which anyone is there."""
    anyone = 0
    for member in team.members:
        anyone |= person[member]
    return mask & anyone


class _Patterns:
    """Working days by site and working week, each worked out once."""

    def __init__(self, sites: Mapping[str, Site], year: Year, standing: int) -> None:
        self._year = year
        self._standing = standing
        self._weekdays = [_weekday(n, year) for n in range(7)]
        self._holidays = {
            site.id: _mask(
                n for n in range(7 * year.weeks) if is_holiday(site, year.first + timedelta(days=n))
            )
            for site in sites.values()
        }
        self._known: dict[tuple[str, frozenset[int] | None, bool], int] = {}

    def of(self, site: Site, work: WorkTime) -> int:
        key = (site.id, work.days, work.on_holidays)
        if key not in self._known:
            week = working_week(site) if work.days is None else work.days
            mask = sum(self._weekdays[n] for n in week) & self._standing
            self._known[key] = mask if work.on_holidays else mask & ~self._holidays[site.id]
        return self._known[key]


def _mask(indexes: Iterable[int]) -> int:
    found = 0
    for index in indexes:
        found |= 1 << index
    return found


def _weekday(number: int, year: Year) -> int:
    return _mask(range(number, 7 * year.weeks, 7))


def spans(given: Iterable[Span], year: Year) -> int:
    """Return the days of these spans that lie in the year."""
    found = 0
    for span in given:
        low = max(0, (span.first - year.first).days)
        high = min(7 * year.weeks, (span.last - year.first).days + 1)
        if low < high:
            found |= (1 << high) - (1 << low)
    return found


def _employed(person: Person, year: Year) -> int:
    return spans([Span(person.start_date or year.first, person.end_date or year.last)], year)


def week(mask: int, number: int) -> int:
    """Return only the days of the week at this position."""
    return mask & (WEEK << 7 * number)


_WEEKDAYS = tuple(tuple(day for day in range(7) if mask >> day & 1) for mask in range(WEEK + 1))


_ANY_DAY = b"0" + b"1" * 255
"""A binary digit for the days of a week: whether there is any."""


def weekdays(mask: int) -> tuple[int, ...]:
    """Return the weekdays of a week's seven bits, Monday being 0."""
    return _WEEKDAYS[mask]


@cache
def by_week(mask: int, weeks: int) -> bytes:
    """Return the days of each week in a mask, as seven bits."""
    # Sevens out of a string are faster than shifting an integer of hundreds of bits for every week.
    text = f"{mask:0{7 * weeks}b}"[-7 * weeks :]
    return bytes(int(text[end - 7 : end], 2) for end in range(7 * weeks, 0, -7))


@cache
def bits(mask: int) -> tuple[int, ...]:
    """Return the days of a mask, in order."""
    weeks = mask.bit_length() // 7 + 1
    return tuple(
        7 * number + day for number, there in enumerate(by_week(mask, weeks)) for day in _WEEKDAYS[there]
    )


@cache
def per_week(mask: int, weeks: int) -> tuple[int, ...]:
    """Return how many days of each week are in a mask."""
    return tuple(len(_WEEKDAYS[there]) for there in by_week(mask, weeks))


def weeks_in_common(*several: bytes) -> int:
    """Return the weeks, as bits, in which all of these have a day in common; each is days by week."""
    days = -1
    for one in several:
        days &= int.from_bytes(one, "little")
    return int(days.to_bytes(len(several[0]), "big").translate(_ANY_DAY), 2)


@cache
def weeks_there(mask: int, weeks: int) -> int:
    """Return in how many weeks any day is in a mask."""
    return weeks - by_week(mask, weeks).count(0)
