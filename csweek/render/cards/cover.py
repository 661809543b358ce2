"""The page that lies on top of a pile of cards: paper, cuts, and who gets which card from whom."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from babel.dates import format_skeleton

from csweek.model.basics import Day, Thanks
from csweek.model.people import People
from csweek.model.plan import Document
from csweek.render.cards import cover_words as said
from csweek.render.cards.press import Batch, Leaf, Shop, lay_out, page
from csweek.render.cards.typeset import lines_of, together
from csweek.render.paper import own, pdf
from csweek.render.paper.sheets import Sheet
from csweek.render.phrases import NOT_100_MM
from csweek.render.speech import known
from csweek.render.templates import Templates

_EDGES = 16.0 + 15.0
"""mm above what stands on a page, and below it with the foot."""
_HEAD = 5.5
"""Height in mm of the line that names the columns."""
_INTRO, _TITLE, _TEXT, _BETWEEN = 25.0, 7.8, 4.6, 1.2
"""mm of what stands above the rows of the first page: all but title and sentences, their lines, a gap."""
COLUMNS = (18.0, 18.0, 40.0, 31.0, 39.0, 28.0)
"""Widths in mm."""
_ROW, _LINE = 1.3, 4.2
"""Height in mm of a row without its lines, and of each of them."""
_GAP = 2.0
"""mm between columns."""
_SIZE, _LARGE = 9.5, 17.0
"""Points of text and title."""
_WIDE = 168.0
"""mm for a sentence."""
_AT_ONCE = 50
_STYLE = """
@page{size:%s;margin:0}
html,body{margin:0;padding:0;font-variant-ligatures:none}
.page{position:relative;width:%s;height:%s;overflow:hidden;break-after:page;font:9.5pt/13pt %s;color:#1d2433}
.page:last-child{break-after:auto}
h1{font-size:17pt;line-height:22pt;font-weight:normal;margin:16mm 18mm 0}
.lead,.small{margin:1mm 18mm 3mm}
ul{margin:3mm 18mm;padding-left:4mm}
li{margin:0 0 1.2mm}
.rule{display:block;margin:0 17mm;width:102mm;height:4mm}
.small{font-size:7.5pt}
.word{white-space:nowrap}
table{margin:5mm 18mm 0;width:174mm;border-collapse:collapse;table-layout:fixed}
.page>table:first-child{margin-top:16mm}
th{text-align:left;font-weight:normal;color:#666;font-size:8pt}
td,th{border-bottom:.15mm solid #bbb;padding:.55mm 2mm .55mm 0;line-height:4.2mm;vertical-align:top}
td{overflow-wrap:break-word}
.foot{position:absolute;left:18mm;bottom:7mm;margin:0;font-size:7.5pt;color:#666}
"""


class Handed(NamedTuple):
    """A card as it is handed over: where it lies, when, to whom, in which team, from whom, whether alone."""

    sheet: int
    place: int
    day: Day
    name: str
    team: str
    sender: str
    alone: bool


def handed(batch: Batch, people: People) -> Iterator[Handed]:
    """Yield the cards of a batch in their order; places count from 1."""
    for index, one in enumerate(batch.sources):
        sheet, place = batch.layout.place(index)
        person = people.persons.get(one.person.id)
        alone = person is not None and person.thanks is not Thanks.PUBLIC
        sender = one.card.sender.name if one.card.sender else ""
        yield Handed(
            sheet + 1, place + 1, one.card.day, one.person.name, one.person.team or "", sender, alone
        )


def covers(batches: Sequence[Batch], people: People, shop: Shop) -> Iterator[Document]:
    """Yield the cover of each batch as a PDF of its own."""
    leaves = [list(_leaves(batch, people, shop)) for batch in batches]
    made = lay_out([leaf for some in leaves for leaf in some], shop)
    for batch, some in zip(batches, leaves, strict=True):
        content = pdf.bind((next(made) for _ in some), batch.about)
        yield Document(f"{batch.name}-cover.pdf", "application/pdf", content)


def _leaves(batch: Batch, people: People, shop: Shop) -> Iterator[Leaf]:
    """Yield a batch's cover as some pages at a time."""
    locale = batch.about.lang
    height, lines = _paper(batch.layout.sheet)[1], _lines(batch)
    rows = [_row(one, locale) for one in handed(batch, people)]
    split = list(_split(rows, height - _above(batch.about.title, lines), height))
    templates = Templates(shop.reader)
    context = {
        "title": batch.about.title,
        "organisation": batch.about.author,
        "lines": lines,
        "heads": [head.say(locale) for head in said.HEADS],
        "widths": COLUMNS,
        "measure": NOT_100_MM.say(locale),
        "count": len(split),
        "together": together,
    }
    style = own.faces(shop.fonts) + _style(batch.layout.sheet, locale, shop)
    for at in range(0, len(split), _AT_ONCE):
        pages = split[at : at + _AT_ONCE]
        body = templates.render("printing/cover.html", context | {"pages": pages, "first": at})
        yield Leaf(page(style, [body], batch.about), len(pages))


def _above(title: str, lines: Sequence[str]) -> float:
    """Return how high the text is that stands above the rows of the first page."""
    sentences = sum(_TEXT * lines_of(line, _SIZE, _WIDE) + _BETWEEN for line in lines)
    return _INTRO + _TITLE * lines_of(title, _LARGE, _WIDE) + sentences


def _split(rows: Iterable[tuple[str, ...]], first: float, other: float) -> Iterator[list[tuple[str, ...]]]:
    """Yield rows page by page, for the first page and the others with so much height."""
    here: list[tuple[str, ...]] = []
    room = first - _EDGES - _HEAD
    for row in rows:
        height = _ROW + _LINE * max(map(_lines_of, row, COLUMNS))
        if here and height > room:
            yield here
            here, room = [], other - _EDGES - _HEAD
        here.append(row)
        room -= height
    yield here


def _lines_of(text: str, width: float) -> int:
    return lines_of(text, _SIZE, width - _GAP)


def _paper(sheet: Sheet) -> tuple[float, float]:
    """Return width and height in mm of the paper that a cover for this sheet is printed on."""
    letter = (
        abs(sheet.paper[0] % 215.9) < 0.1
        or abs(sheet.paper[1] % 215.9) < 0.1
        or sheet.name.startswith("4.25")
    )
    return (215.9, 279.4) if letter else (210.0, 297.0)


def _style(sheet: Sheet, locale: str, shop: Shop) -> str:
    width, height = (f"{side:g}mm" for side in _paper(sheet))
    return _STYLE % (f"{width} {height}", width, height, own.stack("Fira Sans", locale, shop.fonts))


def _row(one: Handed, locale: str) -> tuple[str, ...]:
    alone = said.ALONE.say(locale) if one.alone else ""
    day = str(format_skeleton("MMMd", one.day, locale=known(locale)))
    return (f"{one.sheet}.{one.place}", day, one.name, one.team, one.sender, alone)


def _lines(batch: Batch) -> list[str]:
    """Return what to do, one sentence a line."""
    layout, locale = batch.layout, batch.about.lang
    sheet = layout.sheet
    found = [
        said.COUNT.say(locale).format(cards=len(batch.sources), sheets=batch.sheets, sheet=sheet.name),
        (said.READY if not sheet.marks and not sheet.folds and len(sheet.boxes) > 1 else said.PAPER).say(
            locale
        ),
        said.SIZE.say(locale),
    ]
    if layout.two_sided and layout.backs:
        edge = said.LONG if layout.two_sided == "long-edge" else said.SHORT
        found.append(said.BACKS.say(locale).format(edge=edge.say(locale)))
    if layout.start > 1:
        found.append(said.START.say(locale).format(place=layout.start))
    if sheet.marks:
        found.append(said.CUT.say(locale).format(cuts=len(sheet.marks) // 2))
    if sheet.fold != "none":
        found.append(said.FOLDS[sheet.fold].say(locale))
    return found
