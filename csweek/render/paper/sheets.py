"""Where cards stand on a sheet of paper, where it is cut, and the page that comes of it. All in mm."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from csweek import names
from csweek.errors import CsweekError, Problem, UsageError
from csweek.model.basics import Place
from csweek.render.paper import fonts
from csweek.render.templates import Reader

BUNDLED = ("a4-1up", "a4-2up", "a4-4up", "letter-1up", "letter-2up", "letter-4up")
LETTER = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])
"""Countries that print on Letter. Source: CLDR, paperSize."""
MEASURE = 100
"""Length of the printed measure in mm."""
_MM = {"mm": 1.0, "in": 25.4}
_TRIM = 6.0
"""From this depth on a mark stands in the trim rather than on the cut."""

_LETTER_BY_LETTER = "font-variant-ligatures:none;font-feature-settings:'liga' 0,'clig' 0,'calt' 0,'locl' 0"
"""PlutoPrint loses the text of a glyph put in place of another; regional shapes come by family."""

Line = tuple[float, float, float, float]
"""x and y of one end, x and y of the other, in mm from the upper left corner of the paper."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the paper, in mm from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper with its cards, row by row."""

    name: str
    paper: tuple[float, float]
    boxes: tuple[Box, ...]
    quiet: float
    marks: tuple[Line, ...] = ()
    ruler: tuple[float, float] | None = None


_Length = Annotated[float, Field(ge=0, le=2000)]
_Count = Annotated[int, Field(ge=1, le=50)]


