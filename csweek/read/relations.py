"""Everyone's manager and deputy, also where these are in no file any more."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from csweek.errors import Problem
from csweek.model.people import Former
from csweek.read.entries import Cell, Entry
from csweek.read.finder import Finder
from csweek.read.found import Found
from csweek.read.source import warning
from csweek.read.wrong import Wrong

Known = Callable[[], Iterable[Former]]
"""Gives those whom the last plan knew; asked only where somebody is named who is in no file."""


def nobody() -> Iterable[Former]:
    """Return whom the last plan knew where there is none."""
    return ()


class Relations(NamedTuple):
    """Who answers to whom, and those of the named who have gone."""

    of: Mapping[str, Mapping[str, str]]
    """Manager and deputy of everyone by id, as far as there are any."""
    gone: tuple[Former, ...]


def relations(
    entries: Mapping[str, Entry], names: Mapping[str, str], known: Known, found: Found
) -> Relations:
    """Return everyone's manager and deputy; of one who has gone the manager above takes the place."""
    search = _Search(entries, names, known)
    related = {ident: _relatives(entry, names, search, found) for ident, entry in entries.items()}
    for (column, ident), named in search.missed.items():
        found.add(_gone(column, search.former[ident], named, names, search))
    for (old, ident), cells in search.renamed.items():
        found.add(_renamed(old, names[ident], cells))
    for (column, _), (wrong, cells) in search.unknown.items():
        found.add(_unknown(column, wrong, cells), f"unknown {column}")
    return Relations(related, tuple(dict.fromkeys(search.former[ident] for _, ident in search.missed)))


def _relatives(entry: Entry, names: Mapping[str, str], search: "_Search", found: Found) -> Mapping[str, str]:
    related = {
        column: who for column in ("manager", "deputy") if (who := search.who(column, entry)) is not None
    }
    if related.get("manager") == entry.id:
        del related["manager"]
        if entry.id not in search.heirs:
            message = f"{names[entry.id]} is their own manager; taken as having none"
            hint = "leave the cell empty for whoever is at the top"
            found.add(warning(entry.cells["manager"].place, message, hint))
    return related


class _Search:
    """Finds who is meant, each different text once."""

    def __init__(self, entries: Mapping[str, Entry], names: Mapping[str, str], known: Known) -> None:
        self._entries = entries
        self._known = known
        self._finder = Finder(
            ((ident, names[ident], one.text("email")) for ident, one in entries.items()),
            family_first=any(one.cells["name"].sheet.family_first for one in entries.values()),
        )
        self._former: tuple[Finder, Finder] | None = None
        self._memo: dict[str, str | Wrong] = {}
        self._old: set[str] = set()
        """Texts that name somebody as the last plan knew them."""
        self.former: dict[str, Former] = {}
        """Those whom the last plan knew and no file has, once they were asked for."""
        self.missed: dict[tuple[str, str], list[Cell]] = {}
        """Where somebody who has gone is named, by column and id."""
        self.renamed: dict[tuple[str, str], list[Cell]] = {}
        """Where somebody has the name that the last plan knew, by that text and their id."""
        self.unknown: dict[tuple[str, str], tuple[Wrong, list[Cell]]] = {}
        """Where somebody is named whom nobody knows, by column and text."""
        self.heirs: set[str] = set()
        """Those who take the place of a manager who has gone."""

    def who(self, column: str, entry: Entry) -> str | None:
        """Return the id of whom a cell means; None, and noted, for one who is not known."""
        cell = entry.cells.get(column)
        if cell is None:
            return None
        if cell.text not in self._memo:
            self._memo[cell.text] = self._found(cell.text)
        who = self._memo[cell.text]
        if isinstance(who, Wrong):
            self.unknown.setdefault((column, cell.text), (who, []))[1].append(cell)
            return None
        if who in self._entries:
            if cell.text in self._old:
                self.renamed.setdefault((cell.text, who), []).append(cell)
            return who
        self.missed.setdefault((column, who), []).append(cell)
        return self.above(who) if column == "manager" else None

    def _found(self, text: str) -> str | Wrong:
        try:
            return self._finder.find(text)
        except Wrong as wrong:
            gone, before = self._among_former()
            for finder in (gone, before):
                try:
                    who = finder.find(text)
                except Wrong:
                    continue
                if finder is before:
                    self._old.add(text)
                return who
            return wrong

    def _among_former(self) -> tuple[Finder, Finder]:
        """Return finders of those who have gone, and of those here by what they were called before."""
        if self._former is None:
            known = list(self._known())
            self.former = {one.id: one for one in known if one.id not in self._entries}
            here = [one for one in known if one.id in self._entries]
            gone, before = (
                Finder((one.id, one.name, one.email) for one in some) for some in (self.former.values(), here)
            )
            self._former = (gone, before)
        return self._former

    def above(self, gone: str) -> str | None:
        """Return the first manager above somebody who has gone who is still here."""
        seen: set[str] = set()
        current: str | None = gone
        while current in self.former and current not in seen:
            seen.add(current)
            current = self.former[current].manager
        if current is None or current not in self._entries:
            return None
        self.heirs.add(current)
        return current


def _renamed(old: str, name: str, cells: Sequence[Cell]) -> Problem:
    """Return the one warning on a name that somebody had in the last plan, in however many rows."""
    rows = "1 row still names" if len(cells) == 1 else f"{len(cells)} rows still name"
    message = f"{cells[0].column}: {rows} '{old}', who is {name} now: they are taken for the same"
    return warning(cells[0].place, message, f"write {name} into these rows, or the id")


def _unknown(column: str, wrong: Wrong, cells: Sequence[Cell]) -> Problem:
    """Return the one error on a name that nobody has, in however many rows."""
    more = len(cells) - 1
    rows = f" (here and in {more} more row{'' if more == 1 else 's'})" if more else ""
    return Problem(cells[0].place, f"{column}: {wrong}{rows}", wrong.hint)


def _gone(
    column: str, former: Former, cells: Sequence[Cell], names: Mapping[str, str], search: _Search
) -> Problem:
    """Return the one warning on somebody who has gone, however many still name them."""
    people = "1 person" if len(cells) == 1 else f"{len(cells)} people"
    heir = search.above(former.id) if column == "manager" else None
    if column == "deputy":
        instead = "nobody is taken for them"
    elif heir is None:
        instead = "organisers stand in"
    else:
        instead = f"{names[heir]}, the manager above, takes their place"
    message = (
        f"{column}: {former.name} is in no people file any more, yet {people} still have them; {instead}"
    )
    return warning(cells[0].place, message, f"write a new {column} into these rows, or leave them empty")
