"""Photos, logos and QR codes on paper: looked at before they are used, and no larger than paper shows."""

from __future__ import annotations

import base64
import io
import mimetypes
import re
import warnings
from html import unescape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from markupsafe import Markup

from csweek.errors import CsweekError, Problem
from csweek.model.basics import Place
from csweek.model.cards import PICTURES
from csweek.render.templates import Reader

if TYPE_CHECKING:
    from PIL.Image import Image

FOLDER = "files/"
"""What the names of a workspace's pictures begin with, for readers and in templates."""
LOGOS = tuple(f"{FOLDER}logo{suffix}" for suffix in PICTURES)
"""What a workspace's logo is called; the first one that is there is used."""
MOST_PIXELS = 100_000_000
"""A picture with more is refused before it is unpacked: 100 million take 300 MB of memory."""
DEEPEST = 200
"""Levels of a drawing's groups in groups: PlutoPrint goes down them until its stack ends."""
ENOUGH = 1600
"""Pixels of the longer side that are kept: 13 cm at 300 dots to an inch."""
_NAMED = re.compile(rf'(src|href)="({FOLDER}[^"]+)"')
_KINDS = {"PNG": "PNG", "JPEG": "JPEG", "MPO": "JPEG"}


class Pictures:
    """Pictures by name from a reader, each looked at once; what is wrong is collected in ``problems``."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._ready: dict[str, bytes] = {}
        self._missing: set[str] = set()
        self.problems: list[Problem] = []

    def read(self, name: str) -> bytes | None:
        """Return a picture as it is printed, anything else as the reader has it."""
        return self._ready.get(name) or self._reader(name)

    def forget(self) -> None:
        """Forget what was looked at but the logo, so that memory does not grow with the photos."""
        self._ready = {name: data for name, data in self._ready.items() if name in LOGOS}

    def name(self, path: str, place: Place | None = None) -> str:
        """Return what a picture is asked for by, of its path in the workspace; empty where there is none."""
        name = path if path.startswith(FOLDER) else f"{FOLDER}{path.replace(chr(92), '/').removeprefix('./')}"
        return name if path and self._usable(name, place) else ""

    def show(self, path: str, place: Place | None = None) -> Markup:
        """Return an ``img`` of a picture by its path in the workspace, empty where there is none to show."""
        name = self.name(path, place)
        return Markup('<img class="picture" src="{}" alt="">').format(name) if name else Markup("")

    def logo(self) -> Markup:
        """Return the workspace's logo, empty where it has none."""
        found = next((name for name in LOGOS if self._reader(name) is not None), "")
        return self.show(found)

    def _usable(self, name: str, place: Place | None) -> bool:
        if name not in self._ready and name not in self._missing:
            try:
                self._ready[name] = prepared(name, self._reader(name))
            except CsweekError as error:
                self._missing.add(name)
                self.problems += [Problem(place or p.place, p.message, p.hint) for p in error.problems]
        return name in self._ready


def prepared(name: str, data: bytes | None) -> bytes:
    """Return a picture that can be printed, made smaller where paper would not show the difference.

    Raises CsweekError that says what is wrong with it.
    """
    shown = name.removeprefix(FOLDER)
    if not name.lower().endswith(PICTURES):
        raise _wrong(shown, "is no picture that can be printed", "save it as .svg, .png or .jpg")
    if data is None:
        raise _wrong(shown, "is not there", "name it from the workspace's folder, such as photos/asa.jpg")
    return _drawing(shown, data) if name.lower().endswith(".svg") else _pixels(shown, data)


def _wrong(shown: str, what: str, hint: str) -> CsweekError:
    return CsweekError([Problem(Place(shown), f"the picture {shown} {what}", hint)])


class _Outline:
    """Takes the tags of a drawing, and raises ParseError for what is none that can be printed."""

    def __init__(self) -> None:
        self._depth = 0

    def start(self, tag: str, _: object) -> None:
        self._depth += 1
        if self._depth > DEEPEST or (self._depth == 1 and tag.rpartition("}")[2] != "svg"):
            raise ET.ParseError

    def end(self, _: str) -> None:
        self._depth -= 1

    def doctype(self, *_: object) -> None:
        raise ET.ParseError  # entities could unfold without end


def _drawing(shown: str, data: bytes) -> bytes:
    try:
        parser = ET.XMLParser(target=_Outline())  # noqa: S314 - without entities
        parser.feed(data)
        parser.close()
    except ET.ParseError:
        raise _wrong(shown, "is not an SVG drawing", "save it again as plain SVG") from None
    return data


def _pixels(shown: str, data: bytes) -> bytes:
    import PIL.Image  # noqa: PLC0415 - only where there are photos
    from PIL import ImageOps, UnidentifiedImageError  # noqa: PLC0415 - as above

    PIL.Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings(), PIL.Image.open(io.BytesIO(data)) as image:
            warnings.simplefilter("ignore")
            if image.width * image.height > MOST_PIXELS:
                size = f"{image.width:,} x {image.height:,} pixels"
                raise _wrong(shown, f"is {size}, too large to print", f"make it {ENOUGH} pixels wide")
            kind = _KINDS.get(image.format or "")
            if kind is None:
                raise _wrong(shown, "is no PNG or JPEG inside", "save it again as .png or .jpg")
            image.load()
            upright = ImageOps.exif_transpose(image)
            if (
                max(image.size) <= ENOUGH
                and upright.size == image.size
                and image.getexif().get(0x112, 1) == 1
            ):
                return data
            return _smaller(upright, kind)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise _wrong(shown, "is broken", "export it again, or take another one") from None


def _smaller(image: Image, kind: str) -> bytes:
    image.thumbnail((ENOUGH, ENOUGH))
    made = io.BytesIO()
    wanted = image.convert("RGB") if kind == "JPEG" and image.mode not in {"RGB", "L"} else image
    wanted.save(made, kind, quality=88)
    return made.getvalue()


def embedded(html: str, pictures: Pictures) -> str:
    """Return HTML that holds its pictures, so that it can be opened anywhere."""

    def data(found: re.Match[str]) -> str:
        kind = mimetypes.guess_type(found[2])[0] or ""
        content = base64.b64encode(pictures.read(unescape(found[2])) or b"").decode()
        return f'{found[1]}="data:{kind};base64,{content}"'

    return _NAMED.sub(data, html)


def qr(link: str, dark: str = "#000000") -> Markup:
    """Return a QR code of a link as SVG, as large as what it stands in; empty without a link."""
    if not link:
        return Markup("")
    import segno  # noqa: PLC0415 - only where there are links

    made = io.BytesIO()
    segno.make(link, error="m", micro=False).save(
        made, kind="svg", xmldecl=False, omitsize=True, border=0, svgclass="qr", lineclass=None, dark=dark
    )
    return Markup(made.getvalue().decode())  # noqa: S704 - segno's drawing of squares
