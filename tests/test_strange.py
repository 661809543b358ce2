"""What is missing, too little or too much: a plan of what is possible, and every lack named."""

import re
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta

import pytest
from msgspec.structs import replace
from organisations import ACTIONS, SITES, WEEKLY, Shape, joined, organisation, people_of, theme, without
from planned import BEFORE, plan_of, planned

from csweek.errors import Problem
from csweek.model.basics import Audience, Channel, Hours, Role, Span, csw_monday
from csweek.model.inputs import Inputs, Limits, Settings
from csweek.model.people import People, Site, WorkTime
from csweek.model.theme import PerYear, ThemeTurn
from csweek.plan.build import Built
from csweek.plan.measure.whole import measured

CALM = Shape(people=4, teams=2, sites=1, leaders=2, leave=0, odd_hours=0, never=0, movers=0)
YEAR_LONG = tuple(date(2027, 1, 1) + timedelta(days=n) for n in range(-10, 380))


def company(**fields: object) -> Inputs:
    return organisation(replace(CALM, **fields), 7)


def alone() -> Inputs:
    one = replace(company().people.persons["p0"], team=None, manager=None)
    return replace(company(), people=people_of([one], {}))


def only_names() -> Inputs:
    inputs = company()
    names = [
        replace(p, team=None, manager=None, role=Role.STAFF, start_date=None, site="") for p in inputs.people
    ]
    nowhere = Settings(inputs.settings.place, sites={"": Site("", "UTC", "en", WorkTime())})
    return replace(inputs, settings=nowhere, people=people_of(names, {}))


def shut_site() -> Inputs:
    inputs = company()
    shut = replace(SITES[0], id="shut", add=YEAR_LONG)
    sites = {**inputs.settings.sites, "shut": shut}
    persons = [replace(p, site="shut") if p.team == "t1" else p for p in inputs.people]
    teams = {"t0": (SITES[0], WorkTime()), "t1": (shut, WorkTime())}
    settings = replace(inputs.settings, sites=sites)
    return replace(inputs, settings=settings, people=people_of(persons, teams))


def away(first: date, last: date) -> Inputs:
    inputs = company()
    return joined(inputs, *(replace(p, leave=(Span(first, last),)) for p in inputs.people))


def with_limit(minutes: int) -> Inputs:
    inputs = company()
    return replace(inputs, settings=replace(inputs.settings, limits=Limits(minutes, 0)))


def wanting(times: int) -> Inputs:
    more = [replace(a, rhythm=PerYear(times)) if isinstance(a.rhythm, PerYear) else a for a in ACTIONS]
    return replace(company(), themes=(ThemeTurn(theme(*more)),))


def without_csw() -> Inputs:
    inputs = company()
    monday = csw_monday(2027)
    lost = tuple(monday + timedelta(days=n) for n in range(5))
    settings = replace(inputs.settings, sites={"stockholm": replace(SITES[0], add=lost)})
    return replace(inputs, settings=settings)


CASES: Sequence[tuple[Callable[[], Inputs], Sequence[str]]] = (
    (lambda: company(leaders=0), ["rota: nobody has the role leader"]),
    (lambda: company(leaders=0, organisers=0), ["no owner (leader", "rota: nobody has the role leader"]),
    (lambda: without(company(), "m0", "m1"), []),
    (alone, ["have no owner", "rota: nobody has the role leader"]),
    (lambda: replace(company(), people=People()), ["nobody is known yet"]),
    (only_names, ["have no owner", "rota: nobody has the role leader"]),
    (shut_site, ["shut: no working day is left to plan there"]),
    (lambda: away(date(2027, 3, 1), date(2027, 3, 5)), []),
    (
        lambda: away(date(2027, 3, 15), date(2027, 3, 19)),
        ["something is planned while nobody at all is there: 2027-03-13 to 2027-03-21"],
    ),
    (lambda: away(date(2026, 1, 1), date(2028, 12, 31)), ["team t0, t1: nobody in it is there on any day"]),
    (lambda: with_limit(0), ["found no day"]),
    (lambda: with_limit(1), ["2 leaders × 1 minutes a week cannot meet", "× 1 minutes a week cannot meet"]),
    (without_csw, []),
)  # fmt: skip


@pytest.mark.parametrize(("make", "told"), CASES)
def test_what_is_possible_is_planned_and_what_is_not_is_named(
    make: Callable[[], Inputs], told: Sequence[str]
) -> None:
    look(make(), told)


@pytest.mark.slow
def test_a_theme_that_asks_for_more_than_the_year_has_days_is_planned_as_far_as_it_goes() -> None:
    look(wanting(366), ["cannot meet"])