class _Marks(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    edge: _Length
    gap: _Length
    length: _Length


class _Shape(BaseModel):
    """What a sheet's file says."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    unit: Literal["mm", "in"]
    paper: tuple[_Length, _Length]
    card: tuple[_Length, _Length]
    grid: tuple[_Count, _Count]
    origin: tuple[_Length, _Length]
    pitch: tuple[_Length, _Length]
    quiet: _Length = 0
    marks: _Marks | None = None
    ruler: tuple[_Length, _Length] | None = None


def default_sheet(country: str | None) -> str:
    """Return the sheet that is used in a country when none is asked for."""
    return "letter-4up" if country in LETTER else "a4-4up"


def read_sheet(name: str, reader: Reader) -> Sheet:
    """Return the sheet of this name.

    Raises UsageError where there is none, CsweekError where its file is wrong.
    """
    data = reader(f"sheets/{name}.yaml")
    if data is None:
        meant = names.near(name, BUNDLED)
        hint = f"did you mean '{meant}'?" if meant else f"there are {', '.join(BUNDLED)}"
        raise UsageError(f"there is no sheet '{name}'", hint)
    return _sheet(name, _shape(data, Place(f"templates/sheets/{name}.yaml")))


def _shape(data: bytes, place: Place) -> _Shape:
    try:
        return _Shape.model_validate(yaml.safe_load(data))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Place(place.file, mark.line + 1, mark.column + 1) if mark else place
        raise CsweekError([Problem(where, getattr(error, "problem", None) or "is not YAML")]) from None
    except ValidationError as error:
        raise CsweekError([_told(place, fault["loc"], fault["msg"]) for fault in error.errors()]) from None


def _told(place: Place, where: tuple[int | str, ...], message: str) -> Problem:
    return Problem(place, f"{'.'.join(map(str, where)) or 'sheet'}: {message[:1].lower()}{message[1:]}")


def _sheet(name: str, shape: _Shape) -> Sheet:
    mm = _MM[shape.unit]
    paper = (shape.paper[0] * mm, shape.paper[1] * mm)
    boxes = tuple(_boxes(shape, mm))
    if boxes[-1].right > paper[0] + 0.01 or boxes[-1].bottom > paper[1] + 0.01:
        raise CsweekError(
            [_told(Place(f"templates/sheets/{name}.yaml"), ("grid",), "the cards leave the paper")]
        )
    ruler = shape.ruler and (shape.ruler[0] * mm, shape.ruler[1] * mm)
    marks = tuple(_marks(paper, boxes, shape.marks, mm)) if shape.marks else ()
    return Sheet(name, paper, boxes, shape.quiet * mm, marks, ruler)


def _boxes(shape: _Shape, mm: float) -> Iterator[Box]:
    columns, rows = shape.grid
    for row in range(rows):
        for column in range(columns):
            x = shape.origin[0] + column * shape.pitch[0]
            y = shape.origin[1] + row * shape.pitch[1]
            yield Box(x * mm, y * mm, shape.card[0] * mm, shape.card[1] * mm)


def _marks(paper: tuple[float, float], boxes: Sequence[Box], given: _Marks, mm: float) -> Iterator[Line]:
    """Yield a mark at both ends of every cut: in the trim where there is any, else on the cut itself."""
    across = _ends(paper[0], boxes[0].x, boxes[-1].right, given, mm)
    down = _ends(paper[1], boxes[0].y, boxes[-1].bottom, given, mm)
    for x in _cuts([edge for box in boxes for edge in (box.x, box.right)], paper[0]):
        yield from ((x, start, x, end) for start, end in down)
    for y in _cuts([edge for box in boxes for edge in (box.y, box.bottom)], paper[1]):
        yield from ((start, y, end, y) for start, end in across)


def _cuts(edges: Sequence[float], paper: float) -> list[float]:
    return sorted({round(edge, 4) for edge in edges if 0.01 < edge < paper - 0.01})


def _ends(
    paper: float, first: float, last: float, given: _Marks, mm: float
) -> tuple[tuple[float, float], ...]:
    """Return from where to where the two marks of a cut reach along it; the cards lie from first to last."""
    edge, gap, length = given.edge * mm, given.gap * mm, given.length * mm
    low = first - gap - length if first >= _TRIM else edge
    high = last + gap if paper - last >= _TRIM else paper - edge - length
    return (low, low + length), (high, high + length)


def style(sheet: Sheet) -> str:
    """Return the CSS that every page of this sheet needs."""
    width, height = (f"{side:.4f}mm" for side in sheet.paper)
    rules = [
        f"@page{{size:{width} {height};margin:0}}",
        f"html,body{{margin:0;padding:0;{_LETTER_BY_LETTER}}}",
        f".sheet{{position:relative;width:{width};height:{height};overflow:hidden;break-after:page}}",
        ".sheet:last-child{break-after:auto}",
        ".place,.marks,.measure{position:absolute}",
        ".place{overflow:hidden}",
        f".marks{{left:0;top:0;width:{width};height:{height}}}",
        f".measure{{font:6.5pt/3mm {fonts.stack(fonts.SANS, 'ko')};color:#555;white-space:nowrap}}",
    ]
    places = (
        f".place{number}{{left:{box.x:.4f}mm;top:{box.y:.4f}mm;width:{box.width:.4f}mm;height:{box.height:.4f}mm}}"
        for number, box in enumerate(sheet.boxes)
    )
    return "".join([*rules, *places])


def page(sheet: Sheet, cards: Sequence[str], measure: str) -> str:
    """Return the HTML of one sheet; ``measure`` is said beside the measure, in the organisers' language."""
    placed = "".join(f'<div class="place place{number}">{card}</div>' for number, card in enumerate(cards))
    return f'<section class="sheet">{placed}{_lines(sheet)}{_said(sheet, measure)}</section>'


def _lines(sheet: Sheet) -> str:
    """Return marks and measure as a drawing, empty where nothing is cut."""
    lines = [*sheet.marks, *_ruler(sheet)]
    path = "".join(f"M{x:.3f} {y:.3f}L{to_x:.3f} {to_y:.3f}" for x, y, to_x, to_y in lines)
    box = f"0 0 {sheet.paper[0]} {sheet.paper[1]}"
    drawn = f'<path d="{path}" fill="none" stroke="#777" stroke-width=".15"/>'
    return f'<svg class="marks" viewBox="{box}">{drawn}</svg>' if lines else ""


def _ruler(sheet: Sheet) -> tuple[Line, ...]:
    if sheet.ruler is None:
        return ()
    x, y = sheet.ruler
    end = x + MEASURE
    return (x, y, end, y), (x, y - 1, x, y + 1), (end, y - 1, end, y + 1)


def _said(sheet: Sheet, measure: str) -> str:
    if sheet.ruler is None:
        return ""
    place = f"left:{sheet.ruler[0] + MEASURE + 2:.3f}mm;top:{sheet.ruler[1] - 1.5:.3f}mm"
    return f'<div class="measure" style="{place}">{escape(measure)}</div>'
