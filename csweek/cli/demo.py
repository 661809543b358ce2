"""``csweek demo``: a sample organisation and everything made from it."""

from pathlib import Path

import click

from csweek.cli import options


@click.command(epilog="Example: csweek demo")
@click.argument(
    "folder", metavar="[DIR]", default="csweek-demo", type=click.Path(file_okay=False, path_type=Path)
)
@options.today
def demo(folder: Path) -> None:
    """Make a sample organisation in DIR (csweek-demo), plan its year, and make everything from it.

    Cards to print, announcements, calendars and tables then lie in DIR/out. Run again, it refreshes
    the demo; a folder that is anything else is left alone.
    """
    from csweek.cli.begin.sample import run  # brings everything

    run(folder)
