"""``csweek export csv|json``: the plan as a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from csweek.cli import options

if TYPE_CHECKING:
    from csweek.cli.sources.desk import Desk
    from csweek.model.plan import Document

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}


class Delimiter(click.Choice[str]):
    """A sign that divides cells, by its name or as it is."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return its name."""
        named = {sign: name for name, sign in DELIMITERS.items()} | {"\\t": "tab"}
        return super().convert(named.get(str(value), value), param, ctx)


@click.command(epilog="Example: csweek export csv > plan.csv")
@click.option(
    "--delimiter", "--separator", type=Delimiter(list(DELIMITERS)), default="comma", show_default=True,
    help="What divides the cells; Excel in Swedish and Bosnian wants semicolon (or ';').",
)  # fmt: skip
@click.option(
    "--for", "whom", type=click.Choice(["wfm"]),
    help="wfm: who is away from customers when (id, date, from, to, code), for workforce management.",
)  # fmt: skip
@options.out("Write below DIR; without it the table goes to standard output.")
@options.dry_run
@options.year
@options.today
@options.strict
def csv(delimiter: str, whom: Literal["wfm"] | None, out: Path | None, *, dry_run: bool) -> None:
    """Export the plan as a table for spreadsheets, or for workforce management."""
    _give("wfm" if whom else "csv", out, DELIMITERS[delimiter], dry_run=dry_run)


@click.command(epilog="Example: csweek export json > plan.json")
@options.out("Write below DIR; without it the plan goes to standard output.")
@options.dry_run
@options.year
@options.today
@options.strict
def json(out: Path | None, *, dry_run: bool) -> None:
    """Export the plan for programs; docs/plan.schema.json describes it."""
    _give("json", out, ",", dry_run=dry_run)


def _give(kind: Literal["csv", "json", "wfm"], out: Path | None, delimiter: str, *, dry_run: bool) -> None:
    from csweek.cli.sources.desk import desk, put
    from csweek.cli.terminal.streams import give

    at = desk(out)
    document = table(at, kind, delimiter)
    if out is None and not dry_run:
        give(document.content)
    else:
        put([document], at.out, dry_run=dry_run)


def table(at: Desk, kind: Literal["csv", "json", "wfm"], delimiter: str = ",") -> Document:
    """Return the plan as one table for the organisers, without their own surprises."""
    from csweek.model.plan import Document
    from csweek.names import safe_name
    from csweek.render import tables
    from csweek.render.workforce import workforce_csv

    what, ending = ("workforce", "csv") if kind == "wfm" else ("plan", kind)
    name = f"private/organisers/{at.private(f'{what}-{safe_name(at.plan.year.label)}')}.{ending}"
    if kind == "json":
        return Document(name, "application/json", tables.events_json(at.plan, at.directory, at.organisers))
    if kind == "wfm":
        return Document(name, "text/csv", workforce_csv(at.plan, at.inputs, delimiter))
    return Document(name, "text/csv", tables.events_csv(at.plan, at.directory, at.organisers, delimiter))
