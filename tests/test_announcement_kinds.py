"""Each kind: when it is offered, for whom it is made, where it lies, and what it never tells."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from announced import TEXTS, announced, room_of
from announced_year import (
    CSW,
    DAY,
    DAYS,
    EARLIER,
    EVERYONE,
    TALK,
    TITLES,
    YEAR_INPUTS,
    YEAR_PLAN,
    YEAR_THEME,
    everywhere,
    metric,
    story,
)
from msgspec.structs import replace
from samples import at, event, words

from csweek.model.basics import Audience, Channel, Place, Practice, Span, Status, Thanks, Visibility, Year
from csweek.model.inputs import Budget, Inputs, Story
from csweek.model.people import People
from csweek.model.plan import Event, Plan
from csweek.model.theme import ThemeTurn
from csweek.render.announcements.kinds import KINDS, Ask, offers
from csweek.render.announcements.newsroom import Newsroom
from csweek.render.announcements.scorecard import one_sided
from csweek.render.announcements.seasons import of_day, of_year

PUBLIC = [kind.id for kind in KINDS.values() if not kind.private]


def room(
    inputs: Inputs = YEAR_INPUTS, plan: Plan = YEAR_PLAN, earlier: tuple[Event, ...] = EARLIER
) -> Newsroom:
    return room_of(plan, inputs, DAY, earlier=earlier)


def made(kind: str, inputs: Inputs = YEAR_INPUTS, day: date | None = None, *teams: str) -> Mapping[str, str]:
    return announced(room(inputs), kind, Ask(day or DAYS.get(kind, DAY), teams))


def english(kind: str, inputs: Inputs = YEAR_INPUTS, day: date | None = None) -> str:
    return next(text for name, text in made(kind, inputs, day).items() if name.endswith("-en.txt"))


def lacking(inputs: Inputs, day: date = DAY, plan: Plan = YEAR_PLAN) -> dict[str, str]:
    return {one.kind.id: one.lacks for one in offers(room(inputs, plan), Ask(day)) if one.lacks}


def changed(**fields: dict[str, object]) -> Inputs:
    """The year's inputs with other fields for some persons."""
    persons = {key: replace(one, **fields.get(key, {})) for key, one in EVERYONE.persons.items()}
    return replace(YEAR_INPUTS, people=People(persons, EVERYONE.teams))


# --- what is offered --------------------------------------------------------------------------------


def test_what_lacks_its_data_is_not_offered_and_says_which_file_would_bring_it() -> None:
    empty = replace(YEAR_INPUTS, stories=(), metrics=(), people=People())
    found = lacking(empty, DAY, replace(YEAR_PLAN, events=()))
    assert set(found) == {
        "day", "event", "csw-1", "csw-2", "csw-3", "csw-4", "csw-5", "hero", "wow", "you-said", "invitation",
        "scorecard", "funding", "briefing",
    }  # fmt: skip
    assert found["scorecard"] == "metrics.csv, with the columns month, name, value, target, kind"
    assert found["hero"].startswith("stories.csv: a story of the past 31 days with kind hero, consent yes")
    assert "kind obstacle, an answer, consent yes" in found["you-said"]
    assert found["funding"] == found["briefing"] == "people.csv, named in csweek.yaml (people: people.csv)"
    assert (
        lacking(replace(YEAR_INPUTS, themes=(ThemeTurn(replace(YEAR_THEME, celebration={})),)))["csw-3"]
        == "actions for this day: celebration: {csw-3: [...]} in themes/service-as-a-power.yaml"
    )
    assert found["csw-1"] == "events of this day in the plan of 2027: csweek plan"


def test_what_is_bought_without_a_price_needs_costs() -> None:
    settings = replace(YEAR_INPUTS.settings, budget=Budget())
    assert lacking(replace(YEAR_INPUTS, settings=settings))["funding"] == "costs: {low: …} in csweek.yaml"


