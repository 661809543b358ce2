"""Small groups with a leader: who met whom how often, how large groups are, whether teams stay manned."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from msgspec import Struct

from csweek.model.basics import Audience
from csweek.model.plan import Event
from csweek.plan.earlier import Meeting
from csweek.plan.measure.scene import Scene, weeks_of
from csweek.plan.owed.demand import Subject
from csweek.plan.placing.agenda import Agenda
from csweek.plan.when.days import bits, week

ALWAYS = 0.8
"""Who is there on this part of their days counts as there all year."""


class Pair(Struct, frozen=True):
    """A leader and a person who meet again before the person has met all leaders."""

    leader: str
    person: str
    event: str


class Manning(Struct, frozen=True):
    """A moment at which more of a team is in meetings with leaders than may be."""

    team: str
    day: date
    away: int
    allowed: int


class Rotas(Struct, frozen=True):
    """How the groups are put together."""

    groups: int
    sizes: Mapping[int, int]
    """How many groups have how many people."""
    again: tuple[Pair, ...]
    early: tuple[tuple[str, str], ...]
    """Who met a leader again while others who are there all year had none or one less, and the event."""
    own_line: tuple[Pair, ...]
    """Meetings with the own manager or with someone below."""
    away: tuple[Manning, ...]
    too_large: tuple[str, ...]
    """Groups over the size that the action gives."""


def rotas(scene: Scene, before: Iterable[Meeting] = ()) -> Rotas:
    """Return how this year's groups are put together; ``before`` is who met in the years before."""
    events = [event for event in scene.chosen if event.audience is Audience.GROUP]
    return Rotas(
        len(events),
        dict(sorted(Counter(len(event.recipients) for event in events).items())),
        tuple(_again(scene, events, before)),
        tuple(_early(scene, events)),
        tuple(_own_line(scene, events)),
        tuple(_away(scene, events)),
        tuple(event.id for event in events if len(event.recipients) > _largest(scene, event)),
    )


def met_again(scene: Scene, before: Iterable[Meeting]) -> Iterator[Pair]:
    """Yield who meets a leader again before all others in this year's groups."""
    return _again(scene, [event for event in scene.chosen if event.audience is Audience.GROUP], before)


def _largest(scene: Scene, event: Event) -> int:
    action = scene.inputs.theme_on(event.date).actions.get(event.action)
    return action.group_size[1] if action else len(event.recipients)


def _again(scene: Scene, events: list[Event], before: Iterable[Meeting]) -> Iterator[Pair]:
    """Yield who meets a leader again before all who hold groups at that site and share an hour were met."""
    leaders = frozenset(scene.inputs.people.leaders)
    holding: defaultdict[str, set[str]] = defaultdict(set)
    for event in events:
        if event.owner in leaders:
            holding[event.site].add(event.owner or "")
    met, agenda = _already_met(scene, before), Agenda(scene.inputs, scene.there)
    for event in events:
        there = {one for one in holding[event.site] if _is_there(scene, one, event)}
        for person in event.recipients if event.owner in leaders else ():
            unmet = {one for one in there - met[person] if not in_line(scene, one, person)}
            if event.owner in met[person] and unmet:
                unmet = {one for one in unmet if _has_hour(scene, agenda, one, event)}
                if unmet:
                    yield Pair(event.owner or "", person, event.id)
            met[person].add(event.owner or "")
            if not unmet - met[person]:
                met[person].clear()


def _already_met(scene: Scene, before: Iterable[Meeting]) -> defaultdict[str, set[str]]:
    """Return whom everybody has met more often than the leader whom they have met least."""
    leaders = frozenset(scene.inputs.people.leaders)
    times: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in before:
        if one.leader in leaders:
            times[one.person][one.leader] += 1
    met: defaultdict[str, set[str]] = defaultdict(set)
    for person, own in times.items():
        able = [one for one in leaders if not in_line(scene, one, person)]
        least = min((own[one] for one in able), default=0)
        met[person] = {one for one, number in own.items() if number > least}
    return met


def _is_there(scene: Scene, leader: str, event: Event) -> bool:
    """Whether a leader works on a day of the event's week on which all recipients do."""
    return bool(_shared_days(scene, leader, event))


def _shared_days(scene: Scene, leader: str, event: Event) -> int:
    mask = scene.there.owner.get(leader, 0)
    for person in event.recipients:
        mask &= scene.there.person.get(person, 0)
    return week(mask, scene.week(event))


def _has_hour(scene: Scene, agenda: Agenda, leader: str, event: Event) -> bool:
    """Whether the hours of a leader and of all recipients meet on a day of the event's week."""
    if event.start is None or any(one not in scene.inputs.people.persons for one in event.recipients):
        return True
    subject = Subject("", Audience.GROUP, event.site, 0, 0, None, event.recipients)
    days = bits(_shared_days(scene, leader, event))
    return any(agenda.starts(subject, leader, day, event.minutes) for day in days)


