"""Questions on the terminal, asked again until the answer holds."""

from collections.abc import Callable
from typing import TypeVar

import click

from csweek.cli.terminal.session import painted
from csweek.cli.terminal.streams import tell
from csweek.errors import UsageError

T = TypeVar("T")


def asked(question: str, default: str | None, read: Callable[[str], T]) -> T:
    """Return what ``read`` makes of the answer; where it raises UsageError, that is told and asked again."""
    while True:
        text: str = click.prompt(question, default=default, err=True)
        try:
            return read(text.strip())
        except UsageError as error:
            for problem in error.problems:
                tell(painted(problem))


def agreed(question: str) -> bool:
    """Whether the answer is yes."""
    return asked(f"{question} (yes, no)", "no", _yes_or_no)


def _yes_or_no(text: str) -> bool:
    if text.casefold() not in {"y", "yes", "n", "no"}:
        raise UsageError(f"{text!r} is neither yes nor no", "write one of them")
    return text.casefold().startswith("y")
