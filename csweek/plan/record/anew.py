"""A year that is not planned again, as the files speak of it now: its events say new names all the same."""

from datetime import date, datetime

from msgspec.structs import replace

from csweek.model.inputs import Inputs
from csweek.plan.again.renamed import relabelled, renamed
from csweek.plan.record.sayings import changed, former, reworded, sayings
from csweek.rows import BY_HAND, SEQUENCE, SERIAL, STATUS, SUBJECT, Plain
from csweek.rows.table import Changes, Table
from csweek.rows.values import instant


def anew(before: Table, inputs: Inputs, today: date, revised: datetime) -> tuple[Table, Changes]:
    """Return a year's table with the names of now, each event that reads otherwise raised once.

    Nothing is moved, added or cancelled; ``revised`` is the time of this revision.
    """
    said, names = sayings(inputs, before.said), renamed(before, inputs)
    says = reworded(before, said, changed(before.said, said), today)
    pairs, told, at = list[tuple[Plain, Plain]](), dict[str, None](), instant(revised)
    for row in before.rows:
        about, labelled = tuple(says(row)), relabelled(before, row, names)
        if about or labelled[SUBJECT] != row[SUBJECT]:
            labelled = (*labelled[:SEQUENCE], row[SEQUENCE] + 1, row[STATUS], at, row[BY_HAND])
        if labelled != row:
            told |= dict.fromkeys(about)
            pairs.append((row, labelled))
    now = {row[SERIAL]: row for _, row in pairs}
    changes = Changes(changed=pairs, said=former(before.said, said), told=told)
    if changes.empty:
        return replace(before, said=said), changes
    rows = [now.get(row[SERIAL], row) for row in before.rows]
    table = replace(before, rows=rows, said=said, revision=before.revision + 1, revised=revised)
    return table, changes
