"""``csweek report``: how good the planned year is."""

import click

from csweek.cli import options
from csweek.cli.terminal.session import session


@click.command(epilog="Example: csweek report --strict")
@options.year
@options.shown
def report() -> None:
    """Say how good the year is: what holds, what does not, and the smallest change that helps.

    Weighs the saved plan against your files as they are now. In a folder without a workspace it weighs
    a preview of the default theme. With --strict it exits with 1 where something does not hold.
    """
    from csweek.cli.sources.desk import desk
    from csweek.cli.terminal.streams import columns, give_json, say
    from csweek.cli.year.weighing import as_json, page, weighed
    from csweek.render.screen.year import View

    at = desk(None)
    current = session()
    found = weighed(at.plan, at.inputs, current.today, at.meetings)
    if not found.holds:
        current.warned = True
    if current.json:
        give_json(as_json(found))
    else:
        say("\n".join(page(found, View(at.plan.year, at.directory, current.today, columns()))))
