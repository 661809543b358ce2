from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from csweek.errors import Severity
from csweek.icscheck import check
from csweek.icscheck.library import unreadable

ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
END:VTIMEZONE
"""
FILE = f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//x//EN
NAME:Kundtjänst
{ZONE}BEGIN:VEVENT
UID:one
DTSTAMP:20261201T083000Z
DTSTART;TZID=Europe/Stockholm:20270104T093000
DTEND;TZID=Europe/Stockholm:20270104T094000
SUMMARY:Måndagens\\, berättelse
DESCRIPTION:A back\\\\slash\\; a break\\n and
  what goes on
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-PT10M
DESCRIPTION:Soon
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:two
DTSTAMP:20261201T083000Z
DTSTART;VALUE=DATE:20270105
DTEND;VALUE=DATE:20270106
SUMMARY:All day
CATEGORIES:Wow,Heroes
END:VEVENT
END:VCALENDAR
"""
LINES = FILE.splitlines()
BROKEN = Path(__file__).parent / "wrong" / "calendars"


def crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def line(start: str) -> int:
    return next(n for n, text in enumerate(LINES, 1) if text.startswith(start))


class Wrong(Struct, frozen=True, dict=True):
    """One change to the file, and what must be said of it."""

    old: str
    new: str
    at: int
    says: str
    severity: Severity = Severity.ERROR


WARNING = Severity.WARNING
SUMMARY, TWO, DAY = "SUMMARY:All day", "UID:two\n", "DTSTART;VALUE=DATE:20270105\n"
EVENT = line("BEGIN:VEVENT")
SECOND = line("UID:two") - 1

