"""Which events' cards are wanted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from csweek.cli.sources import find
from csweek.errors import UsageError
from csweek.model.basics import sunday_of
from csweek.model.plan import Directory, Event, Plan
from csweek.names import safe_name
from csweek.render.cards.sources import has_card


class Wish(NamedTuple):
    """Which cards, as the options say it."""

    week: str | None = None
    day: date | None = None
    person: str | None = None
    team: str | None = None
    site: str | None = None
    owner: str | None = None
    action: str | None = None
    all_year: bool = False


class Chosen(NamedTuple):
    """Events that may have cards, and what to call them in a file's name and in a sentence."""

    name: str
    said: str
    events: Sequence[Event]
    first: date
    last: date
    names: tuple[str, ...] = ()
    """Whom or what they are kept to: persons, teams, sites, actions."""
    person: str | None = None
    """The id of the one person whose cards they are."""
    all_year: bool = False
    coming: date | None = None
    """The day of the first card after them."""


class _Kept(NamedTuple):
    """What a wish keeps of the events: its name in files, to people and in a sentence; each event or None."""

    name: str
    called: str
    said: str
    keep: Callable[[Event], Event | None]


def choose(plan: Plan, directory: Directory, today: date, wish: Wish) -> Chosen:
    """Return the events whose cards are wanted, with those recipients alone who are.

    Raises UsageError for a person, team, site, action, week or day that is not known.
    """
    _refuse_two(wish, ("week", "day", "all_year"))
    _refuse_two(wish, ("person", "team", "site"))
    kept = list(_kept(plan, directory, wish))
    name, period, first, last = _period(plan, today, wish)
    events = tuple(_only((one for one in plan.live if first <= one.date <= last), kept))
    whole = "-".join([name, *(safe_name(one.name) for one in kept)])
    said = "".join(one.said for one in kept)
    person = kept[0].name if wish.person is not None else None
    called = tuple(one.called for one in kept)
    later = _only((one for one in plan.live if one.date > last and has_card(one)), kept)
    coming = next((one.date for one in later), None)
    return Chosen(whole, f"{said} {period}", events, first, last, called, person, wish.all_year, coming)


def _refuse_two(wish: Wish, names: Iterable[str]) -> None:
    given = [f"--{name.replace('_', '-')}" for name in names if getattr(wish, name) not in {None, False}]
    if len(given) > 1:
        raise UsageError(f"{given[0]} and {given[1]} exclude each other", "take one of them")


def _kept(plan: Plan, directory: Directory, wish: Wish) -> Iterator[_Kept]:
    if wish.person is not None:
        one = find.person(wish.person, directory)
        yield _Kept(one.id, one.name, f" for {one.name}", _reaching({one.id}, directory))
    if wish.team is not None:
        team = find.team(wish.team, directory)
        members = {one.id for one in directory.persons.values() if one.team == team}
        yield _Kept(team, team, f" for {team}", _reaching(members, directory))
    if wish.site is not None:
        site = find.named("site", wish.site, directory.sites)
        here = {one.id for one in directory.persons.values() if one.site == site}
        yield _Kept(site, site, f" for {site}", _reaching(here, directory))
    if wish.owner is not None:
        owner = find.person(wish.owner, directory)
        said = f" from {owner.name}"
        yield _Kept(owner.id, owner.name, said, lambda event: event if event.owner == owner.id else None)
    if wish.action is not None:
        action = find.named("action", wish.action, dict.fromkeys(event.action for event in plan.events))
        yield _Kept(action, action, f" of {action}", lambda event: event if event.action == action else None)


def _period(plan: Plan, today: date, wish: Wish) -> tuple[str, str, date, date]:
    """Return a stretch of the year: its name, how it is said, its first and last day."""
    year = plan.year
    if wish.all_year:
        return year.label, f"in {year.label}", year.first, year.last
    if wish.day is not None:
        return wish.day.isoformat(), f"on {wish.day.isoformat()}", wish.day, wish.day
    narrowed = any(value is not None for value in (wish.person, wish.team))
    if wish.week is None and narrowed:
        return f"{year.label}-ahead", f"in {year.label} from today on", max(today, year.first), year.last
    monday = find.week(wish.week, year, today)
    return f"{monday:%G-W%V}", f"in week {monday.isocalendar().week}", monday, sunday_of(monday)


def _only(events: Iterable[Event], kept: Sequence[_Kept]) -> Iterator[Event]:
    """Yield what all of them keep of the events."""
    for event in events:
        found: Event | None = event
        for one in kept:
            found = one.keep(found) if found is not None else None
        if found is not None:
            yield found


def _reaching(wanted: Iterable[str], directory: Directory) -> Callable[[Event], Event | None]:
    """Return what keeps of an event that it reaches these people, for them alone."""
    ids = frozenset(wanted)

    def keep(event: Event) -> Event | None:
        reached = event.addressed(directory.persons.values())
        here = tuple(one for one in reached if one in ids)
        return replace(event, recipients=here) if here else None

    return keep