def test_days_on_which_nobody_at_all_is_there_are_empty_once_they_are_closed() -> None:
    inputs = away(date(2027, 3, 15), date(2027, 3, 19))
    (said,) = (one for one in planned(inputs).warnings if "nobody at all" in one.message)
    assert "closed: [2027-03-13..2027-03-21]" in (said.hint or "")
    closed = (Span(date(2027, 3, 13), date(2027, 3, 21)),)
    built = planned(replace(inputs, settings=replace(inputs.settings, closed=closed)))
    assert not any(date(2027, 3, 13) <= one.date <= date(2027, 3, 21) for one in built.revision.plan.events)
    assert not any("nobody at all" in one.message for one in built.warnings)


def test_a_quarter_that_is_closed_is_one_warning_and_not_one_for_each_action() -> None:
    inputs = company()
    known = inputs.themes[0].theme.actions["figures"]
    many = [replace(known, id=f"figures-{n}") for n in range(8)]
    closed = (Span(date(2027, 9, 20), date(2027, 12, 31)),)
    shut = replace(inputs.settings, closed=closed)
    inputs = replace(inputs, settings=shut, themes=(ThemeTurn(theme(*ACTIONS, *many)),))
    (said,) = (one for one in planned(inputs).warnings if "no working day near" in one.message)
    assert "from 2027-10-04 to 2027-12-16" in said.message


def test_a_year_without_a_working_day_left_names_the_next_one() -> None:
    (said,) = planned(company(), date(2027, 12, 31)).warnings
    assert said.message == "the year 2027 has no working day left to plan"
    assert said.hint == "write year: 2028, or csweek plan --year 2028"


def test_events_without_an_owner_say_what_would_give_them_one() -> None:
    inputs = without(company(leaders=0), "m0", "m1")
    persons = [replace(one, manager=None) if one.role is Role.ORGANISER else one for one in inputs.people]
    alone = joined(inputs, *persons)
    (said,) = (one for one in planned(alone).warnings if "no owner" in one.message)
    assert "write their manager into the column 'manager'" in (said.hint or "")
    assert "give one more person, who works then, the role organiser" in (said.hint or "")
    assert "deputy" not in (said.hint or "")
    other = replace(alone.people.persons["p0"], role=Role.ORGANISER)
    assert not any("no owner" in one.message for one in planned(joined(alone, other)).warnings)


def test_who_has_only_leaders_of_the_own_line_is_told_so() -> None:
    inputs = company(leaders=1)
    led = [replace(one, manager="l0") if one.id == "p0" else one for one in inputs.people]
    told = [
        one for one in planned(joined(inputs, *led)).warnings if one.message.startswith("rota: no leader")
    ]
    assert any("outside the own line of" in one.message and "P0" in one.message for one in told)
    other = replace(inputs.people.persons["p1"], role=Role.LEADER)
    again = planned(joined(inputs, *[one for one in led if one.id != "p1"], other)).warnings
    assert not any("own line" in one.message and "P0" in one.message for one in again)


def look(inputs: Inputs, told: Sequence[str]) -> None:
    """Plan an organisation, and look at the plan and at what is said."""
    built = planned(inputs)
    said = [problem.message for problem in built.warnings]
    assert not any(problem.is_error for problem in built.warnings)
    assert all(problem.hint for problem in built.warnings)
    assert not [text for text in told if not any(text in message for message in said)], said
    assert len(said) <= 12
    assert len(set(said)) == len(said)
    possible(built, inputs)
    found = measured(built.revision.plan, inputs)
    assert not any((found.wrong, found.over, found.rotas.own_line))
    again = planned(inputs, BEFORE, built.revision.plan).revision
    assert (again.moved, again.cancelled, again.changed) == ((), (), ())


def possible(built: Built, inputs: Inputs) -> None:
    """Every team that works at all has something each week."""
    plan = built.revision.plan
    if not any(len(team.members) for team in inputs.people.teams.values()):
        assert built.table.rows or not len(inputs.people)
        return
    empty = [one.message for one in built.warnings if "has nothing in week" in one.message]
    assert not empty
    assert all(event.date in plan.year for event in plan.events)


@pytest.mark.parametrize(("year", "weeks"), [(2026, 53), (2029, 52), (2032, 53)])
def test_years_of_52_and_53_weeks_are_planned_whole(year: int, weeks: int) -> None:
    plan = plan_of(company(year=year), date(year - 1, 11, 1))
    assert plan.year.weeks == weeks
    weekly = [e for e in plan.live if e.action == "weekly" and e.key.subject == "t0"]
    assert len({e.week for e in weekly}) == len(weekly)
    assert len(weekly) >= weeks - 1
    monday = csw_monday(year)
    assert {e.date for e in plan.live if e.action == "day"} == {monday + timedelta(days=n) for n in range(5)}


def test_a_site_without_a_working_day_in_csw_has_it_a_week_later() -> None:
    plan = plan_of(without_csw())
    monday = csw_monday(2027) + timedelta(days=7)
    held = {e.date for e in plan.live if e.action == "day"}
    assert held == {monday + timedelta(days=n) for n in range(5)}
    after = {e.date for e in plan.live if e.action == "promise"}
    assert after == {monday + timedelta(days=7)}


