import contextlib
from collections.abc import Callable
from datetime import date, time
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csweek.model.basics import Span
from csweek.model.theme import Anchor, Every
from csweek.read import anchors, dates, values
from csweek.read.wrong import Wrong

RIGHT: list[tuple[Callable[[str], Any], str, Any]] = [
    (dates.day, "2027-10-04", date(2027, 10, 4)),
    (dates.day, "2027/1/4", date(2027, 1, 4)),
    (dates.day, "2027.10.04", date(2027, 10, 4)),
    (dates.day, "2027. 1. 4.", date(2027, 1, 4)),
    (dates.day, "2027년 1월 4일", date(2027, 1, 4)),
    (dates.day, "4.10.2027", date(2027, 10, 4)),
    (dates.day, "04.10.2027.", date(2027, 10, 4)),
    (dates.day, "20271004", date(2027, 10, 4)),
    (dates.day, "2027-10-04 00:00:00", date(2027, 10, 4)),
    (dates.day, "15. mart 2018.", date(2018, 3, 15)),
    (dates.day, "den 3 maj 2019", date(2019, 5, 3)),
    (dates.day, "ons 3 maj 2019", date(2019, 5, 3)),
    (dates.day, "2019年5月3日", date(2019, 5, 3)),
    (dates.day, "'2019\u201305\u201303", date(2019, 5, 3)),
    (dates.day, "24/12/2027", date(2027, 12, 24)),
    (dates.day, "12/24/2027", date(2027, 12, 24)),
    (dates.day, "24/12 2027", date(2027, 12, 24)),
    (dates.day, "1/1/2020", date(2020, 1, 1)),
    (dates.day, "1 maj 2018", date(2018, 5, 1)),
    (dates.day, "15-Oct-2018", date(2018, 10, 15)),
    (dates.day, "March 5, 2018", date(2018, 3, 5)),
    (dates.day, "5. März 2018", date(2018, 3, 5)),
    (dates.birthday, "04-23", (4, 23)),
    (dates.birthday, "4/23", (4, 23)),
    (dates.birthday, "23/4", (4, 23)),
    (dates.birthday, "4/4", (4, 4)),
    (dates.birthday, "12 mars", (3, 12)),
    (dates.birthday, "29 feb.", (2, 29)),
    (dates.birthday, "5. augusta", (8, 5)),
    (dates.birthday, "Apr 23", (4, 23)),
    (dates.birthday, "12-Dec-1985", (12, 12)),
    (dates.birthday, "02-29", (2, 29)),
    (dates.birthday, "--04-23", (4, 23)),
    (dates.birthday, "1985-04-23", (4, 23)),
    (dates.birthday, "23.4.", (4, 23)),
    (dates.birthday, "23.04.1985", (4, 23)),
    (dates.birthday, "3월 14일", (3, 14)),
    (dates.span, "2027-02-01..2027-05-31", Span(date(2027, 2, 1), date(2027, 5, 31))),
    (dates.span, "2027-02-01 - 2027-05-31", Span(date(2027, 2, 1), date(2027, 5, 31))),
    (dates.span, "2027-02-01~2027-05-31", Span(date(2027, 2, 1), date(2027, 5, 31))),
    (dates.span, "2027-02-01 till 2027-05-31", Span(date(2027, 2, 1), date(2027, 5, 31))),
    (dates.span, "2027-02-01", Span(date(2027, 2, 1), date(2027, 2, 1))),
    (values.weekdays, "mon-fri", frozenset(range(5))),
    (values.weekdays, "mon,wed, Friday", frozenset({0, 2, 4})),
    (values.weekdays, "fri-mon", frozenset({4, 5, 6, 0})),
    (values.weekdays, "mån–tors", frozenset(range(4))),
    (values.weekdays, "월, 화요일", frozenset({0, 1})),
    (values.weekdays, "pon-čet", frozenset(range(4))),
    (values.clock, "9", time(9)),
    (values.clock, "21:30", time(21, 30)),
    (values.clock, "24:00", time(0)),
    (values.days, "2 weeks", 14),
    (values.days, "1 day", 1),
    (values.every, "week", Every(1, "weeks")),
    (values.every, "2 weeks", Every(2, "weeks")),
    (values.every, "3 months", Every(3, "months")),
    (values.every, "quarter", Every(3, "months")),
    (values.share, "20 %", 0.2),
    (values.share, "0,5", 0.5),
    (values.sizes, "4-6", (4, 6)),
    (values.sizes, "5", (5, 5)),
    (values.locale, "EN_ca", "en-CA"),
    (values.locale, "sr-latn-ba", "sr-Latn-BA"),
    (values.locale, "Svenska", "sv"),
    (values.locale, "한국어", "ko"),
    (values.locale, "bosanski", "bs"),
    (values.locale, "Bosnian", "bs"),
    (values.locale, "SWE", "sv"),
    (values.locale, "kor-KR", "ko-KR"),
    (values.colour, "#0B7285", "#0b7285"),
    (values.colour, "#abc", "#aabbcc"),
    (anchors.anchor, "csw-3", Anchor("csw", nth=3)),
    (anchors.anchor, "csw-1 - 2 weeks", Anchor("csw", nth=1, shift=-2, unit="weeks")),
    (anchors.anchor, "day-after", Anchor("day-after")),
    (anchors.anchor, "Birthday -3 days", Anchor("birthday", shift=-3)),
    (anchors.anchor, "back-from-leave + 1 day", Anchor("back-from-leave", shift=1)),
    (anchors.anchor, "first friday of march", Anchor("weekday", 1, 4, "year", 3)),
    (anchors.anchor, "third thursday of quarter", Anchor("weekday", 3, 3, "quarter")),
    (
        anchors.anchor,
        "last mon of each month \u2212 1 month",
        Anchor("weekday", -1, 0, shift=-1, unit="months"),
    ),
    (anchors.anchor, "12-13", Anchor("month-day", month=12, day=13)),
    (anchors.anchor, "2027-10-04 + 1 week", Anchor("date", on=date(2027, 10, 4), shift=1, unit="weeks")),
]


