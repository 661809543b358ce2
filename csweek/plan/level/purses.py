"""In which weeks nobody has minutes left: who asks the same of the same people is passed by."""

from collections import defaultdict
from collections.abc import Container, Hashable, Mapping, Sequence

from csweek.plan.owed.acts import Act, Owed
from csweek.plan.placing.place import Placer


class Purses:
    """What is asked of whom, numbered: of the same all have minutes left in a week, or none.

    It holds while events are only placed: what is seen empty stays so.
    """

    def __init__(self, placer: Placer) -> None:
        self._placer = placer
        self._numbers: dict[Hashable, int] = {}
        self._asks: list[Sequence[Owed]] = []
        self._empty = tuple(defaultdict[int, set[int]](set) for _ in range(2))
        """By week the purses that were seen empty: of those asked first; of all who may."""

    def of(self, asks: Mapping[Act, Owed]) -> int:
        """Return the number of what one subject asks of whom: one event of each action."""
        who = frozenset((act, *map(id, self._placer.who(owed))) for act, owed in asks.items())
        number = self._numbers.setdefault(who, len(self._asks))
        if number == len(self._asks):
            self._asks.append(tuple(asks.values()))
        return number

    def empty(self, week: int) -> tuple[Container[int], Container[int]]:
        """Return the purses seen empty so far: of those asked first, and of all who may."""
        of_first, of_all = self._empty
        return of_first[week], of_all[week]

    def is_empty(self, purse: int, week: int, *, stand_in: bool) -> bool:
        """Whether nobody asked first, nor with ``stand_in`` anybody else, was seen to have minutes left."""
        return purse in self._empty[stand_in][week]

    def look(self, purse: int, week: int, *, stand_in: bool) -> None:
        """See whether anybody has minutes left."""
        has_minutes = self._placer.has_minutes
        if not any(has_minutes(owed, week, stand_in=stand_in) for owed in self._asks[purse]):
            self._empty[stand_in][week].add(purse)
