"""The day, the hour and the owner of an event within a week, checked against the ledger and booked in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from csweek.model.basics import HANDED_OVER, TIMED, Audience, Value
from csweek.model.inputs import Action, Inputs
from csweek.model.plan import Event
from csweek.plan.agenda import Agenda
from csweek.plan.days import Days, bits, week
from csweek.plan.demand import Owed, Subject
from csweek.plan.hours import DAY, STEP, Window, local, moments_of
from csweek.plan.ledger import Ledger, occupied
from csweek.plan.owners import Candidates, Owners, is_shared


@dataclass(frozen=True, slots=True)
class Placed:
    """An owed event with everything decided."""

    owed: Owed
    day: int
    owner: str | None
    start: datetime | None = None
    end: datetime | None = None
    reason: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Placer:
    """Places owed events one after the other; what is placed is booked in the ledger."""

    inputs: Inputs
    days: Days
    ledger: Ledger
    owners: Owners
    agenda: Agenda

    def on_its_day(self, owed: Owed) -> Placed | None:
        """Place a fixed event; the limit of minutes does not hold it back, and somebody always stands in."""
        return self._place(owed, 1 << owed.first, stand_in=True)

    def in_week(self, owed: Owed, number: int, *, stand_in: bool = True) -> Placed | None:
        """Place a chosen event in the week at this position, if the week allows it."""
        return self._place(owed, week(owed.mask, number), stand_in=stand_in)

    def can_meet(self, action: Action, subject: Subject, mask: int) -> bool:
        """Whether who may own this is ever there on the same day; what is handed over needs none."""
        known = self.owners.of(action.owner, subject)
        candidates = known.first + known.stand_in
        if action.channel in HANDED_OVER or not candidates:
            return True
        return any(self.days.person[owner] & subject.mask & mask for owner in candidates)

    def owned(self, event: Event) -> Event:
        """Return an event that stands with an owner who may hold it: its own, else one who can there."""
        subject = Subject(event.key.subject, event.audience, event.site, 0, 0, event.team, event.recipients)
        known = self.owners.of(event.owner_role, subject)
        if event.owner and (event.by_hand or event.owner in known.first + known.stand_in):
            return event
        day = self.days.index(event.date)
        for owner in known.first + known.stand_in:
            window = moments_of(event, self.days.year.first)
            within = event.fixed or self.ledger.within_limit(owner, day // 7, event.minutes, event.prepare)
            there = self.days.person[owner] >> day & 1
            if there and within and self._can_hold(owner, day, window):
                self.ledger.book(owner, day, event.minutes, event.prepare)
                why = "turn" if owner in known.first else "stand_in" if known.first else "nobody_may"
                minutes = self.ledger.week_minutes(owner, day // 7)
                reason = dict(event.reason) | {"owner_why": why, "owner_minutes": minutes}
                return replace(event, owner=owner, reason=reason)
        return replace(event, owner=None) if event.owner else event

    def _can_hold(self, owner: str, day: int, window: Window | None) -> bool:
        """Whether a window, if there is one, lies in the owner's hours and is free."""
        if window is None:
            return True
        held = any(low <= window[0] and window[1] <= high for low, high in self.agenda.holding(owner, day))
        return held and self.ledger.free([f"p:{owner}"], window)

    def _place(self, owed: Owed, mask: int, *, stand_in: bool) -> Placed | None:
        """Ask those whose turn it is, then those who stand in; place it with the first who can."""
        if not mask:
            return None
        candidates = self.owners.of(owed.action.owner, owed.subject)
        found = self._with_one_of(candidates.first, owed, mask, "turn" if is_shared(owed.action) else "own")
        if found is None and (stand_in or not candidates.first):
            why = "stand_in" if candidates.first else "nobody_may"
            found = self._with_one_of(candidates.stand_in, owed, mask, why)
        if found is None and stand_in and self._may_lack_owner(owed):
            return self._on_a_day(owed, mask, None, "nobody")
        return found

    def _with_one_of(self, owners: Sequence[str], owed: Owed, mask: int, why: str) -> Placed | None:
        number = (mask.bit_length() - 1) // 7
        able = [(owner, there) for owner in owners if (there := self._able(owed, mask, number, owner))]
        if len(able) > 1:
            turn = self._turn(owed, number)
            able.sort(key=lambda one: turn(one[0]))
        for owner, there in able:
            found = self._on_a_day(owed, there, owner, why)
            if found:
                return found
        return None

    def _may_lack_owner(self, owed: Owed) -> bool:
        """Whether it is rather planned without an owner than not at all: not where one is only too busy."""
        known = self.owners.of(owed.action.owner, owed.subject)
        return owed.fixed or owed.subject.audience is not Audience.PERSON or known == Candidates((), ())

    def _turn(self, owed: Owed, number: int) -> Callable[[str], tuple[int, int, int, str]]:
        """Return the order of owners: least of this given, recipient least met, least to do this week."""
        ledger, action, subject = self.ledger, owed.action.id, owed.subject.id
        return lambda owner: (
            ledger.given[action, owner],
            ledger.met[owner, subject],
            ledger.week_minutes(owner, number),
            owner,
        )

    def _able(self, owed: Owed, mask: int, number: int, owner: str) -> int:
        """Return the days of these on which the owner can; none where the week leaves no minutes.

        What is only handed over may also be on a day that the owner never works (a card for the weekend
        team), in a week in which the owner is there.
        """
        there = mask & self.days.person[owner]
        action = owed.action
        if not there and action.channel in HANDED_OVER and week(self.days.person[owner], number):
            there = mask & ~self.days.pattern[owner]
        if owed.fixed or self.ledger.within_limit(owner, number, action.minutes, action.prepare):
            return there
        return 0

    def _on_a_day(self, owed: Owed, there: int, owner: str | None, why: str) -> Placed | None:
        """Place it on the best of these days on which everybody is free."""
        reason: dict[str, Value] = {"owner_why": why, "days": there.bit_count()}
        ranked = self._ranked(owed, owner, there)
        if owed.action.channel not in TIMED:
            return self._booked(owed, min(ranked)[-1], owner, None, reason)
        for *_, day in sorted(ranked):
            slot = self._slot(owed, owner, day)
            if slot:
                return self._booked(owed, day, owner, slot, reason)
        return None

    def _ranked(self, owed: Owed, owner: str | None, mask: int) -> list[tuple[float, float, int]]:
        """Return the days, the best lowest: teams keep their weekday, persons get the owner's emptiest."""
        load = self.ledger.day_minutes(owner) if owner else {}
        wish = owed.wish - 0.5
        if owed.subject.audience is Audience.PERSON:
            return [(load.get(day, 0), abs(day - wish), day) for day in bits(mask)]
        return [(abs(day - wish), load.get(day, 0), day) for day in bits(mask)]

    def _slot(self, owed: Owed, owner: str | None, day: int) -> Window | None:
        """Return the first free moments on a day within everybody's hours."""
        minutes = owed.action.minutes
        lowest, highest = self.agenda.meeting(owed.subject, day)
        holding = self.agenda.holding(owner, day) if owner else ((lowest, highest),)
        who = self.agenda.needed(owed.subject, owner)
        for start in range(lowest, highest - minutes + 1, STEP):
            slot = (start, start + minutes)
            held = any(low <= start and slot[1] <= high for low, high in holding)
            if held and self.ledger.free(who, slot):
                return slot
        return None

    def _booked(
        self, owed: Owed, day: int, owner: str | None, slot: Window | None, reason: dict[str, Value]
    ) -> Placed:
        subject, action = owed.subject, owed.action
        if slot:
            self.ledger.take(occupied(subject.audience, subject.id, subject.recipients, owner), slot)
        if owner:
            self.ledger.book(owner, day, action.minutes, action.prepare)
            self.ledger.given[action.id, owner] += 1
            for recipient in subject.recipients:
                self.ledger.met[owner, recipient] += 1
            reason |= {"owner_minutes": self.ledger.week_minutes(owner, day // 7)}
        if not owed.fixed:
            for recipient in subject.recipients:
                self.ledger.touched[recipient].add(day // 7)
        start, end = self._times(owed, day, slot)
        return Placed(owed, day, owner, start, end, _rhythm(owed, self.days) | reason)

    def _times(self, owed: Owed, day: int, slot: Window | None) -> tuple[datetime | None, datetime | None]:
        if slot is None:
            return None, None
        timezone = self.inputs.settings.sites[owed.subject.site].timezone
        start = local(slot[0] - day * DAY, timezone, self.days.date(day))
        end = start.astimezone(UTC) + timedelta(minutes=owed.action.minutes)
        return start, end.astimezone(start.tzinfo)


def _rhythm(owed: Owed, days: Days) -> dict[str, Value]:
    """Return what asked for an event: a given day, or a turn and its window."""
    if owed.fixed:
        return {"code": "fixed", "wanted": days.iso[int(owed.wish)]}
    return {
        "code": "chosen",
        "turn": owed.turn,
        "of": owed.of,
        "ideal": days.iso[int(owed.wish)],
        "first": days.iso[owed.first],
        "last": days.iso[owed.last],
    }
