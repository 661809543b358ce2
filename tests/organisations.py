"""Organisations of every shape, generated from a seed, for tests of the planner."""

import random
from datetime import date, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from csweek.model.basics import (
    Audience,
    Channel,
    Hours,
    Occasion,
    Place,
    Practice,
    Role,
    Span,
    Thanks,
    Visibility,
    Words,
)
from csweek.model.inputs import Inputs, Limits, Settings, YearWanted
from csweek.model.people import People, Person, Site, Team, WorkTime
from csweek.model.theme import Action, Anchor, Every, IdeaFilter, Look, On, PerYear, Theme, ThemeTurn, Trait

HERE = Place("people.csv", 1)
SITES = (
    Site("stockholm", "Europe/Stockholm", "sv", WorkTime(), "SE"),
    Site("toronto", "America/Toronto", "en", WorkTime(), "CA", "ON"),
    Site("riyadh", "Asia/Riyadh", "en", WorkTime(), "SA"),
    Site("seoul", "Asia/Seoul", "ko", WorkTime(), "KR"),
    Site("sarajevo", "Europe/Sarajevo", "bs", WorkTime(), "BA"),
    Site("cairo", "Africa/Cairo", "en", WorkTime(), "EG"),
    Site("nowhere", "UTC", "en", WorkTime()),
    Site("austin", "America/Chicago", "en", WorkTime(), "US", "TX"),
)
NIGHT = WorkTime(hours=Hours(time(21), time(7)), on_holidays=True)
WEEKEND = WorkTime(days=frozenset({5, 6}))
PART_TIME = WorkTime(days=frozenset({0, 1, 2}))
EVENING = WorkTime(hours=Hours(time(14), time(22)))
TRAITS = tuple(Trait(name, Words({"en": name}), Words({"en": name})) for name in ("why", "calm", "energy"))


def action(ident: str, practice: Practice, **fields: object) -> Action:
    base = Action(
        ident, Place("theme.yaml", 1), practice, Words({"en": ident}), Words({"en": f"how to {ident}"})
    )
    return replace(base, **fields)


WEEKLY = action(
    "weekly",
    Practice.WOW,
    audience=Audience.TEAM,
    rhythm=Every(1),
    channel=Channel.MEETING,
    ideas=IdeaFilter(tags=frozenset({"moment"})),
)
IDEAS = tuple(
    action(f"idea-{n}", practice, audience=Audience.TEAM, tags=frozenset({"moment", *tags}))
    for n, (practice, tags) in enumerate(
        (practice, tags)
        for practice in Practice
        if practice is not Practice.CELEBRATION
        for tags in ((), ("quiet", "remote"), ("night", "quiet"))
    )
)
ACTIONS = (
    WEEKLY,
    *IDEAS,
    action("note", Practice.HEROES, rhythm=PerYear(8), channel=Channel.CARD, visibility=Visibility.SURPRISE),
    action("wow", Practice.WOW, rhythm=PerYear(3), owner="leader", channel=Channel.CARD),
    action("talk", Practice.CAREER, rhythm=PerYear(2), channel=Channel.MEETING, minutes=30),
    action(
        "rota",
        Practice.SKIP_LEVEL,
        audience=Audience.GROUP,
        rhythm=PerYear(1),
        owner="leader",
        channel=Channel.MEETING,
        minutes=45,
    ),
    action("years", Practice.HEROES, rhythm=On((Anchor("anniversary"),)), channel=Channel.CARD),
    action(
        "figures",
        Practice.OUTSIDE_IN,
        audience=Audience.ORGANISATION,
        owner="organiser",
        rhythm=On((Anchor("weekday", nth=3, weekday=3),)),
        channel=Channel.ANNOUNCEMENT,
    ),
    action("day", Practice.CELEBRATION, audience=Audience.TEAM, channel=Channel.MEETING),
    action(
        "promise",
        Practice.CELEBRATION,
        audience=Audience.ORGANISATION,
        owner="leader",
        channel=Channel.ANNOUNCEMENT,
    ),
)


def theme(*actions: Action) -> Theme:
    slots = {f"csw-{n}": ("day",) for n in range(1, 6)} | {"day-after": ("promise",)}
    known = {each.id: each for each in actions or ACTIONS}
    return Theme(
        "test",
        Place("theme.yaml", 1),
        Words({"en": "Test"}),
        Words({"en": "Service as a power"}),
        Look(),
        TRAITS,
        known,
        {slot: ids for slot, ids in slots.items() if ids[0] in known},
    )


class Shape(Struct, frozen=True, dict=True):
    """What an organisation is like."""

    people: int = 40
    teams: int = 4
    sites: int = 2
    leaders: int = 3
    organisers: int = 1
    leave: float = 0.2
    odd_hours: float = 0.2
    never: float = 0.05
    movers: float = 0.1
    year: int = 2027
    limit: int = 90
    strange: bool = False
    """Evening and home teams, closed weeks, days without gatherings, people who want no days kept."""
    actions: tuple[Action, ...] = ACTIONS

    def __hash__(self) -> int:
        """Leave out the actions, which have texts in a mapping."""
        return hash((self.people, self.teams, self.sites, self.leaders, self.year, self.limit, self.strange))


