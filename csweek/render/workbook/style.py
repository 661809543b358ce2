"""How the workbook looks: few formats, made from the theme's colours, readable in grey too."""

from typing import Literal, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from csweek.model.theme import Look
from csweek.render.announcements.shades import AMPLE, WHITE, enough
from csweek.render.cards.art import ENOUGH, mix


class Colours(NamedTuple):
    """Of text, quiet text, lines, the header, a week that stands out, and the ends of a scale."""

    ink: str
    soft: str
    line: str
    accent: str
    head: str
    special: str
    least: str
    most: str
    warning: str


def colours(look: Look) -> Colours:
    """Return a theme's colours, moved no further than reading on white asks for."""
    ink, accent = enough(look.ink, WHITE, AMPLE), enough(look.accent, WHITE, ENOUGH)
    return Colours(
        ink=ink,
        soft=enough(mix(ink, WHITE, 0.4), WHITE, ENOUGH),
        line=mix(WHITE, ink, 0.18),
        accent=accent,
        head=mix(WHITE, accent, 0.12),
        special=mix(WHITE, look.second, 0.25),
        least=WHITE,
        most=mix(WHITE, accent, 0.6),
        warning=mix(WHITE, look.second, 0.55),
    )


Kind = Literal["bare", "title", "quiet", "head", "text", "number", "date", "hour"]


class Style:
    """The formats of one workbook, each made when it is first asked for."""

    def __init__(self, book: Workbook, look: Look, date_shape: str) -> None:
        self.colours = colours(look)
        self._book = book
        ruled = {"bottom": 4, "bottom_color": self.colours.line}
        colour = {"bg_color": self.colours.head, "bottom": 1, "bottom_color": self.colours.accent}
        self._kinds: dict[str, dict[str, object]] = {
            "bare": {},
            "title": {"bold": True, "font_size": 16, "font_color": self.colours.accent, "quote_prefix": True},
            "quiet": {"font_color": self.colours.soft, "quote_prefix": True},
            "head": {"bold": True, "text_wrap": True, "quote_prefix": True, **colour},
            "text": {"quote_prefix": True, **ruled},
            "number": {"num_format": "#,##0", **ruled},
            "date": {"num_format": date_shape, "align": "left", **ruled},
            "hour": {"num_format": "hh:mm", "align": "left", **ruled},
        }
        self._made: dict[tuple[object, ...], Format] = {}

    def make(self, kind: Kind, **properties: object) -> Format:
        """Return the format of a kind of cell with more or other properties of xlsxwriter.

        ``text`` is what no spreadsheet takes for a formula, not even when it is edited.
        """
        key = (kind, *properties.items())
        found = self._made.get(key)
        if found is None:
            base = {"font_color": self.colours.ink, "valign": "vcenter"}
            found = self._made[key] = self._book.add_format({**base, **self._kinds[kind], **properties})
        return found
