from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from msgspec.structs import replace
from samples import INPUTS, PLAN, event

from csweek import zones
from csweek.icscheck import check
from csweek.model.basics import Audience, Span, Status, Visibility
from csweek.model.inputs import Inputs
from csweek.model.plan import Event
from csweek.render.calendars import KINDS, Kind
from csweek.render.calendars.maker import PLAIN
from csweek.render.calendars.since import Changes, Step, changes

TEAM_EVENT, NOTE = PLAN.events[0], PLAN.events[3]


def changed(old: Event, **fields: object) -> Event:
    """An event as a later revision has it."""
    again = {"sequence": old.sequence + 1, "changed": PLAN.revised + timedelta(days=1)}
    return replace(old, **again, **fields)


def since(
    now: Collection[Event],
    before: Mapping[str, Event | None],
    kinds: Collection[Kind] = KINDS,
    inputs: Inputs = INPUTS,
) -> dict[str, Changes]:
    events = {one.id: one for one in (*PLAN.events, *now)}
    plan = replace(PLAN, events=tuple(sorted(events.values(), key=lambda one: one.sort_key)), revision=4)
    return {one.calendar.name: one for one in changes(Step(plan, 3, before), inputs, kinds, PLAIN)}


def uids(one: Changes) -> set[str]:
    (document,) = one.documents
    assert check(document.content, document.name) == ()
    return {str(found["UID"]) for found in icalendar.Calendar.from_ical(document.content).walk("VEVENT")}


def test_without_changes_there_is_nothing_to_do() -> None:
    assert since((), {}) == {}


def test_what_is_new_is_to_be_imported_and_nothing_deleted() -> None:
    new = event("monday-story", date(2027, 5, 3), "Natt", 7, id="e99")
    found = since([new], {"e99": None}, ["teams"])
    assert found.keys() == {"share/teams/natt"}
    (one,) = found.values()
    assert (uids(one), one.outdated) == ({new.uid}, [])
    (document,) = one.documents
    assert document.name == "share/teams/natt-since-3.ics"
    assert b"X-WR-CALNAME" not in document.content


def test_what_is_too_much_for_one_file_comes_in_several() -> None:
    days = [PLAN.year.first + timedelta(n % 364) for n in range(1000)]
    new = [event("monday-story", day, "Natt", n, id=f"x{n}", uid=f"u{n}") for n, day in enumerate(days)]
    (one,) = since(new, {e.id: None for e in new}, ["teams"]).values()
    assert [document.name for document in one.documents] == [
        "share/teams/natt-since-3.ics",
        "share/teams/natt-since-3-2.ics",
    ]
    assert sum(document.content.count(b"BEGIN:VEVENT") for document in one.documents) == 1000


def test_what_moved_is_deleted_where_it_was_and_imported_where_it_is() -> None:
    assert TEAM_EVENT.start
    assert TEAM_EVENT.end
    day = timedelta(days=1)
    moved = changed(
        TEAM_EVENT, date=TEAM_EVENT.date + day, start=TEAM_EVENT.start + day, end=TEAM_EVENT.end + day
    )
    one = since([moved], {moved.id: TEAM_EVENT}, ["teams"])["share/teams/support"]
    assert uids(one) == {moved.uid}
    assert [(old.when, old.title, old.again) for old in one.outdated] == [
        ("2027-01-04 09:30", "Måndagens berättelse", True)
    ]


def test_an_hour_is_told_as_it_is_on_the_wall_also_where_the_file_has_utc() -> None:
    start = datetime(2027, 5, 3, 9, 30, tzinfo=zones.zone("Africa/Cairo"))
    times: dict[str, Any] = {"start": start, "end": start + timedelta(minutes=10), "timezone": "Africa/Cairo"}
    was = event("monday-story", start.date(), "Natt", 5, id="e50", **times)
    one = since([changed(was, status=Status.CANCELLED)], {"e50": was}, ["teams"])["share/teams/natt"]
    assert [old.when for old in one.outdated] == ["2027-05-03 09:30"]


def test_what_was_cancelled_is_deleted_and_no_file_is_made() -> None:
    gone = changed(TEAM_EVENT, status=Status.CANCELLED)
    one = since([gone], {gone.id: TEAM_EVENT}, ["teams"])["share/teams/support"]
    assert one.documents == ()
    assert [old.again for old in one.outdated] == [False]


def test_a_new_owner_imports_what_the_old_one_deletes_preparation_included() -> None:
    given = changed(NOTE, owner="m1")
    found = since([given], {given.id: NOTE}, ["owners"])
    (old,), (new,) = ([one for name, one in found.items() if f"/{owner}/" in name] for owner in ("l1", "m1"))
    assert old.documents == ()
    assert len(old.outdated) == len(uids(new)) == 2
    assert new.outdated == []


def test_what_is_listed_tells_no_surprise() -> None:
    given = changed(NOTE, status=Status.CANCELLED)
    (one,) = since([given], {given.id: NOTE}, ["owners"]).values()
    assert {old.title for old in one.outdated} == {"Tackkort, 10 min", "Förbered: Tackkort, 5 min"}


def test_what_changed_and_changed_back_is_nothing_to_do() -> None:
    back = changed(changed(TEAM_EVENT))
    assert since([back], {back.id: TEAM_EVENT}) == {}


