"""Who asks the same of the same people is passed by once none of them has minutes left."""

from test_alike import INPUTS, STAFF, THERE, shared_action

from csweek.plan.level.purses import Purses
from csweek.plan.owed.acts import Owed
from csweek.plan.placing.ledger import Ledger
from csweek.plan.placing.place import Placer

WEEK = 10


def test_a_purse_is_empty_for_all_when_the_last_has_given() -> None:
    act = shared_action()
    placer = Placer(INPUTS, THERE, Ledger(act.minutes, THERE))
    cards = [Owed(act, one, 1, 7 * WEEK, 7 * WEEK, 7 * WEEK + 6) for one in STAFF]
    purses = Purses(placer)
    first, second = (purses.of({act: card}) for card in cards[:2])
    assert first == second
    for card in cards[: len(INPUTS.people.leaders)]:
        purses.look(first, WEEK, stand_in=False)
        assert not purses.is_empty(first, WEEK, stand_in=False)
        assert placer.in_week(card, WEEK, stand_in=False)
    purses.look(first, WEEK, stand_in=False)
    assert purses.is_empty(second, WEEK, stand_in=False)
    assert not purses.is_empty(second, WEEK + 1, stand_in=False)


def test_who_stands_in_has_minutes_of_their_own() -> None:
    act = shared_action()
    placer = Placer(INPUTS, THERE, Ledger(act.minutes, THERE))
    card = Owed(act, STAFF[0], 1, 7 * WEEK, 7 * WEEK, 7 * WEEK + 6)
    purses, known = Purses(placer), placer.who(card)
    purse = purses.of({act: card})
    assert known.stand_in
    for giver in known.first:
        giver.give(7 * WEEK, act.minutes, 0, 0)
    for stand_in in (False, True):
        purses.look(purse, WEEK, stand_in=stand_in)
    assert purses.is_empty(purse, WEEK, stand_in=False)
    assert not purses.is_empty(purse, WEEK, stand_in=True)
    for giver in known.stand_in:
        giver.give(7 * WEEK, act.minutes, 0, 0)
    purses.look(purse, WEEK, stand_in=True)
    assert purses.is_empty(purse, WEEK, stand_in=True)