WRONG = {
    "no-version": Wrong("VERSION:2.0\n", "", 1, "no VERSION"),
    "old-version": Wrong("VERSION:2.0", "VERSION:1.0", 2, "not iCalendar 2.0"),
    "no-prodid": Wrong("PRODID:-//x//x//EN\n", "", 1, "no PRODID"),
    "no-uid": Wrong("UID:one\n", "", EVENT, "no UID"),
    "same-uid": Wrong("UID:two", "UID:one", SECOND + 1, "same UID"),
    "empty-uid": Wrong(TWO, "UID:\n", SECOND + 1, "UID is empty"),
    "two-titles": Wrong(SUMMARY, f"{SUMMARY}\nSUMMARY:more", SECOND, "SUMMARY more than once"),
    "no-mailto": Wrong(SUMMARY, f"ORGANIZER:eva@x.example\n{SUMMARY}", line(SUMMARY), "no address", WARNING),
    "no-mailto-after-a-fold": Wrong(
        SUMMARY,
        f'ORGANIZER;CN="Ek: mailto:":\n eva@x.example\n{SUMMARY}',
        line(SUMMARY),
        "no address",
        WARNING,
    ),
    "comma-in-cn": Wrong(
        SUMMARY, f"ORGANIZER;CN=Ek, Eva:mailto:eva@x.example\n{SUMMARY}", line(SUMMARY), "not quoted", WARNING
    ),
    "semicolon-in-cn": Wrong(
        SUMMARY, f"ORGANIZER;CN=Ek; Eva:mailto:eva@x.example\n{SUMMARY}", line(SUMMARY), "not quoted", WARNING
    ),
    "two-uids": Wrong(TWO, TWO + "UID:three\n", SECOND, "UID more than once"),
    "no-dtstamp": Wrong("UID:two\nDTSTAMP:20261201T083000Z\n", TWO, SECOND, "no DTSTAMP"),
    "local-dtstamp": Wrong(
        "UID:two\nDTSTAMP:20261201T083000Z", "UID:two\nDTSTAMP:20261201T083000", SECOND + 2, "must be in UTC"
    ),
    "no-dtstart": Wrong(DAY, "", SECOND, "no DTSTART"),
    "no-dtend": Wrong("DTEND;VALUE=DATE:20270106\n", "", SECOND, "no DTEND", WARNING),
    "end-and-duration": Wrong(SUMMARY, f"DURATION:P1D\n{SUMMARY}", SECOND, "both DTEND and DURATION"),
    "end-before-start": Wrong("DATE:20270106", "DATE:20270104", line("DTEND;VALUE"), "ends before it begins"),
    "end-at-start": Wrong("T094000", "T093000", line("DTEND;TZID"), "ends when it begins", WARNING),
    "end-on-the-first-day": Wrong(
        "DATE:20270106", "DATE:20270105", line("DTEND;VALUE"), "ends on the day on which it begins"
    ),
    "end-of-another-type": Wrong(
        "DTEND;VALUE=DATE:20270106", "DTEND:20270106T100000Z", line("DTEND;VALUE"), "a day and DTEND a time"
    ),
    "no-such-day": Wrong("DATE:20270105", "DATE:20270231", line("DTSTART;VALUE"), "no day and no time"),
    "no-such-hour": Wrong("0104T093000", "0104T253000", line("DTSTART;TZID"), "no day and no time"),
    "day-without-value": Wrong(
        "DTSTART;VALUE=DATE:", "DTSTART:", line("DTSTART;VALUE"), "no day and no time"
    ),
    "zone-and-utc": Wrong("20270104T093000", "20270104T093000Z", line("DTSTART;TZID"), "no day and no time"),
    "no-zone": Wrong("DTEND;TZID=Europe/Stockholm:", "DTEND:", line("DTEND;TZID"), "no time zone", WARNING),
    "no-vtimezone": Wrong(ZONE, "", line("DTSTART;TZID") - 17, "TZID Europe/Stockholm has no VTIMEZONE"),
    "vtimezone-of-another": Wrong(
        "TZID:Europe/Stockholm", "TZID:Europe/Berlin", line("DTSTART;TZID"), "has no VTIMEZONE"
    ),
    "no-rule": Wrong(
        ZONE,
        "\n".join(t for t in ZONE.split("\n") if "RRULE" not in t),
        line("BEGIN:VTIMEZONE"),
        "without RRULE",
    ),
    "winter-only": Wrong(
        ZONE,
        ZONE[: ZONE.index("BEGIN:DAY")].replace("RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n", "")
        + "END:VTIMEZONE\n",
        line("BEGIN:VTIMEZONE"),
        "without RRULE",
    ),
    "rule-of-many-days": Wrong(
        "BYDAY=-1SU", "BYDAY=SU;BYMONTHDAY=25,26,27", line("RRULE"), "Outlook ignores the time zone", WARNING
    ),
    "request": Wrong("NAME:", "METHOD:REQUEST\nNAME:", 4, "message, not a calendar"),
    "publish": Wrong("NAME:", "METHOD:PUBLISH\nNAME:", EVENT + 1, "no ORGANIZER", WARNING),
    "attendee": Wrong(SUMMARY, f"ATTENDEE:mailto:a@b.example\n{SUMMARY}", line(SUMMARY), "ATTENDEE", WARNING),
    "image": Wrong(
        SUMMARY, f"IMAGE;VALUE=URI:https://a.example/\n{SUMMARY}", line(SUMMARY), "IMAGE", WARNING
    ),
    "long-line": Wrong(SUMMARY, f"SUMMARY:{'x' * 68}", line(SUMMARY), "longer than 75 octets", WARNING),
    "long-in-octets": Wrong(SUMMARY, f"SUMMARY:{'한' * 23}", line(SUMMARY), "longer than 75 octets", WARNING),
    "raw-break": Wrong("All day", "All\nday", line(SUMMARY) + 1, "no property"),
    "blank-line": Wrong(SUMMARY, f"\n{SUMMARY}", line(SUMMARY), "is empty", WARNING),
    "bare-comma": Wrong("All day", "All, day", line(SUMMARY), "bare comma", WARNING),
    "bare-semicolon-in-fold": Wrong("  what", "  wh;at", line("  what"), "bare comma or semicolon", WARNING),
    "semicolon-in-list": Wrong("Wow,Heroes", "Wow;Heroes", line("CATEGORIES"), "bare comma or semi", WARNING),
    "comma-in-name": Wrong("NAME:Kund", "NAME:Kund,", 4, "bare comma", WARNING),
    "unknown-escape": Wrong("All day", "C:\\Temp", line(SUMMARY), "unknown escape", WARNING),
    "ends-in-backslash": Wrong("All day", "All day\\", line(SUMMARY), "single backslash", WARNING),
    "fold-in-escape": Wrong(
        "break\\n and", "break\\\n n and", line("DESCRIPTION:A"), "inside an escape", WARNING
    ),
    "control-character": Wrong("All day", "All\x00day", line(SUMMARY), "control character"),
    "event-not-ended": Wrong("Heroes\nEND:VEVENT\n", "Heroes\n", len(LINES) - 1, "is to be closed"),
    "cut-off": Wrong(FILE[FILE.index("SUMMARY:All") :], "", 1, "BEGIN:VCALENDAR has no END"),
    "end-without-begin": Wrong("END:VCALENDAR\n", "END:VCALENDAR\nEND:VEVENT\n", len(LINES) + 1, "no BEGIN"),
    "event-in-event": Wrong(
        "UID:two", "BEGIN:VEVENT\nEND:VEVENT\nUID:two", SECOND + 1, "VEVENT stands inside"
    ),
    "head-in-event": Wrong(
        SUMMARY, f"X-WR-CALNAME:x\n{SUMMARY}", line(SUMMARY), "head of the calendar", WARNING
    ),
    "head-after-events": Wrong(
        "END:VCALENDAR", "X-WR-CALNAME:x\nEND:VCALENDAR", len(LINES), "head of the", WARNING
    ),
    "event-property-outside": Wrong(
        "END:VCALENDAR", "DTSTART:20270104T093000Z\nEND:VCALENDAR", len(LINES), "outside any"
    ),
    "text-before": Wrong("BEGIN:VCALENDAR", "VERSION:2.0\nBEGIN:VCALENDAR", 1, "outside the calendar"),
    "two-calendars": Wrong(
        "END:VCALENDAR\n", f"END:VCALENDAR\n{FILE}", len(LINES) + 1, "another calendar", WARNING
    ),
    "no-value": Wrong(SUMMARY, f"ORGANIZER;CN=Ek AB\n{SUMMARY}", line(SUMMARY), "before the value"),
    "quote-not-closed": Wrong(SUMMARY, f'X-A;B="c:d\n{SUMMARY}', line(SUMMARY), "before the value"),
    "quote-inside": Wrong(
        SUMMARY, f'ORGANIZER;CN=Eva "E" Ek:mailto:e@x.example\n{SUMMARY}', line(SUMMARY), "before the value"
    ),
    "parameter-without-value": Wrong(
        SUMMARY, f"COMMENT;ASAP:x\n{SUMMARY}", line(SUMMARY), "before the value"
    ),
    "day-in-a-zone": Wrong(
        DAY,
        DAY.replace(":", ";TZID=Europe/Stockholm:"),
        line("DTSTART;VALUE"),
        "day has a time zone",
        WARNING,
    ),
    "no-recurrence-day": Wrong(TWO, f"{TWO}RECURRENCE-ID:20270105\n", SECOND + 2, "no day and no time"),
    "local-created": Wrong(TWO, f"{TWO}CREATED:20270105T090000\n", SECOND + 2, "must be in UTC", WARNING),
    "created-never": Wrong(TWO, f"{TWO}CREATED:never\n", SECOND + 2, "must be in UTC"),
    "empty-zone-name": Wrong(
        "TZID:Europe/Stockholm", "TZID:", line("BEGIN:VTIMEZONE"), "the VTIMEZONE has no TZID"
    ),
    "offset-of-a-day": Wrong("TZOFFSETTO:+0100", "TZOFFSETTO:+2400", line("TZOFFSETTO"), "no difference"),
    "offset-with-colon": Wrong("TZOFFSETTO:+0100", "TZOFFSETTO:+01:00", line("TZOFFSETTO"), "no difference"),
    "alarm-in-days-as-hours": Wrong("TRIGGER:-PT10M", "TRIGGER:-PT2D", line("TRIGGER"), "alarm has no time"),
    "alarm-at-an-untold-moment": Wrong(
        "TRIGGER:-PT10M", "TRIGGER:20270104T080000Z", line("TRIGGER"), "alarm has no time"
    ),
    "rule-in-a-zone": Wrong("BYDAY=-1SU", "BYDAY=-1su", line("RRULE"), "BYDAY in this rule"),
    "begins-with-a-fold": Wrong("BEGIN:VCALENDAR", " BEGIN:VCALENDAR", 1, "begins with a continued line"),
}


