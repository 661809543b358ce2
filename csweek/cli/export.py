"""``csweek export``: what is made of the year, each kind a command of its own."""

import click

from csweek.cli.group import Commands, Stub

KINDS = {
    "ics": ("csweek.cli.export_ics:ics", "Calendars for everyone, teams, owners and more."),
    "csv": ("csweek.cli.export_tables:csv", "The plan as a table for spreadsheets."),
    "xlsx": ("csweek.cli.export_xlsx:xlsx", "The year to show, events to filter, tick lists for owners."),
    "json": ("csweek.cli.export_tables:json", "The plan for programs."),
}


class Kinds(Commands):
    """The kinds of export, none imported before it is called."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; the error boundary stands around the outermost group."""
        return click.Group.invoke(self, ctx)


@click.group(
    cls=Kinds,
    commands=[Stub(name, *about) for name, about in KINDS.items()],
    epilog="Example: csweek export ics",
)
def export() -> None:
    """Export the year: calendars (ics), a workbook (xlsx), or a table (csv, json).

    What lies in share may be published: it holds no surprise. What lies in private is for its owner
    alone.
    """
