"""A year in which there is something to tell for every kind of announcement, in four languages."""

from datetime import date, timedelta

from msgspec.structs import replace
from samples import ACTIONS, INPUTS, PEOPLE, PLAN, SITES, THEME, at, event, person, words

from csweek.model.basics import Audience, Channel, Cost, Place, Practice, Status, Thanks, Visibility
from csweek.model.inputs import Budget, Metric, Story
from csweek.model.people import People, Site, Team, WorkTime
from csweek.model.plan import Event
from csweek.model.theme import Action, Every, ThemeTurn

DAY = date(2027, 1, 20)
CSW = date(2027, 10, 4)

SARAJEVO = Site("sarajevo", "Europe/Sarajevo", "bs", WorkTime(), "BA")
ALL_SITES = {**SITES, "sarajevo": SARAJEVO}
SEJLA = person("p5", "Šejla Sarić", "Šejla", team="Podrška", manager="l1", site="sarajevo", locale="bs")
EVERYONE = People(
    {**PEOPLE.persons, "p5": SEJLA},
    {**PEOPLE.teams, "Podrška": Team("Podrška", "sarajevo", "bs", WorkTime(), ("p5",))},
)

TITLES = {
    "day-1": words(
        "Day 1: why we are here", "Dag 1: därför finns vi här", "첫째 날: 우리가 여기 있는 이유",
        "Prvi dan: zašto smo tu",
    ),
    "day-2": words(
        "Day 2: what we learned", "Dag 2: det vi har lärt oss", "둘째 날: 우리가 배운 것",
        "Drugi dan: šta smo naučili",
    ),
    "day-3": words(
        "Day 3: words from customers", "Dag 3: kundernas egna ord", "셋째 날: 고객이 남긴 말",
        "Treći dan: riječi korisnika",
    ),
    "day-4": words(
        "Day 4: leaders listen in", "Dag 4: ledningen lyssnar", "넷째 날: 리더가 듣는 날",
        "Četvrti dan: rukovodstvo sluša",
    ),
    "promise": words("One promise", "Ett löfte", "약속 하나", "Jedno obećanje"),
    "talk": words(
        "A talk with a leader", "Samtal med ledningen", "리더와 이야기하는 자리", "Razgovor s rukovodstvom"
    ),
    "cake": words("Something sweet", "Något gott", "달콤한 것", "Nešto slatko"),
}  # fmt: skip


def action(ident: str, practice: Practice, **fields: object) -> Action:
    base = Action(ident, Place("themes/ours.yaml", 1), practice, TITLES[ident], TITLES[ident])
    return replace(base, audience=Audience.ORGANISATION, visibility=Visibility.EVERYONE, **fields)


YEAR_THEME = replace(
    THEME,
    actions={
        "wow-note": ACTIONS["wow-note"],
        "monday-story": replace(ACTIONS["monday-story"], rhythm=Every(1)),
        **{
            name: action(name, Practice.SKIP_LEVEL if name == "talk" else Practice.CELEBRATION)
            for name in TITLES
        },
    },
    celebration={
        "csw-1": ("day-1",), "csw-2": ("day-2",), "csw-3": ("day-3",), "csw-4": ("day-4",),
        "csw-5": ("cake",), "day-after": ("promise",),
    },
)  # fmt: skip


def everywhere(name: str, day: date, cost: Cost = Cost.NONE) -> list[Event]:
    """The same for each site on a day."""
    base = event("monday-story", day, "Support")
    return [
        replace(
            base, key=base.key._replace(action=name, subject=site), title=TITLES[name], site=site, team=None,
            practice=Practice.CELEBRATION, audience=Audience.ORGANISATION, cost=cost,
            visibility=Visibility.EVERYONE, channel=Channel.ANNOUNCEMENT,
        )
        for site in ALL_SITES
    ]  # fmt: skip


def talk() -> Event:
    """A talk of three people with a leader, one of whom wants private thanks."""
    base = event("monday-story", DAY, "Support", 9, **at(DAY, 14, 0, "stockholm", 60))
    return replace(
        base, key=base.key._replace(action="talk"), title=TITLES["talk"], practice=Practice.SKIP_LEVEL,
        audience=Audience.GROUP, team=None, recipients=("p1", "p2", "p4"), owner="l1", owner_role="leader",
        minutes=60,
    )  # fmt: skip


def _events() -> tuple[Event, ...]:
    weekly = [
        event("monday-story", CSW + timedelta(days=7 * week), team, 20 + week)
        for week in (-1, 0, 1, 2)
        for team in ("Support", "Natt")
    ]
    found = [
        *PLAN.events, *weekly, talk(),
        *(one for day in range(4) for one in everywhere(f"day-{day + 1}", CSW + timedelta(days=day))),
        *everywhere("cake", CSW + timedelta(days=4), Cost.LOW),
        *everywhere("promise", CSW + timedelta(days=7)),
    ]  # fmt: skip
    ordered = sorted(found, key=lambda one: one.sort_key)
    return tuple(replace(one, id=f"e{number}") for number, one in enumerate(ordered, 1))


_ALL = _events()
YEAR_PLAN = replace(PLAN, events=_ALL, next_serial=len(_ALL) + 1)
TALK = next(one for one in YEAR_PLAN.events if one.action == "talk")
EARLIER = (replace(event("wow-note", date(2026, 11, 10), "p1"), status=Status.DONE),)


def story(days: int, who: str, kind: str, text: str, by: str, answer: str = "") -> Story:
    day = DAY - timedelta(days=days)
    return Story(day, who, kind, text, Place("stories.csv", 2), by, True, answer)  # type: ignore[arg-type]


def metric(month: int, name: str, value: str, target: str, kind: str) -> Metric:
    year = 2026 if month == 12 else 2027
    return Metric(date(year, month, 1), name, value, kind, Place("metrics.csv", 2), target)  # type: ignore[arg-type]


YEAR_INPUTS = replace(
    INPUTS,
    settings=replace(
        INPUTS.settings, sites=ALL_SITES, budget=Budget("SEK", 12000, {Cost.LOW: 50.0, Cost.MEDIUM: 250.0})
    ),
    themes=(ThemeTurn(YEAR_THEME),),
    people=EVERYONE,
    stories=(
        story(2, "p1", "wow", "Åsa stayed on the line until the ambulance came.", "a customer"),
        story(9, "p4", "hero", "Shaun wrote down the seven questions that newcomers ask most.", "Britt Ek"),
        story(12, "p4", "obstacle", "The form asks for it twice.", "Shaun", "The second field is gone."),
    ),
    metrics=(
        metric(12, "NPS", "38", "45", "external"),
        metric(1, "NPS", "41", "45", "external"),
        metric(1, "Answered within 30 s", "84 %", "80 %", "internal"),
    ),
)
DAYS = {
    "countdown": CSW - timedelta(days=14), "kickoff": CSW, "day-after": CSW, "day": CSW,
    **{f"csw-{number}": CSW for number in range(1, 6)},
}  # fmt: skip
"""The day of each kind, DAY for the others."""

assert YEAR_INPUTS.people.persons["p2"].thanks is Thanks.PRIVATE
