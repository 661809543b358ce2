"""``csweek plan``: build the year, or bring it up to date."""

import click

from csweek.cli import complete, options


@click.command(epilog="Example: csweek plan --dry-run")
@click.option("--dry-run", is_flag=True, help="Say what would change, and save nothing.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask, even when much would be cancelled.")
@click.option("--afresh", is_flag=True, help="Deal again what was chosen and is still ahead.")
@click.option(
    "--theme", metavar="NAME", shell_complete=complete.themes,
    help="Preview the year with this theme; saves nothing.",
)  # fmt: skip
@options.year
@options.shown
def plan(theme: str | None, **wish: bool) -> None:
    """Build the year, or bring it up to date.

    Says what changed since the last plan, shows the year and what it asks of each owner, and saves
    it in the workspace. Without a workspace it previews the default theme for a whole organisation.
    """
    from csweek.cli.sources import workspace
    from csweek.cli.terminal.session import session
    from csweek.cli.year import planning

    root = workspace.root(session())
    read = workspace.read(session(), root, theme, days=workspace.planned(session()), plans=True)
    if root is None or theme is not None:
        planning.preview(read.inputs, theme)
    else:
        planning.update(root, read, planning.Wish(**wish))
