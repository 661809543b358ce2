"""People files as text: tables joined to entries, one for each person."""

import re
from collections.abc import Iterable
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from csweek.errors import Problem
from csweek.model.basics import Place
from csweek.names import fold, near
from csweek.read import column_words, words
from csweek.read.columns import Sheet, identifies, refused_cell
from csweek.read.found import Found
from csweek.read.naming import given_first, is_east_asian, turned
from csweek.read.source import warning

ALIKE = 0.85
"""How near a name has to be to one of a file before for a question whether they are the same."""
COMPARED = 50
"""New names of a file that are compared: a file with more of them is a list of people of its own."""


class Cell(Struct, frozen=True):
    """A text of a row, and where it stands."""

    text: str
    sheet: Sheet
    line: int
    column: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.sheet.place(self.line, self.column)


class Entry(Struct):
    """What the files say about one person, as text; later files have gone over earlier ones."""

    id: str
    place: Place
    sheet: Sheet
    cells: dict[str, Cell] = {}
    leave: list[Cell] = []
    extra: dict[str, str] = {}

    def text(self, name: str) -> str:
        """Return what a field says, empty where nothing does."""
        cell = self.cells.get(name)
        return cell.text if cell else ""


class _Joined:
    """Everyone so far, and the ways to find them again in the next file."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.by_id: dict[str, Entry] = {}
        self._by_case: dict[str, Entry] = {}
        """The same by ids in one case: those that differ in nothing else would share their private folder."""
        self._by_email: dict[str, list[Entry]] = {}
        self._by_name: dict[str, list[Entry]] = {}
        self._parts: dict[str, list[Entry]] = {}
        """Entries by each part of their names, of as many names as were seen."""
        self._seen = 0
        self._to_compare = 0

    def take(self, sheet: Sheet) -> None:
        """Add a sheet's rows to the entries that they belong to, or as new ones."""
        adds_up = not _names(sheet)
        self._to_compare = COMPARED if self.by_id else 0
        for line, cells in sheet.rows:
            row = _row(sheet, line, cells, self.found)
            if _totals(row):
                self.found.add(warning(row.place, _TOTALS, _TOTALS_HINT), "totals")
                continue
            known = self._match(row, sheet)
            if known is not None and known.sheet is sheet and not adds_up:
                self._twice(row, known)
            elif known is not None:
                self._contradicted(row, known)
                _lay_over(known, row)
            elif row.id:
                self._misspelt(row)
                self._keep(row)
            else:
                self._nameless(row)

    def _match(self, row: Entry, sheet: Sheet) -> Entry | None:
        email = row.text("email").lower()
        if ident := row.text("id"):
            open_ones = [e for e in self._by_email.get(email, ()) if not e.text("id")] if email else []
            return self._by_case.get(ident.casefold()) or next(iter(open_ones), None)
        if email:
            return self._of_email(email, row, sheet)
        alike = self._by_name.get(_key(row.id), []) if row.id else []
        if len(alike) > 1 and alike[0].sheet is not sheet:
            self.found.add(
                Problem(row.place, f"{len(alike)} people are called '{row.id}'", "write the id or e-mail")
            )
        earlier = [e for e in alike if e.sheet is not sheet or e.id.casefold() == row.id.casefold()]
        return earlier[0] if earlier else None

    def _of_email(self, email: str, row: Entry, sheet: Sheet) -> Entry | None:
        """Return whose address this is; of several who share it the one of this name, else it is asked."""
        same = self._by_email.get(email, [])
        if len(same) > 1 and same[0].sheet is not sheet:
            named = [one for one in same if _key(one.text("name")) == _key(row.text("name"))]
            if len(named) == 1:
                return named[0]
            message = f"{len(same)} people have the e-mail {email}"
            self.found.add(Problem(_place(row, "email"), message, "write the id"), "shared email")
        return same[0] if same else None

    def _keep(self, row: Entry) -> None:
        self.by_id[row.id] = row
        self._by_case.setdefault(row.id.casefold(), row)
        if email := row.text("email"):
            self._by_email.setdefault(email.lower(), []).append(row)
        if name := row.text("name"):
            self._by_name.setdefault(_key(name), []).append(row)
        else:
            self._nameless(row)

    def _twice(self, row: Entry, known: Entry) -> None:
        line = known.place.line
        if ident := row.text("id"):
            column, what = "id", f"the id '{ident}' stands in line {line} already"
            hint = "every person needs an id of their own"
        elif email := row.text("email"):
            column, what = "email", f"the e-mail {email} stands in line {line} already"
            hint = "give both an 'id'"
        else:
            column = "name"
            what = f"'{row.id}' stands in line {line} already, and neither has an id or e-mail"
            hint = "two people of one name need an 'id' column"
        self.found.add(Problem(_place(row, column), what, hint), "twice")

    def _contradicted(self, row: Entry, known: Entry) -> None:
        """Warn where a file that adds to another one says two things of somebody: the later one counts."""
        for name, cell in row.cells.items():
            was = known.cells.get(name)
            if was and was.sheet is row.sheet and fold(was.text) != fold(cell.text):
                text = f"{name}: line {was.line} says '{was.text}' of the same person; '{cell.text}' counts"
                self.found.add(warning(cell.place, text, "delete one of the two"), "contradicted")

    def _misspelt(self, row: Entry) -> None:
        """Warn of somebody new, known by name alone, whose name is nearly one of a file before."""
        if row.text("id") or row.text("email") or not self._to_compare:
            return
        self._to_compare -= 1
        parts = _parts(row.id)
        same = (one for part in parts for one in self._by_part(part) if one.sheet is not row.sheet)
        guess = near(turned(row.id), (turned(one.text("name")) for one in same), ALIKE)
        if guess:
            what = f"'{row.id}' is in no file before this one, and is taken for somebody new"
            self.found.add(warning(_place(row, "name"), what, f"did you mean '{guess}'?"), "misspelt")

    def _by_part(self, part: str) -> Iterable[Entry]:
        """Return those before of whose name this is a part."""
        for name, entries in islice(self._by_name.items(), self._seen, None):
            for one in _parts(name):
                self._parts.setdefault(one, []).extend(entries)
        self._seen = len(self._by_name)
        return self._parts.get(part, ())

    def _nameless(self, row: Entry) -> None:
        if _remark(row):
            what = "only the first cell of this row is filled; it is taken for a remark"
            self.found.add(warning(row.place, what, "write a name into it, or delete the row"), "remark")
        elif _names(row.sheet):
            self.found.add(
                Problem(row.place, "this row has no name", "write one, or delete the row"), "nameless"
            )
        elif not row.id:
            text = "nothing in this row says whose it is"
            self.found.add(Problem(row.place, text, "write an id or e-mail, or delete the row"), "whose")
        else:
            hint = "the files before this one have nobody with this id or e-mail"
            self.found.add(
                Problem(row.place, f"'{row.id}' is not known, and has no name here", hint), "nameless"
            )