def said(data: bytes) -> list[tuple[int, str, Severity]]:
    return [(p.place.line if p.place else -1, p.message, p.severity) for p in check(data, "a.ics")]


def test_a_good_file_has_no_problems() -> None:
    assert check(crlf(FILE), "a.ics") == ()


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_on_its_line(wrong: Wrong) -> None:
    assert FILE.count(wrong.old) >= 1
    content = crlf(FILE.replace(wrong.old, wrong.new, 1))
    found = said(content)
    assert [f for f in found if f[0] == wrong.at and wrong.says in f[1] and f[2] is wrong.severity], found
    assert all(problem.hint for problem in check(content, "a.ics"))


# --- files that are wrong on purpose -------------------------------------------------------------


def told(path: Path) -> list[str]:
    """Every problem of a file, without the hints."""
    return [str(problem).partition("\n")[0] for problem in check(path.read_bytes(), path.name)]


def test_every_broken_file_is_caught_on_its_line() -> None:
    said = [line for path in sorted(BROKEN.glob("*.ics")) for line in told(path)]
    assert said == (BROKEN / "expected.txt").read_text(encoding="utf-8").splitlines()


def test_every_broken_file_has_a_message_of_its_own() -> None:
    files = sorted(BROKEN.glob("*.ics"))
    messages = {path.name: frozenset(line.partition(": ")[2] for line in told(path)) for path in files}
    assert len(files) > 40
    assert all(messages.values())
    assert len(set(messages.values())) == len(files)


