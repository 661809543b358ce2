"""Documents to files, each whole or not at all, and never outside the chosen folder."""

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from csweek.errors import OutputError
from csweek.model.plan import Document

PRIVATE = "private"
"""The folder below which nobody but the user may look."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_IN_THE_WAY = frozenset({errno.ENOTDIR, errno.EEXIST})
_UNSAFE = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]|[ .]$')
"""What a part of a name may not hold, on any system."""


@dataclass(frozen=True, slots=True)
class Written:
    """The files of the documents, in their order; those unchanged were left untouched."""

    new: tuple[Path, ...] = ()
    changed: tuple[Path, ...] = ()
    unchanged: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A document that would be written; the size in bytes."""

    name: str
    media_type: str
    size: int


def write(documents: Iterable[Document], folder: Path) -> Written:
    """Write documents below a folder, made if need be; they are taken, and let go, one at a time.

    All are written beside their places first and renamed only then, so that a full disk, a mistake
    in a template or an interrupt on the way changes nothing. Where a single rename is refused (on
    Windows, for a file open in another program), those before it have been made. Raises OutputError.
    """
    staging = _Staging(folder)
    try:
        for document in documents:
            staging.add(document)
        return staging.settle()
    except BaseException:
        staging.discard()
        raise


def listing(documents: Iterable[Document]) -> Iterator[Listed]:
    """Yield what ``write`` would write. Raises OutputError for names that it would refuse."""
    taken = set[str]()
    for document in documents:
        _parts(document.name, taken)
        yield Listed(document.name, document.media_type, len(document.content))


class _Staging:
    """Files written beside their places, and the folders made for them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._taken = set[str]()
        self._folders: dict[tuple[str, ...], Path] = {}
        self._made: list[Path] = []
        self._waiting: dict[Path, Path] = {}
        self._new: list[Path] = []
        self._changed: list[Path] = []
        self._unchanged: list[Path] = []

    def add(self, document: Document) -> None:
        """Write a document beside its place, unless the place holds these bytes already."""
        *above, last = _parts(document.name, self._taken)
        path = self._folder(tuple(above)) / last
        private = above[:1] == [PRIVATE]
        with _told(path):
            _check_no_link(path)
            if _holds(path, document.content):
                _close(path, private=private)
                self._unchanged.append(path)
            else:
                self._wait(path, document.content, 0o600 if private else 0o666)

    def settle(self) -> Written:
        """Put everything in its place."""
        for path, temporary in self._waiting.items():
            with _told(path, settling=True):
                temporary.replace(path)
        return Written(tuple(self._new), tuple(self._changed), tuple(self._unchanged))

    def discard(self) -> None:
        """Remove what is not in its place, and folders made for nothing."""
        for temporary in self._waiting.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        for folder in reversed(self._made):
            with suppress(OSError):
                folder.rmdir()

    def _wait(self, path: Path, content: bytes, mode: int) -> None:
        (self._changed if path.exists() else self._new).append(path)
        self._waiting[path] = temporary = path.with_name(f".csweek-{os.urandom(8).hex()}.tmp")
        with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(content)

    def _folder(self, parts: tuple[str, ...]) -> Path:
        if parts not in self._folders:
            private = parts[:1] == (PRIVATE,)
            path = self._folder(parts[:-1]) / parts[-1] if parts else self._root
            with _told(path):
                self._make(path, 0o700 if private else 0o777)
                if parts:
                    _check_no_link(path)
                    self._check_inside(path)
                _close(path, private=private)
            self._folders[parts] = path
        return self._folders[parts]

    def _make(self, path: Path, mode: int) -> None:
        if not path.is_dir():
            self._make(path.parent, 0o777)
            path.mkdir(mode, exist_ok=True)
            self._made.append(path)

    def _check_inside(self, path: Path) -> None:
        """Windows has junctions, which are links but do not say so."""
        if not path.resolve().is_relative_to(self._root.resolve()):
            raise _linked(path)


def _parts(name: str, taken: set[str]) -> list[str]:
    """Return the parts of a document's name, which is then taken. Raises OutputError where it may not be."""
    parts = name.split("/")
    if any(part in {"", ".", ".."} or _UNSAFE.search(part) for part in parts):
        raise OutputError(f"{name!r} is not a name for a file inside the chosen folder")
    seen = unicodedata.normalize("NFC", name).casefold()
    if seen in taken:
        raise OutputError(f"two documents are named {name}")
    taken.add(seen)
    return parts


def _check_no_link(path: Path) -> None:
    """Links could lead out of the folder, or from what is private to what is shared."""
    if path.is_symlink():
        raise _linked(path)


def _linked(path: Path) -> OutputError:
    return OutputError(f"{path} is a link; nothing was changed", "remove the link and run this again")


def _holds(path: Path, content: bytes) -> bool:
    try:
        status = path.stat()
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(status.st_mode):
        raise OutputError(
            f"{path} is a folder where a file is to be written", "move it away and run this again"
        )
    return status.st_size == len(content) and path.read_bytes() == content


def _close(path: Path, *, private: bool) -> None:
    """Take away what others may do with something private, where the disk knows of that."""
    if private and path.stat().st_mode & 0o077:
        with suppress(OSError):
            path.chmod(path.stat().st_mode & 0o700)


@contextmanager
def _told(path: Path, *, settling: bool = False) -> Iterator[None]:
    """Turn what the system says about a path into an OutputError in plain words."""
    try:
        yield
    except OSError as error:
        raise _fault(error, path, settling=settling) from error


def _fault(error: OSError, path: Path, *, settling: bool) -> OutputError:
    again = "run this again"
    if error.errno in _FULL:
        return OutputError("the disk is full; nothing was changed", f"make room and {again}")
    if error.errno in _CLOSED and settling:
        return OutputError(
            f"{path} is open in another program or protected", f"close {path.name} and {again}"
        )
    if error.errno in _CLOSED:
        return OutputError(f"{path} may not be written; nothing was changed", "choose another folder")
    if error.errno in _IN_THE_WAY:
        return OutputError(
            f"{path} cannot be made: a file is where a folder should be", "choose another folder"
        )
    return OutputError(f"{path} cannot be written: {error.strerror or error}")
