"""Rules of series that fall on no day that there is, such as 30 February; libraries look for it for seconds.

What a rule says of days is tried on the fourteen kinds of year: leap or not, from each weekday on. Its
INTERVAL and its start are not looked at. Source: RFC 5545, 3.3.10.
"""

from calendar import isleap
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from math import prod
from typing import NamedTuple

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")
_NARROW = frozenset({"BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYDAY", "BYSETPOS"})
_FIRST_WEEKS, _LAST_WEEK = (1, 52, 53), 53


class _Day(NamedTuple):
    """A day by all that rules call it, counted from the beginning and from the end."""

    year: int
    month: int
    in_month: tuple[int, int]
    in_year: tuple[int, int]
    week: int
    weekday: str
    nth_in_month: tuple[int, int]
    nth_in_year: tuple[int, int]


@cache
def never(rule: str) -> bool:
    """Whether a rule falls on no day at all. Raises ValueError or KeyError for what is none."""
    parts = {name: said.split(",") for name, _, said in (one.partition("=") for one in rule.split(";"))}
    freq = parts["FREQ"][0]
    if "RSCALE" in parts or _NARROW.isdisjoint(parts) or freq not in _PERIODS:
        return False
    tests = [_TESTS[name](said, _scope(freq, parts)) for name, said in parts.items() if name in _TESTS]
    days = (day for year in _years() for day in _days_of(year) if all(test(day) for test in tests))
    if "BYSETPOS" not in parts:
        return next(days, None) is None
    a_day = prod(len(set(parts.get(name, "0"))) for name in _TIMES)
    fullest = max(Counter(map(_PERIODS[freq], days)).values(), default=0)
    most = fullest * a_day if _has_days(parts) else 1
    return fullest == 0 or min(abs(int(one)) for one in parts["BYSETPOS"]) > max(most, a_day)


def _has_days(parts: Mapping[str, object]) -> bool:
    """Whether the rule itself names days; else there is one a period, that of the start."""
    return not {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYDAY"}.isdisjoint(parts)


_PERIODS: Mapping[str, Callable[[_Day], object]] = {
    "DAILY": lambda day: (day.year, day.in_year),
    "WEEKLY": lambda day: (day.year, day.week, day.month in (1, 12) and day.month),
    "MONTHLY": lambda day: (day.year, day.month),
    "YEARLY": lambda day: day.year,
}
"""Of what a rule picks its BYSETPOS."""

_Test = Callable[[_Day], bool]


def _scope(freq: str, parts: Mapping[str, object]) -> str:
    """Return within what a weekday with a number is counted; with other rules the number says nothing."""
    if freq == "MONTHLY" or (freq == "YEARLY" and "BYMONTH" in parts):
        return "month"
    return "year" if freq == "YEARLY" and "BYWEEKNO" not in parts else ""


def _months(said: Sequence[str], _: str) -> _Test:
    months = {int(one) for one in said}
    return lambda day: day.month in months


def _month_days(said: Sequence[str], _: str) -> _Test:
    days = {int(one) for one in said}
    return lambda day: not days.isdisjoint(day.in_month)


def _year_days(said: Sequence[str], _: str) -> _Test:
    days = {int(one) for one in said}
    return lambda day: not days.isdisjoint(day.in_year)


def _weeks(said: Sequence[str], _: str) -> _Test:
    """Weeks that begin on another weekday lie at most one beside; those from the end, in their month."""
    numbers = {int(one) if int(one) > 0 else _LAST_WEEK + 1 + int(one) for one in said}
    near = {week + by for week in numbers for by in (-1, 0, 1)}
    near |= {*_FIRST_WEEKS} if near & {0, *_FIRST_WEEKS, _LAST_WEEK + 1} else set()
    return lambda day: day.week in near


def _weekdays(said: Sequence[str], scope: str) -> _Test:
    named = {(one[-2:], int(one[:-2] or 0) if scope else 0) for one in said}

    def fits(day: _Day) -> bool:
        nth = day.nth_in_month if scope == "month" else day.nth_in_year
        return any((day.weekday, number) in named for number in (0, *nth))

    return fits


_TESTS: Mapping[str, Callable[[Sequence[str], str], _Test]] = {
    "BYMONTH": _months,
    "BYMONTHDAY": _month_days,
    "BYYEARDAY": _year_days,
    "BYWEEKNO": _weeks,
    "BYDAY": _weekdays,
}


@cache
def _years() -> Sequence[int]:
    return sorted({(date(year, 1, 1).weekday(), isleap(year)): year for year in range(2000, 2028)}.values())


@cache
def _days_of(year: int) -> Sequence[_Day]:
    """Return the days of a year; most rules fall on one of the first."""
    return list(_each_of(year))


def _each_of(year: int) -> Iterator[_Day]:
    length = 366 if isleap(year) else 365
    for number in range(1, length + 1):
        day = date(year, 1, 1) + timedelta(number - 1)
        last = ((day.replace(day=1) + timedelta(32)).replace(day=1) - timedelta(1)).day
        from_end, year_end = last + 1 - day.day, length + 1 - number
        yield _Day(
            year, day.month, (day.day, -from_end), (number, -year_end), day.isocalendar().week,
            _WEEKDAYS[day.weekday()], (_nth(day.day), -_nth(from_end)), (_nth(number), -_nth(year_end)),
        )  # fmt: skip


def _nth(day: int) -> int:
    return (day + 6) // 7
