"""The year that a command shows: the saved one, or a preview where there is no workspace."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from csweek import folder
from csweek.cli.sources import workspace
from csweek.cli.terminal.session import Session
from csweek.errors import Problem, Severity, StoreError, UsageError
from csweek.model.basics import Role, Year, monday_of
from csweek.model.cards import PrintedCard
from csweek.model.plan import Directory, Event, Plan, Revision, is_open
from csweek.store import EVERYTHING, Store, Wanted


class Shelf(NamedTuple):
    """A year, its names, and where its events come from: the store, else a plan in memory."""

    year: Year
    directory: Directory
    today: date
    source: Store | Plan

    def find(self, wanted: Wanted = EVERYTHING) -> tuple[Event, ...]:
        """Return the wanted events as of today, but for the surprises that wait for an organiser."""
        readers = organisers(self.directory)
        return tuple(e.as_of(self.today) for e in self._all(wanted) if not e.secret_from(readers))

    def printed(self, event: str) -> Sequence[PrintedCard]:
        """Return the cards that were printed of an event."""
        return self.source.printed(event) if isinstance(self.source, Store) else ()

    def share(self, week: int) -> float | None:
        """Return how many thanks by name a week should have, None where that is not known."""
        known = self.source.shares(self.year.label) if isinstance(self.source, Store) else ()
        return known[week] if week < len(known) else None

    @property
    def begins(self) -> int:
        """The position of the week in which the year was first planned."""
        plan = self.source.plan(self.year.label, None) if isinstance(self.source, Store) else self.source
        return self.year.week_of(plan.since) if plan and plan.since and plan.since in self.year else 0

    def waits(self, event: str) -> bool:
        """Whether this is an event that ``find`` leaves out."""
        return any(True for _ in self._all(Wanted(id=event)))

    def _all(self, wanted: Wanted) -> Iterable[Event]:
        if isinstance(self.source, Store):
            return self.source.find(self.year.label, wanted)
        return fitting(self.source.events, wanted)


def organisers(directory: Directory) -> frozenset[str]:
    """Return the ids of those who read the terminal, and whose own surprises it therefore keeps."""
    return frozenset(one.id for one in directory.persons.values() if one.role is Role.ORGANISER)


def seen(revision: Revision, directory: Directory) -> Revision:
    """Return a revision without the surprises that wait for an organiser."""
    readers = organisers(directory)

    def shown(events: Sequence[Event]) -> tuple[Event, ...]:
        return tuple(event for event in events if not event.secret_from(readers))

    return replace(
        revision,
        added=shown(revision.added),
        moved=tuple(pair for pair in revision.moved if not pair[1].secret_from(readers)),
        changed=shown(revision.changed),
        cancelled=shown(revision.cancelled),
    )


def hidden(store: Store, label: str | None = None) -> frozenset[str]:
    """Return the ids of the surprises in a year (None: in every year) that wait for an organiser."""
    readers = organisers(store.directory())
    events = (event for one in readers for event in store.find(label, Wanted(person=one)))
    return frozenset(event.id for event in events if event.secret_from(readers))


def fitting(events: Iterable[Event], wanted: Wanted) -> tuple[Event, ...]:
    """Return the events of a plan in memory that are wanted, by all that their own fields say."""
    return tuple(events if wanted == EVERYTHING else (event for event in events if _fits(event, wanted)))


def _fits(event: Event, wanted: Wanted) -> bool:
    after = wanted.first is None or wanted.first <= event.date
    before = wanted.last is None or event.date <= wanted.last
    named = not wanted.named or bool(event.recipients)
    known = named and (not wanted.open or is_open(event.visibility, event.audience))
    return after and before and known and wanted.id in {None, event.id}


@contextmanager
def opened(session: Session, label: str | None = None) -> Iterator[Shelf]:
    """Open the year with this label, else the one that today lies in, else the nearest one.

    Raises StoreError where nothing is planned yet, UsageError for a year that is not there.
    """
    root = workspace.root(session)
    if root is None:
        yield _previewed(session)
        return
    with Store.open(root, create=False) as store:
        year = choose(store.years(), label, session.today, session.week)
        planned = store.files()
        session.warn(stale(_digests(root, planned), planned))
        yield Shelf(year, store.directory(), session.today, store)


def _previewed(session: Session) -> Shelf:
    """Return the default theme's year; nothing is kept."""
    from csweek.cli.sources.preview import whole_year  # brings the planner

    inputs, _ = workspace.read(session, None)
    built = whole_year(inputs, session)
    session.warn(built.warnings)
    plan = built.revision.plan
    return Shelf(plan.year, Directory.of(inputs, plan.year.first), session.today, plan)


def choose(years: Iterable[Year], label: str | None, today: date, week: str | None = None) -> Year:
    """Return the year with this label, else that of a week like 2027-W41, else today's, else the nearest.

    Raises StoreError where nothing is planned yet, UsageError for a year that is not there.
    """
    known = {year.label: year for year in years}
    if not known:
        raise StoreError("nothing is planned here yet", "csweek plan builds the year")
    if label is not None:
        if label in known:
            return known[label]
        raise UsageError(f"the year {label} is not planned", f"planned: {', '.join(known)}")
    day = _monday(week) or today
    if not any(day in year for year in known.values()):
        day = today
    here = [year for year in known.values() if day in year]
    coming = [year for year in known.values() if today < year.first]
    return here[-1] if here else coming[0] if coming else list(known.values())[-1]


def _monday(week: str | None) -> date | None:
    """Return the Monday of a week that names its year, of several the first, None for others."""
    named = re.match(r"(\d{4})-?[wW]?(\d{1,2})(?!\d)", week or "")
    with suppress(ValueError):
        return date.fromisocalendar(int(named[1]), int(named[2]), 1) if named else None
    return None


def stale(now: Mapping[str, str], planned: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a warning where files differ from those of the last plan; both are digests by name."""
    changed = sorted(name for name in planned if now.get(name) != planned[name])
    if changed:
        own = [folder.shown(name) for name in changed if not folder.is_ours(name)]
        ours = ["csweek's own themes"] if len(own) < len(changed) else []
        shown = ", ".join((*own, *ours))
        text = f"{shown} changed since the last plan"
        yield Problem(None, text, "csweek plan brings the plan up to date", Severity.WARNING)


def _digests(root: Path, names: Iterable[str]) -> dict[str, str]:
    import hashlib  # loads OpenSSL

    found: dict[str, str] = {}
    for name in names:
        path = folder.path_of(name, root)
        with suppress(OSError):
            if path.is_file():  # a pipe that took its place might never end
                found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def saved_directory(session: Session) -> Directory | None:
    """Return the names that the store keeps, None without a workspace."""
    root = workspace.root(session)
    if root is None:
        return None
    with Store.open(root, create=False) as store:
        return store.directory()


def near_events(session: Session) -> tuple[tuple[str, str], ...]:
    """Return id and title of the events of this week and the next three, for completion."""
    if workspace.root(session) is None:
        return ()
    monday = monday_of(session.today)
    with opened(session) as shelf:
        found = shelf.find(Wanted(first=monday, last=monday + timedelta(days=27)))
        return tuple((event.id, event.title.say(shelf.directory.locale)) for event in found)
