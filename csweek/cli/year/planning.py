"""From what a workspace says to a saved plan: built, shown, asked about, kept."""

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import starmap
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from csweek.cli import options
from csweek.cli.sources.preview import whole_year
from csweek.cli.sources.workspace import Read
from csweek.cli.terminal.asking import agreed
from csweek.cli.terminal.called import again, called
from csweek.cli.terminal.progress import working
from csweek.cli.terminal.session import as_json, session
from csweek.cli.terminal.streams import columns, give_json, say, tell
from csweek.errors import Problem, Severity, StoreError
from csweek.model.basics import GATHERING
from csweek.model.inputs import Inputs, Settings
from csweek.model.people import People
from csweek.model.plan import Contact, Directory, Event, Plan, Revision
from csweek.plan.again.because import Because
from csweek.plan.build import Built, bring_up_to_date
from csweek.plan.earlier import Earlier, Meeting
from csweek.plan.hidden import without_surprises
from csweek.plan.record.anew import anew
from csweek.plan.record.sayings import news, sayings
from csweek.plan.told.asks import Asks, ahead, asks, by_week
from csweek.plan.when.year import year_for
from csweek.render.screen import plan as screen
from csweek.render.screen import year as grid
from csweek.render.tables import as_json as row
from csweek.rows import DAY, Plain
from csweek.rows.table import reads_otherwise
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
    _show(built, inputs, _names(inputs, {}), Way(saved=False))
    if theme is None:
        tell(f"\nA preview: nothing was saved. {called()} init makes a workspace that keeps it.")
    else:
        tell(f"\nA preview with the theme {theme}: nothing was saved. To keep it, name it in csweek.yaml.")


