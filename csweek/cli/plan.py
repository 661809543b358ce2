"""``csweek plan``: build the year, or bring it up to date."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import click

from csweek.cli import complete, options, workspace
from csweek.cli.called import called
from csweek.cli.session import as_json, session
from csweek.cli.streams import columns, give_json, say, tell
from csweek.errors import Problem, StoreError
from csweek.model import Directory, Event, Inputs, Plan, Revision, Status, Year

MANY = 0.1
"""The share of the future that is cancelled only after asking."""


class Wish(NamedTuple):
    """How the plan is to be made."""

    dry_run: bool = False
    yes: bool = False
    afresh: bool = False


@click.command(epilog="Example: csweek plan --dry-run")
@click.option("--dry-run", is_flag=True, help="Say what would change, and save nothing.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask, even when much would be cancelled.")
@click.option("--afresh", is_flag=True, help="Deal again what was chosen and is still ahead.")
@click.option(
    "--theme", metavar="NAME", shell_complete=complete.themes,
    help="Preview the year with this theme; saves nothing.",
)  # fmt: skip
@options.year
@options.shown
def plan(*, theme: str | None, **wish: bool) -> None:
    """Build the year, or bring it up to date.

    Says what changed since the last plan, shows the year and what it asks of each owner, and saves
    it in the workspace. Without a workspace it previews the default theme for a whole organisation.
    """
    root = workspace.root(session())
    inputs, files = workspace.read(session(), root, theme)
    if root is None or theme is not None:
        _preview(inputs, theme)
    else:
        update(root, inputs, files, Wish(**wish))


def _preview(inputs: Inputs, theme: str | None) -> None:
    from csweek.cli.preview import whole_year  # brings the planner

    built = whole_year(inputs, session())
    _show(built.revision, inputs, built.warnings, saved=False)
    session().warn(built.warnings)
    if theme is None:
        tell(f"\nA preview: nothing was saved. {called()} init makes a workspace that keeps it.")
    else:
        tell(f"\nA preview with the theme {theme}: nothing was saved. To keep it, name it in csweek.yaml.")


def update(root: Path, inputs: Inputs, files: Mapping[str, str], wish: Wish) -> None:
    """Bring the workspace's plan up to date, show it, and save it unless it is a dry run.

    Raises StoreError when the user does not want much of the future cancelled.
    """
    from csweek.plan.build import build  # brings holidays
    from csweek.plan.year import year_for
    from csweek.store import Store

    year, today, now = year_for(inputs.settings, session().today), session().today, options.now()
    with Store.open(root, create=not wish.dry_run) as store:
        calendar = store.calendar_id(inputs.settings.calendar_id)
        last = store.plan(year.label)
        before = last or Plan(year, (), 0, now, calendar, store.next_serial())
        aside = _set_aside(before, today, now) if wish.afresh else ()
        built = build(inputs, year, today, _without(before, aside), now, calendar)
        revision = replace(built.revision, cancelled=(*aside, *built.revision.cancelled))
        _show(revision, inputs, built.warnings, saved=not wish.dry_run)
        session().warn(built.warnings)
        if wish.dry_run:
            tell("\nA dry run: nothing was saved.")
            return
        if not wish.yes and not wish.afresh:
            _ask(revision, before, today)
        store.save(revision, Directory.of(inputs, today), files)
    tell(f"\nSaved. {called()} show today is where to begin.")


def _set_aside(before: Plan, today: date, now: datetime) -> tuple[Event, ...]:
    """Return what was chosen and is still ahead, cancelled, so that it is dealt again."""
    return tuple(
        replace(event, status=Status.CANCELLED, sequence=event.sequence + 1, changed=now)
        for event in before.live
        if event.date >= today and event.status is Status.PLANNED and not event.fixed
    )


def _without(before: Plan, aside: Iterable[Event]) -> Plan:
    cancelled = {event.id: event for event in aside}
    return replace(before, events=tuple(cancelled.get(event.id, event) for event in before.events))


def _ask(revision: Revision, before: Plan, today: date) -> None:
    """Ask before much of the future is cancelled."""
    future = sum(event.date >= today for event in before.live)
    gone = len(revision.cancelled)
    if gone <= MANY * future:
        return
    question = f"{gone} of the {future} events still ahead would be cancelled. Save this plan?"
    if not click.confirm(question, err=True):
        raise StoreError("nothing was saved", "look at csweek plan --dry-run, or answer with --yes")


def _show(revision: Revision, inputs: Inputs, warnings: Sequence[Problem], *, saved: bool) -> None:
    if session().json:
        give_json(_json(revision, inputs, warnings, saved=saved))
    else:
        say("\n".join(_lines(revision, inputs)))


def _lines(revision: Revision, inputs: Inputs) -> Iterator[str]:
    from csweek.plan.measure import asks
    from csweek.render.screen import plan as screen
    from csweek.render.screen import year as grid

    covers = revision.plan.year
    view = grid.View(covers, Directory.of(inputs, session().today), session().today, columns())
    load = _load(revision.plan)
    asked = asks(revision.plan, inputs)
    owners = [
        screen.Asked(view.directory.name(one.owner), one.mean, one.most, _number(covers, one.fullest))
        for one in asked.loads
    ]
    money = screen.Money(asked.currency, asked.money, asked.budget)
    yield from screen.changes(view, revision)
    yield ""
    yield from grid.year(view, load)
    yield ""
    yield from screen.asks(view, load, owners, inputs.settings.limits.owner_minutes_per_week, money)


def _load(plan: Plan) -> list[int]:
    weeks = [0] * plan.year.weeks
    for event in plan.live:
        weeks[plan.year.week_of(event.date)] += 1
    return weeks


def _number(year: Year, week: int) -> int:
    return year.monday(week).isocalendar().week


def _json(revision: Revision, inputs: Inputs, warnings: Sequence[Problem], *, saved: bool) -> object:
    from csweek.plan.measure import asks
    from csweek.render.tables import as_json as row

    asked = asks(revision.plan, inputs)
    return {
        "schema": 1,
        "year": revision.plan.year.label,
        "revision": revision.plan.revision,
        "saved": saved,
        "added": [row(event, inputs.locale) for event in revision.added],
        "moved": [
            {"before": row(before, inputs.locale), "after": row(after, inputs.locale)}
            for before, after in revision.moved
        ],
        "changed": [row(event, inputs.locale) for event in revision.changed],
        "cancelled": [row(event, inputs.locale) for event in revision.cancelled],
        "asks": {
            "events": asked.events,
            "owners": [
                {
                    "owner": one.owner,
                    "minutes": one.minutes,
                    "minutes_per_week": round(one.mean, 1),
                    "most": one.most,
                    "week": f"{revision.plan.year.monday(one.fullest):%G-W%V}",
                }
                for one in asked.loads
            ],
            "money": asked.money,
            "currency": asked.currency,
            "budget": asked.budget,
        },
        "warnings": [as_json(problem) for problem in warnings],
    }
