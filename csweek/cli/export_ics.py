"""``csweek export ics``: calendars."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from csweek.cli import options

if TYPE_CHECKING:
    from csweek.render.calendars import Kind


@click.command(epilog="Example: csweek export ics --only teams")
@click.option(
    "--only", type=click.Choice(["everyone", "teams", "owners"]), multiple=True,
    help="Only these calendars; may be given more than once.",
)  # fmt: skip
@options.out("Write below DIR instead of out.")
@options.dry_run
@options.year
@options.today
@options.strict
def ics(only: tuple[Kind, ...], out: Path | None, *, dry_run: bool) -> None:
    """Export calendars for everyone, teams and owners.

    What lies in share may be published: it holds no surprise. What lies in private is for its owner
    alone. Subscribe to a calendar where you can; where it must be imported, import it into a
    calendar of its own, so that it can be deleted and imported again.
    """
    from csweek.cli import products
    from csweek.cli.desk import desk, put

    at = desk(out)
    put(products.calendars_of(at, only or products.KINDS), at.out, dry_run=dry_run)
