"""What one call of csweek was told for all its commands, and whether it had to warn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from csweek.cli.streams import tell
from csweek.errors import Problem


@dataclass
class Session:
    """Where to work, how to answer; ``warned`` is the one thing that grows."""

    folder: Path | None = None
    """Given with ``-C``; None: the current folder."""
    day: date | None = None
    """Given with ``--today``; None: the machine's local date."""
    year: str | None = None
    json: bool = False
    strict: bool = False
    warned: bool = False

    @property
    def today(self) -> date:
        """The day that counts as today."""
        return self.day or datetime.now().astimezone().date()

    def warn(self, problems: Iterable[Problem]) -> None:
        """Tell warnings on standard error and remember that there were some."""
        for problem in problems:
            self.warned = True
            tell(painted(problem))


def session() -> Session:
    """Return the session of the running command."""
    return click.get_current_context().ensure_object(Session)


def painted(problem: Problem) -> str:
    """Return ``file:line:column: error: text`` and its hint, with the severity in colour."""
    where = click.style(f"{problem.place}: ", bold=True) if problem.place else ""
    severity = click.style(f"{problem.severity}:", fg="red" if problem.is_error else "yellow", bold=True)
    hint = f"\n  {click.style('hint:', fg='cyan')} {problem.hint}" if problem.hint else ""
    return f"{where}{severity} {problem.message}{hint}"


def as_json(problem: Problem) -> dict[str, object]:
    """Return a problem for a program."""
    place = problem.place
    return {
        "file": place.file if place else None,
        "line": place.line or None if place else None,
        "column": place.column or None if place else None,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
    }
