"""What is read out of a PDF: the very letters that were put in, also Chinese and Japanese ones.

Cairo, which writes for PlutoPrint, tells what a glyph stands for by the first character that the font draws
with it. For some 300 ideographs that is another one, mostly a radical that looks the same.
Source: ISO 32000-1, 9.10.3.
"""

import io
import re
from collections.abc import Collection
from functools import partial

import pikepdf

from csweek.render.paper import fonts

_HAN = re.compile("[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff]")
_STANDS_FOR = re.compile(rb"(?<=> <)(?:2[ef]|[3-9][0-9a-f]|f[9a])[0-9a-f]{2}(?=>)")


def readable(made: bytes, html: str) -> bytes:
    """Return the PDF that was made of HTML with each of its ideographs told as itself."""
    written = sorted(set(_HAN.findall(html)))
    if not written:
        return made
    put = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as document:
        for font in document.objects:
            if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font:
                told = font.ToUnicode.read_bytes()
                font.ToUnicode.write(_STANDS_FOR.sub(partial(_as_written, written), told))
        del document.docinfo  # it says when it was made
        document.save(put, deterministic_id=True)
    return put.getvalue()


def _as_written(written: Collection[str], found: re.Match[bytes]) -> bytes:
    """Return the character of the text that looks like the one that is told, which itself is not in it."""
    told = chr(int(found[0], 16))
    if told in written:
        return found[0]
    meant = next((letter for letter in written if _look_alike(letter, told)), told)
    return f"{ord(meant):04x}".encode()


def _look_alike(one: str, other: str) -> bool:
    return any(find(ord(one)) == find(ord(other)) != 0 for find in fonts.regions())