def update(root: Path, read: Read, wish: Wish) -> None:
    """Bring the workspace's plan up to date, show it, and save it unless it is a dry run.

    Raises StoreError when the user does not want much of the future cancelled.
    """
    with Store.open(root, create=not wish.dry_run) as store:
        session().warn(_another_calendar(store, read.inputs.settings))
        built = _built(store, read.inputs, afresh=wish.afresh)
        names = _names(read.inputs, store.directory().persons)
        told = frozenset() if wish.dry_run else store.told(built.table.year.label)
        _show(built, read.inputs, names, Way(not wish.dry_run, wish.afresh, told))
        if wish.dry_run:
            tell("\nA dry run: nothing was saved.")
            return
        if not wish.yes and not wish.afresh:
            _ask(built)
        renewed = _others_renewed(store, built, read.inputs)
        _save(store, built, read, told=map(_digest, built.warnings))
        others = [year for year in store.years() if year.label != built.table.year.label]
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
    """Let the garbage collector rest: a plan is many small objects without a cycle, looked at in vain."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _save(store: Store, built: Built, read: Read, told: Iterable[str] = ()) -> None:
    store.save(built.table, built.changes, Directory.of(read.inputs, session().today), read.files, told)


def _others_renewed(store: Store, built: Built, inputs: Inputs) -> list[str]:
    """Let the events of other years say the names of now, and return what is to be told of it.

    Calendars take names from the files whatever year was planned. It is kept before the year that was
    planned, whose revision thus is the one that undo takes back.
    """
    lines: list[str] = []
    at, texts = options.now(store.revised()), built.table.texts  # which thus are numbered once
    kept, now = store.directory(), Directory.of(inputs, session().today)
    same = (kept.teams.keys(), kept.sites.keys()) == (now.teams.keys(), now.sites.keys())
    for year in store.years():
        before = store.said(year.label)
        if year.label == built.table.year.label or (same and sayings(inputs, before) == before):
            continue  # a year of many people takes long to read
        with _uncollected():
            there = replace(store.table(year, built.table.calendar_id), texts=texts)
            table, changes = anew(there, inputs, session().today, at)
        store.renew(table, changes)
        if not changes.empty:
            said = news(changes.said, table.said)
            lines.append(f"{screen.reworded(len(changes.changed), said, year.label)}.")
    return lines


def _digest(problem: Problem) -> str:
    """Return what a warning is known by: the store keeps none of its words."""
    return f"{crc32(problem.message.encode()):08x}"


def _ask(built: Built) -> None:
    """Ask before much of the future is cancelled."""
    gone = len(built.changes.cancelled)
    future = ahead(built.table, session().today) + gone - len(built.changes.added)
    if gone <= MANY * future:
        return
    question = f"\n{gone} of the {future} events still ahead would be cancelled. Save this plan?"
    if not agreed(question):
        raise StoreError("nothing was saved", "look at csweek plan --dry-run, or answer with --yes")


def _names(inputs: Inputs, before: Mapping[str, Contact]) -> Directory:
    """Return the names as the files have them now, and of those who have gone since."""
    now = Directory.of(inputs, session().today)
    return replace(now, persons={**before, **now.persons})


class Way(NamedTuple):
    """How a plan is shown."""

    saved: bool
    afresh: bool = False
    told: frozenset[str] = frozenset()
    """The digests of what the last plan warned of, and what therefore need not be said in full again."""


def _show(built: Built, inputs: Inputs, names: Directory, way: Way) -> None:
    built = without_surprises(built, inputs.people.organisers)
    asked = asks(built.table, inputs)
    because = Because(inputs, built.table.year, names, built.table.given_up, afresh=way.afresh)
    if session().json:
        give_json(_json(built, asked, inputs.locale, because, saved=way.saved))
    else:
        say("\n".join(_lines(built, asked, inputs, names, because)))
    session().warn(_news(built.warnings, way.told))


def _news(warnings: Sequence[Problem], told: Collection[str]) -> Iterator[Problem]:
    """Yield what the last plan did not warn of, and how much of what it did still holds."""
    same = [one for one in warnings if _digest(one) in told]
    if len(same) < 2:
        yield from warnings
        return
    yield from (one for one in warnings if one not in same)
    hint = f"{again(session().folder)} plan --dry-run says all of them again"
    yield Problem(None, f"{len(same)} warnings of the last plan still hold", hint, Severity.WARNING)


def _lines(built: Built, asked: Asks, inputs: Inputs, names: Directory, because: Because) -> Iterator[str]:
    year = built.table.year
    view = grid.View(year, names, session().today, columns())
    load = by_week(built.table)
    owners = [
        screen.Asked(view.directory.name(one.owner), one.mean, one.most, grid.number(year, one.fullest))
        for one in asked.loads
    ]
    money = screen.Money(asked.currency, asked.money, asked.budget, asked.dearest)
    found = _differences(built, because)._replace(
        soon=_soon(built, inputs.settings.freeze), turned=list(_turned(built, inputs.people))
    )
    yield from screen.changes(view, found, asked.events)
    yield ""
    yield from grid.year(view, load)
    yield ""
    yield from screen.asks(view, load, owners, inputs.settings.limits.owner_minutes_per_week, money)


def _differences(built: Built, because: Because) -> screen.Differences:
    """Return what is to be told of the changes; of each kind only the events that are shown are made."""
    table, changes = built.table, built.changes
    few = screen.SHOWN

    def shown(rows: Sequence[Plain]) -> list[Event]:
        return table.events(rows[:few])

    def pairs(rows: Sequence[tuple[Plain, Plain]]) -> list[tuple[Event, Event]]:
        return list(zip(shown([old for old, _ in rows]), shown([new for _, new in rows]), strict=True))

    moved, cancelled = pairs(changes.moved), pairs(changes.cancelled)
    otherwise = [pair for pair in changes.changed if not reads_otherwise(*pair)]
    changed = pairs(otherwise)
    return screen.Differences(
        screen.Some(len(changes.added), shown(changes.added)),
        screen.Some(len(changes.moved), moved),
        screen.Some(len(otherwise), changed),
        screen.Some(len(changes.cancelled), [now for _, now in cancelled]),
        {**_why(moved + cancelled, because), **{now.id: because.of_owner(was, now) for was, now in changed}},
        len(changes.changed) - len(otherwise),
        news(changes.said, table.said),
    )


def _turned(built: Built, people: People) -> Iterator[str]:
    """Yield what those calendars are called that speak another language, but for those of who has gone."""
    for calendar in built.changes.turned:
        kind, _, whose = calendar.partition("/")
        if kind != "people":
            yield whose or kind
        elif whose in people.persons:
            yield people.persons[whose].name


def _soon(built: Built, freeze: int) -> screen.Soon:
    """Return how many meetings that near moved or were cancelled, whatever made it needed."""
    first = session().today.toordinal()
    near = range(first, first + freeze)

    def number(pairs: Sequence[tuple[Plain, Plain]]) -> int:
        rows = [old for old, _ in pairs if old[DAY] in near]
        return sum(event.channel in GATHERING for event in built.table.events(rows))

    return screen.Soon(freeze, number(built.changes.moved), number(built.changes.cancelled))


def _why(pairs: Sequence[tuple[Event, Event]], because: Because) -> Mapping[str, str]:
    """Return why events are not where they were, by their ids."""
    return {now.id: because.of(was, now) for was, now in pairs}


def _json(built: Built, asked: Asks, locale: str, because: Because, *, saved: bool) -> object:
    revision, table = built.revision, built.table
    gone = built.changes.cancelled
    cancelled = zip(*(table.events([pair[at] for pair in gone]) for at in (0, 1)), strict=True)
    return {
        "schema": 1,
        "year": revision.plan.year.label,
        "revision": revision.plan.revision,
        "saved": saved,
        **lists(revision, locale),
        "why": _why([*revision.moved, *cancelled], because),
        "asks": _asks_json(asked, revision.plan),
        "warnings": [as_json(problem) for problem in built.warnings],
    }


def lists(revision: Revision, locale: str) -> dict[str, object]:
    """Return what differs in a revision, for a program."""
    return {
        "added": [row(event, locale) for event in revision.added],
        "moved": [{"before": row(one, locale), "after": row(two, locale)} for one, two in revision.moved],
        "changed": [row(event, locale) for event in revision.changed],
        "cancelled": [row(event, locale) for event in revision.cancelled],
    }


def _asks_json(asked: Asks, plan: Plan) -> object:
    owners = [
        {
            "owner": one.owner,
            "minutes": one.minutes,
            "minutes_per_week": round(one.mean, 1),
            "most": one.most,
            "week": f"{plan.year.monday(one.fullest):%G-W%V}",
        }
        for one in asked.loads
    ]
    dearest = [{"action": action, "amount": amount} for action, amount in asked.dearest]
    money = {"currency": asked.currency, "amount": asked.money, "budget": asked.budget, "dearest": dearest}
    return {"events": asked.events, "owners": owners, "money": money}
