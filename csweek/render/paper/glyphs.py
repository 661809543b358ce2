"""What a font can draw and how wide it is, from its ``cmap`` and ``hmtx``. Source: ISO/IEC 14496-22."""

import struct
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import BinaryIO

from msgspec import Struct

_UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))
"""Platform and encoding of the tables that map all of Unicode, then of those for its first plane."""

Lookup = Callable[[int], int]
"""The glyph number of a code point; 0 where the font has none."""


class Glyphs(Struct, frozen=True, eq=False):
    """The characters of one font, with their widths in thousandths of the type size."""

    find: Lookup
    advances: Sequence[float]
    _known: dict[str, tuple[bool, float]] = {}

    def __contains__(self, letter: str) -> bool:
        """Whether the font has the character."""
        return self._look(letter)[0]

    def width(self, text: str) -> float:
        """Return the width of a text in thousandths of the type size, kerning left out."""
        return sum(self._look(letter)[1] for letter in text)

    def _look(self, letter: str) -> tuple[bool, float]:
        found = self._known.get(letter)
        if found is None:
            glyph = self.find(ord(letter))
            found = self._known[letter] = (glyph != 0, self.advances[min(glyph, len(self.advances) - 1)])
        return found


def read_glyphs(file: BinaryIO, number: int = 0) -> Glyphs:
    """Read a .ttf, an .otf, or a font of a .ttc by its number; only the tables that are needed."""
    tables = _tables(file, number)
    units = struct.unpack_from(">H", _table(file, tables["head"]), 18)[0]
    count = struct.unpack_from(">H", _table(file, tables["hhea"]), 34)[0]
    metrics = struct.unpack_from(f">{2 * count}H", _table(file, tables["hmtx"]))
    find = _lookup(_table(file, tables["cmap"]))
    return Glyphs(find, tuple(width * 1000 / units for width in metrics[::2]))


def end(file: BinaryIO) -> int:
    """Return where the last table of a font ends, which in one that is cut off lies behind its last byte."""
    return max(offset + length for offset, length in _tables(file, 0).values())


def _tables(file: BinaryIO, number: int) -> dict[str, tuple[int, int]]:
    """Return offset and length of each table."""
    start = 0
    if file.read(4) == b"ttcf":
        file.seek(12 + 4 * number)
        (start,) = struct.unpack(">I", file.read(4))
    file.seek(start + 4)
    count = struct.unpack(">H6x", file.read(8))[0]
    rows = struct.iter_unpack(">4s4xII", file.read(16 * count))
    return {tag.decode("latin-1"): (offset, length) for tag, offset, length in rows}


def _table(file: BinaryIO, where: tuple[int, int]) -> bytes:
    file.seek(where[0])
    return file.read(where[1])


def _lookup(cmap: bytes) -> Lookup:
    count = struct.unpack_from(">H", cmap, 2)[0]
    kinds = {(p, e): offset for p, e, offset in struct.iter_unpack(">HHI", cmap[4 : 4 + 8 * count])}
    offset = next(kinds[kind] for kind in _UNICODE if kind in kinds)
    of_format = {4: _segments, 12: _groups}
    return of_format[struct.unpack_from(">H", cmap, offset)[0]](cmap[offset:])


def _groups(table: bytes) -> Lookup:
    """Format 12: runs of code points with runs of glyphs."""
    count = struct.unpack_from(">I", table, 12)[0]
    rows = list(struct.iter_unpack(">III", table[16 : 16 + 12 * count]))
    starts = [row[0] for row in rows]

    def find(code: int) -> int:
        start, end, glyph = rows[max(bisect_right(starts, code) - 1, 0)]
        return int(glyph + code - start) if start <= code <= end else 0

    return find


def _segments(table: bytes) -> Lookup:
    """Format 4: segments of the first plane, each with a shift or a list of glyphs."""
    count = struct.unpack_from(">H", table, 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 4 * count)
    lists = 16 + 6 * count
    ranges = struct.unpack_from(f">{count}H", table, lists)

    def find(code: int) -> int:
        at = bisect_left(ends, code)
        if at == count or code < starts[at]:
            return 0
        if not ranges[at]:
            return int(code + deltas[at]) & 0xFFFF
        where = lists + 2 * at + ranges[at] + 2 * (code - starts[at])
        glyph: int = struct.unpack_from(">H", table, where)[0]
        return (glyph + deltas[at]) & 0xFFFF if glyph else 0

    return find