# --- bytes ---------------------------------------------------------------------------------------


def test_line_ends_other_than_crlf_are_counted_once() -> None:
    ((number, message, severity),) = said(FILE.encode())
    assert (number, message) == (1, f"this line does not end in CR LF (and {len(LINES) - 1} more like this)")
    assert severity is WARNING, "every program reads them"
    old_mac = said(FILE.replace("\n", "\r").encode())
    more = f"(and {len(LINES) - 1} more like this)"
    assert old_mac == [
        (1, f"this line ends in CR alone {more}", Severity.ERROR),
    ], "three of four see one line"
    both = crlf(FILE).replace(b"\r\nUID:one\r\n", b"\nUID:one\r")
    assert [one[:2] for one in said(both)] == [
        (EVENT, "this line does not end in CR LF"),
        (EVENT + 1, "this line ends in CR alone"),
    ]


def test_a_last_line_without_end() -> None:
    assert said(crlf(FILE)[:-2]) == [(len(LINES), "the last line has no end", WARNING)]


def test_a_byte_order_mark() -> None:
    assert (1, "the file begins with a byte order mark", Severity.ERROR) in said(b"\xef\xbb\xbf" + crlf(FILE))


def test_a_fold_inside_a_character_is_told_from_another_encoding() -> None:
    torn = crlf(FILE).replace("å".encode(), b"\xc3\r\n \xa5")
    assert said(torn) == [
        (line("SUMMARY:M") + 1, "the line before is folded inside a character", Severity.ERROR)
    ]
    latin = crlf(FILE).replace("Må".encode(), "Må".encode("cp1252"))
    assert said(latin) == [(line("SUMMARY:M"), "this line is not UTF-8", Severity.ERROR)]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b"\r\n \r\n", "the file is empty"),
        (b"<!doctype html><title>Sign in</title>", "this is no calendar"),
        (FILE.encode("utf-16"), "UTF-16"),
    ],
)
def test_what_is_no_calendar_at_all_gets_one_answer(data: bytes, says: str) -> None:
    (problem,) = check(data, "a.ics")
    assert says in problem.message
    assert str(problem.place) == "a.ics"


def test_a_calendar_without_events() -> None:
    empty = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"
    assert said(empty) == [(0, "the calendar holds no event", WARNING)]


RULES = {
    "INTERVAL=2": "this rule has no FREQ",
    "": "this rule has no FREQ",
    "freq=weekly": "this rule has no FREQ",
    "FREQ=OFTEN": "FREQ in this rule has no value that programs know",
    "FREQ=WEEKLY;BYDAY=MO, TU": "BYDAY in this rule has no value that programs know",
    "FREQ=WEEKLY;INTERVAL=0": "INTERVAL in this rule has no value that programs know",
    "FREQ=WEEKLY;COUNT=0": "COUNT in this rule has no value that programs know",
    "FREQ=YEARLY;BYMONTH=13": "BYMONTH in this rule has no value that programs know",
    "FREQ=MONTHLY;BYMONTHDAY=1,32": "BYMONTHDAY in this rule has no value that programs know",
    "FREQ=WEEKLY;UNTIL=never": "UNTIL in this rule has no value that programs know",
    "FREQ=WEEKLY;UNTL=20270301": "this rule has a part that no rule has: 'UNTL'",
    "FREQ=WEEKLY;COUNT=3;COUNT=4": "this rule has COUNT more than once",
    "FREQ=WEEKLY;COUNT=3;UNTIL=20270301": "this rule has both COUNT and UNTIL",
}
SOUND_RULES = (
    "FREQ=WEEKLY;", "FREQ=DAILY;COUNT=05", "UNTIL=20270302;FREQ=WEEKLY;WKST=SU",
    "FREQ=WEEKLY;UNTIL=20270301",
    "FREQ=MONTHLY;BYDAY=-1FR,+2MO;BYSETPOS=-1;INTERVAL=10", "FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=MO,TU,\n WE",
    "FREQ=YEARLY;BYYEARDAY=-366;BYMONTH=01,12;BYHOUR=0,23;\n BYMINUTE=59;BYSECOND=60",
    "RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=5L;SKIP=FORWARD",
)  # fmt: skip


