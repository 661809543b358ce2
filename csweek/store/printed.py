"""Which cards were printed, on which sheet and place."""

import sqlite3
from collections.abc import Iterable

from csweek.model.cards import PrintedCard
from csweek.rows.values import instant, moment, serial

_COLUMNS = "serial, person, sheet, number, place, at"


def record(db: sqlite3.Connection, cards: Iterable[PrintedCard]) -> None:
    """Keep cards as printed; the same card printed again at the same time is kept once."""
    rows = ((serial(one.event), *one[1:5], instant(one.at)) for one in cards)
    db.executemany(f"INSERT OR REPLACE INTO printed ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", rows)  # noqa: S608 - our own words


def printed(db: sqlite3.Connection, event: str | None = None) -> tuple[PrintedCard, ...]:
    """Return what was printed of an event (None: of all), the earliest first."""
    where = "" if event is None else "WHERE serial = ?"
    query = f"SELECT {_COLUMNS} FROM printed {where} ORDER BY at, number, place"  # noqa: S608 - our own words
    found = db.execute(query, [] if event is None else [serial(event)])
    return tuple(
        PrintedCard(f"e{number}", person, sheet, page, place, moment(at))
        for number, person, sheet, page, place, at in found
    )
