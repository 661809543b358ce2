"""Owners' fullest weeks are relieved by walks of exchanges; nothing else about the year gets worse."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from organisations import Shape, action, organisation

from csweek.model.basics import Channel, Practice
from csweek.model.inputs import Inputs
from csweek.model.theme import PerYear
from csweek.plan.owed.acts import act_of
from csweek.plan.owed.demand import offers
from csweek.plan.placing.ledger import Ledger
from csweek.plan.search.account import Chore
from csweek.plan.search.desk import Desk
from csweek.plan.search.relief import least, relieve, unload
from csweek.plan.search.rounds import Round
from csweek.plan.when.days import days
from csweek.plan.when.year import iso_year

YEAR = iso_year(2027)
NOTE = action("note", Practice.HEROES, rhythm=PerYear(6), channel=Channel.CARD, minutes=10)
WOW = action("wow", Practice.WOW, rhythm=PerYear(3), owner="leader", channel=Channel.CARD, minutes=10)


def inputs_of(people: int) -> Inputs:
    return organisation(Shape(people=people, teams=1, sites=1, leaders=2, leave=0, actions=(NOTE, WOW)), 3)


def desk_of(people: int, manager: str = "m0", *, spread: bool = False) -> tuple[Desk, Sequence[Round]]:
    """Return everybody's six cards by one manager and three by one of two leaders.

    They are in the same weeks, or spread over the year.
    """
    inputs = inputs_of(people)
    there = days(inputs, YEAR, YEAR.first)
    acts = {
        act.id: act for act in (act_of(o, n, there.open, there) for n, o in enumerate(offers(inputs, there)))
    }
    every = (1 << YEAR.weeks) - 1
    rounds, chores = [], []
    for number in range(people):
        phase = (number + 0.5) / people if spread else 0.5
        weeks = [int((turn + phase) / 9 * YEAR.weeks) for turn in range(9)]
        one = Round(range(YEAR.weeks), frozenset(range(YEAR.weeks)), weeks, ())
        assert one.lay(1.6)
        mine = {"note": {manager: every}, "wow": {"l0": every, "l1": every}}
        of = {ident: Chore(acts[ident], f"p{number}", ways) for ident, ways in mine.items()}
        rounds.append(one)
        chores.append([of[ident] for ident in ("note", "wow", "note") * 3])
    return Desk(rounds, chores, Ledger(90, there)), rounds


def account(desk: Desk) -> tuple[object, ...]:
    """Return what no exchange may change: touches by week, turns by person, gifts by owner."""
    held = desk.at.items()
    return (
        Counter(week for (_, week), _ in held),
        Counter((number, one.chore.act.id) for (number, _), one in held),
        Counter((one.chore.act.id, one.owner) for _, one in held),
    )


def test_the_fullest_week_becomes_as_full_as_it_has_to_be_and_nothing_else_changes() -> None:
    desk, rounds = desk_of(6)
    desk.deal()
    before = account(desk)
    assert desk.fullest == 60
    relieve(desk)
    # 36 notes lie in 9 weeks.
    assert desk.fullest == 40
    assert account(desk) == before
    for number, one in enumerate(rounds):
        assert {week for at, week in desk.at if at == number} == set(one.held)


def test_it_does_the_same_every_time() -> None:
    desks = [desk_of(6, spread=True)[0] for _ in range(3)]
    for desk in desks:
        desk.deal()
    dealt = {at: held.owner for at, held in desks[0].at.items()}
    for desk in desks:
        relieve(desk)
    one, two, three = [{at: held.owner for at, held in desk.at.items()} for desk in desks]
    assert one == two == three != dealt


def test_no_week_can_be_emptier_than_what_is_given_spread_evenly() -> None:
    desk, _ = desk_of(20)
    desk.deal()
    # 120 notes of 10 minutes by one manager in 52 weeks: 3 in some of them.
    assert least(desk) == 30


def test_what_leads_nowhere_is_taken_back() -> None:
    desk, rounds = desk_of(1)
    desk.deal()
    before, held = dict(desk.at), [tuple(one.at) for one in rounds]
    assert desk.fullest == least(desk) == 10
    relieve(desk)
    assert desk.at == before
    assert [tuple(one.at) for one in rounds] == held


def test_an_owner_who_is_never_there_ends_no_search() -> None:
    desk, _ = desk_of(2, manager="never.there")
    desk.deal()
    assert least(desk) == 10
    relieve(desk)


def test_weeks_over_the_limit_are_unloaded_where_no_single_exchange_does_it() -> None:
    desk, rounds = desk_of(60, spread=True)
    for week in range(0, YEAR.weeks, 3):
        desk.ledger["m0"].minutes[week] = 50
    desk.deal()
    before = account(desk)
    desk.settle()
    desk.aim(desk.limit)
    assert desk.excess > 0
    unload(desk)
    assert desk.fullest <= desk.limit == 90
    assert account(desk) == before
    for number, one in enumerate(rounds):
        assert {week for at, week in desk.at if at == number} == set(one.held)
        assert all(late - early <= one.most for early, late in pairwise(one.held))


def test_who_gives_what_nobody_else_can_takes_less_of_what_is_shared() -> None:
    desk, _ = desk_of(70, manager="l0", spread=True)
    desk.deal()
    # 420 notes of 10 minutes leave 246 of 95 in 100 of 90 minutes in 52 weeks.
    assert (desk.given["wow", "l0"], desk.given["wow", "l1"]) == (24, 186)
