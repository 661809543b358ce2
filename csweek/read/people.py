"""People: tables joined to entries, entries read to values, values resolved to persons and teams."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from csweek.errors import Problem
from csweek.model.basics import Place
from csweek.model.inputs import People
from csweek.names import fold, near
from csweek.read import values, words
from csweek.read.columns import Sheet, identifies, refused_cell
from csweek.read.source import Problems, warning
from csweek.read.values import Wrong

GUESSES = 6
"""Unknown names for which it is worth the time to look for the one that was meant."""
SHOWN = 5
"""Problems of one kind in one column that are shown one by one."""


class Cell(NamedTuple):
    """A text of a row, and where it stands."""

    text: str
    sheet: Sheet
    line: int
    column: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.sheet.place(self.line, self.column)


@dataclass(slots=True)
class Entry:
    """What the files say about one person, as text; later files have gone over earlier ones."""

    id: str
    place: Place
    sheet: Sheet
    cells: dict[str, Cell] = field(default_factory=dict)
    leave: list[Cell] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return what a field says, empty where nothing does."""
        cell = self.cells.get(name)
        return cell.text if cell else ""


class Found:
    """Problems in the order in which they were met, the many of one kind told as one."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._many: dict[tuple[str, str], list[Problem]] = {}

    def add(self, problem: Problem, kind: str = "") -> None:
        """Keep a problem; those of one kind in one file are cut short."""
        if not kind or problem.place is None:
            self._problems.append(problem)
        else:
            self._many.setdefault((problem.place.file, kind), []).append(problem)

    def all(self) -> Problems:
        """Return what was found."""
        shown = [one for many in self._many.values() for one in _cut(many)]
        return (*self._problems, *shown)


def _cut(many: list[Problem]) -> Iterable[Problem]:
    yield from many[:SHOWN]
    if len(many) > SHOWN:
        last = many[SHOWN]
        rest = len(many) - SHOWN
        message = f"{rest} more like the {SHOWN} above, from here on" if rest > 1 else last.message
        yield Problem(last.place, message, last.hint, last.severity)


# --- tables to entries ---------------------------------------------------------------------------


class _Joined:
    """Everyone so far, and the ways to find them again in the next file."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.by_id: dict[str, Entry] = {}
        self._by_email: dict[str, list[Entry]] = {}
        self._by_name: dict[str, list[Entry]] = {}

    def take(self, sheet: Sheet) -> None:
        """Add a sheet's rows to the entries that they belong to, or as new ones."""
        adds_up = not _names(sheet)
        for line, cells in sheet.rows:
            row = _row(sheet, line, cells, self.found)
            known = self._match(row, sheet)
            if known is not None and known.sheet is sheet and not adds_up:
                self._twice(row, known)
            elif known is not None:
                _lay_over(known, row)
            elif row.id:
                self._keep(row)
            else:
                self._nameless(row)

    def _match(self, row: Entry, sheet: Sheet) -> Entry | None:
        email = row.text("email").lower()
        if ident := row.text("id"):
            open_ones = [e for e in self._by_email.get(email, ()) if not e.text("id")] if email else []
            return self.by_id.get(ident) or next(iter(open_ones), None)
        if email:
            same = self._by_email.get(email, [])
            return same[0] if same else None
        alike = self._by_name.get(row.id.casefold(), []) if row.id else []
        if len(alike) > 1 and alike[0].sheet is not sheet:
            self.found.add(
                Problem(row.place, f"{len(alike)} people are called '{row.id}'", "write the id or e-mail")
            )
        earlier = [e for e in alike if e.sheet is not sheet or e.id.casefold() == row.id.casefold()]
        return earlier[0] if earlier else None

    def _keep(self, row: Entry) -> None:
        self.by_id[row.id] = row
        if email := row.text("email"):
            self._by_email.setdefault(email.lower(), []).append(row)
        if name := row.text("name"):
            self._by_name.setdefault(name.casefold(), []).append(row)
        else:
            self._nameless(row)

    def _twice(self, row: Entry, known: Entry) -> None:
        line = known.place.line
        if row.text("id"):
            what, hint = (
                f"the id '{row.id}' stands in line {line} already",
                "every person needs an id of their own",
            )
        elif row.text("email"):
            what, hint = f"the e-mail {row.text('email')} stands in line {line} already", "give both an 'id'"
        else:
            what = f"'{row.id}' stands in line {line} already, and neither has an id or e-mail"
            hint = "two people of one name need an 'id' column"
        column = "id" if row.text("id") else "email" if row.text("email") else "name"
        self.found.add(Problem(_place(row, column), what, hint), "twice")

    def _nameless(self, row: Entry) -> None:
        if _remark(row):
            what = "only the first cell of this row is filled; it is taken for a remark"
            self.found.add(warning(row.place, what, "write a name into it, or delete the row"), "remark")
        elif _names(row.sheet):
            self.found.add(
                Problem(row.place, "this row has no name", "write one, or delete the row"), "nameless"
            )
        else:
            who = row.id or "somebody without id, e-mail and name"
            hint = "the files before this one have nobody with this id or e-mail"
            self.found.add(
                Problem(row.place, f"'{who}' is not known, and has no name here", hint), "nameless"
            )


