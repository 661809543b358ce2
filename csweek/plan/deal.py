"""One deal of a year: what is owed finds its day, owner and hour, in the order of docs/planning.md."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from operator import add, sub
from typing import NamedTuple

from csweek.errors import Problem
from csweek.model.basics import Audience
from csweek.model.inputs import Inputs
from csweek.plan.again.holding import Holding, Known
from csweek.plan.again.keep import Standing
from csweek.plan.again.rest import by_subject, missed, rest_of_fixed, same_again, surplus, unmet
from csweek.plan.again.stood import Stood
from csweek.plan.earlier import Earlier
from csweek.plan.lessons import Lessons, without
from csweek.plan.level.alike import shared_alike
from csweek.plan.level.even import LARGE, quotas, shares
from csweek.plan.level.mend import mended
from csweek.plan.level.pools import Asked, Pool, costs, pools_of, too_many, week_shares
from csweek.plan.level.room import Givers, Room
from csweek.plan.level.spread import Walk, anywhere
from csweek.plan.level.turns import Need, person_turns, staggered, team_turns
from csweek.plan.owed.acts import Act, Mark, Owed, Placed, act_of
from csweek.plan.owed.demand import Subject, subjects, turns, turns_at_most
from csweek.plan.owed.fixed import Lost, fixed
from csweek.plan.placing import lacking
from csweek.plan.placing.ledger import Ledger
from csweek.plan.placing.place import Placer
from csweek.plan.placing.preparing import Prepared
from csweek.plan.reach import Needs, kept_by_managers
from csweek.plan.rota.seating import Seating
from csweek.plan.search.settle import Queues, Settled, narrower, settled
from csweek.plan.told import undealt
from csweek.plan.when.days import Days, by_week
from csweek.plan.when.hours import kept_free
from csweek.rows import SERIAL

OWN = (Audience.PERSON, Audience.GROUP)
SHARED = (Audience.TEAM, Audience.ORGANISATION)
NOTHING = Settled()


class _Rest(NamedTuple):
    """What of persons' touches is dealt, and beside what."""

    everyone: Sequence[Subject]
    """With the days that are dealt."""
    seats: Mapping[str, Sequence[int]]
    """The days of what stays."""
    share: Sequence[float]
    since: Mapping[str, int]
    """For how many weeks people wait already."""
    past: Sequence[int]
    """How many touches the weeks before these have."""


