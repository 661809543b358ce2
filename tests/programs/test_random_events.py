"""Whatever an event is, icalendar and ical.js read it back as it was."""

import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from samples import INPUTS, PLAN, event, words

from csweek import zones
from csweek.model.plan import Event
from csweek.render.calendars import calendars
from programs import libraries
from programs.seen import Reader

pytestmark = pytest.mark.slow

ZONES = ("Europe/Stockholm", "America/St_Johns", "Asia/Seoul", "Africa/Cairo", "Australia/Lord_Howe", "UTC")
HARD = st.sampled_from("\\\\;,:\"'nN\n x")
LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"], exclude_characters="\ufeff")
TEXT = st.text(HARD | LETTERS, min_size=1, max_size=160)


class Wanted(NamedTuple):
    """A random event: its words, its minute of the year (None: all day), its zone and its length."""

    title: str
    how: str
    minute: int | None
    zone: str
    minutes: int


EVENTS = st.builds(
    Wanted,
    title=TEXT.map(lambda text: " ".join(text.split()) or "x"),
    how=TEXT.map(lambda text: text.strip() or "x"),
    minute=st.none() | st.integers(0, 355 * 24 * 60),
    zone=st.sampled_from(ZONES),
    minutes=st.integers(1, 2000),
)


def made(wanted: Wanted, number: int) -> Event:
    start = datetime(2027, 1, 5, tzinfo=UTC) + timedelta(minutes=wanted.minute or 0)
    local = start.astimezone(zones.zone(wanted.zone))
    end = (start + timedelta(minutes=wanted.minutes)).astimezone(local.tzinfo)
    base = event(
        "monday-story", local.date(), "Natt", number, title=words(wanted.title), how=words(wanted.how)
    )
    return base if wanted.minute is None else replace(base, start=local, end=end, timezone=wanted.zone)


def moments(one: Event) -> tuple[str, str]:
    if one.start is None or one.end is None:
        return one.date.isoformat(), (one.date + timedelta(1)).isoformat()
    start, end = (f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for at in (one.start, one.end))
    return start, end


@cache
def readers() -> tuple[Reader, ...]:
    return libraries.icalendar, libraries.ical_js()


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.lists(EVENTS, min_size=1, max_size=25))
def test_random_events_are_read_back_equal(wanted: list[Wanted]) -> None:
    events = [made(one, number) for number, one in enumerate(wanted)]
    expected = {one.uid: (*moments(one), of.title, of.how) for one, of in zip(events, wanted, strict=True)}
    with tempfile.NamedTemporaryFile(suffix=".ics") as file:
        (document,) = calendars(replace(PLAN, events=tuple(events)), INPUTS, ["owners"])
        file.write(document.content)
        file.flush()
        for read in readers():
            (found,) = read(Path(file.name))
            assert {
                uid: (
                    seen.start,
                    seen.end,
                    seen.summary.removesuffix(": Natt").removesuffix(" – Natt"),
                    seen.description.split("\n", 2)[2],
                )
                for uid, seen in found.items()
            } == expected
