import random
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from samples import INPUTS, PLAN
from test_icscheck import BROKEN, FILE, WRONG, crlf

from csweek.icscheck import check
from csweek.icscheck.seen import Composed, Seen
from csweek.model.people import People
from csweek.render.calendars import KINDS, Style, calendars
from csweek.render.calendars.invites import Invitations

PUBLISHED = Style(organizer=("Ek, Eva", "eva@nordic.example"))
STYLES = (Style(), Style(reminders=True), Style(cancelled=True), Style(names=False), PUBLISHED)
BEGIN, LAST = b"BEGIN:VEVENT\r\nUID:", b"END:VCALENDAR\r\n"


@cache
def sound() -> tuple[bytes, ...]:
    """Every file of the sample year, in every style that a feed may have, and its invitations."""
    made = (one.content for style in STYLES for one in calendars(PLAN, INPUTS, KINDS, style))
    return tuple(dict.fromkeys((*made, *invitations())))


def invitations() -> Iterator[bytes]:
    persons = {one.id: replace(one, email=f"{one.id}@nordic.example") for one in INPUTS.people}
    inputs = replace(INPUTS, people=People(persons, INPUTS.people.teams))
    made = Invitations(PLAN, inputs, Style())
    drafts = made.drafts(made.meetings(PLAN.year.first), "")
    yield from (one.content for draft in drafts for one in draft.make())


class Piecewise(NamedTuple):
    uid: bytes
    pieces: tuple[bytes, ...]


def pieces_of(data: bytes) -> Composed | None:
    """A file in pieces of some whole lines each, None where it does not begin and end as ours do."""
    head, *events = data.removesuffix(LAST).split(BEGIN)
    cut = [event.partition(b"\r\n") for event in events]
    made = Composed(head, [Piecewise(uid, tuple(in_pieces(rest))) for uid, _, rest in cut])
    return made if made.data == data else None


def in_pieces(rest: bytes) -> Iterator[bytes]:
    """Some lines at a time; start and end stay together."""
    lines = rest.splitlines(keepends=True)
    rng = random.Random(len(rest))  # noqa: S311 - the same pieces in every run
    while lines:
        count = rng.randrange(4)
        count += any(line.startswith(b"DTSTART") for line in lines[:count][-1:])
        yield b"".join(lines[:count])
        del lines[:count]


def accepts(seen: Seen, data: bytes) -> bool:
    file = pieces_of(data)
    return file is not None and seen.accepts(file)


@cache
def primed() -> Seen:
    seen = Seen()
    assert all(accepts(seen, data) for data in sound())
    return seen


def agree(data: bytes) -> bool:
    """The one that has seen it all, and one that has seen nothing, say what the full check says.

    False where no pieces make up these bytes, so that neither ever meets them.
    """
    file = pieces_of(data)
    if file:
        said = check(data, "a.ics")
        assert tuple(primed().check(file, "a.ics")) == said
        assert tuple(Seen().check(file, "a.ics")) == said
    return file is not None


def test_csweeks_own_files_are_accepted_at_a_glance() -> None:
    assert len(sound()) > 20
    assert all(accepts(Seen(), content) for content in sound())


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_as_by_the_full_check(name: str) -> None:
    wrong = WRONG[name]
    assert agree(crlf(FILE.replace(wrong.old, wrong.new, 1))) is (
        name not in {"cut-off", "end-without-begin"}
    )


def test_every_broken_file_is_refused_as_by_the_full_check() -> None:
    apart = {path.stem for path in BROKEN.glob("*.ics") if not agree(path.read_bytes())}
    assert apart == {"bare-line-feeds", "cut-off", "empty", "no-last-line-end", "sign-in-page", "utf-16"}


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
    assert sum(agree(data) for data in broken(60)) > 50


@pytest.mark.slow
def test_nothing_is_accepted_that_the_full_check_refuses_often() -> None:
    accepted = met = 0
    for data in broken(5_000):
        met += agree(data)
        accepted += accepts(primed(), data)
    assert met > 4_500
    assert accepted > 100, "changes that leave a file sound are among them"


@settings(max_examples=30, derandomize=True, deadline=None)
@given(st.data())
def test_any_bytes_in_a_sound_file_get_the_full_checks_answer(draw: st.DataObject) -> None:
    data = draw.draw(st.sampled_from(sound()))
    at = draw.draw(st.integers(0, len(data)))
    assume(agree(data[:at] + draw.draw(st.binary(max_size=6)) + data[at + draw.draw(st.integers(0, 12)) :]))


def test_what_was_seen_is_forgotten_between_files_once_it_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csweek.icscheck.seen._KEPT", 3)
    seen = Seen()
    assert all(accepts(seen, content) for _ in range(2) for content in sound())
