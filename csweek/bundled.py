"""Where the bundled themes, templates and demo files lie."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["themes", "templates", "demo"]

PACKAGE = Path(__file__).parent


def bundled(kind: Kind) -> Path:
    """Return the folder of a kind: inside the package (a wheel), else beside it (a checkout)."""
    inside = PACKAGE / kind
    return inside if inside.is_dir() else PACKAGE.parent / kind


@cache
def translations(folder: Path | None = None) -> Mapping[str, Mapping[str, str]]:
    """Return csweek's own words in further languages: by language, by the English text.

    They stand in templates/words/LANGUAGE.yaml; the four that csweek began with stand in its code.
    """
    files = sorted((folder or bundled("templates") / "words").glob("*.yaml"))
    return {file.stem: _texts(file) for file in files}


def _texts(file: Path) -> Mapping[str, str]:
    import yaml  # noqa: PLC0415 - a page in the four languages does without

    found = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - text only
    return {english: text for english, text in found.items() if text}
