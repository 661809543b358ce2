"""What went wrong on the way, each thing once."""

from collections.abc import Iterator

from csweek.errors import CsweekError, Problem


class Faults:
    """Problems in the order in which they were met."""

    def __init__(self) -> None:
        self._met: dict[Problem, None] = {}

    def __iter__(self) -> Iterator[Problem]:
        """Each problem once."""
        return iter(self._met)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._met)

    def add(self, fault: Problem | CsweekError) -> None:
        """Note a problem, or those of an error."""
        for problem in (fault,) if isinstance(fault, Problem) else fault.problems:
            self._met[problem] = None
