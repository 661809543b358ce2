"""``csweek send``: announcements delivered."""

from datetime import date

import click

from csweek.cli import complete, options


@click.command(epilog="Example: csweek send weekly --by mail")
@click.argument("kinds", nargs=-1, metavar="[KIND]...", shell_complete=complete.announcements)
@click.option("--by", type=click.Choice(["mail", "slack", "teams"]), default="mail", show_default=True)
@click.option("--deliver", is_flag=True, help="Really send; without it only what would be sent is shown.")
@click.option(
    "--retry-doubtful", is_flag=True,
    help="Send again what was handed over without an answer: some may then get it twice.",
)  # fmt: skip
@options.week("Of week N instead of this week.")
@click.option("--day", type=options.Day(), metavar="YYYY-MM-DD", help="Of a day.")
@click.option("--event", metavar="ID", shell_complete=complete.events, help="Of one event, like e412.")
@click.option(
    "--team", "teams", metavar="NAME", multiple=True, shell_complete=complete.teams,
    help="To a team in its language; may be given more than once.",
)  # fmt: skip
@click.option("--all-teams", is_flag=True, help="To every team, each in its language.")
@click.option("--owner", metavar="WHO", shell_complete=complete.persons, help="One owner's briefing alone.")
@click.option("--locale", metavar="LOCALE", help="Only to those who read this language, like sv.")
@click.option(
    "--webhook", metavar="VARIABLE",
    help="The environment variable with the address, else CSWEEK_SLACK_WEBHOOK or CSWEEK_TEAMS_WEBHOOK.",
)  # fmt: skip
@click.option(
    "--rate", type=click.IntRange(1, 100_000), metavar="N",
    help="Messages a minute; else 30 mails, 60 posts to a webhook.",
)  # fmt: skip
@options.year
@options.shown
def send(
    *,
    by: str,
    deliver: bool,
    retry_doubtful: bool,
    webhook: str | None,
    rate: int | None,
    **wish: str | bool | date | tuple[str, ...] | None,
) -> None:
    """Deliver announcements by mail or to a channel of Slack or Teams.

    Shows what would go to whom; --deliver sends it. Servers, logins and webhooks are taken from the
    environment alone. Nobody is written to twice: what was sent is remembered, and what may have
    arrived or not is listed and left. Without KIND: this week's note.
    """
    from csweek.cli.sources.desk import desk
    from csweek.cli.telling.choosing import Wish, choose
    from csweek.cli.telling.sending import Order, send_all

    at = desk(None)
    chosen = choose(at, Wish(**wish))  # type: ignore[arg-type]
    send_all(at, chosen, Order(by, webhook, rate, deliver=deliver, retry=retry_doubtful))
