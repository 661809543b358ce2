"""Files that are made again only when what goes into them has changed, each put in its place at once.

The manifest beside them says what csweek wrote: a line for each draft, added when its files are in
their places; a later line stands instead of an earlier one of the same name. A run that is cut off is
thus gone on with where it ended, and nothing is ever removed that csweek did not write.
"""

import hashlib
import json
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Self, TextIO

from msgspec import Struct

from csweek.errors import OutputError
from csweek.model.plan import Document, Draft
from csweek.output.places import Places, check_no_link, close, holds, is_name, temporary, told

MANIFEST = ".csweek-manifest.jsonl"

_WHOLE = "every file that is there is whole"
_HEAD = 400
"""Bytes of a file by which it is known as csweek's own."""


class Trace(NamedTuple):
    """How a file was left: the digest of its bytes, their number, and when it was written, in ns."""

    digest: str
    size: int
    written: int


class Record(NamedTuple):
    """What the manifest says of a draft: its digest, and how each file was left, by name."""

    digest: str
    files: Mapping[str, Trace]


class Kept(Struct, frozen=True):
    """The files of the drafts, in their order; those unchanged were left untouched."""

    new: list[Path] = []
    changed: list[Path] = []
    unchanged: list[Path] = []
    removed: list[Path] = []
    left: list[Path] = []
    """No longer made, but changed by somebody since csweek wrote them."""


def keep(
    drafts: Iterable[Draft], folder: Path, ours: Callable[[bytes], bool], gone: Callable[[str], bool]
) -> Kept:
    """Make what is new or changed, leave alone what is not, remove what csweek wrote and nobody makes now.

    ``ours`` tells from its first bytes whether a file may be replaced, ``gone`` whether a draft of this
    name would be here if it still existed. Raises OutputError; every file that is there is whole then,
    and the next run goes on from there.
    """
    before = _read(folder / MANIFEST)
    with _Journal(folder / MANIFEST) as journal:
        keeper = _Keeper(folder, before, journal, ours)
        for draft in drafts:
            keeper.take(draft)
        made = {file for record in keeper.now.values() for file in record.files}
        for name in before:
            if name not in keeper.now and gone(name):
                keeper.drop(name, made)
    if journal.used:
        standing = {name: one for name, one in {**before, **keeper.now}.items() if one.files}
        _rewrite(folder / MANIFEST, standing)
    return keeper.found


class _Keeper:
    """Puts documents in their places and remembers what it did."""

    def __init__(
        self, folder: Path, before: Mapping[str, Record], journal: "_Journal", ours: Callable[[bytes], bool]
    ) -> None:
        self.found = Kept()
        self.now: dict[str, Record] = {}
        self._folder = folder
        self._before = before
        self._journal = journal
        self._ours = ours
        self._places = Places(folder, _WHOLE)

    def take(self, draft: Draft) -> None:
        """Make a draft's documents, unless they lie there as they were made from the same digest."""
        before = self._before.get(draft.name, Record("", {}))
        same = before.files and before.digest == draft.digest
        if same and all(self._lies(name, trace) for name, trace in before.files.items()):
            self.now[draft.name] = before
            self.found.unchanged.extend(self._folder / name for name in before.files)
            return
        record = Record(draft.digest, {one.name: self._put(one) for one in draft.make()})
        self.now[draft.name] = record
        for name, trace in before.files.items():
            if name not in record.files:
                self._remove(name, trace.digest)
        if record.files or before.files:
            self._journal.add(draft.name, record)

    def drop(self, name: str, made: Collection[str]) -> None:
        """Remove the files of a draft that is no longer made, but for those that another one made."""
        for file, trace in self._before[name].files.items():
            if file not in made:
                self._remove(file, trace.digest)
        self.now[name] = Record("", {})
        self._journal.add(name, self.now[name])

    def _lies(self, name: str, trace: Trace) -> bool:
        """Whether a file is as it was left; it is only read where its time tells nothing."""
        with suppress(OSError):  # a Path for each of many files takes longer than all the rest
            status = os.lstat(f"{self._folder}/{name}")
            if stat.S_ISREG(status.st_mode) and (status.st_size, status.st_mtime_ns) == trace[1:]:
                return True
        path = self._folder / name
        with told(path, state=_WHOLE):
            return _digest_of(path) == trace.digest

    def _put(self, document: Document) -> Trace:
        path, private = self._places.place(document.name)
        with told(path, state=_WHOLE):
            if holds(path, document.content):
                close(path, private=private)
                self.found.unchanged.append(path)
            else:
                (self.found.changed if self._replaces(path) else self.found.new).append(path)
                _place(path, document.content, private=private)
            left = path.stat()
        return Trace(hashlib.sha256(document.content).hexdigest(), left.st_size, left.st_mtime_ns)

    def _replaces(self, path: Path) -> bool:
        """Whether a file is replaced. Raises OutputError where it is somebody else's and not empty."""
        if not path.exists():
            return False
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if head and not self._ours(head):
            hint = "move it away, or choose another folder with --out"
            raise OutputError(f"{path} is there and was not written by csweek; it was left alone", hint)
        return True

    def _remove(self, name: str, digest: str) -> None:
        path = self._folder / name
        with told(path, settling=True):
            inside = path.parent.resolve().is_relative_to(self._folder.resolve())
            found = _digest_of(path) if inside else ""
            if found == digest:
                path.unlink()
                self.found.removed.append(path)
                if path.parent != self._folder:
                    with suppress(OSError):  # it holds something else
                        path.parent.rmdir()
            elif found:
                self.found.left.append(path)


