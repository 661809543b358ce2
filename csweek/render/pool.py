"""Work that several processes share: its results come in its order, and a process that hangs is ended."""

import multiprocessing
import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Thread
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")
R = TypeVar("R")


MOST = 61
"""Processes that Windows can wait for."""


class Terms(NamedTuple):
    """How many processes work, for how many seconds on one piece, each with how many bytes of memory."""

    workers: int
    patience: float | None = None
    memory: int | None = None


class StoppedError(Exception, Generic[T]):
    """A process did not give a piece back: it took too long, or it died."""

    def __init__(self, piece: T, *, late: bool) -> None:
        super().__init__(piece)
        self.piece, self.late = piece, late


def processors() -> int:
    """Return how many processes can work at once on this machine."""
    return min(os.cpu_count() or 1, MOST)


def shared(pieces: Iterable[T], begin: Callable[[], Callable[[T], R]], terms: Terms) -> Iterator[R]:
    """Yield what becomes of the pieces; ``begin``, which is sent to each process, gives what works there.

    Raises StoppedError.
    """
    context = multiprocessing.get_context("spawn")
    with (
        tempfile.TemporaryDirectory(prefix="csweek-") as folder,
        ProcessPoolExecutor(terms.workers, context, _begin, (begin, folder, terms.memory)) as pool,
    ):
        try:
            yield from _in_turn(pool, pieces, 2 * terms.workers, terms.patience)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            _end()
            raise


def _in_turn(
    pool: ProcessPoolExecutor, pieces: Iterable[T], most: int, patience: float | None
) -> Iterator[Any]:
    """Yield the results in their order; few wait at a time, so that memory does not grow with them."""
    waiting: deque[tuple[T, Future[Any]]] = deque()
    for piece in pieces:
        waiting.append((piece, _submitted(pool, piece)))
        if len(waiting) >= most:
            yield _result(*waiting.popleft(), patience)
    while waiting:
        made = _result(*waiting.popleft(), patience)
        if not waiting:
            pool.shutdown()  # what is done with the results next needs the memory
        yield made


def _submitted(pool: ProcessPoolExecutor, piece: object) -> "Future[Any]":
    """Return what becomes of a piece; where a process has died, that, after what was made before it died."""
    try:
        return pool.submit(_work, piece)
    except BrokenProcessPool as broken:
        future: Future[Any] = Future()
        future.set_exception(broken)
        return future


def _result(piece: T, future: "Future[R]", patience: float | None) -> R:
    try:
        return future.result(patience)
    except TimeoutError:
        raise StoppedError(piece, late=True) from None
    except BrokenProcessPool:
        raise StoppedError(piece, late=False) from None


def _end() -> None:
    """End the processes of the pool, whatever they are at."""
    for process in multiprocessing.active_children():
        process.kill()


_bench: list[Callable[[Any], Any]] = []
"""In a process of the pool: what works there, set up once."""


def _begin(begin: Callable[[], Callable[[T], R]], folder: str, memory: int | None) -> None:
    tempfile.tempdir = folder  # processes of a pool do not clean up after themselves
    Thread(target=_end_with_parent, daemon=True).start()
    if memory is not None:
        _limit_memory(memory)
    _bench.append(begin())


def _end_with_parent() -> None:
    """End this process once the one that it works for is gone, which cannot say so when it is killed."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _limit_memory(most: int) -> None:
    try:
        import resource  # noqa: PLC0415 - missing on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _work(piece: object) -> object:
    return _bench[0](piece)
