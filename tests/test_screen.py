import re
from datetime import date, timedelta

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from samples import at, event, words

from csweek.model.basics import Audience, Channel, Cost, Status, Year, csw_monday
from csweek.model.plan import Directory, Revision
from csweek.render.screen import days, pages, plan, report, text, theme
from csweek.render.screen import year as grid
from csweek.render.screen.plan import Asked, Differences, Money, Some
from csweek.render.screen.year import View

DIRECTORY = Directory.of(samples.INPUTS, date(2027, 1, 4))
VIEW = View(samples.YEAR, DIRECTORY, date(2027, 1, 20))
EVENTS = samples.PLAN.events
ANSI = re.compile(r"\x1b\[[0-9;]*m")
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def plain(lines: object) -> list[str]:
    assert not isinstance(lines, str)
    return [ANSI.sub("", line) for line in lines]  # type: ignore[attr-defined]


# --- text ----------------------------------------------------------------------------------------


def test_no_colour_vanishes_on_white() -> None:
    pale = {"33", "37", "93", "96", "97"}  # yellow, white and their bright kin
    assert pale.isdisjoint(code for look in text.Ink for code in look.value.split(";"))


@given(anything, st.integers(1, 30))
@settings(derandomize=True, max_examples=30)
def test_a_padded_text_takes_exactly_its_room(words_: str, width: int) -> None:
    assert text.cells(text.pad(words_, width)) == width
    assert text.cells(text.centre(words_, width)) == width


@given(anything, st.integers(2, 30))
@settings(derandomize=True, max_examples=30)
def test_no_wrapped_line_is_wider_than_its_room_and_no_letter_is_lost(words_: str, width: int) -> None:
    lines = list(text.wrap(words_, width))
    assert all(text.cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.clean(words_).split())


def test_a_line_is_filled_to_its_last_column() -> None:
    assert list(text.wrap("ab cd ef", 5)) == ["ab cd", "ef"]


@pytest.mark.parametrize(("word", "wide"), [("Åsa", 3), ("김서연", 6), ("A\u030asa", 3), ("", 0), ("…", 1)])
def test_letters_are_counted_as_a_terminal_shows_them(word: str, wide: int) -> None:
    assert text.cells(word) == wide


def test_a_wide_letter_is_not_cut_in_half() -> None:
    assert text.cut("김서연", 4) == "김…"
    assert text.pad("김서연", 4) == "김… "


def test_no_name_can_steer_the_terminal() -> None:
    evil = "Eve\x1b[2J\u202e\nMallory"
    assert "\x1b" not in text.pad(evil, 30)
    assert "\u202e" not in "".join(text.wrap(evil, 30))
    assert plain([text.ink(evil, text.Ink.TITLE)]) == ["Eve [2J  Mallory"]


def test_spaces_around_a_text_stay_without_a_look() -> None:
    assert text.ink("  a b ", text.Ink.TITLE) == "  \x1b[1ma b\x1b[0m "
    assert text.ink("   ", text.Ink.TITLE) == "   "


def test_columns_are_narrowed_by_weight_until_they_fit() -> None:
    rows = [("1", "a" * 40, "b" * 10, "c" * 40)]
    widths = text.columns(rows, 60, {1: 3, 3: 2})
    assert sum(widths) + 6 == 60
    assert widths[0] == 1
    assert widths[2] == 10
    assert widths[1] > widths[3]


def test_columns_that_fit_take_what_they_need() -> None:
    assert text.columns([("ab", "c")], 80, {0: 1}) == [2, 1]


def test_facts_stand_beside_their_labels_and_empty_ones_are_left_out() -> None:
    lines = plain(text.facts([("For", "one two three"), ("None", ""), ("Longer", "x")], 16))
    assert lines == ["For     one two", "        three", "Longer  x"]


# --- the year ------------------------------------------------------------------------------------


