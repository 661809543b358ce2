"""The problem that planner and solver both solve, taken from inputs; and how good a solution of it is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from msgspec import Struct

from csweek.model.basics import HANDED_OVER, Audience
from csweek.model.inputs import Inputs
from csweek.model.people import Person
from csweek.model.plan import Plan
from csweek.model.theme import Action
from csweek.plan.owed.demand import offers, subjects, turns
from csweek.plan.when.days import Days, days, per_week, week

NEAR = 1e-9
"""Shares are sums of fractions: nearer than this they are the same."""


class Touch(NamedTuple):
    """One chosen event of a person: what, in which week, by whom."""

    person: str
    action: str
    week: int
    owner: str


class Score(NamedTuple):
    """The objectives of DESIGN.md section 6, in their order; less is better."""

    week: float
    """The largest |n(w) - share(w)|."""
    gap: float
    """The largest gap of a person over their even gap W/k, the year taken as a round."""
    load: int
    """The minutes of the fullest week of any owner, given events included."""


class Need(Struct, frozen=True, dict=True):
    """One action owed to one person."""

    person: str
    action: str
    times: int
    minutes: int
    ways: Mapping[str, frozenset[int]]
    """The weeks in which it may be, by who may do it."""


class Task(Struct, frozen=True, dict=True):
    """Everything that is given."""

    weeks: int
    limit: int
    share: tuple[float, ...]
    there: Mapping[str, tuple[int, ...]]
    """The weeks in which each person is there, in order."""
    needs: tuple[Need, ...]
    given: Mapping[tuple[str, int], int]
    """Minutes of events on given days, by owner and week."""

    @property
    def touches(self) -> Mapping[str, int]:
        """How many each person gets."""
        found = Counter[str]()
        for need in self.needs:
            found[need.person] += need.times
        return found

    def room(self, owner: str, number: int) -> int:
        """Return the minutes that an owner has left in a week beside what is given."""
        return max(0, self.limit - self.given.get((owner, number), 0))


# --- what is given -------------------------------------------------------------------------------


def task_of(inputs: Inputs, plan: Plan) -> Task:
    """Return the problem; from the plan come the year and who holds the events on given days."""
    there = days(inputs, plan.year, plan.since or plan.year.first)
    needs = tuple(_needs(inputs, there))
    wanted = Counter[str]()
    for need in needs:
        wanted[need.person] += need.times
    open_days = {p: there.person[p] & there.open for p in wanted}
    return Task(
        plan.year.weeks,
        inputs.settings.limits.owner_minutes_per_week,
        _share(open_days, wanted, plan.year.weeks),
        {
            p: tuple(n for n, d in enumerate(per_week(mask, plan.year.weeks)) if d)
            for p, mask in open_days.items()
        },
        needs,
        _given(plan),
    )


def _needs(inputs: Inputs, there: Days) -> Iterator[Need]:
    for offer in offers(inputs, there):
        if offer.rhythm and offer.action.audience is Audience.PERSON:
            for subject in subjects(inputs, there, Audience.PERSON):
                times = turns(offer, subject, there)
                person = inputs.people.persons[subject.id]
                ways = {
                    owner: _weeks(offer.action, subject.mask & offer.mask & there.open, owner, there)
                    for owner in _owners(offer.action, person, inputs)
                }
                if times and any(ways.values()):
                    yield Need(subject.id, offer.action.id, times, offer.action.minutes, ways)


def _owners(action: Action, person: Person, inputs: Inputs) -> tuple[str, ...]:
    """Return who may do it: the own manager, or every leader outside of the person's own line."""
    people = inputs.people
    if action.owner == "manager":
        return (person.manager,) if person.manager else ()
    return tuple(
        leader
        for leader in people.leaders
        if leader not in {person.id, person.manager} and person.id not in people.managers_of(leader)
    )


def _weeks(action: Action, mask: int, owner: str, there: Days) -> frozenset[int]:
    """Return the weeks with a day on which both are there.

    What is handed over may also be on a day that the owner never works, in a week in which they are there.
    """
    mine = there.person[owner]
    found = set()
    for number in range(there.year.weeks):
        both = week(mask & mine, number)
        if not both and action.channel in HANDED_OVER and week(mine, number):
            both = week(mask & ~there.pattern[owner], number)
        if both:
            found.add(number)
    return frozenset(found)


