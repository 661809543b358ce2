"""What a plan that was just made says of itself, on the terminal and for programs."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

from csweek.cli.terminal.called import again
from csweek.cli.terminal.session import as_json, session
from csweek.cli.terminal.streams import columns, give_json, say
from csweek.errors import Problem, Severity
from csweek.model.basics import GATHERING
from csweek.model.inputs import Inputs
from csweek.model.people import People
from csweek.model.plan import Directory, Event, Plan, Revision
from csweek.plan.again.because import Because
from csweek.plan.build import Built
from csweek.plan.hidden import without_surprises
from csweek.plan.record.sayings import news
from csweek.plan.told.asks import Asks, asks, by_week
from csweek.render.screen import plan as screen
from csweek.render.screen import year as grid
from csweek.render.tables import as_json as row
from csweek.rows import DAY, Plain
from csweek.rows.table import reads_otherwise


class Way(NamedTuple):
    """How a plan is shown."""

    saved: bool
    afresh: bool = False
    told: frozenset[str] = frozenset()
    """The digests of what the last plan warned of, and what therefore need not be said in full again."""


def show(built: Built, inputs: Inputs, names: Directory, way: Way) -> None:
    """Show a plan and what differs in it, without the surprises for its organisers, and warn."""
    built = without_surprises(built, inputs.people.organisers)
    asked = asks(built.table, inputs)
    because = Because(inputs, built.table.year, names, built.table.given_up, afresh=way.afresh)
    try:
        if session().json:
            give_json(_json(built, asked, inputs.locale, because, saved=way.saved))
        else:
            say("\n".join(_lines(built, asked, inputs, names, because)))
    finally:
        session().warn(_news(built.warnings, way.told))


def _news(warnings: Sequence[Problem], told: Collection[str]) -> Iterator[Problem]:
    """Yield what the last plan did not warn of, and how much of what it did still holds."""
    same = [one for one in warnings if digest(one) in told]
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
        news(changes.news, table.said),
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


def digest(problem: Problem) -> str:
    """Return what a warning is known by: the store keeps none of its words."""
    return f"{crc32(problem.message.encode()):08x}"
