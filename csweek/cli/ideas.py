"""``csweek ideas``: the action library, listed and filtered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from csweek.cli import complete, options
from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import columns, give_json, say, tell
from csweek.errors import InputError, UsageError
from csweek.model.basics import Audience, Cost, Practice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csweek.cli.themes.library import Looked
    from csweek.model.theme import Theme
    from csweek.render.screen.ideas import Entry


class OneOf(click.Choice[str]):
    """One of some words, however its parts are joined: skip-level or skip_level."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word as it is known."""
        return super().convert(str(value).lower().replace("-", "_"), param, ctx)


SHORT = ("remote", "night", "quiet", "deskless")
"""Tags that have an option of their own."""
SHOWN = 30
"""Names that a hint lists."""


@click.command(epilog="Example: csweek ideas --practice wow --max-cost none --remote --max-minutes 10")
@click.argument("ids", metavar="[ID]...", nargs=-1, shell_complete=complete.actions)
@click.option(
    "--practice", "practices", multiple=True, type=OneOf(list(map(str, Practice))),
    help="One of the practices; may be given more than once.",
)  # fmt: skip
@click.option(
    "--audience", "audiences", multiple=True, type=click.Choice(list(map(str, Audience))), help="For whom."
)
@click.option(
    "--owner", "owners", multiple=True, metavar="WHO", help="Who does it: manager, leader, peer, organiser."
)
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="With this tag; several must all be there.")
@click.option("--remote", is_flag=True, help="That reach people who work at home.")
@click.option("--night", is_flag=True, help="That suit a night shift.")
@click.option("--quiet", is_flag=True, help="That make no noise beside phones.")
@click.option("--deskless", is_flag=True, help="That need no screen.")
@click.option("--max-cost", type=click.Choice(list(map(str, Cost))), help="No dearer than this level.")
@click.option(
    "--max-minutes",
    type=click.IntRange(min=0),
    metavar="N",
    help="No longer than this, preparation included.",
)
@click.option("--search", metavar="WORDS", help="With all of these words, in any language.")
@click.option("--theme", "name", metavar="NAME", shell_complete=complete.themes, help="Of this theme.")
@click.option("--locale", metavar="LOCALE", default="en", help="The language, like sv.")
@click.option("--full", is_flag=True, help="All with how to do them well, however many there are.")
@options.as_json
@options.strict
def ideas(name: str | None, locale: str, *, full: bool, **wish: object) -> None:
    """List what can be done: planned actions, ideas that take turns, and more to choose from.

    The theme is the workspace's, with what csweek.yaml changes in it; else the default one. Name an ID
    to read how to do it well.
    """
    from csweek.cli.themes.library import entries, tags_of
    from csweek.cli.themes.wordless import asked
    from csweek.render.screen.ideas import FEW, ending, library

    theme = _theme(name)
    locale = asked(locale, theme)
    found = tuple(entries(theme, _looked(wish, theme)))
    wanted = wish["ids"]
    if isinstance(wanted, tuple) and wanted:
        found = tuple(_named(found, wanted, theme))
    if session().json:
        give_json([_whole(entry) for entry in found])
        return
    if not found:
        tell(f"Nothing of the theme '{theme.id}' fits. Leave out a filter.")
        return
    in_full = full or len(found) <= FEW
    say("\n".join(library(found, locale, columns(), full=in_full)))
    say("\n".join(ending(len(found), len(theme.actions), tags_of(theme), columns(), full=in_full)))


def _theme(name: str | None) -> Theme:
    """Return the theme named, else the one that holds today. Raises InputError."""
    from csweek.cli.sources.workspace import root
    from csweek.read.workspace import read_themes  # brings pydantic

    turns, problems = read_themes(root(session()), theme=name)
    if not turns or any(problem.is_error for problem in problems):
        raise InputError(problems)
    session().warn(problem for problem in problems if problem.place is None or not _of_sites(problem.message))
    held = [turn.theme for turn in turns if turn.since is None or turn.since <= session().today]
    return (held or [turns[0].theme])[-1]


def _of_sites(message: str) -> bool:
    """Whether a warning is about sites, of which no idea knows anything."""
    return message.startswith("no sites")


def _looked(wish: dict[str, object], theme: Theme) -> Looked:
    from csweek.cli.themes.library import Looked, tags_of

    tags = [*_texts(wish["tags"]), *(tag for tag in SHORT if wish[tag])]
    for tag in tags:
        _known(tag, tags_of(theme), "tag")
    owners = _texts(wish["owners"])
    for owner in owners:
        _known(owner, sorted({action.owner for action in theme.actions.values()}), "owner")
    cost, minutes, search = wish["max_cost"], wish["max_minutes"], wish["search"]
    return Looked(
        practices=frozenset(map(Practice, _texts(wish["practices"]))),
        audiences=frozenset(map(Audience, _texts(wish["audiences"]))),
        owners=frozenset(owners),
        tags=frozenset(tags),
        max_cost=Cost(cost) if isinstance(cost, str) else None,
        max_minutes=minutes if isinstance(minutes, int) else None,
        search=tuple(search.split()) if isinstance(search, str) else (),
    )


def _texts(given: object) -> tuple[str, ...]:
    return tuple(map(str, given)) if isinstance(given, tuple) else ()


def _known(name: str, known: Iterable[str], what: str) -> None:
    """Raise UsageError for a name that the theme does not use."""
    from csweek.names import guessed

    known = list(known)
    if name not in known:
        few = len(known) <= SHOWN
        all_ = f"there are {', '.join(known)}" if few else f"csweek ideas lists all {len(known)}"
        if what == "action" and name in set(Practice):
            all_ = f"csweek ideas --practice {name}"
        raise UsageError(f"there is no {what} '{name}' in this theme", guessed(name, known, all_))


def _named(found: Iterable[Entry], ids: Iterable[str], theme: Theme) -> Iterable[Entry]:
    by_id = {entry.action.id: entry for entry in found}
    for ident in ids:
        _known(ident, theme.actions, "action")
    return (by_id[ident] for ident in dict.fromkeys(ids) if ident in by_id)


def _whole(entry: Entry) -> dict[str, object]:
    """Return all that is known of an action, for a program."""
    from csweek.render.screen.theme import rhythm

    action = entry.action
    plain = ("id", "practice", "focus", "trait", "audience", "owner", "channel", "card", "announcement")
    prepare = action.prepare
    return {
        **{key: getattr(action, key) for key in plain},
        "visibility": action.visibility,
        "minutes": action.minutes,
        "prepare": {"minutes": prepare.minutes, "weeks": prepare.weeks} if prepare else None,
        "cost": action.cost,
        "tags": sorted(action.tags),
        "owed": rhythm(action) if action.owed else None,
        "taken_by": list(entry.taken_by),
        "days": list(entry.days),
        "title": dict(action.title.texts),
        "how": dict(action.how.texts),
    }
