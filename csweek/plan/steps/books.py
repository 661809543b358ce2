"""What the steps of a deal share: the year, what stands in it, and one account of all that is given."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import sub
from typing import NamedTuple

from msgspec import Struct

from csweek.errors import Problem
from csweek.model.basics import Audience
from csweek.model.inputs import Inputs
from csweek.plan.again.holding import Holding, Known
from csweek.plan.again.keep import Standing
from csweek.plan.again.rest import missed, surplus, unmet
from csweek.plan.again.stood import Stood
from csweek.plan.earlier import Earlier
from csweek.plan.level.pools import Asked, Pool, pools_of
from csweek.plan.level.room import Givers, Room
from csweek.plan.owed.acts import Act, Mark, Owed, Placed
from csweek.plan.owed.demand import subjects
from csweek.plan.placing.ledger import Ledger
from csweek.plan.placing.place import Placer
from csweek.plan.reach import Needs
from csweek.plan.when.days import Days
from csweek.plan.when.hours import kept_free
from csweek.rows import SERIAL

OWN = (Audience.PERSON, Audience.GROUP)


class Start(Struct, frozen=True, dict=True):
    """What every deal of a year begins with."""

    inputs: Inputs
    days: Days
    acts: Sequence[Act]
    stands: Standing
    past: Earlier


class Step(NamedTuple):
    """What one step has done."""

    placed: Sequence[Placed]
    left: Sequence[Mark] = ()
    """What found no day."""
    problems: Sequence[Problem] = ()


class Books:
    """What stands is booked; what a step places is booked beside it, what nobody asks for is let go."""

    def __init__(self, start: Start) -> None:
        inputs, days = start.inputs, start.days
        self.inputs, self.days, self.acts, self.past = inputs, days, start.acts, start.past
        self.ledger = Ledger(inputs.settings.limits.owner_minutes_per_week, days)
        for owner, windows in kept_free(inputs.busy, days.year.first).items():
            for window in windows:
                self.ledger.take([f"p:{owner}"], *window)
        self.placer = Placer(inputs, days, self.ledger, start.stands.today)
        self.holding = Holding(start.stands, start.acts, inputs.people, self.placer)
        self.stands = self.holding.stands
        self.subjects = {audience: subjects(inputs, days, audience) for audience in Audience}
        self.anew = not start.stands.numbers or (
            start.stands.afresh and not any(map(_is_touch, self.stands.all()))
        )
        """Whether no touch stands, so that the whole year is dealt."""
        self.fresh = self.anew or start.stands.afresh
        """Whether all that is ahead is dealt, so that its weeks can be level."""
        if self.anew:
            self.ledger.since = start.past.weeks_since(inputs, days.year)
        self._missed = missed(start.stands)
        self._surplus: set[int] = set()

    # --- what is asked for ---------------------------------------------------------------------------

    def chosen(self, *audiences: Audience) -> list[Act]:
        """Return the actions with a rhythm for these."""
        return [act for act in self.acts if act.offer.rhythm and act.offer.action.audience in audiences]

    @property
    def largest_group(self) -> int:
        """How many a small group may have; 1 where there are none."""
        return max((act.offer.action.group_size[1] for act in self.chosen(Audience.GROUP)), default=1)

    def is_to_come(self, subject: str) -> bool:
        """Whether a person has a day left; always so for teams and sites."""
        ahead = -(1 << max(0, self.stands.today))
        return bool(self.days.person.get(subject, ahead) & ahead)

    # --- what stands ---------------------------------------------------------------------------------

    def standing(self) -> Iterator[Known]:
        """Yield what stands ahead with an owner who may hold it, and the action that it is of now."""
        return (known for known in self.holding if self.stays(known[0]))

    def stays(self, one: Stood) -> bool:
        """Whether it was not let go."""
        return one.row[SERIAL] not in self._surplus

    def unmet(self, owed: Sequence[Owed], had: Sequence[Stood]) -> Sequence[Owed]:
        """Return the turns of one subject and action that nothing stands for; what is too much goes."""
        if not had and owed[0].mark not in self.stands.numbers and self.stands.today <= 0:
            return owed
        left, more = unmet(owed, had, self.stands, self._missed.get(owed[0].mark, ()))
        self.let_go(surplus(more, self.stands))
        return left

    def let_go_unasked(self, had: Mapping[str, Sequence[Stood]]) -> None:
        """Take out of the books what stands of actions that have no rhythm any more."""
        rhythmic = {act.id for act in self.acts if act.offer.rhythm}
        unasked = (one for events in had.values() for one in events if one.action not in rhythmic)
        self.let_go(surplus(unasked, self.stands))

    def let_go(self, events: Iterable[Stood]) -> None:
        """Take what is not asked for any more out of the books."""
        for one in events:
            if one.row[SERIAL] not in self._surplus:
                self._surplus.add(one.row[SERIAL])
                self.holding.let_go(one)

    def hand_out(self) -> None:
        """Give what stands without an owner to one who can by now, as what was let go has freed minutes."""
        if self._surplus:
            self.holding.ask_again(self._surplus)

    # --- who has time --------------------------------------------------------------------------------

    def seats(self, groups: Sequence[Placed]) -> Mapping[str, Sequence[int]]:
        """Return the days of everybody's groups, those that stand and these."""
        seats: defaultdict[str, list[int]] = defaultdict(list)
        for one in self.stands.all():
            if one.kind.audience is Audience.GROUP and one.counts:
                for person in one.recipients:
                    seats[person].append(one.day)
        for owed, seat in groups:
            for person in owed.subject.recipients:
                seats[person].append(seat.day)
        return seats

    def room(self, *, standing: bool = False, dealt: Iterable[Placed] = ()) -> Room:
        """Return where persons' touches can be beside all others, with ``standing`` beside their own, too.

        ``dealt``: those that are placed already.
        """
        minutes = {
            owner: [*(giver.minutes if standing else map(sub, giver.minutes, giver.spread))]
            for owner, giver in self.ledger.items()
        }
        for owed, seat in dealt:
            if seat.owner:
                week, act = seat.day // 7, owed.act
                minutes[seat.owner][week] -= act.minutes
                minutes[seat.owner][self.ledger[seat.owner].early[act.ahead][week]] -= act.before
        return Room(self.placer.owners, self.days, self.ledger, minutes)

    def pools(self, needs: Needs, room: Room) -> Sequence[Pool]:
        """Return who gives persons what they need."""
        asked = (
            Asked(act.id, act.role, act.effort, subject, number)
            for subject in self.subjects[Audience.PERSON]
            for act, number in needs[subject.id]
        )
        return pools_of(asked, room)

    def givers(self, asked: Asked) -> Givers:
        """Return those who may give this: who is asked first, else who stands in."""
        known = self.placer.owners.of(asked.role, asked.subject)
        return known.first or known.stand_in


def _is_touch(one: Stood) -> bool:
    """Whether it is a chosen event of a person or group."""
    return one.counts and not one.kind.fixed and one.kind.audience in OWN