def _key(name: str) -> str:
    """Return what is the same for a name however it is written: ``Ek, Anna`` is ``anna ek``."""
    return turned(name).casefold()


def _parts(name: str) -> list[str]:
    return fold(turned(name)).split()


def _remark(row: Entry) -> bool:
    """Whether all that a row says is in the first column, as in the last line of a report: Total: 40."""
    columns = {**row.sheet.extra, **row.sheet.fields}
    said = [columns.get(name) for name in (*row.cells, *row.extra)]
    return said == [0] and not row.leave


_TOTALS = "this row is taken for the totals of a report, not for somebody"
_TOTALS_HINT = "delete it; somebody who is called so needs an id or an e-mail address"
_COUNTED = re.compile(
    rf"(?:{'|'.join(sorted(map(fold, words.TOTALS), key=len, reverse=True))})?[\s:=.–-]*"
    rf"[\d\s.,]*(?:{'|'.join(map(fold, words.HEADS))})?"
)


def _totals(row: Entry) -> bool:
    """Whether a row says nothing but numbers, and that they are totals: Total: 40."""
    name = row.text("name")
    if not name or not _COUNTED.fullmatch(fold(name)) or row.leave or row.text("id").isdecimal():
        return False
    said = (*(cell.text for cell in row.cells.values()), *row.extra.values())
    return all(_COUNTED.fullmatch(fold(text)) for text in said)


def _names(sheet: Sheet) -> bool:
    """Whether a sheet says what people are called, rather than add to what another one says."""
    return not {"name", column_words.GIVEN, column_words.FAMILY}.isdisjoint(sheet.fields)


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
    if "email" in here:
        here["email"] = replace(here["email"], text=_address(here["email"].text))
    _both_ends(here)
    leave = [here.pop("leave")] if "leave" in here else []
    _whole_name(here, sheet, line)
    if sheet.family_first and "name" in here:
        _given_first(here, found)
    ident = here["id"].text if "id" in here else here["email"].text.lower() if "email" in here else ""
    name = here["name"].text if "name" in here else ""
    return Entry(ident or name, Place(sheet.table.file, line), sheet, here, leave, extra)