def with_lines(*added: str) -> list[tuple[int, str, Severity]]:
    """Return what is said of an event with these lines, but that it repeats."""
    found = said(crlf(FILE.replace(SUMMARY, "\n".join((SUMMARY, *added)))))
    return [one for one in found if "repeats by a rule" not in one[1]]


EXTRAS = {
    "GEO:59.3;181": "this GEO is no place",
    "GEO:90.5;18": "this GEO is no place",
    "GEO:;": "this GEO is no place",
    "GEO:59.3\\;18": "this GEO is no place",
    "PRIORITY:10": "PRIORITY is no number",
    "PRIORITY:-2": "PRIORITY is no number",
    "PRIORITY:HIGH": "PRIORITY is no number",
    "PERCENT-COMPLETE:40": "PERCENT-COMPLETE in an event",
    "ATTACH;ENCODING=BASE64;FMTTYPE=image/png:iVBORw0KGgo=": "only half said",
    "ATTACH;VALUE=BINARY:iVBORw0KGgo=": "only half said",
    "ATTACH;VALUE=BINARY;ENCODING=BASE64:" + "\n AAAAAAAAAA" * 11_000: "more than 100 kB",
}


@pytest.mark.parametrize(("added", "says"), EXTRAS.items(), ids=[one[:20] for one in EXTRAS])
def test_what_events_seldom_hold_is_looked_at(added: str, says: str) -> None:
    ((at, message, severity),) = with_lines(added)
    assert says in message
    assert (at, severity) == (line(SUMMARY) + 1, WARNING)


@pytest.mark.parametrize(
    "once",
    ["CLASS:PUBLIC", "CREATED:20270101T000000Z", "DESCRIPTION;LANGUAGE=en:x", "GEO:1;2", "LOCATION:x",
     "LAST-MODIFIED:20270101T000000Z", "ORGANIZER:mailto:a@x.example", "PRIORITY:5", "STATUS:CONFIRMED",
     "RRULE:FREQ=DAILY", "TRANSP:OPAQUE", "URL:https://x.example"],
)  # fmt: skip
def test_what_an_event_has_once_at_most_is_told_where_it_has_two(once: str) -> None:
    assert with_lines(once) == []
    name = once.partition(":")[0].partition(";")[0]
    (told,) = with_lines(once, f"{name.lower()}:{once.partition(':')[2]}")
    assert told == (SECOND, f"the event has {name} more than once", WARNING)


@pytest.mark.parametrize(
    "line_", ["VERSION:2.0", "PRODID:-//x//x//EN", "METHOD:PUBLISH", "CALSCALE:GREGORIAN"]
)
def test_what_the_head_says_twice_is_told(line_: str) -> None:
    text = FILE.replace("VERSION:2.0", f"VERSION:2.0\n{line_}\n{line_}", 1)
    name = line_.partition(":")[0]
    assert f"the calendar has {name} more than once" in " ".join(one[1] for one in said(crlf(text)))


@pytest.mark.parametrize(("rule", "says"), RULES.items())
def test_a_rule_that_programs_drop_is_an_error(rule: str, says: str) -> None:
    assert with_lines(f"RRULE:{rule}") == [(line(SUMMARY) + 1, says, Severity.ERROR)]


@pytest.mark.parametrize("rule", SOUND_RULES)
def test_a_rule_that_programs_read_is_none(rule: str) -> None:
    assert with_lines(f"RRULE:{rule}") == []


@pytest.mark.parametrize("name", ["EXDATE", "RDATE"])
@pytest.mark.parametrize(
    "value", [":tomorrow", ":20270105Z", ";VALUE=DATE:20270105,", ";VALUE=PERIOD:20270105"]
)
def test_a_list_of_days_that_is_none_is_an_error(name: str, value: str) -> None:
    ((number, message, severity),) = with_lines(name + value)
    assert (number, severity) == (line(SUMMARY) + 1, Severity.ERROR)
    assert message == "this is no list of days or times"


@pytest.mark.parametrize(
    "sound",
    [
        "EXDATE;VALUE=DATE:20270105,20270106",
        "EXDATE;VALUE=DATE:20270105,202\n 70106",
        "EXDATE:",
        "RDATE:20270105T100000Z",
        "RDATE;VALUE=PERIOD:20270105T100000Z/PT1H,20270105T100000Z/20270105T110000Z",
    ],
)
def test_lists_of_days_and_times_that_programs_read(sound: str) -> None:
    assert with_lines(sound) == []


