"""What every sheet has: a title, a header that stays, a filter, columns, and how it prints."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import ceil
from unicodedata import east_asian_width

from msgspec import Struct
from xlsxwriter.worksheet import Worksheet

from csweek.render.speech import plain
from csweek.render.workbook.style import Style

HEADER = 3
"""The row of the header, from 0; above it stand a title, a line of explanation and room."""
A4, LETTER = 9, 1
LINE, ROOM = 14, 4
"""The height of a line of text and what a row has besides, in points."""
TURNED = {"rotation": 90, "valign": "bottom"}
LONGEST = 32_000
"""Characters that a cell may hold, and a few less."""


class Column(Struct, frozen=True):
    """A header, and the width of its cells in characters."""

    label: str
    width: float
    turned: bool = False
    align: str = "left"


class Page(Struct, frozen=True):
    """What a sheet says above its table and how it is printed."""

    title: str
    about: str
    frozen: int
    """How many columns stay when the others are scrolled."""
    paper: int = A4
    landscape: bool = True
    printed: int = 0
    """How many columns are printed; 0: all of them."""
    pages: int = 0
    """Onto how many pages it is made to fit; 0: as many as it takes."""


def begin(sheet: Worksheet, page: Page, columns: Sequence[Column], style: Style) -> None:
    """Write what stands above the table, and its header."""
    sheet.hide_gridlines(2)
    sheet.set_row(0, 24)
    put(sheet, 0, 0, page.title, style.make("title"))
    put(sheet, 1, 0, page.about, style.make("quiet"))
    turned = any(column.turned for column in columns)
    sheet.set_row(HEADER, 90 if turned else 32)
    for number, column in enumerate(columns):
        shape = style.make("head", **(TURNED if column.turned else {}), align=column.align)
        sheet.set_column(number, number, column.width)
        put(sheet, HEADER, number, column.label, shape)
    sheet.freeze_panes(HEADER + 1, page.frozen)


def finish(sheet: Worksheet, page: Page, columns: Sequence[Column], rows: int) -> None:
    """Say what is printed of a table with so many rows, and how."""
    last = HEADER + max(rows, 1)
    sheet.autofilter(HEADER, 0, last, len(columns) - 1)
    sheet.print_area(0, 0, last, (page.printed or len(columns)) - 1)
    sheet.repeat_rows(0, HEADER)
    if page.landscape:
        sheet.set_landscape()
    sheet.set_paper(page.paper)
    sheet.fit_to_pages(1, page.pages)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer(f"&L{page.title[:100].replace('&', '&&')}&R&P / &N")


def height(sheet: Worksheet, row: int, cells: Mapping[int, str], columns: Sequence[Column]) -> None:
    """Give a row the height that its longest cell takes, by column."""
    lines = max((ceil(digits(text) / columns[number].width) for number, text in cells.items()), default=1)
    sheet.set_row(row, ROOM + LINE * max(1, min(lines, 10)))


@lru_cache(20_000)
def digits(text: str) -> int:
    """Return how many digits wide a text is: Chinese, Japanese and Korean letters count for two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def put(sheet: Worksheet, row: int, column: int, text: str, shape: object) -> None:
    """Write a text as text, on one line, without what a file of this kind cannot hold."""
    sheet.write_string(row, column, _clean(text), shape)


@lru_cache(20_000)
def _clean(text: str) -> str:
    return plain(text)[:LONGEST]


def names(wanted: Sequence[str]) -> list[str]:
    """Return names for sheets as spreadsheets take them: short, without some signs, each once.

    Excel takes 31 characters and counts a 😀 as two.
    """
    taken = set[str]()
    found: list[str] = []
    for one in wanted:
        bare = plain(one).translate(str.maketrans("[]:*?/\\", "()-----")).strip("' ")
        bare = bare.encode("utf-16-le")[:56].decode("utf-16-le", "ignore").strip("' ")
        base = bare if bare and bare.casefold() != "history" else f"{bare} -".strip()
        name, number = base, 2
        while name.casefold() in taken:
            name, number = f"{base[: 30 - len(str(number))]} {number}", number + 1
        taken.add(name.casefold())
        found.append(name)
    return found
