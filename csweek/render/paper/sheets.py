"""Where cards stand on a sheet of paper, and where it is cut and folded. All in mm."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

import yaml
from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from csweek import names
from csweek.errors import CsweekError, Problem, UsageError
from csweek.model.basics import Place
from csweek.render.templates import Reader

LETTER = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])
"""Countries that print on Letter. Source: CLDR, paperSize."""
MEASURE = 100
"""Length of the printed measure in mm."""
_MM = {"mm": 1.0, "in": 25.4}
_TRIM = 6.0
"""From this depth on a mark stands in the trim rather than on the cut."""
_REACH = 3.0
"""mm from the edge of the paper from which on printers print."""
_LARGEST = 50_000
"""Bytes of a sheet's file."""

Line = tuple[float, float, float, float]
"""x and y of one end, x and y of the other, in mm from the upper left corner of the paper."""

Fold = Literal["none", "half", "quarter", "tent"]
"""How a card is folded: not, once into a book, twice into a small book, once to stand on a table."""


class Box(Struct, frozen=True):
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


class Sheet(Struct, frozen=True):
    """A sheet of paper with its cards as they lie flat, row by row; ``bleed`` is colour that is cut off."""

    name: str
    paper: tuple[float, float]
    boxes: tuple[Box, ...]
    quiet: float
    marks: tuple[Line, ...] = ()
    ruler: Line | None = None
    fold: Fold = "none"
    folds: tuple[Line, ...] = ()
    bleed: float = 0.0
    title: str = ""

    @property
    def face(self) -> tuple[float, float]:
        """Width and height of a card as it is handed over, folded."""
        across, down = _PARTS[self.fold]
        return self.boxes[0].width / across, self.boxes[0].height / down

    @property
    def filled(self) -> bool:
        """Whether one flat card is as large as the sheet, so that nothing is cut or folded away."""
        (box, *more) = self.boxes
        return not more and self.fold == "none" and (box.width, box.height) == self.paper

    @property
    def bare_ruler(self) -> bool:
        """Whether the measure stands without ends and words, as these would stand on cards."""
        if self.ruler is None:
            return False
        x, y, to_x, _ = self.ruler
        return x == to_x or any(abs(y - edge) < 0.01 for box in self.boxes for edge in (box.y, box.bottom))


_PARTS: dict[Fold, tuple[int, int]] = {"none": (1, 1), "half": (2, 1), "quarter": (2, 2), "tent": (1, 2)}
"""Into how many parts folds divide a card, across and down."""

_Length = Annotated[float, Field(ge=0, le=2000)]
_Side = Annotated[float, Field(gt=0, le=2000)]
_Count = Annotated[int, Field(ge=1, le=50)]


