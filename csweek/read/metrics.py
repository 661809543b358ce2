"""metrics.csv: a month's figures, what customers say beside what is measured inside."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from csweek.errors import Problem
from csweek.model.basics import Place
from csweek.model.inputs import Metric, MetricKind
from csweek.read import column_words, dates, words
from csweek.read.columns import Layout, Sheet, identifies, refused_cell, with_columns
from csweek.read.found import Found
from csweek.read.source import Problems
from csweek.read.tables import Row, Table
from csweek.read.wrong import Wrong

LAYOUT = Layout(column_words.known(column_words.METRICS), {})
EMPTY_HINT = "write month,name,value,target,kind in its first line, or delete the file"
NEEDED = ("month", "name", "value")
WRITTEN = "write YYYY-MM, as in 2027-01"
_NAMED = re.compile(r"([^\W\d_]{3,})\.?[\s.,/-]*(\d{4}|\d\d)\.?")
"""A month in words; Excel makes ``jan-27`` of it by itself."""
_MONTH = re.compile(r"(?P<year>\d{4})[-/. ]\s?(?P<month>\d{1,2})|(?P<month_>\d{1,2})[/.-](?P<year_>\d{4})")
_KOREAN = re.compile(r"(\d{4})년\s*(\d{1,2})월")
_FIGURE = re.compile(r"\d")
_FIGURES = frozenset({"value", "target"})
_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+")
"""A large figure as many countries write it, which may look like a Canadian number."""
_OUTSIDE = re.compile("|".join(words.OUTSIDE))
_OWN = re.compile("|".join(words.OWN))


def read_metrics(table: Table) -> tuple[tuple[Metric, ...], Problems]:
    """Return the figures of a table, as they are written."""
    sheet, problems = with_columns(table, LAYOUT, NEEDED, EMPTY_HINT)
    found = Found()
    metrics = [_metric(sheet, row, found) for row in sheet.rows] if sheet else []
    kept = tuple(filter(None, metrics))
    _twice(kept, found)
    return kept, (*problems, *found.all())


def _metric(sheet: Sheet, row: Row, found: Found) -> Metric | None:
    texts = {name: row.cells[n] for name, n in sheet.fields.items() if n < len(row.cells)}
    read = {name: _value(name, parse, texts, (sheet, row), found) for name, parse in _PARSERS.items()}
    if None in read.values():
        return None
    kind = read.pop("kind") or kind_of(read["name"])
    return Metric(**read, kind=kind, place=Place(sheet.table.file, row.line))


def month(text: str) -> date:
    """Return the first day of the month of ``2027-01``, ``1/2027``, ``2027년 1월``, ``jan-27`` or a day."""
    found = _MONTH.fullmatch(text.strip())
    korean = _KOREAN.fullmatch(text.strip())
    named = _NAMED.fullmatch(text.strip())
    if korean:
        year, number = int(korean[1]), int(korean[2])
    elif found:
        year, number = int(found["year"] or found["year_"]), int(found["month"] or found["month_"])
    elif named and dates.month_called(named[1]):
        year, number = int(f"20{named[2]}"[-4:]), dates.month_called(named[1])
    else:
        return _month_of_day(text)
    if not 1 <= number <= 12:
        raise Wrong(f"there is no month {text}", WRITTEN)
    return dates.day(f"{year}-{number:02}-01")


def _month_of_day(text: str) -> date:
    try:
        return dates.day(text).replace(day=1)
    except Wrong as wrong:
        if wrong.hint != dates.WRITTEN:
            raise
        raise Wrong(f"'{text}' is not a month", WRITTEN) from None


def kind_of(name: str) -> MetricKind:
    """Return what a figure is by its name: external where customers give it, such as NPS; else internal."""
    plain = column_words.plain(name)
    return "external" if _OUTSIDE.search(plain) and not _OWN.search(plain) else "internal"


def _figure(text: str) -> str:
    if not _FIGURE.search(text):
        raise Wrong(f"'{text}' is no figure", "write it as it is to be read: 41, 87 %, 6:40")
    return text


def _kind(text: str) -> str:
    return words.metric_kind(text) if text else ""


def _goal(text: str) -> str:
    return _figure(text) if text else ""


_PARSERS: Mapping[str, Callable[[str], Any]] = {
    "month": month,
    "name": str,
    "value": _figure,
    "target": _goal,
    "kind": _kind,
}


def _value(
    name: str, parse: Callable[[str], Any], texts: Mapping[str, str], at: tuple[Sheet, Row], found: Found
) -> Any:  # noqa: ANN401 - whatever it parses
    text, place = texts.get(name, ""), at[0].place(at[1].line, name)
    if name in NEEDED and not text:
        found.add(Problem(place, f"{name}: this is empty", f"write the {name}"), name)
        return None
    if identifies(text) and not (name in _FIGURES and _GROUPED.fullmatch(text)):
        found.add(refused_cell(place, name), name)
        return None
    try:
        return parse(text)
    except Wrong as wrong:
        found.add(Problem(place, f"{name}: {wrong}", wrong.hint), name)
        return None


def _twice(metrics: tuple[Metric, ...], found: Found) -> None:
    met: dict[tuple[date, str], Metric] = {}
    for one in metrics:
        first = met.setdefault((one.month, column_words.plain(one.name)), one)
        if first is not one:
            where = f"{one.name} of {one.month:%Y-%m} stands in line {first.place.line} already"
            found.add(Problem(one.place, where, "delete one of the two lines"), "twice")
