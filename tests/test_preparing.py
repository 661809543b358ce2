"""Preparation for given days: spread over the weeks before, within the owner's minutes, or named."""

import re
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from organisations import ACTIONS, Shape, action, organisation, theme
from planned import REVISED, plan_of, planned

from csweek.model.basics import Channel, Practice, Prepare, csw_monday
from csweek.model.inputs import Inputs, Limits
from csweek.model.plan import Event, Plan
from csweek.model.theme import Anchor, On, ThemeTurn
from csweek.plan.build import bring_up_to_date
from csweek.plan.measure import asks
from csweek.plan.placing.ledger import EARLIEST, Ledger
from csweek.plan.placing.preparing import Workdays, worked
from csweek.plan.when.days import days, week

OTHERS = tuple(one for one in ACTIONS if one.id not in {"years", "note", "wow", "talk", "rota"})
CARDS = action(
    "cards",
    Practice.CELEBRATION,
    rhythm=On((Anchor("csw", nth=3),)),
    channel=Channel.CARD,
    minutes=2,
    prepare=Prepare(3, 2),
)


def company(people: int, limit: int = 90) -> Inputs:
    """One manager for all, who has a card for everybody to write before CSW."""
    shape = Shape(people=people, teams=1, sites=1, leave=0, odd_hours=0, never=0, movers=0, limit=limit)
    inputs = organisation(shape, 3)
    return replace(inputs, themes=(ThemeTurn(theme(*OTHERS, CARDS)),))


def cards(plan: Plan, owner: str = "m0") -> list[Event]:
    return [event for event in plan.live if event.action == "cards" and event.owner == owner]


def by_week(plan: Plan, owner: str = "m0") -> Counter[int]:
    """Minutes of preparing cards, by how many weeks before."""
    minutes = Counter[int]()
    for event in cards(plan, owner):
        assert event.prepare
        minutes[event.prepare.weeks] += event.prepare.minutes
    return minutes


def test_few_cards_are_written_in_the_week_that_the_action_says() -> None:
    assert by_week(plan_of(company(10))) == {2: 30}


def test_many_cards_are_written_over_the_weeks_before_and_count_in_the_load() -> None:
    inputs = company(260)
    built = planned(inputs)
    plan = built.revision.plan
    minutes = by_week(plan)
    assert sum(minutes.values()) == 780
    assert set(minutes) <= set(range(2, EARLIEST + 3))
    csw = plan.year.week_of(csw_monday(2027))
    loads = next(load for load in asks(plan, inputs).loads if load.owner == "m0")
    assert loads.fullest == csw
    week = Counter[int]()
    for event in plan.live:
        if event.owner == "m0":
            at = plan.year.week_of(event.date)
            week[at] += event.minutes
            week[max(0, at - event.prepare.weeks) if event.prepare else at] += (
                event.prepare.minutes if event.prepare else 0
            )
    assert max(minutes for at, minutes in week.items() if at != csw) <= 90
    assert not [one for one in built.warnings if "preparing" in one.message]


@given(st.integers(250, 900), st.sampled_from((0, 20, 45, 90)))
@settings(max_examples=4, derandomize=True, deadline=None)
def test_what_does_not_fit_is_named_and_the_limit_that_is_proposed_is_enough(people: int, limit: int) -> None:
    def unfit(inputs: Inputs) -> list[str]:
        return [one.hint or "" for one in planned(inputs).warnings if one.message.startswith("preparing")]

    few = replace(company(people, limit), themes=(ThemeTurn(theme(CARDS)),))
    hints = unfit(few)
    room = limit // 3 * (EARLIEST + 1)
    assert bool(hints) == (people + 1 > room)
    if hints:
        enough = int(re.findall(r"owner_minutes_per_week: (\d+)", hints[0])[0])
        for minutes, fits in ((enough, True), (enough - 5, False)):
            again = replace(few, settings=replace(few.settings, limits=Limits(minutes, 0.2)))
            assert (not unfit(again)) is fits


