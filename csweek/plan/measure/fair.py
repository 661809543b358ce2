"""Fair to those who give, and to every shift."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import time
from itertools import product
from typing import Literal, get_args

from msgspec import Struct

from csweek.model.basics import TIMED
from csweek.model.people import Person
from csweek.model.plan import Event
from csweek.plan.measure.asks import loads
from csweek.plan.measure.owed import Debt
from csweek.plan.measure.scene import Scene
from csweek.plan.owed.suggest import FILL
from csweek.plan.when.year import working_week

ENDS = 8
"""So many of the owners with most and with least are compared."""

Kind = Literal["night", "evening", "weekend", "home", "part-time"]


class Over(Struct, frozen=True):
    """A week in which chosen events put an owner over the limit; minutes with preparation."""

    owner: str
    week: int
    minutes: int
    given: int
    """Those of events on given days."""


def over_limit(scene: Scene) -> tuple[Over, ...]:
    """Return the owner-weeks over the limit that are not so by given days alone."""
    limit = scene.inputs.settings.limits.owner_minutes_per_week
    everything, given = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for event in scene.standing:
        for mark, minutes in _minutes(scene, event):
            everything[mark] += minutes
            given[mark] += minutes * event.fixed
    return tuple(
        Over(*mark, minutes, given[mark])
        for mark, minutes in sorted(everything.items())
        if minutes > max(limit, given[mark])
    )


def _minutes(scene: Scene, event: Event) -> Iterator[tuple[tuple[str, int], int]]:
    if event.owner:
        week = scene.week(event)
        yield (event.owner, week), event.minutes
        if event.prepare:
            yield (event.owner, max(0, week - event.prepare.weeks)), event.prepare.minutes


# --- owners who share ----------------------------------------------------------------------------


class Unshared(Struct, frozen=True):
    """An action of which one owner gives more than another who is free to take the same recipients."""

    action: str
    more: str
    fewer: str
    difference: int
    """Events more, of those that both may hold; 1 is as near as can be."""


def unshared(scene: Scene) -> tuple[Unshared, ...]:
    """Return the worst pair of owners of every action that several may hold, where they are not within one.

    One gives more than another only where that is so in all, of what both may hold, and in proportion to
    the weeks in which they are there; an owner whose weeks are nearly full is not free. Of many owners
    those with most are compared with those with least.
    """
    busy = _busy(scene)
    found = (_worst(scene, action, events, busy) for action, events in _shared(scene).items())
    return tuple(each for each in found if each)


def _busy(scene: Scene) -> frozenset[str]:
    limit = scene.inputs.settings.limits.owner_minutes_per_week
    return frozenset(load.owner for load in loads(scene.plan) if load.mean > FILL * limit)


def _shared(scene: Scene) -> Mapping[str, list[Event]]:
    found: defaultdict[str, list[Event]] = defaultdict(list)
    for event in scene.chosen:
        if event.owner_role in {"leader", "organiser"} and not event.by_hand:
            found[event.action].append(event)
    return found


def _worst(scene: Scene, action: str, events: Sequence[Event], busy: frozenset[str]) -> Unshared | None:
    """Return the pair that is furthest apart."""
    held = _held(scene, events)
    role = events[0].owner_role
    able = scene.inputs.people.leaders if role == "leader" else scene.inputs.people.organisers
    ranked = sorted(
        (one for one in able if scene.present(one)), key=lambda one: (sum(held[one].values()), one)
    )
    pairs = product(reversed(ranked[-ENDS:]), (one for one in ranked[:ENDS] if one not in busy))
    apart = [
        Unshared(action, a, b, n)
        for a, b in pairs
        if _difference(scene, held, a, b) > 1 and (n := _together(scene, events, a, b)) > 1
    ]
    return max(apart, key=lambda each: each.difference, default=None)


Held = Mapping[str, Counter[tuple[frozenset[str], str]]]
"""Events by owner, then by who may not hold them and the zone of those that have an hour."""


def _held(scene: Scene, events: Iterable[Event]) -> Held:
    found: defaultdict[str, Counter[tuple[frozenset[str], str]]] = defaultdict(Counter)
    for event in events:
        zone = event.timezone if event.channel in TIMED else ""
        found[event.owner or ""][barred(scene, event), zone] += 1
    return found


def barred(scene: Scene, event: Event) -> frozenset[str]:
    """Return the leaders who may not hold an event: recipients, their managers, those below them."""
    people = scene.inputs.people
    known = [p for p in event.recipients if p in people.persons]
    above = frozenset(known).union(*(scene.managers(p) for p in known))
    below = (scene.leaders_below.get(person, frozenset()) for person in event.recipients)
    return above.union(*below)


def _difference(scene: Scene, held: Held, one: str, other: str) -> int:
    """Return how many more of those that both may hold one has than another, 0 where that is fair."""
    if sum(held[one].values()) - sum(held[other].values()) < 2:
        return 0
    zone = _common_zone(scene, one, other)
    mine, theirs = _of_both(held[one], other, zone), _of_both(held[other], one, zone)
    weeks, others = len(scene.present(one)), len(scene.present(other))
    fair = mine - theirs < 2 or (mine - 1) * others < (theirs + 1) * weeks
    return 0 if fair else mine - theirs


def _together(scene: Scene, events: Iterable[Event], one: str, other: str) -> int:
    """Return the same for the weeks in which both are there: who is left alone gives more."""
    weeks = {*scene.present(one)} & {*scene.present(other)}
    return _difference(scene, _held(scene, (e for e in events if scene.week(e) in weeks)), one, other)


def _of_both(mine: Mapping[tuple[frozenset[str], str], int], other: str, zone: str) -> int:
    """Return how many of somebody's events another may hold: what has an hour only in the zone of both."""
    return sum(n for (kept, where), n in mine.items() if other not in kept and where in {"", zone})


