"""Files as the user sees them: their names, their bytes, their text, and what each read came to."""

import codecs
import errno
import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from csweek import folder
from csweek.errors import Problem, Severity
from csweek.model.basics import Place

Problems = tuple[Problem, ...]

AS_UTF8 = "save it as UTF-8"
IN_EXCEL = "save it as UTF-8 (in Excel: 'CSV UTF-8')"
LARGEST = 50_000_000
"""Bytes that a file may have; an organisation of a hundred thousand needs a fifth of it."""


_WHY = {
    errno.ELOOP: ("it is a link that leads back to itself", "name the file itself"),
    errno.ENAMETOOLONG: ("its name is too long", "give it a shorter one"),
}
"""What is said where a file cannot be read, and what helps, by the system's number of the error."""


class Files:
    """The files of one reading: how the user would type their names, and the digest of each that was read."""

    def __init__(self, root: Path | None) -> None:
        self.root = root
        self.digests: dict[str, str] = {}

    def shown(self, path: Path) -> str:
        """Return the path as one would type it here: the shorter of relative and absolute."""
        whole = path.absolute()
        try:
            near = os.path.relpath(whole)
        except ValueError:  # another drive on Windows
            return str(whole)
        return near if len(near) <= len(str(whole)) else str(whole)

    def read(self, path: Path, asked: Place | None = None) -> tuple[bytes | None, Problems]:
        """Return a file's bytes, or the problem, at the place that asked for the file."""
        try:
            seen = path.stat()
            if seen.st_size > LARGEST:
                return None, (
                    Problem(
                        Place(self.shown(path)), "this file is larger than 50 MB", "is it the right one?"
                    ),
                )
            if not (S_ISREG(seen.st_mode) or S_ISDIR(seen.st_mode) or _handed_over(path)):
                return None, (self._endless(path, asked),)
            content = path.read_bytes()
        except ValueError:  # a zero byte in its name
            name = self.shown(path).replace("\0", "")
            return None, (Problem(asked or Place(name), f"there can be no file {name!r}", "write its name"),)
        except OSError as error:
            return None, (self._unreadable(path, asked, error),)
        self.digests[folder.key(path, self.root)] = hashlib.sha256(content).hexdigest()
        return content, ()

    def _endless(self, path: Path, asked: Place | None) -> Problem:
        name = self.shown(path)
        said = f"{name} is a pipe or a device, not a file: reading it might never end"
        return Problem(asked or Place(name), said, "save what it gives as a file and name that")

    def _unreadable(self, path: Path, asked: Place | None, error: OSError) -> Problem:
        name = self.shown(path)
        place = asked or Place(name)
        if isinstance(error, FileNotFoundError):
            return Problem(place, f"there is no file {name}", self._alike(path, asked))
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
            return Problem(place, f"{name} is a folder, not a file", "name a file, or move the folder away")
        if isinstance(error, PermissionError):
            hint = f"close {path.name}, or ask whoever owns it to let you read it, and run this again"
            return Problem(place, f"{name} is open in another program or protected", hint)
        said, hint = _WHY.get(
            error.errno or 0, (error.strerror, "copy it to another folder and name the copy")
        )
        return Problem(place, f"{name} cannot be read: {said}", hint)

    def _alike(self, path: Path, asked: Place | None) -> str:
        from csweek.names import near  # noqa: PLC0415 - needed only once something is wrong

        beside = path.parent
        known = [one.name for one in beside.iterdir() if one.is_file()] if beside.is_dir() else []
        guess = near(path.name, known)
        if guess:
            return f"did you mean '{guess}'?"
        return f"paths are relative to the folder {'of csweek.yaml' if asked else 'that you are in'}"


def _handed_over(path: Path) -> bool:
    """Whether the shell hands it over, as ``/dev/stdin`` or ``<(command)``: whoever typed that fills it."""
    return path == Path("/dev/stdin") or path.parent in {Path("/dev/fd"), Path("/proc/self/fd")}


