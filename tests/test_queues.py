"""Leaders queue for what they share; who has no minutes left leaves the queue until some are freed."""

from test_alike import INPUTS, STAFF, THERE, shared_action

from csweek.plan.owed.acts import Owed
from csweek.plan.placing.ledger import Ledger
from csweek.plan.placing.place import Placer

WEEK = 10


def test_whose_minutes_are_freed_queues_again() -> None:
    act = shared_action()
    placer = Placer(INPUTS, THERE, Ledger(act.minutes, THERE))
    leaders = len(INPUTS.people.leaders)
    cards = [Owed(act, one, 1, 7 * WEEK, 7 * WEEK, 7 * WEEK + 6) for one in STAFF]
    seats = [placer.in_week(one, WEEK, stand_in=False) for one in cards[:leaders]]
    assert {seat.owner for seat in seats if seat} == set(INPUTS.people.leaders)
    assert placer.in_week(cards[leaders], WEEK, stand_in=False) is None
    assert not placer.has_minutes(cards[leaders], WEEK)
    first = seats[0]
    assert first
    placer.release(cards[0], first)
    assert placer.has_minutes(cards[leaders], WEEK)
    found = placer.in_week(cards[leaders], WEEK, stand_in=False)
    assert found
    assert found.owner == first.owner
