"""``csweek theme``: what themes there are, what is in one, one of your own, and schemas for editors."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import click
from msgspec.structs import asdict

from csweek.cli import complete, options
from csweek.cli.sources import workspace
from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import columns, give_json, say, tell
from csweek.cli.themes.kinds import names_of
from csweek.errors import InputError, OutputError
from csweek.folder import theme_names
from csweek.model.theme import Theme

LOCALE = "en"


@click.group()
def theme() -> None:
    """List the themes, show one, make one, or print a schema for editors."""


@theme.command("list", epilog="Example: csweek theme list")
@options.as_json
def list_() -> None:
    """List the themes, those of the workspace first."""
    from csweek.render.screen.theme import index

    themes = list(_themes())
    if session().json:
        give_json([_named(one) for one in themes])
    else:
        say("\n".join(index(themes, LOCALE, columns())))


def _themes() -> Iterator[Theme]:
    from csweek.read.theme import read_theme  # brings pydantic

    root = workspace.root(session())
    for name in theme_names(root):
        found, problems = read_theme(name, root)
        session().warn(problems)
        if found:
            yield found


@theme.command(
    epilog="Example: csweek theme show service-as-a-power --out pages --locale sv",
    short_help="Show a theme: motto, look, days, what it asks.",
)
@click.argument("name", shell_complete=complete.themes)
@click.option("--locale", metavar="LOCALE", default=LOCALE, help="The language, like sv.")
@options.out("Write a page with motto, colours, days, a card and a week below DIR, as PDF and PNG.")
@options.as_json
@options.strict
def show(name: str, locale: str, out: Path | None) -> None:
    """Show a theme: its motto, look and traits, the days of CSW, and what it asks all year."""
    from csweek.cli.themes.wordless import asked
    from csweek.render.screen.theme import page

    found = _theme(name)
    locale = asked(locale, found)
    if out is not None:
        from csweek.cli.sources.desk import put
        from csweek.cli.themes.showcase import documents

        put(documents(found, locale), out, dry_run=False)
    elif session().json:
        give_json(_whole(found))
    else:
        say("\n".join(page(found, locale, columns())))


def _theme(name: str) -> Theme:
    """Return a theme as the workspace changes it. Raises InputError."""
    from csweek.read.workspace import read_themes  # brings pydantic

    turns, problems = read_themes(workspace.root(session()), theme=name)
    if not turns:
        raise InputError(problems)
    session().warn(problem for problem in problems if problem.place is not None)
    return turns[0].theme


def _named(one: Theme) -> dict[str, object]:
    return {"id": one.id, "name": dict(one.name.texts), "motto": dict(one.motto.texts)}


def _whole(one: Theme) -> dict[str, object]:
    from csweek.render.screen.theme import rhythm

    actions = [
        {
            "id": action.id,
            "practice": action.practice,
            "title": dict(action.title.texts),
            "audience": action.audience,
            "owner": action.owner,
            "owed": rhythm(action) if action.owed else None,
            "channel": action.channel,
            "visibility": action.visibility,
            "minutes": action.minutes,
        }
        for action in one.actions.values()
    ]
    look = asdict(one.look)
    traits = [{"id": trait.id, "title": dict(trait.title.texts)} for trait in one.traits]
    days = {slot: list(ids) for slot, ids in one.celebration.items()}
    return {**_named(one), "look": look, "traits": traits, "celebration": days, "actions": actions}


@theme.command(
    epilog="Example: csweek theme new --name 'The second question' --colour violet --motif dots --yes",
    short_help="Make a theme of your own from five answers.",
)
@click.option("--name", metavar="TEXT", help="What it is called; the file is called after it.")
@click.option("--motto", metavar="TEXT", help="The line on cards and notes, or none; else the name.")
@click.option(
    "--extends", metavar="NAME", shell_complete=complete.themes, help="What it is built on; else base."
)
@click.option("--colour", metavar="COLOUR", help="A name, like teal, or a code, like #0b7285.")
@click.option("--motif", metavar="NAME", help="The drawing, like waves.")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing: take what is given, and good defaults.")
def new(*, yes: bool, **given: str | None) -> None:
    """Make a theme of your own from five answers: a file in the workspace's themes/.

    Asks what is not given. A file that is there is never overwritten.
    """
    from csweek.cli.begin.starting import put_new
    from csweek.cli.themes.own_theme import ask, file_name, written
    from csweek.model.plan import Document

    root = workspace.root(session())
    answers = ask(given, root, names_of("motif", root), quiet=yes)
    name, folder = file_name(answers), root or Path.cwd()
    if (folder / name).exists():
        raise OutputError(f"{folder / name} is there already", "take another --name, or change that file")
    made = Document(name, "application/yaml", written(answers, _theme(answers.extends)).encode())
    for path in put_new([made], folder):
        say(str(path))
    stem = Path(name).stem
    tell(f"Look at it with: csweek theme show {stem} --out out\nUse it with: theme: {stem} in csweek.yaml")


@theme.command(
    epilog="Example: csweek theme schema theme > theme.schema.json",
    short_help="Print the JSON Schema of what you write, for editors.",
)
@click.argument("kind", type=click.Choice(["workspace", "theme", "people"]), default="theme")
def schema(kind: Literal["workspace", "theme", "people"]) -> None:
    """Print the JSON Schema of a theme, of csweek.yaml (workspace) or of people in YAML.

    Editors that know JSON Schema then complete and check these files while you write.
    """
    from csweek.read.schemas import schema as of  # brings pydantic

    give_json(of(kind))
