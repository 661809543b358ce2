"""What a change by hand does: the plan taken from the store, changed, shown, saved as its next revision."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from csweek.cli import options
from csweek.cli.sources import find, workspace
from csweek.cli.sources.book import Book, Chosen, ids_of, root_here, take_book, these_events
from csweek.cli.sources.shelf import choose, hidden, organisers, seen, stale
from csweek.cli.terminal.called import again
from csweek.cli.terminal.session import as_json, session
from csweek.cli.terminal.streams import columns, give_json, say, tell
from csweek.cli.year.meant import MARKS, Wish, marked, target_of
from csweek.cli.year.showing import lists
from csweek.errors import Problem, Severity, UsageError
from csweek.model.basics import Span, sunday_of
from csweek.model.plan import Deed, Directory, Plan, Revision
from csweek.names import few
from csweek.plan.by_hand import hand
from csweek.plan.by_hand.breaks import breaks
from csweek.plan.by_hand.revision import Now, said
from csweek.plan.by_hand.undo import undo as take_back
from csweek.render.screen import plan as screen
from csweek.render.screen import year as grid
from csweek.render.screen.text import many
from csweek.store import Step, Store

# --- the commands ------------------------------------------------------------------------------------


def move(events: Sequence[str], wish: Wish, *, dry_run: bool) -> None:
    """Move events, and say what that breaks."""
    if wish == Wish(None, None, None):
        raise UsageError("nothing says where to", "take --to fri, --to 2027-03-12, --at 10:30 or --owner WHO")
    ids = ids_of(events)
    if not ids:
        raise UsageError("nothing says which events", "name them, like csweek move e41 --to fri")
    target, strange = target_of(wish)
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
    what = Deed(deed)
    book, ids = marked(what, chosen)
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
    when = f"{said(at.date())} {at:%H:%M}"
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
        local = [screen.Done(*step)._replace(at=step.at.astimezone()) for step in steps]
        say("\n".join(screen.history(local)))


def _steps(store: Store) -> Sequence[Step]:
    """Return the revisions that changed something, the latest first; there is always one.

    Raises StoreError where nothing is planned yet, UsageError for a year that is not there.
    """
    label = session().year
    choose(store.years(), label, session().today)
    known = store.history(label)
    return [step for step in known if step.events] or known


def _early(what: Deed, revision: Revision) -> Iterator[Problem]:
    """Yield a warning for what is said to have been held or missed in a week to come."""
    sunday = sunday_of(session().today)
    ahead = [event for event in revision.changed if event.date > sunday]
    if what in MARKS and ahead:
        named = few([f"{event.id} ({said(event.date)})" for event in ahead])
        text = f"{named} {'is' if len(ahead) == 1 else 'are'} still ahead"
        hint = f"if that was a slip, {again(session().folder)} undo takes it back"
        yield Problem(None, text, hint, Severity.WARNING)


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