class _Marks(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    edge: _Length
    gap: _Length
    length: _Side


class _Shape(BaseModel):
    """What a sheet's file says."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: Annotated[str, Field(max_length=80)] = ""
    unit: Literal["mm", "in"]
    paper: tuple[_Side, _Side]
    card: tuple[_Side, _Side]
    grid: tuple[_Count, _Count]
    origin: tuple[_Length, _Length]
    pitch: tuple[_Length, _Length]
    quiet: _Length = 0
    fold: Fold = "none"
    bleed: _Length = 0
    marks: _Marks | None = None
    ruler: tuple[_Length, _Length] | None = None
    ruler_down: tuple[_Length, _Length] | None = None


def default_sheet(country: str | None, *, whole: bool = False) -> str:
    """Return the sheet that is used in a country when none is asked for: of four cards, or a whole page."""
    return f"{'letter' if country in LETTER else 'a4'}-{'1up' if whole else '4up'}"


def read_sheet(name: str, reader: Reader, known: Iterable[str] = ()) -> Sheet:
    """Return the sheet of this name, or the one that it is another name of.

    Raises UsageError where there is none (guessing among the known), CsweekError where its file is wrong.
    """
    data = reader(f"sheets/{name}.yaml")
    if data is None:
        hint = names.guessed(name, known, "csweek template list sheet names them")
        raise UsageError(f"there is no sheet '{name}'", hint)
    place = Place(f"templates/sheets/{name}.yaml")
    tree, places = _tree(data, place)
    if isinstance(tree, dict) and set(tree) == {"same_as"} and tree["same_as"] != name:
        return read_sheet(str(tree["same_as"]), reader, known)
    return _sheet(name, _shape(tree, places, place), place)


def _tree(data: bytes, place: Place) -> tuple[object, dict[str, Place]]:
    """Return what a YAML file says, and where each of its keys stands."""
    if len(data) > _LARGEST:
        raise CsweekError([Problem(place, "this file is too large for a sheet", "a sheet takes ten lines")])
    try:
        node = yaml.compose(data, yaml.SafeLoader)
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        places = {str(key.value): _at(place, key.start_mark) for key, _ in pairs}
        return yaml.safe_load(data), places
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = _at(place, mark) if mark else place
        raise CsweekError([Problem(where, getattr(error, "problem", None) or "is not YAML")]) from None


def _at(place: Place, mark: yaml.error.Mark) -> Place:
    return Place(place.file, mark.line + 1, mark.column + 1)


def _shape(tree: object, places: dict[str, Place], place: Place) -> _Shape:
    try:
        return _Shape.model_validate(tree)
    except ValidationError as error:
        raise CsweekError([_told(fault["loc"], fault, places, place) for fault in error.errors()]) from None


def _told(where: tuple[int | str, ...], fault: object, places: dict[str, Place], place: Place) -> Problem:
    kind, message = (str(fault[name]) for name in ("type", "msg"))  # type: ignore[index]
    said = f"{'.'.join(map(str, where)) or 'sheet'}: {message[:1].lower()}{message[1:]}"
    meant = names.near(str(where[-1]), _Shape.model_fields) if kind == "extra_forbidden" else None
    return Problem(
        places.get(str(where[0])) or place if where else place, said, meant and f"did you mean '{meant}'?"
    )


def _sheet(name: str, shape: _Shape, place: Place) -> Sheet:
    mm = _MM[shape.unit]
    paper = (shape.paper[0] * mm, shape.paper[1] * mm)
    boxes = tuple(_boxes(shape, mm))
    if fault := _fault(shape, paper, boxes):
        raise CsweekError([Problem(place, *fault)])
    marks = tuple(_marks(paper, boxes, shape.marks, mm)) if shape.marks else ()
    folds = tuple(dict.fromkeys(line for box in boxes for line in _folds(shape.fold, box)))
    return Sheet(
        name,
        paper,
        boxes,
        shape.quiet * mm,
        marks,
        _ruler(shape, mm),
        shape.fold,
        folds,
        shape.bleed * mm,
        shape.title,
    )


def _fault(shape: _Shape, paper: tuple[float, float], boxes: Sequence[Box]) -> tuple[str, str] | None:
    """Return what cannot be about a sheet, and what to do."""
    if boxes[-1].right > paper[0] + 0.01 or boxes[-1].bottom > paper[1] + 0.01:
        return "grid: the cards leave the paper", "make card, origin or pitch smaller"
    gaps = [p - c for p, c, n in zip(shape.pitch, shape.card, shape.grid, strict=True) if n > 1]
    if any(gap < -0.001 for gap in gaps):
        return "pitch: the cards overlap", "the pitch is at least as large as the card"
    if shape.ruler and shape.ruler_down:
        return "ruler_down: there is a ruler already", "a sheet has one: take one of them out"
    if any(gap < 2 * shape.bleed - 0.001 for gap in gaps):
        return "bleed: there is no room for it between the cards", "let pitch be card and twice the bleed"
    return None


def _boxes(shape: _Shape, mm: float) -> Iterator[Box]:
    columns, rows = shape.grid
    for row in range(rows):
        for column in range(columns):
            x = shape.origin[0] + column * shape.pitch[0]
            y = shape.origin[1] + row * shape.pitch[1]
            yield Box(x * mm, y * mm, shape.card[0] * mm, shape.card[1] * mm)


def _ruler(shape: _Shape, mm: float) -> Line | None:
    """Return the measure from its left or upper end."""
    if shape.ruler:
        x, y = (length * mm for length in shape.ruler)
        return (x, y, x + MEASURE, y)
    if shape.ruler_down:
        x, y = (length * mm for length in shape.ruler_down)
        return (x, y, x, y + MEASURE)
    return None


def _marks(paper: tuple[float, float], boxes: Sequence[Box], given: _Marks, mm: float) -> Iterator[Line]:
    """Yield a mark at both ends of every cut: in the trim where there is any, else on the cut itself."""
    across = _ends(paper[0], boxes[0].x, boxes[-1].right, given, mm)
    down = _ends(paper[1], boxes[0].y, boxes[-1].bottom, given, mm)
    for x in _cuts([edge for box in boxes for edge in (box.x, box.right)], paper[0]):
        yield from ((x, start, x, end) for start, end in down)
    for y in _cuts([edge for box in boxes for edge in (box.y, box.bottom)], paper[1]):
        yield from ((start, y, end, y) for start, end in across)


def _cuts(edges: Sequence[float], paper: float) -> list[float]:
    """Return where cuts lie; one nearer to the edge than printers reach could not be marked."""
    return sorted({round(edge, 4) for edge in edges if _REACH < edge < paper - _REACH})


def _ends(
    paper: float, first: float, last: float, given: _Marks, mm: float
) -> tuple[tuple[float, float], ...]:
    """Return from where to where the two marks of a cut reach along it; the cards lie from first to last."""
    edge, gap, length = given.edge * mm, given.gap * mm, given.length * mm
    low = first - gap - length if first >= _TRIM else edge
    high = last + gap if paper - last >= _TRIM else paper - edge - length
    return (low, low + length), (high, high + length)


def _folds(fold: Fold, box: Box) -> Iterator[Line]:
    """Yield each fold of a card from edge to edge."""
    across, down = _PARTS[fold]
    if across == 2:
        middle = box.x + box.width / 2
        yield (middle, box.y, middle, box.bottom)
    if down == 2:
        middle = box.y + box.height / 2
        yield (box.x, middle, box.right, middle)
