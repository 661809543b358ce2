"""``csweek announce``: the week's note."""

from pathlib import Path

import click

from csweek.cli import complete, options
from csweek.errors import UsageError


@click.command(epilog="Example: csweek announce --week 41 --out out")
@click.option("--week", metavar="N", help="The note of week N instead of this week's.")
@click.option(
    "--team", "teams", metavar="NAME", multiple=True, shell_complete=complete.teams,
    help="The note for a team in its language; may be given more than once.",
)  # fmt: skip
@click.option("--locale", metavar="LOCALE", help="The language to print, like sv.")
@click.option(
    "--format", "kind", type=click.Choice(["txt", "md", "html"]), default="txt", help="What to print."
)
@options.out("Write every language as text, Markdown and HTML below DIR.")
@options.dry_run
@options.year
@options.today
@options.strict
def announce(
    week: str | None,
    teams: tuple[str, ...],
    locale: str | None,
    kind: str,
    out: Path | None,
    *,
    dry_run: bool,
) -> None:
    """Print the week's note to paste into a channel, or write it in every language.

    It holds no surprise and nothing about who wants to be thanked in private.
    """
    from csweek.cli import find, products
    from csweek.cli.desk import desk, put
    from csweek.cli.session import session
    from csweek.cli.streams import say

    if locale and (teams or out is not None or dry_run):
        hint = "leave it out: a team's note is in its language, and files are written in every one"
        raise UsageError("--locale says which language to print", hint)
    at = desk(out)
    monday = find.week(week, at.plan.year, session().today)
    wanted = list(dict.fromkeys(find.team(team, at.directory) for team in teams))
    documents = products.announcements(at, monday, wanted)
    if out is not None or dry_run:
        put(documents, at.out, dry_run=dry_run)
        return
    ending = f".{kind}" if wanted else f"-{products.language(at, locale)}.{kind}"
    texts = [one.content.decode() for one in documents if one.name.endswith(ending)]
    say("\n".join(texts).rstrip("\n"))