def organisation(shape: Shape, seed: int) -> Inputs:
    """An organisation of that shape; the same seed gives the same one."""
    rng = random.Random(seed)  # noqa: S311 (a reproducible sample)
    sites = SITES[: shape.sites]
    persons: dict[str, Person] = {}
    for n in range(shape.leaders):
        persons[f"l{n}"] = _person(f"l{n}", rng.choice(sites), role=Role.LEADER)
    for n in range(shape.organisers):
        persons[f"o{n}"] = _person(
            f"o{n}", rng.choice(sites), role=Role.ORGANISER, manager=_some_leader(n, shape)
        )
    teams = {f"t{n}": (rng.choice(sites), _work(rng, shape)) for n in range(shape.teams)}
    for n, (team, (site, work)) in enumerate(teams.items()):
        persons[f"m{n}"] = _person(f"m{n}", site, team=team, work=work, manager=_some_leader(n, shape))
    weights = [rng.random() ** 3 + 0.01 for _ in teams]
    for n in range(shape.people):
        mine = rng.choices(list(teams), weights)[0] if teams else None
        site, work = teams[mine] if mine else (sites[0], WorkTime())
        manager = f"m{list(teams).index(mine)}" if mine else None
        persons[f"p{n}"] = _staff(rng, shape, _person(f"p{n}", site, team=mine, work=work, manager=manager))
    inputs = Inputs(
        Settings(
            Place("csweek.yaml"),
            "Sample",
            sites={site.id: site for site in sites},
            year=YearWanted(iso=shape.year),
            limits=Limits(shape.limit, 0.2),
        ),
        (ThemeTurn(theme(*shape.actions)),),
        people_of(persons.values(), {name: (site, work) for name, (site, work) in teams.items()}),
    )
    return _stranger(inputs, shape, seed) if shape.strange else inputs


def _stranger(inputs: Inputs, shape: Shape, seed: int) -> Inputs:
    """The same organisation with what is rarer."""
    rng = random.Random(f"strange {seed}")  # noqa: S311 (a reproducible sample)
    teams = {name: _strange_team(rng, team) for name, team in inputs.people.teams.items()}
    persons = {p.id: _strange_person(rng, p, teams) for p in inputs.people}
    first = date(shape.year, 1, 1)
    closed = first + timedelta(days=rng.randrange(340))
    quiet = first + timedelta(days=rng.randrange(340))
    settings = replace(
        inputs.settings,
        closed=(Span(closed, closed + timedelta(days=rng.randrange(10))),),
        no_gatherings=(Span(quiet, quiet + timedelta(days=rng.randrange(10))),),
    )
    return replace(inputs, settings=settings, people=People(persons, teams))


def _strange_team(rng: random.Random, team: Team) -> Team:
    kind = rng.randrange(4)
    if kind == 0 and team.work == WorkTime():
        return replace(team, work=EVENING)
    return replace(team, tags=frozenset({"remote", "quiet"})) if kind == 1 else team


def _strange_person(rng: random.Random, person: Person, teams: dict[str, Team]) -> Person:
    team = teams.get(person.team or "")
    work = team.work if team and person.work == WorkTime() else person.work
    return replace(person, work=work, celebrate=frozenset() if rng.random() < 0.2 else person.celebrate)


def people_of(persons: object, teams: dict[str, tuple[Site, WorkTime]]) -> People:
    """People with the teams that they form."""
    known = {person.id: person for person in persons}  # type: ignore[attr-defined]
    formed = {
        name: Team(name, site.id, site.locale, work, tuple(p.id for p in known.values() if p.team == name))
        for name, (site, work) in teams.items()
    }
    return People(known, {name: team for name, team in formed.items() if team.members})


def without(inputs: Inputs, *gone: str) -> Inputs:
    """The same organisation without these people."""
    persons = [
        replace(p, manager=None) if p.manager in gone else p for p in inputs.people if p.id not in gone
    ]
    return _with_people(inputs, persons)


def joined(inputs: Inputs, *new: Person) -> Inputs:
    """The same organisation with these people besides, or in the place of those with the same id."""
    known = {p.id: p for p in (*inputs.people, *new)}
    return _with_people(inputs, known.values())


def _with_people(inputs: Inputs, persons: object) -> Inputs:
    sites = inputs.settings.sites
    teams = {team.id: (sites[team.site], team.work) for team in inputs.people.teams.values()}
    return replace(inputs, people=people_of(persons, teams))


def _some_leader(number: int, shape: Shape) -> str | None:
    return f"l{number % shape.leaders}" if shape.leaders else None


def _person(ident: str, site: Site, **fields: object) -> Person:
    base = Person(ident, ident.upper(), ident, site.id, site.locale, WorkTime(), HERE, thanks=Thanks.PUBLIC)
    return replace(base, **fields)


def _work(rng: random.Random, shape: Shape) -> WorkTime:
    return rng.choice((NIGHT, WEEKEND)) if rng.random() < shape.odd_hours else WorkTime()


def _staff(rng: random.Random, shape: Shape, base: Person) -> Person:
    first = date(shape.year, 1, 1)
    changes: dict[str, object] = {
        "celebrate": frozenset(Occasion),
        "start_date": date(2015, rng.randint(1, 12), rng.randint(1, 28)),
    }
    if rng.random() < shape.leave:
        begin = first + timedelta(days=rng.randrange(360))
        changes["leave"] = (Span(begin, begin + timedelta(days=rng.randrange(84))),)
    if rng.random() < shape.movers:
        changes[rng.choice(("start_date", "end_date"))] = first + timedelta(days=rng.randrange(30, 330))
    if rng.random() < shape.never:
        changes["thanks"] = Thanks.NEVER
    if rng.random() < shape.odd_hours / 2 and base.work == WorkTime():
        changes["work"] = PART_TIME
    return replace(base, **changes)