def decode(
    content: bytes, file: str, *, encoding: str | None = None, hint: str = AS_UTF8
) -> tuple[str | None, Problems]:
    """Return the text of UTF-8 or UTF-16, with or without byte order mark, or of the encoding given."""
    if encoding and not _of_files(encoding):
        known = "utf-8, utf-16, cp1252 (western Europe), cp1250 (central Europe), cp949 (Korea)"
        return None, (Problem(Place(file), f"there is no encoding {encoding!r}", f"use one of {known}"),)
    chosen = encoding or _unicode(content)
    if chosen is None:
        return None, (Problem(Place(file), "this is not a text file", _binary(content)),)
    try:
        text = content.decode(chosen)
    except UnicodeDecodeError as error:
        return None, (_undecodable(content, file, error, encoding, hint),)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), ()


def _of_files(encoding: str) -> bool:
    """Whether files are saved in this encoding."""
    try:
        return codecs.lookup(encoding).name not in _OF_NO_FILE
    except (LookupError, ValueError):  # ValueError: a zero byte in its name
        return False


_OF_NO_FILE = frozenset({
    "base64", "bz2", "hex", "idna", "punycode", "quopri", "raw-unicode-escape", "rot-13", "rot13",
    "undefined", "unicode-escape", "uu", "zlib",
})  # fmt: skip
"""What Python calls encodings too: its own ways to write text, and ways to pack bytes."""


def _unicode(content: bytes) -> str | None:
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" not in content:
        return "utf-8-sig"
    start = content[:1000]
    high, low = start[1::2].count(0), start[0::2].count(0)
    if max(high, low) < len(start) * 0.3 or min(high, low):
        return None
    return "utf-16-le" if high > low else "utf-16-be"


def _binary(content: bytes) -> str:
    if content.startswith(b"PK"):
        return "it looks like an Excel file: give it a name that ends in .xlsx"
    return "is it the right file?"


def _undecodable(
    content: bytes, file: str, error: UnicodeDecodeError, encoding: str | None, hint: str
) -> Problem:
    before = content[: error.start].decode(error.encoding, "replace")
    place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
    if encoding:
        return Problem(place, f"this is not {encoding}", "leave the encoding out if the file is UTF-8")
    if error.encoding.startswith("utf-16"):
        return Problem(place, "this is not UTF-16 from here on", "save it again as UTF-8")
    return Problem(place, "this is not UTF-8 from here on", hint.replace("cp1252", likely(content)))


def likely(content: bytes) -> str:
    """Guess which of the old encodings a text has: cp949 (Korean), cp1250 (Bosnian), mac_roman or cp1252."""
    korean = re.findall(
        r"[^\x00-\x7f]", content.decode("euc_kr", "replace")
    )  # without the syllables of no name
    if korean and sum("가" <= letter <= "힣" for letter in korean) > len(korean) * 0.8:
        return "cp949"
    central = sum(content.count(byte) for byte in b"\xe8\xe6\xf0\xc8\xc6\xd0")
    western = sum(content.count(byte) for byte in b"\xe5\xe4\xf6\xc5\xc4\xd6\xe9\xfc")
    apple = sum(content.count(byte) for byte in b"\x80\x81\x85\x8c")
    if apple and not central and not western:
        return "mac_roman"
    return "cp1250" if central > western else "cp1252"


def in_order(problems: Iterable[Problem], first: str = "") -> Problems:
    """Sort by file (as first met, one of them first) and place, each problem once."""
    unique = list(dict.fromkeys(problems))
    met = [first, *(p.place.file for p in unique if p.place)]
    files = {file: n for n, file in enumerate(dict.fromkeys(met))}

    def key(problem: Problem) -> tuple[int, int, int]:
        place = problem.place
        return (files[place.file], place.line, place.column) if place else (-1, 0, 0)

    return tuple(sorted(unique, key=key))


def warning(
    place: Place | None, message: str, hint: str | None = None, lines: tuple[str, ...] = ()
) -> Problem:
    """Return a problem that does not stop the command."""
    return Problem(place, message, hint, Severity.WARNING, lines)


def failed(problems: Iterable[Problem]) -> bool:
    """Whether one of them is an error."""
    return any(problem.is_error for problem in problems)
