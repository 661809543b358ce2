"""Tick lists: which events were held, as the planner's workbook says or a CSV of one of its sheets."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from csweek.errors import Problem
from csweek.model.basics import Place
from csweek.names import fold
from csweek.read.source import IN_EXCEL, Files, Problems, decode
from csweek.read.tables import EXCEL, Row, Table, read_csv, read_sheets

TOP = 10
"""Rows within which the header stands."""
IDS = frozenset(map(fold, ("id", "번호", "br.")))
"""Headers of the events' ids: what the workbook writes in its four languages is read back by a test."""
HEADERS = frozenset(map(fold, ("done", "klart", "완료", "gotovo")))
ANSWERS: Mapping[str, bool] = MappingProxyType(
    dict.fromkeys(map(fold, ("x", "✓", "✔", "✅", "☑", "☒", "√", "v", "1")), True)
    | dict.fromkeys(map(fold, ("yes", "y", "true", "done", "ok")), True)
    | dict.fromkeys(map(fold, ("ja", "j", "klart", "klar", "예", "네", "o", "완료", "da", "gotovo")), True)
    | dict.fromkeys(map(fold, ("", "-", "☐", "0", "no", "n", "false", "nej", "아니요", "ne")), False)
)
"""What a tick may look like, and what leaves a box empty."""
_EVENT = re.compile(r"e?([0-9]{1,12})")


class Tick(NamedTuple):
    """An event that somebody ticked, and where."""

    event: str
    place: Place
    held: date | None = None
    """The day that was written instead of a tick."""


class Columns(NamedTuple):
    """Which row is the header, and the positions of the two columns that matter."""

    header: int
    event: int
    tick: int


def read_ticks(path: Path) -> tuple[tuple[Tick, ...], Problems]:
    """Return the ticks of all lists in a file, or every problem in it."""
    files = Files(None)
    content, problems = files.read(path)
    if content is None:
        return (), problems
    tables, problems = _tables(content, files.shown(path), path.suffix.lower())
    lists = [(table, columns) for table in tables if (columns := _columns(table))]
    problems = (*problems, *(told for table in tables for told in _lost(table)))
    if not lists and not problems:
        hint = "it needs a column Done and a column Id; csweek export xlsx makes such lists"
        return (), (Problem(Place(files.shown(path)), "there is no tick list in this file", hint),)
    found = [one for table, columns in lists for one in _ticks(table, columns)]
    ticks = tuple(one for one in found if isinstance(one, Tick))
    return ticks, (*problems, *(one for one in found if isinstance(one, Problem)))


def _tables(content: bytes, file: str, suffix: str) -> tuple[tuple[Table, ...], Problems]:
    if suffix in EXCEL:
        sheets, problems = read_sheets(content, file)
        return tuple(replace(table, file=f"{file} ({table.sheet})") for table in sheets or ()), problems
    text, problems = decode(content, file, hint=IN_EXCEL)
    if text is None:
        return (), problems
    table, problems = read_csv(text, file)
    return (table,), problems


def _columns(table: Table) -> Columns | None:
    """Return where the list stands in a sheet, None where it is none."""
    for position, row in enumerate(table.rows[:TOP]):
        cells = [fold(cell) for cell in row.cells]
        ids = [n for n, cell in enumerate(cells) if cell in IDS]
        ticks = [n for n, cell in enumerate(cells) if cell in HEADERS]
        if ids and ticks:
            return Columns(position, ids[0], ticks[0])
    return None


def _lost(table: Table) -> Iterator[Problem]:
    """Yield a problem for a sheet in which somebody ticked, but whose ids are gone."""
    headed = any(fold(cell) in IDS for row in table.rows[:TOP] for cell in row.cells)
    for position, row in enumerate(() if headed else table.rows[:TOP]):
        for column in (n for n, cell in enumerate(row.cells) if fold(cell) in HEADERS):
            if any(ANSWERS.get(fold(_cell(below, column))) for below in table.rows[position + 1 :]):
                hint = "take the column back in from the list that csweek export xlsx made"
                place = table.place(row.line, column)
                yield Problem(place, "there are ticks here, but no column Id says of what", hint)


def _ticks(table: Table, columns: Columns) -> Iterator[Tick | Problem]:
    for row in table.rows[columns.header + 1 :]:
        word = _cell(row, columns.tick)
        held = _day(word)
        answer = held is not None or ANSWERS.get(fold(word))
        if answer is None:
            place = table.place(row.line, columns.tick)
            hint = "write x or the day as in 2027-10-04, or leave it empty"
            yield Problem(place, f"{word!r} is neither a tick nor none", hint)
        elif answer:
            yield _tick(_cell(row, columns.event), table.place(row.line, columns.event), held)


def _day(word: str) -> date | None:
    """Return the day that stands in a box; cells with a date are read as such text."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def _tick(word: str, place: Place, held: date | None) -> Tick | Problem:
    number = _EVENT.fullmatch(fold(word).lstrip("'"))
    if number is None:
        said = f"{word!r} is no event" if word else "a tick without an event"
        return Problem(place, said, "an event's id is an e and a number, like e412")
    return Tick(f"e{int(number[1])}", place, held)


def _cell(row: Row, position: int) -> str:
    return row.cells[position] if position < len(row.cells) else ""
