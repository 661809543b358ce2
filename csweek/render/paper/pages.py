"""Pages of cards as HTML: the panels in their places, marks, and the measure. Lengths in mm."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from msgspec import Struct

from csweek.render.paper import fonts
from csweek.render.paper.sheets import Line, Sheet
from csweek.render.paper.sides import Face, Panel, TwoSided, back, front

_LETTER_BY_LETTER = "font-variant-ligatures:none;font-feature-settings:'liga' 0,'clig' 0,'calt' 0,'locl' 0"
"""PlutoPrint loses the text of a glyph put in place of another; regional shapes come by family."""
_OVER = (
    ".over{left:0;right:0;top:50%;margin-top:-8mm;font:26pt/16mm 'Fira Sans';color:#c33;opacity:.35;"
    "text-align:center;transform:rotate(-20deg)}"
)
_FOLD_MARK = 3.0
"""Length of a fold mark in mm."""
_PLAIN, _FAINT = 'stroke="#777" stroke-width=".15"', 'stroke="#ccc" stroke-width=".1"'
"""Marks and measure in what is cut or folded away, and on a card that has nothing of that."""
_WHITE = 5.0
"""What office printers leave white along the edge, in mm."""

Shift = tuple[float, float]
"""How much further to the right and down everything is printed, in mm."""

Faces = Mapping[Face, str]
"""The HTML of what a card bears, by the face."""


class Layout(Struct, frozen=True):
    """How cards come onto sheets: which sheet, one side or two, the first free place, shifts, the words said.

    ``start`` counts from 1 and holds for the first sheet. ``measure`` is said beside the measure,
    ``over`` printed across every card, both in the organisers' language.
    """

    sheet: Sheet
    two_sided: TwoSided | None = None
    start: int = 1
    shift: Shift = (0.0, 0.0)
    back_shift: Shift = (0.0, 0.0)
    measure: str = ""
    over: str = ""

    @property
    def backs(self) -> bool:
        """Whether every front page is followed by the page of its backs."""
        return self.two_sided is not None and self.sheet.fold in {"none", "half"}

    @property
    def faces(self) -> tuple[Face, ...]:
        """What has to be drawn of each card."""
        found = {panel.face: None for panel in front(self.sheet, 0, self.two_sided)}
        if self.two_sided and self.backs:
            found |= {panel.face: None for panel in back(self.sheet, 0, self.two_sided)}
        return tuple(found)

    def place(self, index: int) -> tuple[int, int]:
        """Return the sheet and the place on it of a card by its position in the order, all from 0."""
        return divmod(index + self.start - 1, len(self.sheet.boxes))

    def sheets(self, count: int) -> int:
        """Return how many sheets of paper so many cards take."""
        return self.place(count - 1)[0] + 1 if count else 0


def style(layout: Layout) -> str:
    """Return the CSS that every page of this layout needs."""
    sheet = layout.sheet
    width, height = (f"{side:.4f}mm" for side in sheet.paper)
    rules = [
        f"@page{{size:{width} {height};margin:0}}",
        f"html,body{{margin:0;padding:0;{_LETTER_BY_LETTER}}}",
        f".sheet{{position:relative;width:{width};height:{height};overflow:hidden;break-after:page}}",
        ".sheet:last-child{break-after:auto}",
        ".place,.face,.marks,.measure,.over{position:absolute}",
        ".place{overflow:hidden}",
        ".turned{transform:rotate(180deg)}",
        f".marks{{left:0;top:0;width:{width};height:{height}}}",
        f".measure{{font:6.5pt/3mm {fonts.stack(fonts.SANS, 'ko')};color:#555;white-space:nowrap}}",
    ]
    if layout.over:
        rules.append(_OVER)
    return "".join([*rules, *_place_rules(layout)])


def _place_rules(layout: Layout) -> Iterator[str]:
    """Yield where each panel lies: ``.f3-0`` is the first panel on the front of the fourth card."""
    for number in range(len(layout.sheet.boxes)):
        for index, panel in enumerate(front(layout.sheet, number, layout.two_sided)):
            yield f".f{number}-{index}{{{_where(panel, layout, layout.shift)}}}"
        for index, panel in enumerate(_backs(layout, number)):
            yield f".b{number}-{index}{{{_where(panel, layout, layout.back_shift)}}}"
    if bleed := layout.sheet.bleed:
        width, height = layout.sheet.face
        yield f".face{{{_rect(bleed, bleed, width, height)}}}"


def _backs(layout: Layout, number: int) -> Sequence[Panel]:
    return back(layout.sheet, number, layout.two_sided) if layout.two_sided and layout.backs else ()


def _where(panel: Panel, layout: Layout, shift: Shift) -> str:
    box, bleed = panel.box, layout.sheet.bleed
    x, y = box.x + shift[0] - bleed, box.y + shift[1] - bleed
    return _rect(x, y, box.width + 2 * bleed, box.height + 2 * bleed)


def _rect(x: float, y: float, width: float, height: float) -> str:
    return f"left:{x:.4f}mm;top:{y:.4f}mm;width:{width:.4f}mm;height:{height:.4f}mm"


def pages(layout: Layout, cards: Sequence[Faces], first: int = 0) -> Iterator[str]:
    """Yield the HTML of each page: fronts, each followed by its backs where both sides are printed on.

    ``first`` is the position in the order of the first of these cards, which begins a sheet.
    """
    placed: dict[int, list[tuple[int, Faces]]] = {}
    for index, card in enumerate(cards, first):
        number, place = layout.place(index)
        placed.setdefault(number, []).append((place, card))
    trim, behind = _trims(layout)
    for on_sheet in placed.values():
        yield _page(
            layout, "f", [(n, front(layout.sheet, n, layout.two_sided), card) for n, card in on_sheet], trim
        )
        if layout.backs:
            yield _page(layout, "b", [(n, _backs(layout, n), card) for n, card in on_sheet], behind)


def _page(layout: Layout, side: str, cards: Sequence[tuple[int, Sequence[Panel], Faces]], trim: str) -> str:
    drawn = "".join(
        _panel(panel, card, layout, f"{side}{number}-{index}")
        for number, panels, card in cards
        for index, panel in enumerate(panels)
    )
    return f'<section class="sheet">{drawn}{trim}</section>'


def _panel(panel: Panel, card: Faces, layout: Layout, where: str) -> str:
    body = card[panel.face]
    if layout.over:
        body += f'<div class="over">{escape(layout.over)}</div>'
    if layout.sheet.bleed:
        body = f'<div class="face">{body}</div>'
    turned = " turned" if panel.turned else ""
    return f'<div class="place {where}{turned}">{body}</div>'


def _trims(layout: Layout) -> tuple[str, str]:
    """Return marks and measure of fronts and of backs; behind a card that fills its sheet they are better."""
    if layout.backs and layout.sheet.filled:
        return "", _trim(layout, layout.back_shift)
    return _trim(layout, layout.shift), ""


def _trim(layout: Layout, shift: Shift) -> str:
    """Return marks and measure as a drawing, empty where nothing is cut, folded or measured."""
    sheet = layout.sheet
    solid = _path([*sheet.marks, *_ruler(sheet)], shift)
    dashed = _path([mark for fold in sheet.folds for mark in _fold_marks(fold)], shift)
    if not solid and not dashed:
        return ""
    box = f"0 0 {sheet.paper[0]} {sheet.paper[1]}"
    look = f'fill="none" {_FAINT if sheet.filled else _PLAIN}'
    drawn = f'<path d="{solid}" {look}/>' if solid else ""
    drawn += f'<path d="{dashed}" {look} stroke-dasharray=".6 .6"/>' if dashed else ""
    return f'<svg class="marks" viewBox="{box}">{drawn}</svg>{_said(layout, shift)}'


def _path(lines: Sequence[Line], shift: Shift) -> str:
    right, down = shift
    return "".join(
        f"M{x + right:.3f} {y + down:.3f}L{to_x + right:.3f} {to_y + down:.3f}" for x, y, to_x, to_y in lines
    )


def _ruler(sheet: Sheet) -> Iterator[Line]:
    """Yield the measure, and its ends where they would not stand on a card."""
    if sheet.ruler is None:
        return
    yield sheet.ruler
    if not sheet.bare_ruler:
        x, y, to_x, _ = sheet.ruler
        yield from ((end, y - 1, end, y + 1) for end in (x, to_x))


def _fold_marks(fold: Line) -> tuple[Line, Line]:
    """Return a mark at each end of a fold, off the edge that printers leave white."""
    x, y, to_x, to_y = fold
    if x == to_x:
        return (x, y + _WHITE, x, y + _WHITE + _FOLD_MARK), (x, to_y - _WHITE - _FOLD_MARK, x, to_y - _WHITE)
    return (x + _WHITE, y, x + _WHITE + _FOLD_MARK, y), (to_x - _WHITE - _FOLD_MARK, y, to_x - _WHITE, y)


def _said(layout: Layout, shift: Shift) -> str:
    ruler = layout.sheet.ruler
    if ruler is None or layout.sheet.bare_ruler:
        return ""
    x, y = ruler[2] + 2 + shift[0], ruler[1] - 1.5 + shift[1]
    return f'<div class="measure" style="left:{x:.3f}mm;top:{y:.3f}mm">{escape(layout.measure)}</div>'
