"""From what the user wrote to a revision of the year: the order in which everything is decided."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from csweek.errors import Problem
from csweek.model.basics import Audience, Year
from csweek.model.inputs import Inputs
from csweek.model.plan import Event, Key, Plan, Revision
from csweek.plan import warnings
from csweek.plan.agenda import Agenda
from csweek.plan.days import Days, days
from csweek.plan.demand import Lost, Offer, Owed, Subject, fixed, offers, subjects, turns
from csweek.plan.events import Identity, event_of, refreshed, uid
from csweek.plan.groups import rota
from csweek.plan.ideas import with_ideas
from csweek.plan.keep import Standing, counts, rest_of_chosen, rest_of_fixed, revise, standing
from csweek.plan.ledger import Ledger
from csweek.plan.owners import Owners
from csweek.plan.place import Placed, Placer
from csweek.plan.reach import kept_by_managers, within_reach
from csweek.plan.spread import Walk, nearest_week, shares
from csweek.plan.turns import Need, person_turns, team_turns

SHARED = frozenset({Audience.TEAM, Audience.ORGANISATION})


@dataclass(frozen=True)
class Built:
    """A revision, and what could not be had or had to be stretched."""

    revision: Revision
    warnings: tuple[Problem, ...]


def build(
    inputs: Inputs, year: Year, today: date, before: Plan | None, revised: datetime, calendar_id: UUID
) -> Built:
    """Plan the year, or bring the plan before up to date; nothing before today changes.

    ``revised`` is the time of this revision in UTC; ``before`` a plan of the same year.
    """
    since = (before.since if before else None) or max(year.first, today)
    there = days(inputs, year, since)
    offered, stretched = within_reach(offers(inputs, there), inputs, there)
    deal = _Deal(inputs, there, offered, standing(before, today, inputs, there, offered), max(since, today))
    placed = deal.placed()
    names = _Names(before, calendar_id, revised)
    dealt = [event_of(each, names.of(each), inputs, there) for each in placed]
    standing_ones = tuple(deal.standing())
    ordered = sorted((*standing_ones, *dealt), key=lambda e: e.sort_key) if standing_ones else dealt
    events = tuple(with_ideas(ordered, inputs, today))
    number = (before.revision if before else 0) + 1
    fresh = Plan(year, events, number, revised, calendar_id, names.next_serial, since)
    told = (*stretched, *deal.problems, *warnings.of_plan(events, inputs, there, today))
    return Built(revise(before, fresh), told)


def _in_time(placed: Placed) -> tuple[int, str, Key]:
    """Return what puts placements in the order of ``Event.sort_key``."""
    return (placed.day, placed.start.isoformat() if placed.start else "", placed.owed.key)


class _Names:
    """The identities of what is dealt: the one that the plan before has for the key, else a new one."""

    def __init__(self, before: Plan | None, calendar_id: UUID, revised: datetime) -> None:
        self._known = {event.key: event for event in before.events} if before else {}
        self._calendar_id = calendar_id
        self._revised = revised
        self.next_serial = before.next_serial if before else 1

    def of(self, placed: Placed) -> Identity:
        old = self._known.get(placed.owed.key)
        if old:
            return Identity(old.id, old.uid, self._revised)
        self.next_serial += 1
        return Identity(f"e{self.next_serial - 1}", uid(self._calendar_id, placed.owed.key), self._revised)


class _Deal:
    """One build: what is owed is dealt in DESIGN.md's order into one ledger."""

    def __init__(
        self, inputs: Inputs, there: Days, offered: Sequence[Offer], stands: Standing, ahead: date
    ) -> None:
        self._inputs = inputs
        self._days = there
        self._offers = offered
        self._stands = stands
        self._ahead = there.open & -(1 << there.index(ahead))
        self._ledger = Ledger(inputs.settings.limits.owner_minutes_per_week)
        self._placer = Placer(inputs, there, self._ledger, Owners(inputs.people), Agenda(inputs, there))
        self._subjects = {audience: subjects(inputs, there, audience) for audience in Audience}
        self._surplus: set[Key] = set()
        self.problems: list[Problem] = []

    def placed(self) -> list[Placed]:
        """Return what is dealt now, in order of time."""
        for event in (*self._stands.past, *self._stands.future):
            self._ledger.stand(event, self._days)
        placed = [*self._fixed(), *self._teams()]
        groups = list(self._groups())
        placed += [*groups, *self._persons(groups)]
        return sorted(placed, key=_in_time)

    def standing(self) -> Iterator[Event]:
        """Yield what is past as it was, and what stands in the words that hold now."""
        yield from self._stands.past
        for event in self._stands.future:
            if event.key not in self._surplus:
                yield self._placer.owned(refreshed(event, self._offers, self._inputs))

    def _fixed(self) -> Iterator[Placed]:
        found = [
            each
            for offer in self._offers
            if offer.anchors
            for subject in self._subjects[offer.action.audience]
            for each in fixed(offer, subject, self._inputs, self._days)
        ]
        self.problems += warnings.lost([each for each in found if isinstance(each, Lost)], self._inputs)
        rest = rest_of_fixed([e for e in found if isinstance(e, Owed)], self._stands, self._days)
        self._surplus |= rest.surplus
        for owed in sorted(rest.owed, key=lambda each: (each.first, each.key)):
            if self._ahead >> owed.first & 1:
                yield from self._told(self._placer.on_its_day(owed), owed)

    def _teams(self) -> Iterator[Placed]:
        wanted = [
            owed
            for offer in self._chosen(Audience.TEAM, Audience.ORGANISATION)
            for owed in team_turns(offer, self._subjects[offer.action.audience], self._days)
        ]
        rest = rest_of_chosen(wanted, self._stands, self._days, SHARED)
        self._surplus |= rest.surplus
        left: list[Owed] = []
        for owed in sorted(rest.owed, key=lambda each: (each.wish, each.key)):
            placed = nearest_week(self._from_today(owed), self._placer)
            if placed:
                yield placed
            else:
                left.append(owed)
        self.problems += warnings.unplaced(left, self._inputs)

    def _groups(self) -> Iterator[Placed]:
        for offer in self._chosen(Audience.GROUP):
            events = [e for e in (*self._stands.past, *self._stands.future) if e.action == offer.action.id]
            met = Counter(p for event in events for p in event.recipients if counts(event))
            numbers = Counter({s: n for (a, s), n in self._stands.numbers.items() if a == offer.action.id})
            ahead = replace(offer, mask=offer.mask & self._ahead)
            dealt = rota(ahead, self._inputs, self._placer, met, numbers)
            self.problems += warnings.no_group(offer.action, dealt.left, self._inputs)
            yield from dealt.placed

    def _persons(self, groups: Sequence[Placed]) -> Iterator[Placed]:
        everyone = self._subjects[Audience.PERSON]
        offered = self._chosen(Audience.PERSON)
        asked = {s.id: [(o, n) for o in offered if (n := self._possible_turns(o, s))] for s in everyone}
        kept, short = kept_by_managers(asked, self._inputs, self._days, self._ledger)
        self.problems += short
        needs = {person: self._at_least_standing(person, asked[person], kept[person]) for person in asked}
        seats = self._seats(groups)
        wanted = person_turns(everyone, needs, seats, self._days)
        rest = rest_of_chosen(wanted, self._stands, self._days, frozenset({Audience.PERSON}))
        self._surplus |= rest.surplus
        share = shares(
            ((s.mask & self._days.open, sum(n for _, n in needs[s.id]) + len(seats[s.id])) for s in everyone),
            self._days.year.weeks,
        )
        walked = Walk(map(self._from_today, rest.owed), self._placer).through(share)
        self.problems += warnings.unplaced(walked.left, self._inputs)
        yield from walked.placed

    def _possible_turns(self, offer: Offer, subject: Subject) -> int:
        """Return how many turns are owed; none, and that is said, where no owner shares a day."""
        number = turns(offer, subject, self._days)
        if number and not self._placer.can_meet(offer.action, subject, offer.mask & self._days.open):
            self.problems += warnings.never_together(offer.action, subject, self._inputs)
            return 0
        return number

    def _at_least_standing(self, person: str, asked: Sequence[Need], kept: Sequence[Need]) -> list[Need]:
        """Return a person's turns; what stands is not cancelled for a rhythm that got longer since."""
        had = self._had[person]
        return [
            (o, max(few, min(many, had[o.action.id])))
            for (o, many), (_, few) in zip(asked, kept, strict=True)
        ]

    @cached_property
    def _had(self) -> Mapping[str, Counter[str]]:
        """How many chosen events of each action stand for a person."""
        had: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for event in (*self._stands.past, *self._stands.future):
            if event.audience is Audience.PERSON and not event.fixed and counts(event):
                had[event.key.subject][event.action] += 1
        return had

    def _seats(self, groups: Sequence[Placed]) -> Mapping[str, Sequence[int]]:
        """Return the days of everybody's groups, those that stand and those dealt now."""
        seats: defaultdict[str, list[int]] = defaultdict(list)
        for event in (*self._stands.past, *self._stands.future):
            if event.audience is Audience.GROUP and counts(event):
                for person in event.recipients:
                    seats[person].append(self._days.index(event.date))
        for placed in groups:
            for person in placed.owed.subject.recipients:
                seats[person].append(placed.day)
        return seats

    def _chosen(self, *audiences: Audience) -> list[Offer]:
        return [o for o in self._offers if o.rhythm and o.action.audience in audiences]

    def _from_today(self, owed: Owed) -> Owed:
        return owed if owed.mask & self._ahead == owed.mask else replace(owed, mask=owed.mask & self._ahead)

    def _told(self, placed: Placed | None, owed: Owed) -> Iterator[Placed]:
        """Yield what found a place; what did not is named."""
        if placed:
            yield placed
        else:
            self.problems += warnings.unplaced([owed], self._inputs)
