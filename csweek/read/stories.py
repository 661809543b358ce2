"""stories.csv: what somebody truly did or met, as it was told."""

from collections.abc import Callable, Mapping
from typing import Any

from csweek.errors import Problem
from csweek.model.basics import Place
from csweek.model.inputs import Story
from csweek.read import column_words, dates, words
from csweek.read.columns import Layout, Sheet, identifies, refused_cell, with_columns
from csweek.read.found import Found
from csweek.read.source import Problems
from csweek.read.tables import Row, Table
from csweek.read.wrong import Wrong

LAYOUT = Layout(column_words.known(column_words.STORIES), {})
EMPTY_HINT = "write date,person,kind,text,by,consent,answer in its first line, or delete the file"
_NEEDED = ("date", "person", "text")


def read_stories(table: Table, find: Callable[[str], str]) -> tuple[tuple[Story, ...], Problems]:
    """Return the stories of a table; ``find`` gives a person's id, or raises Wrong."""
    sheet, problems = with_columns(table, LAYOUT, _NEEDED, EMPTY_HINT)
    found = Found()
    stories = [_story(sheet, row, find, found) for row in sheet.rows] if sheet else []
    return tuple(filter(None, stories)), (*problems, *found.all())


def _story(sheet: Sheet, row: Row, find: Callable[[str], str], found: Found) -> Story | None:
    texts = {name: row.cells[n] for name, n in sheet.fields.items() if n < len(row.cells)}
    read = {name: _value(name, parse, texts, (sheet, row), found) for name, parse in _parsers(find).items()}
    if None in (read["date"], read["person"], read["kind"], read["text"], read["consent"]):
        return None
    place = Place(sheet.table.file, row.line)
    return Story(**read, place=place, by=texts.get("by", ""), answer=texts.get("answer", ""))


def _parsers(find: Callable[[str], str]) -> Mapping[str, Callable[[str], Any]]:
    return {"date": dates.day, "person": find, "kind": _kind, "text": _text, "consent": words.truth}


def _kind(text: str) -> Any:  # noqa: ANN401 - a StoryKind, which is no class
    return words.kind(text) if text else "wow"


def _text(text: str) -> str:
    if not text:
        raise Wrong("this story has no words", "write what was done, or delete the row")
    return text


def _value(
    name: str, parse: Callable[[str], Any], texts: Mapping[str, str], at: tuple[Sheet, Row], found: Found
) -> Any:  # noqa: ANN401 - whatever it parses
    text = texts.get(name, "")
    if name in {"date", "person"} and not text:
        found.add(Problem(at[0].place(at[1].line, name), f"{name}: this is empty", f"write the {name}"), name)
        return None
    if identifies(text):
        found.add(refused_cell(at[0].place(at[1].line, name), name), name)
        return None
    try:
        return parse(text)
    except Wrong as wrong:
        found.add(Problem(at[0].place(at[1].line, name), f"{name}: {wrong}", wrong.hint), name)
        return None
