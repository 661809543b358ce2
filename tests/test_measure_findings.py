"""What the report says of a plan, in words."""

import re
from datetime import date, time

from msgspec.structs import replace
from organisations import Shape, organisation
from planned import EARLY, plan_of
from samples import INPUTS, PLAN, event

from csweek.model.basics import Audience, Channel, Cost, Hours, Thanks, Visibility
from csweek.model.inputs import Budget, Inputs, Limits
from csweek.model.people import People, WorkTime
from csweek.model.plan import Event
from csweek.model.theme import ThemeTurn
from csweek.plan.measure.findings import Finding, State, findings
from csweek.plan.measure.whole import measured

DAY = date(2027, 1, 20)


def found(*events: Event, inputs: Inputs = INPUTS, today: date = date(2026, 12, 1)) -> dict[str, Finding]:
    plan = replace(PLAN, events=events)
    return {each.id: each for each in findings(plan, inputs, measured(plan, inputs), today)}


def test_broken_promises_come_first_and_say_what_helps() -> None:
    said = list(found(*PLAN.events).values())
    states = [each.state for each in said]
    order = (State.BROKEN, State.NOTE, State.HOLDS)
    assert states == sorted(states, key=order.index)
    assert all(each.help for each in said if each.state is State.BROKEN)


def test_empty_weeks_are_named_by_their_numbers() -> None:
    said = found(*PLAN.events)["empty_weeks"]
    assert said.state is State.BROKEN
    assert "Natt in 50 weeks (2, 3, 4, …)" in said.text


def test_what_is_missing_is_named_with_what_would_make_room() -> None:
    said = found(*PLAN.events)["owed"]
    assert "28 of 32 wow-note" in said.text
    assert said.help == (
        "raise limits: owner_minutes_per_week (csweek plan --dry-run says whether it is enough), "
        "more leaders, or ask for wow-note less often"
    )


def test_where_nobody_works_when_they_do_more_minutes_are_not_what_helps() -> None:
    weekend = WorkTime(days=frozenset({5, 6}))
    persons = {
        ident: replace(one, thanks=Thanks.NEVER) if ident in {"l1", "o1"} else replace(one, work=weekend)
        for ident, one in INPUTS.people.persons.items()
    }
    apart = replace(INPUTS, people=People(persons, INPUTS.people.teams))
    said = found(*PLAN.events[:3], inputs=apart)["owed"]
    assert said.state is State.BROKEN
    assert said.help.endswith("who works when they do")


def test_where_nobody_has_their_hours_more_minutes_are_not_what_helps() -> None:
    night = WorkTime(hours=Hours(time(22), time(6)))
    persons = {
        ident: replace(one, site="stockholm", thanks=thanks, work=work)
        for ident, one in INPUTS.people.persons.items()
        for leads in (ident in {"l1", "o1"},)
        for thanks, work in [(Thanks.NEVER, one.work) if leads else (one.thanks, night)]
    }
    talk = replace(INPUTS.themes[0].theme.actions["wow-note"], channel=Channel.CALL)
    turn = ThemeTurn(replace(INPUTS.themes[0].theme, actions={talk.id: talk}))
    apart = replace(INPUTS, people=People(persons, INPUTS.people.teams), themes=(turn,))
    said = found(inputs=apart)["owed"]
    assert said.help.endswith("who works when they do, or widen event_hours or owner_hours")


def test_a_shift_that_lacks_its_managers_minutes_is_not_told_to_look_for_a_deputy() -> None:
    shape = Shape(people=16, teams=2, sites=1, leaders=2, limit=20, odd_hours=0.5, leave=0, movers=0, never=0)

    def shifts(limit: int) -> Finding:
        inputs = organisation(replace(shape, limit=limit), 6)
        plan = plan_of(inputs)
        return {one.id: one for one in findings(plan, inputs, measured(plan, inputs), EARLY)}["shifts"]

    said = shifts(20)
    assert said.text.startswith("night people have ")
    assert said.help.startswith("raise limits: owner_minutes_per_week")
    assert "minutes" not in shifts(240).help  # what is left then is for want of an hour


def test_who_waits_too_long_is_named() -> None:
    twice = [event("wow-note", DAY, "p1"), event("wow-note", date(2027, 12, 15), "p1", 2)]
    said = found(*twice)["gaps"]
    assert (said.state, "Åsa Öberg waits up to" in said.text) == (State.BROKEN, True)


