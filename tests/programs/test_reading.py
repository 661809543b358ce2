"""What each program reads in the calendars that csweek exports."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from programs import libraries
from programs.made import DAYS, SWEEP, TEXTS, ZONES, Made, site
from programs.seen import Calendar, Reader, Seen

pytestmark = pytest.mark.slow

LOST = {
    ("khal", "path"): r"khal writes what it imports with icalendar 7.3, which makes a line break of \N",
    ("node-ical", "path"): r"node-ical 0.25 takes \n and \N for line breaks",
}
"""Texts that a program loses though they are written as the standard says."""


LIBRARIES = ("libical", "ical.js", "node-ical", "icalendar")
SLOW = {"khal", "radicale", "thunderbird"}
"""Programs that take half a second and more for a calendar; they read two of each kind."""

reference = cache(libraries.icalendar)


@pytest.fixture
def program(request: pytest.FixtureRequest) -> str:
    """The name of the program that reads."""
    return str(request.node.callspec.params["reader"])


def all_of(calendars: Iterable[Calendar]) -> Calendar:
    return {uid: event for calendar in calendars for uid, event in calendar.items()}


def hours(calendar: Calendar) -> Mapping[str, tuple[str, str]]:
    return {uid: (event.start, event.end) for uid, event in calendar.items()}


def planned(made: Made, calendar: Calendar) -> Mapping[str, tuple[str, str]]:
    """When the plan has the events of a calendar; preparing, which has UIDs of its own, as it is there."""
    own = {uid: (event.start, event.end) for uid, event in made.events.items()}
    return {uid: own.get(uid, (event.start, event.end)) for uid, event in calendar.items()}


def shown(event: Seen) -> Seen:
    """What every program shows."""
    return event._replace(sequence=None)


def two_of_each(files: Sequence[Path]) -> Sequence[Path]:
    """Return the first and the last calendar of each kind: its folder, that above it for private ones."""
    kinds = {path: path.parts[-2] if "share" in path.parts else "private" for path in files}
    chosen = [dict(zip(map(kinds.get, some), some, strict=True)) for some in (files, files[::-1])]
    return sorted({path for one in chosen for path in one.values()})


def test_the_year_of_the_demo_in_all_its_calendars(program: str, reader: Reader, demo: Made) -> None:
    files = two_of_each(demo.files) if program in SLOW else demo.files
    found = reader(*files)
    assert [len(one) for one in found] == [path.read_bytes().count(b"BEGIN:VEVENT") for path in files]
    for calendar, as_icalendar in zip(found, reference(*files), strict=True):
        assert hours(calendar) == planned(demo, calendar)
        assert {uid: shown(one) for uid, one in calendar.items()} == {
            uid: shown(one) for uid, one in as_icalendar.items()
        }
    assert program in SLOW or set(demo.events) <= set(all_of(found))


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_read_as_it_was_written(
    request: pytest.FixtureRequest, program: str, reader: Reader, texts: Made, name: str
) -> None:
    if why := LOST.get((program, name)):
        request.applymarker(pytest.mark.xfail(reason=why, strict=True))
    (whole,) = reader(texts.file("/private/bo/"))
    (team,) = reader(texts.file("/support.ics"))
    said = TEXTS[name].replace("\r", "").strip()
    title = " ".join(said.split())
    before = f"{title} – " if ":" in title else f"{title}: "
    assert summaries(texts, whole, name) == [f"{before}Natt", f"{before}Support"]
    assert summaries(texts, team, name) == [title]
    for event in acts(texts, whole, name):
        assert event.description.partition("For: ")[2].split("\n", 1)[1] == said


def test_no_escape_and_no_letter_is_lost_where_a_line_is_folded(reader: Reader, texts: Made) -> None:
    (whole,) = reader(texts.file("/private/bo/"))
    for name, text in SWEEP.items():
        for event in acts(texts, whole, name):
            assert event.description.endswith(f"\n{text}")
            assert event.summary.startswith(" ".join(text.split()))


def acts(made: Made, calendar: Calendar, action: str) -> list[Seen]:
    found = [event for uid, event in calendar.items() if made.events[uid].action == action]
    assert found
    return found


def summaries(made: Made, calendar: Calendar, action: str) -> list[str]:
    return sorted(event.summary for event in acts(made, calendar, action))


def test_five_days_of_a_celebration_are_five_days(reader: Reader, texts: Made) -> None:
    (team,) = reader(texts.file("/support.ics"))
    days = [date(2027, 10, 4) + timedelta(n) for n in range(6)]
    assert [
        hours(team)[uid] for n in range(1, 6) for uid in team if texts.events[uid].action == f"day-{n}"
    ] == [(first.isoformat(), after.isoformat()) for first, after in pairwise(days)]


def test_an_hour_is_the_same_moment_in_every_zone(reader: Reader, zones: Made) -> None:
    (whole,) = reader(zones.file("/share/everyone.ics"))
    assert hours(whole) == planned(zones, whole)
    assert len(whole) == len(ZONES) * len(DAYS) + len(DAYS) + 2


@pytest.mark.parametrize("place", ZONES)
def test_a_team_far_away_meets_at_its_own_hours(reader: Reader, zones: Made, place: str) -> None:
    (team,) = reader(zones.file(f"/teams/{site(place)}.ics"))
    assert hours(team) == planned(zones, team)
    assert len(team) == len(DAYS)


def test_a_night_shift_keeps_its_hours_when_clocks_change(reader: Reader, zones: Made) -> None:
    (night,) = reader(zones.file("/teams/night.ics"))
    shifts = {event.start: event.end for event in acts(zones, night, "shift")}
    assert shifts == {
        "2027-03-27T20:00:00Z": "2027-03-28T03:00:00Z",
        "2027-10-30T19:00:00Z": "2027-10-31T02:00:00Z",
    }


def test_a_calendar_in_parts_is_whole(reader: Reader, split: Made) -> None:
    parts = [path for path in split.files if "/share/teams/support" in path.as_posix()]
    found = reader(*parts)
    assert len(found) == 2
    assert sum(map(len, found)) == len(all_of(found)) == len(split.events) // 2 == 1040
    assert hours(all_of(found)) == planned(split, all_of(found))


# --- one export after the other; programs that keep calendars have modules of their own ------------


@pytest.mark.parametrize("reader", LIBRARIES, indirect=True)
def test_the_same_export_twice_reads_the_same(reader: Reader, steps: Mapping[str, Made]) -> None:
    (before,), (after,) = (reader(steps[step].file("/support.ics")) for step in ("first", "again"))
    assert before == after
    assert [p.read_bytes() for p in steps["again"].files] == [p.read_bytes() for p in steps["first"].files]


@pytest.mark.parametrize("reader", LIBRARIES, indirect=True)
def test_a_moved_event_is_the_same_event_later(reader: Reader, steps: Mapping[str, Made]) -> None:
    (before,), (after,) = (reader(steps[step].file("/support.ics")) for step in ("again", "moved"))
    (uid,) = (uid for uid in before if before[uid] != after[uid])
    assert set(before) == set(after)
    assert hours(after) == planned(steps["moved"], after)
    if (sequence := before[uid].sequence) is not None:
        assert after[uid].sequence == sequence + 1


@pytest.mark.parametrize("reader", LIBRARIES, indirect=True)
def test_a_dropped_event_is_gone_and_no_other(reader: Reader, steps: Mapping[str, Made]) -> None:
    (before,), (after,) = (reader(steps[step].file("/support.ics")) for step in ("moved", "dropped"))
    (uid,) = set(before) - set(after)
    assert dict(after) == {other: event for other, event in before.items() if other != uid}


@pytest.mark.parametrize("reader", LIBRARIES, indirect=True)
def test_the_next_year_adds_events_of_its_own(reader: Reader, steps: Mapping[str, Made]) -> None:
    (before,), (after,) = (reader(steps[step].file("/support.ics")) for step in ("replanned", "next year"))
    assert before.items() < after.items()
    assert set(after) - set(before) == set(after) & set(steps["next year"].events)
    assert hours(after) == planned(steps["next year"], after)
