"""Checks of files given by name: a csweek.yaml, a theme, people, stories or metrics."""

from pathlib import Path

from csweek import folder
from csweek.errors import Problem
from csweek.model.basics import Place
from csweek.read import column_words
from csweek.read.columns import Column, Layout, recognise
from csweek.read.metrics import LAYOUT as METRIC_LAYOUT
from csweek.read.metrics import read_metrics
from csweek.read.roster import people_table, read_tables, surroundings
from csweek.read.source import Files, Problems, decode, in_order
from csweek.read.stories import LAYOUT as STORY_LAYOUT
from csweek.read.stories import read_stories
from csweek.read.tables import EXCEL, Table
from csweek.read.theme import read_theme_file
from csweek.read.tree import Tree, parse
from csweek.read.workspace import read
from csweek.read.workspace_shapes import PeopleFileShape

_PEOPLE = Layout(column_words.OF_PEOPLE, {})
TABLES = frozenset({".csv", ".tsv", ".txt"}) | EXCEL


def check_file(path: Path) -> Problems:
    """Return what is wrong with one file: as part of its workspace if it belongs to one, else alone."""
    root = folder.find(path.absolute().parent)
    files = Files(root)
    if path.name == folder.WORKSPACE and root is not None:
        return read(root).problems
    reading = read(root) if root is not None else None
    if reading is not None and folder.key(path, root) in reading.files:
        return tuple(p for p in reading.problems if p.place and p.place.file == files.shown(path))
    if path.suffix.lower() in folder.YAML:
        return in_order(_yaml(path, files))
    if path.suffix.lower() in TABLES:
        return in_order(_table(path, files))
    if not path.exists():
        return files.read(path)[1]
    hint = "it can be a .yaml, .csv, .xlsx or .ics"
    return (Problem(Place(files.shown(path)), "csweek does not know this kind of file", hint),)


def columns_of(path: Path) -> tuple[Column, ...]:
    """Return what the columns of a people file were understood as; none of any other file."""
    root = folder.find(path.absolute().parent)
    files = Files(root)
    reading = read(root) if root is not None else None
    if reading is not None and folder.key(path, root) in reading.files:
        return tuple(one for one in reading.columns if one.place.file == files.shown(path))
    if path.suffix.lower() not in TABLES:
        return ()
    table, _ = people_table(PeopleFileShape(file=str(path.absolute())), files, None)
    if table is None or _holds_stories(table) or _holds_metrics(table):
        return ()
    return recognise(table, _PEOPLE, "name")[1]


def _yaml(path: Path, files: Files) -> Problems:
    content, problems = files.read(path)
    if content is None:
        return problems
    text, problems = decode(content, files.shown(path))
    if text is None:
        return problems
    tree, _ = parse(text, files.shown(path))
    if tree is not None and isinstance(tree.root.value, list):
        return _table(path, files)
    if tree is not None and _is_workspace(tree):
        hint = f"call it {folder.WORKSPACE} and put it into a folder of its own"
        return (Problem(Place(files.shown(path)), "this is a workspace under another name", hint),)
    return read_theme_file(path, files)[1]


def _is_workspace(tree: Tree) -> bool:
    keys = tree.root.value if isinstance(tree.root.value, dict) else {}
    return "theme" in keys and "actions" not in keys


def _table(path: Path, files: Files) -> Problems:
    shape = PeopleFileShape(file=str(path.absolute()))
    table, problems = people_table(shape, files, None)
    if table is None:
        return problems
    if _holds_stories(table):
        return (*problems, *read_stories(table, str)[1])  # without the people files everybody may be there
    if _holds_metrics(table):
        return (*problems, *read_metrics(table)[1])
    return (
        *problems,
        *read_tables([table], _PEOPLE, surroundings(None))[2],
    )


def _holds_stories(table: Table) -> bool:
    sheet, _, _ = recognise(table, STORY_LAYOUT, "text")
    return sheet is not None and {"date", "text"} <= set(sheet.fields)


def _holds_metrics(table: Table) -> bool:
    sheet, _, _ = recognise(table, METRIC_LAYOUT, "value")
    return sheet is not None and {"month", "value"} <= set(sheet.fields)
