"""Everyone's seats in the year's groups: what fell away held again, chairs that are free, new groups."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from csweek.errors import Problem
from csweek.model.inputs import Inputs
from csweek.plan.again.holding import Holding
from csweek.plan.level.alike import shared_alike
from csweek.plan.owed.acts import Act, Mark, Placed
from csweek.plan.owed.demand import Subject
from csweek.plan.placing.place import Placer
from csweek.plan.rota.groups import Book, apart, moved, named, named_as_before, owed_groups, rota
from csweek.plan.rota.joining import Group, dealt_groups, joining, standing_groups, with_person
from csweek.plan.told import undealt


class Seating:
    """Seats everyone, one action after the other, beside what stands."""

    def __init__(
        self,
        everyone: Sequence[Subject],
        holding: Holding,
        placer: Placer,
        inputs: Inputs,
        given_up: Mapping[Mark, int],
    ) -> None:
        """``given_up`` are turns that found no group when the year was planned before."""
        self._everyone = everyone
        self._holding = holding
        self._stands = holding.stands
        self._placer = placer
        self._inputs = inputs
        self._given_up = given_up
        self.left: Counter[Mark] = Counter()
        """Turns that found no group."""
        self.problems: list[Problem] = []
        self.waiting: dict[Act, Mapping[Subject, int]] = {}
        """Who found no group, and how many, for want of a leader with minutes and an hour left."""

    def groups_of(self, act: Act, room: list[int], costs: Mapping[str, Sequence[int]]) -> Sequence[Placed]:
        """Return the groups of an action for those who find no free chair in one that stands.

        ``room`` is how many touches each week can have besides, used up; ``costs`` are those of ``Book``.
        """
        met, book = self._met(act), Book(self._numbers(act), room, costs)
        owed = owed_groups(act, self._everyone, self._inputs, self._placer.days)

        def lacking(among: Iterable[Subject]) -> dict[Subject, int]:
            return {s: owed[s.id] - met[s.id] for s in among if owed.get(s.id, 0) > met[s.id]}

        held = self._held_again(act, lacking(self._everyone), book)
        met.update(person for again, _ in held for person in again.subject.recipients)
        standing = standing_groups(self._holding, act)
        for at, person in self._joining(act, lacking(self._everyone), standing):
            self._holding.join(at, person)
            met[person] += 1
        known = {s: n for (a, s), n in self._given_up.items() if a == act.id}
        wanted = {person: number - known.get(person, 0) for person, number in owed.items()}
        dealt = rota(act, wanted, self._inputs, self._placer, met, book)
        new = self._named(act, dealt.placed)
        met.update(person for group, _ in new for person in group.subject.recipients)
        placed = [*held, *new]
        left = {*dealt.left, *known}
        without = lacking(s for s in self._everyone if s.id in left)
        for at, person in self._joining(act, without, dealt_groups(placed)):
            placed[at] = with_person(placed[at], person, self._placer, self._inputs)
            met[person] += 1
        self._note(act, lacking(without), max(owed.values(), default=0))
        return placed

    def _named(self, act: Act, dealt: Sequence[Placed]) -> list[Placed]:
        """Return groups as their events are known; where none stands they are shared among leaders before."""
        if not self._stands.numbers:
            return named(shared_alike(dealt, self._placer))
        if not self._stands.afresh:
            return [*dealt]
        before = [one for one in self._stands.released if one.action == act.id]
        return named_as_before(shared_alike(dealt, self._placer), before, self._numbers(act))

    def _met(self, act: Act) -> Counter[str]:
        """Return in how many of the groups that stand everyone sits."""
        events = (one for one in self._stands.all() if one.action == act.id and one.counts)
        return Counter(person for one in events for person in one.recipients)

    def _numbers(self, act: Act) -> Counter[str]:
        return Counter({s: n for (a, s), n in self._stands.numbers.items() if a == act.id})

    def _held_again(self, act: Act, lacking: Mapping[Subject, int], book: Book) -> Sequence[Placed]:
        fallen = (one for (a, _), those in self._stands.fallen.items() if a == act.id for one in those)
        by_id = {subject.id: number for subject, number in lacking.items()}
        return [*moved(act, fallen, by_id, self._placer, self._inputs, book)]

    def _joining(
        self, act: Act, lacking: Mapping[Subject, int], groups: Iterable[Group]
    ) -> Iterator[tuple[int, str]]:
        return joining(act, lacking, groups, self._placer, self._inputs) if lacking else iter(())

    def _note(self, act: Act, lacking: Mapping[Subject, int], rounds: int) -> None:
        """Keep in mind, and tell, who found no group."""
        self.left.update({(act.id, s.id): n for s, n in lacking.items()})
        alone = apart(act, lacking, rounds, self._inputs, self._placer)
        left, leaders = [s.id for s in lacking], frozenset(self._inputs.people.leaders)
        barred = frozenset(s.id for s in lacking if leaders <= self._placer.owners.barred(s))
        if leaders:
            others = {s: n for s, n in lacking.items() if s.id not in barred and s.id not in alone}
            self.waiting[act] = others
        self.problems += undealt.no_group(act.offer.action, left, (barred, alone - barred), self._inputs)