def _address(text: str) -> str:
    """Return an address without what links and mail programs put around it."""
    text = _MAILTO.sub("", text)
    within = _WITHIN.fullmatch(text)
    return within[1] if within else text


def _both_ends(here: dict[str, Cell]) -> None:
    """Make one leave of its first and last day in two columns."""
    first, last = (here.pop(name, None) for name in (column_words.LEAVE_FROM, column_words.LEAVE_TO))
    known = here.get("leave")
    if (one := first or last) is None or (known and not words.says_none(known.text)):
        return
    days = [cell.text if cell and not words.says_none(cell.text) else "" for cell in (first, last)]
    if any(days):
        here["leave"] = replace(one, text="..".join(days))


_MAILTO = re.compile(r"mailto:\s*", re.IGNORECASE)
"""What a link to an address begins with: spreadsheets make links of addresses."""
_WITHIN = re.compile(r"[^<>]*<\s*([^<>\s]+@[^<>\s]+?)\s*>")
"""An address as mail programs copy it: ``Anna Ek <anna@x.example>``."""
_WATCHED = frozenset(column_words.PEOPLE) - {"start_date", "end_date", "leave"}


def _whole_name(here: dict[str, Cell], sheet: Sheet, line: int) -> None:
    family = here.pop(column_words.FAMILY, None)
    given = here.pop(column_words.GIVEN, None) or (
        (here.get("name") or here.get("called")) if family else None
    )
    if given is None:
        return
    parts = [given.text, family.text if family else ""]
    whole = parts[1] + parts[0] if is_east_asian(parts[1]) else " ".join(filter(None, parts))
    if family and fold(given.text).endswith(fold(family.text)):
        whole = given.text
    here["name"] = Cell(whole, sheet, line, given.column)
    if family and "called" not in here and not is_east_asian(whole):
        here["called"] = given


_SURE = 2
"""Of so many words of a name it is clear which one is the family's."""


def _given_first(here: dict[str, Cell], found: Found) -> None:
    """Turn a name that begins with the family name, and ask where more than one word could be it."""
    cell = here["name"]
    name = turned(cell.text) if "," in cell.text else given_first(cell.text)
    here["name"] = replace(cell, text=name)
    if "," not in cell.text and name != cell.text and len(name.split()) > _SURE:
        family, _, given = cell.text.partition(" ")
        hint = f"if that is wrong, write a comma behind the family name, as in '{family}, {given}'"
        found.add(warning(cell.place, f"'{cell.text}' is read as '{name}'", hint), "family first")


def _lay_over(below: Entry, above: Entry) -> None:
    below.cells |= {name: cell for name, cell in above.cells.items() if name != "id"}
    below.leave += above.leave
    below.extra |= above.extra


ENOUGH = 3
"""Of so many addresses it is no chance which way round they name people."""


def _ask_order(sheet: Sheet, found: Found) -> None:
    """Warn where every address names people the other way round than the column of names: cards would err."""
    name, email = sheet.fields.get("name"), sheet.fields.get("email")
    if name is None or email is None or sheet.family_first:
        return
    reversed_: list[tuple[int, str]] = []
    for line, cells in sheet.rows:
        match _way_round(cells[name], cells[email]) if len(cells) > max(name, email) else 0:
            case 1:
                return
            case -1:
                reversed_.append((line, cells[name].split()[0]))
    if len(reversed_) >= ENOUGH:
        line, family = reversed_[0]
        what = f"a card would say '{family}', which is a family name by the e-mail addresses"
        hint = (
            "if it is, call the column 'Surname, first name'; if not, a column 'called' says what cards say"
        )
        found.add(warning(sheet.place(line, "name"), what, hint))


def _way_round(name: str, address: str) -> int:
    """Return 1 where an address, as ``anna.berg@``, has the name's order, -1 the other one, else 0."""
    words = fold(name).split()
    parts = re.split(r"[._-]", fold(address.partition("@")[0]))
    if "," in name or len(words) != _SURE or len(parts) != _SURE or words[0] == words[1]:
        return 0
    if parts[1] == words[1] and parts[0] in {words[0], words[0][:1]}:
        return 1
    return -1 if parts[1] == words[0] and parts[0] in {words[1], words[1][:1]} else 0


def join(sheets: Iterable[Sheet], found: Found) -> dict[str, Entry]:
    """Return everyone by id, in the order in which the files name them first."""
    joined = _Joined(found)
    taken = tuple(sheets)
    for sheet in taken:
        joined.take(sheet)
    if not any("called" in sheet.fields for sheet in taken):
        for sheet in taken:
            _ask_order(sheet, found)
    return {ident: entry for ident, entry in joined.by_id.items() if entry.text("name")}
