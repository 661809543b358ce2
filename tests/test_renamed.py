"""Teams and sites that have another name now keep their events."""

import random
from collections.abc import Mapping
from datetime import date

import pytest
from changing import Before, site_renamed, team_renamed
from msgspec.structs import replace
from organisations import SITES, Shape
from planned import built, planned, year_of

from csweek.model.basics import Audience
from csweek.model.inputs import Inputs
from csweek.model.people import People, Site
from csweek.model.plan import Plan

MAY = date(2027, 5, 3)
SMALL = Shape(people=12, teams=2, sites=2, leave=0, odd_hours=0, never=0, movers=0, limit=300)


def with_teams(inputs: Inputs, teams: Mapping[str, str]) -> Inputs:
    """The same organisation with people in other teams; a team that is new is like their old one."""
    persons = {p.id: replace(p, team=teams.get(p.id, p.team)) for p in inputs.people}
    like = {teams[p.id]: p.team for p in inputs.people if p.id in teams}
    known = inputs.people.teams
    formed = {
        name: replace(
            known[name if name in known else like[name] or ""],
            id=name,
            members=tuple(p.id for p in persons.values() if p.team == name),
        )
        for name in {p.team for p in persons.values()}
        if name
    }
    return replace(inputs, people=People(persons, formed))


def called(inputs: Inputs, old: str, new: str) -> Inputs:
    return with_teams(inputs, dict.fromkeys(inputs.people.teams[old].members, new))


def weekly(plan: Plan, team: str) -> list[tuple[str, str, date]]:
    return [(e.id, e.uid, e.date) for e in plan.live if (e.action, e.key.subject) == ("weekly", team)]


def test_a_renamed_team_keeps_its_events_also_those_that_are_over() -> None:
    inputs, plan = year_of(SMALL, 8)
    again = planned(called(inputs, "t0", "Tide"), MAY, plan)
    after = again.revision
    assert (after.added, after.moved, after.cancelled) == ((), (), ())
    assert weekly(after.plan, "Tide") == weekly(plan, "t0")
    assert min(day for _, _, day in weekly(after.plan, "Tide")) < MAY
    assert not [e for e in after.plan.events if "t0" in {e.team, e.key.subject}]
    assert "Tide has the people of t0" in again.warnings[0].message
    known = {e.id: e for e in plan.events}
    said = {e.id for e in after.changed if e.audience is Audience.TEAM or e.start}
    assert {e.id for e in after.changed if e.sequence == known[e.id].sequence + 1} == said
    assert {e.sequence - known[e.id].sequence for e in after.changed} == {0, 1}


def test_a_team_that_has_its_name_back_has_its_events_back() -> None:
    inputs, plan = year_of(SMALL, 8)
    once = planned(called(inputs, "t0", "Tide"), MAY, plan).revision.plan
    back = planned(inputs, MAY, once).revision.plan
    assert weekly(back, "t0") == weekly(plan, "t0")
    assert planned(inputs, MAY, back).changes.empty


def test_what_was_cancelled_is_of_the_renamed_team_too() -> None:
    """So that no ordinal and no UID is ever given twice."""
    inputs, plan = year_of(SMALL, 8)
    turn = inputs.themes[0]
    without = {name: one for name, one in turn.theme.actions.items() if name != "weekly"}
    bare = replace(inputs, themes=(replace(turn, theme=replace(turn.theme, actions=without)),))
    less = planned(bare, MAY, plan).revision.plan
    renamed = planned(called(bare, "t1", "Tide"), MAY, less).revision.plan
    again = planned(called(inputs, "t1", "Tide"), MAY, renamed).revision.plan
    assert len(weekly(again, "Tide")) == len(weekly(plan, "t1"))
    assert not [e for e in again.events if "t1" in {e.team, e.key.subject}]
    back = planned(inputs, MAY, again).revision.plan
    for one in (renamed, again, back):
        assert len({e.uid for e in one.events}) == len({e.key for e in one.events}) == len(one.events)


def test_a_team_that_most_leave_for_another_one_is_not_renamed() -> None:
    inputs, plan = year_of(SMALL, 8)
    some = inputs.people.teams["t1"].members
    split = with_teams(inputs, dict(zip(some, ("Tide", "Sand", "Reef") * len(some), strict=False)))
    after = planned(split, MAY, plan).revision
    assert {e.key.subject for e in after.cancelled if e.audience is Audience.TEAM} == {"t1"}
    merged = planned(called(inputs, "t1", "t0"), MAY, plan).revision
    assert {e.key.subject for e in merged.cancelled if e.audience is Audience.TEAM} == {"t1"}


@pytest.mark.parametrize("renamed", [team_renamed, site_renamed])
def test_a_renamed_site_or_team_moves_nothing(renamed: type) -> None:
    inputs, plan = year_of(SMALL, 8)
    change = renamed(Before(inputs, MAY, plan.year.last, random.Random(1)))  # noqa: S311 (a reproducible sample)
    after = planned(change.inputs, MAY, plan).revision
    assert (after.added, after.moved, after.cancelled) == ((), (), ())
    assert after.changed
    assert not [e for e in after.plan.events if set(change.renamed) & {e.team, e.site, e.key.subject}]


def test_who_moves_to_another_time_zone_meets_by_the_clocks_there() -> None:
    inputs, plan = year_of(SMALL, 8)
    zones = {site.id: site.timezone for site in inputs.settings.sites.values()}
    assert len(set(zones.values())) == 2
    after = planned(_all_to_the_other_site(inputs), MAY, plan).revision.plan
    ahead = [e for e in after.live if e.date >= MAY and e.audience is not Audience.GROUP]
    assert {e.timezone == zones[e.site] for e in ahead} == {True}
    met = [e for e in ahead if e.start]
    assert met
    assert all(9 <= e.start.hour < 16 for e in met if e.start)


def _all_to_the_other_site(inputs: Inputs) -> Inputs:
    other: dict[str, Site] = dict(zip([s.id for s in SITES[:2]], SITES[1::-1], strict=True))
    persons = {p.id: replace(p, site=other[p.site].id) for p in inputs.people}
    teams = {t.id: replace(t, site=other[t.site].id) for t in inputs.people.teams.values()}
    return replace(inputs, people=People(persons, teams))


def test_a_first_plan_knows_no_other_names() -> None:
    _, first = built(SMALL, 8)
    assert "renamed" not in " ".join(p.message for p in first.warnings)
    assert first.revision.plan.live


def test_a_new_team_under_a_name_that_another_one_had_gets_events_of_its_own() -> None:
    inputs, plan = year_of(SMALL, 8)
    tide = called(inputs, "t0", "Tide")
    renamed = planned(tide, MAY, plan).revision.plan
    known = {e.uid for e in renamed.events}
    assert known == {e.uid for e in plan.events}
    moved = [one.id for one in tide.people if one.team == "Tide"][:2]
    both = with_teams(tide, dict.fromkeys(moved, "t0"))
    after = planned(both, MAY, renamed).revision
    assert {e.team for e in after.added} >= {"t0"}
    assert len({e.uid for e in after.plan.events}) == len(after.plan.events)
    again = planned(both, MAY, after.plan).revision
    assert again.empty
    assert {e.id: e.uid for e in again.plan.events} == {e.id: e.uid for e in after.plan.events}
