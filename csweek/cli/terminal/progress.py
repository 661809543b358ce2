"""A sign of life on a terminal for what takes longer than a moment."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 0.7
"""Seconds without a sign."""


@contextmanager
def working(text: str) -> Iterator[None]:
    """Say on standard error what is being done and for how long, once that is more than a moment."""
    if not sys.stderr.isatty():
        yield
        return
    timer = Timer(PATIENCE, _show, [text])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        while _spinners:
            _spinners.pop().stop()


@contextmanager
def counting(text: str, total: int) -> Iterator[Callable[[int], None]]:
    """Give what hears how many more are done; say so with an estimate once that takes a moment.

    What ``working`` says gives way to it meanwhile: two would write over each other.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    task = progress.add_task(text, total=total)
    begun = monotonic()

    def told(more: int) -> None:
        if monotonic() - begun > PATIENCE and not _counts:
            _counts.append(progress)
            for spinner in _spinners:
                spinner.stop()
            progress.start()
        progress.update(task, advance=more)

    try:
        yield told
    finally:
        progress.stop()
        _counts.clear()
        for spinner in _spinners:
            spinner.start()


_spinners: "list[Progress]" = []
_counts: "list[Progress]" = []
"""What is shown on the terminal now."""


def _show(text: str) -> None:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description} …"), TimeElapsedColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    progress.add_task(text, total=None)
    _spinners.append(progress)
    if not _counts:
        progress.start()
