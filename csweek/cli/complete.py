"""What the shell may complete: names and ids from the store, and quietly nothing where there is none."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from csweek.cli.terminal.session import Session
from csweek.cli.themes.kinds import names_of
from csweek.errors import CsweekError
from csweek.folder import design_names, template_names, theme_names
from csweek.model.plan import Directory

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

MOST = 50
"""Suggestions at once; more would be no help."""

Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def _from_directory(names: Callable[[Directory], Iterable[tuple[str, str]]]) -> Completer:
    """Return a completer over pairs of a value and what it means."""

    def complete(ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
        from csweek.cli.sources.shelf import saved_directory  # brings sqlite3

        try:
            directory = saved_directory(_session(ctx))
        except CsweekError:
            return []
        return _items(names(directory), typed) if directory else []

    return complete


def _session(ctx: click.Context) -> Session:
    """Return a session with the folder given by -C, which the shell's request has not run through."""
    session = ctx.ensure_object(Session)
    session.folder = session.folder or ctx.find_root().params.get("folder")
    return session


def _items(pairs: Iterable[tuple[str, str]], typed: str) -> list[CompletionItem]:
    """Return the values that begin as typed, or whose meaning has a word that does."""
    from click.shell_completion import CompletionItem

    from csweek.names import fold

    wanted = fold(typed)
    found = [
        CompletionItem(_quoted(value), help=meaning)
        for value, meaning in pairs
        if fold(value).startswith(wanted) or any(word.startswith(wanted) for word in fold(meaning).split())
    ]
    return found[:MOST]


def _quoted(value: str) -> str:
    """Quote a value with spaces for the shells that do not do it themselves."""
    bare = os.environ.get("_CSWEEK_COMPLETE", "").startswith(("bash", "powershell"))
    return f'"{value}"' if bare and " " in value else value


def _persons(directory: Directory) -> Iterable[tuple[str, str]]:
    return ((one.id, one.name) for one in directory.persons.values())


def _teams(directory: Directory) -> Iterable[tuple[str, str]]:
    return directory.teams.items()


def _anybody(directory: Directory) -> Iterable[tuple[str, str]]:
    return (*_persons(directory), *_teams(directory), *directory.sites.items())


persons = _from_directory(_persons)
anybody = _from_directory(_anybody)
teams = _from_directory(_teams)


def themes(ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the names of the themes, those of the workspace first."""
    return _items(((name, "") for name in theme_names(_root(ctx))), typed)


def sheets(ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the names of the sheets, those of the workspace first."""
    return _items(((name, "") for name in template_names("sheets", ".yaml", _root(ctx))), typed)


def designs(ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the names of the cards' designs, those of the workspace first."""
    return _items(((name, "") for name in design_names(_root(ctx))), typed)


def templates(ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the names of the templates of the kind that was typed before."""
    kind = ctx.params.get("kind")
    return _items(((name, "") for name in names_of(kind, _root(ctx))), typed) if kind else []


def _root(ctx: click.Context) -> Path | None:
    from csweek.cli.sources.workspace import root

    try:
        return root(_session(ctx))
    except CsweekError:
        return None


def actions(ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the ids of the theme's actions, with their titles."""
    from csweek.cli.sources.workspace import root
    from csweek.read.workspace import read_themes  # brings pydantic

    try:
        turns, _ = read_themes(root(_session(ctx)))
    except CsweekError:
        return []
    found = (action for turn in turns for action in turn.theme.actions.values())
    return _items({action.id: action.title.say("en") for action in found}.items(), typed)


def events(ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the ids of this week's and the next events, or of all that begin as typed."""
    from csweek.cli.sources.shelf import near_events  # brings sqlite3

    try:
        found = near_events(_session(ctx))
    except CsweekError:
        return []
    return _items(found, typed)


def announcements(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the kinds of announcements."""
    from csweek.render.announcements.kinds import KINDS  # brings Babel and Jinja

    return _items(((kind.id, kind.about) for kind in KINDS.values()), typed)


def channels(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the channels of announcements."""
    from csweek.render.announcements.documents import CHANNELS  # brings Babel and Jinja

    return _items(((channel.id, channel.about) for channel in CHANNELS.values()), typed)
