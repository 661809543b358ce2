"""Which announcements are wanted, as the options say it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from csweek.cli.sources import find
from csweek.cli.sources.desk import Desk
from csweek.cli.terminal.session import session
from csweek.errors import Problem, UsageError
from csweek.model.basics import Visibility
from csweek.model.plan import Event
from csweek.names import guessed
from csweek.read.languages import code
from csweek.render.announcements.documents import CHANNELS, Channel
from csweek.render.announcements.faults import Faults
from csweek.render.announcements.invitation import is_talk
from csweek.render.announcements.kinds import KINDS, Ask, Kind
from csweek.render.announcements.newsroom import languages
from csweek.render.announcements.seasons import of_day, of_year
from csweek.store import Wanted

WEEKLY = "weekly"
OUTLOOK = "eml opens in Outlook as a draft; html is to be copied into a new mail"


class Wish(NamedTuple):
    """What is wanted, as the options say it."""

    kinds: tuple[str, ...] = ()
    week: str | None = None
    day: date | None = None
    event: str | None = None
    all_year: bool = False
    teams: tuple[str, ...] = ()
    all_teams: bool = False
    locale: str | None = None
    channels: tuple[str, ...] = ()
    owner: str | None = None


class Chosen(NamedTuple):
    """Kinds with what is asked of each, the channels, and what was wrong with the wish."""

    turns: Sequence[tuple[Kind, Ask]]
    channels: Sequence[Channel]
    faults: Faults
    locale: str | None
    named: bool
    """Whether the kinds were named for one day, so that what one lacks is an error."""
    ask: Ask


def choose(at: Desk, wish: Wish) -> Chosen:
    """Return what is wanted. Raises UsageError for what cannot be meant."""
    given = [name for name in ("week", "day", "event", "all_year") if getattr(wish, name)]
    if len(given) > 1:
        first, second = (f"--{name.replace('_', '-')}" for name in given[:2])
        raise UsageError(f"{first} and {second} exclude each other", "take one of them")
    if wish.teams and wish.all_teams:
        raise UsageError("--team and --all-teams exclude each other", "take one of them")
    faults = Faults()
    owner = find.person(wish.owner, at.directory).id if wish.owner else None
    event = None if wish.event is None else _event(at, wish.event)
    day = event.date if event else _day(at, wish)
    ask = Ask(day, _teams(at, wish, event), event, owner)
    asked = " ".join(wish.kinds)
    if week := asked if re.fullmatch(r"\d\d?", asked) else find.weeks_meant(asked):
        raise UsageError(f"there is no announcement {asked!r}", f"take --week {week} for the note of a week")
    kinds = [_kind(name) for name in dict.fromkeys(wish.kinds)]
    turns = tuple(_turns(at, wish, kinds, ask))
    return Chosen(
        turns,
        tuple(_channels(wish.channels, faults)),
        faults,
        wish.locale,
        bool(kinds) and not wish.all_year,
        ask,
    )


def _turns(at: Desk, wish: Wish, kinds: Sequence[Kind], ask: Ask) -> Iterator[tuple[Kind, Ask]]:
    if wish.all_year:
        wanted = {kind.id for kind in kinds} or set(KINDS)
        yield from (
            (KINDS[kind], ask._replace(day=day)) for kind, day in of_year(at.outline.year) if kind in wanted
        )
    elif kinds:
        yield from ((kind, ask) for kind in kinds)
    elif ask.event:
        yield KINDS["invitation" if is_talk(ask.event) else "event"], ask
    elif wish.day:
        yield from ((KINDS[kind], ask) for kind in of_day(ask.day))
    else:
        yield KINDS[WEEKLY], ask


def _kind(name: str) -> Kind:
    if name in KINDS:
        return KINDS[name]
    hint = guessed(name, KINDS, f"there is {', '.join(KINDS)}")
    raise UsageError(f"there is no announcement {name!r}", hint)


def _day(at: Desk, wish: Wish) -> date:
    today = session().today
    return wish.day or (find.week(wish.week, at.outline.year, today) if wish.week else today)


def _event(at: Desk, words: str) -> Event:
    ident = find.event(words)
    found = next((event for event in at.find(Wanted(id=ident)) if event.live), None)
    if found is None:
        raise UsageError(f"there is no event {ident!r} that stands", "csweek show week names the events")
    if found.secret_from(at.organisers):
        raise UsageError([find.surprise(found.id)])
    return found


def _teams(at: Desk, wish: Wish, event: Event | None) -> tuple[str, ...]:
    """Return the teams that are to read it; what a team alone may know of is for that team."""
    if wish.all_teams:
        return tuple(at.inputs.people.teams)
    if event is not None and event.visibility is Visibility.TEAM and not (wish.teams or is_talk(event)):
        return event.concerns(at.inputs.people)
    return tuple(dict.fromkeys(find.team(team, at.directory) for team in wish.teams))


def _channels(names: Iterable[str], faults: Faults) -> Iterator[Channel]:
    for name in dict.fromkeys(names):
        if name in CHANNELS:
            yield CHANNELS[name]
        else:
            hint = OUTLOOK if "outlook" in name.casefold() else ""
            hint = hint or guessed(name, CHANNELS, f"there is {', '.join(CHANNELS)}")
            faults.add(Problem(None, f"there is no channel {name!r}", hint))


def in_one_language(at: Desk, chosen: Chosen) -> Chosen:
    """Return what is wanted in the language that was asked for, if one was. Raises UsageError."""
    if chosen.locale is None:
        return chosen
    locale = language(at, chosen.locale)
    turns = tuple((kind, ask._replace(locale=locale)) for kind, ask in chosen.turns)
    return chosen._replace(turns=turns, ask=chosen.ask._replace(locale=locale))


def language(at: Desk, asked: str | None) -> str:
    """Return the language of a note: the one asked for, else the organisation's.

    Raises UsageError for one that nobody reads.
    """
    if asked is None:
        return at.inputs.locale
    known = {one.casefold(): one for one in languages(at.inputs)}
    found = known.get(asked.casefold()) or known.get(code(asked) or "")
    if found is None:
        raise UsageError(f"nobody here reads {asked!r}", f"there are {', '.join(known.values())}")
    return found