def test_an_exception_without_the_hour_of_its_series_is_told() -> None:
    text = "EXDATE is a day and DTSTART a time, or the other way round"
    assert with_lines("EXDATE:20270106T100000Z") == [(line(SUMMARY) + 1, text, WARNING)]
    timed = FILE.replace("SUMMARY:M", "EXDATE;VALUE=DATE:20270104\nSUMMARY:M")
    assert said(crlf(timed)) == [(line("SUMMARY:M"), text, WARNING)]


def test_a_series_that_ends_on_a_day_and_has_hours_is_told() -> None:
    text = "UNTIL is a day and DTSTART a time, or the other way round"
    until = "RRULE:FREQ=WEEKLY;UNTIL=20270301"
    assert with_lines(f"{until}T093000Z") == [(line(SUMMARY) + 1, text, WARNING)]
    timed = FILE.replace("SUMMARY:M", f"{until}\nSUMMARY:M")
    assert (line("SUMMARY:M"), text, WARNING) in said(crlf(timed))
    timed = FILE.replace("SUMMARY:M", f"{until}T093000Z\nSUMMARY:M")
    assert text not in [told[1] for told in said(crlf(timed))]


LENGTHS = {
    "P1D": True, "PT1H30M": True, "PT5400S": True, "P1W": True, "+P1DT2H": True, "P1W2D": True, "PT0S": True,
    "1h": False, "P": False, "PT": False, "PT2D": False, "PT1.5H": False, "pt1h": False, "PT1H ": False,
    "-PT1H": False, "": False, "P999999999999999999W": False,
}  # fmt: skip


@pytest.mark.parametrize(("length", "sound"), LENGTHS.items())
def test_lengths_of_time(length: str, sound: bool) -> None:  # noqa: FBT001 - a column of the table
    lasting = FILE.replace("DTEND;VALUE=DATE:20270106", f"DURATION:{length}")
    errors = [one[:2] for one in said(crlf(lasting)) if one[2] is Severity.ERROR]
    assert errors == [] if sound else [(line("DTEND;VALUE"), "this is no length of time")]


@pytest.mark.parametrize(
    "trigger",
    [":-PT15M", ":P0D", ";RELATED=END:+PT5M", ";VALUE=DURATION:-P1W", ";VALUE=DATE-TIME:20270104T080000Z"],
)
def test_alarms_that_programs_read(trigger: str) -> None:
    assert check(crlf(FILE.replace("TRIGGER:-PT10M", f"TRIGGER{trigger}")), "a.ics") == ()


def test_names_that_stand_before_a_fold_are_read_with_their_values() -> None:
    folded = FILE.replace("DTSTART;VALUE=DATE:2027", "DTSTART\n ;VALUE=DATE\n :2027").replace(
        "UID:two", "UID\n :two"
    )
    assert said(crlf(folded.replace(SUMMARY, f"SUMMARY\n :{'x' * 70}"))) == []
    wrong = folded.replace(":20270105\n", ":20270231\n")
    assert [one[1] for one in said(crlf(wrong))] == ["this is no day and no time"]


def test_what_tasks_and_alarms_say_is_theirs() -> None:
    task = "BEGIN:VTODO\nUID:t\nSTATUS:NEEDS-ACTION\nEND:VTODO\nEND:VCALENDAR"
    assert check(crlf(FILE.replace("END:VCALENDAR", task)), "a.ics") == ()
    mail = FILE.replace("TRIGGER:", "ATTENDEE:mailto:eva@x.example\nTRIGGER:")
    assert check(crlf(mail), "a.ics") == ()


