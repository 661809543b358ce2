"""``csweek export``: calendars and tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from csweek.cli import options
from csweek.errors import UsageError

if TYPE_CHECKING:
    from csweek.render.calendars import Kind

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}


@click.command(epilog="Example: csweek export csv > plan.csv")
@click.argument("kind", type=click.Choice(["ics", "csv", "json"]))
@click.option(
    "--only", type=click.Choice(["everyone", "teams", "owners"]), multiple=True,
    help="Of the calendars only these; may be given more than once.",
)  # fmt: skip
@click.option(
    "--delimiter", type=click.Choice(list(DELIMITERS)), default="comma", show_default=True,
    help="What divides the cells of csv; Excel in Swedish and Bosnian wants semicolon.",
)  # fmt: skip
@options.out("Write below DIR instead of out; csv and json go to standard output without it.")
@options.dry_run
@options.year
@options.today
@options.strict
def export(
    kind: Literal["ics", "csv", "json"],
    only: tuple[Kind, ...],
    delimiter: str,
    out: Path | None,
    *,
    dry_run: bool,
) -> None:
    """Export the year: calendars (ics) for everyone, teams and owners, or a table (csv, json).

    What lies in share may be published: it holds no surprise. What lies in private is for its owner
    alone. Subscribe to a calendar where you can; where it must be imported, import it into a
    calendar of its own, so that it can be deleted and imported again.
    """
    from csweek.cli import products
    from csweek.cli.desk import desk, put
    from csweek.cli.streams import give

    if only and kind != "ics":
        raise UsageError("--only is for calendars", f"leave it out: {kind} holds the whole year")
    if delimiter != "comma" and kind != "csv":
        raise UsageError(f"--delimiter is for csv, not for {kind}", "leave it out, or export csv")
    at = desk(out)
    if kind == "ics":
        put(products.calendars_of(at, only or products.KINDS), at.out, dry_run=dry_run)
        return
    document = products.table(at, kind, DELIMITERS[delimiter])
    if out is None and not dry_run:
        give(document.content)
    else:
        put([document], at.out, dry_run=dry_run)
