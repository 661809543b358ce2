"""What the years before leave to the one that is planned: who met whom, last thanks, ideas that were used."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from csweek.model.basics import Year
from csweek.model.inputs import Inputs
from csweek.model.people import Person

WEEK = timedelta(weeks=1)


class Meeting(NamedTuple):
    """A leader who met somebody in a small group."""

    action: str
    leader: str
    person: str


class Earlier:
    """The years before; each part is looked up when it is first needed."""

    def __init__(
        self,
        meetings: Callable[[], Iterable[Meeting]] = tuple,
        last: Callable[[], Mapping[str, date]] = dict,
        ideas: Callable[[], Mapping[str, Mapping[str, date]]] = dict,
    ) -> None:
        """``last``: the day of everyone's last thanks; ``ideas``: when each subject last had which."""
        self._meetings, self._last, self._ideas = meetings, last, ideas

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """Who met whom."""
        return tuple(self._meetings())

    @cached_property
    def ideas(self) -> Mapping[str, Mapping[str, date]]:
        """When each subject last had which idea."""
        return self._ideas()

    @cached_property
    def _last_thanks(self) -> Mapping[str, date]:
        return self._last()

    def weeks_since(self, inputs: Inputs, year: Year) -> Mapping[str, int]:
        """Return for how many weeks in which they were there people wait for thanks when the year begins."""
        persons = inputs.people.persons
        return {
            person: _weeks(persons[person], last, year.first)
            for person, last in self._last_thanks.items()
            if person in persons
        }


def _weeks(person: Person, last: date, first: date) -> int:
    """Return how many weeks later the first week comes than that of a day, those on leave left out."""
    monday = last - timedelta(days=last.weekday())
    found = 1
    while monday + WEEK < first:
        monday += WEEK
        friday = monday + timedelta(days=4)
        found += not any(span.first <= monday and friday <= span.last for span in person.leave)
    return found
