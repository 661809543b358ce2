"""From what is placed to rows: whom each event is for, its hour on the wall, what stood before kept."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import Struct

from csweek.model.basics import Status, Visibility
from csweek.model.inputs import Inputs
from csweek.model.plan import Key
from csweek.plan.again.stood import EPOCH, TICKS, Stood
from csweek.plan.owed.acts import Owed, Placed, Seat
from csweek.plan.owed.demand import Subject
from csweek.plan.record.kinds import Kinds
from csweek.plan.when.days import Days
from csweek.plan.when.hours import FULL_DAY, local, offset
from csweek.rows import (
    ACTION,
    BY_HAND,
    CHANGED,
    DAY,
    ENDS,
    KIND,
    ORDINAL,
    OWNER,
    REASON,
    RECIPIENTS,
    SEQUENCE,
    SERIAL,
    SITE,
    STARTS,
    STATUS,
    SUBJECT,
    TEAM,
    UID,
    YEAR,
    Plain,
)
from csweek.rows.encoder import Encoder
from csweek.rows.reasons import owned_again
from csweek.rows.table import Table
from csweek.rows.values import instant, uid, uid_beside, wall
from csweek.rows.values import local as wall_clock


class _Whom(Struct, frozen=True):
    """What the rows of one subject have alike, as numbers of texts."""

    subject: int
    site: int
    team: int | None
    recipients: int


class Recorder:
    """Makes rows of one year; texts and what events share are worked out once."""

    def __init__(self, before: Table, inputs: Inputs, days: Days, revised: datetime, kinds: Kinds) -> None:
        self.kinds = kinds
        self.texts = before.texts
        self._inputs = inputs
        self._days = days
        self._number = before.number
        self._revised = instant(revised)
        self._encoder = Encoder(before.texts, before.number)
        first = days.year.first.toordinal()
        self._ordinals = list(range(first, first + 7 * days.year.weeks))
        self._base = (days.year.first - EPOCH).days * FULL_DAY
        self._whoms: dict[str, _Whom] = {}
        self._old = before.decoder
        self._calendar = before.calendar_id
        self._taken = {row[UID] for row in before.rows} - {""}
        self._walls: dict[tuple[str, int], int | None] = {}
        self._days_said = [str(day) for day in self._ordinals]

    def key(self, placed: Placed) -> tuple[int | None, int | None, int]:
        """Return what makes an event the same event, as rows have it; a text that is new is None."""
        owed, get = placed[0], self.texts.get
        return get(owed.act.id), get(owed.subject.id), owed.ordinal

    def keys(self, stood: Iterable[Stood]) -> Mapping[Any, Plain]:
        """Return what stood by its key of now, as its action and its team are called now."""
        texts = self.texts
        return {(texts[one.action], texts[one.subject], one.ordinal): one.row for one in stood}

    def row(self, placed: Placed, serial: int, kind: int) -> Plain:
        """Return the row of an event that is new, or new in this form."""
        owed, seat = placed
        texts, whom = self.texts, self._whom(owed.subject)
        starts, ends = (None, None) if seat.start is None else self._hours(owed, seat.start, seat.day)
        return (
            serial, self._number, texts[owed.act.id], whom.subject, owed.ordinal,
            self._ordinals[seat.day], starts, ends, whom.site, whom.team,
            None if seat.owner is None else texts[seat.owner],
            whom.recipients, kind, self._reason(owed, seat),
            "", 0, "planned", self._revised, 0,
        )  # fmt: skip

    def _whom(self, subject: Subject) -> _Whom:
        known = self._whoms.get(subject.mark)
        if known is None:
            texts, team = self.texts, subject.team
            known = _Whom(
                texts[subject.id],
                texts[subject.site],
                None if team is None else texts[team],
                self._encoder.recipients(subject.recipients),
            )
            if subject.mark:
                self._whoms[subject.mark] = known
        return known

    def _reason(self, owed: Owed, seat: Seat) -> str:
        said = self._days_said
        minutes = "" if seat.minutes is None else seat.minutes
        if owed.fixed:
            return f"{'r' if owed.on_return else 'f'},{said[int(owed.wish)]},{seat.why},{minutes},{seat.week}"
        return (
            f"{'m' if owed.missed else 'c'},{owed.turn},{owed.of},{said[int(owed.wish)]},"
            f"{said[owed.first]},{said[owed.last]},{seat.why},{minutes},{seat.week}"
        )

    def _hours(self, owed: Owed, moment: int, day: int) -> tuple[int, int]:
        """Return the wall times at which an event begins and ends."""
        timezone = self._inputs.settings.sites[owed.subject.site].timezone
        ahead = self._steady(timezone, day)
        minutes = owed.act.minutes
        if ahead is not None:
            start = (self._base + moment + ahead) * TICKS
            return start, start + minutes * TICKS
        begin = local(moment - day * FULL_DAY, timezone, self._days.date(day))
        return wall(begin, timezone), wall(begin.astimezone(UTC) + timedelta(minutes=minutes), timezone)

    def _steady(self, timezone: str, day: int) -> int | None:
        """Return a zone's minutes ahead of UTC around a day, None where its clocks are changed near it."""
        known = (timezone, day)
        if known not in self._walls:
            around = {offset(timezone, self._days.date(near)) for near in (day - 1, day, day + 1, day + 2)}
            self._walls[known] = around.pop() if len(around) == 1 else None
        return self._walls[known]

    def renewed(self, one: Stood, kind: int) -> Plain:
        """Return the row of an event that stands, as it is now; the same one where nothing differs."""
        row, texts = one.row, self.texts
        owner = None if one.owner is None else texts[one.owner]
        recipients = self._encoder.recipients(one.recipients)
        site, team = self.kinds.where(one)
        key = (texts[one.action], texts[one.subject], one.ordinal)
        form = (texts[site], None if team is None else texts[team], owner, recipients, kind)
        had = (row[SITE], row[TEAM], row[OWNER], row[RECIPIENTS], row[KIND])
        if (*key, *form) == (*row[ACTION:DAY], *had):
            return row
        hours = row[STARTS : ENDS + 1] if kind == row[KIND] else self._hours_now(row, kind)
        reason = row[REASON] if one.again is None else owned_again(row[REASON], *one.again)
        return (*row[:ACTION], *key, row[DAY], *hours, *form, reason, *row[UID:])

    def _hours_now(self, row: Plain, kind: int) -> tuple[int | None, int | None]:
        """Return the wall times of an event that stands, by the zone and the length that it has now."""
        if row[STARTS] is None:
            return None, None
        now = self.kinds.said(kind)
        begin = wall_clock(row[STARTS], self.kinds.said(row[KIND])["timezone"])
        end = begin.astimezone(UTC) + timedelta(minutes=now["minutes"])
        return wall(begin, now["timezone"]), wall(end, now["timezone"])

    def when(self, row: Plain) -> tuple[int, datetime | None]:
        """Return the day of a row, and the moment at which it begins where it has an hour."""
        starts = row[STARTS]
        return row[DAY], None if starts is None else wall_clock(
            starts, self.kinds.said(row[KIND])["timezone"]
        )

    def _uid(self, row: Plain) -> str:
        """Return the UID that a row has, so that it keeps it under another key."""
        text = self._old.text
        key = Key(self._days.year.label, text[row[ACTION]], text[row[SUBJECT]], row[ORDINAL])
        return row[UID] or uid(self._calendar, key)

    def own(self, row: Plain) -> Plain:
        """Return a new row under a UID of its own, also where another event took along the one of its key."""
        known = self._uid(row) if self._taken else ""
        return (*row[:UID], uid_beside(known, row[SERIAL]), *row[SEQUENCE:]) if known in self._taken else row

    def raised(self, row: Plain, old: Plain) -> Plain:
        """Return a row as the next form of an old one: people see a new sequence."""
        same = row[ACTION:DAY] == old[ACTION:DAY]
        form = (old[SERIAL], *row[YEAR:UID], old[UID] if same else self._uid(old), old[SEQUENCE] + 1)
        return (*form, row[STATUS], self._revised, row[BY_HAND])

    def following(self, row: Plain, old: Plain) -> Plain:
        """Return a row as the next form of an old one, under its sequence where nobody reads otherwise."""
        now = self.raised(row, old)
        if self._shown(row) != self._shown(old):
            return now
        return (*now[:SEQUENCE], old[SEQUENCE], row[STATUS], old[CHANGED], row[BY_HAND])

    def _shown(self, row: Plain) -> tuple[object, ...]:
        """Return what people read of a row; a team and a site are its subject where they are read at all.

        Of a whole day neither zone nor language are; an invitation to a meeting speaks that of its team.
        """
        said = dict(self.kinds.said(row[KIND]))
        del said["owner_role"]
        if said["visibility"] is Visibility.SURPRISE:
            del said["trait"]
        if row[STARTS] is None:
            del said["locale"], said["timezone"]
        team = None if row[STARTS] is None else row[TEAM]
        return (*row[YEAR:SITE], team, row[OWNER], row[RECIPIENTS], said, row[STATUS])

    def cancelled(self, row: Plain) -> Plain:
        """Return a row cancelled."""
        return (*row[:SEQUENCE], row[SEQUENCE] + 1, Status.CANCELLED.value, self._revised, row[BY_HAND])


def order(placed: Sequence[Placed]) -> list[int]:
    """Return the positions of what is placed, by day."""
    days = [seat.day for _, seat in placed]
    return sorted(range(len(days)), key=days.__getitem__)
