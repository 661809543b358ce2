"""What tests of printed things share: a reader over the bundled templates, and PDF seen in millimetres."""

import io
from collections.abc import Mapping
from functools import cached_property

import pdfplumber
import pypdfium2
from msgspec import Struct
from PIL import Image

from csweek.bundled import bundled
from csweek.folder import template
from csweek.render.templates import Reader

POINT = 25.4 / 72
MOTIFS = tuple(sorted(file.stem for file in (bundled("templates") / "cards" / "motifs").glob("*.svg")))


def over(files: Mapping[str, str]) -> Reader:
    """The bundled templates with some of a user's own before them."""
    own = {name: text.encode() for name, text in files.items()}
    return lambda name: own.get(name) or template(name)


def seen(data: bytes, number: int = 0, dots: int = 254) -> Image.Image:
    """A page as a picture, 10 dots to a mm unless told otherwise."""
    with pypdfium2.PdfDocument(data) as document:
        picture: Image.Image = document[number].render(scale=dots / 72).to_pil().convert("RGB")
        return picture


class Page(Struct, frozen=True, dict=True):
    """A page: its size, lines and rectangles as (x0, top, x1, bottom) in mm, and its letters."""

    size: tuple[float, float]
    lines: list[tuple[float, ...]]
    rects: list[tuple[float, ...]]
    letters: list[tuple[str, tuple[float, ...], float]]
    turned: int
    """Letters that stand on their heads."""
    laid: pdfplumber.page.Page

    @cached_property
    def text(self) -> str:
        """Its text in lines, which takes as long to find as all else."""
        return self.laid.extract_text()

    @property
    def bare(self) -> str:
        """Its text without spaces, which a reader of PDF has to guess between columns."""
        return "".join(self.text.split())


def pages(data: bytes) -> list[Page]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [_page(page) for page in document.pages]


def _page(page: pdfplumber.page.Page) -> Page:
    return Page(
        (page.width * POINT, page.height * POINT),
        [_box(line) for line in page.lines],
        [_box(rect) for rect in page.rects],
        [(letter["text"], _box(letter), letter["size"]) for letter in page.chars],
        sum(letter["matrix"][0] < -0.01 for letter in page.chars),
        page,
    )


def _box(thing: Mapping[str, float]) -> tuple[float, ...]:
    return tuple(thing[side] * POINT for side in ("x0", "top", "x1", "bottom"))
