"""Why events of the plan before are not where they were."""

import re
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, time, timedelta

import pytest
from msgspec.structs import replace
from organisations import ACTIONS, SITES, Shape, joined, organisation, theme, without
from planned import planned, year_of

from csweek.model.basics import Span, Status, Thanks
from csweek.model.inputs import Busy, Inputs
from csweek.model.plan import Directory, Event
from csweek.model.theme import PerYear, ThemeTurn
from csweek.plan.again.because import Because
from csweek.plan.owed.acts import Mark
from csweek.plan.when.year import iso_year

OFF = date(2027, 5, 11)
TODAY = date(2027, 3, 1)
SHAPE = Shape(people=20, teams=2, sites=1, leave=0, odd_hours=0, never=0, movers=0, limit=300)
INPUTS = organisation(SHAPE, 2)


def person(ident: str, **fields: object) -> Inputs:
    """Return the organisation with one person changed."""
    return joined(INPUTS, replace(INPUTS.people.persons[ident], **fields))


def reasons(inputs: Inputs) -> dict[str, set[str]]:
    """Return the reasons of what moves and of what is cancelled."""
    plan = year_of(SHAPE, 2)[1]
    revision = planned(inputs, TODAY, plan).revision
    because = Because(inputs, plan.year, Directory.of(INPUTS, TODAY))
    before = {event.id: event for event in plan.events}
    cancelled = [(before[event.id], event) for event in revision.cancelled]
    return {
        "moved": {because.of(was, now) for was, now in revision.moved},
        "cancelled": {because.of(was, now) for was, now in cancelled},
    }


def test_a_new_day_off_is_a_holiday_there() -> None:
    sites = {"stockholm": replace(SITES[0], add=(OFF,))}
    told = reasons(replace(INPUTS, settings=replace(INPUTS.settings, sites=sites)))
    assert told["moved"] == {"a holiday in stockholm"}


def test_closed_days_and_days_without_meetings_are_told() -> None:
    week = Span(date(2027, 5, 10), date(2027, 5, 14))
    closed = reasons(replace(INPUTS, settings=replace(INPUTS.settings, closed=(week,))))
    assert closed["moved"] | closed["cancelled"] == {"closed in csweek.yaml"}
    quiet = reasons(replace(INPUTS, settings=replace(INPUTS.settings, no_gatherings=(week,))))
    assert quiet["moved"] | quiet["cancelled"] == {"no meetings then"}


def test_who_is_away_has_left_or_wants_no_thanks_is_named() -> None:
    assert reasons(person("p1", leave=(Span(OFF, date(2027, 7, 11)),)))["moved"] == {"P1 is not there"}
    assert reasons(without(INPUTS, "p1"))["cancelled"] == {"P1 does not work here then"}
    assert reasons(person("p1", thanks=Thanks.NEVER))["cancelled"] == {"P1 wants no thanks"}


def test_why_an_event_has_another_owner_is_told_where_the_old_one_has_left() -> None:
    plan = year_of(SHAPE, 2)[1]
    inputs = person("l0", end_date=OFF)
    revision = planned(inputs, TODAY, plan).revision
    because = Because(inputs, plan.year, Directory.of(INPUTS, TODAY))
    before = {event.id: event for event in plan.events}
    given = [(before[e.id], e) for e in revision.changed if before[e.id].owner == "l0" != e.owner]
    name = INPUTS.people.persons["l0"].name
    assert {because.of_owner(was, now) for was, now in given} == {f"{name} does not work here then"}
    assert because.of_owner(given[0][0], given[0][0]) == ""


def test_why_an_event_has_another_owner_is_told_where_the_old_one_manages_them_now() -> None:
    plan = year_of(SHAPE, 2)[1]
    one = next(e for e in plan.live if (e.action, e.owner) == ("wow", "l0") and e.date > TODAY)
    inputs = person(one.recipients[0], manager="l0")
    now = next(e for e in planned(inputs, TODAY, plan).revision.plan.live if e.id == one.id)
    because = Because(inputs, plan.year, Directory.of(INPUTS, TODAY))
    assert now.owner not in {"l0", None}
    assert because.of_owner(one, now) == f"{INPUTS.people.persons['l0'].name} cannot hold it any more"