def test_nothing_is_planned_while_everybody_is_away() -> None:
    plan = plan_of(away(date(2027, 3, 1), date(2027, 3, 5)))
    week = Span(date(2027, 3, 1), date(2027, 3, 7))
    assert not [e for e in plan.live if e.date in week and e.audience is not Audience.ORGANISATION]


def test_a_year_that_is_over_is_one_warning_with_the_way_to_the_next() -> None:
    inputs = company()
    plan = plan_of(inputs)
    over = planned(inputs, date(2028, 1, 5), plan)
    assert over.revision.empty
    assert [(one.message, one.hint) for one in over.warnings] == [
        (
            "the year 2027 is over: nothing of it is left to plan",
            "write year: 2028, or csweek plan --year 2028",
        )
    ]


def test_a_week_without_meetings_leaves_nothing_but_what_is_read_and_that_is_said() -> None:
    inputs = replace(company(), themes=(ThemeTurn(theme(WEEKLY)),))
    week = Span(date(2027, 11, 22), date(2027, 11, 28))
    quiet = replace(inputs, settings=replace(inputs.settings, no_gatherings=(week,)))
    told = [one for one in planned(quiet).warnings if "has nothing in week 47" in one.message]
    assert {"announcement" in str(one.hint) for one in told} == {True}
    letter = replace(WEEKLY, id="letter", channel=Channel.ANNOUNCEMENT, weeks=frozenset({47}))
    followed = planned(replace(quiet, themes=(ThemeTurn(theme(WEEKLY, letter)),)))
    assert not [one for one in followed.warnings if "has nothing in week" in one.message]


def test_events_without_an_owner_say_for_whom_they_are() -> None:
    built = planned(without(company(leaders=0, organisers=0), "m0"))
    told = [one.message for one in built.warnings if "no owner" in one.message]
    assert len(told) == 1
    assert "P0" in told[0], told


def test_who_has_no_leader_but_above_them_is_not_helped_by_a_deputy() -> None:
    inputs = joined(company(leaders=1, organisers=1), replace(company().people.persons["o0"], manager="l0"))
    (told,) = (one for one in planned(inputs).warnings if "no owner (leader wanted)" in one.message)
    assert "deputy" not in str(told.hint)
    for helps in (Role.LEADER, Role.ORGANISER):
        more = joined(inputs, replace(company().people.persons["l1"], role=helps))
        assert not [one for one in planned(more).warnings if "no owner" in one.message]


def test_a_site_without_an_owner_is_no_person_and_comes_before_teams_and_people() -> None:
    whole = replace(WEEKLY, id="whole", audience=Audience.ORGANISATION, owner="organiser")
    team = replace(WEEKLY, owner="organiser")
    note = replace(WEEKLY, id="note", audience=Audience.PERSON, owner="organiser", channel=Channel.NOTE)
    inputs = replace(company(organisers=0), themes=(ThemeTurn(theme(whole, team, note)),))
    (told,) = (one.message for one in planned(inputs).warnings if "no owner" in one.message)
    assert told.endswith(": for site stockholm, team t0, team t1, L0, L1 and 6 more"), told


def test_who_finds_no_group_for_want_of_minutes_is_told_the_limit_that_is_enough() -> None:
    def left(inputs: Inputs) -> list[Problem]:
        return [one for one in planned(inputs).warnings if one.message.startswith("rota: no leader had")]

    (told,) = left(with_limit(30))
    (limit,) = re.findall(r"owner_minutes_per_week: (\d+)", told.hint or "")
    assert left(with_limit(int(limit))) == []


def test_who_finds_no_group_for_want_of_minutes_is_not_told_to_widen_hours() -> None:
    told = [one for one in planned(with_limit(30)).warnings if one.message.startswith("rota: no leader")]
    assert told
    assert all("had minutes and an hour left" in one.message and "limits" in str(one.hint) for one in told)


def test_whose_leader_of_the_same_hours_leaves_is_told_that_nobody_shares_theirs_in_the_next_round() -> None:
    calm = company(leaders=2, limit=240)
    night = WorkTime(hours=Hours(time(22), time(6)))
    persons = [replace(p, work=night) for p in calm.people if p.id[0] == "p"]
    leaves = replace(calm.people.persons["l0"], work=night, end_date=date(2027, 6, 30))
    twice = [replace(a, rhythm=PerYear(2)) if a.id == "rota" else a for a in ACTIONS]
    inputs = replace(joined(calm, *persons, leaves), themes=(ThemeTurn(theme(*twice)),))
    told = [one.message for one in planned(inputs).warnings if one.message.startswith("rota: no leader")]
    assert told
    assert all(one.startswith("rota: no leader has an hour in common with") for one in told), told
