"""The packaged fonts, and nothing else: where they lie, what they can draw, how wide a text becomes."""

import base64
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape

from csweek.model.basics import Letters
from csweek.render.paper.glyphs import Glyphs, Lookup, read_glyphs

HAND = "Caveat"
SANS = "Fira Sans"
LIGHT = "Fira Sans Light"
SERIF = "Spectral"
CJK = "Noto Sans CJK"

POINT = 25.4 / 72
"""A point in mm."""

_FILES = {
    HAND: ("fontpkg_caveat", "files/Caveat[wght].ttf"),
    SANS: ("fontpkg_fira_sans", "files/FiraSans-Regular.ttf"),
    f"{SANS} Italic": ("fontpkg_fira_sans", "files/FiraSans-Italic.ttf"),
    LIGHT: ("fontpkg_fira_sans", "files/FiraSans-Light.ttf"),
    SERIF: ("fontpkg_spectral", "files/Spectral-Regular.ttf"),
    CJK: ("noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc"),
}
_DISPLAY = {Letters.HAND: HAND, Letters.SERIF: SERIF, Letters.SANS: LIGHT}
_REGIONS = {"ja": "JP", "ko": "KR", "zh": "SC", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK"}
_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>{folders}<cachedir>{cache}</cachedir></fontconfig>
"""


def font_file(face: str) -> Path:
    """Return where the file of a packaged face lies."""
    package, name = _FILES[face]
    return Path(str(resources.files(package))) / name


def font_config(cache: Path, more: Iterable[Path] = ()) -> str:
    """Return a fonts.conf that names the packaged fonts' folders, a cache folder, and no other font."""
    folders = dict.fromkeys([*(font_file(face).parent for face in _FILES), *more])
    named = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    return _CONFIG.format(folders=named, cache=escape(str(cache)))


@cache
def glyphs(face: str) -> Glyphs:
    """Return what a packaged face can draw: HAND, SANS, its italic, or CJK."""
    with font_file(face).open("rb") as file:
        return read_glyphs(file)


@cache
def regions() -> tuple[Lookup, ...]:
    """Return what the face of East Asia draws a character with in Japan, Korea, China, Taiwan, Hong Kong."""
    with font_file(CJK).open("rb") as file:
        return tuple(_lookup_of(file, number) for number in range(5))


def _lookup_of(file: BinaryIO, number: int) -> Lookup:
    file.seek(0)
    return read_glyphs(file, number).find


def missing(text: str) -> tuple[str, ...]:
    """Return the characters that no packaged font has, each once, in their order."""
    return tuple(dict.fromkeys(letter for letter in text if not _drawable(letter)))


@cache
def _drawable(letter: str) -> bool:
    if unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"} or "\ufe00" <= letter <= "\ufe0f":
        return True
    return any(letter in glyphs(face) for face in (SANS, HAND, CJK))


@lru_cache(maxsize=4096)
def covers(face: str, text: str) -> bool:
    """Whether a face alone can draw the whole text."""
    known = glyphs(face)
    return all(letter in known for letter in set(text))


def display_face(text: str, letters: Letters = Letters.HAND) -> str:
    """Return the face for a name or a heading: of these letters, else the first that has all of it."""
    return next((face for face in (_DISPLAY[letters], SANS) if covers(face, text)), CJK)


def text_face(text: str) -> str:
    """Return the face of running text: the sans, or the one of East Asia where the text needs it."""
    return SANS if covers(SANS, text) else CJK


def stack(face: str, lang: str) -> str:
    """Return a CSS font-family list that starts with this face and can draw all that any of them can."""
    cjk = f"'{CJK} {region(lang)}'"
    rest = [f"'{name}'" for name in (SANS,) if name != face]
    return ",".join([cjk, *rest] if face == CJK else [f"'{face}'", *rest, cjk])


def region(lang: str) -> str:
    """Return which region's shapes Han characters take in a language: JP, KR, SC, TC or HK."""
    whole = lang.lower().replace("_", "-")
    return (
        _REGIONS.get(whole) or _REGIONS.get("-".join(whole.split("-")[:2])) or _REGIONS.get(whole[:2], "JP")
    )


def width(text: str, face: str, size: float) -> float:
    """Return how wide a text becomes, in mm, at a size in points; what the face lacks comes from the next."""
    return _units(text, face) * size


@lru_cache(maxsize=16384)
def _units(text: str, face: str) -> float:
    return sum(_advance(face, letter) for letter in text) / 1000 * POINT


@cache
def _advance(face: str, letter: str) -> float:
    holder = next((name for name in (face, SANS, CJK) if letter in glyphs(name)), face)
    return glyphs(holder).width(letter)


def embedded() -> str:
    """Return CSS that carries the fonts of Latin, Greek and Cyrillic, for a page read in a browser."""
    return "".join(_embedded(face) for face in (HAND, SANS, f"{SANS} Italic", LIGHT, SERIF))


def _embedded(face: str) -> str:
    data = base64.b64encode(font_file(face).read_bytes()).decode("ascii")
    slant = "italic" if face.endswith("Italic") else "normal"
    return (
        f"@font-face{{font-family:'{face.removesuffix(' Italic')}';font-style:{slant};"
        f"src:url(data:font/ttf;base64,{data})}}"
    )
