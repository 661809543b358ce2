"""Rows to events."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from csweek.model.basics import Audience, Channel, Cost, Practice, Prepare, Status, Visibility, Words
from csweek.model.plan import Event, Key
from csweek.once import Once
from csweek.rows import Row
from csweek.rows.reasons import Reason
from csweek.rows.values import local, moment, uid

_ENUMS = {
    "practice": Practice, "audience": Audience, "visibility": Visibility, "channel": Channel, "cost": Cost,
}  # fmt: skip


class Decoder:
    """Rows to events; ``calendars`` are the calendar ids by the year's label.

    Nothing in it refers to itself: what it keeps of a year is let go at once with it.
    """

    def __init__(self, text: Mapping[int, str], calendars: Mapping[str, UUID]) -> None:
        self.text = text
        self.calendar = calendars.__getitem__
        """The calendar id of a year's label."""
        words: Once[int, Words] = Once(lambda number: Words(json.loads(text[number])))
        self._reasons: Once[str, Reason] = Once(Reason)
        people: Once[int, list[int]] = Once(lambda number: json.loads(text[number]))
        self.people = people
        """The numbers of the people by the number of their list."""
        self._names: Once[int, tuple[str, ...]] = Once(
            lambda number: tuple(text[one] for one in people[number])
        )
        self._status: Once[str, Status] = Once(Status)
        self._days: Once[int, date] = Once(date.fromordinal)
        self._moments: Once[int, datetime] = Once(moment)
        self._hours: Once[tuple[int, str], datetime] = Once(lambda at: local(*at))
        self.kinds: Once[int, dict[str, Any]] = Once(lambda number: _kind(json.loads(text[number]), words))
        """What many events have alike, by the names of an Event's fields."""

    def event(self, label: str, row: Row) -> Event:
        """Return the event of a row, which belongs to the year of this label."""
        kind = self.kinds[row.kind]
        key = Key(label, self.text[row.action], self.text[row.subject], row.ordinal)
        return Event(  # by position: by name a year takes a fifth longer to read
            key,
            self._days[row.day],
            kind["practice"],
            kind["title"],
            kind["how"],
            kind["locale"],
            kind["timezone"],
            kind["audience"],
            kind["visibility"],
            kind["channel"],
            self.text[row.site],
            None if row.team is None else self.text[row.team],
            None if row.owner is None else self.text[row.owner],
            kind["owner_role"],
            self._names[row.recipients],
            kind["minutes"],
            kind["prepare"],
            kind["cost"],
            kind["fixed"],
            self._reasons[row.reason],
            None if row.starts is None else self._hours[row.starts, kind["timezone"]],
            None if row.ends is None else self._hours[row.ends, kind["timezone"]],
            kind["idea"],
            kind["trait"],
            kind["card"],
            f"e{row.serial}",
            row.uid or uid(self.calendar(label), key),
            row.sequence,
            self._status[row.status],
            None if row.changed is None else self._moments[row.changed],
            bool(row.by_hand),
        )


def _kind(kept: Mapping[str, Any], words: Mapping[int, Words]) -> dict[str, Any]:
    prepare = kept["prepare"]
    enums = {name: enum(kept[name]) for name, enum in _ENUMS.items()}
    said = {name: words[kept[name]] for name in ("title", "how")}
    return {**kept, **enums, **said, "prepare": prepare and Prepare(*prepare)}
