"""Changes by hand, on the tiny sample and on generated organisations."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from organisations import ACTIONS, Shape, joined, organisation, without
from planned import plan_of
from samples import INPUTS, PLAN, at, event

from csweek.errors import UsageError
from csweek.model.basics import Audience, Occasion, Span, Status, Thanks, Visibility
from csweek.model.inputs import Busy, Inputs
from csweek.model.plan import Event, Plan, Revision
from csweek.model.theme import PerYear
from csweek.plan.build import build
from csweek.plan.by_hand.breaks import breaks
from csweek.plan.by_hand.hand import Target, cancel, mark, move
from csweek.plan.by_hand.revision import Now
from csweek.plan.by_hand.undo import undo
from csweek.plan.measure.owed import owing
from csweek.plan.measure.scene import Scene
from csweek.plan.when import days as calendar
from csweek.plan.when.year import year_for
from csweek.render.calendars import calendars

NOW = Now(date(2027, 1, 4), datetime(2027, 1, 4, 8, tzinfo=UTC))

SEOUL, SUPPORT, NIGHTLY = (
    next(e.id for e in PLAN.events if e.key.subject == team) for team in ("Seoul", "Support", "Natt")
)


def of(plan: Plan, ident: str) -> Event:
    return next(event for event in plan.events if event.id == ident)


def moved(ident: str, to: Target, plan: Plan = PLAN, inputs: Inputs = INPUTS) -> Event:
    return of(move(plan, [ident], to, NOW, inputs).plan, ident)


def told(ident: str, to: Target, inputs: Inputs = INPUTS, plan: Plan = PLAN) -> list[str]:
    revision = move(plan, [ident], to, NOW, inputs)
    return [problem.message for problem in breaks(revision.touched, revision.plan, inputs)]


def refused(do: Callable[[], object]) -> list[str]:
    with pytest.raises(UsageError) as error:
        do()
    return [problem.message for problem in error.value.problems]


# --- move ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("to", "day"),
    [
        (Target(day=date(2027, 3, 12)), date(2027, 3, 12)),
        (Target(weekday=4), date(2027, 1, 22)),
        (Target(days=-1), date(2027, 1, 19)),
        (Target(owner="m1"), date(2027, 1, 20)),
    ],
)
def test_a_move_goes_to_a_day_a_weekday_or_so_many_days_on(to: Target, day: date) -> None:
    after = moved("e4", to)
    assert (after.date, after.by_hand, after.sequence, after.changed) == (day, True, 1, NOW.revised)
    assert (after.id, after.uid, after.key) == (of(PLAN, "e4").id, of(PLAN, "e4").uid, of(PLAN, "e4").key)


def test_a_moved_meeting_keeps_its_wall_clock_and_length_over_a_clock_change() -> None:
    before, after = of(PLAN, SUPPORT), moved(SUPPORT, Target(day=date(2027, 6, 7)))
    assert before.start
    assert after.start
    assert after.end
    assert before.start.utcoffset() != after.start.utcoffset()
    assert after.start.timetz().replace(tzinfo=None) == before.start.timetz().replace(tzinfo=None)
    assert after.end - after.start == timedelta(minutes=before.minutes)


def test_an_hour_after_midnight_belongs_to_the_shift_of_the_day() -> None:
    after = moved(NIGHTLY, Target(day=date(2027, 1, 7), at=time(1, 30)))
    assert after.start
    assert (after.date, after.start.date()) == (date(2027, 1, 7), date(2027, 1, 8))
    later = move(replace(PLAN, events=(after,)), [NIGHTLY], Target(days=1), NOW, INPUTS).plan.events[0]
    assert later.start == after.start + timedelta(days=1)
    evening = moved(NIGHTLY, Target(at=time(22, 0)))
    assert evening.start
    assert evening.start.date() == evening.date


def test_what_cannot_be_moved_is_all_told_at_once() -> None:
    later = Now(date(2027, 1, 21), NOW.revised)
    done = mark(PLAN, ["e5"], Status.DONE, later).plan
    said = refused(lambda: move(done, ["e1", "e5"], Target(days=1), later, INPUTS))
    assert said == ["e1 was on Mon 4 Jan 2027, which is past", "e5 is marked done already"]
    assert refused(lambda: move(PLAN, ["e6", "e7"], Target(day=date(2028, 3, 1)), NOW, INPUTS)) == [
        "e6: Wed 1 Mar 2028 is not in the year 2027",
        "e7: Wed 1 Mar 2028 is not in the year 2027",
    ]
    assert refused(lambda: move(PLAN, ["e6"], Target(days=-60), NOW, INPUTS))[0].endswith("the year 2027")
    assert refused(lambda: move(PLAN, ["e5"], Target(day=date(2027, 1, 20)), later, INPUTS)) == [
        "e5: Wed 20 Jan 2027 is past"
    ]
    assert refused(lambda: move(PLAN, ["e5"], Target(at=time(9)), NOW, INPUTS)) == [
        "e5 is a card, which has no hour"
    ]


@pytest.mark.parametrize(
    "change", [lambda p: cancel(p, ["e44"], NOW), lambda p: mark(p, ["e44"], Status.DONE, NOW)]
)
def test_an_unknown_event_is_told_with_the_nearest_one(change: Callable[[Plan], Revision]) -> None:
    with pytest.raises(UsageError, match="there is no event e44 in 2027") as error:
        change(PLAN)
    assert error.value.problems[0].hint == "did you mean 'e4'?"


def test_nothing_differs_where_an_event_stands_already() -> None:
    first = move(PLAN, ["e4"], Target(weekday=2), NOW, INPUTS)
    assert [(e.sequence, e.by_hand) for e in first.changed] == [(0, True)]
    assert move(first.plan, ["e4"], Target(weekday=2), NOW, INPUTS) == Revision(first.plan)


def test_who_then_waits_too_long_is_told_once_and_not_who_waited_as_long_before() -> None:
    days = [date(2027, month, 20) for month in (1, 5, 9)]
    events = tuple(event("wow-note", day, "p1", n, id=f"e{n}") for n, day in enumerate(days, 1))
    before = replace(PLAN, events=events)
    after = replace(before, events=(*events[:2], replace(events[2], date=date(2027, 12, 15))))
    waits = "Åsa Öberg then waits 30 weeks for thanks, 19 at most is the promise"
    assert waits in [told.message for told in breaks(after.events[2:], after, INPUTS, before)]
    assert waits not in [told.message for told in breaks(after.events[2:], after, INPUTS, after)]


def test_preparing_goes_with_a_move_to_a_day_on_which_the_owner_works() -> None:
    after = moved("e4", Target(day=date(2027, 1, 24)))
    assert after.prepare
    assert after.prepare.day(after.date) == date(2027, 1, 15), "the Friday before Sunday the 17th"


def test_a_cancelled_event_that_is_moved_is_planned_again() -> None:
    gone = cancel(PLAN, ["e4", "e4"], NOW)
    assert [(e.id, e.status, e.by_hand) for e in gone.cancelled] == [("e4", Status.CANCELLED, True)]
    assert cancel(gone.plan, ["e4"], NOW).empty
    back = move(gone.plan, ["e4"], Target(days=1), NOW, INPUTS)
    assert [(e.id, e.status, e.sequence) for e in back.added] == [("e4", Status.PLANNED, 2)]


def test_past_events_are_marked_and_not_cancelled() -> None:
    later = Now(date(2027, 3, 1), NOW.revised)
    marked = mark(PLAN, ["e4", "e5"], Status.MISSED, later)
    assert {e.id: e.status for e in marked.changed} == {"e4": Status.MISSED, "e5": Status.MISSED}
    assert refused(lambda: cancel(PLAN, ["e4"], later)) == ["e4 was on Wed 20 Jan 2027, which is past"]
    gone = cancel(PLAN, ["e4"], NOW).plan
    assert refused(lambda: mark(gone, ["e4"], Status.MISSED, later)) == [
        "e4 is cancelled, so nobody missed it"
    ]
    assert [e.id for e in mark(gone, ["e4"], Status.DONE, later).added] == ["e4"]


def test_a_mark_raises_the_sequence_where_somebody_reads_of_it_alone() -> None:
    surprise = next(e for e in PLAN.events if e.visibility is Visibility.SURPRISE)
    for status in (Status.DONE, Status.MISSED):
        (marked,) = mark(PLAN, [surprise.id], status, NOW).changed
        assert marked == replace(surprise, status=status)
    of_theirs = NOW._replace(organisers=frozenset(surprise.recipients))
    (held,) = mark(PLAN, [surprise.id], Status.DONE, of_theirs).changed
    assert (held.sequence, held.changed) == (surprise.sequence + 1, NOW.revised)
    gone = cancel(PLAN, [surprise.id], NOW).plan
    (all_the_same,) = mark(gone, [surprise.id], Status.DONE, NOW).added
    assert all_the_same.sequence == surprise.sequence + 2


def test_a_moved_event_keeps_its_uid_and_gets_the_next_sequence_in_calendars() -> None:
    def entries(plan: Plan) -> dict[str, str]:
        whole = b"".join(d.content for d in calendars(plan, INPUTS, ["teams"])).decode().replace("\r\n ", "")
        found = [part for part in whole.split("BEGIN:VEVENT") if f"UID:{of(PLAN, 'e1').uid}" in part]
        return dict(line.split(":", 1) for line in found[0].split("\r\n") if ":" in line)

    before = entries(PLAN)
    after = entries(move(PLAN, ["e1"], Target(days=2), NOW, INPUTS).plan)
    assert (before["UID"], before["SEQUENCE"], after["SEQUENCE"]) == (after["UID"], "0", "1")
    assert [line for line in after if line.startswith("DTSTART") and "20270106" in after[line]]


# --- what it breaks ----------------------------------------------------------------------------------


def changed(person: str, **fields: object) -> Inputs:
    people = INPUTS.people
    known = replace(people.persons[person], **fields)
    return replace(INPUTS, people=replace(people, persons={**people.persons, person: known}))


def with_settings(**fields: object) -> Inputs:
    return replace(INPUTS, settings=replace(INPUTS.settings, **fields))


SPAN = (Span(date(2027, 3, 1), date(2027, 3, 5)),)
WHOLE_WEEK = (Busy(datetime(2027, 2, 28, tzinfo=UTC), datetime(2027, 3, 7, tzinfo=UTC)),)
WEDNESDAY = Target(day=date(2027, 3, 3))


@pytest.mark.parametrize(
    ("ident", "to", "inputs", "said"),
    [
        ("e4", WEDNESDAY, INPUTS, []),
        ("e4", WEDNESDAY, changed("p1", leave=SPAN), ["e4: Åsa Öberg is not there on Wed 3 Mar 2027"]),
        ("e4", WEDNESDAY, changed("l1", leave=SPAN), ["e4: Leo Lind is not there on Wed 3 Mar 2027"]),
        ("e4", WEDNESDAY, replace(INPUTS, busy={"l1": WHOLE_WEEK}), [
            "e4: Leo Lind's own calendar leaves no hour on Wed 3 Mar 2027"]),
        (SUPPORT, WEDNESDAY, replace(INPUTS, busy={"m1": WHOLE_WEEK}), [
            f"{SUPPORT}: Britt Ek's own calendar leaves no hour on Wed 3 Mar 2027"]),
        ("e4", WEDNESDAY, changed("p1", end_date=date(2027, 2, 1)), [
            "e4: Åsa Öberg does not work here on Wed 3 Mar 2027"]),
        ("e4", Target(day=date(2027, 6, 25)), INPUTS, ["e4: Fri 25 Jun 2027 is a holiday in stockholm"]),
        (SEOUL, Target(day=date(2027, 2, 8), owner="m2"), INPUTS, [
            f"{SEOUL}: Mon 8 Feb 2027 is a holiday in seoul"]),
        ("e4", WEDNESDAY, with_settings(closed=SPAN), ["e4: Wed 3 Mar 2027 is closed in csweek.yaml"]),
        ("e4", WEDNESDAY, with_settings(no_gatherings=SPAN), []),
        (SUPPORT, WEDNESDAY, with_settings(no_gatherings=SPAN), [
            f"{SUPPORT}: no meetings on Wed 3 Mar 2027 (no_gatherings in csweek.yaml)"]),
        (SUPPORT, Target(day=date(2027, 3, 6)), INPUTS, [
            f"{SUPPORT}: nobody of Support works on Sat 6 Mar 2027",
            f"{SUPPORT}: Britt Ek is not there on Sat 6 Mar 2027"]),
        (SUPPORT, Target(at=time(6)), INPUTS, [
            f"{SUPPORT}: 06:00 is outside of the hours of those it is for",
            f"{SUPPORT}: 06:00 is outside of Britt Ek's hours"]),
        (SUPPORT, Target(owner="p1"), INPUTS, [
            f"{SUPPORT}: Åsa Öberg is not one of those who may hold it (manager wanted)"]),
        (SUPPORT, Target(owner="o1"), INPUTS, []),
    ],
)  # fmt: skip
def test_what_a_move_breaks_is_told(ident: str, to: Target, inputs: Inputs, said: list[str]) -> None:
    assert told(ident, to, inputs) == said


def test_two_things_at_once_are_told() -> None:
    other = event(
        "monday-story", date(2027, 1, 5), "Support", 2, **at(date(2027, 1, 5), 9, 25, "stockholm", 10)
    )
    plan = replace(PLAN, events=(*PLAN.events, replace(other, id="e8")), next_serial=9)
    assert told(SUPPORT, Target(days=1), plan=plan) == [
        f"{SUPPORT}: somebody in it is in e8 then, too (Tue 09:25)"
    ]
    assert told(SUPPORT, Target(days=1), plan=cancel(plan, ["e8"], NOW).plan) == []
    assert told(SUPPORT, Target(days=1), plan=mark(plan, ["e8"], Status.MISSED, NOW).plan) == []
    together = move(plan, [SUPPORT, "e8"], Target(day=date(2027, 1, 6), at=time(10)), NOW, INPUTS)
    (once,) = (one.message for one in breaks(together.touched, together.plan, INPUTS) if "too" in one.message)
    assert {SUPPORT, "e8"} < set(once.replace(":", "").split())


def test_two_things_at_once_are_told_across_midnight() -> None:
    night = date(2027, 1, 5)
    early = event("monday-story", night, "Support", 2, **at(night, 2, 5, "stockholm", 10))
    plan = replace(PLAN, events=(*PLAN.events, replace(early, id="e8")), next_serial=9)
    assert f"{NIGHTLY}: somebody in it is in e8 then, too (Tue 02:05)" in told(
        NIGHTLY, Target(at=time(2)), plan=plan
    )


@pytest.mark.parametrize(
    ("limit", "over"),
    [(30, []), (20, ["30 minutes in week 9"]), (10, ["30 minutes in week 9", "15 minutes in week 8"])],
)
def test_an_owner_over_the_limit_is_told_once_for_the_week_and_the_preparation(
    limit: int, over: list[str]
) -> None:
    few = with_settings(limits=replace(INPUTS.settings.limits, owner_minutes_per_week=limit))
    revision = move(PLAN, ["e4", "e5", "e6"], Target(day=date(2027, 3, 3)), NOW, few)
    assert [p.message for p in breaks(revision.touched, revision.plan, few)] == [
        f"Leo Lind gives {one}, over the limit of {limit}" for one in over
    ]


def test_what_is_cancelled_takes_no_minutes() -> None:
    few = with_settings(limits=replace(INPUTS.settings.limits, owner_minutes_per_week=20))
    together = move(PLAN, ["e4", "e5", "e6"], Target(day=date(2027, 3, 3)), NOW, few).plan
    assert told("e4", Target(days=1), few, together) != []
    assert told("e4", Target(days=1), few, cancel(together, ["e6"], NOW).plan) == []


def test_events_of_who_has_left_can_be_looked_at() -> None:
    people = {name: person for name, person in INPUTS.people.persons.items() if name not in {"p1", "l1"}}
    left = replace(INPUTS, people=replace(INPUTS.people, persons=people, teams={}))
    assert told("e4", WEDNESDAY, left) == [
        "e4: p1 does not work here on Wed 3 Mar 2027",
        "e4: l1 does not work here on Wed 3 Mar 2027",
    ]
    assert told(NIGHTLY, WEDNESDAY, left)[0] == f"{NIGHTLY}: nobody of Natt works on Wed 3 Mar 2027"


# --- undo ----------------------------------------------------------------------------------------------


def differences(revision: Revision, before: Plan) -> dict[str, Event | None]:
    """What the store answers for a revision."""
    known = {event.id: event for event in before.events}
    return {event.id: known.get(event.id) for event in revision.touched}


def bare(plan: Plan) -> dict[str, Event]:
    """The events without what rises with every revision."""
    return {event.id: replace(event, sequence=0, changed=None) for event in plan.events}


CHANGES: list[Callable[[Plan], Revision]] = [
    lambda plan: move(plan, ["e1", "e4"], Target(days=3, owner="o1"), NOW, INPUTS),
    lambda plan: cancel(plan, ["e4", "e5"], NOW),
    lambda plan: mark(plan, ["e4"], Status.DONE, NOW),
    lambda plan: mark(plan, ["e4", "e1"], Status.MISSED, NOW),
]


@pytest.mark.parametrize("change", CHANGES)
def test_undo_restores_exactly_and_undone_again_it_is_as_it_was(change: Callable[[Plan], Revision]) -> None:
    first = change(PLAN)
    back = undo(first.plan, differences(first, PLAN), NOW, INPUTS)
    assert back.left == ()
    assert bare(back.revision.plan) == bare(PLAN)
    assert {e.id: e.sequence for e in back.revision.touched} == {e.id: 2 * e.sequence for e in first.touched}
    forth = undo(back.revision.plan, differences(back.revision, first.plan), NOW, INPUTS)
    assert bare(forth.revision.plan) == bare(first.plan)


def test_what_was_added_is_cancelled_and_comes_back_when_that_is_undone() -> None:
    back = undo(PLAN, {"e4": None, "e99": None}, NOW, INPUTS).revision
    assert [(e.id, e.by_hand) for e in back.cancelled] == [("e4", False)]
    assert bare(undo(back.plan, differences(back, PLAN), NOW, INPUTS).revision.plan) == bare(PLAN)


def test_nothing_is_undone_into_the_past_but_marks_are() -> None:
    later = Now(date(2027, 1, 21), NOW.revised)
    first = move(PLAN, ["e4", "e5"], Target(weekday=4), NOW, INPUTS)
    back = undo(first.plan, differences(first, PLAN), later, INPUTS)
    assert [e.id for _, e in back.revision.moved] == ["e5"]
    assert [(p.message, p.hint) for p in back.left] == [
        (
            "not restored: e4 (Wed 20 Jan 2027 is past)",
            "where it was held all the same, csweek done e4 says so",
        )
    ]
    held = mark(PLAN, ["e1"], Status.DONE, later)
    assert bare(undo(held.plan, differences(held, PLAN), later, INPUTS).revision.plan) == bare(PLAN)


@pytest.mark.parametrize(
    "inputs",
    [
        changed("p1", end_date=date(2027, 1, 10)),
        changed("p1", thanks=Thanks.NEVER),
        replace(INPUTS, people=replace(INPUTS.people, persons={})),
    ],
)
def test_nothing_is_planned_again_for_who_is_not_there(inputs: Inputs) -> None:
    gone = cancel(PLAN, ["e4"], NOW)
    back = undo(gone.plan, differences(gone, PLAN), NOW, inputs)
    assert back.revision.empty
    assert [p.message for p in back.left] == ["not restored: e4 (whom it was for is no longer here)"]


def test_what_is_for_a_team_that_is_no_more_is_not_planned_again() -> None:
    gone = cancel(PLAN, [SUPPORT], NOW)
    inputs = replace(INPUTS, people=replace(INPUTS.people, teams={}))
    back = undo(gone.plan, differences(gone, PLAN), NOW, inputs)
    assert back.revision.empty
    assert [p.message for p in back.left] == [f"not restored: {SUPPORT} (whom it was for is no longer here)"]


def test_what_still_stands_goes_back_to_its_day_whoever_has_left() -> None:
    first = move(PLAN, ["e4"], Target(days=1), NOW, INPUTS)
    back = undo(first.plan, differences(first, PLAN), NOW, changed("p1", end_date=date(2027, 1, 10)))
    assert back.left == ()
    assert of(back.revision.plan, "e4").date == of(PLAN, "e4").date


def test_what_is_as_it_was_already_gets_no_new_sequence() -> None:
    later = replace(of(PLAN, "e4"), sequence=3, changed=NOW.revised)
    plan = replace(PLAN, events=tuple(later if e.id == "e4" else e for e in PLAN.events))
    assert undo(plan, {"e4": of(PLAN, "e4")}, NOW, INPUTS).revision.empty


# --- planning again ------------------------------------------------------------------------------------

SMALL = Shape(people=14, teams=2, sites=1, leave=0, odd_hours=0, never=0, movers=0)
BEFORE = Now(date(2026, 11, 21), datetime(2026, 11, 21, 9, tzinfo=UTC))


def again(inputs: Inputs, before: Plan | None, now: Now = BEFORE) -> Revision:
    year = year_for(inputs.settings, date(2026, 11, 21))
    return build(inputs, year, now.today, before, now.revised, UUID(int=7)).revision


@pytest.fixture(scope="module")
def year() -> tuple[Inputs, Plan]:
    inputs = organisation(SMALL, 3)
    return inputs, again(inputs, None).plan


def some(plan: Plan, **wanted: object) -> Event:
    """An event in the middle of the year with these properties."""
    found = (e for e in plan.live if all(getattr(e, name) == value for name, value in wanted.items()))
    return next(e for e in found if e.date >= date(2027, 3, 1))


KINDS = ["note", "weekly", "rota", "years", "day"]


@pytest.mark.parametrize("action", KINDS)
def test_what_was_moved_stays_when_planned_again(year: tuple[Inputs, Plan], action: str) -> None:
    inputs, plan = year
    one = some(plan, action=action)
    there = move(plan, [one.id], Target(days=9), BEFORE, inputs).plan
    revision = again(inputs, there)
    assert of(revision.plan, one.id) == of(there, one.id)
    assert (revision.added, revision.moved, revision.cancelled) == ((), (), ())


@pytest.mark.parametrize("action", KINDS)
def test_what_was_cancelled_by_hand_is_neither_revived_nor_dealt_again(
    year: tuple[Inputs, Plan], action: str
) -> None:
    inputs, plan = year
    one = some(plan, action=action)
    revision = again(inputs, cancel(plan, [one.id], BEFORE).plan)
    assert of(revision.plan, one.id).status is Status.CANCELLED
    assert (revision.added, revision.moved, revision.cancelled) == ((), (), ())
    later = Now(one.date + timedelta(days=30), BEFORE.revised)
    assert again(inputs, revision.plan, later).added == ()


def test_minutes_of_what_was_cancelled_go_to_those_who_had_been_lacking_something() -> None:
    inputs = organisation(replace(SMALL, limit=20), 8)
    plan = again(inputs, None).plan
    short = {kept.action.id: set(kept.lacking) for kept in owing(Scene(plan, inputs)).actions}
    weekly = [event.id for event in plan.live if (event.action, event.owner) == ("weekly", "m0")]
    revision = again(inputs, cancel(plan, weekly[:8], BEFORE).plan)
    assert revision.added
    assert all(set(event.recipients) <= short[event.action] for event in revision.added)
    assert (revision.moved, revision.cancelled) == ((), ())
    assert again(inputs, revision.plan).empty


@pytest.mark.parametrize("action", ["note", "wow", "talk", "weekly", "rota"])
def test_what_was_missed_is_owed_again_in_the_time_that_is_left(
    year: tuple[Inputs, Plan], action: str
) -> None:
    inputs, plan = year
    one = some(plan, action=action)
    now = Now(one.date + timedelta(days=1), BEFORE.revised)
    revision = again(inputs, mark(plan, [one.id], Status.MISSED, now).plan, now)
    # Who missed a group may get a free chair in one that stands.
    chairs = [
        (after, set(after.recipients) - set(of(plan, after.id).recipients)) for after in revision.changed
    ]
    found = [*((e, set(e.recipients)) for e in revision.added), *chairs]
    assert all(e.action == action and e.date >= now.today for e, _ in found)
    assert set().union(*(people for _, people in found)) == set(one.recipients)
    assert (revision.moved, revision.cancelled) == ((), ())
    assert of(revision.plan, one.id).status is Status.MISSED


def test_what_was_missed_is_owed_again_soon_and_says_so(year: tuple[Inputs, Plan]) -> None:
    """Also where another one comes in the next week."""
    inputs, plan = year
    spring = (e for e in plan.live if e.action == "wow" and date(2027, 4, 1) <= e.date < date(2027, 4, 12))
    for one in spring:
        now = Now(one.date + timedelta(days=1), BEFORE.revised)
        (dealt,) = again(inputs, mark(plan, [one.id], Status.MISSED, now).plan, now).added
        assert dealt.date - one.date <= timedelta(days=14)
        assert (dealt.reason["code"], dealt.reason["ideal"]) == ("missed", one.date.isoformat())


@pytest.mark.parametrize("later", range(1, 8))
def test_a_missed_moment_of_a_team_is_dealt_again_apart_from_the_next(
    year: tuple[Inputs, Plan], later: int
) -> None:
    inputs, plan = year
    one = some(plan, action="weekly")
    now = Now(one.date + timedelta(days=later), BEFORE.revised)
    revision = again(inputs, mark(plan, [one.id], Status.MISSED, now).plan, now)
    (dealt,) = revision.added
    known = calendar.days(inputs, plan.year, plan.year.first)
    working = [day for day in range(7 * plan.year.weeks) if known.team[one.team or ""] >> day & 1]
    others = [e.date for e in plan.live if (e.action, e.team) == ("weekly", one.team) and e.id != one.id]
    at = working.index(known.index(dealt.date))
    assert min(abs(at - working.index(known.index(other))) for other in others) > 1


def test_a_missed_event_on_a_given_date_is_not_dealt_again(year: tuple[Inputs, Plan]) -> None:
    inputs, plan = year
    one = some(plan, action="years")
    now = Now(one.date + timedelta(days=1), BEFORE.revised)
    assert again(inputs, mark(plan, [one.id], Status.MISSED, now).plan, now).empty


def test_a_moved_event_goes_with_who_has_left_and_stays_without_its_owner(
    year: tuple[Inputs, Plan],
) -> None:
    inputs, plan = year
    one = some(plan, action="wow")
    there = move(plan, [one.id], Target(days=9), BEFORE, inputs).plan
    assert of(again(without(inputs, one.recipients[0]), there).plan, one.id).status is Status.CANCELLED
    kept = of(again(without(inputs, one.owner or ""), there).plan, one.id)
    assert (kept.live, kept.date) == (True, of(there, one.id).date)
    assert kept.owner != one.owner


def test_an_occasion_that_is_no_longer_wanted_goes_though_it_was_moved(year: tuple[Inputs, Plan]) -> None:
    inputs, plan = year
    one = some(plan, action="years")
    there = move(plan, [one.id], Target(days=1), BEFORE, inputs).plan
    person = inputs.people.persons[one.recipients[0]]
    assert Occasion.ANNIVERSARY in person.celebrate
    quiet = joined(inputs, replace(person, celebrate=frozenset()))
    assert of(again(quiet, there).plan, one.id).status is Status.CANCELLED


# --- any sequence ----------------------------------------------------------------------------------------

STEP = st.tuples(
    st.sampled_from(["move", "move", "cancel", "done", "missed", "undo", "plan", "leave"]),
    st.integers(0, 10_000),
    st.integers(-20, 40),
)


class Desk:
    """A plan that is changed by hand and planned again, with what must hold in between."""

    def __init__(self, inputs: Inputs, plan: Plan) -> None:
        self.inputs, self.plan, self.today = inputs, plan, date(2027, 2, 1)
        self.last: tuple[Plan, Revision] | None = None

    @property
    def now(self) -> Now:
        return Now(self.today, datetime.combine(self.today, time(), UTC))

    def step(self, what: str, pick: int, days: int) -> None:
        ahead = [e for e in self.plan.events if e.date >= self.today and e.status is Status.PLANNED]
        one = ahead[pick % len(ahead)]
        match what:
            case "move":
                far = min(max(one.date + timedelta(days=days), self.today), self.plan.year.last)
                self.take(move(self.plan, [one.id], Target(day=far), self.now, self.inputs))
            case "cancel":
                self.take(cancel(self.plan, [one.id], self.now))
            case "undo" if self.last:
                before, revision = self.last
                back = undo(self.plan, differences(revision, before), self.now, self.inputs)
                if not back.left:
                    restored, was = bare(back.revision.plan), bare(before)
                    assert {ident: event for ident, event in restored.items() if ident in was} == was
                    assert not any(event.live for ident, event in restored.items() if ident not in was)
                self.take(back.revision)
            case "plan" | "leave":
                self.planned_again(one if what == "leave" else None)
            case "done" | "missed":
                self.take(mark(self.plan, [one.id], Status(what), self.now))

    def planned_again(self, leaver: Event | None) -> None:
        if leaver and leaver.recipients:
            self.inputs = without(self.inputs, leaver.recipients[0])
        self.today += timedelta(days=3)
        self.take(again(self.inputs, self.plan, self.now))

    def take(self, revision: Revision) -> None:
        before, self.plan = self.plan, revision.plan
        self.last = None if revision.empty else (before, revision)
        known = {event.id: event for event in self.plan.events}
        assert len(known) == len(self.plan.events) == len({e.uid for e in known.values()})
        assert len({e.key for e in known.values()}) == len(known)
        assert self.plan.events == tuple(sorted(self.plan.events, key=lambda e: e.sort_key))
        for old in before.events:
            assert known[old.id].sequence >= old.sequence

    def keeps(self, before: Plan) -> None:
        """Planning again left what was done by hand."""
        for old in before.events:
            now = of(self.plan, old.id)
            if old.status in {Status.DONE, Status.MISSED} or (old.by_hand and not old.live):
                assert now == old
            elif old.by_hand and self.present(old):
                assert (now.date, now.start, now.live) == (old.date, old.start, True)

    def present(self, event: Event) -> bool:
        people = self.inputs.people
        known: Iterable[str] = event.recipients if event.audience is not Audience.TEAM else ()
        return all(p in people.persons for p in known) and (
            event.audience is not Audience.TEAM or event.key.subject in people.teams
        )


@pytest.mark.slow
@settings(
    max_examples=6,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.generate),
)
@given(st.lists(STEP, min_size=6, max_size=14))
def test_any_sequence_of_changes_keeps_ids_what_was_done_by_hand_and_what_undo_restores(
    steps: list[tuple[str, int, int]],
) -> None:
    inputs = organisation(SMALL, 3)
    desk = Desk(inputs, again(inputs, None).plan)
    for what, pick, days in steps:
        before = desk.plan
        desk.step(what, pick, days)
        if what in {"plan", "leave"}:
            desk.keeps(before)


# --- what a move does to groups --------------------------------------------------------------------

ROUNDS = tuple(replace(one, rhythm=PerYear(3)) if one.id == "rota" else one for one in ACTIONS)


@pytest.fixture(scope="module")
def rounds() -> tuple[Inputs, Plan]:
    """Return a year of a team of twelve, in which everyone sits with a leader three times."""
    shape = Shape(
        people=12, teams=1, sites=1, leaders=4, leave=0, odd_hours=0, never=0, movers=0, limit=240,
        actions=ROUNDS,
    )  # fmt: skip
    inputs = organisation(shape, 1)
    return inputs, plan_of(inputs, date(2026, 11, 21))


def said_of(inputs: Inputs, plan: Plan, ident: str, to: Target) -> list[str]:
    revision = move(plan, [ident], to, NOW, inputs)
    return [problem.message for problem in breaks(revision.touched, revision.plan, inputs, plan)]


def test_a_group_that_gets_a_leader_whom_it_has_met_is_told(rounds: tuple[Inputs, Plan]) -> None:
    inputs, plan = rounds
    groups = [one for one in plan.live if one.audience is Audience.GROUP]
    assert "meet again" not in " ".join(said_of(inputs, plan, groups[-1].id, Target()))
    met = {one.owner for one in groups[:-1] if set(one.recipients) & set(groups[-1].recipients)}
    told = said_of(inputs, plan, groups[-1].id, Target(owner=min(filter(None, met))))
    assert any("then meet again before all leaders were met" in one for one in told)


def test_groups_of_one_team_at_once_are_told(rounds: tuple[Inputs, Plan]) -> None:
    inputs, plan = rounds
    one, other = [group for group in plan.live if group.audience is Audience.GROUP][:2]
    assert other.start
    told = said_of(inputs, plan, one.id, Target(day=other.date, at=other.start.time()))
    away = len(one.recipients) + len(other.recipients)
    assert any(one.startswith(f"{away} of {other.team} are then in meetings at once") for one in told)