def _place(path: Path, content: bytes, *, private: bool) -> None:
    """Put a file in its place in one step."""
    beside = temporary(path, content, private=private)
    try:
        with told(path, settling=True):
            beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _digest_of(path: Path) -> str:
    """Return the digest of a file, empty where there is none, or a link or a folder."""
    if path.is_symlink() or not path.is_file():
        return ""
    return hashlib.sha256(path.read_bytes()).hexdigest()


# --- the manifest --------------------------------------------------------------------------------


class _Journal:
    """The manifest while files are written: lines are added to it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    @property
    def used(self) -> bool:
        """Whether a line was added."""
        return self._file is not None

    def add(self, name: str, record: Record) -> None:
        """Add a line; it begins anew, the one before may have been cut off."""
        with told(self._path, state=_WHOLE):
            if self._file is None:
                self._file = _opened(self._path)
            self._file.write(f"\n{_line(name, record)}")
            self._file.flush()


def _opened(path: Path) -> TextIO:
    """Open the manifest for adding; others may not read it, it names files that nobody is to guess."""
    check_no_link(path)
    return open(path, "a", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600))


def _rewrite(path: Path, records: Mapping[str, Record]) -> None:
    with told(path, state=_WHOLE):
        lines = "\n".join(_line(name, record) for name, record in records.items())
        _place(path, f"{lines}\n".encode(), private=True)


def _line(name: str, record: Record) -> str:
    return json.dumps({"name": name, "digest": record.digest, "files": record.files}, ensure_ascii=False)


def _read(path: Path) -> dict[str, Record]:
    """Return the records by name. A line that cannot be read is as if it were not there."""
    try:
        with told(path):
            check_no_link(path)
            lines = path.read_bytes().splitlines()
    except OutputError as error:
        if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
            return {}
        raise
    found = dict(_records(lines))
    return {name: record for name, record in found.items() if record.files}


def _records(lines: Iterable[bytes]) -> Iterator[tuple[str, Record]]:
    for line in lines:
        try:
            match json.loads(line):
                case {"name": str(name), "digest": str(digest), "files": dict(files)}:
                    traces = {file: _trace(left) for file, left in files.items() if is_name(file)}
                    yield name, Record(digest, {file: left for file, left in traces.items() if left})
        except ValueError:
            continue


def _trace(left: object) -> Trace | None:
    match left:
        case [str(digest), int(size), int(written)]:
            return Trace(digest, size, written)
    return None
