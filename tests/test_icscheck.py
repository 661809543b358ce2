from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


@dataclass(frozen=True)
class Wrong:
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
    "end-at-start": Wrong("T094000", "T093000", line("DTEND;TZID"), "ends when it begins"),
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
    "fold-in-escape": Wrong("break\\n and", "break\\\n n and", line("DESCRIPTION:A"), "inside an escape"),
    "control-character": Wrong("All day", "All\x00day", line(SUMMARY), "control character"),
    "event-not-ended": Wrong("Heroes\nEND:VEVENT\n", "Heroes\n", len(LINES) - 1, "is to be closed"),
    "cut-off": Wrong(FILE[FILE.index("SUMMARY:All") :], "", 1, "BEGIN:VCALENDAR has no END"),
    "end-without-begin": Wrong("END:VCALENDAR\n", "END:VCALENDAR\nEND:VEVENT\n", len(LINES) + 1, "no BEGIN"),
    "event-in-event": Wrong(
        "UID:two", "BEGIN:VEVENT\nEND:VEVENT\nUID:two", SECOND + 1, "VEVENT stands inside"
    ),
    "head-in-event": Wrong(SUMMARY, f"X-WR-CALNAME:x\n{SUMMARY}", line(SUMMARY), "head of the calendar"),
    "head-after-events": Wrong("END:VCALENDAR", "X-WR-CALNAME:x\nEND:VCALENDAR", len(LINES), "head of the"),
    "event-property-outside": Wrong(
        "END:VCALENDAR", "DTSTART:20270104T093000Z\nEND:VCALENDAR", len(LINES), "outside any"
    ),
    "text-before": Wrong("BEGIN:VCALENDAR", "VERSION:2.0\nBEGIN:VCALENDAR", 1, "outside the calendar"),
    "two-calendars": Wrong(
        "END:VCALENDAR\n", f"END:VCALENDAR\n{FILE}", len(LINES) + 1, "another calendar", WARNING
    ),
    "begins-with-a-fold": Wrong("BEGIN:VCALENDAR", " BEGIN:VCALENDAR", 1, "begins with a continued line"),
}


def said(data: bytes) -> list[tuple[int, str, Severity]]:
    return [(p.place.line if p.place else -1, p.message, p.severity) for p in check(data, "a.ics")]


def test_a_good_file_has_no_problems() -> None:
    assert check(crlf(FILE), "a.ics") == ()


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_on_its_line(wrong: Wrong) -> None:
    assert FILE.count(wrong.old) >= 1
    found = said(crlf(FILE.replace(wrong.old, wrong.new, 1)))
    assert [f for f in found if f[0] == wrong.at and wrong.says in f[1] and f[2] is wrong.severity], found


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_every_problem_says_what_to_do(wrong: Wrong) -> None:
    for problem in check(crlf(FILE.replace(wrong.old, wrong.new, 1)), "a.ics"):
        assert problem.hint


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
    bare = crlf(FILE).replace(b"\r\nUID:one\r\n", b"\nUID:one\r")
    assert said(bare) == [
        (EVENT, "this line does not end in CR LF (and another one like this)", Severity.ERROR)
    ]
    ((number, message, _),) = said(FILE.encode())
    assert (number, message) == (1, f"this line does not end in CR LF (and {len(LINES) - 1} more like this)")
    assert len(said(FILE.replace("\n", "\r").encode())) == 1


def test_a_last_line_without_end() -> None:
    assert [m for _, m, _ in said(crlf(FILE)[:-2])] == ["the last line has no end"]


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
        (SUMMARY, SUMMARY + "\nURL:https://a.example/?a=1,2;b=3"),
        (SUMMARY, SUMMARY + '\nORGANIZER;CN="Ek, Eva":mailto:eva@x.example'),
        (SUMMARY, SUMMARY + '\nORGANIZER;CN=eva@x.example;SENT-BY="mailto:o@x":mailto:eva@x'),
        (SUMMARY, SUMMARY + "\nORGANIZER;CN=Eva O'Brien (HR):mailto:eva@\n x.example"),
        ("All day", "All <3 of them are < 5"),
        ("and\n  what", "where a <b or a <i is\n  what"),
        (SUMMARY, SUMMARY + "\nX-ALT-DESC;FMTTYPE=text/html:<html><body>\n <p>All</p></body></html>"),
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
        "BYDAY=+4su;BYMONTH=10;FREQ=YEARLY;INTERVAL=1",
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
    assert message == "the event ends when it begins (and 799 more like this)"


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
