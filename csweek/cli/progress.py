"""A sign of life on a terminal for what takes longer than a moment."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

import click

PATIENCE = 0.7
"""Seconds without a sign."""
WIDTH = 60


@contextmanager
def working(text: str) -> Iterator[None]:
    """Say on standard error what is being done, with the seconds, while it takes longer than a moment."""
    if not sys.stderr.isatty():
        yield
        return
    done = Event()
    teller = Thread(target=_tell, args=(text, done), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell(text: str, done: Event) -> None:
    start, told = monotonic(), False
    while not done.wait(PATIENCE):
        told = True
        click.echo(f"\r{text} … {monotonic() - start:.0f} s".ljust(WIDTH), err=True, nl=False)
    if told:
        click.echo("\r" + " " * WIDTH + "\r", err=True, nl=False)
