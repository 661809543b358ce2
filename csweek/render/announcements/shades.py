"""A theme's colours as a screen shows them, by day and by night, dark enough or light enough to be read."""

from functools import lru_cache

from msgspec import Struct

from csweek.model.theme import Look
from csweek.render.cards.art import ENOUGH, contrast, mix

BLACK, WHITE = "#000000", "#ffffff"
NIGHT = "#0d1012"
AMPLE = 7.0
"""Contrast of text that is read easily. Source: WCAG 2.2, 1.4.6; ENOUGH is that of 1.4.3."""
VISIBLE = 3.0
"""What is no text but means something. Source: WCAG 2.2, 1.4.11."""
ORNAMENT = 1.7
"""A stroke beside a text, which means nothing by itself."""
_STEPS = 20
_LOOKS = 64


class Shades(Struct, frozen=True):
    """The colours of a page: around the sheet, the sheet, text, quiet text, headings, marks, and a band."""

    page: str
    sheet: str
    ink: str
    soft: str
    accent: str
    mark: str
    line: str
    band: str
    on_band: str
    band_mark: str
    band_past: str
    band_rest: str


@lru_cache(_LOOKS)
def by_day(look: Look) -> Shades:
    """Return the theme's own colours, moved no further than reading asks for."""
    return _shades(look, look.paper, mix(look.paper, look.ink, 0.07), ENOUGH)


@lru_cache(_LOOKS)
def by_night(look: Look) -> Shades:
    """Return the same page on the dark side of the theme."""
    darker = max((look.ink, look.paper), key=lambda colour: contrast(colour, WHITE))
    sheet = enough(mix(darker, NIGHT, 0.72), WHITE, 14)
    return _shades(look, sheet, mix(sheet, BLACK, 0.45), AMPLE)


def _shades(look: Look, sheet: str, page: str, headings: float) -> Shades:
    strongest = max((look.ink, look.paper), key=lambda colour: contrast(colour, sheet))
    ink = enough(mix(strongest, sheet, 0.08), sheet, AMPLE)
    band = enough(look.accent, WHITE, ENOUGH)
    return Shades(
        page=page,
        sheet=sheet,
        ink=ink,
        soft=enough(mix(ink, sheet, 0.35), sheet, ENOUGH),
        accent=enough(look.accent, sheet, headings),
        mark=enough(look.second, sheet, ORNAMENT),
        line=mix(sheet, ink, 0.16),
        band=band,
        on_band=WHITE,
        band_mark=enough(look.second, band, VISIBLE),
        band_past=mix(band, WHITE, 0.55),
        band_rest=mix(band, WHITE, 0.22),
    )


def enough(colour: str, against: str, least: float) -> str:
    """Return the colour, moved towards black or white until its contrast with another is enough (1 to 21)."""
    end = max((BLACK, WHITE), key=lambda extreme: contrast(extreme, against))
    steps = (mix(colour, end, step / _STEPS) for step in range(_STEPS + 1))
    return next((shade for shade in steps if contrast(shade, against) >= least), end)
