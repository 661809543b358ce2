"""A poster: one page for a wall, its type as large as the text leaves room for."""

import io
from collections.abc import Iterator

import pikepdf
from markupsafe import Markup
from msgspec.structs import replace

from csweek.model.theme import Look
from csweek.render.announcements.message import Message
from csweek.render.cards.studio import PAPER
from csweek.render.cards.typeset import TOOLS
from csweek.render.paper import pdf
from csweek.render.templates import Reader, Templates

TEMPLATE = "announcements/poster.html"
ART = (210, 58)
"""Width and height in mm of the motif on top."""
SCALES = (1.5, 1.35, 1.2, 1.1, 1.0, 0.9, 0.8, 0.7)
"""Sizes of type that are tried, as parts of 15 pt; the smallest can still be read on a wall."""


class Posters:
    """Draws posters; the motif of a look is drawn once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._templates = Templates(reader, TOOLS)
        self._art: dict[Look, Markup] = {}

    def pdf(self, message: Message, look: Look, about: pdf.About) -> bytes:
        """Return a poster of one page; blocks that do not fit at the smallest size are left out at its end.

        Raises OutputError where PDF cannot be made on this machine.
        """
        for page in self._pages(message, look):
            if _is_one(page):
                return pdf.bind([page], about)
        return self.pdf(replace(message, blocks=message.blocks[:-1]), look, about)

    def _pages(self, message: Message, look: Look) -> Iterator[bytes]:
        for scale in SCALES:
            context = {
                "message": message,
                "look": look,
                "art": self._motif(look),
                "scale": scale,
                "size": ART,
            }
            yield pdf.lay_out(self._templates.render(TEMPLATE, context), self._reader)

    def _motif(self, look: Look) -> Markup:
        if look not in self._art:
            colours = {"ink": look.ink, "accent": look.accent, "second": look.second, "paper": PAPER}
            given = {"width": ART[0], "height": ART[1], "seed": 1, "letter": "", "lang": "en"}
            drawn = self._templates.render(f"cards/motifs/{look.motif}.svg", colours | given)
            self._art[look] = Markup(drawn)  # noqa: S704 - escaped by its template
        return self._art[look]


def _is_one(page: bytes) -> bool:
    with pikepdf.open(io.BytesIO(page)) as made:
        return len(made.pages) == 1