@pytest.mark.parametrize(
    ("owner", "way"), [("manager", "another manager"), ("organiser", "1 more organiser")]
)
def test_what_makes_room_is_more_of_those_who_prepare_it(owner: str, way: str) -> None:
    inputs = company(520, 45)
    mine = replace(CARDS, owner=owner)
    built = planned(replace(inputs, themes=(ThemeTurn(theme(*OTHERS, mine)),)))
    (hint,) = (str(one.hint) for one in built.warnings if one.message.startswith("preparing"))
    assert hint.partition(", or ")[2].startswith(way)


def test_what_was_due_before_the_year_stays_in_its_first_week_though_that_is_full_with_it() -> None:
    inputs = company(10)
    year = plan_of(inputs).year
    there = days(inputs, year, year.first)
    ledger = Ledger(90, there)
    ledger["m0"].minutes[0] = 90
    found = Workdays(there, ledger, 0).on(Prepare(10, 4), 16, "m0")
    assert found
    assert found.weeks == 2
    assert ledger["m0"].minutes[:2] == [90, 0]


def test_what_is_prepared_later_as_the_rest_of_the_week_in_which_it_is_due_is_off_stays_there() -> None:
    inputs = company(10)
    year = plan_of(inputs).year
    there = days(inputs, year, year.first)
    saturday, stood = 7 + 5, Prepare(10, 1, 1)
    found = Workdays(there, Ledger(90, there), saturday).still(Prepare(10, 2), stood, saturday + 14, "m0")
    assert found == stood


def test_planned_again_the_same_is_said_of_what_does_not_fit() -> None:
    inputs = company(520, 45)
    first = planned(inputs)
    (said,) = (one for one in first.warnings if one.message.startswith("preparing"))
    again = planned(inputs, before=first.revision.plan)
    assert again.revision.empty
    assert [one for one in again.warnings if one.message.startswith("preparing")] == [said]


def test_planned_again_the_weeks_of_preparation_stay() -> None:
    inputs = company(60)
    plan = plan_of(inputs)
    assert len(by_week(plan)) > 1
    for today in (date(2027, 3, 1), date(2027, 9, 29)):
        assert cards(planned(inputs, today, plan).revision.plan) == cards(plan)


def test_a_longer_time_to_prepare_holds_for_what_stands_and_less_minutes_too() -> None:
    inputs = company(10)
    plan = plan_of(inputs)
    for prepare in (Prepare(3, 4), Prepare(1, 2)):
        changed = replace(inputs, themes=(ThemeTurn(theme(*OTHERS, replace(CARDS, prepare=prepare))),))
        later = planned(changed, date(2027, 3, 1), plan).revision
        assert {event.prepare for event in cards(later.plan)} == {prepare}
        assert (later.added, later.moved, later.cancelled) == ((), (), ())


@pytest.mark.parametrize(("today", "weeks"), [(date(2027, 9, 20), {2}), (date(2027, 9, 29), {1})])
def test_what_is_planned_late_is_prepared_in_the_weeks_that_are_left(today: date, weeks: set[int]) -> None:
    plan = planned(company(10), today).revision.plan
    assert set(by_week(plan)) == weeks
    assert planned(company(10), today, plan).revision.empty


# --- the day within the week -------------------------------------------------------------------------

FRIDAY = 4


@pytest.mark.parametrize(
    ("days_there", "done"),
    [
        ("mon tue wed thu fri", "fri"),
        ("mon tue wed thu", "thu"),
        ("mon", "mon"),
        ("sat sun", "sat"),
        ("mon sun", "mon"),
    ],
)
def test_it_is_done_on_the_last_working_day_before_in_its_week(days_there: str, done: str) -> None:
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    own = sum(1 << names.index(name) for name in days_there.split())
    found = worked(Prepare(5, 1), 14 + FRIDAY, 0b11111 | own << 7 | 0b11111 << 14, 0, bool)
    assert (found.weeks, names[FRIDAY - found.early]) == (1, done)


