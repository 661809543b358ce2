"""Where files lie: a workspace's own, and those that come with csweek.

Needs nothing but the standard library, so that a command may ask before it reads anything.
"""

from collections.abc import Iterator
from pathlib import Path

from csweek.bundled import bundled

WORKSPACE = "csweek.yaml"
DEFAULT_THEME = "service-as-a-power"

_OURS = "csweek:"
_YAML = frozenset({".yaml", ".yml"})


def find(start: Path) -> Path | None:
    """Return the nearest folder upwards that holds a csweek.yaml."""
    here = start.absolute()
    return next((folder for folder in (here, *here.parents) if (folder / WORKSPACE).is_file()), None)


# --- the names of files that were read -----------------------------------------------------------


def key(path: Path, root: Path | None) -> str:
    """Return the name under which a file's digest is kept: relative to the workspace, or to csweek."""
    for base, start in ((root, ""), (_home(), _OURS)):
        if base is not None and path.absolute().is_relative_to(base.absolute()):
            return start + path.absolute().relative_to(base.absolute()).as_posix()
    return str(path.absolute())


def path_of(key: str, root: Path) -> Path:
    """Return the file that has this key in a workspace."""
    return _home() / key.removeprefix(_OURS) if is_ours(key) else root / key


def is_ours(key: str) -> bool:
    """Whether the file of this key came with csweek."""
    return key.startswith(_OURS)


def shown(key: str) -> str:
    """Return the key of a file as people read it."""
    return key.removeprefix(_OURS)


def _home() -> Path:
    return bundled("themes").parent


# --- what a workspace may have of its own --------------------------------------------------------


def themes(root: Path | None) -> Iterator[Path]:
    """Yield the files of all themes, those of the workspace first; several may have the same name."""
    for folder in ([root / "themes"] if root else []) + [bundled("themes")]:
        files = sorted(folder.iterdir()) if folder.is_dir() else []
        yield from (path for path in files if path.suffix in _YAML and path.is_file())


def theme_names(root: Path | None) -> tuple[str, ...]:
    """Every theme that there is, those of the workspace first."""
    return tuple(dict.fromkeys(path.stem for path in themes(root)))


def template(name: str, root: Path | None = None) -> bytes | None:
    """Return a template, sheet or picture: the workspace's own before the bundled one, None without either.

    No name and no link leads out of the two folders: templates are given away, and may ask for any name.
    """
    for folder in ([root / "templates"] if root else []) + [bundled("templates")]:
        path = folder / name
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            return path.read_bytes()
    return None
