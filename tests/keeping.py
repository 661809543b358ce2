"""Plans of events put into a store, as the planner puts its tables there."""

from collections.abc import Mapping

from msgspec.structs import replace

from csweek.model.plan import Directory, Plan
from csweek.rows import DAY, SERIAL, STARTS
from csweek.rows.encoder import table_of
from csweek.rows.table import Changes
from csweek.store import Store


def keep(store: Store, plan: Plan, directory: Directory, files: Mapping[str, str]) -> None:
    """Make a plan what the store holds of its year; what is not in it any more stays."""
    before = store.table(plan.year, plan.calendar_id)
    table = table_of(plan, before.number, before.texts)
    known = {row[SERIAL]: row for row in before.rows}
    pairs = [(known[row[SERIAL]], row) for row in table.rows if row[SERIAL] in known]
    differ = [(old, new) for old, new in pairs if old != new]
    changes = Changes(
        added=[row for row in table.rows if row[SERIAL] not in known],
        moved=[pair for pair in differ if pair[0][DAY : STARTS + 1] != pair[1][DAY : STARTS + 1]],
        changed=[pair for pair in differ if pair[0][DAY : STARTS + 1] == pair[1][DAY : STARTS + 1]],
    )
    store.save(replace(table, since=plan.since), changes, directory, files)
