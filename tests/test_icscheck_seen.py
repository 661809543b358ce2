import random
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import INPUTS, PLAN
from test_icscheck import BROKEN, FILE, WRONG, crlf

from csweek.icscheck import check
from csweek.icscheck.seen import Seen
from csweek.render.calendars import KINDS, Style, calendars

STYLES = (Style(), Style(reminders=True), Style(cancelled=True), Style(names=False))


@cache
def sound() -> tuple[bytes, ...]:
    """Every file of the sample year, in every style that a feed may have."""
    made = (one.content for style in STYLES for one in calendars(PLAN, INPUTS, KINDS, style))
    return tuple(dict.fromkeys(made))


@cache
def primed() -> Seen:
    seen = Seen()
    assert all(map(seen.accepts, sound()))
    return seen


def agree(data: bytes) -> None:
    """The one that has seen it all, and one that has seen nothing, say what the full check says."""
    said = check(data, "a.ics")
    assert tuple(primed().check(data, "a.ics")) == said
    assert tuple(Seen().check(data, "a.ics")) == said


def test_csweeks_own_files_are_accepted_at_a_glance() -> None:
    assert len(sound()) > 20
    assert all(Seen().accepts(content) for content in sound())


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_as_by_the_full_check(wrong: object) -> None:
    agree(crlf(FILE.replace(wrong.old, wrong.new, 1)))  # type: ignore[attr-defined]


def test_every_broken_file_is_refused_as_by_the_full_check() -> None:
    for path in BROKEN.glob("*.ics"):
        agree(path.read_bytes())


def lines_of(data: bytes) -> list[bytes]:
    return data.split(b"\r\n")[:-1]


def joined(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\r\n" for line in lines)


TROUBLE = (
    b"\r\n", b"\n", b"\r", b" ", b"\\", b",", b";", b":", b"\x00", b"\t", b"\xc3", b"\x80", "한".encode(),
    b"<b>", b"Z", b"T", b"=", b"\r\n ", b"\r\n \\n", b"\r\nUID:", b"\r\nSUMMARY:", b"x" * 70,
)  # fmt: skip
LINES = (
    b"RRULE:FREQ=DAILY", b"ATTENDEE:mailto:a@b.example", b"METHOD:REQUEST", b"METHOD:PUBLISH", b"UID:one",
    b"uid:one", b"IMAGE:x", b"X-A;TZID=Nowhere:1", b"DURATION:P1D", b"BEGIN:VEVENT", b"END:VEVENT",
    b"begin:vevent", b"BEGIN:VTODO", b"END:VTODO", b"BEGIN:VALARM", b"END:VALARM", b"VERSION:2.0",
    b"VERSION:1.0", b"X-WR-CALNAME:a, b", b"BEGIN:VTIMEZONE", b"END:VTIMEZONE", b"SUMMARY:second",
    b"DTEND;VALUE=DATE:20270101", b"DTSTART:20270101T090000", b"DTSTAMP:20270101T090000", b"STATUS:LOST",
    b"SEQUENCE:x", b"DESCRIPTION:a\\", b"CATEGORIES:a;b", b" and more", b"TZID:Asia/Seoul", b"END:VCALENDAR",
    b"BEGIN:VCALENDAR", b"ORGANIZER;CN=a,b:mailto:a@b.example", b"RECURRENCE-ID:20270101T090000Z",
)  # fmt: skip


def one_change(rng: random.Random, data: bytes) -> bytes:
    """The file with one thing changed: bytes, a line, two lines, or a piece of another file."""
    at = rng.randrange(len(data))
    lines = lines_of(data)
    here, there = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(9):
        case 0:
            return data[:at] + rng.choice(TROUBLE) + data[at:]
        case 1:
            return data[:at] + data[at + rng.randrange(1, 9) :]
        case 2:
            return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
        case 3:
            del lines[here]
        case 4:
            lines.insert(here, rng.choice(LINES))
        case 5:
            lines[here], lines[there] = lines[there], lines[here]
        case 6:
            lines.insert(there, lines[here])
        case 7:
            lines[here] += rng.choice(TROUBLE)
        case _:
            other = lines_of(rng.choice(sound()))
            start = rng.randrange(len(other))
            lines[here:there] = other[start : start + rng.randrange(1, 12)]
    return joined(lines)


def broken(count: int) -> Iterator[bytes]:
    rng = random.Random(4)  # noqa: S311 - the same files in every run
    for _ in range(count):
        data = rng.choice(sound())
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            data = one_change(rng, data)
        yield data


def test_nothing_is_accepted_that_the_full_check_refuses() -> None:
    for data in broken(60):
        agree(data)


@pytest.mark.slow
def test_nothing_is_accepted_that_the_full_check_refuses_often() -> None:
    accepted = 0
    for data in broken(5_000):
        agree(data)
        accepted += primed().accepts(data)
    assert accepted > 100, "changes that leave a file sound are among them"


@settings(max_examples=30, derandomize=True, deadline=None)
@given(st.data())
def test_any_bytes_in_a_sound_file_get_the_full_checks_answer(draw: st.DataObject) -> None:
    data = draw.draw(st.sampled_from(sound()))
    at = draw.draw(st.integers(0, len(data)))
    agree(data[:at] + draw.draw(st.binary(max_size=6)) + data[at + draw.draw(st.integers(0, 12)) :])


def test_what_was_seen_is_forgotten_between_files_once_it_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csweek.icscheck.seen._KEPT", 3)
    seen = Seen()
    assert all(seen.accepts(content) for _ in range(2) for content in sound())