def test_nothing_is_counted_down_to_while_it_is_on() -> None:
    assert "countdown" in lacking(YEAR_INPUTS, CSW + timedelta(days=2))
    assert "countdown" not in lacking(YEAR_INPUTS, CSW - timedelta(days=1))


def test_a_countdown_tells_each_thing_once_and_where_it_is_on_another_day() -> None:
    later = [
        replace(one, date=one.date + timedelta(days=1))
        if one.action == "day-1" and one.site == "seoul"
        else one
        for one in YEAR_PLAN.events
    ]
    plan = replace(YEAR_PLAN, events=tuple(later))
    found = announced(room(plan=plan), "countdown", Ask(DAYS["countdown"]))
    text = next(text for name, text in found.items() if name.endswith("-en.txt"))
    lines = [line for line in text.splitlines() if "Day 1: why" in line]
    assert lines == ["  - Monday · Day 1: why we are here", "  - Tuesday · Day 1: why we are here · Seoul"]


# --- for whom and where -----------------------------------------------------------------------------


def with_day_2_on(day: date, team: str) -> Newsroom:
    """The year in which a team alone holds the second day, on a day of its own."""
    moved = replace(
        event("monday-story", day, team, 99), title=TITLES["day-2"], visibility=Visibility.EVERYONE,
        practice=Practice.CELEBRATION,
    )  # fmt: skip
    moved = replace(moved, id="e999", key=moved.key._replace(action="day-2"))
    others = [one for one in YEAR_PLAN.events if one.action != "day-2"]
    return room(plan=replace(YEAR_PLAN, events=tuple(sorted([*others, moved], key=lambda one: one.sort_key))))


def test_a_day_that_a_team_holds_later_is_not_called_tomorrow_nor_the_next_ones_that_are_over() -> None:
    weekend = with_day_2_on(CSW + timedelta(days=5), "Natt")
    said = {
        day: next(iter(announced(weekend, f"csw-{day}", Ask(CSW, ("Natt",), locale="en")).values()))
        for day in (1, 2, 5)
    }
    assert "Next · Wednesday · Day 3: words from customers" in said[1]
    assert "Saturday, October 9\n" in said[2]
    assert "Today\n" in said[2]
    assert not {"Tomorrow", "Next", "Day 3"} & set(re.findall(r"\w+(?: \d)?", said[2]))
    assert said[5].endswith("Tomorrow · Day 2: what we learned\n")


def test_what_is_on_several_days_is_not_headed_today() -> None:
    text = english("day-after")
    assert "What we say today\n" in text
    moved = [
        replace(one, date=one.date + timedelta(days=one.action == "promise" and one.site == "seoul"))
        for one in YEAR_PLAN.events
    ]
    plan = replace(YEAR_PLAN, events=tuple(sorted(moved, key=lambda one: one.sort_key)))
    (text,) = announced(room(plan=plan), "day-after", Ask(CSW, locale="en")).values()
    assert "What we say, and when\n" in text


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "event"])
def test_everything_is_made_in_the_one_language_that_is_asked_for(kind: str) -> None:
    of = TALK if kind == "invitation" else None
    inputs = replace(YEAR_INPUTS, settings=replace(YEAR_INPUTS.settings, locale="ko"))
    asked = Ask(DAYS.get(kind, DAY), event=of, locale="ko")
    assert all(
        re.search("[가-힣]", text.splitlines()[0]) for text in announced(room(inputs), kind, asked).values()
    )
    assert {"-ko" in name for name in announced(room(inputs), kind, asked)} == {True}


def test_a_teams_text_in_another_language_has_a_name_of_its_own() -> None:
    (name,) = announced(room(), "weekly", Ask(DAY, ("Support",), locale="ko"))
    assert name == "share/announcements/2027-W03-weekly-support~ko.txt"


