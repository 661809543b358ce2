"""How far a sheet of an .xlsx reaches, seen before a reader makes room for every cell up to there."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from typing import IO, NamedTuple

MOST_CELLS = 10_000_000
"""Of a sheet that is read; a hundred thousand people with a hundred columns."""

LARGEST = 1_000_000_000
"""Bytes that the parts of a file may unpack to: ten million filled cells take two thirds of it."""

_FILLED = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["']([A-Za-z]+)(\d+)["'][^>]*(?<!/)>""")
_CHUNK = 1 << 20
_TAG = 8_192
"""Bytes that the tag of a cell has at most."""
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


class Extent(NamedTuple):
    """The last line and the last column that hold anything, both from 1."""

    line: int
    column: int

    @property
    def cells(self) -> int:
        """How many cells there are up to there, empty ones too."""
        return self.line * self.column


def extents(content: bytes) -> dict[str, Extent]:
    """Return how far each sheet reaches, by its name; nothing for what is no .xlsx."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return {name: _extent(parts, part) for name, part in _sheets(parts)}
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError):
        return {}


def too_large(content: bytes) -> bool:
    """Whether it is a zip file, as every .xlsx is, whose parts say that they unpack to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return sum(part.file_size for part in parts.infolist()) > LARGEST
    except (zipfile.BadZipFile, NotImplementedError):
        return False


def _sheets(parts: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield each sheet's name with the part of the file that holds it."""
    relations = _elements(parts, "xl/_rels/workbook.xml.rels", "Relationship")
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    for sheet in _elements(parts, "xl/workbook.xml", "sheet"):
        if target := targets.get(sheet.get("id")):
            yield unescape(sheet.get("name", "")), target[1:] if target.startswith("/") else f"xl/{target}"


def _elements(parts: zipfile.ZipFile, part: str, tag: str) -> list[dict[str, str]]:
    """Return the attributes of each element of this name, without their prefixes."""
    found = re.findall(rf"<(?:\w+:)?{tag}\s([^>]*)>", parts.read(part).decode("utf-8", "replace"))
    return [dict(_ATTRIBUTE.findall(attributes)) for attributes in found]


def _extent(parts: zipfile.ZipFile, part: str) -> Extent:
    """Return what the filled cells say: what the sheet says of itself need not be true."""
    lines, columns = set[bytes](), set[bytes]()
    with parts.open(part) as stream:
        for column, line in _filled(stream):
            lines.add(line)
            columns.add(column)
    return Extent(max(map(int, lines), default=0), max(map(_number, columns), default=0))


def _filled(stream: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Yield column and line of the cells that hold something."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        whole, less, rest = (rest + chunk).rpartition(b"<")
        yield from _FILLED.findall(whole)
        rest = less + rest if len(rest) < _TAG else b""


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
