"""The people files of a workspace, of whatever kind they are, as one organisation."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from csweek.errors import Problem
from csweek.folder import YAML
from csweek.model.basics import Place
from csweek.model.people import People
from csweek.names import near
from csweek.read import column_words
from csweek.read.columns import Column, Layout, Sheet, recognise
from csweek.read.entries import join
from csweek.read.found import Found
from csweek.read.people import read_values, turn_names
from csweek.read.relations import Known, nobody
from csweek.read.resolve import Surroundings, resolve
from csweek.read.settings import Workspace, as_key, default_settings
from csweek.read.source import AS_UTF8, IN_EXCEL, Files, Problems, decode, failed, warning
from csweek.read.tables import EXCEL, Row, Table, read_csv, read_excel
from csweek.read.tree import Plain, parse
from csweek.read.workspace_shapes import DefaultsShape, PeopleFileShape

LOOKED_AT = 5
"""Rows in which names are looked for."""
_NAME = re.compile(r"[^\W\d_]+(?:(?:, ?|[ .'’-]+)[^\W\d_]+)+\.?|[가-힣]{2,4}")
NOBODY = "write one person into each line below the header"
EMPTY_PEOPLE = "write 'name' and other headers into the first line, and one person into each line below"


def read_people(
    workspace: Workspace | None, files: Files, known: Known = nobody
) -> tuple[People, tuple[Column, ...], Problems]:
    """Return everyone in the people files of a workspace; ``known`` gives those of the last plan.

    Nobody where a file could not be read to its end: those in it would be missed everywhere.
    """
    shapes = (workspace.shape.people if workspace else None) or []
    layout, problems = _layout(workspace)
    unread: Problems = ()
    tables: list[Table] = []
    named: set[tuple[str, str | None]] = set()
    for number, shape in enumerate(shapes):
        asked = workspace.tree.at("people", number, "file") if workspace else None
        one = (os.path.abspath((files.root or Path()) / shape.file), shape.sheet)  # noqa: PTH100 - resolves no ".."
        if one in named:
            hint = "leave it out here, or name the file that was meant"
            problems = (*problems, warning(asked, f"{shape.file} is named twice", hint))
            continue
        named.add(one)
        table, found = people_table(shape, files, asked)
        unread = (*unread, *found)
        tables += [table] if table else []
    around = replace(surroundings(workspace, known), whole=not failed(unread))
    people, columns, found = read_tables(tables, layout, around)
    return (people if around.whole else People()), columns, (*problems, *unread, *found)


def surroundings(workspace: Workspace | None, known: Known = nobody) -> Surroundings:
    """Return what people fall back on."""
    if workspace is None:
        return Surroundings(default_settings(), {}, DefaultsShape())
    shape = workspace.shape
    return Surroundings(workspace.settings, shape.teams or {}, shape.defaults, known=known)


def read_tables(
    tables: list[Table], layout: Layout, around: Surroundings
) -> tuple[People, tuple[Column, ...], Problems]:
    """Return the people of tables that belong together."""
    found = Found()
    sheets: list[Sheet] = []
    columns: tuple[Column, ...] = ()
    for table in tables:
        sheet, seen, problems = recognise(table, layout, "name")
        columns = (*columns, *seen)
        for problem in problems:
            found.add(problem)
        if sheet is None:
            found.add(Problem(Place(table.file), "this file is empty", EMPTY_PEOPLE))
        elif usable(sheet, seen[0].place if seen else Place(table.file), found, first=not sheets):
            sheets.append(sheet)
            if not (sheet.rows or table.cut or failed(problems)):
                found.add(warning(Place(table.file), "nobody is in this file, it has only a header", NOBODY))
    entries = join(sheets, found)
    read = read_values(entries, found)
    people = resolve(entries, read, turn_names(entries, found), around, found)
    return people, columns, found.all()


def usable(sheet: Sheet, head: Place, found: Found, *, first: bool) -> bool:
    """Whether a sheet says whom its rows are about; ``head`` is where its header stands."""
    wanted = {"name", column_words.GIVEN} if first else {"name", column_words.GIVEN, "id", "email"}
    if wanted & set(sheet.fields) or {column_words.FAMILY, "called"} <= set(sheet.fields):
        return True
    if not sheet.headers:
        found.add(Problem(head, "no column holds the name", "add a column 'name'"))
        return False
    headers = ", ".join(sheet.headers)
    if len(sheet.headers) == 1 and re.search(r"[,;|]", headers):
        hint = "divide the cells by commas, semicolons or tabs, without quotation marks around a whole line"
        found.add(Problem(head, f"a whole line is one cell here: '{headers}'", hint))
        return False
    if others := sheet.table.others:
        which = f"people: {{file: …, sheet: {as_key(others[0])}}}"
        hint = f"is the list on another sheet ({', '.join(others)})? then say so in csweek.yaml: {which}"
        found.add(Problem(head, f"no column holds the name; there are: {headers}", hint))
        return False
    likely = _likely_name(sheet)
    if likely is None and {"id", "email"} & set(sheet.fields):
        hint = "if it adds to another list, say so in csweek.yaml, behind that one:"
        lines = (f"people: [people.csv, {as_key(Path(head.file).name)}]",)
        found.add(Problem(head, "no column holds the name", hint, lines=lines))
        return False
    hint = "call one of them 'name', or say in csweek.yaml which it is:"
    lines = (f"columns: {{name: {likely or sheet.headers[0]}}}",)
    found.add(Problem(head, f"no column holds the name; there are: {headers}", hint, lines=lines))
    return False


def _likely_name(sheet: Sheet) -> str | None:
    """Return the header of the first unknown column whose cells look like names, None where none do."""
    for header, column in sheet.extra.items():
        texts = [row.cells[column] for row in sheet.rows[:LOOKED_AT] if column < len(row.cells)]
        if any(texts) and all(_NAME.fullmatch(text) for text in texts):
            return header
    return None


def _layout(workspace: Workspace | None) -> tuple[Layout, Problems]:
    chosen: dict[str, str] = {}
    problems: list[Problem] = []
    for field, headers in ((workspace.shape.columns if workspace else None) or {}).items():
        if field not in column_words.PEOPLE and workspace is not None:
            place = workspace.tree.at("columns", field, key=True)
            problems.append(Problem(place, f"there is no field '{field}'", _field_hint(field)))
        chosen |= {column_words.plain(header): field for header in headers}
    return Layout(column_words.OF_PEOPLE, chosen), tuple(problems)


def _field_hint(field: str) -> str:
    meant = near(field, column_words.PEOPLE) or column_words.OF_PEOPLE.get(column_words.plain(field))
    return (
        f"did you mean '{meant}'?"
        if meant
        else f"write field: header; the fields are {', '.join(column_words.FIELDS)}"
    )


def people_table(shape: PeopleFileShape, files: Files, asked: Place | None) -> tuple[Table | None, Problems]:
    """Return the rows of a people file, of whatever kind it is."""
    path = (files.root or Path()) / shape.file
    content, problems = files.read(path, asked)
    if content is None:
        return None, problems
    file, ending = files.shown(path), path.suffix.lower()
    if not content.strip():
        return None, (Problem(Place(file), "this file is empty", EMPTY_PEOPLE),)
    if ending in EXCEL:
        return read_excel(content, file, shape.sheet)
    hint = f"{IN_EXCEL}, or say in csweek.yaml people: {{file: {shape.file}, encoding: cp1252}}"
    text, problems = decode(content, file, encoding=shape.encoding, hint=AS_UTF8 if ending in YAML else hint)
    if text is None:
        return None, problems
    return listed(text, file) if ending in YAML else read_csv(text, file)


def said_in(file: Path, field: str) -> Iterator[str]:
    """Yield what a people file says in the column of a field; nothing where it cannot be read."""
    table, _ = people_table(PeopleFileShape(file=str(file)), Files(None), None)
    sheet = recognise(table, Layout(column_words.OF_PEOPLE, {}), "name")[0] if table else None
    column = sheet.fields.get(field) if sheet else None
    for _, cells in sheet.rows if sheet else ():
        if column is not None and column < len(cells) and cells[column]:
            yield cells[column]


_LIST_HINT = "write '- name: …' for each person"


class Listed(Table, frozen=True, dict=True):
    """People written as YAML: a row is one of the list, its cells stand where they are written."""

    places: Mapping[tuple[int, int], Place] = {}

    def place(self, line: int, cell: int) -> Place:
        """Return where a value stands, else its person."""
        return self.places.get((line, cell)) or Place(self.file, line)


def listed(text: str, file: str) -> tuple[Table | None, Problems]:
    """Return the rows of a YAML list of people."""
    tree, problems = parse(text, file)
    if tree is None:
        return None, problems or (Problem(Place(file), "this file is empty", _LIST_HINT),)
    data = tree.data
    if not isinstance(data, list):
        return None, (*problems, Problem(tree.at(), "this should be a list of people", _LIST_HINT))
    people = [(number, one) for number, one in enumerate(data) if isinstance(one, dict)]
    wrong = [
        Problem(tree.at(number), "this should be a person", _LIST_HINT)
        for number, one in enumerate(data) if not isinstance(one, dict)
    ]  # fmt: skip
    header = tuple(dict.fromkeys(key for _, one in people for key in one))
    rows = [Row(0, header)]
    places: dict[tuple[int, int], Place] = {}
    for number, one in people:
        line = tree.at(number).line
        rows.append(Row(line, tuple(_flat(one.get(key)) for key in header)))
        places |= {(line, header.index(key)): tree.at(number, key) for key in one}
        for key in one:
            places.setdefault((0, header.index(key)), tree.at(number, key, key=True))
    return Listed(file, tuple(rows), places=places), (*problems, *wrong)


def _flat(value: Plain) -> str:
    if isinstance(value, list):
        return ", ".join(_flat(one) for one in value)
    return "" if value is None else str(value).strip()
