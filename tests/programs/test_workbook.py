"""The planner's workbook in openpyxl and in LibreOffice."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pypdf
import pytest
from cli import call, saved

from programs.needed import program

pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")

TODAY = ("--today", "2027-02-10")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a plan of two weeks of events."""
    return saved(tmp_path / "workspace")


@pytest.fixture
def book(root: Path) -> Path:
    """Its workbook."""
    assert call("export", "xlsx", *TODAY, root=root).exit_code == 0
    (found,) = root.glob("out/private/organisers/plan-2027-*.xlsx")
    return found


def saved_by_libreoffice(path: Path, kind: str, folder: Path) -> Path:
    """Open a workbook in LibreOffice and save it as this kind of file."""
    command = [program("soffice"), "--headless", f"-env:UserInstallation=file://{folder}/profile"]
    subprocess.run(
        [*command, "--convert-to", kind, "--outdir", folder, path], check=True, stdout=subprocess.DEVNULL
    )
    return folder / path.with_suffix(f".{kind}").name


def tick(path: Path, *ids: str) -> None:
    """Tick events on the lists of their owners, as a person does."""
    workbook = openpyxl.load_workbook(path)
    ticked = [
        (sheet, row)
        for sheet in workbook.worksheets[3:]
        for row in range(5, sheet.max_row + 1)
        if sheet.cell(row, 2).value in ids
    ]
    assert len(ticked) == len(ids)
    for sheet, row in ticked:
        sheet.cell(row, 1).value = "x"
    workbook.save(path)


def test_openpyxl_finds_dates_frozen_headers_filters_and_what_is_printed(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    assert workbook.sheetnames[:3] == ["Year", "Events", "Owners"]
    assert len(workbook.sheetnames) > 3
    for sheet in workbook.worksheets:
        assert sheet.freeze_panes in {"B5", "C5"}
        assert sheet.print_title_rows == "$1:$4"
        assert sheet.print_area.endswith(f"${sheet.max_row}")
        assert sheet.auto_filter.ref.startswith("A4:")
    events = workbook["Events"]
    days = [events.cell(row, 3).value for row in (5, 8)]
    assert [day.date() for day in days if isinstance(day, datetime)] == [date(2027, 1, 4), date(2027, 1, 20)]
    assert all(events.cell(row, 3).is_date for row in range(5, events.max_row + 1))


@pytest.mark.slow
def test_ticks_made_and_saved_in_other_programs_come_back(root: Path, book: Path, tmp_path: Path) -> None:
    tick(book, "e4", "e5")
    back = saved_by_libreoffice(book, "ods", tmp_path)
    assert "2 events marked done" in call("done", "--from", back, *TODAY, root=root).stdout
    again = saved_by_libreoffice(back, "xlsx", tmp_path)
    assert call("done", "--from", again, *TODAY, root=root).stdout == "Nothing changes.\n"


@pytest.fixture
def opened(book: Path, tmp_path: Path) -> Iterator[Path]:
    """The workbook, which LibreOffice has open."""
    command = [program("soffice"), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    with subprocess.Popen([*command, "--calc", book], start_new_session=True) as process:
        try:
            for _ in range(600):
                if any(book.parent.glob(".~lock.*")):
                    break
                time.sleep(0.1)
            yield book
        finally:
            os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.slow
def test_a_workbook_that_libreoffice_has_open_is_not_replaced(root: Path, opened: Path) -> None:
    before = opened.read_bytes()
    assert call("done", "e4", *TODAY, root=root).exit_code == 0
    result = call("export", "xlsx", *TODAY, root=root)
    assert result.exit_code == 1
    assert f"{opened.name} is open in another program; nothing was changed" in result.stderr
    assert opened.read_bytes() == before


@pytest.mark.slow
def test_libreoffice_prints_every_sheet(book: Path, tmp_path: Path) -> None:
    pages = pypdf.PdfReader(saved_by_libreoffice(book, "pdf", tmp_path)).pages
    text = "\n".join(page.extract_text() for page in pages)
    workbook = openpyxl.load_workbook(book)
    assert len(pages) >= len(workbook.sheetnames)
    for sheet in workbook.worksheets:
        assert str(sheet["A1"].value) in text
