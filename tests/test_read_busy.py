from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import YAML, reading

from csweek import zones
from csweek.model.basics import Span
from csweek.read.busy import When, busy_times
from csweek.read.workspace import read

YEAR = Span(date(2027, 1, 4), date(2028, 1, 2))
STOCKHOLM = When(YEAR, zones.zone("Europe/Stockholm"))
PEOPLE = "id,name,team\nanna,Anna Ek,Support\nbo,Bo Berg,Support\n"


def event(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", ""))


def calendar(*events: str, head: str = "") -> bytes:
    start = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n"
    return f"{start}{head}{''.join(events)}END:VCALENDAR\r\n".encode()


def hours(*events: str, when: When = STOCKHOLM, head: str = "") -> list[str]:
    found, problems = busy_times(calendar(*events, head=head), "anna.ics", when)
    assert problems == ()
    return [f"{one.start:%m-%dT%H:%M}/{one.end:%m-%dT%H:%M}" for one in found]


def once(start: str, end: str, *more: str, uid: str = "1") -> str:
    return event(f"UID:{uid}", f"DTSTART{start}", f"DTEND{end}", *more)


def test_a_meeting_is_busy_in_utc_whatever_its_zone() -> None:
    assert hours(once(":20270113T100000Z", ":20270113T110000Z")) == ["01-13T10:00/01-13T11:00"]
    new_york = once(";TZID=America/New_York:20270315T090000", ";TZID=America/New_York:20270315T093000")
    assert hours(new_york) == ["03-15T13:00/03-15T13:30"]
    assert hours(once(":20270713T100000", ":20270713T110000")) == ["07-13T08:00/07-13T09:00"]


def test_names_of_zones_as_outlook_writes_them() -> None:
    outlook = once(
        ";TZID=W. Europe Standard Time:20270113T100000", ";TZID=W. Europe Standard Time:20270113T110000"
    )
    assert hours(outlook) == ["01-13T09:00/01-13T10:00"]


def test_a_file_that_is_cut_off_keeps_busy_as_far_as_it_goes_and_is_told() -> None:
    meeting = once(":20270113T100000Z", ":20270113T110000Z")
    found, (problem,) = busy_times(
        calendar(meeting).replace(b"END:VCALENDAR\r\n", b"BEGIN:VEV"), "a.ics", STOCKHOLM
    )
    assert len(found) == 1
    assert (problem.message, problem.is_error) == ("the file is cut off: END:VCALENDAR is missing", False)


def test_a_file_without_events_is_told() -> None:
    found, (problem,) = busy_times(calendar("BEGIN:VFREEBUSY\r\nEND:VFREEBUSY\r\n"), "a.ics", STOCKHOLM)
    assert (found, problem.message) == ((), "it holds no event, so it keeps nobody busy")


def test_a_zone_that_the_file_defines_itself() -> None:
    own = once(";TZID=Our own:20270113T100000", ";TZID=Our own:20270113T110000")
    assert hours(own, head=our_own("+0300")) == ["01-13T07:00/01-13T08:00"]


def our_own(offset: str) -> str:
    return (
        "BEGIN:VTIMEZONE\r\nTZID:Our own\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
        f"TZOFFSETFROM:{offset}\r\nTZOFFSETTO:{offset}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )


def test_what_one_file_calls_a_zone_is_nothing_to_the_next_file() -> None:
    own = once(";TZID=Our own:20270113T100000", ";TZID=Our own:20270113T110000")
    assert hours(own, head=our_own("+0300")) == ["01-13T07:00/01-13T08:00"]
    assert hours(own, head=our_own("-0500")) == ["01-13T15:00/01-13T16:00"]
    assert len(busy_times(calendar(own), "a.ics", STOCKHOLM)[1]) == 1


def test_a_zone_that_nobody_knows_is_told_once_and_the_hours_are_the_owners() -> None:
    zone = ";TZID=Our own"
    one, two = (once(f"{zone}:{d}T100000", f"{zone}:{d}T110000", uid=d) for d in ("20270113", "20270114"))
    found, (problem,) = busy_times(calendar(one, two), "a.ics", STOCKHOLM)
    assert f"{found[0].start:%H:%M}" == "09:00"
    assert (str(problem.place), problem.is_error) == ("a.ics:4", False)
    assert problem.message == "the time zone Our own is not known; Europe/Stockholm is taken for it"


def test_the_calendars_own_zone_may_be_one_that_nobody_knows_or_outlooks_name() -> None:
    meeting = once(":20270113T100000", ":20270113T110000")
    assert hours(meeting, head="X-WR-TIMEZONE:Eastern Standard Time\r\n") == ["01-13T15:00/01-13T16:00"]
    assert hours(meeting, head="X-WR-TIMEZONE:\r\n") == ["01-13T09:00/01-13T10:00"]
    found, (problem,) = busy_times(calendar(meeting, head="X-WR-TIMEZONE:Mars\r\n"), "a.ics", STOCKHOLM)
    assert f"{found[0].start:%H:%M}" == "09:00"
    assert problem.message == "X-WR-TIMEZONE Mars is not known; Europe/Stockholm is taken for it"


@pytest.mark.filterwarnings("error")
def test_a_maker_s_name_before_a_zone_is_passed_over_without_a_word() -> None:
    zone = ";TZID=/mozilla.org/20050126_1/America/New_York"
    assert hours(once(f"{zone}:20270113T100000", f"{zone}:20270113T110000")) == ["01-13T15:00/01-13T16:00"]


def test_zones_that_cannot_be_read_are_no_lack_of_a_calendar() -> None:
    meeting = once(":20270113T100000Z", ":20270113T110000Z")
    _, (problem,) = busy_times(calendar(meeting, head=our_own("noon")), "a.ics", STOCKHOLM)
    assert problem.is_error
    assert problem.message == "its time zones cannot be read: Expected UTC offset, got: noon"
    assert "csweek check a.ics" in str(problem)


def test_an_exception_that_cannot_be_read_does_not_free_the_series() -> None:
    weekly = once(":20270113T100000Z", ":20270113T110000Z", "RRULE:FREQ=WEEKLY;COUNT=3")
    bad = event("UID:1", "RECURRENCE-ID:20270120T100000Z", "DTSTART:noon", "DTEND:20270120T120000Z")
    found, (problem,) = busy_times(calendar(weekly, bad), "a.ics", STOCKHOLM)
    assert [f"{one.start:%d}" for one in found] == ["13", "20", "27"]
    assert str(problem.place) == "a.ics:10"


def test_google_means_its_own_zone_where_a_series_is_in_utc() -> None:
    weekly = once(":20270302T090000Z", ":20270302T100000Z", "RRULE:FREQ=WEEKLY;COUNT=5")
    found = hours(weekly, head="X-WR-TIMEZONE:Europe/Berlin\r\n")
    assert [one[:11] for one in found] == [
        "03-02T09:00", "03-09T09:00", "03-16T09:00", "03-23T09:00", "03-30T08:00",
    ]  # fmt: skip


def test_a_series_keeps_its_hour_over_a_clock_change_and_its_exceptions() -> None:
    zone = ";TZID=Europe/Stockholm:"
    found = hours(
        once(
            f"{zone}20270316T100000", f"{zone}20270316T110000", "RRULE:FREQ=WEEKLY;UNTIL=20270413T235959Z",
            f"EXDATE{zone}20270323T100000",
        ),
        once(f"{zone}20270330T140000", f"{zone}20270330T150000", f"RECURRENCE-ID{zone}20270330T100000"),
        once(
            f"{zone}20270406T100000", f"{zone}20270406T110000", f"RECURRENCE-ID{zone}20270406T100000",
            "TRANSP:TRANSPARENT",
        ),
    )  # fmt: skip
    assert found == ["03-16T09:00/03-16T10:00", "03-30T12:00/03-30T13:00", "04-13T08:00/04-13T09:00"]


def test_a_series_that_ended_before_the_year_lasts_into_it_or_has_one_time_moved_there() -> None:
    rule = "RRULE:FREQ=WEEKLY;UNTIL=20261230T000000Z"
    weeks = once(":20261201T000000Z", ":20261216T000000Z", rule)
    assert hours(weeks) == ["01-03T23:00/01-13T00:00"]
    moved = once(":20270113T090000Z", ":20270113T100000Z", "RECURRENCE-ID:20261208T090000Z")
    ended = once(":20261201T090000Z", ":20261201T100000Z", rule)
    assert hours(ended, moved) == ["01-13T09:00/01-13T10:00"]
    assert hours(once(":20261201T090000Z", ":20261201T100000Z", rule, "RDATE:20270113T090000Z")) == [
        "01-13T09:00/01-13T10:00"
    ]


def test_a_series_without_an_end_is_busy_in_the_year_alone() -> None:
    daily = once(";TZID=Europe/Stockholm:20200101T100000", ";TZID=Europe/Stockholm:20200101T103000",
                 "RRULE:FREQ=DAILY")  # fmt: skip
    found = hours(daily)
    assert (len(found), found[0], found[-1]) == (
        364, "01-04T09:00/01-04T09:30", "01-02T09:00/01-02T09:30",
    )  # fmt: skip


def test_what_is_free_or_cancelled_keeps_nobody_busy() -> None:
    day = (";VALUE=DATE:20270113", ";VALUE=DATE:20270114")
    assert hours(once(*day, "TRANSP:TRANSPARENT"), once(*day, "STATUS:CANCELLED", uid="2")) == []


@pytest.mark.parametrize(
    ("lines", "busy"),
    [
        (["X-MICROSOFT-CDO-BUSYSTATUS:FREE"], False),
        (["TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"], False),
        (["TRANSP:OPAQUE", "x-microsoft-cdo-busystatus:WorkingElsewhere"], False),
        (["TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY"], False),
        (["TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", "STATUS:TENTATIVE"], True),
        (["X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", "X-MICROSOFT-CDO-INTENDEDSTATUS:FREE"], True),
        (["TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"], True),
        (["X-MICROSOFT-CDO-BUSYSTATUS:BUSY"], True),
        (["TRANSP:", "X-MICROSOFT-CDO-BUSYSTATUS:"], True),
    ],
)
def test_what_outlook_shows_as_free_or_elsewhere_keeps_nobody_busy(lines: list[str], busy: bool) -> None:  # noqa: FBT001 - a parameter
    meeting = once(":20270113T100000Z", ":20270113T110000Z", *lines)
    assert bool(hours(meeting)) is busy


def test_one_time_of_a_series_may_be_shown_as_free() -> None:
    weekly = once(
        ":20270113T100000Z", ":20270113T110000Z", "RRULE:FREQ=WEEKLY;COUNT=3",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
    )  # fmt: skip
    free = once(
        ":20270120T100000Z", ":20270120T110000Z", "RECURRENCE-ID:20270120T100000Z",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
    )  # fmt: skip
    assert [one[:5] for one in hours(weekly, free)] == ["01-13", "01-27"]


ANNA = "anna@x.example"


@pytest.mark.parametrize(
    ("guest", "busy"),
    [
        ("PARTSTAT=DECLINED;CN=Anna:mailto:anna@x.example", False),
        ('CN="Ek: Anna";RSVP=TRUE;PARTSTAT=\r\n DECLINED:MAILTO:Anna@X.example', False),
        ("EMAIL=anna@x.example;PARTSTAT=DECLINED:urn:uuid:00000000-0000-0000-0000-000000000001", False),
        ("PARTSTAT=ACCEPTED:mailto:anna@x.example", True),
        ("PARTSTAT=NEEDS-ACTION:mailto:anna@x.example", True),
        ("PARTSTAT=DECLINED:mailto:susanna@x.example", True),
        ('PARTSTAT=DECLINED;CN="anna:mailto:bo@x.example', True),
    ],
)
def test_what_its_owner_has_declined_keeps_nobody_busy(guest: str, busy: bool) -> None:  # noqa: FBT001 - a parameter
    meeting = once(":20270113T100000Z", ":20270113T110000Z", f"ATTENDEE;{guest}")
    assert bool(busy_times(calendar(meeting), "a.ics", STOCKHOLM, ANNA)[0]) is busy
    assert len(hours(meeting)) == 1


def test_one_time_of_a_series_may_be_declined() -> None:
    weekly = once(":20270113T100000Z", ":20270113T110000Z", "RRULE:FREQ=WEEKLY;COUNT=3")
    zone = (":20270120T100000Z", ":20270120T110000Z", "RECURRENCE-ID:20270120T100000Z")
    content = calendar(weekly, once(*zone, f"ATTENDEE;PARTSTAT=DECLINED:mailto:{ANNA}"))
    assert [f"{one.start:%d}" for one in busy_times(content, "a.ics", STOCKHOLM, ANNA)[0]] == ["13", "27"]
    assert [f"{one.start:%d}" for one in busy_times(content, "a.ics", STOCKHOLM)[0]] == ["13", "20", "27"]


def test_an_all_day_event_blocks_the_day_of_its_owner() -> None:
    seoul = When(YEAR, zones.zone("Asia/Seoul"))
    day = once(";VALUE=DATE:20270113", ";VALUE=DATE:20270115", "TRANSP:OPAQUE")
    assert hours(day) == ["01-12T23:00/01-14T23:00"]
    assert hours(day, when=seoul) == ["01-12T15:00/01-14T15:00"]
    assert hours(event("UID:1", "DTSTART;VALUE=DATE:20270113")) == ["01-12T23:00/01-13T23:00"]


def test_an_all_day_event_that_names_its_last_day_as_its_end_blocks_that_day() -> None:
    day = ";VALUE=DATE:20270113"
    assert hours(once(day, day)) == ["01-12T23:00/01-13T23:00"]


def test_a_series_until_a_day_takes_place_on_that_day() -> None:
    weekly = once(":20270113T100000Z", ":20270113T110000Z", "RRULE:FREQ=WEEKLY;UNTIL=20270120")
    assert hours(weekly) == ["01-13T10:00/01-13T11:00", "01-20T10:00/01-20T11:00"]


def test_what_begins_before_the_year_counts_from_its_first_day() -> None:
    leave = once(":20261220T000000Z", ":20270105T080000Z")
    assert hours(leave) == ["01-03T23:00/01-05T08:00"]
    assert hours(once(":20260101T000000Z", ":20260105T080000Z")) == []
    assert hours(event("UID:1", "DTSTART:20261231T230000Z", "DURATION:P7D")) == ["01-03T23:00/01-07T23:00"]


def test_what_says_nothing_and_blanks_at_the_end_keep_nobody_free() -> None:
    blank = once(
        ":20270113T100000Z ", ":20270113T110000Z", "EXDATE:", "RRULE:", "RDATE;VALUE=DATE:", "SEQUENCE: 0"
    )
    assert hours(blank) == ["01-13T10:00/01-13T11:00"]


def test_names_on_lines_of_their_own_as_older_programs_fold_them() -> None:
    folded = event(
        "UID\r\n :1", "DTSTART\r\n ;TZID=Europe/Stockholm\r\n :20270113T100000", "DTEND\r\n :20270113T100000Z"
    )
    assert hours(folded) == ["01-13T09:00/01-13T10:00"]
    assert hours(folded.replace("\r\n", "\n")) == ["01-13T09:00/01-13T10:00"]


def test_times_that_meet_or_overlap_are_one() -> None:
    assert hours(
        once(":20270113T100000Z", ":20270113T110000Z"),
        once(":20270113T110000Z", ":20270113T120000Z", uid="2"),
        once(":20270113T103000Z", ":20270113T104500Z", uid="3"),
    ) == ["01-13T10:00/01-13T12:00"]


def test_words_alarms_and_folded_lines_do_not_matter() -> None:
    long = once(
        ":20270113T100000Z", ":20270113T110000Z", "SUMMARY:DTSTART:20300101", "DESCRIPTION:a\\n" + "b" * 70,
        " DTEND:20300101T000000Z", "BEGIN:VALARM", "DURATION:PT5M", "TRIGGER:-PT5M", "END:VALARM",
    )  # fmt: skip
    assert hours(long) == ["01-13T10:00/01-13T11:00"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["DTSTART:20271399T100000Z"], "DTSTART"),
        (["SUMMARY:x"], "it has no DTSTART"),
        (["DTSTART:20270113T100000Z", "RRULE:FREQ=SECONDLY"], "by the hour, the minute or the second"),
        (["DTSTART:20270113T100000Z", "RRULE:FREQ=DAILY;INTERVAL=0"], "INTERVAL"),
        (["DTSTART:20270113T100000Z", "RRULE:FREQ=DAILY;BYHOUR=25"], "BYHOUR in this rule has no value"),
        (["DTSTART:20270113T100000Z", "RRULE:FREQ=DAILY;UNTL=20270201"], "no rule has: 'UNTL'"),
        (
            ["DTSTART:20270113T100000Z", "RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5"],
            "24 times a day",
        ),
        (["DTSTART:20270113T100000Z", "DTSTART:20270114T100000Z"], "it has DTSTART more than once"),
        (["DTSTART:20270113T100000Z", "RDATE;VALUE=TIME:083000"], "its days and times do not fit together"),
        (["DTSTART:20270113T100000Z", "RRULE:FREQ=SOMETIMES"], "FREQ in this rule has no value"),
        (["DTSTART:20270113T100000Z", "DTEND:never"], "DTEND"),
    ],
)
def test_an_event_that_cannot_be_read_is_told_with_its_line_and_the_others_count(
    lines: list[str], said: str
) -> None:
    good = once(":20270113T100000Z", ":20270113T110000Z", uid="good")
    found, problems = busy_times(calendar(good, event("UID:bad", *lines)), "anna.ics", STOCKHOLM)
    assert len(found) == 1
    assert [(str(one.place), one.is_error) for one in problems] == [("anna.ics:9", False)]
    assert said in problems[0].message


