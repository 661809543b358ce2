"""What everybody is owed and has; weeks in which a team has nothing; practices that a team does not see."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct

from csweek.model.basics import Audience, Practice
from csweek.model.plan import Event
from csweek.model.theme import Action
from csweek.plan.measure.scene import Scene, weeks_of
from csweek.plan.owed.demand import offers, staffed, subjects, turns

QUARTER = 13
ENOUGH = 5
"""Weeks of a quarter that a team has to work in to see five practices."""
LASTING = tuple(practice for practice in Practice if practice is not Practice.CELEBRATION)


class Debt(Struct, frozen=True):
    """What one person is owed by all rhythms together, and has."""

    person: str
    owed: int
    had: int
    missing: int
    """Those of single actions that are lacking; more of another does not make up for them."""


class Kept(Struct, frozen=True):
    """What one action owes to everybody, and what of it they have."""

    action: Action
    owed: int
    missing: int
    lacking: tuple[str, ...]
    """Who lacks any."""


class Owing(Struct, frozen=True):
    """What is owed, by person and by action."""

    persons: tuple[Debt, ...]
    actions: tuple[Kept, ...]


def owing(scene: Scene) -> Owing:
    """Return what everybody is owed and has."""
    had = _had(scene)
    owed = {(action.id, person): number for action, person, number in _owed(scene)}
    actions = {action.id: action for action, _, _ in _owed(scene)}
    lacking = {mark: max(0, number - had[mark]) for mark, number in owed.items()}
    persons: dict[str, list[int]] = {}
    for (action, person), number in owed.items():
        mine = persons.setdefault(person, [0, 0])
        mine[0] += number
        mine[1] += lacking[action, person]
    return Owing(
        tuple(
            Debt(person, number, len(scene.touches.get(person, ())), missing)
            for person, (number, missing) in persons.items()
        ),
        tuple(_kept(action, owed, lacking) for action in actions.values()),
    )


def _kept(
    action: Action, owed: Mapping[tuple[str, str], int], lacking: Mapping[tuple[str, str], int]
) -> Kept:
    mine = [(person, n, lacking[ident, person]) for (ident, person), n in owed.items() if ident == action.id]
    who = tuple(person for person, _, missing in mine if missing)
    return Kept(action, sum(n for _, n, _ in mine), sum(m for _, _, m in mine), who)


def _had(scene: Scene) -> Counter[tuple[str, str]]:
    return Counter((event.action, person) for event in scene.chosen for person in event.recipients)


def _owed(scene: Scene) -> Iterator[tuple[Action, str, int]]:
    """Yield what each action owes to each person: alone, or in groups to all but leaders."""
    inputs, there = scene.inputs, scene.there
    leaders = frozenset(inputs.people.leaders)
    everyone = subjects(inputs, there, Audience.PERSON)
    for offer in offers(inputs, there):
        grouped = offer.action.audience is Audience.GROUP
        if offer.rhythm and (grouped or offer.action.audience is Audience.PERSON):
            for subject in everyone:
                number = 0 if grouped and subject.id in leaders else turns(offer, subject, there)
                if number:
                    yield offer.action, subject.id, number


# --- teams ---------------------------------------------------------------------------------------


def empty_weeks(scene: Scene) -> Mapping[str, tuple[int, ...]]:
    """Return the weeks in which a team works and has nothing, by team; teams without any are left out.

    Where nobody has a team, and in what follows, each site is taken for one.
    """
    filled: defaultdict[str, set[int]] = defaultdict(set)
    for event in scene.standing:
        for team in _teams_of(scene, event):
            filled[team].add(scene.week(event))
    found = {
        team: tuple(n for n in weeks_of(mask, scene.plan.year.weeks) if n not in filled[team])
        for team, mask in working(scene).items()
    }
    return {team: weeks for team, weeks in found.items() if weeks}


def working(scene: Scene) -> Mapping[str, int]:
    """Return the days on which each team works, from the day on which the year was first planned."""
    teams = scene.there.team or {site.id: scene.there.site[site.id] for site in staffed(scene.inputs)}
    return {team: mask & scene.there.open for team, mask in teams.items()}


def _teams_of(scene: Scene, event: Event) -> tuple[str, ...]:
    return event.concerns(scene.inputs.people) if scene.inputs.people.teams else (event.site,)


class Unseen(Struct, frozen=True):
    """Practices that a team does not see in a quarter, counted from 1."""

    team: str
    quarter: int
    practices: tuple[Practice, ...]


def unseen(scene: Scene) -> tuple[Unseen, ...]:
    """Return what is lacking of the five practices, by team and quarter."""
    seen: defaultdict[tuple[str, int], set[Practice]] = defaultdict(set)
    for event in scene.standing:
        for team in _teams_of(scene, event):
            seen[team, quarter_of(scene.week(event))].add(event.practice)
    found = (
        Unseen(team, quarter + 1, tuple(each for each in LASTING if each not in seen[team, quarter]))
        for team, mask in working(scene).items()
        for quarter, weeks in Counter(map(quarter_of, weeks_of(mask, scene.plan.year.weeks))).items()
        if weeks >= ENOUGH
    )
    return tuple(each for each in found if each.practices)


def quarter_of(week: int) -> int:
    """Return a week's quarter, from 0; a week 53 belongs to the fourth."""
    return min(3, week // QUARTER)
