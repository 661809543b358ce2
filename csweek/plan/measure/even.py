"""How even the weeks are, in all and by team and practice; who waits too long; which teams are silent."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise

from msgspec import Struct

from csweek.model.inputs import Inputs
from csweek.model.plan import Event, Plan
from csweek.plan.level.even import Counted
from csweek.plan.measure.scene import Scene, ranks, weeks_of

MONTH = 4
"""Weeks without a touch that a team may always have."""

Counts = Mapping[str, int]
Touch = tuple[str, Event]
"""A person and one of their chosen events."""


class Evenness(Struct, frozen=True):
    """How the chosen touches lie over the weeks; a touch is a person or group event seen by one recipient."""

    touches: tuple[int, ...]
    """n(w), by week."""
    shares: tuple[float, ...]
    """What everyone has, spread over their own available days, by week."""
    week: float
    """The largest |n(w) - share(w)|."""
    prefix: float
    """The largest difference of the sums up to a week."""
    group: int = 1
    """The touches of the largest group."""
    people: int = 0
    """Who has any."""

    @property
    def holds(self) -> bool:
        """Whether every week and every prefix is as near to its share as is promised."""
        return self.counted.holds

    @property
    def counted(self) -> Counted:
        """What it is told from."""
        return Counted(self.touches, self.shares, self.group, self.people)


class Part(Struct, frozen=True):
    """How even the weeks of a team or of a practice are."""

    name: str
    touches: int
    week: float
    prefix: float


class Silence(Struct, frozen=True):
    """The longest time without a touch for anyone of a team, in weeks in which it works."""

    team: str
    weeks: int
    allowed: int
    """A month, or twice the team's even gap where that is longer."""


def evenness(plan: Plan, inputs: Inputs) -> Evenness:
    """Return how even the weeks are; the share is taken from what each person has in this plan."""
    scene = Scene(plan, inputs)
    touches = _touches(scene)
    number, share = _counted(scene, touches), scene.shares(touches)
    week, prefix = _off(number, share)
    group = max((len(event.recipients) for event in scene.chosen), default=1)
    return Evenness(number, share, week, prefix, group, len(scene.touches))


def by_team(scene: Scene) -> tuple[Part, ...]:
    """Return how even each team's weeks are."""
    persons = scene.inputs.people.persons
    teams: defaultdict[str, list[Touch]] = defaultdict(list)
    for person, event in _touches(scene):
        team = persons[person].team
        if team:
            teams[team].append((person, event))
    return tuple(_part(scene, team, teams[team]) for team in sorted(teams))


def by_practice(scene: Scene) -> tuple[Part, ...]:
    """Return how even each practice's weeks are."""
    practices: defaultdict[str, list[Touch]] = defaultdict(list)
    for person, event in _touches(scene):
        practices[event.practice].append((person, event))
    return tuple(_part(scene, name, practices[name]) for name in sorted(practices))


def by_trait(scene: Scene) -> Counts:
    """Return in how many weeks each trait of the themes stands in the spotlight."""
    known = {trait.id for turn in scene.inputs.themes for trait in turn.theme.traits}
    seen = {(event.trait, scene.week(event)) for event in scene.standing if event.trait}
    return {trait: sum(one == trait for one, _ in seen) for trait in sorted(known)}


def _part(scene: Scene, name: str, touches: Sequence[Touch]) -> Part:
    return Part(name, len(touches), *_off(_counted(scene, touches), scene.shares(touches)))


def _touches(scene: Scene) -> list[Touch]:
    return [(person, event) for person, events in scene.touches.items() for event in events]


def _counted(scene: Scene, touches: Iterable[Touch]) -> tuple[int, ...]:
    counts = Counter(scene.week(event) for _, event in touches)
    return tuple(counts[week] for week in range(scene.plan.year.weeks))


def _off(number: Sequence[int], share: Sequence[float]) -> tuple[float, float]:
    """Return by how much a week, and the sum up to a week, is off at most."""
    sums = zip(accumulate(number), accumulate(share), strict=True)
    return (
        max(abs(n - s) for n, s in zip(number, share, strict=True)),
        max(abs(n - s) for n, s in sums),
    )


# --- who waits -----------------------------------------------------------------------------------


def touches(plan: Plan) -> Mapping[str, list[int]]:
    """Return the weeks of everybody's chosen touches, in order."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for event in plan.live:
        if not event.fixed:
            for person in event.recipients:
                found[person].append(plan.year.week_of(event.date))
    return {person: sorted(weeks) for person, weeks in found.items()}


def gap_of(scene: Scene, person: str) -> tuple[int, int]:
    """Return somebody's longest gap, and the longest that is promised.

    With W weeks in which a person is available and k touches that is ceil(W/k) + 1 of those weeks.
    """
    rank = ranks(scene.mask(person), scene.plan.year.weeks)
    mine = [scene.week(event) for event in scene.touches.get(person, ())]
    held = sorted(rank[week] for week in mine if week in rank)
    widest = max((b - a for a, b in pairwise(held)), default=0)
    return widest, -(-len(rank) // max(1, len(mine))) + 1


def silences(scene: Scene) -> tuple[Silence, ...]:
    """Return how long each team is silent at most."""
    persons = scene.inputs.people.persons
    touched: defaultdict[str, set[int]] = defaultdict(set)
    for event in scene.chosen:
        for person in event.recipients:
            if person in persons:
                touched[persons[person].team or ""].add(scene.week(event))
    return tuple(_silence(scene, team, touched[team]) for team in scene.inputs.people.teams)


def _silence(scene: Scene, team: str, touched: set[int]) -> Silence:
    there = weeks_of(scene.there.team[team] & scene.there.open, scene.plan.year.weeks)
    held = [-1, *(rank for rank, week in enumerate(there) if week in touched), len(there)]
    longest = max(b - a - 1 for a, b in pairwise(held))
    return Silence(team, longest, max(MONTH, 2 * -(-len(there) // max(1, len(held) - 2))))
