from datetime import date

from msgspec.structs import replace
from samples import INPUTS, PLAN, event

from csweek.model.basics import Audience, Cost, Status
from csweek.model.inputs import Budget
from csweek.model.plan import Plan
from csweek.plan.measure import Evenness, asks, evenness, loads, touches
from csweek.plan.measure.even import gap_of
from csweek.plan.measure.scene import Scene
from csweek.plan.told.asks import asks as of_rows
from csweek.rows.encoder import table_of

PRICED = replace(INPUTS, settings=replace(INPUTS.settings, budget=Budget("SEK", 1000, {Cost.LOW: 50})))


def plan(*events: object) -> Plan:
    return replace(PLAN, events=events)


def test_loads_count_preparation_in_the_weeks_before() -> None:
    (load,) = loads(plan(event("wow-note", date(2027, 1, 20), "p1")))
    assert (load.owner, load.minutes, load.most, load.fullest) == ("l1", 15, 10, 2)


def test_what_is_cancelled_asks_nothing() -> None:
    gone = event("wow-note", date(2027, 1, 20), "p1", status=Status.CANCELLED)
    assert asks(plan(gone), INPUTS).events == 0
    assert loads(plan(gone)) == ()


def test_money_is_the_level_times_the_recipients() -> None:
    for_one = event("wow-note", date(2027, 1, 20), "p1", cost=Cost.LOW)
    for_team = event("monday-story", date(2027, 1, 20), "Support", cost=Cost.LOW)
    asked = asks(plan(for_one, for_team), PRICED)
    assert (asked.money, asked.currency, asked.budget) == (200, "SEK", 1000)
    assert asked.dearest == (("monday-story", 150), ("wow-note", 50))


def test_rows_ask_for_what_their_events_do() -> None:
    """``csweek plan`` sums up rows, ``csweek report`` events."""
    day = date(2027, 1, 4)
    some = (
        event("wow-note", day, "p1", cost=Cost.LOW),
        event("wow-note", day, "p2", cost=Cost.LOW, status=Status.CANCELLED),
        event("monday-story", day, "Support", cost=Cost.LOW, owner=None),
        event("monday-story", day, "Seoul", audience=Audience.ORGANISATION, team=None, cost=Cost.LOW),
        event("wow-note", date(2027, 1, 20), "p3", recipients=("p3", "p4"), cost=Cost.LOW),
    )
    mixed = plan(*(replace(one, id=f"e{number}") for number, one in enumerate(some, 1)))
    asked = asks(mixed, PRICED)
    assert asked.money == 50 * (1 + 3 + 2 + 2)
    assert of_rows(table_of(mixed), PRICED) == asked


def test_preparing_counts_in_the_week_in_which_it_is_done() -> None:
    days = (date(2027, 1, 20), date(2027, 1, 27), date(2027, 1, 28))
    mine = plan(*(event("wow-note", day, "p1", n, id=f"e{n}") for n, day in enumerate(days, 1)))
    for found in (asks(mine, PRICED), of_rows(table_of(mine), PRICED)):
        (load,) = found.loads
        assert (load.owner, load.minutes, load.most, load.fullest) == ("l1", 45, 20, 2)


def test_a_team_costs_as_much_as_there_are_people_in_it_that_day() -> None:
    left = replace(INPUTS.people.persons["p1"], end_date=date(2027, 1, 10))
    people = replace(INPUTS.people, persons={**INPUTS.people.persons, "p1": left})
    story = plan(event("monday-story", date(2027, 1, 20), "Support", id="e1", cost=Cost.LOW))
    assert of_rows(table_of(story), replace(PRICED, people=people)).money == 50 * 2
    assert of_rows(table_of(story), PRICED).money == 50 * 3


def test_the_three_dearest_actions_are_told() -> None:
    note = event("wow-note", date(2027, 1, 20), "p1", cost=Cost.LOW)
    four = [replace(note, key=note.key._replace(action=one), id=f"e{n}") for n, one in enumerate("dbca", 1)]
    assert of_rows(table_of(plan(*four)), PRICED).dearest == (("a", 50), ("b", 50), ("c", 50))


def test_an_event_of_a_team_that_is_no_more_costs_nothing() -> None:
    gone = event("monday-story", date(2027, 1, 20), "Support", cost=Cost.LOW, team="Renamed since")
    assert asks(plan(gone), PRICED).money == 0


def test_touches_are_the_chosen_events_that_persons_see() -> None:
    assert touches(PLAN) == {"p1": [2], "p2": [3], "p3": [4], "p4": [5]}


def test_evenness_compares_with_what_is_owed_over_available_days() -> None:
    crowded = [event("wow-note", date(2027, 1, 20), who) for who in ("p1", "p2", "p4")]
    found = evenness(plan(*crowded), INPUTS)
    assert found.touches[2] == 3
    assert abs(sum(found.shares) - 3) < 1e-9
    assert 2.9 < found.week < 3


def test_a_gap_beyond_its_bound_is_found() -> None:
    twice = [
        event("wow-note", date(2027, 1, 6), "p1"),
        event("wow-note", date(2027, 12, 15), "p1", ordinal=2),
    ]
    assert gap_of(Scene(plan(*twice), INPUTS), "p1") == (49, 27)
    near = [twice[0], replace(twice[1], date=date(2027, 7, 7))]
    assert gap_of(Scene(plan(*near), INPUTS), "p1") == (26, 27)


def test_a_group_may_come_whole_and_very_large_years_may_be_off_by_a_part() -> None:
    even = Evenness((2, 0), (1.0, 1.0), 1.0, 1.0)
    assert not even.holds
    assert replace(even, group=2).holds
    large = Evenness((5002, 4998), (5000.0, 5000.0), 2.0, 2.0)
    assert not large.holds
    assert replace(large, people=20_000).holds