def left(ident: str, **fields: Any) -> Inputs:  # noqa: ANN401 - passed on
    """The inputs without somebody, or with them as they are now."""
    persons = dict(INPUTS.people.persons)
    old = persons.pop(ident)
    if fields:
        persons[ident] = replace(old, **fields)
    return replace(INPUTS, people=replace(INPUTS.people, persons=persons))


@pytest.mark.parametrize("fields", [{}, {"end_date": date(2027, 1, 5)}])
def test_what_was_for_somebody_who_left_since_is_deleted(fields: dict[str, Any]) -> None:
    talk = event("wow-note", date(2027, 3, 3), "p1", 5, id="e50", visibility=Visibility.TEAM)
    gone = changed(talk, status=Status.CANCELLED)
    (one,) = since([gone], {"e50": talk}, ["owners"], left("p1", **fields)).values()
    assert one.documents == ()
    name = "Åsa Öberg" if fields else "p1"
    titles = {f"En handskriven rad: {name}", f"Förbered: En handskriven rad – {name}"}
    assert titles <= {old.title for old in one.outdated}


@pytest.mark.parametrize("fields", [{}, {"end_date": date(2027, 1, 5)}])
def test_a_group_that_somebody_left_is_deleted_as_it_was(fields: dict[str, Any]) -> None:
    both: dict[str, Any] = {"audience": Audience.GROUP, "recipients": ("p1", "p4"), "team": None}
    was = event("monday-story", date(2027, 3, 3), "Support", 5, id="e50", **both)
    now = changed(was, recipients=("p4",))
    one = since([now], {"e50": was}, ["teams"], left("p1", **fields))
    mine = one["share/teams/natt"]
    assert uids(mine) == {now.uid}
    assert [old.title.count("Shaun O'Brien") for old in mine.outdated] == [1]


def test_what_is_to_be_deleted_comes_by_day() -> None:
    events = (TEAM_EVENT, *PLAN.events[3:6])
    found = since(
        [changed(e, status=Status.CANCELLED) for e in events], {e.id: e for e in events}, ["owners"]
    )
    days = [[old.when for old in one.outdated] for one in found.values()]
    assert max(map(len, days)) > 2
    assert days == [sorted(one) for one in days]


def test_who_is_on_leave_now_deletes_what_moved_out_of_it() -> None:
    was = event("wow-note", date(2027, 3, 3), "p1", 5, id="e50", visibility=Visibility.TEAM)
    now = changed(was, date=date(2027, 4, 7))
    away = left("p1", leave=(Span(date(2027, 3, 1), date(2027, 3, 9)),))
    (one,) = since([now], {"e50": was}, ["people"], away).values()
    assert ([old.when for old in one.outdated], uids(one)) == (["2027-03-03"], {now.uid})
    assert [event.id for event in one.calendar.events] == ["e50"]


def team_called(name: str) -> Inputs:
    """The inputs in which the night team has another name."""
    people = INPUTS.people
    teams = {name if ident == "Natt" else ident: team for ident, team in people.teams.items()}
    teams[name] = replace(teams[name], id=name)
    persons = {
        one.id: replace(one, team=name if one.team == "Natt" else one.team) for one in people.persons.values()
    }
    return replace(INPUTS, people=replace(people, persons=persons, teams=teams))


def site_called(name: str) -> Inputs:
    """The inputs in which the site of Seoul has another name."""
    people, sites = INPUTS.people, dict(INPUTS.settings.sites)
    sites[name] = replace(sites.pop("seoul"), id=name)
    persons = {one.id: replace(one, site=name) if one.site == "seoul" else one for one in people}
    teams = {
        ident: replace(one, site=name) if one.site == "seoul" else one for ident, one in people.teams.items()
    }
    return replace(
        INPUTS,
        people=replace(people, persons=persons, teams=teams),
        settings=replace(INPUTS.settings, sites=sites),
    )


def test_what_moved_is_deleted_also_from_the_calendar_of_a_team_that_was_called_otherwise() -> None:
    was = event("monday-story", date(2027, 3, 3), "Natt", 5, id="e50")
    now = changed(was, date=date(2027, 3, 5), team="Nightshift")
    others = {one.id: one for one in PLAN.events if one.team == "Natt"}
    new = [now, *(changed(one, team="Nightshift") for one in others.values())]
    found = since(new, {"e50": was, **others}, ["teams", "people"], team_called("Nightshift")).values()
    assert [one.calendar.whose for one in found] == ["Nightshift", "p4"]
    for one in found:
        assert ([old.when for old in one.outdated], uids(one)) == (["2027-03-03"], {now.uid})


def test_what_moved_is_deleted_also_from_the_calendar_of_a_site_that_was_called_otherwise() -> None:
    everyone: dict[str, Any] = {"audience": Audience.ORGANISATION, "team": None}
    was = replace(event("monday-story", date(2027, 3, 3), "Seoul", 5, id="e50"), **everyone)
    now = changed(was, date=date(2027, 3, 5), site="busan")
    found = since([now], {"e50": was}, ["sites", "people"], site_called("busan")).values()
    assert [one.calendar.whose for one in found] == ["p3", "m2", "busan"]
    for one in found:
        assert ([old.when for old in one.outdated], uids(one)) == (["2027-03-03"], {now.uid})


def test_what_changed_and_was_taken_back_is_nothing_to_do() -> None:
    back = replace(TEAM_EVENT)
    assert since([back], {back.id: TEAM_EVENT}) == {}
