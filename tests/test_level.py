"""Level weeks: numbers met, gaps narrow, what stays stays; actions and owners dealt, exchanged and placed."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import pairwise
from uuid import UUID

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from organisations import Shape, action, organisation

from csweek.model.basics import Channel, Practice
from csweek.model.plan import Plan
from csweek.model.theme import PerYear
from csweek.plan.build import build
from csweek.plan.level.even import apart_of, nearest, quotas
from csweek.plan.search.rounds import Round
from csweek.plan.search.weeks import level
from csweek.plan.when.year import year_for

WEEKS = 52
TODAY = date(2025, 11, 21)


def round_of(touches: int, away: Sequence[int] = (), still: Sequence[int] = (), phase: float = 0) -> Round:
    """Return somebody's year with as many movable touches, evenly spaced."""
    there = [week for week in range(WEEKS) if week not in away]
    ideal = [there[int((turn + phase) / touches * len(there))] for turn in range(touches)]
    return Round(there, frozenset(there), ideal, still)


def gap(one: Round) -> int:
    """Return the widest gap, the year taken as a round."""
    return max(two - one for one, two in pairwise([*one.at, one.at[0] + len(one.weeks)]))


def test_touches_lie_at_their_ideal_weeks_where_they_can() -> None:
    one = round_of(4)
    assert one.lay(1)
    assert one.held == [0, 13, 26, 39]


def test_a_gap_is_mended_over_weeks_in_which_nobody_can() -> None:
    there = range(WEEKS)
    one = Round(there, frozenset(there) - {12, 13, 14, 15, 16}, [0, 13, 26, 39], ())
    assert one.lay(1)
    assert gap(one) == 13
    assert not {12, 13, 14, 15, 16} & {*one.held}


def test_touches_that_cannot_keep_a_gap_are_not_laid() -> None:
    there = range(WEEKS)
    one = Round(there, frozenset(there) - {*range(12, 30)}, [0, 13, 26, 39], ())
    assert not one.lay(1)
    assert not one.lay(18 / 13)
    assert one.lay(19 / 13)
    assert gap(one) == 19


def test_what_stays_is_gone_around() -> None:
    one = round_of(3, still=[20])
    assert one.lay(1)
    assert 20 in one.held
    assert 20 not in one.goals
    assert gap(one) == 13
    assert list(one.moves(20)) == []


def test_a_touch_may_pass_the_year_s_end() -> None:
    one = round_of(2)
    assert one.lay(1.1)
    assert 51 in one.moves(0)
    one.move(0, 51)
    assert one.held == [26, 51]


@st.composite
def everyone(draw: st.DrawFn) -> list[Round]:
    found = []
    for _ in range(draw(st.integers(2, 12))):
        first, length = draw(st.integers(0, 48)), draw(st.integers(0, 4))
        away = range(first, first + length)
        still = draw(st.lists(st.sampled_from([9, 22, 35]), max_size=2, unique=True))
        phase = draw(st.sampled_from([0, 0.3, 0.7]))
        found.append(round_of(draw(st.integers(1, 9)), away, [w for w in still if w not in away], phase))
    return found


@settings(max_examples=4, derandomize=True, deadline=None)
@given(everyone())
def test_weeks_have_their_numbers_and_nobody_waits_longer_than_the_width(rounds: list[Round]) -> None:
    share = [sum(one.touches for one in rounds) / WEEKS] * WEEKS
    before = [(one.touches, set(one.still)) for one in rounds]
    numbers = level(rounds, share).numbers
    assume(numbers)
    had = Counter(week for one in rounds for week in one.held)
    assert [had[week] for week in range(WEEKS)] == list(numbers)
    stays = Counter(one.weeks[place] for one in rounds for place in one.still)
    best = quotas(share, [stays[week] for week in range(WEEKS)])
    most = max(abs(n - s) for week, (n, s) in enumerate(zip(best, share, strict=True)) if n > stays[week])
    chosen = [(n, share[week]) for week, n in enumerate(numbers) if n > stays[week]]
    assert all(abs(n - s) <= max(most, 1) + 1e-9 for n, s in chosen)
    for one, (touches, still) in zip(rounds, before, strict=True):
        assert len(set(one.at)) == touches
        assert still <= set(one.at)
        assert gap(one) <= one.widest
        assert all(one.may[place] for place in set(one.at) - still)


