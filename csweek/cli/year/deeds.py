"""What a change by hand does: the plan taken from the store, changed, shown, saved as its next revision."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from csweek.cli import options
from csweek.cli.sources import find, workspace
from csweek.cli.sources.book import Book, Chosen, ids_of, of_week_or_owner, root_here, take_book, these_events
from csweek.cli.sources.shelf import choose, hidden, organisers, seen, stale
from csweek.cli.terminal.called import again
from csweek.cli.terminal.session import as_json, session
from csweek.cli.terminal.streams import columns, give_json, say, tell
from csweek.cli.year.planning import lists
from csweek.errors import InputError, Problem, Severity, UsageError
from csweek.model.basics import Span, Status, iso_week, sunday_of
from csweek.model.plan import Deed, Directory, Event, Plan, Revision
from csweek.plan.by_hand import hand
from csweek.plan.by_hand.breaks import breaks
from csweek.plan.by_hand.revision import Now, said
from csweek.plan.by_hand.undo import undo as take_back
from csweek.render.recipients import secret_from
from csweek.render.screen import plan as screen
from csweek.render.screen import year as grid
from csweek.render.screen.text import many
from csweek.store import Step, Store

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHOWN = 5
"""Events that a warning names; the others are counted."""
VERBS = {Deed.CANCELLED: "cancel", Deed.DONE: "done", Deed.MISSED: "missed"}
A_YEAR, HALF_A_YEAR = timedelta(weeks=52), timedelta(weeks=26)
MARKS = {Deed.DONE: Status.DONE, Deed.MISSED: Status.MISSED}


class Wish(NamedTuple):
    """Where to, as the options say it."""

    to: str | None
    at: time | None
    owner: str | None


# --- the commands ------------------------------------------------------------------------------------


def move(events: Sequence[str], wish: Wish, *, dry_run: bool) -> None:
    """Move events, and say what that breaks."""
    if wish == Wish(None, None, None):
        raise UsageError("nothing says where to", "take --to fri, --to 2027-03-12, --at 10:30 or --owner WHO")
    ids = ids_of(events)
    if not ids:
        raise UsageError("nothing says which events", "name them, like csweek move e41 --to fri")
    target, strange = _target(wish)
    wrong = list(strange)
    try:
        book = take_book(ids)
    except UsageError as error:
        raise UsageError((*error.problems, *wrong)) from None
    days = Span(book.plan.year.first, book.plan.year.last)
    inputs, files = workspace.read(session(), root_here(), days=lambda _: days)
    session().warn(stale(files, book.files))
    book = book.renamed(inputs)
    known = Directory.of(inputs, session().today)
    with find.keeping(wrong):
        if wish.owner is not None:
            target = replace(target, owner=find.person(wish.owner, known).id)
    if wrong:
        raise UsageError(wrong)
    revision = hand.move(book.plan, ids, target, _now(book.plan, book.directory), inputs)
    _finish(
        book,
        revision,
        Deed.MOVED,
        breaks(revision.touched, revision.plan, inputs, book.plan),
        dry_run=dry_run,
    )


def mark(deed: str, chosen: Chosen, *, dry_run: bool) -> None:
    """Cancel events, or say that they were held or missed."""
    what, ids = Deed(deed), ids_of(chosen.events)
    many_at_once = bool(chosen.week or chosen.owner)
    _check(what, chosen, ids)
    if chosen.file is not None:
        book, ids = _ticked(chosen.file)
    else:
        book = take_book(
            ids, partial(of_week_or_owner, chosen=chosen) if many_at_once else partial(these_events, ids=ids)
        )
    if many_at_once:
        ids = _due(book, what, ids_of(chosen.but))
    if what is Deed.CANCELLED:
        revision = hand.cancel(book.plan, ids, _now(book.plan, book.directory))
    else:
        revision = hand.mark(book.plan, ids, MARKS[what], _now(book.plan, book.directory))
    _finish(book, revision, what, tuple(_early(what, revision)), dry_run=dry_run)


def undo(*, dry_run: bool) -> None:
    """Take the last revision back."""
    root = root_here()
    inputs, _ = workspace.read(session(), root)
    with Store.open(root, create=False) as store:
        last = _steps(store)[0]
        before = store.changes(last.year, last.number)
        plan = these_events(store, last.year, ids=tuple(before))
        was, directory, files = store.outline(last.year, last.number - 1), store.directory(), store.files()
    if plan is None or was is None:
        raise UsageError(
            f"the first plan of {last.year} cannot be undone",
            "change your files and run csweek plan, or csweek cancel what shall not be",
        )
    plan = replace(plan, year=was.year, since=was.since)
    undone = take_back(plan, before, _now(plan, directory), inputs)
    book = Book(root, plan, directory, files).renamed(inputs)
    at = last.at.astimezone()
    when = f"{at:%a} {at.day} {at:%b %Y %H:%M}"
    would = "Would take back" if dry_run else "Taking back"
    tell(f"{would} revision {last.number} of {last.year}, '{last.what}' of {when}. The plan is then:")
    _finish(book, undone.revision, Deed.UNDONE, undone.left, dry_run=dry_run)


def history() -> None:
    """List the revisions."""
    with Store.open(root_here(), create=False) as store:
        done = {(step.year, step.number) for step in _steps(store)}
        counted = store.history(session().year, hidden(store, session().year))
        steps = [step for step in counted if (step.year, step.number) in done]
    if session().json:
        listed = [
            {"year": year, "revision": number, "at": at.isoformat(), "what": str(what), "events": events}
            for year, number, at, what, events in steps
        ]
        give_json({"schema": 1, "revisions": listed})
    else:
        say(
            "\n".join(
                screen.history([screen.Done(*step)._replace(at=step.at.astimezone()) for step in steps])
            )
        )


def _steps(store: Store) -> Sequence[Step]:
    """Return the revisions that changed something, the latest first; there is always one.

    Raises StoreError where nothing is planned yet, UsageError for a year that is not there.
    """
    label = session().year
    choose(store.years(), label, session().today)
    known = store.history(label)
    return [step for step in known if step.events] or known


# --- which events ------------------------------------------------------------------------------------


def _check(what: Deed, chosen: Chosen, ids: Sequence[str]) -> None:
    """Raise UsageError where nothing says which events, or more than one thing does."""
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
    sunday = sunday_of(session().today)
    strange = [
        Problem(one.place, *why)
        for one in ticks
        if (why := _impossible(known.get(one.event), one.event, sunday) or _not_yet(one.held))
    ]
    if problems or strange:
        raise InputError(in_order((*problems, *strange)))
    return book, tuple(ident for ident in ids if known[ident].status is not Status.DONE)


def _impossible(event: Event | None, ident: str, sunday: date) -> tuple[str, str] | None:
    """Return why an event cannot be ticked and what to do, None where nothing stands against it."""
    if event is None:
        return f"there is no event {ident} in the plan", "is this the list of another year or workspace?"
    if event.date > sunday and event.status is not Status.DONE:
        return (
            f"{ident} is planned for {said(event.date)}, which is still ahead",
            f"take the tick out, or csweek done {ident}",
        )
    return None


def _not_yet(held: date | None) -> tuple[str, str] | None:
    """Return what is wrong with a day that was written instead of a tick."""
    if held is None or held <= session().today:
        return None
    return f"{held} stands for a tick, and is still ahead", "leave the box empty until it was held"


def _early(what: Deed, revision: Revision) -> Iterator[Problem]:
    """Yield a warning for what is said to have been held or missed in a week to come."""
    sunday = sunday_of(session().today)
    ahead = [event for event in revision.changed if event.date > sunday]
    if what in MARKS and ahead:
        named = ", ".join(f"{event.id} ({said(event.date)})" for event in ahead[:SHOWN])
        more = f" and {len(ahead) - SHOWN} more" if len(ahead) > SHOWN else ""
        text = f"{named}{more} {'is' if len(ahead) == 1 else 'are'} still ahead"
        hint = f"if that was a slip, {again(session().folder)} undo takes it back"
        yield Problem(None, text, hint, Severity.WARNING)


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
        if event.status is Status.PLANNED and event.id not in but and not secret_from(event, readers)
    ]
    due = [e for e in events if (e.date >= today if what is Deed.CANCELLED else e.date <= today)]
    if len(due) < len(events):
        when = "past" if what is Deed.CANCELLED else "still ahead"
        tell(f"Left as they are: {many(len(events) - len(due), 'event')} {when}.")
    if what in MARKS and not due and events and events[0].date - today > HALF_A_YEAR:
        tell(f"Last year's: --week {iso_week(events[0].date - A_YEAR)}")
    return tuple(event.id for event in due)


def _target(wish: Wish) -> tuple[hand.Target, tuple[Problem, ...]]:
    """Return where to: a day, a weekday, or so many days on; or what is wrong with a text that is none."""
    words = "+0d" if wish.to is None else wish.to.casefold().strip()
    for weekday, (short, name) in enumerate(zip(DAYS, NAMES, strict=True)):
        if words in {short, name}:
            return hand.Target(weekday=weekday, at=wish.at), ()
    shift = re.fullmatch(r"([+-])(\d{1,3})([dw])", words)
    if shift:
        number = int(shift[1] + shift[2]) * (7 if shift[3] == "w" else 1)
        return hand.Target(days=number, at=wish.at), ()
    try:
        return hand.Target(day=date.fromisoformat(words), at=wish.at), ()
    except ValueError:
        hint = "write 2027-03-12, a weekday like fri, or +3d, -1w"
        return hand.Target(), (Problem(None, f"{wish.to!r} is no day to move to", hint),)


def _now(plan: Plan, directory: Directory) -> Now:
    return Now(session().today, options.now(plan.revised), organisers(directory))


# --- the answer --------------------------------------------------------------------------------------


def _finish(
    book: Book, revision: Revision, what: Deed, warnings: Iterable[Problem], *, dry_run: bool
) -> None:
    """Show a change, warn, and save it unless it is a dry run or nothing differs."""
    warnings = tuple(warnings)
    saved = not (dry_run or revision.empty)
    if saved:
        with Store.open(book.root, create=True) as store:
            store.amend(revision, what)
    shown = seen(revision, book.directory)
    if session().json:
        give_json(_json(shown, what, book.directory.locale, warnings, saved=saved))
    else:
        view = grid.View(book.plan.year, book.directory, session().today, columns())
        lines = "\n".join(screen.by_hand(view, shown, what, book.plan.events))
        say(lines or ("Nothing changes." if revision.empty else "Nothing that may be shown changes."))
    if unseen := len(revision.touched) - len(shown.touched):
        tell(f"{many(unseen, 'surprise')} for an organiser changed as well, and stay hidden.")
    session().warn(warnings)
    if dry_run:
        tell("A dry run: nothing was saved.")
    elif saved:
        tell(f"Saved as revision {revision.plan.revision}. {again(session().folder)} undo takes it back.")


def _json(
    revision: Revision, what: Deed, locale: str, warnings: Sequence[Problem], *, saved: bool
) -> dict[str, object]:
    return {
        "schema": 1,
        "year": revision.plan.year.label,
        "revision": revision.plan.revision,
        "what": str(what),
        "saved": saved,
        **lists(revision, locale),
        "warnings": [as_json(problem) for problem in warnings],
    }
