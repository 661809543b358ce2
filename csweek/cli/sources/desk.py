"""What a command needs that makes something for people: the plan, the files read again, a folder."""

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from itertools import starmap
from pathlib import Path
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from csweek import output
from csweek.cli.sources import workspace
from csweek.cli.sources.saved import Saved
from csweek.cli.sources.shelf import choose, fitting, stale
from csweek.cli.terminal.called import as_typed
from csweek.cli.terminal.progress import working
from csweek.cli.terminal.session import Session, session
from csweek.cli.terminal.streams import say, tell
from csweek.errors import StoreError
from csweek.model.inputs import Inputs
from csweek.model.plan import Directory, Document, Event, Plan
from csweek.names import token
from csweek.plan.earlier import Meeting
from csweek.store import EVERYTHING, Store, Wanted

PREVIEW_OUT = "csweek-out"


class Desk(Struct, frozen=True, dict=True):
    """A plan, the inputs as they are now, and the folder for what is made."""

    outline: Plan
    """The plan without its events."""
    find: Callable[[Wanted], tuple[Event, ...]]
    """Returns the events of the plan that are wanted, as of today."""
    inputs: Inputs
    root: Path | None
    out: Path

    @cached_property
    def plan(self) -> Plan:
        """The plan with all its events."""
        return replace(self.outline, events=self.find(EVERYTHING))

    def over(self, plan: Plan) -> Self:
        """Return it with another plan."""
        return replace(self, outline=replace(plan, events=()), find=partial(fitting, plan.events))

    @cached_property
    def directory(self) -> Directory:
        """Everyone's name as the files have it now."""
        return Directory.of(self.inputs, session().today)

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """Who met which leader in the years before."""
        if self.root is None:
            return ()
        with Store.open(self.root, create=False) as store:
            return tuple(starmap(Meeting, store.meetings_before(self.outline.year)))

    @property
    def organisers(self) -> frozenset[str]:
        """Those who run these commands, so that their own surprises are kept from them."""
        return frozenset(self.inputs.people.organisers)

    def private(self, what: str) -> str:
        """Return the stem of a file name that nobody guesses."""
        return f"{what}-{token(self.outline.calendar_id, what)}"


def desk(out: Path | None) -> Desk:
    """Read the files again and take the year that is planned, a preview without a workspace.

    Raises InputError for what is wrong in the files, StoreError where nothing is planned yet.
    """
    current = session()
    root = workspace.root(current)
    if root is None:
        return _preview(current, out)
    inputs, files = workspace.read(current, root)
    with Store.open(root, create=False) as store:
        year = choose(store.years(), current.year, current.today, current.week)
        current.warn(stale(files, store.files()))
        outline = store.plan(year.label, None)
    if outline is None:
        raise StoreError("nothing is planned here yet", "csweek plan builds the year")
    saved = Saved(root, year.label, outline.revision, current.today)
    return Desk(outline, saved.find, inputs, root, out or root / "out")


def _preview(current: Session, out: Path | None) -> Desk:
    from csweek.cli.sources.preview import whole_year  # brings the planner

    inputs, _ = workspace.read(current, None)
    built = whole_year(inputs, current)
    current.warn(built.warnings)
    plan = built.revision.plan
    find = partial(fitting, plan.events)
    return Desk(replace(plan, events=()), find, inputs, None, out or Path.cwd() / PREVIEW_OUT)


def put(documents: Iterable[Document], folder: Path, *, dry_run: bool) -> int:
    """Write documents below a folder and say which, or say what would be written. Return how many."""
    if dry_run:
        listed = list(output.listing(documents))
        for one in listed:
            say(f"{one.name}  {size(one.size)}")
        tell("A dry run: nothing was written.")
        return len(listed)
    with working("Writing"):
        written = output.write(documents, folder)
    for path in (*written.new, *written.changed):
        say(str(as_typed(path)))
    for path in written.unchanged:
        say(f"{as_typed(path)} (unchanged)")
    return len(written.new) + len(written.changed) + len(written.unchanged)


def size(count: int) -> str:
    """Return a number of bytes as people say it."""
    return f"{count:,} bytes" if count < 10_000 else f"{count / 1000:,.0f} kB"