def test_numbers_near_to_what_there_is_keep_deviation_and_sums() -> None:
    share = [1.5, 1.5, 1.5, 1.5]
    assert nearest(share, 0.5, [2, 1, 1, 2]) == [2, 1, 1, 2]
    assert nearest(share, 0.5, [2, 2, 1, 1]) in ([2, 1, 2, 1], [2, 1, 1, 2], [1, 2, 2, 1], [1, 2, 1, 2])
    assert nearest(share, 0.2, [2, 1, 1, 2]) == []


def test_no_number_is_less_than_the_groups_that_stay_and_sums_are_no_further_off_than_they_make_it() -> None:
    share, still = [0.5] * 8, [0, 1, 1, 0, 0, 0, 1, 0]
    assert quotas(share, still) == [0, 1, 1, 0, 0, 1, 1, 0]
    assert nearest(share, 0.5, [1] * 4 + [0] * 4, still) == [0, 1, 1, 0, 0, 1, 1, 0]
    crowded = [0, 1, 1, 1, 1, 0, 0, 0]
    assert quotas(share, crowded) == crowded
    assert apart_of(crowded, share) == 2
    assert nearest(share, 0.5, [0] * 8, crowded) == []
    assert nearest(share, 0.5, [0] * 8, crowded, apart=2) == crowded


def test_weeks_are_level_around_groups_that_stay_in_some_of_them() -> None:
    rounds = [round_of(1, still=[week]) for week in (10, 11, 12, 40)]
    share = [sum(one.touches for one in rounds) / WEEKS] * WEEKS
    numbers = level(rounds, share).numbers
    assert [numbers[week] for week in (10, 11, 12, 40)] == [1] * 4
    assert max(numbers) == 1
    assert apart_of(numbers, share) == 2


# --- a year --------------------------------------------------------------------------------------


def planned(people: int, seed: int) -> Plan:
    """Return a year of cards by managers and by three leaders, with leave and part-time."""
    note = action("note", Practice.HEROES, rhythm=PerYear(6), channel=Channel.CARD, minutes=10)
    wow = action("wow", Practice.WOW, rhythm=PerYear(3), owner="leader", channel=Channel.CARD, minutes=15)
    shape = Shape(people=people, teams=3, sites=2, leaders=3, leave=0.3, limit=90, actions=(note, wow))
    inputs = organisation(shape, seed)
    revised = datetime(2025, 11, 21, 9, tzinfo=UTC)
    year = year_for(inputs.settings, TODAY)
    return build(inputs, year, TODAY, None, revised, UUID(int=7)).revision.plan


def test_leaders_share_and_no_week_of_theirs_is_fuller_than_it_has_to_be() -> None:
    plan = planned(30, 1)
    wows = [event for event in plan.live if event.action == "wow"]
    given = Counter(event.owner for event in wows)
    assert max(given.values()) - min(given.values()) <= 1
    by_week = Counter((event.owner, plan.year.week_of(event.date)) for event in wows)
    assert max(by_week.values()) <= 2
    twice = Counter((event.key.subject, event.owner) for event in wows)
    assert max(twice.values()) <= 2


def test_turns_of_an_action_are_numbered_in_the_order_of_their_days() -> None:
    plan = planned(20, 4)
    notes = sorted(
        (event for event in plan.live if event.action == "note"),
        key=lambda event: (event.key.subject, event.date),
    )
    assert len(notes) > 100
    for one, two in pairwise(notes):
        if one.key.subject == two.key.subject:
            assert one.key.ordinal < two.key.ordinal
            assert plan.year.week_of(one.date) < plan.year.week_of(two.date)
