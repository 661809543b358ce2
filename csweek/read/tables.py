"""CSV and Excel files as rows of text with places."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from csweek.errors import Problem
from csweek.model.basics import SPREADSHEETS, Place, cell_name
from csweek.names import guessed
from csweek.read.extent import MOST_CELLS, Extent, extents, too_large
from csweek.read.source import Problems

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

EXCEL = frozenset(SPREADSHEETS)
DELIMITERS = ",;\t"
SNIFFED = 50
"""Lines in which the delimiter is looked for."""


class Row(NamedTuple):
    """A line number, from 1, and the cells without the space around them."""

    line: int
    cells: tuple[str, ...]


class Merged(NamedTuple):
    """Cells of a spreadsheet that were made one: both corners, as line and cell; the first holds the text."""

    first: tuple[int, int]
    last: tuple[int, int]

    def __str__(self) -> str:
        """``B2:B9``, as the spreadsheet calls them."""
        return ":".join(cell_name(line, cell + 1) for line, cell in (self.first, self.last))


class Table(Struct, frozen=True, dict=True):
    """The rows of a file that hold anything, the header among them."""

    file: str
    rows: tuple[Row, ...]
    lines: tuple[str, ...] = ()
    """The text, where a cell's column has to be looked up in it; in a spreadsheet it is the cell's number."""
    delimiter: str = ","
    sheet: str = ""
    merged: tuple[Merged, ...] = ()
    cut: bool = False
    """Whether its rows end before the file does."""
    others: tuple[str, ...] = ()
    """The other sheets of the file that hold anything, where this one was not asked for by name."""

    def place(self, line: int, cell: int) -> Place:
        """Return where a cell stands, ``cell`` counting from 0."""
        if not self.lines:
            return Place(self.file, line, cell + 1)
        return Place(self.file, *_find(self.lines, line, cell, self.delimiter))


def read_csv(text: str, file: str) -> tuple[Table, Problems]:
    """Return the rows of a CSV text, its delimiter found in its first line, or below a title."""
    lines = tuple(text.split("\n"))
    looked_at = list(islice((line for line in lines if line.strip()), SNIFFED))
    declared = re.fullmatch(r"sep=(.)", looked_at[0].strip()) if looked_at else None
    delimiter = declared[1] if declared else _sniff(looked_at)
    rows, problems = _rows(lines, delimiter, file)
    held = tuple(rows[1:] if declared else rows)
    return Table(file, held, lines, delimiter, cut=bool(problems)), problems


def read_excel(content: bytes, file: str, sheet: str | None = None) -> tuple[Table | None, Problems]:
    """Return the rows of a sheet: the named one, else the first visible one that is not empty."""
    sheets, problems = read_sheets(content, file, sheet)
    if sheets is None:
        return None, problems
    first, *others = [table for table in sheets if table.rows] or [Table(file, ())]
    return replace(first, others=tuple(table.sheet for table in others)), ()


def read_sheets(
    content: bytes, file: str, sheet: str | None = None
) -> tuple[tuple[Table, ...] | None, Problems]:
    """Return the named sheet, else all visible ones in their order."""
    import python_calamine as calamine  # noqa: PLC0415 - only for spreadsheets

    if too_large(content):
        message = "this file unpacks to more than 1 GB, which is too much to read"
        return None, (Problem(Place(file), message, "copy the list into a new workbook and name that"),)
    try:
        with calamine.load_workbook(io.BytesIO(content)) as book:
            visible = calamine.SheetVisibleEnum.Visible
            names = [one.name for one in book.sheets_metadata if one.visible == visible]
            if sheet is not None and sheet not in book.sheet_names:
                return None, (_no_sheet(sheet, book.sheet_names, file),)
            wanted = [sheet] if sheet is not None else names
            reach = extents(content)
            far = tuple(
                _too_far(name, reach[name], file)
                for name in wanted
                if name in reach and reach[name].cells > MOST_CELLS
            )
            if far:
                return None, far
            found = tuple([_sheet(book.get_sheet_by_name(name), file) for name in wanted])
    except calamine.PasswordError:
        hint = "save a copy without one and name that"
        return None, (Problem(Place(file), "this file is protected with a password", hint),)
    except calamine.CalamineError:
        return None, (Problem(Place(file), "this is not an Excel file", "save it again from Excel as .xlsx"),)
    return found, ()


def _no_sheet(sheet: str, known: Sequence[str], file: str) -> Problem:
    hint = guessed(sheet, known, "its sheets are " + ", ".join(known))
    return Problem(Place(file), f"there is no sheet '{sheet}' in this file", hint)


def _too_far(sheet: str, extent: Extent, file: str) -> Problem:
    last = cell_name(extent.line, extent.column)
    message = f"the sheet '{sheet}' reaches to {last}, which is too much to read"
    hint = (
        "delete what is far below or beside the list (in Excel, Ctrl+End goes to the last cell), and save it"
    )
    return Problem(Place(file, extent.line, extent.column), message, hint)


def _sheet(sheet: "CalamineSheet", file: str) -> Table:
    rows = sheet.to_python(skip_empty_area=False)
    texts = (Row(line, tuple(map(_text, cells))) for line, cells in enumerate(rows, 1))
    merged = (
        Merged((top + 1, left), (bottom + 1, right))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Table(
        file, tuple(row for row in texts if any(row.cells)), sheet=sheet.name, merged=tuple(sorted(merged))
    )


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _clean(str(cell))


def _clean(cell: str) -> str:
    return cell.strip() if cell.isascii() else cell.translate(_UNSEEN).strip()


_UNSEEN = {0xA0: " ", 0x200B: None, 0x2060: None, 0xFEFF: None}
"""What is not seen in a cell, as it comes along from web pages; joiners belong to letters and stay."""


def _sniff(lines: Sequence[str]) -> str:
    """Return the delimiter of the first line, or the one on which more lines agree below a title."""
    bare = [re.sub(r'"[^"]*"', "", line) for line in lines] or [""]
    first = max(DELIMITERS, key=bare[0].count)
    like_first = sum(0 < line.count(first) <= bare[0].count(first) for line in bare)
    lines_by_count = Counter((sign, line.count(sign)) for line in bare for sign in DELIMITERS if sign in line)
    (sign, _), agreeing = max(
        lines_by_count.items(), key=lambda one: (one[1], one[0][1]), default=((first, 0), 0)
    )
    return sign if agreeing > like_first else first


def _rows(lines: Sequence[str], delimiter: str, file: str) -> tuple[list[Row], Problems]:
    found: list[Row] = []
    reader = csv.reader(_terminated(lines), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell and not cell.isspace() for cell in cells):
                found.append(Row(line, tuple(map(_clean, cells))))
            line = reader.line_num + 1
    except csv.Error:
        return found, (_unreadable(lines, line, file),)
    return found, ()


def _terminated(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines with their ends, but for the nothing after the last end."""
    whole = lines[:-1] if lines and not lines[-1] else lines
    return (f"{line}\n" for line in whole)


def _unreadable(lines: Sequence[str], line: int, file: str) -> Problem:
    column = lines[line - 1].find('"') + 1
    if not column:
        most = f"{csv.field_size_limit():,}"
        message = f"a cell here has more than {most} letters; what follows was not read"
        return Problem(Place(file, line), message, "is this the right file? no cell needs as many")
    message = "the quotation marks do not pair up from here on; what follows was not read"
    return Problem(Place(file, line, column), message, 'inside a quoted cell write each " twice')


def _find(lines: Sequence[str], line: int, cell: int, delimiter: str) -> tuple[int, int]:
    quoted, seen, column = False, 0, 1
    while seen < cell and line <= len(lines):
        for column, letter in enumerate(lines[line - 1], 2):
            quoted ^= letter == '"'
            seen += letter == delimiter and not quoted
            if seen == cell:
                return line, column
        if not quoted:
            break
        line += 1
    return line, column
