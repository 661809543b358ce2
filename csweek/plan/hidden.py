"""A plan as its organisers may see it: without the surprises that wait for one of them."""

from collections.abc import Callable, Collection
from dataclasses import replace

from csweek.model.basics import Status, Visibility
from csweek.plan.build import Built
from csweek.rows import KIND, RECIPIENTS, STATUS, Changes, Plain, Table


def without_surprises(built: Built, readers: Collection[str]) -> Built:
    """Return what was built without the events that are a surprise for one of these and still ahead."""
    if not readers:
        return built
    shown = _shown(built.table, readers)
    changes = built.changes
    seen = Changes(
        tuple(row for row in changes.added if shown(row)),
        tuple(pair for pair in changes.moved if shown(pair[1])),
        tuple(pair for pair in changes.changed if shown(pair[1])),
        tuple(pair for pair in changes.cancelled if shown(pair[1])),
        tuple(row for row in changes.revived if shown(row)),
        changes.said,
    )
    rows = [row for row in built.table.rows if shown(row)]
    return Built(replace(built.table, rows=rows), seen, built.warnings)


def _shown(table: Table, readers: Collection[str]) -> Callable[[Plain], bool]:
    """Return what says whether a row may be shown to these."""
    numbers = {table.texts.get(reader) for reader in readers} - {None}
    decoder = table.decoder
    kinds: dict[int, bool] = {}
    """Whether a kind is a surprise."""

    def surprise(kind: int) -> bool:
        if kind not in kinds:
            kinds[kind] = decoder.kinds[kind]["visibility"] is Visibility.SURPRISE
        return kinds[kind]

    def shown(row: Plain) -> bool:
        waits = row[STATUS] != Status.DONE and surprise(row[KIND])
        return not waits or numbers.isdisjoint(decoder.people[row[RECIPIENTS]])

    return shown
