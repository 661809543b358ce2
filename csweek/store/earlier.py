"""What stands before a year, in the plans of the years before: read as a whole, never event by event."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date

from csweek.model.basics import Audience, Year

FAR = 53 * 7
"""Days before a year of which thanks and ideas are remembered; meetings are for ever."""
_BEFORE = """year IN (SELECT id FROM year WHERE label <> :label) AND day < :first AND day >= :since
    AND status NOT IN ('missed', 'cancelled') AND kind IN (SELECT value FROM json_each(:kinds))"""
_MEETINGS = """SELECT a.value, o.value, p.value FROM event JOIN recipient ON list = recipients
    JOIN text a ON a.id = action JOIN text o ON o.id = owner JOIN text p ON p.id = person WHERE """
_LAST = """SELECT value, max(day) FROM event JOIN recipient ON list = recipients
    JOIN text ON text.id = person WHERE """
_IDEAS = "SELECT value, kind, max(day) FROM event JOIN text ON text.id = subject WHERE "
Kinds = Mapping[int, Mapping[str, object]]


def meetings(db: sqlite3.Connection, year: Year) -> Iterator[tuple[str, str, str]]:
    """Yield action, owner and person of every small group before a year, the latest last."""
    kinds = [number for number, kind in _kinds(db, year).items() if kind["audience"] == Audience.GROUP]
    yield from db.execute(_MEETINGS + _BEFORE + " ORDER BY day, serial, p.id", _given(year, kinds, 0))


def last_thanks(db: sqlite3.Connection, year: Year) -> dict[str, date]:
    """Return the day of everyone's last chosen event before a year."""
    own = {Audience.PERSON, Audience.GROUP}
    kinds = [n for n, kind in _kinds(db, year).items() if kind["audience"] in own and not kind["fixed"]]
    given = _given(year, kinds, year.first.toordinal() - FAR)
    rows = db.execute(_LAST + _BEFORE + " GROUP BY person", given)
    return {person: date.fromordinal(day) for person, day in rows}


def ideas(db: sqlite3.Connection, year: Year) -> dict[str, dict[str, date]]:
    """Return when each subject last had which idea before a year."""
    kinds = {number: str(kind["idea"]) for number, kind in _kinds(db, year).items() if kind["idea"]}
    given = _given(year, list(kinds), year.first.toordinal() - FAR)
    found: dict[str, dict[str, date]] = {}
    for subject, kind, day in db.execute(
        _IDEAS + _BEFORE + " GROUP BY subject, kind ORDER BY max(day)", given
    ):
        found.setdefault(subject, {})[kinds[kind]] = date.fromordinal(day)
    return found


def _given(year: Year, kinds: list[int], since: int) -> Mapping[str, object]:
    return {
        "label": year.label, "first": year.first.toordinal(), "since": since, "kinds": json.dumps(kinds),
    }  # fmt: skip


def _kinds(db: sqlite3.Connection, year: Year) -> Kinds:
    """Return what events of other years have alike, by its number."""
    rows = db.execute(
        "SELECT id, value FROM text WHERE id IN (SELECT DISTINCT kind FROM event "
        "WHERE year IN (SELECT id FROM year WHERE label <> ?) AND day < ?)",
        [year.label, year.first.toordinal()],
    )
    return {number: json.loads(text) for number, text in rows}
