"""``csweek theme``: what themes there are, what is in one, and the schemas for editors."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Literal

import click

from csweek.cli import complete, options, workspace
from csweek.cli.session import session
from csweek.cli.streams import columns, give_json, say
from csweek.errors import InputError
from csweek.folder import theme_names
from csweek.model.inputs import Theme

LOCALE = "en"


@click.group()
def theme() -> None:
    """List the themes, show one, or print a schema for editors."""


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


@theme.command(epilog="Example: csweek theme show service-as-a-power")
@click.argument("name", shell_complete=complete.themes)
@options.as_json
@options.strict
def show(name: str) -> None:
    """Show a theme: its motto, look and traits, the days of CSW, and what it asks all year."""
    from csweek.read.theme import read_theme  # brings pydantic
    from csweek.render.screen.theme import page

    found, problems = read_theme(name, workspace.root(session()))
    if found is None:
        raise InputError(problems)
    session().warn(problems)
    if session().json:
        give_json(_whole(found))
    else:
        say("\n".join(page(found, LOCALE, columns())))


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


@theme.command(epilog="Example: csweek theme schema theme > theme.schema.json")
@click.argument("kind", type=click.Choice(["workspace", "theme", "people"]), default="theme")
def schema(kind: Literal["workspace", "theme", "people"]) -> None:
    """Print the JSON Schema of a theme, of csweek.yaml (workspace) or of people in YAML.

    Editors that know JSON Schema then complete and check these files while you write.
    """
    from csweek.read.shapes import schema as of  # brings pydantic

    give_json(of(kind))
