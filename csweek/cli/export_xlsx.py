"""``csweek export xlsx``: the planner's workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from csweek.cli import options

if TYPE_CHECKING:
    from csweek.cli.sources.desk import Desk
    from csweek.model.plan import Document


@click.command(epilog="Example: csweek export xlsx")
@options.out("Write below DIR instead of out.")
@options.dry_run
@options.year
@options.today
@options.strict
def xlsx(out: Path | None, *, dry_run: bool) -> None:
    """Export the planner's workbook: the year, its events, the owners, and a tick list for each.

    Its first sheet names nobody and may be shown. The others are the organisers' own. Ticks are
    read back by csweek done --from FILE.
    """
    from csweek.cli.sources.desk import desk, put

    at = desk(out)
    document = _workbook(at)
    _keep_ticks(at, at.out / document.name)
    put([document], at.out, dry_run=dry_run)


def _keep_ticks(at: Desk, path: Path) -> None:
    """Raise OutputError where ticks stand in the file to be replaced that nobody has read back yet."""
    from csweek.cli.terminal.called import as_typed
    from csweek.errors import OutputError
    from csweek.model.basics import Status
    from csweek.read.ticks import read_ticks
    from csweek.render.screen.text import many

    if not path.is_file():
        return
    done = {event.id for event in at.plan.events if event.status is Status.DONE}
    new = {one.event for one in read_ticks(path)[0]} - done
    if new:
        text = f"{path} holds {many(len(new), 'tick')} not read back yet; nothing was changed"
        raise OutputError(text, f"csweek done --from {as_typed(path)} reads them; --out DIR writes elsewhere")


def _workbook(at: Desk) -> Document:
    from csweek.cli.terminal.session import session
    from csweek.model.plan import Document
    from csweek.names import safe_name
    from csweek.plan.measure import minutes_by_week
    from csweek.render.paper.sheets import LETTER
    from csweek.render.workbook.book import MEDIA_TYPE, workbook
    from csweek.render.workbook.rows import Subject

    settings = at.inputs.settings
    subject = Subject(
        at.plan,
        at.directory,
        at.inputs.theme_on(session().today).look,
        at.organisers,
        minutes_by_week(at.plan, at.plan.live),
        settings.limits.owner_minutes_per_week,
        letter=all(site.country in LETTER for site in settings.sites.values()),
    )
    name = f"private/organisers/{at.private(f'plan-{safe_name(at.plan.year.label)}')}.xlsx"
    return Document(name, MEDIA_TYPE, workbook(subject))
