from datetime import UTC, date, datetime, time

from csweek.model.basics import Hours
from csweek.model.people import WorkTime
from csweek.plan.when.hours import between, common, holding_windows, local, meeting_window, moments

NIGHT = WorkTime(hours=Hours(time(21), time(7)))
EVENING = WorkTime(hours=Hours(time(14), time(22)))


def test_people_are_met_in_event_hours_while_at_work() -> None:
    assert meeting_window(WorkTime()) == (9 * 60, 16 * 60)
    assert meeting_window(EVENING) == (14 * 60, 16 * 60)


def test_a_night_shift_that_never_meets_event_hours_is_met_in_its_own() -> None:
    assert meeting_window(NIGHT) == (21 * 60, 31 * 60)


def test_a_night_shift_is_met_after_midnight_where_event_hours_are_then() -> None:
    early = Hours(time(1), time(5))
    assert meeting_window(WorkTime(hours=NIGHT.hours, event_hours=early)) == (25 * 60, 29 * 60)


def test_a_minute_begun_is_taken() -> None:
    first = date(2027, 1, 4)
    start, end = (datetime(2027, 1, 4, 10, minute, second=30, tzinfo=UTC) for minute in (0, 20))
    assert between(start, end, first) == (600, 621)
    assert between(start.replace(second=0), end.replace(second=0), first) == (600, 620)


def test_owners_hold_in_owner_hours_and_in_their_own() -> None:
    assert holding_windows(WorkTime()) == ((7 * 60, 20 * 60),)
    assert holding_windows(NIGHT) == ((7 * 60, 20 * 60), (21 * 60, 31 * 60))


def test_zones_are_compared_in_moments() -> None:
    day = date(2027, 1, 12)
    stockholm = moments((9 * 60, 16 * 60), "Europe/Stockholm", day, 8)
    toronto = moments((9 * 60, 16 * 60), "America/Toronto", day, 8)
    seoul = moments((9 * 60, 16 * 60), "Asia/Seoul", day, 8)
    start, end = common([stockholm, toronto])
    assert (local(start - 8 * 1440, "Europe/Stockholm", day).hour, end - start) == (15, 60)
    assert common([stockholm, seoul])[1] <= common([stockholm, seoul])[0]


def test_local_time_is_the_wall_clock_on_both_sides_of_a_clock_change() -> None:
    for day, hours_ahead in ((date(2027, 3, 27), 1), (date(2027, 3, 29), 2)):
        start, _ = moments((9 * 60, 16 * 60), "Europe/Stockholm", day, 0)
        shown = local(start, "Europe/Stockholm", day)
        assert (shown.hour, shown.date()) == (9, day)
        assert shown.utcoffset() is not None
        assert shown.strftime("%z") == f"+0{hours_ahead}00"


def test_an_hour_that_a_clock_change_leaves_out_is_the_one_after() -> None:
    day = date(2027, 3, 28)
    shown = local(2 * 60 + 30 - 120, "Europe/Stockholm", day)
    assert (shown.hour, shown.minute) == (3, 30)
