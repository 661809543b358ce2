"""The revisions of the plans and what each changed, read inside a transaction that the caller holds."""

import json
import sqlite3
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from csweek.model.plan import Deed, Event, Plan
from csweek.rows import Row
from csweek.rows.values import moment, serial
from csweek.store.tables import decoder_of, next_serial, turn_of


class Step(NamedTuple):
    """A revision as history tells it."""

    year: str
    number: int
    at: datetime
    """In UTC."""
    what: Deed
    events: int
    """How many it changed."""


def history(db: sqlite3.Connection, label: str | None, uncounted: Collection[str] = ()) -> tuple[Step, ...]:
    """Return the revisions of a year (None: of every year), the latest first, without some events."""
    rows = db.execute(
        "WITH without AS (SELECT value AS serial FROM json_each(:without)) "
        "SELECT label, number, revised, what, next_serial - first_serial "
        "- (SELECT count(*) FROM without WHERE serial >= first_serial AND serial < next_serial) "
        "+ (SELECT count(*) FROM change WHERE revision = revision.id AND serial NOT IN without) "
        "FROM revision JOIN year ON year.id = year WHERE label = ifnull(:label, label) "
        "ORDER BY revision.id DESC",
        {"label": label, "without": json.dumps([serial(one) for one in uncounted])},
    )
    return tuple(Step(year, number, moment(at), Deed(what), n) for year, number, at, what, n in rows)


def outline(db: sqlite3.Connection, label: str, number: int) -> Plan | None:
    """Return the plan of a revision without its events."""
    turn = turn_of(db, label, number)
    return turn and turn.as_plan(label, (), next_serial(db))


def changes(db: sqlite3.Connection, label: str, number: int) -> dict[str, Event | None]:
    """Return what a revision changed by event id: the event as it was before, None where it was new."""
    turn, event = turn_of(db, label, number), decoder_of(db).event
    if turn is None:
        return {}
    span = [turn.first_serial, turn.next_serial] * 2
    new = db.execute(
        "SELECT serial FROM event WHERE serial >= ? AND serial < ? "
        "UNION SELECT serial FROM change WHERE serial >= ? AND serial < ?",
        span,
    ).fetchall()
    rows = db.execute("SELECT serial, before FROM change WHERE revision = ?", [turn.id]).fetchall()
    before = {f"e{key}": event(label, Row(**json.loads(text))) for key, text in rows}
    return dict.fromkeys((f"e{key}" for (key,) in new), None) | before


def former(db: sqlite3.Connection, labels: Collection[str]) -> tuple[Event, ...]:
    """Return how events of these years were before they were changed, the earliest revision first."""
    rows = db.execute(
        "SELECT label, before FROM change JOIN revision ON revision.id = revision "
        "JOIN year ON year.id = year WHERE label IN (SELECT value FROM json_each(?)) ORDER BY revision",
        [json.dumps(list(labels))],
    ).fetchall()
    event = decoder_of(db).event
    return tuple(event(label, Row(**json.loads(text))) for label, text in rows)
