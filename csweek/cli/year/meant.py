"""What a change by hand means, as the options say it: which events, and where to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from csweek.cli.sources import find
from csweek.cli.sources.book import Book, Chosen, ids_of, of_week_or_owner, take_book, these_events
from csweek.cli.sources.shelf import organisers
from csweek.cli.terminal.called import called
from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import tell
from csweek.errors import InputError, Problem, UsageError
from csweek.model.basics import Status, iso_week, sunday_of
from csweek.model.plan import Deed, Event
from csweek.plan.by_hand.hand import Target
from csweek.plan.by_hand.revision import said
from csweek.read.values import WEEKDAYS
from csweek.render.screen.text import many

if TYPE_CHECKING:
    from csweek.read.ticks import Tick

VERBS = {Deed.CANCELLED: "cancel", Deed.DONE: "done", Deed.MISSED: "missed"}
MARKS = {Deed.DONE: Status.DONE, Deed.MISSED: Status.MISSED}
FEW = 3
"""So many ticks of a list that are wrong alike are each told."""
A_YEAR, HALF_A_YEAR = timedelta(weeks=52), timedelta(weeks=26)


class _Wrong(NamedTuple):
    """Why ticks cannot be: in words for one and for many, and what to do."""

    one: str
    many: str
    hint: str


UNKNOWN = _Wrong(
    "there is no event {event} in the plan",
    "{number} ticks from here on are for events that are not in the plan",
    "is this the list of another year or workspace?",
)
AHEAD = _Wrong(
    "{event} is planned for {day}, which is still ahead",
    "{number} ticks from here on are for events still ahead, the first on {day}",
    "take the tick out, or csweek done {event}",
)
NOT_YET = _Wrong(
    "{held} stands for a tick, and is still ahead",
    "{number} days from here on that stand for ticks are still ahead, the first is {held}",
    "leave the box empty until it was held",
)


class Wish(NamedTuple):
    """Where to, as the options say it."""

    to: str | None
    at: time | None
    owner: str | None


def target_of(wish: Wish) -> tuple[Target, tuple[Problem, ...]]:
    """Return where to: a day, a weekday, or so many days on; or what is wrong with a text that is none."""
    words = "+0d" if wish.to is None else wish.to.casefold().strip()
    for weekday, name in enumerate(WEEKDAYS):
        if words in {name, name[:3]}:
            return Target(weekday=weekday, at=wish.at), ()
    shift = re.fullmatch(r"([+-])(\d{1,3})([dw])", words)
    if shift:
        number = int(shift[1] + shift[2]) * (7 if shift[3] == "w" else 1)
        return Target(days=number, at=wish.at), ()
    try:
        return Target(day=date.fromisoformat(words), at=wish.at), ()
    except ValueError:
        hint = "write 2027-03-12, a weekday like fri, or +3d, -1w"
        return Target(), (Problem(None, f"{wish.to!r} is no day to move to", hint),)


def marked(what: Deed, chosen: Chosen) -> tuple[Book, tuple[str, ...]]:
    """Return the plan, and the ids of its events that are to be cancelled, done or missed.

    Raises UsageError where nothing says which, InputError where a list of ticks is wrong.
    """
    ids = ids_of(chosen.events)
    _check(what, chosen, ids)
    if chosen.file is not None:
        return _ticked(chosen.file)
    if chosen.week or chosen.owner:
        book = take_book(ids, partial(of_week_or_owner, chosen=chosen))
        return book, _due(book, what, ids_of(chosen.but))
    return take_book(ids, partial(these_events, ids=ids)), ids


def _check(what: Deed, chosen: Chosen, ids: Sequence[str]) -> None:
    """Raise UsageError where nothing says which events, or more than one thing does."""
    asked = " ".join(chosen.events)
    if weeks := find.weeks_meant(asked):
        raise UsageError(f"{asked!r} is no event", f"{called()} {VERBS[what]} --week {weeks}")
    ways = [bool(ids), bool(chosen.week or chosen.owner), chosen.file is not None]
    if not any(ways):
        listed = ", or --from LIST with the ticks of a list" if what is Deed.DONE else ""
        hint = f"name them, like csweek {VERBS[what]} e41, or take --week 6 or --owner WHO{listed}"
        raise UsageError("nothing says which events", hint)
    if chosen.but and not ways[1]:
        raise UsageError("--except takes events out of --week or --owner", "leave it out")
    if sum(ways) > 1:
        named = "events by name, --week or --owner, and --from exclude each other"
        raise UsageError(named, "take one of them")


def _ticked(path: Path) -> tuple[Book, tuple[str, ...]]:
    """Return the plan, and the ids of the events that a list ticks and that are not done yet.

    Raises InputError with every tick that cannot be, at its place.
    """
    from csweek.read.source import in_order
    from csweek.read.ticks import read_ticks  # brings the readers of tables

    ticks, problems = read_ticks(path)
    ids = tuple(dict.fromkeys(one.event for one in ticks))
    book = take_book((), partial(these_events, ids=ids))
    known = {event.id: event for event in book.plan.events}
    strange = list(_strange(ticks, known))
    if problems or strange:
        raise InputError(in_order((*problems, *strange)))
    return book, tuple(ident for ident in ids if known[ident].status is not Status.DONE)


def _strange(ticks: Iterable[Tick], known: Mapping[str, Event]) -> Iterator[Problem]:
    """Yield what is wrong with ticks; of many of a list that are wrong alike the first, and how many."""
    wrong: defaultdict[tuple[str, _Wrong], list[Tick]] = defaultdict(list)
    for tick in ticks:
        why = _wrong(tick, known.get(tick.event))
        if why:
            wrong[tick.place.file, why].append(tick)
    for (_, why), those in wrong.items():
        several = len(those) > FEW
        for tick in those[:1] if several else those:
            event = known.get(tick.event)
            day = said(event.date) if event else ""
            words = {"event": tick.event, "day": day, "held": tick.held, "number": len(those)}
            message = why.many if several else why.one
            yield Problem(tick.place, message.format(**words), why.hint.format(**words))


def _wrong(tick: Tick, event: Event | None) -> _Wrong | None:
    """Return why an event cannot be ticked, None where nothing stands against it."""
    if event is None:
        return UNKNOWN
    if event.date > sunday_of(session().today) and event.status is not Status.DONE:
        return AHEAD
    return NOT_YET if tick.held and tick.held > session().today else None


def _due(book: Book, what: Deed, but: Collection[str]) -> tuple[str, ...]:
    """Return the ids of a book's events that can be so marked, but for those left out."""
    readers, today = organisers(book.directory), session().today
    here = {event.id for event in book.plan.events}
    strange = [ident for ident in but if ident not in here]
    if strange:
        are = "is" if len(strange) == 1 else "are"
        raise UsageError(
            f"{', '.join(strange)} {are} none of these events", "leave out of --except what is not"
        )
    events = [
        event
        for event in book.plan.events
        if event.status is Status.PLANNED and event.id not in but and not event.secret_from(readers)
    ]
    due = [e for e in events if (e.date >= today if what is Deed.CANCELLED else e.date <= today)]
    if len(due) < len(events):
        when = "past" if what is Deed.CANCELLED else "still ahead"
        tell(f"Left as they are: {many(len(events) - len(due), 'event')} {when}.")
    if what in MARKS and not due and events and events[0].date - today > HALF_A_YEAR:
        first, last = (iso_week(event.date - A_YEAR) for event in (events[0], events[-1]))
        tell(f"Last year's: --week {first if first == last else f'{first}-{last}'}")
    return tuple(event.id for event in due)
