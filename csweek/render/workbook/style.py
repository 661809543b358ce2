"""How the workbook looks: few formats, made from the theme's colours, readable in grey too."""

from typing import Any, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from csweek.model.inputs import Look
from csweek.render.announcements.shades import enough
from csweek.render.cards.art import mix

WHITE = "#ffffff"
PRINTED = 7.0
"""Contrast of text on paper. Source: WCAG 2.2, 1.4.6."""


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
    ink, accent = enough(look.ink, WHITE, PRINTED), enough(look.accent, WHITE, 4.5)
    return Colours(
        ink=ink,
        soft=enough(mix(ink, WHITE, 0.4), WHITE, 4.5),
        line=mix(WHITE, ink, 0.18),
        accent=accent,
        head=mix(WHITE, accent, 0.12),
        special=mix(WHITE, look.second, 0.25),
        least=WHITE,
        most=mix(WHITE, accent, 0.6),
        warning=mix(WHITE, look.second, 0.55),
    )


class Style:
    """The formats of one workbook, each made when it is first asked for."""

    def __init__(self, book: Workbook, look: Look, date_shape: str) -> None:
        self.colours = colours(look)
        self._book = book
        self._date = date_shape
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def make(self, **properties: object) -> Format:
        """Return the format with these properties of xlsxwriter, in the theme's ink."""
        whole = {"font_color": self.colours.ink, "valign": "vcenter", **properties}
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(whole)
        return self._made[key]

    @property
    def title(self) -> Format:
        """Of a sheet's first line."""
        return self.make(bold=True, font_size=16, font_color=self.colours.accent, quote_prefix=True)

    @property
    def quiet(self) -> Format:
        """Of the line below it."""
        return self.make(font_color=self.colours.soft, quote_prefix=True)

    def head(self, **properties: object) -> Format:
        """Of a column's header."""
        shape = {"bold": True, "text_wrap": True, "valign": "vcenter", "quote_prefix": True}
        colour = {"bg_color": self.colours.head, "bottom": 1, "bottom_color": self.colours.accent}
        return self.make(**{**shape, **colour, **properties})

    def text(self, **properties: object) -> Format:
        """Of a text, which no spreadsheet takes for a formula, not even when it is edited."""
        return self.make(quote_prefix=True, **{**self._ruled, **properties})

    def number(self, **properties: object) -> Format:
        """Of a number."""
        return self.make(**{"num_format": "#,##0", **self._ruled, **properties})

    def date(self, **properties: object) -> Format:
        """Of a day."""
        return self.make(num_format=self._date, align="left", **{**self._ruled, **properties})

    def hour(self, **properties: object) -> Format:
        """Of a time of day."""
        return self.make(num_format="hh:mm", align="left", **{**self._ruled, **properties})

    @property
    def _ruled(self) -> dict[str, object]:
        return {"bottom": 4, "bottom_color": self.colours.line}
