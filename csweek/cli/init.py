"""``csweek init``: a workspace, by questions or flags."""

from __future__ import annotations

from pathlib import Path

import click

from csweek.cli import complete
from csweek.cli.called import again, called
from csweek.cli.session import painted, session
from csweek.cli.streams import say, tell
from csweek.errors import OutputError


@click.command(epilog="Example: csweek init nordic-care --country SE --yes")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--organisation", metavar="NAME", help="What cards and calendars call you.")
@click.option("--country", metavar="CC", help="Two letters or a name, for its holidays: SE, KR, BA, CA.")
@click.option(
    "--timezone", metavar="ZONE", help="Like Europe/Stockholm; else the machine's or the country's."
)
@click.option("--locale", metavar="LOCALE", help="The language: en, sv, ko or bs.")
@click.option(
    "--people", metavar="FILE", type=click.Path(path_type=Path), help="A people file that you have."
)
@click.option("--theme", metavar="NAME", shell_complete=complete.themes, help="Else service-as-a-power.")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing: take what is given, and good defaults.")
def init(folder: Path, people: Path | None, *, yes: bool, **given: str | None) -> None:
    """Make a workspace in DIR, or here: csweek.yaml, people.csv and .gitignore.

    Asks what is not given. Nothing that is there is ever overwritten.
    """
    from csweek.cli.starting import ask, documents, put_new

    if (folder / "csweek.yaml").exists():
        raise OutputError(
            f"{folder / 'csweek.yaml'} is there already", f"{again(folder)} plan brings its year up to date"
        )
    answers = ask(folder, people, given, quiet=yes)
    for path in put_new(documents(answers, session().today.year + 1), folder):
        say(str(path))
    if answers.own_people:
        _check(folder)
    _next(folder, answers.people)


def _check(folder: Path) -> None:
    """Tell what is wrong in the people file that the user brought."""
    from csweek.read.workspace import read

    for problem in read(folder).problems:
        tell(painted(problem))


def _next(folder: Path, people: str) -> None:
    csweek = called() if folder.absolute() == Path.cwd() else again(folder)
    steps = [
        (f"write your people into {folder / people}", "a row each; only the name is needed"),
        (f"{csweek} check", "finds every mistake, with its line"),
        (f"{csweek} plan", "builds the year"),
    ]
    width = max(len(step) for step, _ in steps)
    tell("\nNext:")
    for step, what in steps:
        tell(f"  {step.ljust(width)}   {what}")