# --- what is allowed -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("BEGIN:VEVENT", "begin:vevent"),
        ("SUMMARY:All", "summary;LANGUAGE=en:All"),
        ("DTSTART;TZID=Europe/Stockholm", 'DTSTART;TZID="Europe/Stockholm"'),
        ("DTSTART;TZID=Europe/Stockholm:", "DTSTART;TZID=Europe/\n Stockholm:"),
        ("UID:two", "UID:one\nRECURRENCE-ID;VALUE=DATE:20270105"),
        (SUMMARY, SUMMARY + '\nX-ALT;P="a:b,c;d":plain, text; here'),
        ("UID:two", f"UID:{'x' * 60}\n one"),
        (SUMMARY, SUMMARY + "\nSEQUENCE: 0"),
        (SUMMARY, SUMMARY + "\nX-APPLE-STRUCTURED-LOCATION;X-TITLE=A 1\\; B;R=1:geo:1,2"),
        ("TRIGGER:-PT10M", "TRIGGER:-PT10M\nREPEAT:2\nDURATION:-PT5M"),
        (SUMMARY, SUMMARY + '\nORGANIZER;CN="Ek\n : Eva";X=a,b,"c;d":mailto:eva@x.example'),
        (SUMMARY, SUMMARY + "\nURL:https://a.example/?a=1,2;b=3"),
        (SUMMARY, SUMMARY + '\nORGANIZER;CN="Ek, Eva":mailto:eva@x.example'),
        (SUMMARY, SUMMARY + '\nORGANIZER;CN=eva@x.example;SENT-BY="mailto:o@x":mailto:eva@x'),
        (SUMMARY, SUMMARY + "\nORGANIZER;CN=Eva O'Brien (HR):mailto:eva@\n x.example"),
        ("All day", "All <3 of them are < 5"),
        ("and\n  what", "where a <b or a <i is\n  what"),
        (SUMMARY, SUMMARY + "\nX-ALT-DESC;FMTTYPE=text/html:<html><body>\n <p>All</p></body></html>"),
        (SUMMARY, SUMMARY + "\nGEO:59.3293;-18.0686\nPRIORITY:5\nCLASS:PUBLIC\nURL:https://a.example"),
        (SUMMARY, SUMMARY + "\nGEO:+37.386013;+122.082932\nPRIORITY:0\nX-GEO:here\nX-GEO:there"),
        (SUMMARY, SUMMARY + "\nX-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC\nX-ALT-DESC:a\nX-ALT-DESC:b"),
        (SUMMARY, SUMMARY + '\nATTACH;FILENAME="a;ENCODING=BASE64";FMTTYPE=text/plain:https://a.example/b'),
        (SUMMARY, SUMMARY + "\nATTACH:CID:one@x.example\nATTACH:https://a.example/c\nCOMMENT:a\nCOMMENT:b"),
        (SUMMARY, SUMMARY + "\nATTACH;VALUE=BINARY;ENCODING=BASE64;X-FILENAME=a.txt:aGVsbG8="),
        ("TRIGGER:-PT10M", "TRIGGER:-PT10M\nATTACH;VALUE=URI:Chord\nDESCRIPTION:again"),
        (SUMMARY, SUMMARY + "\nCREATED:20270101T000000Z\nLAST-MODIFIED:20270101T000000Z\nLOCATION:x"),
        (SUMMARY, SUMMARY + "\nBEGIN:PARTICIPANT\nUID:three\nSUMMARY:x\nEND:PARTICIPANT"),
        (SUMMARY, SUMMARY + "\nBEGIN:VALARM\nUID:three\nACTION:NONE\nTRIGGER:-PT5M\nEND:VALARM"),
    ],
)
def test_what_other_programs_rightly_write_is_no_problem(old: str, new: str) -> None:
    assert old in FILE
    assert check(crlf(FILE.replace(old, new, 1)), "a.ics") == ()


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=25",
        "BYDAY=+4SU;BYMONTH=10;FREQ=YEARLY;INTERVAL=1",
        "FREQ=YEARLY;UNTIL=20061029T060000Z;BYDAY=SU;BYMONTHDAY=25,26",
    ],
)
def test_rules_of_zones_that_outlook_reads_or_that_are_over(rule: str) -> None:
    assert check(crlf(FILE.replace("FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", rule, 1)), "a.ics") == ()


@pytest.mark.parametrize("tag", ["<br>", "<b>", "</p>", '<p class="x">', '<a href="x">', "<BR/>", "<div"])
def test_a_text_for_a_browser_is_told(tag: str) -> None:
    found = said(crlf(FILE.replace("and\n  what", f"{tag}\n  what")))
    assert found == [(line("DESCRIPTION:A"), "this text holds HTML", Severity.WARNING)]


OUTLOOKS = "(UTC+01:00) Amsterdam, Berlin, Stockholm"


def test_the_names_that_outlook_gives_zones_are_found_again() -> None:
    named = FILE.replace("TZID:Europe/Stockholm", "TZID:" + OUTLOOKS.replace(",", "\\,"))
    named = named.replace("TZID=Europe/Stockholm:", f'TZID="{OUTLOOKS}":')
    assert [message for _, message, _ in said(crlf(named)) if "75 octets" not in message] == []
    unknown = said(crlf(named.replace(OUTLOOKS, "(UTC+02:00) Helsinki")))
    assert (
        line("DTSTART;TZID"),
        "TZID (UTC+02:00) Helsinki has no VTIMEZONE (and another one like this)",
    ) in [one[:2] for one in unknown]


def zone(name: str, *hours: tuple[str, str, str]) -> str:
    parts = (
        f"BEGIN:{part}\nDTSTART:16010101T000000\nTZOFFSETFROM:{before}\nTZOFFSETTO:{after}\nEND:{part}\n"
        for part, before, after in hours
    )
    return f"BEGIN:VTIMEZONE\nTZID:{name}\n{''.join(parts)}END:VTIMEZONE\n"