def _remark(row: Entry) -> bool:
    """Whether all that a row says is in the first column, as in the last line of a report: Total: 40."""
    columns = {**row.sheet.extra, **row.sheet.fields}
    said = [columns.get(name) for name in (*row.cells, *row.extra)]
    return said == [0] and not row.leave


def _names(sheet: Sheet) -> bool:
    """Whether a sheet says what people are called, rather than add to what another one says."""
    return not {"name", words.GIVEN, words.FAMILY}.isdisjoint(sheet.fields)


def _place(row: Entry, column: str) -> Place:
    cell = row.cells.get(column)
    return cell.place if cell else row.place


def _row(sheet: Sheet, line: int, cells: tuple[str, ...], found: Found) -> Entry:
    here = {
        name: Cell(cells[n], sheet, line, name)
        for name, n in sheet.fields.items()
        if n < len(cells) and cells[n]
    }
    extra = {name: cells[n] for name, n in sheet.extra.items() if n < len(cells) and cells[n]}
    for name in [name for name in here if name in _WATCHED and identifies(here[name].text)]:
        found.add(refused_cell(here.pop(name).place, name), f"refused {name}")
    for name in [name for name, text in extra.items() if identifies(text)]:
        found.add(refused_cell(sheet.place(line, name), name), f"refused {name}")
        del extra[name]
    leave = [here.pop("leave")] if "leave" in here else []
    _whole_name(here, sheet, line)
    ident = here["id"].text if "id" in here else here["email"].text.lower() if "email" in here else ""
    name = here["name"].text if "name" in here else ""
    return Entry(ident or name, Place(sheet.table.file, line), sheet, here, leave, extra)


_WATCHED = frozenset(words.PEOPLE) - {"start_date", "end_date", "leave"}


def _whole_name(here: dict[str, Cell], sheet: Sheet, line: int) -> None:
    family = here.pop(words.FAMILY, None)
    given = here.pop(words.GIVEN, None) or ((here.get("name") or here.get("called")) if family else None)
    if given is None:
        return
    parts = [given.text, family.text if family else ""]
    whole = parts[1] + parts[0] if _hangul(parts[1]) else " ".join(filter(None, parts))
    if family and fold(given.text).endswith(fold(family.text)):
        whole = given.text
    here["name"] = Cell(whole, sheet, line, given.column)
    if family and "called" not in here and not _hangul(whole):
        here["called"] = given


def _lay_over(below: Entry, above: Entry) -> None:
    below.cells |= {name: cell for name, cell in above.cells.items() if name != "id"}
    below.leave += above.leave
    below.extra |= above.extra


def join(sheets: Iterable[Sheet], found: Found) -> dict[str, Entry]:
    """Return everyone by id, in the order in which the files name them first."""
    joined = _Joined(found)
    for sheet in sheets:
        joined.take(sheet)
    return {ident: entry for ident, entry in joined.by_id.items() if entry.text("name")}


# --- entries to values ---------------------------------------------------------------------------

_PARSERS: Mapping[str, Callable[[str], Any]] = {
    "role": words.role,
    "locale": values.locale,
    "start_date": values.day,
    "end_date": values.day,
    "birthday": values.birthday,
    "thanks": words.thanks,
    "celebrate": words.celebrate,
    "work_days": values.weekdays,
}
_FOREVER = re.compile(r"(9999|2999).*|.*[./]\s?(9999|2999)\.?")
"""An end that personnel systems write where there is none."""


