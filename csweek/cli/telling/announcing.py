"""Which announcements are wanted, and making them: what fails is told once, the rest is done."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple

from csweek import folder
from csweek.cli.sources import find
from csweek.cli.sources.desk import Desk, put
from csweek.cli.sources.saved import Saved
from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import columns, give_json, say, tell
from csweek.errors import CsweekError, Problem, UsageError
from csweek.model.basics import Visibility, monday_of, sunday_of
from csweek.model.plan import Document, Event
from csweek.names import guessed
from csweek.render.announcements.announcement import Announcement
from csweek.render.announcements.crew import crewed
from csweek.render.announcements.diary import Diary, Planned
from csweek.render.announcements.documents import CHANNELS, Channel
from csweek.render.announcements.faults import Faults
from csweek.render.announcements.invitation import is_talk
from csweek.render.announcements.kinds import KINDS, Ask, Kind, announcements, offers
from csweek.render.announcements.newsroom import Newsroom, languages
from csweek.render.announcements.press import Press
from csweek.render.announcements.scorecard import one_sided
from csweek.render.announcements.seasons import of_day, of_year
from csweek.render.announcements.untold import untold
from csweek.render.recipients import left_out, secret_from
from csweek.render.screen.text import Ink, cells, ink, wrap
from csweek.render.templates import TemplateError
from csweek.store import Wanted

WEEKLY = "weekly"
PAPER = frozenset({"pdf"})
"""Channels that cannot be printed on a terminal."""
TEXTS = tuple(channel for channel in CHANNELS.values() if channel.id not in PAPER)
"""Channels that are written where none is named."""
OUTLOOK = "eml opens in Outlook as a draft; html is to be copied into a new mail"
NOTHING = "There is nothing to announce then."


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
    event = _event(at, wish)
    ask = Ask(_day(at, wish), _teams(at, wish, event), event, owner)
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
    if wish.event is not None:
        return _event_of(at, wish.event).date
    return wish.day or (find.week(wish.week, at.outline.year, today) if wish.week else today)


def _event(at: Desk, wish: Wish) -> Event | None:
    return None if wish.event is None else _event_of(at, wish.event)


def _event_of(at: Desk, words: str) -> Event:
    named = at.find(Wanted(id=words.strip().lower()))
    found = next((event for event in named if event.live), None)
    if found is None:
        raise UsageError(f"there is no event {words!r} that stands", "csweek show week names the events")
    if secret_from(found, at.organisers):
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


# --- what can be made ---------------------------------------------------------------------------------


def listing(at: Desk, chosen: Chosen) -> None:
    """Say which announcements can be made for the day that was asked for, and what the others lack."""
    room = newsroom(at)
    found = list(offers(room, chosen.ask))
    if session().json:
        give_json([{"kind": one.kind.id, "about": one.kind.about, "lacks": one.lacks} for one in found])
        return
    width = max(cells(one.kind.id) for one in found) + 2
    for one in found:
        about = one.kind.about + (" (private)" if one.kind.private else "")
        first, *more = wrap(about, columns() - width)
        say(f"{one.kind.id.ljust(width)}{first}")
        for line in more:
            say(f"{' ' * width}{line}")
        for line in wrap(f"lacks {one.lacks}", columns() - width) if one.lacks else ():
            say(f"{' ' * width}{ink(line, Ink.QUIET)}")


# --- making them --------------------------------------------------------------------------------------


def write(at: Desk, chosen: Chosen, *, dry_run: bool) -> None:
    """Write what is wanted in its channels, all but posters where none was named.

    Raises CsweekError, once all else is written, for what could not be.
    """
    room = newsroom(at)
    channels = chosen.channels or (() if chosen.faults else TEXTS)
    count = put(made(at, room, chosen, channels), at.out, dry_run=dry_run)
    finish(room, chosen)
    if not count:
        tell(NOTHING)


def print_(at: Desk, chosen: Chosen) -> None:
    """Print what is wanted, in one language, without the surprises that wait for an organiser.

    Raises CsweekError, once all else is printed, for what could not be.
    """
    room = newsroom(at, at.organisers)
    channels = chosen.channels or (() if chosen.faults else (CHANNELS["txt"],))
    if paper := [one.id for one in channels if one.id in PAPER]:
        raise UsageError(f"{paper[0]} is no text to print", "--out DIR writes it")
    locale = language(at, chosen.locale)
    ending = () if chosen.ask.teams else tuple(f"-{locale}{one.ending}" for one in channels)
    texts = [
        one
        for one in made(at, room, chosen, channels)
        if not one.name.startswith("share/") or one.name.endswith(ending or "")
    ]
    for one in texts:
        if len(texts) > 1:
            tell(f"--- {one.name.rpartition('/')[2]}")
        say(one.content.decode() if one is not texts[-1] else one.content.decode().rstrip("\n"))
    finish(room, chosen)
    if not texts:
        tell(NOTHING)


def in_one_language(at: Desk, chosen: Chosen) -> Chosen:
    """Return what is wanted in the language that was asked for, if one was. Raises UsageError."""
    if chosen.locale is None:
        return chosen
    locale = language(at, chosen.locale)
    turns = tuple((kind, ask._replace(locale=locale)) for kind, ask in chosen.turns)
    return chosen._replace(turns=turns, ask=chosen.ask._replace(locale=locale))


def made(at: Desk, room: Newsroom, chosen: Chosen, channels: Sequence[Channel]) -> Iterator[Document]:
    """Return the documents that are wanted, having told who is left out; what fails is noted."""
    turns = [(kind.id, ask) for kind, ask in wanted(at, room, chosen)]
    return crewed(turns, [channel.id for channel in channels], room, chosen.faults)


def announced(at: Desk, room: Newsroom, chosen: Chosen) -> Iterator[Announcement]:
    """Yield the announcements that are wanted, telling who was left out; what fails is noted."""
    press = Press(room.reader)
    for turn in wanted(at, room, chosen):
        yield from announcements(room, press, turn, chosen.faults)


def wanted(at: Desk, room: Newsroom, chosen: Chosen) -> Iterator[tuple[Kind, Ask]]:
    """Yield what is wanted and can be made, telling who was left out; what cannot is noted."""
    session().warn(_beforehand(at, chosen))
    for kind, ask in chosen.turns:
        if kind.id == "event" and ask.event and (why := untold(room, ask.event, ask.teams)):
            chosen.faults.add(why)
            continue
        lacks = _lacks(room, kind, ask) if chosen.named else None
        if lacks is not None:
            chosen.faults.add(Problem(None, f"{kind.id} cannot be made: it lacks {lacks}"))
            continue
        if kind.id == "scorecard":
            session().warn(one_sided(room, ask.day))
        yield kind, ask


def _lacks(room: Newsroom, kind: Kind, ask: Ask) -> str | None:
    try:
        return kind.lacks(room, ask)
    except TemplateError:  # told where it is made
        return None


def week(at: Desk, monday: date) -> Iterator[Document]:
    """Return the note of a week for everyone, in every channel."""
    ask = Ask(monday)
    chosen = Chosen(((KINDS[WEEKLY], ask),), (), Faults(), None, False, ask)
    return made(at, newsroom(at), chosen, TEXTS)


def _beforehand(at: Desk, chosen: Chosen) -> Iterator[Problem]:
    """Yield who is left out of the events, having said that a week lies outside the plan."""
    mondays = sorted({monday_of(ask.day) for _, ask in chosen.turns})
    if len(mondays) == 1 and any(kind.dated for kind, _ in chosen.turns):
        find.say_outside(at.outline.year, mondays[0], sunday_of(mondays[0]))
    private = any(kind.private for kind, _ in chosen.turns)
    weeks = (Wanted(one, sunday_of(one), named=True, open=not private) for one in mondays)
    yield from left_out((one for week in weeks for one in at.find(week) if one.live), at.inputs.people)


def finish(room: Newsroom, chosen: Chosen) -> None:
    """Raise CsweekError for all that went wrong or was missing."""
    problems = (*chosen.faults, *room.problems())
    if problems:
        raise CsweekError(problems)


def newsroom(at: Desk, readers: frozenset[str] = frozenset()) -> Newsroom:
    """Return what announcements of a plan are made from, without the surprises that wait for ``readers``."""
    reader = partial(folder.template, root=at.root)
    return Newsroom(at.outline, at.inputs, session().today, reader, _diary(at, readers))


def _diary(at: Desk, readers: frozenset[str]) -> Diary:
    if at.root is not None:
        return Saved(at.root, at.outline.year.label, at.outline.revision, session().today, readers)
    events = tuple(event for event in at.plan.events if not secret_from(event, readers))
    return Planned(replace(at.plan, events=events))


def language(at: Desk, asked: str | None) -> str:
    """Return the language of a note: the one asked for, else the organisation's.

    Raises UsageError for one that nobody reads.
    """
    known = {one.casefold(): one for one in languages(at.inputs)}
    if asked is not None and asked.casefold() not in known:
        raise UsageError(f"nobody here reads {asked!r}", f"there are {', '.join(known.values())}")
    return at.inputs.locale if asked is None else known[asked.casefold()]
