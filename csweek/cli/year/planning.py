"""From what a workspace says to a saved plan: built, shown, asked about, kept."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import starmap
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from csweek.cli import options
from csweek.cli.begin import guess
from csweek.cli.sources.preview import whole_year
from csweek.cli.sources.workspace import Read
from csweek.cli.terminal.asking import agreed
from csweek.cli.terminal.called import again, called, quoted
from csweek.cli.terminal.progress import working
from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import tell
from csweek.cli.year.showing import Way, digest, show
from csweek.errors import OutputError, Problem, Severity, StoreError
from csweek.model.basics import Year
from csweek.model.inputs import Inputs, Settings
from csweek.model.plan import Directory
from csweek.plan.build import Built, bring_up_to_date
from csweek.plan.earlier import Earlier, Meeting
from csweek.plan.record.anew import anew
from csweek.plan.record.sayings import news, sayings
from csweek.plan.told.asks import ahead
from csweek.plan.when.year import year_for
from csweek.render.screen import plan as screen
from csweek.store import Store

MANY = 0.1
"""The share of the future that is cancelled only after asking."""


class Wish(NamedTuple):
    """How the plan is to be made."""

    dry_run: bool = False
    yes: bool = False
    afresh: bool = False


def preview(inputs: Inputs, theme: str | None) -> None:
    """Show a whole year that nothing remembers."""
    built = whole_year(inputs, session())
    show(built, inputs, Directory.of(inputs, session().today), Way(saved=False))
    if theme is None:
        here = guess.people(Path())
        init = f"{called()} init --people {quoted(here)}" if here else f"{called()} init"
        tell(f"\nA preview: nothing was saved. {init} makes a workspace that keeps it.")
    else:
        tell(f"\nA preview with the theme {theme}: nothing was saved. To keep it, name it in csweek.yaml.")


def update(root: Path, read: Read, wish: Wish) -> None:
    """Bring the workspace's plan up to date, show it, and save it unless it is a dry run.

    What becomes of standard output, which `csweek plan | head` closes, stops none of this.
    Raises StoreError when the user does not want much of the future cancelled.
    """
    unseen: OSError | OutputError | None = None
    with Store.open(root, create=not wish.dry_run) as store:
        session().warn(_another_calendar(store, read.inputs.settings))
        built = _built(store, read.inputs, afresh=wish.afresh)
        names = Directory.of(read.inputs, session().today).with_former(store.directory().persons)
        told = frozenset() if wish.dry_run else store.told(built.table.year.label)
        try:
            show(built, read.inputs, names, Way(not wish.dry_run, wish.afresh, told))
        except (BrokenPipeError, OutputError) as stop:
            unseen = stop
        if not wish.dry_run:
            if not wish.yes and not wish.afresh:
                _ask(built)
            renewed = _others_renewed(store, built, read.inputs)
            _save(store, built, read, told=map(digest, built.warnings))
            others = [year for year in store.years() if year.label != built.table.year.label]
    if wish.dry_run:
        tell("\nA dry run: nothing was saved.")
    else:
        _tell_saved(built, renewed, others)
    if unseen:
        raise unseen


def _tell_saved(built: Built, renewed: Sequence[str], others: Iterable[Year]) -> None:
    """Say that a plan was saved, and what is planned beside it."""
    csweek = again(session().folder)
    for line in renewed:
        tell(line)
    tell(f"\nSaved. {csweek} show today is where to begin.")
    for year in others:
        if session().today in year:
            tell(
                f"{year.label} still runs: {csweek} plan --year {year.label} brings its rest up to date, too."
            )
        elif session().today < year.first and not built.changes.empty:
            tell(f"{year.label} is planned, too: {csweek} plan --year {year.label} brings it up to date.")


def keep(root: Path, read: Read) -> Built:
    """Bring the workspace's plan up to date and save it, without a word."""
    with Store.open(root, create=True) as store:
        built = _built(store, read.inputs, afresh=False)
        _others_renewed(store, built, read.inputs)
        _save(store, built, read)
    return built


def _built(store: Store, inputs: Inputs, *, afresh: bool) -> Built:
    year, today = year_for(inputs.settings, session().today), session().today
    before = store.table(year, store.calendar_id(inputs.settings.calendar_id))
    earlier = Earlier(
        lambda: starmap(Meeting, store.meetings_before(year)),
        lambda: store.last_thanks_before(year),
        lambda: store.ideas_before(year),
    )
    with working(f"Planning {year.label}"), _uncollected():
        at = options.now(store.revised())
        return bring_up_to_date(inputs, before, today, at, afresh=afresh, earlier=earlier)


def _another_calendar(store: Store, settings: Settings) -> Iterator[Problem]:
    """Say what becomes of subscribed calendars where ``calendar_id`` is not the last plan's."""
    given = settings.calendar_id
    kept = store.calendar_id(None) if given and store.years() else given
    if kept != given:
        yield Problem(
            settings.place,
            f"calendar_id was {kept} in the last plan: planned years keep it, but a new year "
            "gets other addresses and ids: subscribed calendars stop, and imported events come twice",
            f"write calendar_id: {kept} again; an id of its own is for another organisation",
            Severity.WARNING,
        )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let the garbage collector rest: a plan is many small objects without a cycle, looked at in vain.

    Those that there are then live as long as the command, so that later searches pass them by.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _save(store: Store, built: Built, read: Read, told: Iterable[str] = ()) -> None:
    store.save(built.table, built.changes, Directory.of(read.inputs, session().today), read.files, told)


def _others_renewed(store: Store, built: Built, inputs: Inputs) -> list[str]:
    """Let the events of other years say the names of now, and return what is to be told of it.

    Calendars take names from the files whatever year was planned. It is kept before the year that was
    planned, whose revision thus is the one that undo takes back.
    """
    label, lines = built.table.year.label, list[str]()
    others = [year for year in store.years() if year.label != label]
    if not others:
        return lines
    at, texts = options.now(store.revised()), built.table.texts  # which thus are numbered once
    kept, now = store.directory(), Directory.of(inputs, session().today)
    same = (kept.teams.keys(), kept.sites.keys()) == (now.teams.keys(), now.sites.keys())
    for year in others:
        before = store.said(year.label)
        if same and sayings(inputs, before) == before:
            continue  # a year of many people takes long to read
        with _uncollected():
            there = replace(store.table(year, built.table.calendar_id), texts=texts)
            table, changes = anew(there, inputs, session().today, at)
        store.renew(table, changes)
        if changes.changed:
            said = news(changes.news, table.said)
            lines.append(f"{screen.reworded(len(changes.changed), said, year.label)}.")
    return lines


def _ask(built: Built) -> None:
    """Ask before much of the future is cancelled."""
    gone = len(built.changes.cancelled)
    future = ahead(built.table, session().today) + gone - len(built.changes.added)
    if gone <= MANY * future:
        return
    question = f"\n{gone} of the {future} events still ahead would be cancelled. Save this plan?"
    if not agreed(question):
        raise StoreError("nothing was saved", "look at csweek plan --dry-run, or answer with --yes")
