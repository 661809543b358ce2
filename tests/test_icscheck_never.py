from datetime import UTC, datetime

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st

from csweek.icscheck import check
from csweek.icscheck.never import never

START = datetime(9960, 1, 1, 9, tzinfo=UTC)
"""So near the end of time that a library need not look for long; every kind of year still comes."""


def signed(most: int) -> st.SearchStrategy[str]:
    numbers = st.integers(1, most)
    return st.lists(st.one_of(numbers, numbers.map(int.__neg__)), min_size=1, max_size=3).map(_joined)


def _joined(numbers: list[int]) -> str:
    return ",".join(map(str, numbers))


NUMBERED = st.integers(-6, 6).map(lambda n: f"{n:+}" if n else "")
WEEKDAYS = st.lists(st.builds("{}{}".format, NUMBERED, st.sampled_from(["MO", "WE", "SU"])), min_size=1)
PARTS = st.fixed_dictionaries(
    {"FREQ": st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])},
    optional={
        "BYMONTH": st.lists(st.integers(1, 12), min_size=1, max_size=2).map(_joined),
        "BYMONTHDAY": signed(31),
        "BYYEARDAY": signed(366),
        "BYDAY": WEEKDAYS.map(",".join),
        "BYSETPOS": signed(8),
        "BYHOUR": st.sampled_from(["9", "9,15"]),
    },
)


def of(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={said}" for name, said in parts.items())


def mixed(parts: dict[str, str]) -> bool:
    """Whether weekdays with and without a number stand together: dateutil wants a day to be both at once."""
    return len({len(day) > 2 for day in parts.get("BYDAY", "").split(",")}) > 1


@given(PARTS)
@example({"FREQ": "MONTHLY", "BYDAY": "MO,+1WE"})
@example({"FREQ": "DAILY", "BYMONTH": "2", "BYMONTHDAY": "30"})
@example({"FREQ": "YEARLY", "BYDAY": "53MO"})
@example({"FREQ": "YEARLY", "BYYEARDAY": "366", "BYMONTH": "12"})
@example({"FREQ": "MONTHLY", "BYDAY": "MO,WE,SU", "BYSETPOS": "-15", "BYHOUR": "9"})
@settings(max_examples=60, deadline=None, derandomize=True)
def test_what_falls_never_is_found_by_no_library(parts: dict[str, str]) -> None:
    found = next(iter(rrulestr(of(parts), dtstart=START)), None)
    if never(of(parts)):
        assert found is None
    elif "BYSETPOS" not in parts and not mixed(parts):
        assert found is not None


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", False),
        ("FREQ=YEARLY;BYWEEKNO=1;BYMONTH=12", False),
        ("FREQ=YEARLY;BYWEEKNO=-1;BYMONTH=1", False),
        ("FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6", True),
        ("FREQ=DAILY;BYSETPOS=2;BYHOUR=9", True),
        ("FREQ=DAILY;BYSETPOS=2;BYHOUR=9,15", False),
        ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=5", True),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", False),
        ("FREQ=YEARLY;BYMONTH=2;BYSETPOS=2", True),
        ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", False),
        ("FREQ=MONTHLY;RSCALE=HEBREW;BYMONTH=2;BYMONTHDAY=30", False),
    ],
)
def test_a_rule_that_falls_on_no_day_is_known(rule: str, *, expected: bool) -> None:
    assert never(rule) is expected


def test_it_is_a_warning_at_its_line() -> None:
    lines = "UID:1", "DTSTAMP:20270104T090000Z", "DTSTART;VALUE=DATE:20270104", "DTEND;VALUE=DATE:20270105"
    event = ["BEGIN:VEVENT", *lines, "SUMMARY:x", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "END:VEVENT"]
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", *event, "END:VCALENDAR", ""]
    found = [str(one).partition("\n")[0] for one in check("\r\n".join(head).encode(), "a.ics")]
    assert "a.ics:10: warning: this rule falls on no day that there is" in found