@pytest.mark.parametrize("kind", [kind for kind in PUBLIC if kind not in {"event", "wow"}])
def test_what_is_public_is_made_in_every_language_that_can_read_it(kind: str) -> None:
    names = list(made(kind))
    assert all(name.startswith("share/announcements/") and f"-{kind}-" in name for name in names)
    assert {name.rpartition("-")[2] for name in names} == {"en.txt", "sv.txt", "ko.txt", "bs.txt"}


def test_a_teams_own_is_in_its_language_and_holds_its_own() -> None:
    found = made("kickoff", YEAR_INPUTS, None, "Seoul", "Natt")
    assert list(found) == [
        "share/announcements/2027-10-04-kickoff-seoul.txt", "share/announcements/2027-10-04-kickoff-natt.txt",
    ]  # fmt: skip
    seoul = found["share/announcements/2027-10-04-kickoff-seoul.txt"]
    assert "Nordic Care · Seoul · 2027년" in seoul


def test_where_monday_is_a_holiday_the_first_morning_is_tuesday() -> None:
    off = [one for one in YEAR_PLAN.events if (one.action, one.site) == ("day-1", "seoul")]
    moved = (replace(one, date=date(2027, 10, 5)) if one in off else one for one in YEAR_PLAN.events)
    events = tuple(sorted(moved, key=lambda one: one.sort_key))
    at = room_of(replace(YEAR_PLAN, events=events), YEAR_INPUTS, DAY)
    found = announced(at, "kickoff", Ask(CSW, ("Seoul", "Natt")))
    assert list(found) == [
        "share/announcements/2027-10-05-kickoff-seoul.txt", "share/announcements/2027-10-04-kickoff-natt.txt",
    ]  # fmt: skip
    seoul, natt = found.values()
    assert "이번 주는 고객과 이야기하는 모두를 위한 한 주예요." in seoul
    assert "Today is the first of five days" in natt


def test_the_private_ones_lie_with_whom_they_concern_under_names_that_nobody_guesses() -> None:
    names = [*made("briefing"), *made("funding"), *announced(room(), "invitation", Ask(DAY, event=TALK))]
    assert {name.split("/")[1] for name in names} == {"l1", "organisers"}
    assert all(name.startswith("private/") and len(name.rpartition("-")[2]) == 16 + 4 for name in names)


def test_invitations_and_briefings_are_addressed() -> None:
    (mail,) = announced(room(), "invitation", Ask(DAY, event=TALK), ["eml"]).values()
    assert "To: =?utf-8?" in mail
    assert "<asa@nordic.example>" in mail


@pytest.mark.slow
@pytest.mark.parametrize("teams", [(), tuple(EVERYONE.teams)])
def test_nothing_public_tells_a_surprise_or_a_private_name(teams: tuple[str, ...]) -> None:
    told = replace(YEAR_INPUTS, stories=(
        *YEAR_INPUTS.stories,
        story(1, "p2", "wow", "kept to themselves", "x"), story(1, "p2", "hero", "kept too", "x"),
        story(1, "p1", "hero", "Thanks to Ðorđe Šarić", "x"),
        replace(story(1, "p1", "wow", "not agreed", "x"), consent=False),
        replace(story(1, "p4", "obstacle", "not answered", "x")),
    ))  # fmt: skip
    texts = "".join(
        text
        for kind in PUBLIC
        for text in announced(room(told), kind, Ask(DAYS.get(kind, DAY), teams), TEXTS).values()
    )
    assert len(texts) > 20_000
    secrets = ("Ðorđe", "Šarić", "kept", "not agreed", "not answered", "A handwritten note", "handskriven")
    assert [secret for secret in secrets if secret in texts] == []


@pytest.mark.parametrize(
    "away",
    [{"end_date": DAY - timedelta(days=1)}, {"leave": (Span(DAY, DAY),)}, {"thanks": Thanks.NEVER}],
)
def test_who_left_is_away_or_wants_none_is_neither_told_of_nor_thanked(away: dict[str, object]) -> None:
    inputs = changed(p1=away)
    assert "wow" in lacking(inputs)
    assert "Åsa" not in made("briefing", inputs)[next(iter(made("briefing", inputs)))]
    (mail,) = announced(room(inputs), "invitation", Ask(DAY), ["eml"]).values()
    assert "asa@nordic.example" not in mail


