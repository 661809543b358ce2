"""Which events' cards are wanted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from csweek.cli import find
from csweek.errors import UsageError
from csweek.model.plan import Directory, Event, Plan
from csweek.names import safe_name


class Wish(NamedTuple):
    """Which cards, as the options say it."""

    week: str | None = None
    person: str | None = None
    team: str | None = None
    all_year: bool = False


class Chosen(NamedTuple):
    """Events that may have cards, and what to call them in a file's name and in a sentence."""

    name: str
    said: str
    events: Sequence[Event]
    person: str | None = None
    """The id of the one person whose cards they are."""
    all_year: bool = False


def choose(plan: Plan, directory: Directory, today: date, wish: Wish) -> Chosen:
    """Return the events whose cards are wanted, with those recipients alone who are.

    Raises UsageError for a person, a team or a week that is not known.
    """
    if wish.week is not None and wish.all_year:
        raise UsageError("--week and --all-year exclude each other", "take one of them")
    if wish.person is not None and wish.team is not None:
        raise UsageError("--person and --team exclude each other", "take one of them")
    whose, said, events, person = "", "", plan.live, None
    if wish.person is not None:
        one = find.person(wish.person, directory)
        whose, said, person = one.id, f" for {one.name}", one.id
        events = tuple(_only(events, frozenset({one.id}), directory))
    elif wish.team is not None:
        team = find.team(wish.team, directory)
        members = frozenset(one.id for one in directory.persons.values() if one.team == team)
        whose, said = team, f" for {team}"
        events = tuple(_only(events, members, directory))
    name, period, first, last = _period(plan, today, wish)
    within = [event for event in events if first <= event.date <= last]
    name = f"{name}-{safe_name(whose)}" if whose else name
    return Chosen(name, f"{said} {period}", within, person, wish.all_year)


def _period(plan: Plan, today: date, wish: Wish) -> tuple[str, str, date, date]:
    """Return a stretch of the year: its name, how it is said, its first and last day."""
    year = plan.year
    if wish.all_year:
        return year.label, f"in {year.label}", year.first, year.last
    if wish.week is None and (wish.person is not None or wish.team is not None):
        return f"{year.label}-ahead", f"in {year.label} from today on", max(today, year.first), year.last
    monday = find.week(wish.week, year, today)
    return f"{monday:%G-W%V}", f"in week {monday.isocalendar().week}", monday, monday + timedelta(days=6)


def _only(events: Iterable[Event], wanted: frozenset[str], directory: Directory) -> Iterator[Event]:
    """Yield the events that reach these people, for them alone."""
    for event in events:
        reached = event.addressed(directory.persons.values())
        if here := tuple(one for one in reached if one in wanted):
            yield replace(event, recipients=here)