def _common_zone(scene: Scene, *owners: str) -> str:
    persons, sites = scene.inputs.people.persons, scene.inputs.settings.sites
    zones = {sites[persons[owner].site].timezone for owner in owners}
    return zones.pop() if len(zones) == 1 else ""


# --- shifts --------------------------------------------------------------------------------------


class Served(Struct, frozen=True):
    """How people of one kind of shift are served beside all others."""

    kind: Kind
    people: int
    owed: float
    """The mean of what they are owed: in proportion to their own time."""
    had: float
    behind: float
    """By how many touches they fall short of it more than the others do."""


def served(scene: Scene, debts: Iterable[Debt]) -> tuple[Served, ...]:
    """Return how night, evening, weekend, home and part-time people are served."""
    kinds: defaultdict[Kind | None, list[Debt]] = defaultdict(list)
    for debt in debts:
        mine: Sequence[Kind | None] = _kinds(scene, scene.inputs.people.persons[debt.person])
        for kind in mine or (None,):
            kinds[kind].append(debt)
    usual = _lack(kinds.pop(None, []))
    return tuple(_served(kind, kinds[kind], usual) for kind in get_args(Kind) if kind in kinds)


def _served(kind: Kind, debts: Sequence[Debt], usual: float) -> Served:
    number = len(debts)
    owed, had = sum(debt.owed for debt in debts), sum(debt.had for debt in debts)
    return Served(kind, number, owed / number, had / number, _lack(debts) - usual)


def _lack(debts: Sequence[Debt]) -> float:
    return sum(debt.owed - debt.had for debt in debts) / len(debts) if debts else 0


def _kinds(scene: Scene, person: Person) -> list[Kind]:
    """Return which of the shifts that are easily forgotten somebody works in."""
    team = scene.inputs.people.teams.get(person.team or "")
    tags = person.tags | (team.tags if team else frozenset())
    hours = person.work.hours
    usual = frozenset(working_week(scene.inputs.settings.sites[person.site]))
    mine = usual if person.work.days is None else person.work.days
    tests: Mapping[Kind, bool] = {
        "night": "night" in tags or (hours is not None and hours.overnight),
        "evening": hours is not None and not hours.overnight and hours.end > time(20),
        "weekend": bool(mine - usual),
        "home": "remote" in tags,
        "part-time": len(mine) < len(usual),
    }
    return [kind for kind, true in tests.items() if true]