def test_many_unreadable_events_are_told_as_one() -> None:
    bad = [event(f"UID:{n}", "DTSTART:no") for n in range(20)]
    assert len(busy_times(calendar(*bad), "anna.ics", STOCKHOLM)[1]) == 6


def test_more_than_anybody_can_have_in_a_year_is_an_error_and_years_ago_do_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("csweek.read.busy.MOST", 20)
    now = [once(":20270113T100000Z", ":20270113T110000Z", uid=f"{n}") for n in range(21)]
    found, (problem,) = busy_times(calendar(*now), "anna.ics", STOCKHOLM)
    assert found == ()
    assert problem.is_error
    assert problem.message == "21 of its events may lie in this year; 20 are read at most"
    assert "export the calendar of this one person alone" in str(problem)
    daily = once(":20200113T100000Z", ":20200113T110000Z", "RRULE:FREQ=DAILY")
    found, (problem,) = busy_times(calendar(daily, now[1]), "anna.ics", STOCKHOLM)
    assert (found, problem.is_error) == ((), True)
    assert problem.message == "364 or more of its events may lie in this year; 20 are read at most"
    before = [one.replace("2027", "2017") for one in now]
    assert busy_times(calendar(*before), "anna.ics", STOCKHOLM) == ((), ())
    ended = [
        one.replace("END:VEVENT", "RRULE:FREQ=DAILY;UNTIL=20200101T000000Z\r\nEND:VEVENT") for one in before
    ]
    assert busy_times(calendar(*ended), "anna.ics", STOCKHOLM) == ((), ())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"Subject,Start Date\r\nx,y\r\n", "this is no calendar"),
        (b"<!DOCTYPE html><title>Log in</title>", "a download asks for a login"),
        (b"PK\x03\x04", "this is no calendar"),
        (b"\0" * 100, "this is no calendar"),
        (calendar().decode().encode("utf-16"), "the file is UTF-16"),
        (b"x: BEGIN:VCALENDAR\n", "the calendar has no PRODID"),
    ],
)
def test_what_is_no_calendar_is_an_error_that_says_what_it_is(content: bytes, said: str) -> None:
    found, (problem,) = busy_times(content, "anna.ics", STOCKHOLM)
    assert (found, problem.is_error) == ((), True)
    assert said in str(problem)


