from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csweek.model.basics import Words
from csweek.render.speech import Speech, plain, unquoted

MORNING = datetime(2027, 10, 4, 9, 30)  # noqa: DTZ001 - a wall clock has no zone


@pytest.mark.parametrize(
    ("locale", "weekday", "day", "hour"),
    [
        ("en", "Monday", "October 4", "9:30\u00a0AM"),
        ("en-CA", "Monday", "October 4", "9:30\u00a0a.m."),
        ("sv", "Måndag", "4 oktober", "09:30"),
        ("ko", "월요일", "10월 4일", "09:30"),
        ("bs", "Ponedjeljak", "4. oktobar", "09:30"),
    ],
)
def test_days_and_hours_are_told_as_the_language_does(locale: str, weekday: str, day: str, hour: str) -> None:
    speech = Speech(locale, "en")
    assert (speech.weekday(MORNING.date()), speech.day(MORNING.date()), speech.hour(MORNING)) == (
        weekday,
        day,
        hour,
    )


@pytest.mark.parametrize(
    ("locale", "weekday", "dated"),
    [
        ("en", "Monday", "Monday, October 4"),
        ("en-GB", "Monday", "Monday 4 October"),
        ("sv", "måndag", "måndag 4 oktober"),
        ("ko", "월요일", "10월 4일 월요일"),
        ("bs", "ponedjeljak", "ponedjeljak, 4. oktobar"),
    ],
)
def test_a_weekday_within_a_line_is_written_as_the_language_does(
    locale: str, weekday: str, dated: str
) -> None:
    speech = Speech(locale, "en")
    assert (speech.weekday_within(MORNING.date()), speech.dated(MORNING.date())) == (weekday, dated)


def test_korean_tells_of_nobody_without_nim() -> None:
    assert Speech("ko").person("김서연") == "김서연 님"
    assert Speech("fi", "ko").person("Åsa Öberg") == "Åsa Öberg 님"
    assert Speech("sv").person("김서연") == "김서연"


@pytest.mark.parametrize(
    ("locale", "days"),
    [
        ("en", "Feb 8–14, 2027"),
        ("sv", "8–14 feb. 2027"),
        ("ko", "2027년 2월 8일~14일"),
        ("bs", "8–14. februar 2027."),
    ],
)
def test_a_week_is_told_as_one_stretch(locale: str, days: str) -> None:
    assert Speech(locale).days(date(2027, 2, 8), date(2027, 2, 14)) == days


def test_bosnian_months_are_written_in_full() -> None:
    days = Speech("bs").days
    assert days(date(2027, 3, 29), date(2027, 4, 4)) == "29. mart – 4. april 2027."
    assert days(date(2027, 12, 27), date(2028, 1, 2)) == "27. decembar 2027. – 2. januar 2028."


@pytest.mark.parametrize(
    ("count", "bosnian"),
    [(2, "za 2 sedmice"), (5, "za 5 sedmica"), (21, "za 21 sedmicu"), (51, "za 51 sedmicu")],
)
def test_weeks_ahead_have_the_right_ending(count: int, bosnian: str) -> None:
    assert Speech("bs").in_weeks(count) == bosnian


def test_dates_follow_the_words_where_a_language_is_not_spoken() -> None:
    speech = Speech("fi", "sv")
    assert speech.locale == "sv"
    assert speech.weekday(MORNING.date()) == "Måndag"


def test_a_theme_may_speak_what_csweek_does_not() -> None:
    speech = Speech("fi", "en")
    assert speech.say(Words({"en": "Service", "fi": "Palvelu"})) == "Palvelu"
    assert speech.say(Words({"sv": "Kraft", "en": "Power"})) == "Power"


@settings(derandomize=True, max_examples=80)
@given(st.text())
def test_a_plain_text_is_one_line_and_stays_as_it_is(text: str) -> None:
    line = plain(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip() == plain(line)


def test_what_steers_a_program_is_dropped() -> None:
    assert plain(" Anna\r\n\tLind\x00\x1b[31m\u202eqvist ") == "Anna Lind[31mqvist"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("“She stayed on the line.”", "She stayed on the line."),
        ('  "Tack" ', "Tack"),
        ("„Hvala”", "Hvala"),
        ('"Hej", sa hon, "och tack"', '"Hej", sa hon, "och tack"'),
        ("Hej", "Hej"),
        ('""', '""'),
    ],
)
def test_quotation_marks_around_the_whole_are_not_doubled(told: str, words: str) -> None:
    assert unquoted(told) == words