def year_of(number: int) -> Year:
    first = date.fromisocalendar(number, 1, 1)
    return Year(str(number), first, (date.fromisocalendar(number + 1, 1, 1) - first).days // 7)


@pytest.mark.parametrize("number", [2026, 2027])
@pytest.mark.parametrize("width", [24, 40, 64, 79, 80, 110])
def test_the_year_fits_every_width_and_has_every_week_once(number: int, width: int) -> None:
    year = year_of(number)
    view = View(year, DIRECTORY, year.first + timedelta(days=100), width)
    lines = plain(grid.year(view, [20] * year.weeks))
    assert all(text.cells(line) <= width for line in lines)
    found = [int(n) for line in lines if re.fullmatch(r"[\d \[\]]+", line) for n in re.findall(r"\d+", line)]
    labels = [n for n in found if n != 20]
    assert sorted([*labels, 20]) == list(range(1, year.weeks + 1))


def test_a_week_53_stands_in_the_last_quarter() -> None:
    lines = plain(grid.grid(View(year_of(2026), DIRECTORY, date(2026, 4, 7), 80), [20] * 53))
    assert any(re.search(r"\b40\b.*\b53\b", line) for line in lines)


def test_the_legend_explains_the_day_after_where_it_is_marked() -> None:
    explained = "after: the day after CSW."
    for year, marked in ((year_of(2027), True), (Year("csw-2026", date(2026, 10, 12), 52), False)):
        lines = plain(grid.year(View(year, DIRECTORY, year.first), [20] * year.weeks))
        assert (explained in " ".join(lines)) is marked


def test_the_year_says_without_colour_what_csw_is_where_we_are_and_which_weeks_are_light() -> None:
    load = [20] * 52
    load[9], load[30] = 5, 0
    lines = plain(grid.year(View(samples.YEAR, DIRECTORY, date(2027, 4, 7)), load))
    whole = "\n".join(lines)
    assert "[14]" in whole
    assert "Light weeks: 10 (5), 31 (0)" in whole
    marks = [line.split() for line in lines if set(line.split()) <= {"CSW", "after", "few", "none"} and line]
    assert marks == [["few"], ["none"], ["CSW", "after"]]
    csw = next(number for number, line in enumerate(lines) if line.strip().startswith("CSW"))
    assert lines[csw - 3].split()[0] == "40"
    assert lines[csw].index("CSW") < lines[csw].index("after") < lines[csw].index("CSW") + 8


@pytest.mark.parametrize("year", range(2024, 2041))
def test_csw_is_found_in_every_year(year: int) -> None:
    covers = year_of(year)
    assert [covers.monday(week) for week in grid.csw_weeks(covers)] == [csw_monday(year)]


def test_a_year_from_csw_to_csw_has_one_csw_week_its_last() -> None:
    covers = Year("csw-2026", date(2026, 10, 12), 52)
    assert grid.csw_weeks(covers) == (51,)


def test_empty_weeks_before_the_plan_was_made_are_not_light() -> None:
    assert grid.light_weeks([0, 0, 10, 10, 2, 10]) == (4,)
    assert grid.light_weeks([10, 0, 10]) == (1,)
    assert grid.light_weeks([0, 0]) == (0, 1)


@given(st.lists(st.integers(0, 30_000), min_size=52, max_size=52))
@settings(derandomize=True, max_examples=15)
def test_any_load_can_be_drawn(load: list[int]) -> None:
    lines = plain(grid.grid(View(samples.YEAR, DIRECTORY, date(2027, 4, 7)), load))
    assert all(text.cells(line) <= 80 for line in lines)


def test_a_long_name_does_not_push_the_motto_out() -> None:
    directory = replace(DIRECTORY, organisation="An organisation with quite a long name indeed, " * 2)
    view = View(samples.YEAR, directory, date(2027, 4, 7), 60)
    assert all(text.cells(line) <= 60 for line in plain(grid.heading(view, 7)))


# --- events --------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [24, 40, 75, 76, 80, 110])
def test_a_list_fits_its_width_and_has_every_event(width: int) -> None:
    view = VIEW._replace(width=width)
    lines = plain(days.listing(EVENTS, view))
    assert all(text.cells(line) <= width for line in lines)
    assert [line.split()[-1] for line in lines if line.split()[-1].startswith("e")] == [e.id for e in EVENTS]


@pytest.mark.parametrize("width", [60, 70, 75])
def test_a_narrow_list_cuts_no_title_and_no_name(width: int) -> None:
    page = "\n".join(plain(days.listing(EVENTS, VIEW._replace(width=width))))
    assert "…" not in page


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_person_with_a_long_address_fits(width: int) -> None:
    contact = replace(DIRECTORY.persons["p1"], email=f"{'a' * 30}@a-long-name.example")
    lines = plain(pages.person(VIEW._replace(width=width), contact, EVENTS[:1], []))
    assert all(text.cells(line) <= width for line in lines)
    assert "a-long-name.example" in "".join(lines).replace(" ", "")


def test_a_list_names_each_day_once_and_has_its_columns_aligned() -> None:
    lines = plain(days.listing(EVENTS[:3], VIEW))
    assert [line[:10].strip() for line in lines] == ["Mon  4 Jan", "", ""]
    assert len({line.index("Monday's story") for line in lines}) == 1
    assert sorted(line[12:].split()[0] for line in lines) == ["09:30", "10:00", "21:00"]


def test_columns_that_say_nothing_are_left_out() -> None:
    [line] = plain(days.listing(EVENTS[3:4], VIEW, without={"whom", "by"}))
    assert line == "Wed 20 Jan  A handwritten note  e4"


def test_what_became_of_events_is_seen_without_colour_and_explained() -> None:
    found = [
        replace(EVENTS[0], status=status)
        for status in (Status.DONE, Status.MISSED, Status.UNCONFIRMED, Status.CANCELLED, Status.PLANNED)
    ]
    lines = plain(days.listing(found, VIEW))
    assert [line[12] for line in lines] == ["✓", "✗", "?", "x", " "]
    assert plain(days.signs(found, 80)) == [
        "✓ done · ✗ missed · ? past, and nobody said how it went · x cancelled"
    ]
    assert not list(days.signs(found[-1:], 80))


def test_an_hour_after_midnight_in_a_night_shift_says_so() -> None:
    late = event("monday-story", date(2027, 1, 4), "Natt", **at(date(2027, 1, 5), 0, 30, "stockholm", 10))
    assert days.hour(late) == "00:30+1"
    page = " ".join(" ".join(plain(pages.event(VIEW, late, ()))).split())
    assert "Tuesday 5 January 2027, 00:30 to 00:40 Europe/Stockholm, in the shift of Monday" in page


def test_for_whom_an_event_is() -> None:
    group = event("wow-note", date(2027, 3, 1), "p1", audience=Audience.GROUP)
    assert days.whom(replace(group, audience=Audience.TEAM, team="Support"), DIRECTORY) == "Support"
    assert days.whom(EVENTS[3], DIRECTORY) == "Åsa Öberg"
    assert days.whom(replace(group, recipients=("p1", "p3")), DIRECTORY) == "Åsa Öberg, 김서연"
    assert days.whom(replace(group, recipients=("p1", "p3", "p4")), DIRECTORY) == "Åsa Öberg and 2 more"
    everyone = replace(group, audience=Audience.ORGANISATION, recipients=(), team=None)
    assert days.whom(everyone, DIRECTORY) == "all stockholm"
    assert days.whom(everyone, replace(DIRECTORY, sites={"stockholm": "Europe/Stockholm"})) == "everyone"
    assert days.by(replace(group, owner=None), DIRECTORY) == "(a leader)"


def test_a_week_says_which_it_is_and_what_it_takes() -> None:
    lines = plain(days.week(VIEW, date(2027, 1, 18), EVENTS[3:4]))
    assert lines[:2] == [
        "Week 3 · Mon 18 Jan to Sun 24 Jan 2027 · this week",
        "1 event, 10 minutes of owners' time",
    ]
    csw = plain(days.week(VIEW, date(2027, 10, 4), ()))
    assert csw[0].endswith("Customer Service Week")
    assert plain(days.week(VIEW, date(2027, 10, 11), ()))[0].endswith("the week of the day after")


@pytest.mark.parametrize("width", [24, 40, 66])
def test_what_stands_over_a_week_a_day_and_an_owner_fits_a_narrow_terminal(width: int) -> None:
    csw = csw_monday(2027)
    there = View(samples.YEAR, DIRECTORY, csw, width)
    outside = there._replace(today=date(2026, 5, 5))
    heads = [*days.week(there, csw, [])][:4] + [*days.today(there, [], [], [])][:2]
    heads += [*days.today(outside, [], [], []), *days.upcoming(outside, [])]
    held = [line for line in pages.owner(there, "Maria", EVENTS) if "minutes in" in line]
    assert all(text.cells(line) <= width for line in plain([*heads, *held]))
    assert "Customer Service Week" in plain(heads)


def test_today_has_its_sites_what_is_open_and_what_is_next() -> None:
    view = VIEW._replace(today=date(2027, 1, 4))
    lines = plain(days.today(view, EVENTS[:3], EVENTS[3:4], EVENTS[4:5]))
    assert lines[0] == "Monday 4 January 2027 · week 1"
    assert lines.index("seoul") < lines.index("stockholm") < lines.index("Also open this week")
    assert lines.index("Also open this week") < lines.index("Next")
    assert len([line for line in lines if "Monday's story" in line]) == 3


def test_a_day_without_events_and_one_outside_the_year_are_told() -> None:
    assert "Nothing is planned for today." in plain(days.today(VIEW, (), (), ()))
    outside = VIEW._replace(today=date(2026, 5, 5))
    assert any("outside the planned year" in line for line in plain(days.today(outside, (), (), ())))


def test_a_long_rest_of_the_week_is_counted() -> None:
    rest = [replace(EVENTS[3], id=f"e{n}") for n in range(20)]
    assert f"and {20 - days.FEW} more: csweek show week" in plain(days.today(VIEW, (), rest, ()))


def test_what_is_today_stands_out_and_what_is_past_stands_back() -> None:
    view = VIEW._replace(today=EVENTS[3].date)
    looks = {
        event.id: next(line for line in days.listing([event], view) if event.id in line)
        for event in (EVENTS[0], EVENTS[3], EVENTS[4])
    }
    title, quiet = (f"\x1b[{ink.value}m" for ink in (text.Ink.TITLE, text.Ink.QUIET))
    assert looks[EVENTS[0].id].startswith(quiet)
    assert looks[EVENTS[3].id].startswith(title)
    assert looks[EVENTS[4].id].startswith(EVENTS[4].date.strftime("%a"))


@pytest.mark.parametrize(("status", "sign"), [(Status.DONE, "✓"), (Status.MISSED, "✗")])
def test_what_became_of_an_event_stands_in_its_colour_before_its_hour(status: Status, sign: str) -> None:
    (line,) = days.listing([replace(EVENTS[0], status=status)], VIEW)
    look = text.Ink.GOOD if status is Status.DONE else text.Ink.BAD
    assert f"\x1b[{look.value}m{sign} 09:30\x1b[0m" in line


# --- how good it is ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ("holds holds note", "Everything promised holds."),
        ("holds broken note", "1 of 2 promises does not hold."),
        ("broken broken holds", "2 of 3 promises do not hold."),
    ],
)
def test_the_page_begins_with_how_many_promises_do_not_hold(states: str, said: str) -> None:
    lines = [report.Line(state, "Title", "What is so.") for state in states.split()]  # type: ignore[arg-type]
    ordinary = report.Ordinary(0, 0, 0, 0, (), 0, (), known=False)
    assert said in plain(report.report(VIEW, 3, lines, [1] * 52, ordinary))