# --- what they say ----------------------------------------------------------------------------------


def test_the_latest_story_that_can_be_read_is_told() -> None:
    newer = Story(DAY, "p3", "wow", "끝까지 들어 주셨어요.", Place("stories.csv"), "고객", consent=True)
    found = made("wow", replace(YEAR_INPUTS, stories=(*YEAR_INPUTS.stories, newer)))
    told = {name.rpartition("-")[2]: "끝까지" in text for name, text in found.items()}
    assert told == {"en.txt": True, "ko.txt": True, "bs.txt": True, "sv.txt": False}
    own = made("wow", YEAR_INPUTS, None, "Support", "Natt")
    assert [name.rpartition("-")[2] for name in own] == ["support.txt"]


def test_a_briefing_says_for_what_and_when_last() -> None:
    (text,) = (one for name, one in made("briefing").items() if "/l1/" in name)
    assert "Åsa stayed on the line until the ambulance came." in text
    assert "10 nov. 2026" in text
    unconfirmed = tuple(replace(one, status=Status.UNCONFIRMED) for one in EARLIER)
    (text,) = announced(room(earlier=unconfirmed), "briefing", Ask(DAY, owner="l1")).values()
    assert "Du har inte tackat den här personen än" in text


def test_a_briefing_is_of_one_owners_work_alone() -> None:
    events = (event("wow-note", DAY, "p1"), replace(event("wow-note", DAY, "p2", 2), owner="m1"))
    found = announced(room(plan=replace(YEAR_PLAN, events=events)), "briefing", Ask(DAY))
    told = {path.split("/")[1]: re.findall("Åsa Öberg|Ðorđe Šarić", text) for path, text in found.items()}
    assert told == {"l1": ["Åsa Öberg"], "m1": ["Ðorđe Šarić"]}


@pytest.mark.parametrize("sites", [2, 1])
def test_a_briefing_says_where_only_where_there_are_several_sites(sites: int) -> None:
    settings = replace(YEAR_INPUTS.settings, sites=dict([*YEAR_INPUTS.settings.sites.items()][:sites]))
    meeting = at(DAY, 9, 0, "stockholm", 30)
    talk = event("wow-note", DAY, "p1", channel=Channel.MEETING, **meeting)
    at_work = room(replace(YEAR_INPUTS, settings=settings), replace(YEAR_PLAN, events=(talk,)))
    (text,) = announced(at_work, "briefing", Ask(DAY, owner="l1")).values()
    assert "09:00" in text
    assert ("Stockholm" in text) is (sites > 1)


@pytest.mark.parametrize("left_out", [0, 1])
def test_what_all_teams_have_at_one_hour_names_none_of_them(left_out: int) -> None:
    (day, *_) = everywhere("day-2", CSW)
    nine = at(CSW, 9, 0, "stockholm", 10)
    meetings = tuple(
        replace(day, audience=Audience.TEAM, team=team, **nine) for team in list(EVERYONE.teams)[left_out:]
    )
    found = announced(room(plan=replace(YEAR_PLAN, events=meetings)), "kickoff", Ask(CSW))
    text = next(text for name, text in found.items() if name.endswith("-sv.txt"))
    (line,) = (line for line in text.splitlines() if "09:00" in line)
    assert any(team in line for team in EVERYONE.teams) is bool(left_out)


def test_a_briefing_without_a_story_asks_for_one_and_says_who_wants_it_quiet() -> None:
    week = date(2027, 1, 27)
    (text,) = announced(room(), "briefing", Ask(week, owner="l1")).values()
    assert "Ðorđe Šarić" in text
    assert "Här finns ingen berättelse än" in text
    assert "Tacka i enrum." in text


