"""The designs of cards by name."""

from pathlib import Path

from csweek import folder
from csweek.errors import UsageError
from csweek.names import near


def known(name: str, root: Path | None) -> str:
    """Return the name of a design that there is. Raises UsageError with the nearest one, or all."""
    names = folder.design_names(root)
    if name in names:
        return name
    guess = near(name, names)
    hint = f"did you mean '{guess}'?" if guess else f"there are {', '.join(names)}"
    raise UsageError(f"there is no card '{name}'", hint)
