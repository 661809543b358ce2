"""A workspace's own fonts, for the letters that no packaged font has."""

import base64
import io
import mimetypes
import struct
from collections.abc import Iterable, Sequence

from msgspec import Struct

from csweek.errors import CsweekError, Problem
from csweek.model.basics import Place
from csweek.render.paper import fonts
from csweek.render.paper.glyphs import Glyphs, end, read_glyphs
from csweek.render.templates import Reader

FOLDER = "fonts/"
"""Where a workspace has them, and how their names begin."""


class OwnFont(Struct, frozen=True):
    """A font of the workspace: its name (``fonts/Naskh.ttf``), its family in CSS, what it can draw."""

    name: str
    family: str
    glyphs: Glyphs


def read_own(names: Iterable[str], reader: Reader) -> tuple[OwnFont, ...]:
    """Read fonts by name, first come first asked. Raises CsweekError for what is no font."""
    return tuple(_read(name, f"own-{number}", reader(name) or b"") for number, name in enumerate(names))


def _read(name: str, family: str, data: bytes) -> OwnFont:
    try:
        if end(io.BytesIO(data)) > len(data):
            raise ValueError  # noqa: TRY301 - as what is no font
        return OwnFont(name, family, read_glyphs(io.BytesIO(data)))
    except (struct.error, KeyError, StopIteration, IndexError, ValueError):
        hint = "put a .ttf or .otf there as it was downloaded, unpacked"
        raise CsweekError([Problem(Place(name), "this is not a font that csweek can read", hint)]) from None


def missing(text: str, own: Sequence[OwnFont]) -> tuple[str, ...]:
    """Return the characters that neither a packaged nor an own font has, each once, in their order."""
    return tuple(letter for letter in fonts.missing(text) if not any(letter in font.glyphs for font in own))


def width_of(text: str, face: str, own: Sequence[OwnFont]) -> float:
    """Return how wide a text becomes at one point, in mm; what no packaged font has comes from an own one."""
    if not own or not (letters := set(fonts.missing(text))):
        return fonts.width(text, face, 1)
    rest = "".join(letter for letter in text if letter not in letters)
    units = sum(
        font.glyphs.width(letter) for letter in text if letter in letters for font in _having(letter, own)
    )
    return fonts.width(rest, face, 1) + units / 1000 * fonts.POINT


def _having(letter: str, own: Sequence[OwnFont]) -> Sequence[OwnFont]:
    return [font for font in own if letter in font.glyphs][:1]


def stack(face: str, lang: str, own: Sequence[OwnFont]) -> str:
    """Return a CSS font-family list that ends with the own fonts."""
    return ",".join([fonts.stack(face, lang), *(f"'{font.family}'" for font in own)])


def faces(own: Sequence[OwnFont]) -> str:
    """Return the CSS that names the own fonts by the names of their files."""
    return "".join(_face(font, font.name) for font in own)


def embedded(own: Sequence[OwnFont], reader: Reader) -> str:
    """Return the CSS that carries the own fonts, for a page read in a browser."""
    return "".join(_face(font, _data(font.name, reader(font.name) or b"")) for font in own)


def _face(font: OwnFont, url: str) -> str:
    return f"@font-face{{font-family:'{font.family}';src:url('{url}')}}"


def _data(name: str, data: bytes) -> str:
    kind = mimetypes.guess_type(name)[0] or "font/ttf"
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"
