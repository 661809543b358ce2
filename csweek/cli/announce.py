"""``csweek announce``: what is told in writing, for every channel."""

from datetime import date
from pathlib import Path

import click

from csweek.cli import complete, options


@click.command(epilog="Example: csweek announce kickoff --channel html --channel slack --out out")
@click.argument("kinds", nargs=-1, metavar="[KIND]...", shell_complete=complete.announcements)
@click.option("--list", "listed", is_flag=True, help="What can be made, and what is missing for the rest.")
@options.week("Of week N instead of this week.")
@click.option("--day", type=options.Day(), metavar="YYYY-MM-DD", help="Of a day.")
@click.option("--event", metavar="ID", shell_complete=complete.events, help="Of one event, like e412.")
@click.option("--all-year", is_flag=True, help="Everything of the planned year that has its date.")
@click.option(
    "--team", "teams", metavar="NAME", multiple=True, shell_complete=complete.teams,
    help="For a team in its language; may be given more than once.",
)  # fmt: skip
@click.option("--all-teams", is_flag=True, help="For every team, each in its language.")
@click.option(
    "--owner", metavar="WHO", shell_complete=complete.persons, help="The briefing of one owner alone."
)
@click.option(
    "--locale", metavar="LOCALE", help="In this language alone, like sv, whatever its readers' own is."
)
@click.option(
    "--channel", "channels", metavar="NAME", multiple=True, shell_complete=complete.channels,
    help="txt, md, html, eml, slack, mrkdwn, teams or pdf (a poster); may be given more than once.",
)  # fmt: skip
@options.out("Write files below DIR, in every language and channel (posters apart) unless told otherwise.")
@options.dry_run
@options.year
@options.today
@options.as_json
@options.strict
def announce(
    *, listed: bool, out: Path | None, dry_run: bool, **wish: str | bool | date | tuple[str, ...] | None
) -> None:
    """Print an announcement to paste, or write announcements for every channel.

    Without KIND: this week's note; with --day what that day calls for; with --event that event. What may
    be published holds no surprise and names nobody who has not chosen public thanks; the rest goes into
    the folder of the one whom it is for.
    """
    from csweek.cli.sources.desk import desk
    from csweek.cli.telling.announcing import listing, print_, write
    from csweek.cli.telling.choosing import Wish, choose, in_one_language

    at = desk(out)
    chosen = in_one_language(at, choose(at, Wish(**wish)))  # type: ignore[arg-type]
    if listed:
        listing(at, chosen)
    elif out is not None or dry_run:
        write(at, chosen, dry_run=dry_run)
    else:
        print_(at, chosen)