def test_a_briefing_speaks_to_its_reader_and_not_of_them() -> None:
    known = changed(l1={"thanks": Thanks.PUBLIC, "locale": "en"}, p1={"manager": "l1"}, p2={"manager": "p4"})
    (text,) = announced(room(known), "briefing", Ask(DAY, owner="l1")).values()
    assert "A talk with a leader" in text
    assert text.count(known.people.persons["l1"].name) == 1, "in the line below the title alone"


def test_a_manager_is_not_sent_to_ask_the_manager() -> None:
    week = date(2027, 1, 27)
    ask = "Ask the manager"
    for manager, asks in (("l1", False), ("p4", True)):
        given = changed(l1={"locale": "en"}, p2={"manager": manager})
        (text,) = announced(room(given), "briefing", Ask(week, owner="l1")).values()
        assert (ask in text) is asks


def test_the_scorecard_shows_both_sides_of_the_latest_month() -> None:
    text = english("scorecard")
    assert "What customers tell us\n\n  - NPS · 41 · goal 45 · the month before 38\n" in text
    assert english("scorecard", day=date(2026, 12, 20)).startswith(
        "What customers feel, and what we measure: December"
    )
    assert list(one_sided(room(), DAY)) == []


def test_a_figure_is_the_same_however_its_name_is_written() -> None:
    renamed = tuple(
        replace(one, name=" nps") if (one.name, one.month.month) == ("NPS", 12) else one
        for one in YEAR_INPUTS.metrics
    )
    assert renamed != YEAR_INPUTS.metrics
    text = english("scorecard", replace(YEAR_INPUTS, metrics=renamed))
    assert "NPS · 41 · goal 45 · the month before 38\n" in text


@pytest.mark.parametrize(
    ("written", "locale", "read"),
    [
        ("4.6", "sv", "4,6"),
        ("87.5 %", "bs", "87,5 %"),
        ("4,62", "en", "4.62"),
        ("4,6", "ko", "4.6"),
        ("12.5 min", "sv", "12,5 min"),
        ("6.40 min", "sv", "6.40 min"),
        ("1,200", "sv", "1,200"),
        ("1.2.2027", "sv", "1.2.2027"),
        ("6:40", "bs", "6:40"),
    ],
)
def test_decimals_are_written_as_the_reader_does(written: str, locale: str, read: str) -> None:
    known = room(replace(YEAR_INPUTS, metrics=(metric(1, "NPS", written, "", "external"),)))
    (text,) = announced(known, "scorecard", Ask(DAY, locale=locale)).values()
    assert f"NPS · {read}\n" in text


def test_a_month_without_a_figure_from_customers_is_warned_of() -> None:
    inside = replace(YEAR_INPUTS, metrics=(metric(1, "Handle time", "6:40", "", "internal"),))
    (warning,) = one_sided(room(inside), DAY)
    assert "no figure of 2027-01 comes from customers" in warning.message
    assert not warning.is_error
    assert "No figure here comes from customers yet." in english("scorecard", inside)


def test_the_memo_counts_what_the_plan_asks_for() -> None:
    text = next(iter(made("funding").values()))
    assert "9 people in 4 teams" in text
    assert "450 SEK in all, 50 SEK for each person and year" in text  # 9 people, once, at the low level
    assert "1. Nothing is bought." in text


def test_the_memo_of_a_plan_that_takes_little_has_no_empty_part_and_counts_nothing_to_none() -> None:
    alone = replace(
        YEAR_INPUTS,
        people=replace(YEAR_INPUTS.people, teams={}),
        settings=replace(YEAR_INPUTS.settings, budget=Budget()),
    )
    (text,) = announced(room(alone, replace(YEAR_PLAN, events=())), "funding", Ask(DAY)).values()
    assert "- 9 people\n" in text
    assert "Cheaper ways" not in text
    assert "cheaper" not in text
    assert not re.search(r"\b0 (hours|talks|occasions|thank)", text)


