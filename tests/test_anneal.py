"""Weeks are levelled at random where no path leads: their numbers may be so, gaps and what stays are kept."""

from collections import Counter
from itertools import accumulate
from random import Random

import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from test_level import WEEKS, everyone, gap, round_of

from csweek.plan.search import anneal
from csweek.plan.search.anneal import LOOKS, PROPOSALS, annealed
from csweek.plan.search.rounds import Round
from csweek.plan.search.settle import Settled, narrower
from csweek.plan.search.weeks import level, narrowed


def share_of(rounds: list[Round]) -> list[float]:
    return [sum(one.touches for one in rounds) / WEEKS] * WEEKS


@settings(max_examples=4, derandomize=True, deadline=None)
@given(everyone())
def test_gaps_and_what_stays_are_kept_and_the_numbers_are_those_of_the_weeks(rounds: list[Round]) -> None:
    laid = [one for one in rounds if one.lay(WEEKS)]
    before = [(one.touches, set(one.still), one.widest) for one in laid]
    share = share_of(laid)
    *_, numbers = annealed(laid, share, 0.99)
    for one, (touches, still, widest) in zip(laid, before, strict=True):
        assert len(set(one.at)) == touches
        assert still <= set(one.at)
        assert gap(one) <= widest
    had = Counter(week for one in laid for week in one.held)
    assert list(numbers) == [had[week] for week in range(WEEKS)]


def test_numbers_and_sums_become_as_near_as_asked() -> None:
    rounds = crowd()
    assert all(one.lay(1.4) for one in rounds)
    share = share_of(rounds)
    *_, numbers = annealed(rounds, share, 0.8)
    assert all(abs(n - s) <= 0.8 + 1e-6 for n, s in zip(numbers, share, strict=True))
    sums = zip(accumulate(numbers), accumulate(share), strict=True)
    assert all(abs(n - s) < 1 for n, s in sums)


def test_a_search_without_hope_is_given_up_early(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = crowd()
    assert all(one.lay(WEEKS) for one in rounds)
    touches = sum(one.touches for one in rounds)
    drawn = list[float]()

    class Counted(Random):
        def random(self) -> float:
            drawn.append(super().random())
            return drawn[-1]

    monkeypatch.setattr(anneal, "Random", Counted)
    # Everything in one week: nobody may have more than one touch there.
    assert len([*annealed(rounds, [touches, *[0] * (WEEKS - 1)], 0.99)]) == 1
    assert 0 < len(drawn) <= 3 * PROPOSALS * touches / LOOKS


def crowd() -> list[Round]:
    """Return people whose narrowest gaps leave little room, all with the same ideal weeks."""
    return [round_of(touches) for touches in (6, 7, 8, 9, 10) for _ in range(3)]


def test_a_long_search_finds_narrower_gaps_than_paths_do() -> None:
    quick, patient = crowd(), crowd()
    share = share_of(quick)
    assert not level(quick, share).narrowest
    assert level(quick, share).numbers
    assert narrowed(patient, level(patient, share))
    assert max(one.step(gap(one)) for one in patient) < max(one.step(gap(one)) for one in quick)


def test_a_long_search_is_told_only_where_it_found_something() -> None:
    rounds = crowd()
    share = share_of(rounds)
    found = level(rounds, share)
    widest = max(one.step(gap(one)) for one in rounds)
    laid = narrower(Settled(rounds=rounds, level=found))
    assert laid
    fresh = crowd()
    for one, places in zip(fresh, laid.places, strict=True):
        one.lay_as(places)
    assert max(one.step(gap(one)) for one in fresh) < widest
    had = Counter(week for one in fresh for week in one.held)
    assert list(laid.numbers) == [had[week] for week in range(WEEKS)]
    hopeless = replace(found, tried=[one._replace(widths=[1.0, one.widths[-1]]) for one in found.tried])
    assert narrower(Settled(rounds=rounds, level=hopeless)) is None


def test_it_does_the_same_every_time() -> None:
    one, two = crowd(), crowd()
    for rounds in (one, two):
        assert all(each.lay(1.4) for each in rounds)
        assert [*annealed(rounds, share_of(rounds), 0.99)]
    assert [each.at for each in one] == [each.at for each in two]