@pytest.mark.parametrize(
    ("weeks", "ruler"),
    [
        (52, "  1            14           27           40         52"),
        (20, "  1            14   20"),
        (13, "  1          13"),
    ],
)
def test_the_first_weeks_of_quarters_and_the_last_one_stand_below_their_bars(weeks: int, ruler: str) -> None:
    ordinary = report.Ordinary(0, 0, 0, 0, (), 0, (), known=False)
    lines = plain(report.report(VIEW, 3, [report.Line("holds", "Title", "So.")], [1] * weeks, ordinary))
    assert lines[-1] == ruler


# --- pages ---------------------------------------------------------------------------------------


def test_a_person_sees_apart_what_is_by_name_and_what_is_shared() -> None:
    contact = DIRECTORY.persons["p1"]
    lines = plain(pages.person(VIEW, contact, [EVENTS[0], EVENTS[3]], []))
    assert lines[0] == "Åsa Öberg · p1 · Support · stockholm · asa@nordic.example"
    assert lines[1] == "1 moment by name, 1 with others"
    assert "Holds" not in lines
    own, shared = (lines.index(title) for title in ("By name", "With the team or everyone"))
    assert own < shared
    assert "A handwritten note" in lines[own + 1]
    assert "Monday's story" in lines[shared + 1]


