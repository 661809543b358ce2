"""Where the bundled themes, templates and demo files lie."""

from pathlib import Path
from typing import Literal

Kind = Literal["themes", "templates", "demo"]

PACKAGE = Path(__file__).parent


def bundled(kind: Kind) -> Path:
    """Return the folder of a kind: inside the package (a wheel), else beside it (a checkout)."""
    inside = PACKAGE / kind
    return inside if inside.is_dir() else PACKAGE.parent / kind
