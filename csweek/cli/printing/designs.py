"""The designs of cards by name."""

from collections.abc import Iterator
from pathlib import Path

from csweek import folder
from csweek.errors import Problem, UsageError
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
    """Yield a problem for every action whose card there is not."""
    names = folder.design_names(root)
    actions = {action.id: action for turn in inputs.themes for action in turn.theme.actions.values()}
    for action in actions.values():
        if action.card is not None and action.card not in {*names, *folder.SERIES}:
            hint = guessed(action.card, names, f"there are {', '.join(names)}")
            yield Problem(action.place, f"there is no card '{action.card}', which '{action.id}' names", hint)
