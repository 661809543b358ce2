"""What can be wrong with what a user wrote, as values; and the few errors that end a command."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from csweek.model.basics import Place


class Severity(StrEnum):
    """An error stops the command; a warning is told and the command goes on (unless ``--strict``)."""

    ERROR = "error"
    WARNING = "warning"


class Problem(Struct, frozen=True):
    """One thing that is wrong: where it stands, what it is, and what to type next."""

    place: Place | None
    message: str
    hint: str | None = None
    severity: Severity = Severity.ERROR
    lines: tuple[str, ...] = ()
    """What the hint says to type into a file, line by line."""

    def __str__(self) -> str:
        """``file:line:column: error: message``, the hint on lines of its own."""
        where = f"{self.place}: " if self.place else ""
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        lines = "".join(f"\n    {line}" for line in self.lines)
        return f"{where}{self.severity}: {self.message}{hint}{lines}"

    @property
    def is_error(self) -> bool:
        """Whether this stops the command."""
        return self.severity is Severity.ERROR


class CsweekError(Exception):
    """A fault outside csweek's own code, told to the user as a list of problems and an exit code."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem] | str, hint: str | None = None) -> None:
        given = [Problem(None, problems, hint)] if isinstance(problems, str) else problems
        self.problems = tuple(given)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[object, ...]:
        """Come out of another process with its problems."""
        return type(self), (self.problems,)


class InputError(CsweekError):
    """The user's files do not hold together."""


class UsageError(CsweekError):
    """The command cannot mean this: an unknown name, two options that exclude each other."""

    exit_code = 2


class StoreError(CsweekError):
    """The state file cannot be opened, is busy, or was made by a newer csweek."""


class OutputError(CsweekError):
    """A file cannot be written, or a document cannot be made."""