def test_an_owner_sees_the_fullest_week_with_preparation_in_its_own() -> None:
    lines = plain(pages.owner(VIEW, "Leo Lind", EVENTS[3:]))
    assert lines[1].startswith("4 events, ")
    assert "15 in the fullest (week 3)" in lines[1]
    assert plain(pages.owner(VIEW, "Leo Lind", ())) == ["Leo Lind", "Holds nothing in this year."]


def test_what_an_owner_had_cancelled_is_listed_but_not_counted() -> None:
    first, *others = EVENTS[3:]
    lines = plain(pages.owner(VIEW, "Leo Lind", [replace(first, status=Status.CANCELLED), *others]))
    assert lines[1:] == plain(pages.owner(VIEW, "Leo Lind", others))[1:2] + lines[2:]
    assert first.id in "\n".join(lines)


def test_a_team_names_its_people() -> None:
    lines = plain(pages.team(VIEW, "Seoul", ["김서연", "박지훈"], EVENTS[1:2]))
    assert lines[:2] == ["Seoul · seoul", "2 people: 김서연, 박지훈"]
    assert "Nothing is planned for this team." in plain(pages.team(VIEW, "Seoul", [], ()))


def test_an_event_says_everything_about_itself() -> None:
    lines = plain(pages.event(VIEW, EVENTS[3], ["Because.", "And so."]))
    page = "\n".join(lines)
    assert lines[0] == "e4 · A handwritten note · planned"
    assert "Wednesday 20 January 2027 (week 3; its day was chosen)" in page
    for part in (
        "Åsa Öberg (Support, stockholm)",
        "Leo Lind as leader",
        "5 min, by Wednesday 13 January 2027",
        "a surprise",
    ):
        assert part in page
    assert lines[-1].endswith("Because. And so.")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"cost": Cost.NONE, "idea": None}, "card, 5 min (action wow-note)"),
        ({"cost": Cost.LOW, "idea": "lunch"}, "card, 5 min, cost low (action wow-note, idea lunch)"),
    ],
)
def test_what_an_event_costs_and_from_which_idea_it_comes_is_said_where_there_is_any(
    fields: dict[str, object], said: str
) -> None:
    one = replace(EVENTS[3], minutes=5, channel=Channel.CARD, **fields)
    assert said in " ".join(" ".join(plain(pages.event(VIEW, one, ()))).split())


