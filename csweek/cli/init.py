"""``csweek init``: a workspace, by questions or flags."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from csweek.cli import complete
from csweek.cli.terminal.called import again, called
from csweek.cli.terminal.session import painted, session
from csweek.cli.terminal.streams import say, tell
from csweek.errors import OutputError
from csweek.names import few

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from csweek.cli.begin.starting import Answers

FEW = 4
"""Parts of a country that are named; the others are counted."""


@click.command(epilog="Example: csweek init nordic-care --country SE --yes")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--organisation", metavar="NAME", help="What cards and calendars call you.")
@click.option("--country", metavar="CC", help="Two letters or a name, for its holidays: SE, KR, BA, CA.")
@click.option(
    "--subdivision", metavar="CODE", help="Its part with holidays of its own: ENG in GB, BIH in BA, ON in CA."
)
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
    from csweek.cli.begin.starting import ask, documents, put_new

    if (folder / "csweek.yaml").exists():
        hint = f"{_called(folder)} plan brings its year up to date"
        raise OutputError(f"{folder / 'csweek.yaml'} is there already", hint)
    answers = ask(folder, people, given, quiet=yes)
    for path in put_new(documents(answers, session().today.year + 1), folder):
        say(str(path))
    wrong = _check(folder) if answers.own_people else 0
    _next(folder, answers, wrong, quiet=yes)


def _check(folder: Path) -> int:
    """Tell what is wrong in the people file that the user brought, and return how many errors that is."""
    from csweek.read.workspace import read

    problems = read(folder).problems
    for problem in problems:
        tell(painted(problem))
    return sum(problem.is_error for problem in problems)


def _called(folder: Path) -> str:
    """Return the command for another call in a folder."""
    return called() if folder.resolve() == Path.cwd().resolve() else again(folder)


def _parts(folder: Path, answers: Answers, said: Container[str | None]) -> Iterator[tuple[str, str]]:
    """Yield the step of saying where in its country a site lies, where that makes a difference."""
    from csweek.cli.begin.starting import countries, subdivisions

    for country in dict.fromkeys(country for _, country, _ in countries(answers)):
        parts = [] if country in said else list(subdivisions(country))
        if parts:
            step = f"add subdivision: to {country} in {folder / 'csweek.yaml'}"
            yield step, f"parts of it have holidays of their own: {few(parts, FEW)}"


def _asked_of(answers: Answers) -> str:
    """Return what is to be looked at in the sites: those first of which only the given country is known."""
    from csweek.cli.begin import guess

    unknown = [name for name in answers.sites if guess.city(name) is None]
    if len(unknown) < 2 or not answers.country:
        return "is every country and time zone right?"
    return f"are all of these in {answers.country}: {few(unknown, FEW)}?"


def _next(folder: Path, answers: Answers, wrong: int, *, quiet: bool) -> None:
    csweek = _called(folder)
    check = (f"{csweek} check", "finds every mistake, with its line")
    steps = [(f"{csweek} plan", "builds the year")]
    if not answers.own_people:
        people = folder / answers.people
        steps = [(f"write your people into {people}", "a row each; only the name is needed"), check, *steps]
    elif wrong:
        above = "the error above" if wrong == 1 else f"the {wrong} errors above"
        steps = [(f"mend {above}", "a hint says what to type"), check, *steps]
    said = {answers.country} if answers.subdivision or not quiet else set()
    steps = [*_parts(folder, answers, said), *steps]
    if len(answers.sites) > 1:
        look = f"look at sites: in {folder / 'csweek.yaml'}"
        steps = [(look, _asked_of(answers)), *steps]
    width = max(len(step) for step, _ in steps)
    tell("\nNext:")
    for step, what in steps:
        tell(f"  {step.ljust(width)}   {what}")