@pytest.mark.parametrize(
    ("definition", "wrong"),
    [
        (zone("UTC", ("STANDARD", "+0000", "+0000"), ("DAYLIGHT", "+0000", "+0000")), False),
        (zone("Korea Standard Time", ("STANDARD", "+0900", "+0900"), ("DAYLIGHT", "+0900", "+0900")), False),
        (zone("Asia/Seoul", ("STANDARD", "+1000", "+0900"), ("DAYLIGHT", "+0900", "+1000")), False),
        (zone("Our Time", ("STANDARD", "+0200", "+0100"), ("DAYLIGHT", "+0100", "+0200")), True),
        (zone("Europe/Berlin", ("STANDARD", "+0100", "+0100")), True),
    ],
)
def test_only_zones_with_summer_time_need_a_rule(definition: str, *, wrong: bool) -> None:
    found = said(crlf(FILE.replace(ZONE, ZONE + definition)))
    assert any("without RRULE" in message for _, message, _ in found) is wrong


def test_folded_uids_that_differ_late_are_different() -> None:
    start = "UID:" + "x" * 71
    folded = FILE.replace("UID:one", f"{start}\n 1").replace("UID:two", f"{start}\n 2")
    assert check(crlf(folded), "a.ics") == ()
    (problem,) = check(crlf(folded.replace("\n 2", "\n 1")), "a.ics")
    assert "same UID" in problem.message


# --- large files ---------------------------------------------------------------------------------


def many(count: int, filling: str = "") -> bytes:
    events = [
        f"BEGIN:VEVENT\nUID:{n}\nDTSTAMP:20261201T083000Z\nDTSTART;VALUE=DATE:20270105\n"
        f"DTEND;VALUE=DATE:20270106\nSUMMARY:x\n{filling}END:VEVENT\n"
        for n in range(count)
    ]
    return crlf(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{''.join(events)}END:VCALENDAR\n")


def test_more_events_than_every_program_takes() -> None:
    assert said(many(901)) == [(0, "the calendar holds 901 events", WARNING)]
    assert check(many(900), "a.ics") == ()


def test_more_bytes_than_google_takes() -> None:
    assert said(many(400, "DESCRIPTION:x\n" + f" {'x' * 70}\n" * 40)) == [(0, "the file has 1.2 MB", WARNING)]


def test_a_thousand_like_faults_are_one_problem() -> None:
    ((_, message, _),) = said(many(800).replace(b"DATE:20270106", b"DATE:20270105"))
    assert message == "the event ends on the day on which it begins (and 799 more like this)"


# --- anything ------------------------------------------------------------------------------------


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.integers(0, len(FILE)), st.integers(0, 12), st.binary(max_size=6))
def test_no_bytes_break_the_check(at: int, cut: int, put: bytes) -> None:
    data = crlf(FILE)
    for problem in check(data[:at] + put + data[at + cut :], "a.ics"):
        assert problem.place is not None
        assert 0 <= problem.place.line <= len(LINES) + 8


@settings(max_examples=30, derandomize=True, deadline=None)
@given(st.permutations(LINES))
def test_lines_in_any_order_get_an_answer(lines: list[str]) -> None:
    data = crlf("\n".join(lines) + "\n")
    assert (check(data, "a.ics") == ()) == (data == crlf(FILE))


def test_the_library_gives_a_second_opinion() -> None:
    head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    tail = b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    assert unreadable(head + b"DTSTART;VALUE=DATE:20270104\r\n" + tail, "x.ics") == ()
    (broken,) = unreadable(head + b"DTSTART:20271304T990000\r\n" + tail, "x.ics")
    assert "the icalendar library cannot read this DTSTART" in broken.message
    assert (broken.place and broken.place.line, broken.hint) == (
        6,
        "write it as RFC 5545 says, or take it out",
    )
    (rule,) = unreadable(head + b"DTSTART;VALUE=DATE:20270104\r\nRRULE:FREQ=NOW\r\n" + tail, "x.ics")
    assert rule.place
    assert rule.place.line == 7
    many = b"".join(b"PRIORITY:h%d\r\n" % n for n in range(3))
    (priority,) = unreadable(head + b"DTSTART;VALUE=DATE:20270104\r\n" + many + tail, "x.ics")
    assert str(priority).startswith("x.ics:7: error: the icalendar library cannot read this PRIORITY: ")
    assert "(and 2 more like this)" in priority.message
    (refused,) = unreadable(b"no calendar at all", "x.ics")
    assert "cannot read this file" in refused.message
