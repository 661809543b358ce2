"""Making announcements: what fails is told once, the rest is done."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from msgspec.structs import replace

from csweek import folder
from csweek.cli.sources import find
from csweek.cli.sources.desk import Desk, put
from csweek.cli.sources.saved import Saved
from csweek.cli.telling.choosing import WEEKLY, Chosen, language
from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import columns, give_json, say, tell
from csweek.errors import CsweekError, Problem, UsageError
from csweek.model.basics import monday_of, sunday_of
from csweek.model.plan import Document
from csweek.render.announcements.announcement import Announcement
from csweek.render.announcements.crew import crewed
from csweek.render.announcements.diary import Diary, Planned
from csweek.render.announcements.documents import CHANNELS, Channel
from csweek.render.announcements.faults import Faults
from csweek.render.announcements.kinds import KINDS, Ask, Kind, announcements, offers
from csweek.render.announcements.newsroom import Newsroom
from csweek.render.announcements.press import Press
from csweek.render.announcements.scorecard import one_sided
from csweek.render.announcements.untold import untold
from csweek.render.recipients import left_out
from csweek.render.screen.text import Ink, cells, ink, wrap
from csweek.render.templates import TemplateError
from csweek.store import Wanted

PAPER = frozenset({"pdf"})
"""Channels that cannot be printed on a terminal."""
TEXTS = tuple(channel for channel in CHANNELS.values() if channel.id not in PAPER)
"""Channels that are written where none is named."""
NOTHING = "There is nothing to announce then; --week N takes another week."


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
    # What everyone may read is made in every language of its readers; a team's and a private note in one.
    endings = "" if chosen.ask.teams else tuple(f"-{locale}{one.ending}" for one in channels)
    texts = [
        one
        for one in made(at, room, chosen, channels)
        if not one.name.startswith("share/") or one.name.endswith(endings)
    ]
    for one in texts:
        if len(texts) > 1:
            tell(f"--- {one.name.rpartition('/')[2]}")
        say(one.content.decode() if one is not texts[-1] else one.content.decode().rstrip("\n"))
    finish(room, chosen)
    if not texts:
        tell(NOTHING)


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
        if kind.id == WEEKLY and kind.lacks(room, ask):
            continue  # the note of a week that is not planned would be empty
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
    events = tuple(event for event in at.plan.events if not event.secret_from(readers))
    return Planned(replace(at.plan, events=events))
