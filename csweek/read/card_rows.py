"""A table of cards to print, one row each: who for, who from, why."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from csweek.errors import Problem
from csweek.model.basics import Place
from csweek.model.cards import CardRow
from csweek.model.people import People
from csweek.read import column_words, dates, values
from csweek.read.columns import Layout, Sheet, identifies, recognise, refused_cell
from csweek.read.finder import Finder, finder
from csweek.read.found import Found
from csweek.read.naming import given_first, turned
from csweek.read.roster import people_table
from csweek.read.source import Files, Problems
from csweek.read.tables import Row
from csweek.read.workspace_shapes import PeopleFileShape
from csweek.read.wrong import Wrong

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "person": (
        "person", "name", "who", "to", "for", "employee", "namn", "vem", "till",
        "이름", "직원", "받는 사람", "osoba", "ime", "ime i prezime", "za", *column_words.PEOPLE["name"],
    ),
    "email": column_words.PEOPLE["email"],
    "id": column_words.PEOPLE["id"],
    "called": (
        "called", "first name", "given name", "kallas", "förnamn", "tilltalsnamn",
        "호칭", "zovu ga", "nadimak",
    ),
    "family": column_words.PEOPLE[column_words.FAMILY],
    "sender": ("from", "sender", "giver", "owner", "från", "avsändare", "보내는 사람", "od", "pošiljalac"),
    "sender_title": ("sender's title", "sender title", "title", "titel", "직함", "titula", "funkcija"),
    "occasion": ("occasion", "line", "anledning", "tillfälle", "계기", "povod", "prilika"),
    "text": (
        "text", "message", "reason", "story", "words", "quote", "why",
        "meddelande", "skäl", "varför", "berättelse",
        "내용", "메시지", "이유", "tekst", "poruka", "razlog", "priča",
    ),
    "by": ("by", "told by", "customer", "av", "kund", "berättat av", "고객", "작성자", "kupac", "korisnik"),
    "trait": ("trait", "egenskap", "특성", "osobina"),
    "team": column_words.PEOPLE["team"],
    "date": ("date", "day", "datum", "dag", "날짜", "일자", "dan"),
    "locale": ("locale", "language", "språk", "언어", "jezik"),
}  # fmt: skip
_WHO = ("person", "email", "id")
"""Columns that say for whom a row is; each alone is enough."""
LAYOUT = Layout(column_words.known(COLUMNS), {})
_HINT = "write headers such as name, from, text into its first line, and one card into each line below"
_PARSERS: Mapping[str, Callable[[str], Any]] = {"date": dates.day, "locale": values.locale}


def read_rows(path: Path, people: People) -> tuple[tuple[CardRow, ...], Problems]:
    """Return the cards of a .csv, an Excel file or a YAML list.

    Where there are people, every row is for one of them, or for a guest who has only a ``called``.
    """
    table, problems = people_table(PeopleFileShape(file=str(path.absolute())), Files(None), None)
    if table is None:
        return (), problems
    sheet, _, found = recognise(table, LAYOUT, "person")
    problems = (*problems, *(one for one in found if one.is_error))
    if sheet is None or not sheet.rows:
        return (), (*problems, Problem(Place(table.file), "there is no row in this file", _HINT))
    if not {*_WHO, "called"} & set(sheet.fields):
        place = Place(table.file, table.rows[0].line)
        return (), (*problems, Problem(place, "there is no column 'name'", _HINT))
    reader = _Reader(sheet, finder(people, family_first=sheet.family_first) if len(people) else None)
    rows = [reader.row(row) for row in sheet.rows]
    return tuple(filter(None, rows)), (*problems, *reader.found.all())


class _Reader:
    """Reads the rows of one sheet; what is wrong is collected in ``found``."""

    def __init__(self, sheet: Sheet, people: Finder | None) -> None:
        self.sheet, self.people = sheet, people
        self.found = Found()

    def row(self, row: Row) -> CardRow | None:
        """Return a row, None where something in it is wrong."""
        texts = {name: row.cells[n] for name, n in self.sheet.fields.items() if n < len(row.cells)}
        extra = {name: (*row.cells, *[""] * n)[n] for name, n in self.sheet.extra.items()}
        wrong = [name for name, text in (texts | extra).items() if identifies(text)]
        for name in wrong:
            self.found.add(refused_cell(self.sheet.place(row.line, name), name), name)
        texts["person"] = self._whom(texts)
        read = {name: self._value(name, texts, row, parse) for name, parse in self._parsers().items()}
        named = texts.get("called") or texts["person"]
        if not named:
            self._wrong("person", row, Wrong("this is empty", "write the name, or delete the row"))
        if wrong or not named or any(isinstance(value, Wrong) for value in read.values()):
            return None
        free = ("sender", "sender_title", "occasion", "text", "by", "trait", "team")
        values: dict[str, Any] = {name: texts.get(name, "") for name in free} | read
        return CardRow(
            Place(self.sheet.table.file, row.line),
            texts.get("called", ""),
            name="" if read.get("person") else self._guest(texts["person"]),
            **values,
            text_place=self.sheet.place(row.line, "text"),
            extra=extra,
        )

    def _whom(self, texts: Mapping[str, str]) -> str:
        """Return what says for whom a row is: the first of name and address that is somebody.

        An id counts alone: beside a name it may be the number of the row.
        """
        given = [texts[name] for name in _WHO if texts.get(name)]
        if not texts.get("person") and texts.get("called") and texts.get("family"):
            whole = turned(f"{texts['family']}, {texts['called']}")
            if self._knows(whole):
                given.insert(0, whole)
        given = given[:-1] if texts.get("id") and len(given) > 1 else given
        known = (text for text in given if len(given) > 1 and self._knows(text))
        return next(known, given[0] if given else "")

    def _knows(self, text: str) -> bool:
        """Whether this is somebody, as everyone is where there are no people."""
        if self.people is None:
            return True
        with suppress(Wrong):
            return bool(self.people.find(text))
        return False

    def _guest(self, name: str) -> str:
        """Return a guest's name, given name first."""
        return given_first(name) if name and self.sheet.family_first and "," not in name else turned(name)

    def _parsers(self) -> Mapping[str, Callable[[str], Any]]:
        return {**_PARSERS, **({"person": self.people.find} if self.people else {})}

    def _value(self, name: str, texts: Mapping[str, str], row: Row, parse: Callable[[str], Any]) -> Any:  # noqa: ANN401 - whatever it parses
        if not texts.get(name):
            return None
        try:
            return parse(texts[name])
        except Wrong as wrong:
            self._wrong(name, row, wrong)
            return wrong

    def _wrong(self, name: str, row: Row, wrong: Wrong) -> None:
        column = next((one for one in _WHO if one in self.sheet.fields), name) if name == "person" else name
        hint = wrong.hint
        if name == "person" and self.people is not None:
            guest = "for a guest leave this empty and write the name under 'called'"
            before = wrong.hint or ""
            hint = f"{before}{' ' if before.endswith('?') else '; '}{guest}".lstrip("; ")
        self.found.add(Problem(self.sheet.place(row.line, column), f"{name}: {wrong}", hint), name)
