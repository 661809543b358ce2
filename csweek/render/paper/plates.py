"""Drawings that are printed on many cards: laid out once, and shown by every card that bears them.

Where a card has such a drawing its HTML has a stand-in, a picture of a few pixels that says which one it
is. In the finished PDF the drawing itself, a form XObject, takes its place. Source: ISO 32000-1, 8.10.
"""

import base64
import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import ExitStack

import pikepdf
from markupsafe import Markup
from msgspec import Struct

from csweek.render.paper import pdf
from csweek.render.paper.fonts import POINT
from csweek.render.templates import Reader

_SIGN = b"csweek plate"
_START = '<image preserveAspectRatio="none" href="data:image/png;base64,'
"""How every stand-in begins."""
_WIDTH = 5
"""Pixels of a stand-in: so many hold the sign and a number of three bytes."""


class Plate(Struct, frozen=True):
    """A drawing in SVG of this width and height in mm, and the style that its texts need."""

    drawing: Markup
    width: float
    height: float
    style: str = ""


class Plates:
    """The drawings of one process, each laid out when it is first needed."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._numbers: dict[Plate, int] = {}
        self._stand_ins: dict[Markup, Plate] = {}
        self._ready: dict[int, pikepdf.Object] = {}
        self._kept = ExitStack()

    def stand_in(self, plate: Plate) -> Markup:
        """Return what stands in a card's SVG for a drawing."""
        number = self._numbers.setdefault(plate, len(self._numbers))
        picture = base64.b64encode(_png(_SIGN + number.to_bytes(3))).decode()
        shown = Markup(f'{_START}{picture}" width="{plate.width}" height="{plate.height}"/>')  # noqa: S704 - base64 and numbers
        self._stand_ins[shown] = plate
        return shown

    def lay_out(self, html: str, reader: Reader) -> bytes:
        """Return the pages of an HTML document as ``pdf.lay_out`` does, with the drawings put in."""
        made = pdf.lay_out(html, reader)
        if _START not in html:
            return made
        self._prepare()
        put = io.BytesIO()
        with pikepdf.open(io.BytesIO(made)) as opened:
            if self._put_in(opened) == html.count(_START):
                del opened.docinfo  # it says when it was made
                opened.save(put, deterministic_id=True)
                return put.getvalue()
        return pdf.lay_out(self._in_full(html), reader)

    def _put_in(self, document: pikepdf.Pdf) -> int:
        """Put the drawings in and return how many; stand-ins within what is painted as a whole are lost."""
        here: dict[int, pikepdf.Object] = {}
        count = 0
        for page in document.pages:
            for shown, name, number in _stand_ins(page.obj):
                if number not in here:
                    here[number] = document.copy_foreign(self._ready[number])
                shown[name] = here[number]
                count += 1
        return count

    def _in_full(self, html: str) -> str:
        """Return HTML with the drawings themselves."""
        for shown, plate in self._stand_ins.items():
            html = html.replace(shown, plate.drawing)
        return html

    def _prepare(self) -> None:
        """Lay out the drawings that were not needed before, each on a page."""
        new = [(number, plate) for plate, number in self._numbers.items() if number not in self._ready]
        if not new:
            return
        width = max(plate.width for _, plate in new)
        height = max(plate.height for _, plate in new)
        made = pdf.lay_out(_html([plate for _, plate in new], width, height), self._reader)
        opened = self._kept.enter_context(pikepdf.open(io.BytesIO(made)))
        for (number, plate), page in zip(new, opened.pages, strict=True):
            self._ready[number] = opened.make_indirect(_form(page, plate))


def _png(data: bytes) -> bytes:
    """Return bytes as a PNG of one line of pixels. Source: ISO/IEC 15948."""
    size = struct.pack(">IIBBBBB", len(data) // 3, 1, 8, 2, 0, 0, 0)
    pieces = ((b"IHDR", size), (b"IDAT", zlib.compress(b"\0" + data)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in pieces
    )


def _stand_ins(holder: pikepdf.Object) -> Iterator[tuple[pikepdf.Object, str, int]]:
    """Yield where each stand-in of a page is named, under which name, and the number of its drawing."""
    shown = holder.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
    for name, one in list(shown.items()):
        if one.get("/Subtype") == "/Form":
            yield from _stand_ins(one)
        elif one.get("/Width") == _WIDTH and one.get("/Height") == 1:
            data = one.read_bytes()
            if data.startswith(_SIGN):
                yield shown, name, int.from_bytes(data[len(_SIGN) :])


def _html(plates: list[Plate], width: float, height: float) -> str:
    """Return each drawing in the upper left corner of a page."""
    style = (
        f"@page{{size:{width:.4f}mm {height:.4f}mm;margin:0}}html,body{{margin:0}}"
        f"div{{height:{height:.4f}mm;break-after:page;overflow:hidden}}div:last-child{{break-after:auto}}"
        "svg{display:block}"
    )
    own = "".join(dict.fromkeys(plate.style for plate in plates))
    drawn = "".join(
        f'<div><svg style="width:{plate.width:.4f}mm;height:{plate.height:.4f}mm" '
        f'viewBox="0 0 {plate.width} {plate.height}">{plate.drawing}</svg></div>'
        for plate in plates
    )
    return f"<style>{own}{style}</style>{drawn}"


def _form(page: pikepdf.Page, plate: Plate) -> pikepdf.Object:
    """Return the drawing on a page as what is shown in the unit square, as pictures are."""
    left, _, _, top = (float(side) for side in page.mediabox)
    width, height = plate.width / POINT, plate.height / POINT
    form = page.as_form_xobject()
    form.BBox = pikepdf.Array([left, top - height, left + width, top])
    form.Matrix = pikepdf.Array([1 / width, 0, 0, 1 / height, -left / width, -(top - height) / height])
    return form