# --- a new plan ----------------------------------------------------------------------------------


def told(revision: Revision) -> list[str]:
    return plain(plan.changes(VIEW, Differences.of(revision), len(EVENTS)))


def test_a_first_plan_is_counted_and_one_without_change_says_so() -> None:
    assert told(Revision(samples.PLAN, added=EVENTS)) == ["A new year: 7 events."]
    assert told(Revision(samples.PLAN)) == ["Nothing has changed since the last plan."]


def test_a_change_says_who_holds_it_now_and_who_came_and_went() -> None:
    before = replace(EVENTS[3], audience=Audience.GROUP, recipients=("p1", "p3"), owner="p4")
    after = replace(before, recipients=("p1", "p2"), owner="p3")
    none = Some(0, ())
    found = Differences(none, none, Some(1, [(before, after)]), none)
    lines = " ".join(plain(plan.changes(VIEW._replace(width=160), found, len(EVENTS))))
    names = DIRECTORY.name
    assert f"now by {names('p3')}, with {names('p2')}, without {names('p3')}" in lines


def test_a_change_says_which_action_has_taken_an_event_over() -> None:
    before = EVENTS[3]
    after = replace(before, key=before.key._replace(action="card-of-the-month"))
    none = Some(0, ())
    found = Differences(none, none, Some(1, [(before, after)]), none)
    assert "now card-of-the-month" in " ".join(plain(plan.changes(VIEW, found, len(EVENTS))))