def _share(open_days: Mapping[str, int], wanted: Mapping[str, int], weeks: int) -> tuple[float, ...]:
    total = [0.0] * weeks
    for person, mask in open_days.items():
        for number, days_there in enumerate(per_week(mask, weeks)):
            total[number] += wanted[person] * days_there / mask.bit_count()
    return tuple(total)


def _given(plan: Plan) -> Mapping[tuple[str, int], int]:
    minutes = Counter[tuple[str, int]]()
    for event in plan.live:
        if event.fixed and event.owner:
            minutes[event.owner, plan.year.week_of(event.date)] += event.minutes
    return minutes


# --- a solution ----------------------------------------------------------------------------------


def solution_of(plan: Plan) -> tuple[Touch, ...]:
    """Return the chosen events for persons that stand in a plan."""
    return tuple(
        Touch(event.key.subject, event.action, plan.year.week_of(event.date), event.owner or "")
        for event in plan.live
        if event.audience is Audience.PERSON and not event.fixed
    )


def counts(task: Task, touches: Iterable[Touch]) -> tuple[int, ...]:
    """Return n(w)."""
    found = Counter(touch.week for touch in touches)
    return tuple(found[number] for number in range(task.weeks))


def score(task: Task, touches: Sequence[Touch]) -> Score:
    """Return the objectives of a solution."""
    number = counts(task, touches)
    minutes = {(need.person, need.action): need.minutes for need in task.needs}
    load = Counter(task.given)
    for touch in touches:
        load[touch.owner, touch.week] += minutes[touch.person, touch.action]
    return Score(
        max(abs(n - s) for n, s in zip(number, task.share, strict=True)),
        max(_widest(task, touches).values(), default=0.0),
        max(load.values(), default=0),
    )


def _widest(task: Task, touches: Iterable[Touch]) -> Mapping[str, float]:
    """Return everybody's largest gap over their even gap; after the last touch comes the first again."""
    weeks: defaultdict[str, list[int]] = defaultdict(list)
    for touch in touches:
        weeks[touch.person].append(touch.week)
    return {
        p: _gap(found, task.there[p]) * task.touches[p] / len(task.there[p]) for p, found in weeks.items()
    }


def _gap(weeks: Sequence[int], there: Sequence[int]) -> int:
    rank = {week: number for number, week in enumerate(there)}
    ranks = sorted(rank[week] for week in weeks if week in rank)
    return max(two - one for one, two in pairwise([*ranks, ranks[0] + len(there)])) if ranks else len(there)


def faults(task: Task, touches: Sequence[Touch]) -> list[str]:
    """Return every hard rule that a solution breaks, in words."""
    return [*_wrong_numbers(task, touches), *_wrong_weeks(task, touches), *_wrong_loads(task, touches)]


def _wrong_numbers(task: Task, touches: Iterable[Touch]) -> Iterator[str]:
    had = Counter((touch.person, touch.action) for touch in touches)
    for need in task.needs:
        if had[need.person, need.action] != need.times:
            yield f"{need.person} has {had[need.person, need.action]} of {need.times} {need.action}"


def _wrong_weeks(task: Task, touches: Sequence[Touch]) -> Iterator[str]:
    ways = {(need.person, need.action): need.ways for need in task.needs}
    for touch in touches:
        if touch.week not in ways.get((touch.person, touch.action), {}).get(touch.owner, ()):
            yield f"{touch.person} cannot have {touch.action} by {touch.owner} in week {touch.week}"
    for (person, number), times in Counter((t.person, t.week) for t in touches).items():
        if times > 1:
            yield f"{person} has {times} in week {number}"


def _wrong_loads(task: Task, touches: Sequence[Touch]) -> Iterator[str]:
    minutes = {(need.person, need.action): need.minutes for need in task.needs}
    load = Counter[tuple[str, int]]()
    for touch in touches:
        load[touch.owner, touch.week] += minutes[touch.person, touch.action]
    for (owner, number), chosen in load.items():
        if chosen > task.room(owner, number):
            yield f"{owner} gives {chosen} minutes in week {number}"
    sums = zip(accumulate(counts(task, touches)), accumulate(task.share), strict=True)
    worst = max((abs(n - s) for n, s in sums), default=0.0)
    if worst >= 1 - NEAR:
        yield f"a prefix is off by {worst:.2f}"
