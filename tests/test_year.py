from datetime import date

import pytest

from csweek.model.basics import Hours, Place, csw_monday
from csweek.model.inputs import Settings, YearWanted
from csweek.model.people import Site, WorkTime
from csweek.plan.when import year

WORK = WorkTime()


def site(country: str | None, subdivision: str | None = None, **fields: object) -> Site:
    return Site("here", "UTC", "en", WORK, country, subdivision, **fields)  # type: ignore[arg-type]


def settings(*sites: Site, **wanted: object) -> Settings:
    return Settings(
        Place("csweek.yaml"),
        year=YearWanted(**wanted),  # type: ignore[arg-type]
        sites={str(number): each for number, each in enumerate(sites or (site(None),))},
    )


@pytest.mark.parametrize(
    ("calendar_year", "day"),
    [
        (2012, 1),
        (2018, 1),
        (2025, 6),
        (2026, 5),
        (2027, 4),
        (2028, 2),
        (2029, 1),
        (2030, 7),
        (2035, 1),
        (2040, 1),
    ],
)
def test_csw_begins_on_the_first_monday_of_october(calendar_year: int, day: int) -> None:
    assert csw_monday(calendar_year) == date(calendar_year, 10, day)


def test_iso_years_have_52_or_53_weeks() -> None:
    long = {y for y in range(2020, 2040) if year.iso_year(y).weeks == 53}
    assert long == {2020, 2026, 2032, 2037}
    assert (year.iso_year(2026).first, year.iso_year(2026).last) == (date(2025, 12, 29), date(2027, 1, 3))


def test_from_csw_to_csw_is_52_or_53_weeks() -> None:
    assert {y for y in range(2017, 2041) if year.csw_year(y).weeks == 53} == {2018, 2023, 2029, 2035, 2040}
    assert year.csw_year(2026).first == date(2026, 10, 12)
    assert year.csw_year(2026).last == date(2027, 10, 10)


@pytest.mark.parametrize(
    ("where", "day"),
    [
        (site("GB", "ENG"), date(2026, 10, 12)),
        (site("CA", "ON"), date(2026, 10, 13)),
        (site("JP"), date(2026, 10, 13)),
        (site("US", "NY"), date(2026, 10, 13)),
        (site("SA"), date(2026, 10, 11)),
        (site(None), date(2026, 10, 12)),
    ],
)
def test_the_day_after_is_worked_out_per_site(where: Site, day: date) -> None:
    assert year.day_after(where, 2026) == day


def test_a_csw_day_lost_to_a_holiday_joins_the_next_working_day_else_the_one_before() -> None:
    sydney = year.csw_days(site("AU", "NSW"), 2027)
    assert [day.day for day in sydney] == [5, 5, 6, 7, 8]
    riyadh = year.csw_days(site("SA"), 2027)
    assert [day.day for day in riyadh] == [4, 5, 6, 7, 7]
    seoul = year.csw_days(site("KR"), 2028)
    assert set(seoul) == {date(2028, 10, 6)}


def test_a_site_closed_all_of_csw_holds_it_the_week_after() -> None:
    closed = site(None, add=tuple(date(2027, 10, d) for d in range(4, 9)))
    assert [day.day for day in year.csw_days(closed, 2027)] == [11, 12, 13, 14, 15]
    assert year.day_after(closed, 2027) == date(2027, 10, 18)


def test_sweden_is_really_off_on_the_eves() -> None:
    sweden = site("SE")
    assert year.is_holiday(sweden, date(2027, 6, 25))
    assert year.is_holiday(sweden, date(2027, 12, 24))
    assert not year.is_holiday(sweden, date(2027, 6, 24))


def test_holidays_are_skipped_and_added_by_the_site() -> None:
    ontario = site("CA", "ON", skip=("family day",), add=(date(2027, 12, 24),))
    assert not year.is_holiday(ontario, date(2027, 2, 15))
    assert year.is_holiday(site("CA", "ON"), date(2027, 2, 15))
    assert not year.is_holiday(site("SE", skip=("Trettondedag jul",)), date(2027, 1, 6))
    assert not year.is_holiday(site("SE", skip=("epiphany",)), date(2027, 1, 6))
    assert year.works(site("CA", "ON"), date(2027, 12, 24))
    assert not year.works(ontario, date(2027, 12, 24))


def test_the_weekend_is_the_countrys_own_unless_the_site_says() -> None:
    assert year.working_week(site("SA")) == {6, 0, 1, 2, 3}
    assert year.working_week(site("SE")) == {0, 1, 2, 3, 4}
    own = Site("here", "UTC", "en", WorkTime(days=frozenset({5, 6})), "SE")
    assert year.working_week(own) == {5, 6}
    assert Hours(own.work.event_hours.end, own.work.event_hours.start).overnight


def test_without_a_word_it_is_this_year_until_its_day_after_then_the_next() -> None:
    assert year.year_for(settings(site("CA", "ON")), date(2026, 10, 13)).label == "2026"
    assert year.year_for(settings(site("CA", "ON")), date(2026, 10, 14)).label == "2027"
    assert year.year_for(settings(), date(2027, 1, 2)).label == "2027"


def test_the_year_can_be_named_started_on_a_monday_or_run_from_csw() -> None:
    today = date(2026, 11, 21)
    assert year.year_for(settings(iso=2032), today).weeks == 53
    started = year.year_for(settings(start=date(2027, 4, 5), weeks=26), today)
    assert (started.first, started.weeks) == (date(2027, 4, 5), 26)
    assert year.year_for(settings(from_csw=0), today).label == "csw-2026"
    assert year.year_for(settings(from_csw=0), date(2026, 10, 6)).label == "csw-2025"
    assert year.year_for(settings(from_csw=2028), today).first == date(2028, 10, 9)
