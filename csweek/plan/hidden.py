"""A plan as its organisers may see it: without the surprises that wait for one of them."""

from collections.abc import Collection

from msgspec.structs import replace

from csweek.model.basics import Status, Visibility
from csweek.plan.build import Built
from csweek.rows import KIND, RECIPIENTS, SERIAL, STATUS
from csweek.rows.table import Changes, Table


def without_surprises(built: Built, readers: Collection[str]) -> Built:
    """Return what was built without the events that are a surprise for one of these and still ahead."""
    hidden = _surprises(built.table, readers)
    if not hidden:
        return built
    changes = built.changes
    seen = Changes(
        tuple(row for row in changes.added if row[SERIAL] not in hidden),
        tuple(pair for pair in changes.moved if pair[1][SERIAL] not in hidden),
        tuple(pair for pair in changes.changed if pair[1][SERIAL] not in hidden),
        tuple(pair for pair in changes.cancelled if pair[1][SERIAL] not in hidden),
        tuple(row for row in changes.revived if row[SERIAL] not in hidden),
        changes.said,
        changes.told,
        changes.turned,
    )
    rows = [row for row in built.table.rows if row[SERIAL] not in hidden]
    return Built(replace(built.table, rows=rows), seen, built.warnings)


def _surprises(table: Table, readers: Collection[str]) -> Collection[int]:
    """Return the serials of what is a surprise for one of these."""
    numbers = {table.texts.get(reader) for reader in readers} - {None}
    kinds, people = table.decoder.kinds, table.decoder.people
    secret = {
        kind for kind in {row[KIND] for row in table.rows} if kinds[kind]["visibility"] is Visibility.SURPRISE
    }
    rows = [row for row in table.rows if row[KIND] in secret and row[STATUS] != Status.DONE]
    theirs = {many for many in {row[RECIPIENTS] for row in rows} if not numbers.isdisjoint(people[many])}
    return {row[SERIAL] for row in rows if row[RECIPIENTS] in theirs}
