"""What one call of csweek was told for all its commands, and whether it had to warn."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import click

from csweek.cli.terminal.streams import tell
from csweek.errors import Problem
from csweek.render.screen.text import clean, many


class Session:
    """Where to work and how to answer."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        """Given with ``-C``; None: the current folder."""
        self.day: date | None = None
        """Given with ``--today``; None: the machine's local date."""
        self.year: str | None = None
        self.week: str | None = None
        """Given with ``--week``; one that names its year, like 2027-W50, is looked for in that year."""
        self.json = False
        self.strict = False
        self.warned = False
        """Whether there was a warning: the one thing that commands change."""

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
    where = click.style(f"{clean(str(problem.place))}: ", bold=True) if _theirs(problem) else ""
    severity = click.style(f"{problem.severity}:", fg="red" if problem.is_error else "magenta", bold=True)
    hint = f"\n  {click.style('hint:', fg='cyan')} {clean(problem.hint)}" if problem.hint else ""
    lines = "".join(f"\n    {clean(line)}" for line in problem.lines)
    return f"{where}{severity} {clean(problem.message)}{hint}{lines}"


def _theirs(problem: Problem) -> bool:
    """Whether a problem has a place that its reader can mend; a warning in a bundled theme has none."""
    if problem.place is None or problem.is_error:
        return problem.place is not None
    from csweek.bundled import bundled

    return not Path(problem.place.file).resolve().is_relative_to(bundled("themes").resolve())


def counted(problems: Iterable[Problem]) -> str:
    """Return how many errors and warnings there are."""
    kinds = [problem.is_error for problem in problems]
    errors, warnings = kinds.count(True), kinds.count(False)
    told = [many(errors, "error")] if errors or not warnings else []
    return ", ".join((*told, many(warnings, "warning")) if warnings else told)


def as_json(problem: Problem) -> dict[str, object]:
    """Return a problem for a program."""
    place = problem.place
    return {
        "file": place.file if place else None,
        "line": place.line or None if place else None,
        "column": place.column or None if place else None,
        "severity": problem.severity,
        "message": problem.message,
        "hint": "\n".join((problem.hint or "", *problem.lines)) or None,
    }
