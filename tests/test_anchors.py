from datetime import date

import pytest
from msgspec.structs import replace
from organisations import SITES

from csweek.model.basics import Place, Span
from csweek.model.people import Person, WorkTime
from csweek.model.theme import Anchor
from csweek.plan.when.anchors import occurrences
from csweek.plan.when.year import iso_year

YEAR = iso_year(2027)
STOCKHOLM, TORONTO = SITES[:2]
SOMEBODY = Person("p", "P", "P", "stockholm", "sv", WorkTime(), Place("people.csv"))


def days(anchor: Anchor, **person: object) -> list[str]:
    who = replace(SOMEBODY, **person) if person else None
    return [day.isoformat() for day in occurrences(anchor, YEAR, STOCKHOLM, who)]


def test_csw_days_and_the_day_after() -> None:
    assert days(Anchor("csw", nth=3)) == ["2027-10-06"]
    assert days(Anchor("day-after")) == ["2027-10-11"]
    assert occurrences(Anchor("day-after"), YEAR, TORONTO, None) == (date(2027, 10, 12),)


def test_shifts_by_days_weeks_and_months() -> None:
    assert days(Anchor("csw", nth=1, shift=-2, unit="weeks")) == ["2027-09-20"]
    assert days(Anchor("day-after", shift=30)) == ["2027-11-10"]
    assert days(Anchor("date", on=date(2027, 8, 31), shift=-6, unit="months")) == ["2027-02-28"]


def test_a_shift_brings_days_of_the_years_beside_into_this_one() -> None:
    assert days(Anchor("day-after", shift=3, unit="months")) == ["2027-01-12"]


@pytest.mark.parametrize(
    ("anchor", "first", "number"),
    [
        (Anchor("weekday", nth=1, weekday=0), "2027-01-04", 12),
        (Anchor("weekday", nth=-1, weekday=4), "2027-01-29", 12),
        (Anchor("weekday", nth=3, weekday=3, period="quarter"), "2027-01-21", 4),
        (Anchor("weekday", nth=1, weekday=4, period="year", month=3), "2027-03-05", 1),
        (Anchor("month-day", month=2, day=29), "2027-02-28", 1),
        (Anchor("month-day", month=12, day=13), "2027-12-13", 1),
    ],
)
def test_days_that_come_round(anchor: Anchor, first: str, number: int) -> None:
    assert (days(anchor)[0], len(days(anchor))) == (first, number)


def test_personal_days() -> None:
    assert days(Anchor("anniversary"), start_date=date(2019, 5, 3)) == ["2027-05-03"]
    assert days(Anchor("anniversary"), start_date=date(2027, 5, 3)) == []
    assert days(Anchor("birthday"), birthday=(2, 29)) == ["2027-02-28"]
    assert days(Anchor("first-day", shift=4, unit="weeks"), start_date=date(2027, 5, 3)) == ["2027-05-31"]
    assert days(Anchor("last-day"), end_date=date(2027, 6, 18)) == ["2027-06-18"]
    assert days(Anchor("birthday"), birthday=None, name="X") == []


def test_a_long_leave_is_welcomed_back_a_holiday_is_not() -> None:
    long = Span(date(2027, 2, 1), date(2027, 5, 31))
    short = Span(date(2027, 7, 5), date(2027, 7, 30))
    assert days(Anchor("back-from-leave"), leave=(long, short)) == ["2027-06-01"]
