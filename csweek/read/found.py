"""Problems as they are met in a file, the many of one kind told as one."""

from collections.abc import Iterable, Sequence

from csweek.errors import Problem
from csweek.read.source import Problems

SHOWN = 5
"""Problems of one kind in one column that are shown one by one."""


class Found:
    """Problems in the order in which they were met, the many of one kind told as one."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._many: dict[tuple[str, str], list[Problem]] = {}

    def add(self, problem: Problem, kind: str = "") -> None:
        """Keep a problem; those of one kind in one file are cut short."""
        if not kind or problem.place is None:
            self._problems.append(problem)
        else:
            self._many.setdefault((problem.place.file, kind), []).append(problem)

    def all(self) -> Problems:
        """Return what was found."""
        shown = [one for many in self._many.values() for one in cut(many)]
        return (*self._problems, *shown)


def cut(many: Sequence[Problem]) -> Iterable[Problem]:
    """Yield the first of many problems of one kind, and how many more there are."""
    yield from many[:SHOWN]
    if len(many) > SHOWN:
        last = many[SHOWN]
        rest = len(many) - SHOWN
        message = f"{rest} more like the {SHOWN} above, from here on" if rest > 1 else last.message
        yield Problem(last.place, message, last.hint, last.severity)