def test_an_action_that_is_gone_and_one_that_is_asked_for_less_often_are_told() -> None:
    fewer = tuple(replace(a, rhythm=PerYear(1)) if a.id == "note" else a for a in ACTIONS)
    assert reasons(replace(INPUTS, themes=(ThemeTurn(theme(*fewer)),)))["cancelled"] == {
        "fewer are asked for now"
    }
    none = tuple(a for a in ACTIONS if a.id != "note")
    told = reasons(replace(INPUTS, themes=(ThemeTurn(theme(*none)),)))
    assert told["cancelled"] == {"note is switched off, or no longer in the theme"}


def test_an_owners_calendar_is_told() -> None:
    plan = year_of(SHAPE, 2)[1]
    held = next(e for e in plan.live if e.owner == "m0" and e.start and e.date >= OFF)
    assert held.start
    assert held.end
    told = reasons(replace(INPUTS, busy={"m0": (Busy(held.start, held.end),)}))
    assert told["moved"] | told["cancelled"] == {"M0's own calendar has something then"}
    day = datetime.combine(held.date, time(), UTC)
    weeks = (Busy(day - timedelta(days=7), day + timedelta(days=14)),)
    assert reasons(replace(INPUTS, busy={"m0": weeks}))["moved"] == {"M0's own calendar has something then"}


def planned_once(action: str) -> Event:
    """A later event of an action, of a manager where it is a manager's."""
    plan = year_of(SHAPE, 2)[1]
    return next(e for e in plan.live if e.action == action and e.date > OFF and e.owner in {"m0", "m1"})


def looking(inputs: Inputs = INPUTS, given_up: Collection[Mark] = (), *, afresh: bool = False) -> Because:
    return Because(inputs, iso_year(2027), Directory.of(INPUTS, TODAY), given_up, afresh=afresh)


def later(one: Event) -> Event:
    return replace(one, date=one.date + timedelta(weeks=1))


def taken_over(one: Event) -> Event:
    return replace(later(one), owner="l0")


def gone(one: Event) -> Event:
    return replace(one, status=Status.CANCELLED, owner=None)


@pytest.mark.parametrize(
    ("action", "became", "why"),
    [
        ("note", later, ""),
        ("note", taken_over, "M. could not hold it there any more"),
        ("note", gone, "fewer are asked for now"),
        ("years", later, "its given day is another one now"),
        ("years", gone, "nothing asks for it any more"),
        ("talk", later, "somebody in it is in another meeting then"),
        ("talk", gone, "fewer are asked for now"),
    ],
)
def test_what_nothing_speaks_against_is_told_by_what_became_of_it(
    action: str, became: Callable[[Event], Event], why: str
) -> None:
    was = planned_once(action)
    assert re.fullmatch(why, looking().of(was, became(was)))


def test_a_team_under_another_name_is_the_same_team() -> None:
    now = planned_once("weekly")
    was = replace(now, key=now.key._replace(subject="another name"))
    assert looking().of(was, later(now)) == "somebody in it is in another meeting then"


def test_a_turn_that_found_no_day_and_one_that_is_dealt_afresh_are_told_so() -> None:
    note = planned_once("note")
    lost = looking(given_up={(note.action, note.key.subject)})
    assert lost.of(note, gone(note)) == "it found no other day"
    afresh = looking(afresh=True)
    assert afresh.of(note, later(note)) == "dealt again"
    assert afresh.of_owner(note, replace(note, owner="l0")) == "dealt again"


def test_an_event_that_had_no_owner_gets_one_without_a_word() -> None:
    note = planned_once("note")
    assert looking().of_owner(replace(note, owner=None), note) == ""


def test_what_begins_when_a_meeting_ends_is_not_at_its_time() -> None:
    talk = planned_once("talk")
    assert talk.owner
    assert talk.end
    after = Busy(talk.end, talk.end + timedelta(hours=1))
    because = looking(replace(INPUTS, busy={talk.owner: (after,)}))
    assert because.of(talk, later(talk)) == "somebody in it is in another meeting then"
