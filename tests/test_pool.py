"""Processes that share work: each test starts some, which takes a second."""

import os
import time
from collections.abc import Callable, Iterator

import pytest

from csweek.render.pool import StoppedError, Terms, shared

pytestmark = pytest.mark.slow


def squares() -> Callable[[int], int]:
    def work(number: int) -> int:
        time.sleep(0.05 * (number % 3))
        return number * number

    return work


def dying() -> Callable[[int], int]:
    return lambda number: os._exit(1) if number == 2 else number


def hanging() -> Callable[[int], int]:
    def work(number: int) -> int:
        time.sleep(60 * (number == 2))
        return number

    return work


def test_results_come_in_the_order_of_the_work_and_few_pieces_wait() -> None:
    taken: list[int] = []

    def pieces() -> Iterator[int]:
        for number in range(20):
            taken.append(number)
            yield number

    made = shared(pieces(), squares, Terms(2))
    assert [next(made), next(made)] == [0, 1]
    assert len(taken) <= 6
    assert list(made) == [number * number for number in range(2, 20)]


@pytest.mark.parametrize(("begin", "late"), [(dying, False), (hanging, True)])
def test_a_process_that_dies_or_hangs_is_told_by_its_piece(
    begin: Callable[[], Callable[[int], int]], *, late: bool
) -> None:
    begun = time.monotonic()
    with pytest.raises(StoppedError) as caught:
        list(shared([1, 2, 3], begin, Terms(1, patience=10.0)))
    assert (caught.value.piece, caught.value.late) == (2, late)
    assert time.monotonic() - begun < 40


def test_a_process_that_dies_while_results_are_used_is_told_all_the_same() -> None:
    made = shared(range(1, 10), dying, Terms(1))
    assert next(made) == 1
    time.sleep(1)
    with pytest.raises(StoppedError) as caught:
        list(made)
    assert caught.value.piece == 2