def in_line(scene: Scene, leader: str, person: str) -> bool:
    """Whether a leader is somebody's own manager, stands below them, or is they themselves."""
    if person not in scene.inputs.people.persons:
        return False
    return leader in {person, *scene.managers(person), *scene.leaders_below.get(person, ())}


def _own_line(scene: Scene, events: list[Event]) -> Iterator[Pair]:
    leaders = frozenset(scene.inputs.people.leaders)
    for event in events:
        for person in event.recipients:
            if event.owner in leaders and in_line(scene, event.owner or "", person):
                yield Pair(event.owner or "", person, event.id)


def _early(scene: Scene, events: list[Event]) -> Iterator[tuple[str, str]]:
    """Yield who is in a group again while somebody there all year, who could have been, was in fewer."""
    leaders = frozenset(scene.inputs.people.leaders)
    for action in dict.fromkeys(event.action for event in events):
        mine = [event for event in events if event.action == action]
        seated = {person for event in mine for person in event.recipients} - leaders
        waiting = _Waiting(scene, [p for p in seated if _all_year(scene, p)], mine[0])
        for event in mine:
            week, here = scene.week(event), [p for p in event.recipients if p in waiting.met]
            yield from ((person, event.id) for person in here if waiting.keeps(person, week))
            for person in here:
                waiting.meet(person, week)


class _Waiting:
    """Who had how many groups so far, and could have had one in which weeks.

    Across the world hours may meet in winter only. Those whose hours meet a leader's in the same weeks are
    looked at together before each alone.
    """

    def __init__(self, scene: Scene, people: Iterable[str], event: Event) -> None:
        agenda = Agenda(scene.inputs, scene.there)
        self.met = dict.fromkeys(people, 0)
        self._last = dict.fromkeys(self.met, 0)
        self._there = {p: sum(1 << week for week in scene.present(p)) for p in self.met}
        self._able = {p: _with_a_leader(scene, agenda, p, event) for p in self.met}
        self._of: defaultdict[int, defaultdict[int, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        """Who had so many groups, by the weeks in which hours meet."""
        for person, weeks in self._able.items():
            self._of[weeks][0][person] = None

    def keeps(self, person: str, week: int) -> bool:
        """Whether who meets again in a week keeps somebody waiting who could have, in most weeks since."""
        span = (1 << week) - (1 << self._last[person])
        for weeks, had in self._of.items() if self.met[person] else ():
            if _most(weeks, span):
                fewer = (one for number in range(self.met[person]) for one in had[number])
                if any(_most(weeks & self._there[one], span) for one in fewer):
                    return True
        return False

    def meet(self, person: str, week: int) -> None:
        """Note that somebody has one more."""
        had = self._of[self._able[person]]
        del had[self.met[person]][person]
        self.met[person] += 1
        had[self.met[person]][person] = None
        self._last[person] = week


def _most(weeks: int, span: int) -> bool:
    return 2 * (weeks & span).bit_count() > span.bit_count()


def _with_a_leader(scene: Scene, agenda: Agenda, person: str, event: Event) -> int:
    """Return the weeks, as bits, in which somebody shares an hour with a leader whom they may meet."""
    weeks = scene.plan.year.weeks
    if event.start is None:
        return (1 << weeks) - 1
    subject = Subject(person, Audience.PERSON, "", 0, 0, None, (person,), b"", f"p:{person}")
    days = 0
    for leader in scene.inputs.people.leaders:
        if not in_line(scene, leader, person):
            days |= scene.there.owner.get(leader, 0) & agenda.days(subject, leader, event.minutes)
    there = scene.there.gatherings & scene.there.open & scene.there.pattern.get(person, 0) & days
    return sum(1 << week for week in weeks_of(there, weeks))


def _all_year(scene: Scene, person: str) -> bool:
    usual = scene.there.pattern.get(person, 0) & scene.there.open
    return scene.mask(person).bit_count() >= ALWAYS * max(1, usual.bit_count())


def _away(scene: Scene, events: list[Event]) -> Iterator[Manning]:
    """Yield where more of a team is away at once than the limit allows (one person always may)."""
    people, share = scene.inputs.people, scene.inputs.settings.limits.max_team_away
    sitting: defaultdict[tuple[str, date], list[tuple[datetime, datetime, int]]] = defaultdict(list)
    for event in events:
        if event.start and event.end:
            teams = Counter(people.persons[p].team for p in event.recipients if p in people.persons)
            for team, number in teams.items():
                if team:
                    sitting[team, event.date].append((event.start, event.end, number))
    for (team, day), meetings in sorted(sitting.items()):
        allowed = max(1, int(len(people.teams[team].members) * share))
        away = max(
            sum(number for start, end, number in meetings if start <= moment < end)
            for moment, _, _ in meetings
        )
        if away > allowed:
            yield Manning(team, day, away, allowed)