class _Reader:
    """Reads each different text of a column once."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._known: dict[tuple[str, str], Any] = {}

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
        key = (name, cell.text)
        if key not in self._known:
            try:
                self._known[key] = parse(cell.text) if not _open_end(name, cell.text) else None
            except Wrong as wrong:
                self._known[key] = wrong
        value = self._known[key]
        if isinstance(value, Wrong):
            self._found.add(Problem(cell.place, f"{name}: {value}", value.hint), f"wrong {name}")
            return None
        return value


def _open_end(name: str, text: str) -> bool:
    return name == "end_date" and _FOREVER.fullmatch(text.strip()) is not None


def _leave(text: str) -> Any:  # noqa: ANN401 - as the parser's
    return () if fold(text) in {fold(word) for word in words.NOTHING} else values.spans(text)


_BARE = r"[^\s@<>,;:\"]+@[^\s@<>,;:\".]+(?:\.[^\s@<>,;:\".]+)+"
_ADDRESS = re.compile(rf"{_BARE}|[^<>]*<{_BARE}>")
_MAIL = "write it like anna@nordic-care.example, or leave the cell empty; mail cannot reach it"


def read_values(entries: Mapping[str, Entry], found: Found) -> dict[str, dict[str, Any]]:
    """Return everyone's values by id."""
    reader = _Reader(found)
    read = {ident: reader.values(entry) for ident, entry in entries.items()}
    for ident, one in read.items():
        if (cell := entries[ident].cells.get("email")) and not _ADDRESS.fullmatch(cell.text):
            found.add(warning(cell.place, f"email: '{cell.text}' is no e-mail address", _MAIL), "no address")
        first, last = one.get("start_date"), one.get("end_date")
        if first and last and last < first:
            cell = entries[ident].cells["end_date"]
            found.add(Problem(cell.place, f"end_date: {last} is before the start on {first}", "swap the two"))
    return read


# --- names ---------------------------------------------------------------------------------------

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md"})


def turned(name: str) -> str:
    """Return ``Surname, Given`` as ``Given Surname``, other names as they are."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma or not given or not family or given.casefold().replace(".", "") in _SUFFIXES:
        return name
    return f"{family}{given}" if _hangul(family) else f"{given} {family}"


def called(name: str, locale: str) -> str:
    """Return what a card says: the given name; in Korean the full name and 님; Korean names stay whole."""
    if locale.partition("-")[0] == "ko":
        return f"{name} 님"
    if _hangul(name):
        return name
    parts = name.split()
    return next((part for part in parts if not part.endswith(".")), name)


_EAST_ASIAN = re.compile("[가-힣一-鿿ぁ-ヿ]")


def _hangul(text: str) -> bool:
    return _EAST_ASIAN.search(text) is not None


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


# --- who is meant --------------------------------------------------------------------------------


class Finder:
    """Finds a person by id, e-mail or unique name: as written, else without case and accents."""

    def __init__(self, people: Iterable[tuple[str, str, str]]) -> None:
        """Take id, name and e-mail of everyone."""
        self._people = tuple(people)
        self._ids = {ident for ident, _, _ in self._people}
        self._guesses = GUESSES

    def find(self, text: str) -> str:
        """Return the id of who is meant, or raise Wrong."""
        if text in self._ids:
            return text
        hits = (
            self._as_written.get(text) or self._folded.get(fold(text)) or self._folded.get(fold(turned(text)))
        )
        if hits is None:
            raise Wrong(f"there is nobody called '{text}'", self._guess(text))
        if len(hits) > 1:
            raise Wrong(
                f"{len(hits)} people are called '{text}'", "write the id: " + " or ".join(sorted(hits))
            )
        return next(iter(hits))

    @cached_property
    def _as_written(self) -> Mapping[str, set[str]]:
        return self._by(str)

    @cached_property
    def _folded(self) -> Mapping[str, set[str]]:
        return self._by(fold)

    def _by(self, form: Callable[[str], str]) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for ident, name, email in self._people:
            for word in {form(ident), form(name), form(email)} - {""}:
                found.setdefault(word, set()).add(ident)
        return found

    def _guess(self, text: str) -> str:
        self._guesses -= 1
        known = (word for ident, name, _ in self._people for word in (name, ident))
        guess = near(turned(text), known) if self._guesses >= 0 else None
        return f"did you mean '{guess}'?" if guess else "write the id, e-mail or name from the people file"


def finder(people: People) -> Finder:
    """Return a finder of these people."""
    return Finder((person.id, person.name, person.email) for person in people)