@given(st.lists(st.tuples(st.integers(0, 500_000), st.integers(1, 3000)), max_size=30))
@settings(max_examples=25, deadline=None)
def test_single_events_come_to_the_minutes_that_they_cover(spans: list[tuple[int, int]]) -> None:
    first, last = STOCKHOLM.bounds
    base = int(first.timestamp()) // 60
    text = "%Y%m%dT%H%M%SZ"
    made, covered = [], set[int]()
    for number, (start, length) in enumerate(spans):
        begin, end = (datetime.fromtimestamp((base + m) * 60, UTC) for m in (start, start + length))
        made.append(once(f":{begin:{text}}", f":{end:{text}}", uid=str(number)))
        covered |= set(range(start, min(start + length, int(last.timestamp()) // 60 - base)))
    found, _ = busy_times(calendar(*made), "anna.ics", STOCKHOLM)
    assert sum((one.end - one.start).total_seconds() / 60 for one in found) == len(covered)
    assert all(one.end < two.start for one, two in pairwise(found))


def owner_busy(text: str) -> str:
    return f"{YAML}owner_busy: {text}\n"


def test_a_workspace_names_its_owners_calendars(tmp_path: Path) -> None:
    declined = once(
        ":20270114T100000Z", ":20270114T110000Z", f"ATTENDEE;PARTSTAT=DECLINED:mailto:{ANNA}", uid="2"
    )
    ics = calendar(once(":20270113T100000Z", ":20270113T110000Z"), declined)
    yaml = owner_busy("{Anna Ek: busy/a.ics}")
    people = f"id,name,team,email\nanna,Anna Ek,Support,{ANNA}\n"
    assert reading(tmp_path, {"csweek.yaml": yaml, "people.csv": people, "busy/a.ics": ics}).inputs
    found = read(tmp_path, days=lambda _: YEAR)
    assert found.inputs
    assert [(owner, len(times)) for owner, times in found.inputs.busy.items()] == [("anna", 1)]
    assert "busy/a.ics" in found.files


def test_without_days_a_calendar_is_only_looked_for(tmp_path: Path) -> None:
    yaml = owner_busy("{anna: a.ics, bo: none.ics}")
    found = reading(tmp_path, {"csweek.yaml": yaml, "people.csv": PEOPLE, "a.ics": b"?"})
    assert found.inputs is None
    assert [p.message for p in found.problems if p.is_error] == [f"there is no file {tmp_path / 'none.ics'}"]


def test_an_address_instead_of_a_file_is_told_as_such(tmp_path: Path) -> None:
    yaml = owner_busy("{anna: 'webcal://a.example/anna.ics'}")
    found = reading(tmp_path, {"csweek.yaml": yaml, "people.csv": PEOPLE})
    (problem,) = [one for one in found.problems if one.is_error]
    assert problem.message.startswith("webcal://a.example/anna.ics is an address")


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYWEEKNO=60", "FREQ=DAILY;BYSETPOS=2;BYHOUR=9"]
)
def test_a_rule_that_falls_on_no_day_is_told_and_not_looked_for(rule: str) -> None:
    series = once(":20260105T090000Z", ":20260105T100000Z", f"RRULE:{rule}")
    found, (problem,) = busy_times(calendar(series), "a.ics", STOCKHOLM)
    assert found == ()
    assert "keeps nobody busy:" in problem.message
    assert not problem.is_error


def test_lists_of_times_count_like_events() -> None:
    times = ",".join(f"20270104T{n // 60:02}{n % 60:02}00Z" for n in range(1000))
    listed = [once(":20270104T090000Z", ":20270104T100000Z", f"RDATE:{times}", uid=str(n)) for n in range(10)]
    found, (problem,) = busy_times(calendar(*listed), "a.ics", STOCKHOLM)
    assert (found, problem.is_error) == ((), True)
    assert problem.message.startswith("10,010 of its events may lie in this year")
