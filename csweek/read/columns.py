"""Which column of a table is what."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from csweek.errors import Problem
from csweek.model.basics import Place, cell_name
from csweek.names import fold, near
from csweek.read import column_words, words
from csweek.read.found import cut
from csweek.read.source import Problems, warning
from csweek.read.tables import Row, Table

HEADER_WITHIN = 50
"""Rows in which the header is looked for: spreadsheets like to begin with a title."""


class Column(Struct, frozen=True, dict=True):
    """A column as it was found: ``field`` None where it is kept as an extra one or not at all."""

    place: Place
    header: str
    field: str | None


class Sheet(Struct, frozen=True, dict=True):
    """A table whose columns are known: where the fields stand, and the other columns by header."""

    table: Table
    fields: Mapping[str, int]
    extra: Mapping[str, int]
    rows: tuple[Row, ...]
    headers: tuple[str, ...]
    family_first: bool = False
    """Whether names begin with the family name, without a comma."""

    def place(self, line: int, name: str) -> Place:
        """Return where a field or extra column of a row stands."""
        cell = self.fields.get(name, self.extra.get(name))
        return Place(self.table.file, line) if cell is None else self.table.place(line, cell)


_REMARK = re.compile(r"\([^)]*\)|\[[^]]*\]")
"""What a header says beside its name, as in ``Manager (ID)``."""


class Layout(Struct, frozen=True, dict=True):
    """What the columns of a table are to be called."""

    known: Mapping[str, str]
    """Field by plain header."""
    chosen: Mapping[str, str]
    """Field by plain header, as the user says; goes first. Empty where it is none, whatever it is called."""
    refuse: bool = True
    """Whether columns that look like identity numbers are refused."""

    def field(self, header: str, taken: Collection[str | None] = ()) -> str | None:
        """Return the field that a header stands for; those taken are only for the headers chosen for them."""
        plain = column_words.plain(header)
        if plain in self.chosen:
            return self.chosen[plain] or None
        known = self.known.get(plain) or self._of_parts(_REMARK.sub(" ", header))
        return None if known in taken else known

    def _of_parts(self, header: str) -> str | None:
        """Return the field of a header that says one thing in one way or in several: ``Team / Grupp``."""
        meant = {self.known.get(column_words.plain(part)) for part in header.split("/")}
        return meant.pop() if len(meant) == 1 else None


def recognise(table: Table, layout: Layout, needed: str) -> tuple[Sheet | None, tuple[Column, ...], Problems]:
    """Return the table with its columns known; ``needed`` tells its header from a title above it."""
    if not table.rows:
        return None, (), ()
    start = _header(table.rows, layout, needed)
    head, body = table.rows[start], table.rows[start + 1 :]
    answers = _answers(head, body, layout)
    found, problems = _columns(table, head, replace(layout, chosen={**layout.chosen, **answers}))
    fields = {c.field: n for n, c in found.items() if c.field}
    extra = {c.header: n for n, c in found.items() if not c.field}
    columns = tuple(found[n] for n in sorted(found))
    rows, misfits = _fitting(table, head, body)
    family_first = any(column_words.begins_with_family(c.header) for c in columns if c.field in _NAMED)
    sheet = Sheet(table, fields, extra, rows, tuple(c.header for c in columns), family_first)
    merged = cut(list(_merged(table, head, found)))
    return sheet, columns, (*problems, *misfits, *_headless(table, head, rows), *merged)


def with_columns(
    table: Table, layout: Layout, needed: Sequence[str], hint: str
) -> tuple[Sheet | None, Problems]:
    """Return the table with its columns known, None where it lacks one that is needed.

    The last of those tells its header from a title above it.
    """
    sheet, _, problems = recognise(table, layout, needed[-1])
    if sheet is None:
        return None, (*problems, Problem(Place(table.file), "this file is empty", hint))
    if missing := [name for name in needed if name not in sheet.fields]:
        place = Place(table.file, table.rows[0].line)
        text = f"there is no column {' or '.join(map(repr, missing))}"
        return None, (*problems, Problem(place, text, hint))
    return sheet, problems


_NAMED = frozenset({"name", "person"})
"""Fields whose cells name the one whom a row is about."""
_SOMEBODY = frozenset({"manager", "deputy"})
"""Fields whose cells name somebody."""
_YES_OR_NO = {fold(word) for word in words.TRUTHS if word and not word.isdecimal()}


def _answers(head: Row, body: Iterable[Row], layout: Layout) -> dict[str, str]:
    """Return what the cells of some columns say of their headers, by plain header.

    Columns of yes and no, as in ``Manager (Y/N)``, name nobody; days are no names.
    """
    rows = tuple(body)
    said = {
        header: {fold(row.cells[n]) for row in rows if n < len(row.cells)} - {""}
        for n, header in enumerate(head.cells)
        if layout.field(header) in _SOMEBODY and column_words.plain(header) not in layout.chosen
    }
    named = {
        column_words.plain(header): "" for header, texts in said.items() if texts and texts <= _YES_OR_NO
    }
    return named | _since(head, rows, layout)


def _since(head: Row, rows: Iterable[Row], layout: Layout) -> dict[str, str]:
    """Return the headers like the Swedish ``Anställd`` whose cells are no names but days."""
    for number, header in enumerate(head.cells):
        plain = column_words.plain(header)
        if plain in _NAME_OR_DAY and plain not in layout.chosen:
            texts = [row.cells[number] for row in rows if number < len(row.cells) and row.cells[number]]
            if texts and not any(letter.isalpha() for text in texts for letter in text):
                return {plain: "start_date"}
    return {}


_NAME_OR_DAY = frozenset(map(column_words.plain, ("anställd", "employed")))


def _header(rows: tuple[Row, ...], layout: Layout, needed: str) -> int:
    scores = [_score(row, layout, needed) for row in rows[:HEADER_WITHIN]]
    return scores.index(max(scores)) if max(scores) > 1 else 0


def _score(row: Row, layout: Layout, needed: str) -> int:
    fields = {layout.field(cell) for cell in row.cells if cell} - {None}
    return len(fields) * (2 if needed in fields else 1)


def _columns(table: Table, head: Row, layout: Layout) -> tuple[dict[int, Column], Problems]:
    found: dict[int, Column] = {}
    problems: list[Problem] = []
    taken = {layout.chosen.get(column_words.plain(cell)) for cell in head.cells}
    for number, cell in enumerate(head.cells):
        header, place = " ".join(cell.split()), table.place(head.line, number)
        if not header:
            continue
        if (
            layout.refuse
            and column_words.plain(header) in _REFUSED
            and column_words.plain(header) not in layout.chosen
        ):
            problems.append(refused(place, header))
            continue
        field = layout.field(header, taken)
        if twice := _twice(header, field, found.values(), place):
            problems.append(twice)
            continue
        found[number] = Column(place, header, field)
    return found, (*problems, *_alike(found.values(), layout))


def refused_cell(place: Place, header: str) -> Problem:
    """Return the refusal of a single such number."""
    message = f"{header}: this looks like a national identity number; csweek does not take these in"
    return Problem(place, message, "delete it; a staff number or the e-mail serves as id")


_REFUSED = {column_words.plain(header) for header in column_words.IDENTITY}


def refused(place: Place, header: str) -> Problem:
    """Return the refusal of a number that identifies a citizen; its value is never shown."""
    message = f"the column '{header}' looks like a national identity number; csweek does not take these in"
    return Problem(place, message, "delete the column; a staff number or the e-mail serves as id")


def _twice(header: str, field: str | None, found: Iterable[Column], place: Place) -> Problem | None:
    for other in found:
        if field is not None and other.field == field:
            say = f"; or say in csweek.yaml columns: {{{field}: {other.header}}}"
            hint = "delete one, or rename it" + (say if other.header != header else "")
            return Problem(place, f"both '{other.header}' and '{header}' are the {field}", hint)
        if field is None and other.header == header:
            return Problem(place, f"there are two columns '{header}'", "rename one of them")
    return None


def _alike(columns: Iterable[Column], layout: Layout) -> Problems:
    return tuple(
        warning(c.place, f"the column '{c.header}' is not known and is kept as an extra one",
                f"did you mean '{guess}'? say in csweek.yaml columns: "
                f"{{{layout.known[column_words.plain(guess)]}: {c.header}}}")
        for c in columns
        if c.field is None
        and column_words.plain(c.header) not in layout.chosen
        and (guess := near(c.header, _headers(layout), 0.82))
    )  # fmt: skip


def _headers(layout: Layout) -> list[str]:
    return [
        word
        for field, names in column_words.PEOPLE.items()
        for word in (field, *names)
        if field in layout.known.values()
    ]


def _fitting(table: Table, head: Row, body: Iterable[Row]) -> tuple[tuple[Row, ...], Problems]:
    width = len(head.cells)
    rows: list[Row] = []
    problems: list[Problem] = []
    for row in body:
        over = next((n for n, cell in enumerate(row.cells) if n >= width and cell), None)
        if over is None:
            rows.append(row)
            continue
        message = f"this row has {len(row.cells)} cells, the header has {width}"
        hint = f"put text that contains {_SIGNS.get(table.delimiter, 'a comma')} into double quotes"
        problems.append(Problem(table.place(row.line, over), message, hint))
    return tuple(rows), tuple(cut(problems))


def _headless(table: Table, head: Row, rows: Iterable[Row]) -> Iterable[Problem]:
    bare = [number for number, cell in enumerate(head.cells) if not cell]
    for row in rows if bare else ():
        if lost := [n for n in bare if n < len(row.cells) and row.cells[n]]:
            hint = "write one into the first line, or delete the column"
            yield warning(table.place(row.line, lost[0]), "this column has no header, and is not read", hint)
            return


def _merged(table: Table, head: Row, columns: Collection[int]) -> Iterable[Problem]:
    """Yield a warning for each range of merged cells in the header or below it that holds something."""
    texts = dict(table.rows)
    for one in table.merged:
        (line, cell), last = one
        cells = texts.get(line, ())
        held = cells[cell] if cell < len(cells) else ""
        headed = line <= head.line or any(cell <= column <= last[1] for column in columns)
        if held and headed and last[0] >= head.line:
            first = cell_name(line, cell + 1)
            message = (
                f"the cells {one} of the sheet '{table.sheet}' are merged: "
                f"only {first} counts, the others are read as empty"
            )
            yield warning(table.place(line, cell), message, _UNMERGE)


_UNMERGE = (
    "unmerge them (in Excel: Home, Merge & Center) and write the text into each cell that it is meant for"
)
_SIGNS = {",": "a comma", ";": "a semicolon", "\t": "a tab"}


# --- identity numbers ----------------------------------------------------------------------------

_DIGITS = re.compile(r"[\d\s-]{9,15}")


@lru_cache(maxsize=20_000)
def identifies(text: str) -> bool:
    """Whether a cell holds a Swedish, Korean, Bosnian, US or Canadian identity number."""
    if not (text[:1].isdigit() and text[-1].isdigit() and _DIGITS.fullmatch(text.replace("+", "-"))):
        return False
    digits = re.sub(r"\D", "", text)
    return any(shape.fullmatch(text) and holds(digits) for shape, holds in _SHAPES)


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (2 if n % 2 else 1) for n, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _dated(month: str, day: str) -> bool:
    try:
        date(2028, int(month), int(day) % 60 or int(day))
    except ValueError:
        return False
    return True


def _swedish(digits: str) -> bool:
    return _luhn(digits[-10:]) and _dated(digits[-8:-6], digits[-6:-4])


def _bosnian(digits: str) -> bool:
    weights = (7, 6, 5, 4, 3, 2) * 2
    check = 11 - sum(w * int(d) for w, d in zip(weights, digits, strict=False)) % 11
    return _dated(digits[2:4], digits[:2]) and int(digits[-1]) == (0 if check > 9 else check)


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(r"(?:\d{8}|\d{6}(?=[-+]))[-+]?\d{4}"), _swedish),
    (re.compile(r"\d{6}-?[1-8]\d{6}"), lambda korean: _dated(korean[2:4], korean[4:6])),
    (re.compile(r"\d{13}"), _bosnian),
    (re.compile(r"(?!000|666|9)\d{3}-\d{2}-\d{4}"), bool),  # of the United States: no check digit
    (re.compile(r"\d{3}[ -]\d{3}[ -]\d{3}"), _luhn),  # Canadian
)
