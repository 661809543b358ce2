"""What a person receives in an ordinary week, beside CSW and its festive programme."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from msgspec import Struct

from csweek.model.basics import Audience, Channel, Practice
from csweek.model.plan import Event
from csweek.plan.measure.scene import Scene
from csweek.plan.when.days import per_week

IN_PERSON = frozenset({Channel.MEETING, Channel.CALL, Channel.VISIT})
"""How one meets somebody, rather than hears of them."""
QUIETEST = 3


class Received(Struct):
    """What one person receives beside the festive programme. Filled while events are gone through."""

    weeks: int = 0
    """Ordinary ones in which the person is there."""
    moments: int = 0
    """In these."""
    by_name: int = 0
    """Of these."""
    practices: set[Practice] = set()
    """Seen in the whole year."""
    leaders: set[str] = set()
    """Met in the whole year."""


class Blend(Struct, frozen=True):
    """An ordinary week beside CSW; the means are over people."""

    weeks: int
    """Ordinary ones."""
    moments: float
    """What a person who is there receives in an ordinary week, with others or by name."""
    by_name: float
    """The part of it that is by name."""
    practices: float
    """How many of the five a person sees in the year."""
    leaders: float
    """How many leaders a person meets in the year."""
    without_leader: int
    """People who meet none."""
    csw: float
    """What a person who is there receives in a week of CSW or of the day after, the programme included."""
    by_week: tuple[float, ...]
    """What a person who is there receives in each week, the programme left out."""
    quietest: tuple[int, ...]
    """The positions of the ordinary weeks with least, the least first."""
    persons: Mapping[str, Received]


def blend(scene: Scene) -> Blend:
    """Return what people receive in ordinary weeks."""
    persons, week, festive = _received(scene)
    present = _present(scene)
    by_week = tuple(week[n] / present[n] if present[n] else 0.0 for n in range(scene.plan.year.weeks))
    ordinary = [n for n in range(scene.plan.year.weeks) if n not in scene.csw and present[n]]
    number = max(1, len(persons))
    weeks = max(1, sum(each.weeks for each in persons.values()))
    csw = sum(festive[n] for n in scene.csw) / max(1, sum(present[n] for n in scene.csw))
    return Blend(
        len(ordinary),
        sum(each.moments for each in persons.values()) / weeks,
        sum(each.by_name for each in persons.values()) / weeks,
        sum(len(each.practices) for each in persons.values()) / number,
        sum(len(each.leaders) for each in persons.values()) / number,
        sum(not each.leaders for each in persons.values()),
        csw,
        by_week,
        tuple(sorted(ordinary, key=lambda n: (by_week[n], n))[:QUIETEST]),
        persons,
    )


def _received(scene: Scene) -> tuple[dict[str, Received], Counter[int], Counter[int]]:
    """Return what everyone receives, and what all do by week: without the programme, and with it."""
    persons = {person: Received(_ordinary(scene, person)) for person in scene.thanked}
    week, festive = Counter[int](), Counter[int]()
    for event in scene.standing:
        number = scene.week(event)
        who = [person for person in scene.receivers(event) if person in persons]
        festive[number] += len(who)
        if event.practice is not Practice.CELEBRATION:
            week[number] += len(who)
            for person in who:
                _meet(persons[person], event, scene.inputs.people.leaders)
                if number not in scene.csw:
                    _count(persons[person], event)
    return persons, week, festive


def _ordinary(scene: Scene, person: str) -> int:
    return sum(1 for number in scene.present(person) if number not in scene.csw)


def _count(received: Received, event: Event) -> None:
    received.moments += 1
    received.by_name += event.audience in {Audience.PERSON, Audience.GROUP}


def _meet(received: Received, event: Event, leaders: tuple[str, ...]) -> None:
    """Note the practice, and the leader who is met."""
    received.practices.add(event.practice)
    by_name = event.audience in {Audience.PERSON, Audience.GROUP}
    if by_name and event.owner in leaders and event.channel in IN_PERSON:
        received.leaders.add(event.owner or "")


def _present(scene: Scene) -> list[int]:
    """Return how many of those who want thanks are there in each week."""
    alike: defaultdict[int, int] = defaultdict(int)
    for person in scene.thanked:
        alike[scene.mask(person)] += 1
    found = [0] * scene.plan.year.weeks
    for mask, number in alike.items():
        for week, there in enumerate(per_week(mask, scene.plan.year.weeks)):
            found[week] += number if there else 0
    return found