def test_a_change_says_what_is_new_and_why_its_owner_is_another() -> None:
    before = EVENTS[3]
    moved = replace(before, id="e91", site="seoul", team="Seoul")
    renamed = replace(before, id="e92", title=words("Something new"), minutes=25)
    given = replace(before, id="e93", owner="p4")
    none = Some(0, ())
    pairs = [(before, given), (before, moved), (before, renamed)]
    found = Differences(none, none, Some(3, pairs), none, {"e93": "Leo Lind does not work here then"})
    lines = plain(plan.changes(VIEW._replace(width=160), found, len(EVENTS)))
    assert lines[0] == "~ 3 events changed"
    assert "now in Seoul, now at seoul" in lines[1]
    assert f"was {before.title.say(DIRECTORY.locale)}, now 25 min" in lines[2]
    assert lines[3].strip() == "Leo Lind does not work here then:"
    assert f"now by {DIRECTORY.name('p4')}" in lines[4]


def test_a_move_to_another_day_and_hour_says_both() -> None:
    both = replace(EVENTS[0], date=date(2027, 1, 6), **at(date(2027, 1, 6), 11, 0, "stockholm", 10))
    assert "Mon  4 Jan → Wed  6 Jan 11:00" in "\n".join(
        told(Revision(samples.PLAN, moved=((EVENTS[0], both),)))
    )


def test_changes_say_from_when_to_when() -> None:
    later = replace(EVENTS[3], date=date(2027, 1, 25))
    hour = replace(EVENTS[0], **at(date(2027, 1, 4), 11, 0, "stockholm", 10))
    revision = Revision(
        samples.PLAN, EVENTS[4:5], ((EVENTS[3], later), (EVENTS[0], hour)), EVENTS[5:6], EVENTS[6:7]
    )
    lines = told(revision)
    assert [line for line in lines if not line.startswith(" ")] == [
        "+ 1 event added", "> 2 events moved", "~ 1 event changed", "- 1 event cancelled",
    ]  # fmt: skip
    assert "  Wed 20 Jan → Mon 25 Jan" in "\n".join(lines)
    assert "Mon  4 Jan 09:30 → 11:00" in "\n".join(lines)
    assert all(text.cells(line) <= 80 for line in lines)


def test_many_changes_are_counted() -> None:
    many = tuple(replace(EVENTS[3], id=f"e{n}") for n in range(20))
    assert "  and 12 more" in told(Revision(samples.PLAN, cancelled=many))


def test_what_a_year_asks_names_the_highest_first_and_who_is_over_the_limit() -> None:
    owners = [Asked("Leo Lind", 30.4, 95, 3), *(Asked(f"P{n}", 9, 20, 2) for n in range(6))]
    lines = plain(plan.asks(VIEW, [3] * 52, owners, 90, Money("SEK", 900, 12000)))
    assert lines[:2] == ["What this year asks", "156 events, about 3 a week."]
    late = plain(plan.asks(VIEW, [*[0] * 39, *[3] * 13], owners, 90, Money("SEK", 900, 12000)))
    assert late[1] == "39 events, about 3 a week."
    assert lines[3].split() == ["Leo", "Lind", "30", "min", "95", "min", "week", "3,", "over", "90"]
    assert "and 2 owners with less" in lines
    assert lines[-1] == "SEK 900 of a budget of 12,000."


@pytest.mark.parametrize(
    ("money", "said"),
    [
        (Money("", 0, None), "Nothing has to be bought."),
        (Money("EUR", 0, 1200), "Nothing has to be bought: the budget of EUR 1,200 is untouched."),
        (Money("EUR", 20, None), "EUR 20, where everything is bought that costs something."),
        (Money("EUR", 20, 10), "EUR 20, which is over the budget of 10."),
        (
            Money("EUR", 2000, 10, [("trip", 1990.0), ("tea", 10.0)]),
            "EUR 2,000, which is over the budget of 10; the dearest: trip (1,990), tea (10).",
        ),
    ],
)
def test_money(money: Money, said: str) -> None:
    lines = plain(plan.asks(VIEW, [0] * 52, (), 90, money))
    assert lines[2:] == [said]


def test_a_theme_shows_its_traits_days_and_what_it_asks() -> None:
    page = "\n".join(plain(theme.page(samples.THEME, "en", 80)))
    assert page.startswith("Service as a power · service-as-a-power")
    assert "Calm and balance" in page
    assert re.search(r"Mon +Monday's story", page)
    assert re.search(r"A handwritten note +person +4 times a year", page)
    other = replace(samples.THEME, id="other", motto=words("Another motto"))
    assert plain(theme.index([samples.THEME, other], "en", 80))[1].split("  ")[0] == "other"
