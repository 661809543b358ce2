"""Entries of people files to values: days, words and names, each read where it stands."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from csweek.errors import Problem
from csweek.names import fold
from csweek.read import dates, values, words
from csweek.read.entries import Cell, Entry
from csweek.read.found import Found
from csweek.read.naming import turned
from csweek.read.source import warning
from csweek.read.wrong import Wrong

_PARSERS: Mapping[str, Callable[[str], Any]] = {
    "role": words.role,
    "locale": values.locale,
    "start_date": dates.day,
    "end_date": dates.day,
    "birthday": dates.birthday,
    "thanks": words.thanks,
    "celebrate": words.celebrate,
    "work_days": values.weekdays,
}
_FOREVER = re.compile(r"(9999|2999).*|.*[./]\s?(9999|2999)\.?")
"""An end that personnel systems write where there is none."""


class _Reader:
    """Reads each different text of a column once."""

    def __init__(self, found: Found, orders: Mapping[tuple[str, str], dates.Order | None]) -> None:
        self._found = found
        self._orders = orders
        self._known: dict[tuple[str, str, dates.Order | None], Any] = {}

    def values(self, entry: Entry) -> dict[str, Any]:
        """Return the values of the columns that have to be read, without those that are wrong."""
        read = {
            name: self._read(name, cell, parse)
            for name, parse in _PARSERS.items()
            if (cell := entry.cells.get(name)) is not None
        }
        leave = [self._read("leave", cell, _leave) for cell in entry.leave]
        read["leave"] = tuple(sorted({span for spans in leave for span in spans or ()}))
        return {name: value for name, value in read.items() if value is not None}

    def _read(self, name: str, cell: Cell, parse: Callable[[str], Any]) -> Any:  # noqa: ANN401 - whatever it parses
        first = self._orders.get((cell.sheet.table.file, name))
        key = (name, cell.text, first)
        if key not in self._known:
            try:
                if _open_end(name, cell.text):
                    self._known[key] = None
                else:
                    self._known[key] = dates.day(cell.text, first) if name in _DAYS else parse(cell.text)
            except Wrong as wrong:
                self._known[key] = wrong
        value = self._known[key]
        if isinstance(value, Wrong):
            self._found.add(Problem(cell.place, f"{name}: {value}", value.hint), f"wrong {name}")
            return None
        return value


_DAYS = ("start_date", "end_date")


def _orders(entries: Iterable[Entry]) -> dict[tuple[str, str], dates.Order | None]:
    """Return what comes first in 3/4/2027 by file and column, where its other days show it."""
    texts: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        for name in _DAYS:
            if cell := entry.cells.get(name):
                texts.setdefault((cell.sheet.table.file, name), []).append(cell.text)
    return {column: dates.order(found) for column, found in texts.items()}


def _open_end(name: str, text: str) -> bool:
    if name != "end_date":
        return False
    return bool(_FOREVER.fullmatch(text.strip())) or fold(text) in _OPEN or words.says_none(text)


_OPEN = {fold(word) for word in words.OPEN}


def _leave(text: str) -> Any:  # noqa: ANN401 - as the parser's
    try:
        return () if words.says_none(text) else dates.spans(text)
    except Wrong as wrong:
        raise Wrong(str(wrong), _BOTH if wrong.hint == dates.WRITTEN else wrong.hint) from None


_BOTH = "write the first and the last day, as in 2027-02-01..2027-05-31"


_ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\".]+(?:\.[^\s@<>,;:\".]+)+")
_MAIL = "write it like anna@nordic-care.example, or leave the cell empty; mail cannot reach it"


def read_values(entries: Mapping[str, Entry], found: Found) -> dict[str, dict[str, Any]]:
    """Return everyone's values by id."""
    reader = _Reader(found, _orders(entries.values()))
    read = {ident: reader.values(entry) for ident, entry in entries.items()}
    for ident, one in read.items():
        if (cell := entries[ident].cells.get("email")) and not _ADDRESS.fullmatch(cell.text):
            found.add(warning(cell.place, f"email: '{cell.text}' is no e-mail address", _MAIL), "no address")
        first, last = one.get("start_date"), one.get("end_date")
        if first and last and last < first:
            cell = entries[ident].cells["end_date"]
            found.add(Problem(cell.place, f"end_date: {last} is before the start on {first}", "swap the two"))
    return read


def turn_names(entries: Mapping[str, Entry], found: Found) -> dict[str, str]:
    """Return everyone's name by id, turned round where the family name came first."""
    names = {ident: turned(entry.text("name")) for ident, entry in entries.items()}
    changed: dict[str, list[str]] = {}
    for ident, name in names.items():
        if name != entries[ident].text("name"):
            changed.setdefault(entries[ident].cells["name"].sheet.table.file, []).append(ident)
    for ids in changed.values():
        before, others = entries[ids[0]].text("name"), len(ids) - 1
        more = f", and {others} more like it" if others else ""
        message = f"'{before}' is read as '{names[ids[0]]}'{more}"
        hint = "names are written given name first; 'called' says what a card says"
        found.add(warning(entries[ids[0]].cells["name"].place, message, hint))
    return names
