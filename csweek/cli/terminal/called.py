"""How the user called the program, so that what a hint says can be typed as it stands."""

import shlex
import shutil
import sys
from pathlib import Path


def called(script: str | None = None, folder: Path | None = None) -> str:
    """Return the command for a script's path (None: this program's) as typed from a folder (None: this one).

    ``csweek`` where the search path leads to it, else the path, relative where it lies below.
    """
    path = Path(script or sys.argv[0])
    if path.stem == "__main__":
        return "python -m csweek"
    found = shutil.which(path.stem)
    if found and Path(found).with_suffix("") == path.absolute().with_suffix(""):
        return path.stem
    short = as_typed(path.with_suffix(""), folder)
    return quoted(short)


def quoted(path: Path) -> str:
    """Return a path as it is typed in this system's shell."""
    text = str(path)
    if sys.platform == "win32":
        return f'"{text}"' if " " in text else text
    return shlex.quote(text)


def again(folder: Path | None) -> str:
    """Return the command for another call in the same workspace, ``-C`` included."""
    return f"{called()} -C {shlex.quote(str(folder))}" if folder else called()


def as_typed(path: Path, folder: Path | None = None) -> Path:
    """Return a path as it is typed from a folder (None: this one)."""
    here = folder or Path.cwd()
    return path.absolute().relative_to(here) if path.absolute().is_relative_to(here) else path
