"""Which side of the paper bears what, so that backs meet their fronts and folded cards read upright."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from csweek.render.paper.sheets import Box, Sheet

Face = Literal["card", "cover"]
"""What a panel bears: the card itself, or the side with the drawing."""


class TwoSided(StrEnum):
    """Along which edge the printer turns the paper over."""

    LONG = "long-edge"
    SHORT = "short-edge"


class Panel(Struct, frozen=True):
    """A part of a flat card that is printed, and whether it is printed upside down."""

    box: Box
    face: Face
    turned: bool = False


def front(sheet: Sheet, number: int, two_sided: TwoSided | None) -> tuple[Panel, ...]:
    """Return the panels on the front of the card with this number on its sheet, from 0."""
    return tuple(_front(sheet, sheet.boxes[number], two_sided is not None))


def back(sheet: Sheet, number: int, two_sided: TwoSided) -> tuple[Panel, ...]:
    """Return the panels on its back as the printer is to print them: seen from behind."""
    panels = _back(sheet, _mirrored(sheet.boxes[number], sheet))
    return tuple(_over(panel, sheet) if _turns(sheet, two_sided) else panel for panel in panels)


def _front(sheet: Sheet, box: Box, two_sided: bool) -> Iterator[Panel]:  # noqa: FBT001 - one of two layouts
    if sheet.fold == "half":
        yield Panel(_part(sheet, box, 1, 0), "cover" if two_sided else "card")
    elif sheet.fold == "quarter":
        yield Panel(_part(sheet, box, 1, 1), "cover")
        yield Panel(_part(sheet, box, 0, 0), "card", turned=True)
    elif sheet.fold == "tent":
        yield Panel(_part(sheet, box, 0, 1), "card")
        yield Panel(_part(sheet, box, 0, 0), "card", turned=True)
    else:
        yield Panel(box, "card")


def _back(sheet: Sheet, box: Box) -> Iterator[Panel]:
    """Yield what is behind: inside a folded card on the right its text, of a flat card the drawing."""
    if sheet.fold == "half":
        yield Panel(_part(sheet, box, 1, 0), "card")
    elif sheet.fold == "none":
        yield Panel(box, "cover")


def _part(sheet: Sheet, box: Box, column: int, row: int) -> Box:
    width, height = sheet.face
    return Box(box.x + column * width, box.y + row * height, width, height)


def _mirrored(box: Box, sheet: Sheet) -> Box:
    return replace(box, x=sheet.paper[0] - box.right)


def _turns(sheet: Sheet, two_sided: TwoSided) -> bool:
    """Whether the printer turns the paper over head first, so that backs stand on their heads."""
    landscape = sheet.paper[0] > sheet.paper[1]
    return landscape is (two_sided is TwoSided.LONG)


def _over(panel: Panel, sheet: Sheet) -> Panel:
    """Return the panel as it lies once the whole page is turned by half a turn."""
    box = panel.box
    moved = replace(box, x=sheet.paper[0] - box.right, y=sheet.paper[1] - box.bottom)
    return Panel(moved, panel.face, not panel.turned)
