"""The plan that is changed by hand, taken from the store: of many events only those that are meant."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, Self

from msgspec.structs import replace

from csweek.cli.sources import find, workspace
from csweek.cli.sources.shelf import choose
from csweek.cli.terminal.called import called
from csweek.cli.terminal.session import session
from csweek.errors import Problem, StoreError, UsageError
from csweek.model.basics import monday_of, sunday_of
from csweek.model.inputs import Inputs
from csweek.model.plan import Directory, Plan
from csweek.plan.by_hand import hand
from csweek.store import Store, Wanted

FEW = 100
"""Events that are read one by one; for more the whole plan is."""


class Chosen(NamedTuple):
    """Which events, as the options say it."""

    events: tuple[str, ...] = ()
    week: str | None = None
    """Or several: 1-8, or 3,5."""
    owner: str | None = None
    but: tuple[str, ...] = ()
    file: Path | None = None
    """A tick list."""


class Book(NamedTuple):
    """A workspace's plan as it is kept, and the names that it is shown with."""

    root: Path
    plan: Plan
    directory: Directory
    files: Mapping[str, str]
    """The digests of the files that it was planned from."""

    def renamed(self, inputs: Inputs) -> Self:
        """Return it with the names as the files have them now, and of those who have gone since."""
        now = Directory.of(inputs, session().today)
        return self._replace(directory=now.with_former(self.directory.persons))


def ids_of(words: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of events that are named one by one or with commas between them.

    What is no id stays as it was typed, so that it is told with those that are not known.
    """
    typed = [one.strip() for word in words for one in word.split(",") if one.strip()]
    return tuple(find.event(one) if find.is_event(one) else one for one in typed)


def root_here() -> Path:
    """Return the workspace that this is about. Raises UsageError where there is none."""
    root = workspace.root(session())
    if root is None:
        raise UsageError("there is no csweek.yaml here or above", f"{called()} init makes a workspace")
    return root


def these_events(store: Store, label: str, ids: Sequence[str]) -> Plan | None:
    """Return a plan with these events alone where they are few and known, else the whole plan."""
    good = [ident for ident in ids if find.is_event(ident)]
    parts = [store.plan(label, Wanted(id=ident)) for ident in dict.fromkeys(good[: FEW + 1])]
    events = [event for part in parts if part for event in part.events]
    if len(good) > FEW or len(events) < len(parts) or not parts or parts[0] is None:
        return store.plan(label)
    return replace(parts[0], events=tuple(sorted(events, key=lambda event: event.sort_key)))


def of_week_or_owner(store: Store, label: str, chosen: Chosen) -> Plan | None:
    """Return a plan with the events of some weeks or an owner alone."""
    year = choose(store.years(), label, session().today, session().week)
    wanted, wrong = Wanted(first=year.first, last=year.last), list[Problem]()
    mondays: Sequence[date] = ()
    with find.keeping(wrong):
        if chosen.week:
            mondays = find.weeks(chosen.week, year, session().today)
            wanted = replace(wanted, first=mondays[0], last=sunday_of(mondays[-1]))
    with find.keeping(wrong):
        if chosen.owner:
            wanted = replace(wanted, owner=find.person(chosen.owner, store.directory()).id)
    if wrong:
        raise UsageError(wrong)
    plan = store.plan(label, wanted)
    if plan and mondays:
        return replace(plan, events=tuple(one for one in plan.events if monday_of(one.date) in mondays))
    return plan


def take_book(ids: Sequence[str], load: Callable[[Store, str], Plan | None] = Store.plan) -> Book:
    """Take the plan of the year that ``--year`` names, else that of the first event named, else today's."""
    root = root_here()
    good = [ident for ident in ids if find.is_event(ident)]
    with Store.open(root, create=False) as store:
        known = store.find(None, Wanted(id=good[0])) if good and session().year is None else ()
        label = known[0].key.year if known else session().year
        year = choose(store.years(), label, session().today, session().week)
        plan = load(store, year.label)
        directory, files = store.directory(), store.files()
    if plan is None:
        raise StoreError("nothing is planned here yet", f"{called()} plan builds the year")
    if len(good) < len(ids):
        _refuse(plan, ids, good)
    return Book(root, plan, directory, files)


def _refuse(plan: Plan, ids: Sequence[str], good: Sequence[str]) -> None:
    """Raise UsageError with all that is no id, and all the ids that are of no event."""
    problems = [find.no_event(one) for one in ids if one not in good]
    try:
        hand.named(plan, good)
    except UsageError as error:
        problems += error.problems
    raise UsageError(problems)
