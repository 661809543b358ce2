"""How far sheets reach, and what is said of those that reach too far."""

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
import xlsxwriter

from csweek.read.extent import MOST_CELLS, Extent, extents
from csweek.read.tables import read_excel


def workbook(stray: str | None = None, *, value: object = "x") -> bytes:
    """A list of two lines on a sheet, and on a second one something in a cell of its own."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.add_worksheet("Personal").write_column("B1", ["name", "Åsa Ek"])
        sheet = book.add_worksheet("Annat")
        if stray is not None:
            sheet.write(stray, value, book.add_format({"bold": True}))
    return file.getvalue()


def rewritten(content: bytes, change: Callable[[str], str]) -> bytes:
    """The same workbook with its sheets changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, change(text) if "/sheet" in name else text)
    return file.getvalue()


@pytest.mark.parametrize("stray", ["XFD1048576", "XFD2000", "T1048576"])
def test_a_cell_far_out_is_told_and_not_read(stray: str) -> None:
    table, (problem,) = read_excel(workbook(stray), "f.xlsx", "Annat")
    assert table is None
    assert f"the sheet 'Annat' reaches to {stray}, which is too much to read" in problem.message
    assert "Ctrl+End" in (problem.hint or "")


def test_a_sheet_that_is_not_asked_for_may_reach_anywhere() -> None:
    table, problems = read_excel(workbook("XFD1048576"), "f.xlsx", "Personal")
    assert table
    assert not problems
    assert [row.cells for row in table.rows] == [("", "name"), ("", "Åsa Ek")]


def test_cells_that_are_only_formatted_do_not_count() -> None:
    content = workbook("XFD1048576", value="")
    assert extents(content) == {"Personal": Extent(2, 2), "Annat": Extent(0, 0)}
    assert read_excel(content, "f.xlsx")[1] == ()


def test_a_sheet_that_does_not_say_how_far_it_reaches_is_looked_through() -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("S")
    for number in range(30_000):  # more than one piece of the file
        sheet.append([f"name {number}", None, "team" if number < 5 else None])
    file = io.BytesIO()
    book.save(file)
    assert extents(file.getvalue()) == {"S": Extent(30_000, 3)}


@pytest.mark.parametrize("cell", ['r="XFD1048576"', "r='XFD1048576'", 'r = "xfd1048576"'])
def test_a_sheet_that_says_it_is_small_and_is_not_is_not_read(cell: str) -> None:
    far = rewritten(workbook("XFD1048576"), lambda text: text.replace('r="XFD1048576"', cell))
    lying = rewritten(far, lambda text: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:B2"', text))
    assert extents(lying)["Annat"] == Extent(1_048_576, 16_384)
    table, (problem,) = read_excel(lying, "f.xlsx", "Annat")
    assert table is None
    assert "reaches to XFD1048576" in problem.message


def test_a_file_that_unpacks_to_gigabytes_is_told_and_not_read() -> None:
    content = bytearray(workbook())
    entry = content.index(b"PK\x01\x02")  # the first part in the list at its end
    content[entry + 24 : entry + 28] = (3_000_000_000).to_bytes(4, "little")
    table, (problem,) = read_excel(bytes(content), "f.xlsx")
    assert table is None
    assert "unpacks to more than 1 GB" in problem.message


def test_a_long_text_in_a_cell_is_passed_over() -> None:
    long = rewritten(
        workbook("C3"), lambda text: text.replace("<sheetData>", f"<!--{' ' * 3_000_000}--><sheetData>")
    )
    assert extents(long) == {"Personal": Extent(2, 2), "Annat": Extent(3, 3)}


def test_what_is_no_xlsx_has_no_extent() -> None:
    assert extents(b"name\n") == {}
    assert MOST_CELLS < 16_384 * 1_048_576
