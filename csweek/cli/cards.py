"""``csweek cards``: print-ready cards."""

from pathlib import Path

import click

from csweek.cli import complete, options
from csweek.cli.printing.lengths import SHIFT


@click.command(epilog="Example: csweek cards --week 41 --sheet a4-2up --two-sided long-edge")
@options.week("The cards of week N.")
@click.option("--day", type=options.Day(), metavar="YYYY-MM-DD", help="The cards of one day.")
@click.option("--person", metavar="WHO", shell_complete=complete.persons, help="One person's cards.")
@click.option("--team", metavar="NAME", shell_complete=complete.teams, help="The cards of a team's people.")
@click.option("--site", metavar="NAME", help="The cards of a site's people.")
@click.option("--owner", metavar="WHO", shell_complete=complete.persons, help="The cards that WHO signs.")
@click.option("--action", metavar="ID", help="The cards of an action, like wow-note.")
@click.option("--all-year", is_flag=True, help="All cards of the year.")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="One card for each row of a table, whatever is planned.",
)
@click.option(
    "--blank",
    type=click.IntRange(1, 1000),
    metavar="N",
    help="N cards without names, for a team without a plan.",
)
@click.option("--card", metavar="NAME", shell_complete=complete.designs, help="This design, like thank-you.")
@click.option(
    "--sheet", metavar="NAME", shell_complete=complete.sheets,
    help="The sheet, like a4-4up or avery-5371; else by the site's country.",
)  # fmt: skip
@click.option(
    "--two-sided", type=click.Choice(["long-edge", "short-edge"]),
    help="Print backs too; the edge is the one that the printer turns the paper over.",
)  # fmt: skip
@click.option(
    "--start-at", "start", type=click.IntRange(1, 100), default=1, metavar="N",
    help="Begin at place N of the first sheet, where others are used up.",
)  # fmt: skip
@click.option(
    "--shift",
    type=SHIFT,
    default="0,0",
    metavar="X,Y",
    help="Print so far to the right and down: 1mm,-0.5mm.",
)
@click.option("--back-shift", type=SHIFT, default="0,0", metavar="X,Y", help="The same for backs.")
@click.option(
    "--format", "form", type=click.Choice(["pdf", "png", "html"]), default="pdf", help="What to make."
)
@click.option(
    "--per",
    type=click.Choice(["owner", "team"]),
    help="One document for each; with --data by sender or team.",
)
@click.option(
    "--missing-glyph",
    "missing",
    type=click.Choice(["error", "box"]),
    default="error",
    help="What to do about letters that no font has.",
)
@click.option(
    "--locale", metavar="LOCALE",
    help="The language of what names none, like sv, with --data, --blank, --calibrate or --contact-sheet.",
)  # fmt: skip
@click.option("--proof", is_flag=True, help="Say across every card that it is a proof.")
@click.option("--calibrate", is_flag=True, help="The page to measure --shift and --back-shift with.")
@click.option("--contact-sheet", "contact", is_flag=True, help="Every design in the theme's look.")
@options.out("Write below DIR instead of out.")
@options.dry_run
@options.year
@options.today
@options.strict
def cards(out: Path | None, *, dry_run: bool, **given: object) -> None:
    """Make cards to print, cut and sign: this week's unless told otherwise.

    With --data FILE: a card for each row of a table, with no plan at all.
    With --person or --team alone: all that are still ahead this year. Whoever has left, is on leave
    or wants no thanks gets none, and is named. Beside the cards lies a page for whoever prints them.
    """
    from csweek.cli.printing.choice import Wish
    from csweek.cli.printing.job import Options
    from csweek.cli.printing.run import run

    wish = {name: given.pop(name) for name in Wish._fields}
    run(Options(Wish(**wish), **given), out, dry_run=dry_run)  # type: ignore[arg-type]
