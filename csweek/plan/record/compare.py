"""How a fresh deal differs from the plan before: identities, sequences, what is cancelled."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from csweek.model.basics import Status
from csweek.plan.record.recorder import Recorder
from csweek.plan.record.sayings import Said, changed, former, reworded
from csweek.rows import ACTION, BY_HAND, DAY, REASON, SEQUENCE, SERIAL, STATUS, Plain
from csweek.rows.table import Changes, Table

Pair = tuple[Plain, Plain]


class Comparison(Struct, dict=True):
    """The rows of the new plan, by serial, and how they differ from those before."""

    recorder: Recorder
    rows: dict[int, Plain]
    """What stood before; replaced and added to as events are compared."""
    next_serial: int
    added: list[Plain] = []
    moved: list[Pair] = []
    changed: dict[int, Pair] = {}
    cancelled: list[Pair] = []
    revived: list[Plain] = []
    said: Mapping[str, str] = {}
    """What is said otherwise now, as it was before."""
    told: dict[str, None] = {}
    """About what of it events say something."""

    def stands(self, old: Plain, new: Plain) -> None:
        """Note an event that stands, perhaps with other people or words."""
        if new is not old:
            self._changed(old, self.recorder.following(new, old))

    def new(self, row: Plain) -> None:
        """Note an event that there was not before, under the next serial."""
        row = self.recorder.own(row)
        self.rows[self.next_serial] = row
        self.added.append(row)
        self.next_serial += 1

    def dealt(self, new: Plain, old: Plain) -> None:
        """Note an event that was dealt now; ``old`` is what has the same key already."""
        if (*new[1:REASON], new[STATUS], 0) == (*old[1:REASON], old[STATUS], old[BY_HAND]):
            return
        raised = self.recorder.following(new, old)
        if old[STATUS] == Status.CANCELLED:
            self.revived.append(old)
            self.rows[old[SERIAL]] = raised
            self.added.append(raised)
        else:
            elsewhere = self.recorder.when(old) != self.recorder.when(new)
            if elsewhere:
                self._now(old, raised, self.moved)
            else:
                self._changed(old, raised)

    def gone(self, old: Plain) -> None:
        """Note an event that nothing stands for any more."""
        if old[STATUS] != Status.CANCELLED:
            self._now(old, self.recorder.cancelled(old), self.cancelled)

    def reads_otherwise(self, now: Said, before: Table, today: date) -> None:
        """Note what of all that is not raised already says something else now than in the table before."""
        about = changed(before.said, now)
        self.said = former(before.said, now)
        if not about:
            return
        says = reworded(before, now, about, today)
        for row in before.rows:
            new = self.rows[row[SERIAL]]
            said = tuple(says(row)) if new[SEQUENCE] == row[SEQUENCE] else ()
            if said:
                self._changed(row, self.recorder.raised(new, row))
                self.told |= dict.fromkeys(said)

    def _changed(self, old: Plain, new: Plain) -> None:
        self.rows[old[SERIAL]] = new
        self.changed[old[SERIAL]] = (old, new)

    def _now(self, old: Plain, new: Plain, into: list[Pair]) -> None:
        self.rows[old[SERIAL]] = new
        into.append((old, new))

    def changes(self) -> Changes:
        """Return all that differs."""
        changed = list(self.changed.values())
        return Changes(self.added, self.moved, changed, self.cancelled, self.revived, self.said, self.told)


def keys(rows: Iterable[Plain]) -> Mapping[Any, Plain]:
    """Return rows by what makes an event the same event: action, subject and ordinal."""
    return {row[ACTION:DAY]: row for row in rows}


def in_order(rows: Mapping[int, Plain]) -> Sequence[Plain]:
    """Return the rows by serial."""
    return [rows[serial] for serial in sorted(rows)]
