"""The plan as JSON, the stable machine interface, and as CSV for spreadsheets. Schema: docs/plan.schema.json.

Both are the organiser's own and show everything but the surprises that are planned for that organiser.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from csweek.model.basics import iso_week
from csweek.model.plan import Directory, Event, Plan

SCHEMA = 1
"""The version of the JSON; it rises when a key changes its meaning or goes."""

NOBODY: frozenset[str] = frozenset()

_COLUMNS = (
    "id", "week", "date", "start", "end", "timezone", "status", "title", "practice", "channel", "audience",
    "visibility", "team", "site", "owner_name", "recipient_names", "minutes", "cost", "fixed", "trait",
    "action", "idea", "owner", "owner_role", "recipients", "uid",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - Excel takes the wide ones too
_BATCH = 1000
_encode = json.JSONEncoder(ensure_ascii=False).encode


def events_json(plan: Plan, directory: Directory, hide_from: frozenset[str] = NOBODY) -> bytes:
    """Return the year as JSON, an event a line, without the surprises for those it is to be hidden from."""
    head = _encode(
        {
            "schema": SCHEMA,
            "organisation": directory.organisation,
            "theme": directory.theme.say(directory.locale),
            "year": plan.year.label,
            "weeks": [iso_week(plan.year.monday(week)) for week in range(plan.year.weeks)],
        }
    )
    seen = _seen(plan.events, hide_from)
    lines = (_encode(as_json(event, directory.locale)).encode("utf-8", "replace") for event in seen)
    events = b",\n".join(lines)
    start = f'{head[:-1]}, "events": ['.encode("utf-8", "replace")
    return b"".join((start, b"\n" if events else b"", events, b"\n]}\n"))


def events_csv(
    plan: Plan, directory: Directory, hide_from: frozenset[str] = NOBODY, delimiter: str = ","
) -> bytes:
    """Return the year as CSV, an event a row, without the surprises for those it is to be hidden from.

    In UTF-8 with a byte order mark, for Excel.
    """
    rows = (_row(event, directory) for event in _seen(plan.events, hide_from))
    batches = iter(lambda: list(islice(rows, _BATCH)), [])  # as text a large year takes four times the room
    head = b"\xef\xbb\xbf" + csv_rows([_COLUMNS], delimiter)
    return b"".join((head, *(csv_rows(some, delimiter) for some in batches)))


def as_json(event: Event, locale: str) -> dict[str, Any]:
    """Return an event as the JSON has it: every key, its title in ``locale``, the organisation's."""
    return {
        "id": event.id,
        "uid": event.uid,
        "sequence": event.sequence,
        "status": event.status,
        "week": event.week,
        "date": event.date.isoformat(),
        "start": event.start.isoformat() if event.start else None,
        "end": event.end.isoformat() if event.end else None,
        "timezone": event.timezone,
        "action": event.action,
        "idea": event.idea,
        "practice": event.practice,
        "trait": event.trait,
        "title": event.title.say(locale),
        "locale": event.locale,
        "audience": event.audience,
        "visibility": event.visibility,
        "team": event.team,
        "site": event.site,
        "owner": event.owner,
        "owner_role": event.owner_role,
        "recipients": list(event.recipients),
        "minutes": event.minutes,
        "cost": event.cost,
        "channel": event.channel,
        "fixed": event.fixed,
        "reason": dict(event.reason),
    }


def _row(event: Event, directory: Directory) -> list[str]:
    cells = as_json(event, directory.locale) | {
        "start": _local(event.start),
        "end": _local(event.end),
        "owner_name": directory.name(event.owner),
        "recipient_names": "; ".join(map(directory.name, event.recipients)),
        "recipients": "; ".join(event.recipients),
        "fixed": "yes" if event.fixed else "no",
    }
    return [guarded("" if cells[name] is None else str(cells[name])) for name in _COLUMNS]


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _local(moment: datetime | None) -> str:
    """Return a local time as spreadsheets read it; the zone has a column of its own."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def csv_rows(rows: Iterable[Iterable[str]], delimiter: str) -> bytes:
    """Return rows as CSV in UTF-8, without a byte order mark."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def _seen(events: Iterable[Event], hide_from: frozenset[str]) -> Iterator[Event]:
    """Yield the events but the surprises that one of these has still ahead."""
    return (event for event in events if not event.secret_from(hide_from))
