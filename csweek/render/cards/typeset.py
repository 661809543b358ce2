"""What card templates and motifs may call, beside what a card hands them."""

import re
from collections.abc import Mapping
from functools import lru_cache

from markupsafe import Markup, escape

from csweek.render.cards import art
from csweek.render.paper import fonts
from csweek.render.paper.fit import Type, lines_at

_SCALES = {fonts.HAND: (1.0, 0.47), fonts.SERIF: (0.8, 0.4), fonts.LIGHT: (0.8, 0.4)}
"""Largest and smallest size of a heading by its face, in parts of handwriting's largest."""
_OTHERS = (0.73, 0.37)
_BREAKS = re.compile(r"[^\S\u00a0]+")
"""Space at which a line may end: all but what holds words together."""
_HANGUL = re.compile("[\uac00-\ud7a3]")


def lettering(face: str, largest: float, smallest: float | None = None) -> Type:
    """Return how a name or heading may be set in a face: by hand this large, in other letters smaller."""
    scale = _SCALES.get(face, _OTHERS)
    return Type(face, largest * scale[0], smallest or largest * scale[1], 1.05, headline=True)


@lru_cache(maxsize=4096)
def lines_of(text: str, points: float, width: float) -> int:
    """Return on how many lines a text stands at a size, at least one; for what is not fitted."""
    return lines_at(text, fonts.text_face(text), points, width)


@lru_cache(maxsize=4096)
def together(text: str) -> Markup:
    """Return a text as HTML that breaks between words alone, also in Korean."""
    if not _HANGUL.search(text):
        return escape(text)
    return Markup(" ".join(f"<span class=word>{escape(word)}</span>" for word in _BREAKS.split(text.strip())))  # noqa: S704 - escaped word by word


def rem(points: float) -> str:
    """Return a size in points as CSS."""
    return f"{points * fonts.POINT:.4f}rem"


TOOLS: Mapping[str, object] = {
    **art.TOOLS,
    "type": Type,
    "lettering": lettering,
    "lines_of": lines_of,
    "display_face": fonts.display_face,
    "text_face": fonts.text_face,
    "stack": fonts.stack,
    "together": together,
    "rem": rem,
}
"""What card templates and motifs may call beside what they are given."""