class Deal:
    """What stands is booked, the rest is placed, all of it in one ledger."""

    def __init__(
        self,
        inputs: Inputs,
        days: Days,
        acts: Sequence[Act],
        stands: Standing,
        lessons: Lessons,
        past: Earlier,
    ) -> None:
        """``lessons`` are those of deals before."""
        self.inputs = inputs
        self.days = days
        self._acts = acts
        self._given = stands
        self._ledger = Ledger(inputs.settings.limits.owner_minutes_per_week, days)
        for owner, windows in kept_free(inputs.busy, days.year.first).items():
            for window in windows:
                self._ledger.take([f"p:{owner}"], *window)
        self._placer = Placer(inputs, days, self._ledger, stands.today)
        self._holding = Holding(stands, acts, inputs.people, self._placer)
        self.stands = self._holding.stands
        self._subjects = {audience: subjects(inputs, days, audience) for audience in Audience}
        everyone = self._subjects[Audience.PERSON]
        self._seating = Seating(everyone, self._holding, self._placer, inputs, lessons.given_up)
        self._missed = missed(stands)
        self._surplus: set[int] = set()
        self.lessons = lessons
        self.past = past
        self.anew = not stands.numbers or (stands.afresh and not any(_is_touch(one) for one in stands.all()))
        """Whether no touch stands, so that the whole year is dealt."""
        self.fresh = self.anew or stands.afresh
        """Whether all that is ahead is dealt, so that its weeks can be level."""
        if self.anew:
            self._ledger.since = past.weeks_since(inputs, days.year)
        self.learned = lessons
        """What this deal teaches, with what those before did."""
        self._settled = NOTHING
        self.given_up: Counter[Mark] = Counter()
        """Turns of persons that found no day or no group."""
        self.share: Sequence[float] = ()
        """Every week's share of the touches."""
        self.pools: Sequence[Pool] = ()
        """What the same people are asked to give."""
        self.problems: list[Problem] = []
        self._left: list[Mark] = []
        """What found no day."""
        self._apart: defaultdict[str, list[str]] = defaultdict(list)
        """Who shares no day ahead with anyone who may hold an action, by action."""
        self._over: set[Mark] = set()
        """What of this was possible on days that are past: it is owed, but dealt no more."""

    def again(self) -> "Deal | None":
        """Return the same deal with what this one has learned, not yet dealt; None where it taught nothing.

        Where nothing else is left to learn a long search tells whether gaps can be narrower.
        """
        learned = self.learned
        if learned == self.lessons and not (learned.patient or self._settled.level.narrowest):
            laid = narrower(self._settled)
            learned = replace(learned, patient=True, laid=laid) if laid else learned
        if learned == self.lessons:
            return None
        return Deal(self.inputs, self.days, self._acts, self._given, learned, self.past)

    def placed(self) -> list[Placed]:
        """Return what is dealt now."""
        placed = [*self._fixed(), *self._teams()]
        acts = self._chosen(Audience.PERSON)
        asked = {subject.id: self._asked(subject, acts) for subject in self._subjects[Audience.PERSON]}
        alone = {act: [one for one in whom if self._is_to_come(one)] for act, whom in self._apart.items()}
        self.problems += undealt.never_together(alone, acts, self.inputs)
        groups = list(self._groups(asked))
        placed += [*groups, *self._persons(asked, groups)]
        if self._surplus:
            self._holding.ask_again(self._surplus)
        if self.stands.afresh:
            placed = same_again(placed, self.stands)
        self.problems += lacking.told(self._to_come(), self._placer, self.inputs)
        return placed

    def _to_come(self) -> Iterator[tuple[Act, Subject]]:
        """Yield what found no day, but for those who are not there any more."""
        acts = {act.id: act for act in self._acts}
        subjects = {
            audience: {one.id: one for one in self._subjects[audience]}
            for audience in {acts[action].offer.action.audience for action, _ in self._left if action in acts}
        }
        for action, ident in self._left:
            act = acts.get(action)
            subject = act and subjects[act.offer.action.audience].get(ident)
            if act and subject and self._is_to_come(ident):
                yield act, subject

    def _is_to_come(self, subject: str) -> bool:
        """Whether a person has a day left; always so for teams and sites."""
        ahead = -(1 << max(0, self.stands.today))
        return bool(self.days.person.get(subject, ahead) & ahead)

    @property
    def ledger(self) -> Ledger:
        """The account of all that stands and, once it is placed, of what is dealt."""
        return self._ledger

    @property
    def largest_group(self) -> int:
        """Return how many a small group may have; 1 where there are none."""
        groups = self._chosen(Audience.GROUP)
        return max((act.offer.action.group_size[1] for act in groups), default=1)

    def givers(self, asked: Asked) -> Givers:
        """Return those who may give this: who is asked first, else who stands in."""
        known = self._placer.owners.of(asked.role, asked.subject)
        return known.first or known.stand_in

    # --- what stands ---------------------------------------------------------------------------------

    def standing(self) -> Iterator[Known]:
        """Yield what stands ahead with an owner who may hold it, and the action that it is of now."""
        return (known for known in self._holding if known[0].row[SERIAL] not in self._surplus)

    # --- given days, teams, groups -------------------------------------------------------------------

    def _fixed(self) -> Iterator[Placed]:
        found = [
            each
            for act in self._acts
            if act.offer.anchors
            for each in fixed(act, self._subjects[act.offer.action.audience], self.inputs, self.days)
        ]
        self.problems += undealt.lost([each for each in found if isinstance(each, Lost)], self.inputs)
        rest = rest_of_fixed([each for each in found if isinstance(each, Owed)], self.stands)
        self._let_go(one for one in self.stands.future if one.row[SERIAL] in rest.surplus)
        left: list[Owed] = []
        ahead = self.days.ahead(self.stands.today)
        self._placer.preparing.stand(self._prepared())
        for owed in sorted(
            rest.owed, key=lambda each: (each.first, each.act.id, each.subject.id, each.ordinal)
        ):
            if ahead >> owed.first & 1:
                seat = self._placer.on_its_day(owed)
                if seat:
                    yield owed, seat
                else:
                    left.append(owed)
        self._left += [owed.mark for owed in left]
        self.problems += self._placer.preparing.told(self.inputs)

    def _prepared(self) -> Iterator[Prepared]:
        """Yield what stands on given days and is prepared by an owner some of whose weeks are too full."""
        full = {one.id: one for one in self._ledger.values() if max(one.minutes) > one.limit}
        for one, act in self.standing() if full else ():
            if act and one.kind.fixed and one.kind.before and one.owner in full and one.day // 7 >= act.ahead:
                yield Prepared(act, one.day // 7, full[one.owner], one.kind.ahead)

    def _teams(self) -> list[Placed]:
        had = by_subject(self.stands, SHARED)
        wanted: list[Owed] = []
        for act in self._chosen(*SHARED):
            by_team: defaultdict[str, list[Owed]] = defaultdict(list)
            for owed in team_turns(act, self._subjects[act.offer.action.audience], self.days):
                by_team[owed.subject.id].append(owed)
            for subject, owed_here in by_team.items():
                wanted += self._unmet(
                    owed_here, [one for one in had.get(subject, ()) if one.action == act.id]
                )
        self._drop_unasked(had)
        for events in had.values():
            for one in events:
                if one.live and one.row[SERIAL] not in self._surplus:
                    self._placer.slots.beside.setdefault(one.mark, set()).add(one.day)
        in_turn = sorted(wanted, key=lambda each: (each.wish, each.act.id, each.subject.id, each.ordinal))
        placed: list[Placed] = []
        self._left += [owed.mark for owed in anywhere(in_turn, placed, self._placer)]
        return placed

    def _unmet(self, owed: Sequence[Owed], had: Sequence[Stood]) -> Sequence[Owed]:
        """Return the turns of one subject and action that nothing stands for; what is too much goes."""
        if not had and owed[0].mark not in self.stands.numbers and self.stands.today <= 0:
            return owed
        left, more = unmet(owed, had, self.stands, self._missed.get(owed[0].mark, ()))
        self._let_go(surplus(more, self.stands))
        return left

    def _drop_unasked(self, had: Mapping[str, Sequence[Stood]]) -> None:
        """Let go of what stands of actions that have no rhythm any more."""
        rhythmic = {act.id for act in self._acts if act.offer.rhythm}
        unasked = (one for events in had.values() for one in events if one.action not in rhythmic)
        self._let_go(surplus(unasked, self.stands))

    def _let_go(self, events: Iterable[Stood]) -> None:
        """Take what is not asked for any more out of the books."""
        for one in events:
            if one.row[SERIAL] not in self._surplus:
                self._surplus.add(one.row[SERIAL])
                self._holding.let_go(one)

    def _groups(self, asked: Needs) -> Iterator[Placed]:
        acts = self._chosen(Audience.GROUP)
        room, pools = self._group_room(asked, acts) if acts else ([], ())
        beside = self._room() if pools and len(self.inputs.people) <= LARGE else None
        leaders = set(self.inputs.people.leaders)
        for meeting in self.past.meetings if acts else ():
            if meeting.leader in leaders:
                self._ledger.meet(meeting.action, meeting.person, meeting.leader)
        for act in acts:
            less = costs(pools, beside, leaders, act.minutes + act.before) if beside else {}
            yield from self._seating.groups_of(act, room, less)
        self.problems += self._seating.problems

    def _group_room(self, asked: Needs, groups: Sequence[Act]) -> tuple[list[int], Sequence[Pool]]:
        """Return how many touches of groups each week can have and be even: its share of all touches.

        With that who gives the other touches.
        """
        pools: Sequence[Pool] = ()
        everyone = self._subjects[Audience.PERSON]
        rounds = [
            (s.mask & self.days.open, sum(turns(act.offer, s, self.days) for act in groups)) for s in everyone
        ]
        if not self.anew:
            owed = (
                (mask, sum(n for _, n in asked[s.id]) + number)
                for s, (mask, number) in zip(everyone, rounds, strict=True)
            )
            share = shares(owed, self.days.year.weeks)
        else:
            can, _ = kept_by_managers(asked, self.inputs, self.days, self._ledger)
            pools = self._pools(everyone, self.lessons.without(can), self._room())
            share = week_shares(pools, rounds, self.days.year.weeks)
        room = [int(part) for part in share]
        for day in (day for days in self._seats(()).values() for day in days):
            room[day // 7] -= 1
        return room, pools

    # --- persons -------------------------------------------------------------------------------------

    def _persons(self, asked: Needs, groups: Sequence[Placed]) -> list[Placed]:
        everyone = self._subjects[Audience.PERSON]
        can, short = kept_by_managers(asked, self.inputs, self.days, self._ledger)
        self.problems += short
        can = self.lessons.without(can)
        fresh, room = self.fresh, self._room()
        self.pools = self._pools(everyone, can, room) if self.anew else []
        more = too_many(self.pools)
        needs = self._at_least_standing(without(can, more))
        seats = self._seats(groups)
        queues = self._queues(everyone, needs, seats)
        self._drop_unasked(self._had)
        if more or not self.anew:
            self.pools = self._pools(everyone, needs, room)
        self.share = self._share(everyone, self.pools, seats)
        rest = self._rest(everyone, queues, seats)
        left_over = self._room(standing=True)
        self._ledger.waiting = rest.since
        given = rest.everyone, queues, rest.seats, rest.share
        dealt = settled(*given, self._placer, self.lessons) if fresh else NOTHING
        numbers = dealt.level.numbers or quotas(rest.share, self._still(rest.seats) if fresh else ())
        numbers = [*map(add, numbers, rest.past)]
        walked, left = Walk(queues, self._placer, left_over, prompt=not fresh).through(numbers)
        lost = [*more.elements(), *(owed.mark for owed in dealt.over or left)]
        self.learned = self.lessons.and_also(lost, dealt.closed)
        self._settled = dealt
        groups_of = {act.id for act in self._chosen(Audience.GROUP)}
        before = Counter({mark: n for mark, n in self.lessons.fewer.items() if mark[0] not in groups_of})
        given_up = before + more + Counter(owed.mark for owed in left)
        self._left += given_up.elements()
        self.given_up = given_up + self._seating.left
        placed = [*dealt.placed, *walked]
        placed = mended(placed, numbers, self._placer) if fresh and walked else placed
        return shared_alike(placed, self._placer) if fresh else placed

    def _rest(self, everyone: Sequence[Subject], queues: Queues, seats: Mapping[str, Sequence[int]]) -> _Rest:
        """Return what of persons' touches is dealt: all, or once the year has begun what is ahead."""
        weeks = self.days.year.weeks
        if self.anew or not self.fresh:
            return _Rest(everyone, seats, self.share, self._ledger.since, [0] * weeks)
        today = max(0, self.stands.today)
        now, mask = today // 7, -(1 << today)
        coming = [replace(s, mask=s.mask & mask, weeks=by_week(s.mask & mask, weeks)) for s in everyone]
        held = {s.id: [*seats.get(s.id, ()), *(one.day for one in self._had.get(s.id, ()))] for s in everyone}
        still = {p: ahead for p, days in held.items() if (ahead := [day for day in days if day // 7 >= now])}
        past = Counter(day // 7 for days in held.values() for day in days if day // 7 < now)
        over = {p: max(gone) // 7 for p, days in held.items() if (gone := [d for d in days if d // 7 < now])}
        since = {s.id: sum(map(bool, s.weeks[over[s.id] + 1 : now])) + 1 for s in everyone if s.id in over}
        number = sum(map(len, queues.values())) + sum(map(len, still.values()))
        scale = number / (sum(self.share[now:]) or 1)
        share = [0.0 if week < now else part * scale for week, part in enumerate(self.share)]
        return _Rest(coming, still, share, since, [past[week] for week in range(weeks)])

    def _still(self, seats: Mapping[str, Sequence[int]]) -> list[int]:
        """Return how many touches of groups each week has."""
        counts = Counter(day // 7 for days in seats.values() for day in days)
        return [counts[week] for week in range(self.days.year.weeks)]

    @cached_property
    def _had(self) -> Mapping[str, list[Stood]]:
        return by_subject(self.stands, (Audience.PERSON,))

    def _asked(self, subject: Subject, acts: Iterable[Act]) -> list[Need]:
        """Return the turns that are owed; none, and that is noted, where no owner shares a day."""
        found: list[Need] = []
        for act in acts:
            number = turns(act.offer, subject, self.days)
            if number <= 0:
                continue
            if not self._placer.can_meet(act, subject):
                self._apart[act.id].append(subject.id)
                whole_year = act_of(act.offer, act.number, self.days.open, self.days)
                if act.mask == whole_year.mask or not self._placer.can_meet(whole_year, subject):
                    continue
                self._over.add((act.id, subject.id))
            found.append((act, number))
        return found

    def _at_least_standing(self, can: Needs) -> Needs:
        """Return everyone's turns; a rhythm that got longer since takes none of those that there are."""
        needs = dict(can)
        fallen = {} if self.stands.afresh else self.stands.fallen
        again = Counter({mark: sum(not one.kind.fixed for one in those) for mark, those in fallen.items()})
        moving = {subject for _, subject in again}
        for subject in self._subjects[Audience.PERSON]:
            if subject.id in self._had or subject.id in moving:
                had = Counter(one.action for one in self._had.get(subject.id, ()))
                needs[subject.id] = [
                    (act, max(few, min(turns_at_most(act.offer, subject, self.days), number)))
                    for act, few in can[subject.id]
                    for number in (had[act.id] + again[act.id, subject.id],)
                ]
        return needs

    def _queues(
        self, everyone: Sequence[Subject], needs: Needs, seats: Mapping[str, Sequence[int]]
    ) -> dict[str, list[Owed]]:
        """Return everybody's turns that nothing stands for, also of those who have none."""
        queues: dict[str, list[Owed]] = {}
        for subject, rank, phase in staggered(everyone):
            mine, had = needs[subject.id], self._had.get(subject.id, ())
            if had and Counter(one.action for one in had) == Counter({act.id: n for act, n in mine if n}):
                queues[subject.id] = []
                continue
            wanted = person_turns(subject, mine, seats.get(subject.id, ()), self.days, (rank, phase))
            left = self._left_of(wanted, had) if self.stands.numbers else wanted
            queues[subject.id] = [one for one in left if one.mark not in self._over] if self._over else left
        return queues

    def _left_of(self, wanted: Sequence[Owed], had: Sequence[Stood]) -> list[Owed]:
        by_act: defaultdict[str, list[Owed]] = defaultdict(list)
        for owed in wanted:
            by_act[owed.act.id].append(owed)
        left: list[Owed] = []
        for act, owed_here in by_act.items():
            left += self._unmet(owed_here, [one for one in had if one.action == act])
        unwanted = [one for one in had if one.action not in by_act]
        self._let_go(surplus(unwanted, self.stands))
        return left

    def _share(
        self, everyone: Sequence[Subject], pools: Iterable[Pool], seats: Mapping[str, Sequence[int]]
    ) -> tuple[float, ...]:
        """Return each week's share of all touches: those owed where they can be given, groups everywhere."""
        groups = ((s.mask & self.days.open, len(seats[s.id])) for s in everyone if s.id in seats)
        return week_shares(pools, groups, self.days.year.weeks)

    def _pools(self, everyone: Sequence[Subject], needs: Needs, room: Room) -> Sequence[Pool]:
        asked = (
            Asked(act.id, act.role, act.effort, subject, number)
            for subject in everyone
            for act, number in needs[subject.id]
        )
        return pools_of(asked, room)

    def _room(self, *, standing: bool = False) -> Room:
        """Return where persons' touches can be beside all others, with ``standing`` beside their own, too."""
        minutes = {
            owner: tuple(giver.minutes if standing else map(sub, giver.minutes, giver.spread))
            for owner, giver in self._ledger.items()
        }
        limit = self.inputs.settings.limits.owner_minutes_per_week
        return Room(self._placer.owners, self.days, limit, minutes)

    def _seats(self, groups: Sequence[Placed]) -> Mapping[str, Sequence[int]]:
        """Return the days of everybody's groups, those that stand and those dealt now."""
        seats: defaultdict[str, list[int]] = defaultdict(list)
        for one in self.stands.all():
            if one.kind.audience is Audience.GROUP and one.counts:
                for person in one.recipients:
                    seats[person].append(one.day)
        for owed, seat in groups:
            for person in owed.subject.recipients:
                seats[person].append(seat.day)
        return seats

    def _chosen(self, *audiences: Audience) -> list[Act]:
        return [act for act in self._acts if act.offer.rhythm and act.offer.action.audience in audiences]


def _is_touch(one: Stood) -> bool:
    """Whether it is a chosen event of a person or group."""
    return one.counts and not one.kind.fixed and one.kind.audience in OWN
