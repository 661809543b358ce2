"""The page by which shifts are measured: a cross 20 mm from two edges, on both sides."""

from html import escape

from csweek.render import phrases
from csweek.render.paper import fonts
from csweek.render.paper.sheets import MEASURE, Sheet

FROM_EDGE = 20.0
"""mm from the left and upper edge at which the cross should stand."""
_STYLE = (
    "@page{{size:{0}mm {1}mm;margin:0}}html,body{{margin:0;padding:0;font-variant-ligatures:none}}"
    ".sheet{{position:relative;width:{0}mm;height:{1}mm;overflow:hidden;break-after:page}}"
    ".sheet:last-child{{break-after:auto}}svg{{position:absolute;left:0;top:0;width:100%;height:100%}}"
    ".text{{position:absolute;left:35mm;top:26mm;right:{3}mm;font:{4}pt/1.4 {2};color:#222}}"
    "h1{{font-size:1.4em;font-weight:normal;margin:0 0 3mm}}p{{margin:0 0 2.2mm}}"
)


def style(sheet: Sheet, locale: str) -> str:
    """Return the CSS of both pages."""
    room = (8, 8.5) if _narrow(sheet) else (20, 10.5)
    return _STYLE.format(*sheet.paper, fonts.stack(fonts.SANS, locale), *room)


def pages(sheet: Sheet, locale: str) -> tuple[str, str]:
    """Return front and back as HTML."""
    sides = ((phrases.CALIBRATE_FRONT, "--shift"), (phrases.CALIBRATE_BACK, "--back-shift"))
    front, back = (_page(sheet, title.say(locale), option, locale) for title, option in sides)
    return front, back


def _page(sheet: Sheet, title: str, option: str, locale: str) -> str:
    width, height = sheet.paper
    said = [line.say(locale).format(option=option) for line in phrases.CALIBRATE]
    text = "".join(f"<p>{escape(line)}</p>" for line in said)
    drawn = (
        f'<svg viewBox="0 0 {width} {height}"><path d="{_lines(sheet)}" fill="none" stroke="#000"'
        f' stroke-width=".15"/></svg>'
    )
    return f'<section class="sheet">{drawn}<div class="text"><h1>{escape(title)}</h1>{text}</div></section>'


def _narrow(sheet: Sheet) -> bool:
    """Whether no measure fits across, as on postcards."""
    return sheet.paper[0] < 35 + MEASURE + 5


def _lines(sheet: Sheet) -> str:
    """Return the cross, and measures down and, where there is room, across."""
    width, height = sheet.paper
    at, low = FROM_EDGE, height - (10 if _narrow(sheet) else 25)
    lines = [(at, 5, at, height - 5), (5, at, width - 5, at), (at + 5, low - MEASURE, at + 5, low)]
    lines += [(at + 3, y, at + 7, y) for y in (low - MEASURE, low)]
    if not _narrow(sheet):
        lines += [(35, low, 35 + MEASURE, low), *((x, low - 2, x, low + 2) for x in (35, 35 + MEASURE))]
    return "".join(f"M{x:.3f} {y:.3f}L{to_x:.3f} {to_y:.3f}" for x, y, to_x, to_y in lines)