def test_a_week_off_sends_it_to_the_week_before_with_room_else_after_and_never_before_today() -> None:
    there = 0b11111 << 7 | 0b11111 << 21
    assert worked(Prepare(5, 1), 21, there, 0, lambda _: True) == Prepare(5, 2, -4)
    assert worked(Prepare(5, 1), 21, there, 0, lambda _: False) == Prepare(5, 1)
    assert worked(Prepare(5, 1), 21, there, 14, lambda _: True) == Prepare(5, 0)
    assert worked(Prepare(5, 1), 21, there, 14, lambda _: False) == Prepare(5, 1)
    assert worked(Prepare(5, 1), 21, there, 17, lambda _: True) == Prepare(5, 0)


def test_what_was_due_before_the_year_is_done_on_the_first_working_day_of_its_week() -> None:
    assert worked(Prepare(5, 0), FRIDAY, 0b11110, 0, bool, soon=True) == Prepare(5, 0, 3)
    assert worked(Prepare(5, 0), FRIDAY, 0b11110, 0, bool) == Prepare(5, 0)


def prepared_when_away(plan: Plan, inputs: Inputs, since: date) -> list[str]:
    """Return what is prepared on days off though its owner works on another day of that week."""
    there, found = days(inputs, plan.year, plan.year.first), []
    for event in plan.live:
        if event.prepare and event.owner:
            day = event.prepare.day(event.date)
            if day >= max(since, plan.year.first) and not there.person[event.owner] >> there.index(day) & 1:
                first = max(0, there.index(since))
                able = week(there.person[event.owner], there.index(day) // 7) & -(1 << first)
                found += [event.id] * bool(able & (1 << there.index(event.date)) - 1)
    return found


@settings(max_examples=4, derandomize=True, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([date(2026, 12, 1), date(2027, 5, 12)]))
def test_nothing_is_prepared_on_a_day_off_and_planning_again_leaves_it_there(seed: int, today: date) -> None:
    before = tuple(
        replace(a, prepare=Prepare(5, 1)) if a.id in {"note", "wow"} else a for a in (*ACTIONS, CARDS)
    )
    inputs = organisation(Shape(people=12, teams=2, sites=2, leave=0.4, odd_hours=0.5), seed)
    inputs = replace(inputs, themes=(ThemeTurn(theme(*before)),))
    plan = planned(inputs, today).revision.plan
    assert [event for event in plan.live if event.prepare and event.prepare.early]
    assert prepared_when_away(plan, inputs, today) == []
    assert planned(inputs, today, plan).revision.empty


@pytest.mark.parametrize("today", [date(2027, 2, 27), date(2027, 9, 5), date(2027, 12, 20)])
def test_planned_again_after_a_late_start_the_same_is_said_where_much_is_prepared(today: date) -> None:
    before = tuple(replace(a, prepare=Prepare(10, 2)) if a.rhythm else a for a in ACTIONS)
    for seed in range(4):
        inputs = organisation(Shape(people=16, teams=3, sites=2, leaders=2, limit=30, odd_hours=0), seed)
        inputs = replace(inputs, themes=(ThemeTurn(theme(*before)),))
        first = planned(inputs, today)
        again = bring_up_to_date(inputs, first.table, today, REVISED)
        assert again.changes.empty
        assert again.warnings == first.warnings


def test_a_new_day_off_takes_preparing_with_it_as_a_new_form_of_the_event() -> None:
    inputs = company(10)
    plan = plan_of(inputs)
    old = next(event for event in cards(plan) if event.prepare)
    assert old.prepare
    off = old.prepare.day(old.date)
    sites = {name: replace(site, add=(off,)) for name, site in inputs.settings.sites.items()}
    revision = planned(
        replace(inputs, settings=replace(inputs.settings, sites=sites)), date(2027, 3, 1), plan
    ).revision
    new = next(event for event in revision.changed if event.id == old.id)
    assert new.prepare
    assert (new.date, new.uid, new.sequence) == (old.date, old.uid, old.sequence + 1)
    assert new.prepare.day(new.date) < off
    assert new.prepare.weeks == old.prepare.weeks
