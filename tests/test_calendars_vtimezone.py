import re
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar, Timezone

from csweek import zones
from csweek.icscheck import check
from csweek.render.calendars.vtimezone import vtimezone

YEAR = 2027
OUTLOOKS = re.compile(r"RRULE:FREQ=YEARLY;BYMONTH=\d+;BYDAY=-?[1-4][A-Z]{2}")
"""MS-OXCICAL, 2.1.3.1.1.19.2.2: a single occurrence of a single day of the week."""
ZONES = [
    "Europe/Stockholm",
    "Europe/Sarajevo",
    "Europe/London",
    "Europe/Dublin",
    "America/Toronto",
    "America/New_York",
    "America/St_Johns",
    "Asia/Seoul",
    "Asia/Kolkata",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Antarctica/Troll",
]


def written(name: str) -> str:
    found = vtimezone(name, YEAR, YEAR)
    assert found is not None
    return found.decode()


def around(name: str) -> list[datetime]:
    """Noon of each fifth day, and the hours on both sides of each change."""
    zone = zones.zone(name)
    hours = [datetime(YEAR, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(365 * 24)]
    offsets = [hour.astimezone(zone).utcoffset() for hour in hours]
    near = {n + d for n in range(1, len(hours)) if offsets[n] != offsets[n - 1] for d in (-3, -1, 0, 1, 3)}
    return [hours[n] for n in sorted({*range(12, len(hours), 120), *near})]


@pytest.mark.parametrize("name", ZONES)
def test_a_reader_of_the_rules_sees_the_zones_own_hours(name: str) -> None:
    (component,) = Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{written(name)}END:VCALENDAR\r\n").walk(
        "VTIMEZONE"
    )
    assert isinstance(component, Timezone)
    ruled, zone = component.to_tz(lookup_tzid=False), zones.zone(name)
    for moment in around(name):
        local = moment.astimezone(zone)
        if not local.fold:
            assert ruled.utcoffset(local.replace(tzinfo=None)) == local.utcoffset(), moment


def test_outlook_gets_the_rules_it_reads() -> None:
    assert written("Europe/Stockholm").splitlines() == [
        "BEGIN:VTIMEZONE", "TZID:Europe/Stockholm",
        "BEGIN:STANDARD", "DTSTART:19701025T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "TZNAME:CET", "END:STANDARD",
        "BEGIN:DAYLIGHT", "DTSTART:19700329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST", "END:DAYLIGHT", "END:VTIMEZONE",
    ]  # fmt: skip


def test_a_zone_without_daylight_saving_has_one_block() -> None:
    assert "RRULE" not in written("Asia/Seoul")
    assert "TZOFFSETTO:+0545" in written("Asia/Kathmandu")


def test_what_is_ahead_is_daylight_also_where_the_law_calls_it_standard() -> None:
    dublin = written("Europe/Dublin")
    assert "TZOFFSETTO:+0100" in dublin[dublin.index("BEGIN:DAYLIGHT") : dublin.index("END:DAYLIGHT")]


@pytest.mark.parametrize(
    "name", ["Africa/Cairo", "America/Nuuk", "America/Santiago", "Asia/Jerusalem", "UTC", "Etc/UTC"]
)
def test_what_rules_cannot_say_is_left_to_utc(name: str) -> None:
    assert vtimezone(name, YEAR, YEAR) is None


def test_a_zone_is_judged_in_the_years_of_the_plan() -> None:
    assert vtimezone("Europe/Istanbul", 2016, 2016) is None
    assert vtimezone("Europe/Istanbul", YEAR, YEAR)


def test_an_unknown_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        vtimezone("Europe/Nowhere", YEAR, YEAR)


@pytest.mark.parametrize("step", [12, pytest.param(1, marks=pytest.mark.slow)])
def test_nearly_every_zone_comes_out_by_rule_and_passes_the_check(step: int) -> None:
    some = sorted(zones.names())[::step]
    by_rule = [block for name in some if (block := vtimezone(name, YEAR, YEAR))]
    assert len(by_rule) > 0.93 * len(some)
    rules = {line for block in by_rule for line in block.decode().splitlines() if line.startswith("RRULE")}
    assert [rule for rule in rules if not OUTLOOKS.fullmatch(rule)] == []
    head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
    assert [p.message for p in check(head + b"".join(by_rule) + b"END:VCALENDAR\r\n", "a.ics")] == [
        "the calendar holds no event"
    ]
