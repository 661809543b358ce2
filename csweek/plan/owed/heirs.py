"""Managers who leave: who has their people from then on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from csweek.errors import Problem, Severity
from csweek.model.basics import Span
from csweek.model.people import People, Person
from csweek.plan.when.days import Days, spans

Charges = Mapping[str, Sequence[tuple[str, int]]]
"""For each manager who leaves: who is in charge of their people one after the other, and on which days."""
ONE_DAY = timedelta(days=1)


def charges(people: People, days: Days) -> Charges:
    """Return who is in charge after each manager who leaves before the year is over.

    From the day after the last one it is the next manager above who is still there; then nobody.
    """
    year = days.year
    leaving = (manager for manager in people.reports if _last(people.persons[manager]) < year.last)
    return {manager: tuple(_one_after_the_other(manager, people, days)) for manager in leaving}


def _last(person: Person) -> date:
    return person.end_date or date.max


def _one_after_the_other(manager: str, people: People, days: Days) -> Iterator[tuple[str, int]]:
    first, current = days.year.first, manager
    while first <= days.year.last:
        last = min(_last(people.persons[current]), days.year.last)
        if first <= last:
            yield current, spans([Span(first, last)], days.year)
        first = max(first, last + ONE_DAY)
        above = (one for one in people.managers_of(current) if people.persons[one].employed(first))
        current = next(above, "")
        if not current:
            return


def told(known: Charges, people: People, today: date) -> tuple[Problem, ...]:
    """Return a word on each manager whose people have to be given another one, by then or already."""
    return tuple(
        _told(manager, known[manager], people, today) for manager in known if people.reports[manager]
    )


def _told(manager: str, charge: Sequence[tuple[str, int]], people: People, today: date) -> Problem:
    known = people.persons[manager]
    last = _last(known)
    leaves = "left" if last < today else "leaves"
    number = len(people.reports[manager])
    whose = "1 person" if number == 1 else f"{number} people"
    heir = next((owner for owner, _ in charge if owner != manager), None)
    then = f"{people.persons[heir].name}, the manager above, holds" if heir else "organisers hold"
    return Problem(
        known.place,
        f"{known.name} {leaves} on {last.isoformat()} as the manager of {whose}: "
        f"{then} their events from then on",
        "give them another manager in the people file",
        Severity.WARNING,
    )
