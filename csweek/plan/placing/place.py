"""The day, the hour and the owner of an event within a week, checked against the ledger and booked in it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from heapq import heappush
from typing import NamedTuple

from msgspec.structs import replace

from csweek.model.basics import Audience
from csweek.model.inputs import Inputs
from csweek.once import Once
from csweek.plan.owed.acts import Act, Owed, Seat
from csweek.plan.owed.demand import Subject
from csweek.plan.owed.heirs import charges
from csweek.plan.owed.owners import EVER, Owners
from csweek.plan.placing.agenda import Agenda
from csweek.plan.placing.ledger import Giver, Ledger, occupied
from csweek.plan.placing.preparing import Preparing
from csweek.plan.placing.queues import Queue, Queues
from csweek.plan.placing.slots import Slots
from csweek.plan.when.days import Days, bits, by_week, weekdays, weeks_in_common
from csweek.plan.when.hours import Window
from csweek.rows.reasons import around

OWN, TURN, STAND_IN, NOBODY_MAY, HAND, NOBODY, HEIR, NO_MINUTES, NO_HOUR = range(9)
"""Why somebody is the owner, in the order of ``csweek.rows.reasons.WHY``."""
NO_SECOND = 7


class Known(NamedTuple):
    """Who may own an event: those who are asked first, and those who stand in, in this order.

    Where several leaders may, the first are all leaders, some of whom may be barred.
    """

    first: Sequence[Giver]
    stand_in: Sequence[Giver]


class Asked(NamedTuple):
    """What asks for an owner."""

    act: Act
    subject: Subject
    fixed: bool


class Placer:
    """Places owed events one after the other; what is placed is booked in the ledger."""

    def __init__(self, inputs: Inputs, days: Days, ledger: Ledger, today: int = 0) -> None:
        """``today`` is its position in the year."""
        self.days = days
        self.preparing = Preparing(today)
        self.ledger = ledger
        self.owners = Owners(inputs.people, charges(inputs.people, days))
        self.agenda = Agenda(inputs, days)
        self._people = inputs.people
        self._organisers = frozenset(inputs.people.organisers)
        self._spent: set[tuple[int, int, int, int]] = set()
        """Weeks, with what an event asks for, in which no organiser has so many minutes left."""
        self.slots = Slots(inputs.people, inputs.settings.limits.max_team_away, self.agenda, ledger)
        self._lead = [ledger[leader] for leader in inputs.people.leaders]
        self._givers: Once[tuple[str, ...], Sequence[Giver]] = Once(lambda ids: [ledger[one] for one in ids])
        """By their ids, so that those of all whom the same may serve are the same."""
        self._standing_in = self._givers[inputs.people.organisers]
        self._in_common: Once[tuple[bytes, ...], int] = Once(lambda those: weeks_in_common(*those))
        self._known: defaultdict[str, dict[str, Known]] = defaultdict(dict)
        self._queues = Queues(self._lead, ledger)

    def on_its_day(self, owed: Owed) -> Seat | None:
        """Place a fixed event; the limit of minutes does not hold it back, and somebody always stands in."""
        return self._place(owed, owed.first // 7, 1 << owed.first % 7, stand_in=True)

    def in_week(self, owed: Owed, week: int, *, stand_in: bool = True) -> Seat | None:
        """Place a chosen event in the week at this position, if the week allows it."""
        there = owed.subject.weeks[week] & owed.act.weeks[week]
        return self._place(owed, week, there, stand_in=stand_in) if there else None

    def with_owner(self, owed: Owed, week: int, owner: str) -> Seat | None:
        """Place a chosen event in a week with one of those who are asked first."""
        there = owed.subject.weeks[week] & owed.act.weeks[week]
        if owner not in self.owners.of(owed.act.role, owed.subject).first:
            return self.in_week(owed, week)
        return self._by(owed, week, there, self.ledger[owner], TURN if owed.act.shared else OWN)

    def with_leader(self, owed: Owed, week: int, but: Collection[str]) -> Seat | None:
        """Place a group in a week with any leader but these."""
        there = owed.subject.weeks[week] & owed.act.weeks[week]
        return self._by_next_leader(owed, week, there, but) if there else None

    def can_meet(self, act: Act, subject: Subject) -> bool:
        """Whether an owner ever has a day and an hour in common with them; what is handed over needs none."""
        if act.handed:
            return True
        known = self.owners.of(act.role, subject)
        candidates = known.first + known.stand_in
        return not candidates or any(self.share_a_week(act, subject, owner) for owner in candidates)

    def share_a_week(self, act: Act, subject: Subject, owner: str, weeks: int = EVER) -> bool:
        """Whether an owner can do this for somebody in any of these weeks, which are bits."""
        return any(weeks >> week & 1 for week in self._shared(act, subject, owner))

    def shared_weeks(self, act: Act, subject: Subject, owner: str) -> int:
        """Return the weeks, as bits, in which an owner can do this for somebody; "" is nobody: always."""
        if not act.timed:
            return self._days_shared(act, subject, owner)
        return sum(1 << week for week in self._shared(act, subject, owner))

    def _shared(self, act: Act, subject: Subject, owner: str) -> Iterator[int]:
        weeks = bits(self._days_shared(act, subject, owner))
        return (week for week in weeks if not act.timed or self._common_hour(act, subject, owner, week))

    def _days_shared(self, act: Act, subject: Subject, owner: str) -> int:
        """Return the weeks, as bits, in which an owner has a day for this, whatever its hour."""
        charge, _ = self.owners.in_charge(act.role, subject, owner)
        weeks = len(act.weeks)
        those = (subject.weeks, act.weeks, *(() if charge == EVER else (by_week(charge, weeks),)))
        if not owner:
            return self._in_common[those]
        giver = self.ledger[owner]
        found = self._in_common[*those, giver.weeks]
        if act.handed:
            found |= self._in_common[*those, giver.off] & self._in_common[(giver.weeks,)]
        return found

    def _common_hour(self, act: Act, subject: Subject, owner: str, week: int) -> bool:
        """Whether these have an hour on any of a week's days, were nobody in anything else."""
        charge, _ = self.owners.in_charge(act.role, subject, owner)
        days = subject.weeks[week] & act.weeks[week] & charge >> 7 * week
        if owner:
            days &= self.ledger[owner].weeks[week]
        one = owner or None
        return any(self.agenda.starts(subject, one, 7 * week + day, act.minutes) for day in weekdays(days))

    # --- who -----------------------------------------------------------------------------------------

    def _place(self, owed: Owed, week: int, there: int, *, stand_in: bool) -> Seat | None:
        """Ask those whose turn it is, then those who stand in; place it with the first who can."""
        act = owed.act
        known = self._who(act, owed.subject)
        first = known.first
        if len(first) == 1:
            found = self._by(owed, week, there, first[0], TURN if act.shared else OWN)
        elif act.role == "leader" and first:
            found = self._by_next_leader(owed, week, there)
        else:
            found = self._by_one_of(owed, week, there, first, TURN)
        if found is None and (stand_in or not first):
            why = STAND_IN if first else NOBODY_MAY
            found = self._by_one_of(owed, week, there, known.stand_in, why)
            if found is None and self._may_lack_owner(owed, known):
                why = self.why_nobody(
                    Asked(act, owed.subject, owed.fixed),
                    week,
                    there,
                    lambda one: self._has_hour(act, owed.subject, one, week, there),
                )
                found = self._on_a_day(owed, week, (there, there), None, why)
        return found

    def _who(self, act: Act, subject: Subject) -> Known:
        return self._known[act.role].get(subject.mark) or self._candidates(act, subject)

    def _candidates(self, act: Act, subject: Subject) -> Known:
        ids = self.owners.of(act.role, subject)
        several = act.role == "leader" and len(ids.first) > 1
        known = Known(self._lead if several else self._givers[ids.first], self._givers[ids.stand_in])
        if subject.mark:
            self._known[act.role][subject.mark] = known
        return known

    def why_nobody(self, asked: Asked, week: int, there: int, fits: Callable[[str], bool]) -> int:
        """Return why nobody owns an event that can be on these weekdays of a week.

        ``fits`` tells whether somebody has an hour for it, were they in nothing else.
        """
        act, subject, fixed = asked
        first, stand_in = self.owners.of(act.role, subject)
        here = [
            giver
            for giver in (self.ledger[owner] for owner in first + stand_in)
            for days, _ in [self.owners.in_charge(act.role, subject, giver.id)]
            if _both(giver, week, there & days >> 7 * week, handed=act.handed)
        ]
        if not here:
            return NOBODY
        fitting = [one for one in here if fits(one.id)]
        full = not any(one.can(week, act.minutes, act.before, act.ahead) for one in fitting)
        return NO_MINUTES if fitting and full and not fixed else NO_HOUR

    def _has_hour(self, act: Act, subject: Subject, owner: str, week: int, there: int) -> bool:
        """Whether an owner has an hour for this on any of these weekdays, were nobody in anything else."""
        days = (7 * week + day for day in weekdays(there))
        return not act.timed or any(self.agenda.starts(subject, owner, day, act.minutes) for day in days)

    def _may_lack_owner(self, owed: Owed, known: Known) -> bool:
        """Whether it is rather planned without an owner than not at all: not where one is only too busy."""
        nobody = not (known.first or known.stand_in)
        return owed.fixed or owed.subject.audience is not Audience.PERSON or nobody

    def _by(self, owed: Owed, week: int, there: int, giver: Giver, why: int) -> Seat | None:
        """Place it with one owner, if the week leaves minutes and days.

        What is only handed over may also be on a day that the owner never works (a card for the weekend
        team), in a week in which the owner is there.
        """
        act = owed.act
        if self.owners.charges:
            days, heir = self.owners.in_charge(act.role, owed.subject, giver.id)
            there, why = there & days >> 7 * week, HEIR if heir else why
        both = _both(giver, week, there, handed=act.handed)
        if both and (owed.fixed or giver.can(week, act.minutes, act.before, act.ahead)):
            return self._on_a_day(owed, week, (both, there), giver, why)
        return None

    def _by_one_of(self, owed: Owed, week: int, there: int, givers: Sequence[Giver], why: int) -> Seat | None:
        """Ask several in turn: least of this given, recipient least met, least to do this week.

        Of those who stand in a deputy comes before organisers.
        """
        if not owed.fixed:
            givers = self._with_minutes(owed.act, week, givers)
        if len(givers) > 1:
            given, met = self.ledger.given[owed.act.id], self.ledger.met[owed.act.id, owed.subject.id]
            last = self._organisers if why in {STAND_IN, NOBODY_MAY} else ()
            givers = sorted(
                givers,
                key=lambda one: (one.id in last, given[one.id], met[one.id], one.minutes[week], one.id),
            )
        for giver in givers:
            seat = self._by(owed, week, there, giver, why)
            if seat:
                return seat
        return None

    def who(self, owed: Owed) -> Known:
        """Return who may own an event; the sequences are the same for all whom the same may serve."""
        return self._who(owed.act, owed.subject)

    def has_minutes(self, owed: Owed, week: int, *, stand_in: bool = False) -> bool:
        """Whether any of those who are asked first for an event has enough minutes left in a week.

        ``stand_in``: or of those who stand in.
        """
        act, known = owed.act, self._who(owed.act, owed.subject)
        if not known.first or (stand_in and self._with_minutes(act, week, known.stand_in)):
            return True
        if known.first is not self._lead:
            return bool(self._with_minutes(act, week, known.first))
        queue = self._queues.of(act, week)
        entry = self._queues.next(queue, act, week)
        if entry is not None:
            heappush(queue, entry)
        return entry is not None

    def short_of_minutes(self, owed: Owed, week: int) -> Iterator[str] | None:
        """Yield who could take an event in a week but for their minutes; None where somebody has them."""
        act, subject = owed.act, owed.subject
        known = self._who(act, subject)
        there = subject.weeks[week] & act.weeks[week]
        barred = self.owners.barred(subject) if known.first is self._lead else ()

        def could(one: Giver) -> bool:
            return one.id not in barred and bool(_both(one, week, there, handed=act.handed))

        those = known.first or known.stand_in
        asked = (act.minutes, act.before, act.ahead)
        if self.has_minutes(owed, week) and any(one.can(week, *asked) and could(one) for one in those):
            return None
        return (one.id for one in those if could(one))

    def _with_minutes(self, act: Act, week: int, givers: Sequence[Giver]) -> Sequence[Giver]:
        """Return those who are there in a week and have enough minutes left."""
        mark = (week, act.minutes, act.before, act.ahead)
        standing_in = givers is self._standing_in
        if standing_in and mark in self._spent:
            return ()
        able = [one for one in givers if one.weeks[week] and one.can(*mark)]
        if standing_in and not able:
            self._spent.add(mark)
        return able

    def _by_next_leader(
        self, owed: Owed, week: int, there: int, but: Collection[str] | None = None
    ) -> Seat | None:
        """Ask the leaders whose turn it is ``but`` these, else those last whom a recipient has met again."""
        if owed.fixed:
            able = self.owners.of(owed.act.role, owed.subject).first
            return self._by_one_of(owed, week, there, [self.ledger[one] for one in able], TURN)
        queue = self._queues.of(owed.act, week)
        entry = self._queues.next(queue, owed.act, week)
        if entry is None:
            return None
        barred = self.owners.barred(owed.subject)
        waiting = self.met_again(owed.act, owed.subject) if but is None else but
        aside: Queue = []
        last: list[Giver] = []
        seat: Seat | None = None
        while entry is not None:
            aside.append(entry)
            leader = entry[2]
            if leader in barred:
                pass
            elif leader in waiting:
                last.append(self.ledger[leader])
            else:
                seat = self._by(owed, week, there, self.ledger[leader], TURN)
            entry = self._queues.next(queue, owed.act, week) if seat is None else None
        if but is None and seat is None:
            seats = (self._by(owed, week, there, giver, TURN) for giver in last)
            seat = next((found for found in seats if found), None)
        for entry in aside:
            heappush(queue, entry)
        return seat

    def met_again(self, act: Act, subject: Subject) -> set[str]:
        """Return the leaders whom a recipient has met more often than others: they wait for those."""
        found: set[str] = set()
        for recipient in subject.recipients:
            met = self.ledger.met.get((act.id, recipient))
            if met:
                leaders = self.owners.of(act.role, subject).first  # none where all are now above them
                least = sum(met.values()) // max(1, len(leaders))
                found.update(one for one, times in met.items() if times > least)
        return found

    def met_last(self, act: Act, subject: Subject) -> set[str]:
        """Return the leaders whom a recipient has met in the last of their groups."""
        met = (self.ledger.met.get((act.id, recipient)) for recipient in subject.recipients)
        return {next(reversed(leaders)) for leaders in met if leaders}

    # --- when ----------------------------------------------------------------------------------------

    def _on_a_day(
        self, owed: Owed, week: int, days: tuple[int, int], giver: Giver | None, why: int
    ) -> Seat | None:
        """Place it on the best day; ``days`` are the weekdays when all can, and when the recipients can."""
        both, there = days
        ranked = self.slots.ranked(owed, week, both, giver)
        if owed.act.id in self.slots.given:
            ranked = self.slots.apart(owed, ranked)
        start, hourless = None, 0
        if owed.act.timed:
            while ranked:
                start = self.slots.hour(owed, giver, ranked[0])
                if start is not None:
                    break
                hourless |= 1 << ranked.pop(0) % 7
            if start is None:
                return None
        day = ranked[0]
        second = ranked[1] % 7 if len(ranked) > 1 else NO_SECOND
        closed = 0 if owed.fixed else owed.subject.weeks[week] & ~owed.act.weeks[week]
        told = both | there << 7 | hourless << 14 | second << 21 | closed << 24
        return self._booked(owed, day, giver, start, (why, told))

    def with_others(self, owed: Owed, seat: Seat) -> Seat:
        """Return the seat of an event that others sit in by now: how its week is for them."""
        week = seat.day // 7
        there = owed.subject.weeks[week] & owed.act.weeks[week]
        both = _both(self.ledger[seat.owner], week, there, handed=owed.act.handed) if seat.owner else there
        second, hourless = seat.week >> 21 & 7, seat.week >> 14 & both
        if not both >> second & 1:
            second = NO_SECOND
        closed = owed.subject.weeks[week] & ~owed.act.weeks[week]
        return replace(seat, week=around(both, there, hourless, second, closed))

    def _booked(
        self, owed: Owed, day: int, giver: Giver | None, start: int | None, told: tuple[int, int]
    ) -> Seat:
        act, subject = owed.act, owed.subject
        owner = giver.id if giver else None
        if start is not None:
            who = occupied(subject.audience, subject.id, subject.recipients, owner)
            self.ledger.take(who, start, start + act.minutes)
            self.slots.leave(subject, (start, start + act.minutes))
        minutes = ahead = None
        if giver:
            early = giver.early[act.ahead][day // 7]
            if act.before and owed.fixed:
                early = self.preparing.week(act, giver, day // 7)
                ahead = day // 7 - early
            minutes = giver.give(day, act.minutes, act.before, early)
        if owner and act.shared:
            self._took_turn(act, owner, subject.recipients)
        return Seat(day, owner, start, told[0], minutes, told[1], ahead)

    def release(self, owed: Owed, seat: Seat) -> None:
        """Take a chosen event of a person or a group out again."""
        self._spent.clear()
        self._account(owed, seat, -1)
        if seat.owner:
            week = seat.day // 7
            self._queues.freed(seat.owner, week)
            if owed.act.before:
                self._queues.freed(seat.owner, self.ledger[seat.owner].early[owed.act.ahead][week])

    def take(self, owed: Owed, seat: Seat) -> None:
        """Put a chosen event where it was before it was released."""
        self._account(owed, seat, 1)

    def _account(self, owed: Owed, seat: Seat, times: int) -> None:
        act, subject, owner = owed.act, owed.subject, seat.owner
        if seat.start is not None:
            who = occupied(subject.audience, subject.id, subject.recipients, owner)
            book = self.ledger.take if times > 0 else self.ledger.free
            book(who, seat.start, seat.start + act.minutes)
            self.slots.leave(subject, (seat.start, seat.start + act.minutes), times)
        if owner:
            giver = self.ledger[owner]
            early = giver.early[act.ahead][seat.day // 7]
            giver.give(seat.day, times * act.minutes, times * act.before, early)
            if act.shared:
                self._took_turn(act, owner, subject.recipients, times)

    def _took_turn(self, act: Act, owner: str, recipients: Iterable[str], times: int = 1) -> None:
        self.ledger.given[act.id][owner] += times
        for recipient in recipients:
            self.ledger.meet(act.id, recipient, owner, times)

    # --- another owner -------------------------------------------------------------------------------

    def can_hold(self, owner: str, day: int, window: Window | None) -> bool:
        """Whether a window, if there is one, lies in the owner's hours and is free."""
        if window is None:
            return True
        held = any(low <= window[0] and window[1] <= high for low, high in self.agenda.holding(owner, day))
        return held and not self.ledger.busy(self.agenda.around(owner), *window)


def _both(giver: Giver, week: int, there: int, *, handed: bool) -> int:
    """Return the weekdays of these on which the owner can."""
    own = giver.weeks[week]
    if own & there or not (handed and own):
        return own & there
    return there & giver.off[week]
