"""The designs of cards by name."""

from collections.abc import Collection, Iterator
from pathlib import Path

from csweek import folder
from csweek.errors import Problem, UsageError
from csweek.model.basics import Place
from csweek.model.inputs import Inputs
from csweek.names import guessed


def known(name: str, root: Path | None) -> str:
    """Return the name of a design that there is. Raises UsageError with the nearest one, or all."""
    names = folder.design_names(root)
    if name in names:
        return name
    hint = guessed(name, names, f"there are {', '.join(names)}")
    raise UsageError(f"there is no card '{name}'", hint)


def unknown(inputs: Inputs, root: Path | None) -> Iterator[Problem]:
    """Yield a problem for every card, announcement and motif that is named and that there is not."""
    cards = folder.design_names(root)
    announcements = folder.template_names("announcements", ".md", root)
    motifs = folder.template_names("cards/motifs", ".svg", root)
    themes = {turn.theme.id: turn.theme for turn in inputs.themes}.values()
    actions = {action.id: action for theme in themes for action in theme.actions.values()}
    for action in actions.values():
        if action.card not in {None, *cards, *folder.SERIES}:
            yield _unknown("card", action.card, cards, action.place, action.id)
        if action.announcement not in {None, *announcements}:
            yield _unknown("announcement", action.announcement, announcements, action.place, action.id)
    for theme in themes:
        if theme.look.motif not in motifs:
            yield _unknown("motif", theme.look.motif, motifs, theme.place, theme.id)


def _unknown(what: str, name: str | None, known: Collection[str], place: Place, by: str) -> Problem:
    hint = guessed(name or "", known, f"there are {', '.join(known)}")
    return Problem(place, f"there is no {what} '{name}', which '{by}' names", hint)
