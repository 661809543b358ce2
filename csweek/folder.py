"""Where files lie: a workspace's own, and those that come with csweek.

Needs nothing but the standard library, so that a command may ask before it reads anything.
"""

from collections.abc import Iterator
from pathlib import Path

from csweek.bundled import bundled

WORKSPACE = "csweek.yaml"
DEFAULT_THEME = "service-as-a-power"

YAML = frozenset({".yaml", ".yml"})
"""What the names of YAML files end with."""
_OURS = "csweek:"


def find(start: Path) -> Path | None:
    """Return the nearest folder upwards that holds a csweek.yaml."""
    here = start.absolute()
    return next((folder for folder in (here, *here.parents) if (folder / WORKSPACE).is_file()), None)


_MISNAMED = ("csweek.yaml", "csweek.yml", "csweek.yaml.txt", "csweek.yml.txt")
"""What habits and editors make of its name; those of Windows add .txt, and do not show it.

Upper and lower case are one to Windows, and two to Linux.
"""


def misnamed(folder: Path) -> str | None:
    """Return the name of a file here that was probably meant to be a csweek.yaml."""
    try:
        names = {one.name.casefold(): one.name for one in folder.iterdir() if one.is_file()}
    except OSError:  # a folder that may be entered, but not listed
        return None
    return next((names[name] for name in _MISNAMED if name in names), None)


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
        yield from (path for path in files if path.suffix in YAML and path.is_file())


def theme_names(root: Path | None) -> tuple[str, ...]:
    """Every theme that there is, those of the workspace first."""
    return tuple(dict.fromkeys(path.stem for path in themes(root)))


PICTURES = frozenset({".svg", ".png", ".jpg", ".jpeg"})
FONTS = frozenset({".ttf", ".otf", ".ttc"})


def template(name: str, root: Path | None = None) -> bytes | None:
    """Return a template or sheet: the workspace's own before the bundled one, None without either.

    ``files/NAME`` is a picture anywhere in the workspace, ``fonts/NAME`` a font in its fonts/. No name
    and no link leads out of these folders: templates are given away, and may ask for any name.
    """
    places = _places(name, root)
    for folder, rest in places:
        path = folder / rest
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            return path.read_bytes()
    return None


def _places(name: str, root: Path | None) -> list[tuple[Path, str]]:
    """Return the folders in which a name may lie, with what it is called there."""
    kind, _, rest = name.partition("/")
    own = {"files": (root, PICTURES), "fonts": (root and root / "fonts", FONTS)}
    if kind in own:
        folder, allowed = own[kind]
        return [(folder, rest)] if folder and Path(rest).suffix.lower() in allowed else []
    return [(folder, name) for folder in [*([root / "templates"] if root else []), bundled("templates")]]


def fonts(root: Path | None) -> tuple[str, ...]:
    """Return the names of the workspace's fonts, such as fonts/Naskh.ttf."""
    files = sorted((root / "fonts").iterdir()) if root and (root / "fonts").is_dir() else []
    return tuple(f"fonts/{path.name}" for path in files if path.suffix.lower() in FONTS)


def own_templates(kind: str, root: Path | None) -> tuple[str, ...]:
    """Return the names of the workspace's own files below templates/KIND, such as cards/mine.html."""
    if root is None:
        return ()
    folder = root / "templates" / kind
    files = sorted(folder.rglob("*")) if folder.is_dir() else []
    return tuple(f"{kind}/{path.relative_to(folder).as_posix()}" for path in files if path.is_file())


def template_names(kind: str, suffix: str, root: Path | None = None) -> tuple[str, ...]:
    """Return what there is below templates/KIND with this ending, the workspace's own first."""
    folders = [*([root / "templates" / kind] if root else []), bundled("templates") / kind]
    files = (path for folder in folders if folder.is_dir() for path in sorted(folder.glob(f"*{suffix}")))
    return tuple(dict.fromkeys(path.stem for path in files))


HELPERS = frozenset({"cover", "small"})
"""Templates of cards that are no designs: what stands behind, and what stands in for designs on labels."""


SERIES = frozenset({"csw"})
"""Names by which an action takes one of several designs: of the five days, the one of its day."""


def design_names(root: Path | None = None) -> tuple[str, ...]:
    """Return the names of the cards' designs, those of the workspace first."""
    found = template_names("cards", ".html", root)
    return tuple(name for name in found if name not in HELPERS and not name.endswith("-small"))