def test_who_waits_for_an_owner_without_minutes_is_told_whose_these_are() -> None:
    tight = replace(INPUTS, settings=replace(INPUTS.settings, limits=Limits(1, 0.2)))
    theirs = [
        event("wow-note", DAY, "p1", owner="m1"),
        event("wow-note", date(2027, 12, 15), "p1", 2, owner="m1"),
    ]
    others = [event("wow-note", DAY, who, owner="l1") for who in ("p2", "p3", "p4")]
    assert found(*theirs, *others, inputs=tight)["gaps"].help.startswith("look at csweek show person")
    filled = [replace(one, owner="m1") for one in others]
    said = found(*theirs, *filled, inputs=tight)["gaps"].help
    assert "gives 1 of 1 minutes in each" in said
    assert said.startswith(INPUTS.people.persons["m1"].name)


def test_weeks_that_changes_made_uneven_are_a_note() -> None:
    crowded = [event("wow-note", DAY, who) for who in ("p1", "p2", "p3", "p4")]
    assert found(*crowded)["even"].state is State.BROKEN
    plan = replace(PLAN, events=tuple(crowded), revision=2)
    (said,) = [e for e in findings(plan, INPUTS, measured(plan, INPUTS), DAY) if e.id == "even"]
    assert (said.state, "--afresh" in said.help) == (State.NOTE, True)


def test_uneven_weeks_name_the_owner_whose_minutes_leave_no_room() -> None:
    crowded = [event("wow-note", DAY, who) for who in ("p1", "p2", "p3", "p4")]
    assert "csweek move one of its thanks" in found(*crowded)["even"].help
    tight = replace(INPUTS, settings=replace(INPUTS.settings, limits=Limits(1, 0.2)))
    said = found(*crowded, inputs=tight)["even"].help
    assert said.startswith("Leo Lind is there in 52 weeks and gives 1 of 1 minutes in each")
    assert "raise limits: owner_minutes_per_week" in said


def test_past_events_that_nobody_spoke_of_are_a_note() -> None:
    said = found(*PLAN.events, today=date(2027, 2, 1))["unconfirmed"]
    assert (said.state, "how 5 events went" in said.text) == (State.NOTE, True)
    assert said.help == "csweek done --week 1,3-4"


def test_a_budget_that_is_passed_names_what_is_dearest() -> None:
    settings = replace(INPUTS.settings, budget=Budget("SEK", 10, {Cost.LOW: 50}))
    said = found(event("wow-note", DAY, "p1", cost=Cost.LOW), inputs=replace(INPUTS, settings=settings))[
        "budget"
    ]
    assert said.state is State.BROKEN
    assert said.text == "SEK 50 is over 10; the dearest are wow-note (50)"
    assert "budget" not in found(*PLAN.events)


def test_a_year_for_nobody_known_says_so_and_no_more_than_can_be_said() -> None:
    said = found(inputs=replace(INPUTS, people=People()))
    assert said["people"].state is State.NOTE
    assert not said.keys() & {"owed", "gaps", "even", "shifts", "rotas"}


def test_past_weeks_are_named_to_be_marked_and_surprises_for_organisers_are_left_to_who_holds_them() -> None:
    past = [event("wow-note", DAY, "p1"), event("wow-note", date(2027, 2, 3), "p2")]
    assert found(*past, today=date(2027, 3, 1))["unconfirmed"].help == ("csweek done --week 3,5")
    secret = event("wow-note", DAY, "o1", visibility=Visibility.SURPRISE)
    assert "by its id" in found(secret, today=date(2027, 3, 1))["unconfirmed"].help


def test_only_what_is_ahead_is_held_against_a_plan_that_was_made_from_other_files() -> None:
    """A team that is split and a line that is drawn anew say nothing of the weeks before."""
    own = replace(event("wow-note", DAY, "m1", 99), id="e99", audience=Audience.GROUP)
    crowd = [event("wow-note", DAY, "p1", n) for n in range(12)]
    before, after = (found(own, *crowd, today=today) for today in (DAY, date(2027, 6, 1)))
    assert "sits with their own line" in before["rotas"].text
    assert after["rotas"].state is State.HOLDS
    assert before["minutes"].text.endswith("Leo Lind gives 130 in week 3")
    assert before["minutes"].help.startswith("csweek show owner l1 ")
    assert after["minutes"].state is State.HOLDS
    assert "Natt in 50 weeks (3, 4, 5, …)" in before["empty_weeks"].text
    assert "(22, 23, 24, …)" in after["empty_weeks"].text


def test_what_is_missing_most_is_named_first() -> None:
    text = found(*PLAN.events)["owed"].text
    missing = [int(number) for number in re.findall(r"(\d+) of \d+", text)]
    assert missing == sorted(missing, reverse=True)
