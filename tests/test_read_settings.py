from datetime import date, time

import pytest

from csweek.model.basics import Cost, Hours, Span
from csweek.model.inputs import Budget, Limits, Settings, YearWanted
from csweek.read.settings import parse_workspace

FULL = """
organisation: Nordic Care
calendar_id: 3d0c1f9e-7b42-4d0a-9e6b-c5d1a8e20f37
theme: [everyday, {from: 2027-10-04, theme: mission-possible}]
year: 2027
locale: sv
sites:
  stockholm: {country: se, timezone: Europe/Stockholm, locale: sv, tags: [phones]}
  toronto:
    country: CA
    subdivision: ON
    timezone: America/Toronto
    holidays: {skip: [Family Day], add: [2027-12-24..2027-12-26, 2027-06-05]}
    work_days: sun-thu
event_hours: {from: 10:00, to: "15:30"}
closed: [2027-12-24..2027-12-31, 2027-06-05]
no_gatherings: 2027-11-22..2027-11-30
limits: {owner_minutes_per_week: 60, max_team_away: 20%}
freeze: 10 days
budget: {currency: SEK, amount: 12000}
costs: {low: 50, medium: 250, high: 1500}
owner_busy: {anna: busy/anna.ics}
form: https://forms.nordic.example/week
"""


def settings(text: str) -> Settings:
    found, problems = parse_workspace(text, "csweek.yaml")
    assert found, problems
    assert not [problem for problem in problems if problem.is_error], problems
    return found.settings


def test_everything_that_can_be_said_is_read() -> None:
    found = settings(FULL)
    assert (found.organisation, found.locale, found.year) == ("Nordic Care", "sv", YearWanted(iso=2027))
    assert found.limits == Limits(60, 0.2)
    assert found.freeze == 10
    assert found.closed == (
        Span(date(2027, 6, 5), date(2027, 6, 5)),
        Span(date(2027, 12, 24), date(2027, 12, 31)),
    )
    assert found.no_gatherings == (Span(date(2027, 11, 22), date(2027, 11, 30)),)
    assert found.budget == Budget("SEK", 12000, {Cost.LOW: 50, Cost.MEDIUM: 250, Cost.HIGH: 1500})
    assert found.form == "https://forms.nordic.example/week"
    assert found.owner_busy == {"anna": "busy/anna.ics"}
    stockholm, toronto = found.sites.values()
    assert (stockholm.country, stockholm.locale, stockholm.tags) == ("SE", "sv", frozenset({"phones"}))
    assert stockholm.work.event_hours == Hours(time(10), time(15, 30))
    assert (toronto.locale, toronto.subdivision, toronto.skip) == ("sv", "ON", ("Family Day",))
    assert toronto.add == (date(2027, 6, 5), *(date(2027, 12, day) for day in (24, 25, 26)))
    assert toronto.work.days == frozenset({6, 0, 1, 2, 3})


def test_what_is_left_out_has_the_values_of_the_design() -> None:
    found = settings("theme: base")
    assert (found.locale, found.freeze, found.limits, found.year) == ("en", 14, Limits(90, 0.2), YearWanted())
    assert (found.work.event_hours, found.work.owner_hours) == (
        Hours(time(9), time(16)),
        Hours(time(7), time(20)),
    )
    assert [(site.id, site.timezone, site.country) for site in found.sites.values()] == [("", "UTC", None)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("year: 2026", YearWanted(iso=2026)),
        ("start: 2027-01-04", YearWanted(start=date(2027, 1, 4), weeks=52)),
        ("start: 2027-01-04\nweeks: 26", YearWanted(start=date(2027, 1, 4), weeks=26)),
        ("from: csw", YearWanted(from_csw=0)),
        ("from: csw 2026", YearWanted(from_csw=2026)),
    ],
)
def test_the_year_can_be_said_in_three_ways(text: str, wanted: YearWanted) -> None:
    assert settings(f"theme: base\n{text}\n").year == wanted


@pytest.mark.parametrize("sites", ["", "sites:\n", "sites: {}\n"])
def test_without_sites_it_is_said_what_is_not_known_then(sites: str) -> None:
    _, problems = parse_workspace(f"theme: base\n{sites}", "csweek.yaml")
    assert [one.message for one in problems] == [
        "no sites are given: hours are in UTC, and no public holidays are known"
    ]


def test_a_holiday_is_known_in_the_countrys_language_and_in_english() -> None:
    text = "theme: base\nsites: {s: {country: SE, timezone: Europe/Stockholm, holidays: {skip: [%s]}}}\n"
    for name in ("Långfredagen", "good friday", "Midsommarafton"):
        assert parse_workspace(text % name, "f")[1] == ()
    assert parse_workspace(text % "Family Day", "f")[1]


def test_sites_with_a_country_that_writes_like_a_truth_value() -> None:
    assert (
        settings("theme: base\nsites: {oslo: {country: NO, timezone: Europe/Oslo}}").sites["oslo"].country
        == "NO"
    )
