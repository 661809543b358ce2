"""Where a document's file lies: inside the chosen folder, behind no link; and what the system says of it."""

import errno
import os
import re
import stat
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from csweek.errors import OutputError

PRIVATE = "private"
"""The folder below which nobody but the user may look."""

_UNTOUCHED = "nothing was changed"
"""What can be said of the other files as long as all are only written beside their places."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_IN_THE_WAY = frozenset({errno.ENOTDIR, errno.EEXIST})
_OPEN = (".~lock.{}#", "~${}")
"""What LibreOffice and Excel put beside a file as long as it is open."""
_LEFT_OVER = re.compile(r"\.csweek-[0-9a-f]{16}\.tmp")
_ABANDONED = 3600
"""Seconds after which a temporary file can belong to no run that still goes on."""
_UNSAFE = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]|[ .]$')
"""What a part of a name may not hold, on any system."""


class Places:
    """The places of documents below a folder, which are made when they are first asked for."""

    def __init__(self, root: Path, state: str = _UNTOUCHED) -> None:
        """``state`` is what can be said of the other files when it goes wrong at one of them."""
        self._root = root
        self._state = state
        self._taken = set[str]()
        self._folders: dict[tuple[str, ...], Path] = {}
        self._made: list[Path] = []

    def place(self, name: str) -> tuple[Path, bool]:
        """Return the path of a document's name, and whether it is private. Raises OutputError."""
        *above, last = parts_of(name, self._taken)
        path = self._folder(tuple(above)) / last
        with told(path, state=self._state):
            check_no_link(path, self._state)
        return path, above[:1] == [PRIVATE]

    def discard(self) -> None:
        """Remove the folders that were made and hold nothing."""
        for folder in reversed(self._made):
            with suppress(OSError):
                folder.rmdir()

    def _folder(self, parts: tuple[str, ...]) -> Path:
        if parts not in self._folders:
            private = parts[:1] == (PRIVATE,)
            path = self._folder(parts[:-1]) / parts[-1] if parts else self._root
            with told(path, state=self._state):
                if not self._make(path, 0o700 if private else 0o777):
                    if parts:
                        check_no_link(path, self._state)
                        self._check_inside(path)
                    close(path, private=private)
                    _sweep(path)
            self._folders[parts] = path
        return self._folders[parts]

    def _make(self, path: Path, mode: int) -> bool:
        """Make a folder, and return whether it was not there: what is new is empty and no link."""
        if path.is_dir():
            return False
        self._make(path.parent, 0o777)
        try:
            path.mkdir(mode)
        except FileExistsError:
            if path.is_dir():  # another run made it meanwhile
                return False
            raise
        self._made.append(path)
        return True

    def _check_inside(self, path: Path) -> None:
        """Windows has junctions, which are links but do not say so."""
        if not path.resolve().is_relative_to(self._root.resolve()):
            raise _linked(path, self._state)


def _sweep(folder: Path) -> None:
    """Remove temporary files that a run left when it was killed."""
    for path in folder.iterdir():
        if _LEFT_OVER.fullmatch(path.name):
            with suppress(OSError):  # another run may be removing it, too
                if time.time() - path.stat().st_mtime > _ABANDONED:
                    path.unlink()


def temporary(path: Path, content: bytes, *, private: bool) -> Path:
    """Write a new file beside a path, to be renamed to it, and return where."""
    beside = path.with_name(f".csweek-{os.urandom(8).hex()}.tmp")
    mode = 0o600 if private else 0o666
    try:
        with open(beside, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(content)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return beside


def parts_of(name: str, taken: set[str]) -> list[str]:
    """Return the parts of a document's name, which is then taken. Raises OutputError where it may not be."""
    parts = name.split("/")
    if not is_name(name):
        raise OutputError(f"{name!r} is not a name for a file inside the chosen folder")
    seen = unicodedata.normalize("NFC", name).casefold()
    if seen in taken:
        raise OutputError(f"two documents are named {name}")
    taken.add(name if seen == name else seen)  # kept once with whoever else keeps it
    return parts


def is_name(name: str) -> bool:
    """Whether it can be the name of a file inside a folder, on any system."""
    return not any(part in {"", ".", ".."} or _UNSAFE.search(part) for part in name.split("/"))


def check_no_link(path: Path, state: str = _UNTOUCHED) -> None:
    """Links could lead out of the folder, or from what is private to what is shared."""
    if path.is_symlink():
        raise _linked(path, state)


def _linked(path: Path, state: str) -> OutputError:
    return OutputError(f"{path} is a link; {state}", "remove the link and run this again")


def holds(path: Path, content: bytes) -> bool:
    """Whether a file is there and has these bytes. Raises OutputError where a folder is in its place."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(status.st_mode):
        raise OutputError(
            f"{path} is a folder where a file is to be written", "move it away and run this again"
        )
    return status.st_size == len(content) and path.read_bytes() == content


def close(path: Path, *, private: bool) -> None:
    """Take away what others may do with something private, where the disk knows of that."""
    if private and path.stat().st_mode & 0o077:
        with suppress(OSError):
            path.chmod(path.stat().st_mode & 0o700)


def check_closed(path: Path) -> None:
    """Only Windows refuses to replace what is open; what would be saved there again says so elsewhere."""
    for beside in (path.with_name(name.format(path.name)) for name in _OPEN):
        if beside.exists():
            hint = f"close {path.name} and run this again; if nobody has it open, remove {beside.name}"
            raise OutputError(f"{path} is open in another program; {_UNTOUCHED}", hint)


@contextmanager
def told(path: Path, *, settling: bool = False, state: str = _UNTOUCHED) -> Iterator[None]:
    """Turn what the system says about a path into an OutputError in plain words.

    ``state`` is what can be said of the other files when it goes wrong here.
    """
    try:
        yield
    except OSError as error:
        raise _fault(error, path, state, settling=settling) from error


def _fault(error: OSError, path: Path, state: str, *, settling: bool) -> OutputError:
    again = "run this again"
    if error.errno in _FULL:
        return OutputError(f"the disk is full; {state}", f"make room and {again}")
    if error.errno in _CLOSED and settling:
        return OutputError(
            f"{path} is open in another program or protected", f"close {path.name} and {again}"
        )
    if error.errno in _CLOSED:
        return OutputError(f"{path} may not be written; {state}", "choose another folder")
    if error.errno in _IN_THE_WAY:
        return OutputError(
            f"{path} cannot be made: a file is where a folder should be", "choose another folder"
        )
    return OutputError(f"{path} cannot be written: {error.strerror or error}", "choose another folder")
