"""``csweek cards``: print-ready cards."""

from pathlib import Path

import click

from csweek.cli import complete, options


@click.command(epilog="Example: csweek cards --week 41 --sheet a4-4up")
@click.option("--week", metavar="N", help="The cards of week N.")
@click.option("--person", metavar="WHO", shell_complete=complete.persons, help="One person's cards.")
@click.option("--team", metavar="NAME", shell_complete=complete.teams, help="The cards of a team's people.")
@click.option("--all-year", is_flag=True, help="All cards of the year.")
@click.option(
    "--sheet", metavar="NAME", shell_complete=complete.sheets,
    help="The sheet, like a4-4up or letter-2up; else by the site's country.",
)  # fmt: skip
@options.out("Write below DIR instead of out.")
@options.dry_run
@options.year
@options.today
@options.strict
def cards(sheet: str | None, out: Path | None, *, dry_run: bool, **wish: str | bool | None) -> None:
    """Make cards to print, cut and sign: this week's unless told otherwise.

    With --person or --team alone: all that are still ahead this year. Whoever has left, is on leave
    or wants no thanks gets none, and is named.
    """
    from csweek.cli.choice import Wish, choose
    from csweek.cli.desk import desk, put
    from csweek.cli.products import cards as made
    from csweek.cli.session import session

    at = desk(out)
    chosen = choose(at.plan, at.directory, session().today, Wish(**wish))  # type: ignore[arg-type]
    put(made(at, chosen, sheet), at.out, dry_run=dry_run)
