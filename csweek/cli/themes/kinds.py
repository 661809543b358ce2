"""The kinds of templates, and what there is of each."""

from pathlib import Path
from typing import Literal

from csweek import folder

Kind = Literal["card", "sheet", "motif", "announcement"]
KINDS: dict[Kind, tuple[str, tuple[str, ...]]] = {
    "card": ("cards", (".html", ".css")),
    "sheet": ("sheets", (".yaml",)),
    "motif": ("cards/motifs", (".svg",)),
    "announcement": ("announcements", (".md", ".html")),
}
"""In which folder of templates/ each kind lies, and which files one of them may have."""


def names_of(kind: Kind, root: Path | None) -> tuple[str, ...]:
    """Return what there is of a kind, the workspace's own first."""
    if kind == "card":
        return folder.design_names(root)
    where, suffixes = KINDS[kind]
    return tuple(name for suffix in suffixes for name in folder.template_names(where, suffix, root))