def test_the_memos_ways_are_cheaper_and_differ() -> None:
    gifts = everywhere("cake", DAY, YEAR_PLAN.events[0].cost.HIGH)
    plan = replace(YEAR_PLAN, events=tuple(sorted((*YEAR_PLAN.events, *gifts), key=lambda e: e.sort_key)))
    budget = Budget("SEK", None, {**YEAR_INPUTS.settings.budget.costs, gifts[0].cost: 1500.0})
    inputs = replace(YEAR_INPUTS, settings=replace(YEAR_INPUTS.settings, budget=budget))
    (text,) = announced(room(inputs, plan), "funding", Ask(DAY)).values()
    ways = [line.strip().split(",")[0] for line in text.splitlines() if line.startswith("     ")]
    assert "13,950 SEK in all" in text
    assert ways == ["900 SEK", "450 SEK", "0 SEK"]


def test_what_stays_is_what_the_plan_still_holds() -> None:
    assert "Monday's story · every week" in english("day-after")
    over = replace(YEAR_PLAN, events=tuple(e for e in YEAR_PLAN.events if e.date < CSW + timedelta(days=8)))
    text = announced(room_of(over, YEAR_INPUTS, DAY), "day-after", Ask(CSW))
    assert "every week" not in "".join(text.values())


def test_what_comes_next_is_told_once_for_four_weeks() -> None:
    talk = replace(
        TALK,
        audience=Audience.ORGANISATION,
        visibility=Visibility.EVERYONE,
        recipients=(),
        start=None,
        end=None,
    )
    days = {
        "Near": date(2027, 10, 20), "Near again": date(2027, 11, 3), "Last": date(2027, 11, 8),
        "Too late": date(2027, 11, 9),
    }  # fmt: skip
    new = [
        replace(talk, id=f"e80{n}", date=day, title=words(title.split()[0]))
        for n, (title, day) in enumerate(days.items())
    ]
    plan = replace(YEAR_PLAN, events=(*YEAR_PLAN.events, *new))
    (text,) = announced(room(plan=plan), "day-after", Ask(CSW, locale="en")).values()
    assert re.findall(r"Near|Last|Too", text) == ["Near", "Last"]


def test_an_event_is_told_to_those_who_may_know_of_it() -> None:
    monday = next(one for one in YEAR_PLAN.events if one.team == "Seoul")
    found = announced(room(), "event", Ask(monday.date, ("Seoul", "Support"), monday))
    assert [name.rpartition("-")[2] for name in found] == ["seoul.txt"]
    surprise = next(one for one in YEAR_PLAN.events if one.action == "wow-note")
    assert announced(room(), "event", Ask(surprise.date, tuple(EVERYONE.teams), surprise)) == {}


# --- the year's days --------------------------------------------------------------------------------


def test_a_day_calls_for_its_own() -> None:
    assert of_day(CSW) == ("kickoff", "csw-1")
    assert of_day(CSW + timedelta(days=4)) == ("csw-5",)
    assert of_day(CSW + timedelta(days=5)) == of_day(DAY) == ("day",)


def test_a_year_has_every_week_and_csw_in_order() -> None:
    found = list(of_year(Year("2027", date(2027, 1, 4), 52)))
    assert sum(kind == "weekly" for kind, _ in found) == 52
    assert [day for kind, day in found if kind == "countdown"] == [
        date(2027, 9, 6), date(2027, 9, 20), date(2027, 9, 27),
    ]  # fmt: skip
    assert ("day-after", date(2027, 10, 11)) in found
    assert sum(kind == "scorecard" for kind, _ in found) == 12


def test_a_theme_of_its_own_has_its_own_day() -> None:
    bare = replace(YEAR_INPUTS, themes=(ThemeTurn(replace(YEAR_THEME, celebration={})),))
    assert {"csw-1", "csw-5"} <= set(lacking(bare, CSW))
    assert "The five days" not in english("kickoff", bare)
    assert event("monday-story", CSW, "Support").concerns(EVERYONE) == ("Support",)
