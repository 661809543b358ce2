"""Documents to files, each whole or not at all, and never outside the chosen folder."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from csweek.model.plan import Document
from csweek.output.places import Places, check_closed, close, holds, parts_of, temporary, told


class Written(Struct, frozen=True):
    """The files of the documents, in their order; those unchanged were left untouched."""

    new: tuple[Path, ...] = ()
    changed: tuple[Path, ...] = ()
    unchanged: tuple[Path, ...] = ()


class Listed(Struct, frozen=True):
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
        parts_of(document.name, taken)
        yield Listed(document.name, document.media_type, len(document.content))


class _Staging:
    """Files written beside their places, and the folders made for them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._places = Places(root)
        self._waiting: dict[str, str] = {}
        """What a file beside its place is called by the document's name: 100,000 paths take much memory."""
        self._new: list[str] = []
        self._changed: list[str] = []
        self._unchanged: list[str] = []

    def add(self, document: Document) -> None:
        """Write a document beside its place, unless the place holds these bytes already."""
        path, private = self._places.place(document.name)
        with told(path):
            if holds(path, document.content):
                close(path, private=private)
                self._unchanged.append(document.name)
            else:
                (self._changed if _replaces(path) else self._new).append(document.name)
                self._waiting[document.name] = temporary(path, document.content, private=private).name

    def settle(self) -> Written:
        """Put everything in its place."""
        for name, beside in self._waiting.items():
            path = self._root / name
            with told(path, settling=True):
                path.with_name(beside).replace(path)
        return Written(*map(self._paths, (self._new, self._changed, self._unchanged)))

    def discard(self) -> None:
        """Remove what is not in its place, and folders made for nothing."""
        for name, beside in self._waiting.items():
            with suppress(OSError):
                (self._root / name).with_name(beside).unlink(missing_ok=True)
        self._places.discard()

    def _paths(self, names: Iterable[str]) -> tuple[Path, ...]:
        return tuple(self._root / name for name in names)


def _replaces(path: Path) -> bool:
    """Whether a file is replaced. Raises OutputError where it is open in another program."""
    there = path.exists()
    if there:
        check_closed(path)
    return there