@pytest.mark.parametrize(("parse", "text", "value"), RIGHT, ids=lambda v: v if isinstance(v, str) else "")
def test_what_people_write_is_read(parse: Callable[[str], Any], text: str, value: object) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(
    ("parse", "text", "hint"),
    [
        (dates.day, "3/4/2021", "2021-03-04 or 2021-04-03"),
        (dates.day, "3/4 2021", "2021-03-04 or 2021-04-03"),
        (dates.day, "31/4/2027", "YYYY-MM-DD"),
        (dates.day, "13/13/2027", "YYYY-MM-DD"),
        (dates.day, "190503", "four digits"),
        (dates.day, "19.05.03", "four digits"),
        (dates.day, "1/2/20", "four digits"),
        (dates.day, "1. 2. 20.", "four digits"),
        (dates.day, "12 mars", "YYYY-MM-DD"),
        (dates.day, "12 marsh 27", "YYYY-MM-DD"),
        (dates.birthday, "3/4", "day or month first? write 03-04 or 04-03"),
        (dates.birthday, "5 smarch", "MM-DD"),
        (values.locale, "Klingon", "sv"),
        (dates.day, "45231", "Excel"),
        (dates.day, "1/1/1", "YYYY-MM-DD"),
        (dates.span, "2027-05-31..2027-02-01", "did you mean 2027-02-01..2027-05-31?"),
        (values.weekdays, "", "mon-fri"),
        (values.weekdays, "mon-", "mon-fri"),
        (values.weekdays, "-fri", "mon-fri"),
        (partial(values.numbers, highest=53), "5-", "1-13"),
        (partial(values.numbers, highest=12, name=values.month), "mar-", "1-13"),
        (values.sizes, "1", "the smallest group is 2"),
        (anchors.anchor, "csw 1", "csw-1"),
        (anchors.anchor, "first friday of marsh", "month's name"),
    ],
)
def test_what_means_nothing_has_a_hint(parse: Callable[[str], Any], text: str, hint: str) -> None:
    with pytest.raises(Wrong) as caught:
        parse(text)
    assert hint in (caught.value.hint or "")


def test_numbers_are_listed_or_ranges() -> None:
    assert values.numbers(["1-3", "40"], 53) == {1, 2, 3, 40}
    assert values.numbers("mar-may", 12, values.month) == {3, 4, 5}


PARSERS = sorted({parse for parse, _, _ in RIGHT}, key=lambda parse: parse.__name__)


@given(st.sampled_from(PARSERS), st.text("0123456789-./: csw월일monbirthday+#%~", max_size=16))
@settings(max_examples=120, derandomize=True, deadline=None)
def test_any_text_is_read_or_wrong(parse: Callable[[str], Any], text: str) -> None:
    with contextlib.suppress(Wrong):
        assert parse(text) is not None


def test_a_link_is_short_enough_for_a_code_that_can_be_read() -> None:
    longest = "https://forms.nordic.example/".ljust(280, "a")
    assert values.link(f" {longest} ") == longest
    with pytest.raises(Wrong, match="a link of 281 characters"):
        values.link(f"{longest}a")
