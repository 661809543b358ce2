"""A week's share is even as far as minutes go, and no more touches are dealt than there are minutes for."""

from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from test_room import EVERYONE, INPUTS, LIMIT, PERSON, YEAR, room
from test_room import given as booked

from csweek.plan.level.pools import Asked, costs, pools_of, poured, too_many, week_shares
from csweek.plan.owed.acts import Effort

WEEKS = YEAR.weeks
CARD: Effort = (10, 0, 0)
QUARTERS = st.integers(0, 36).map(lambda quarters: quarters / 4)


def asked(number: int, *persons: str) -> list[Asked]:
    return [Asked("card", "manager", CARD, EVERYONE[person], number) for person in persons]


@given(
    st.lists(QUARTERS, min_size=1, max_size=8).filter(any),
    st.lists(QUARTERS, min_size=8, max_size=8),
)
def test_nothing_is_lost_and_nothing_is_above_its_most_where_there_is_room(
    flat: list[float], room_of: list[float]
) -> None:
    most = room_of[: len(flat)]
    found = poured(flat, most)
    assert sum(found) == pytest.approx(sum(flat))
    assume(sum(most[week] for week, share in enumerate(flat) if share) >= sum(flat) + 1e-6)
    assert all(share <= limit + 1e-6 for share, limit in zip(found, most, strict=True))


def test_shares_are_flat_where_all_weeks_have_minutes() -> None:
    assert poured([2, 2, 1], [9, 9, 9]) == (2, 2, 1)


def test_a_full_week_gives_to_the_others_what_they_have_room_for() -> None:
    assert poured([2, 2, 2], [1, 2.5, 9]) == pytest.approx((1, 2.5, 2.5))


def test_a_week_with_few_minutes_has_a_small_share() -> None:
    manager = INPUTS.people.persons["p0"].manager or ""
    busy = room(**{manager: booked(9, LIMIT - 10)})
    theirs = [person for person in EVERYONE if INPUTS.people.persons[person].manager == manager]
    shares = week_shares(pools_of(asked(20, *theirs), busy), (), WEEKS)
    assert shares[9] == pytest.approx(1)
    assert min(shares[:9]) > 1
    assert sum(shares) == pytest.approx(20 * len(theirs))


def test_what_groups_need_is_beside_all_minutes() -> None:
    mask = PERSON.mask
    assert sum(week_shares((), [(mask, 3)], WEEKS)) == pytest.approx(3)


def test_more_turns_than_minutes_are_given_up_by_those_who_have_most() -> None:
    manager = INPUTS.people.persons["p0"].manager or ""
    theirs = [person for person in EVERYONE if INPUTS.people.persons[person].manager == manager]
    full = room(**{manager: [LIMIT - 10] * WEEKS})
    most = int(0.95 * WEEKS)
    fewer = too_many(pools_of(asked(most, theirs[0]), full))
    assert not fewer
    fewer = too_many(pools_of([*asked(most - 2, theirs[0]), *asked(5, theirs[1])], full))
    assert fewer == Counter({("card", theirs[0]): 3})


def test_those_who_have_as_many_give_up_evenly() -> None:
    manager = INPUTS.people.persons["p0"].manager or ""
    theirs = [person for person in EVERYONE if INPUTS.people.persons[person].manager == manager]
    full = room(**{manager: [LIMIT - 10] * WEEKS})
    fewer = too_many(pools_of(asked(30, *theirs), full))
    assert 30 * len(theirs) - fewer.total() == int(0.95 * WEEKS)
    assert max(fewer.values()) - min(fewer[("card", person)] for person in theirs) <= 1


def test_a_group_costs_a_week_what_its_leader_has_no_minutes_for_any_more() -> None:
    manager = INPUTS.people.persons["p0"].manager or ""
    theirs = [person for person in EVERYONE if INPUTS.people.persons[person].manager == manager]
    busy = room(**{manager: booked(9, LIMIT - 30)})
    pools = pools_of(asked(104 // len(theirs), *theirs), busy)
    assert {round(share) for share in pools[0].shares} == {2}
    cost = costs(pools, busy, [manager], 30)[manager]
    assert cost[9] == 2
    assert {number for week, number in enumerate(cost) if week != 9} == {0}
