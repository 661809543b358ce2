"""A tiny organisation and plan, built by hand, for tests of what comes after planning."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from msgspec.structs import replace

from csweek import zones
from csweek.model.basics import (
    Audience,
    Channel,
    Hours,
    Place,
    Practice,
    Prepare,
    Role,
    Thanks,
    Visibility,
    Words,
    Year,
)
from csweek.model.inputs import Inputs, Settings, Story
from csweek.model.people import People, Person, Site, Team, WorkTime
from csweek.model.plan import Event, Key, Plan
from csweek.model.theme import Action, Look, PerYear, Theme, ThemeTurn, Trait

CALENDAR_ID = UUID("11111111-2222-4333-8444-555555555555")
REVISED = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
YEAR = Year("2027", date(2027, 1, 4), 52)
NIGHT = WorkTime(hours=Hours(time(21), time(7)), on_holidays=True)
DAY = WorkTime()


def words(en: str, sv: str = "", ko: str = "", bs: str = "") -> Words:
    return Words(
        {
            locale: text
            for locale, text in zip(("en", "sv", "ko", "bs"), (en, sv, ko, bs), strict=True)
            if text
        }
    )


SITES = {
    "stockholm": Site("stockholm", "Europe/Stockholm", "sv", DAY, "SE"),
    "seoul": Site("seoul", "Asia/Seoul", "ko", DAY, "KR"),
}


def person(ident: str, name: str, called: str, **fields: object) -> Person:
    base = Person(ident, name, called, "stockholm", "sv", DAY, Place("people.csv", 2), thanks=Thanks.PUBLIC)
    return replace(base, **fields)


PEOPLE = People(
    {
        p.id: p
        for p in (
            person("p1", "Åsa Öberg", "Åsa", team="Support", manager="m1", email="asa@nordic.example"),
            person("p2", "Ðorđe Šarić", "Ðorđe", team="Support", manager="m1", thanks=Thanks.PRIVATE),
            person("p3", "김서연", "김서연 님", team="Seoul", manager="m2", site="seoul", locale="ko"),
            person("p4", "Shaun O'Brien", "Shaun", team="Natt", manager="m1", work=NIGHT, locale="en"),
            person("m1", "Britt Ek", "Britt", team="Support", manager="l1"),
            person("m2", "박지훈", "박지훈 님", team="Seoul", manager="l1", site="seoul", locale="ko"),
            person("l1", "Leo Lind", "Leo", role=Role.LEADER, title="Head of service"),
            person("o1", "Olga Org", "Olga", role=Role.ORGANISER),
        )
    },
    {
        "Support": Team("Support", "stockholm", "sv", DAY, ("p1", "p2", "m1")),
        "Natt": Team("Natt", "stockholm", "en", NIGHT, ("p4",), frozenset({"night", "quiet"})),
        "Seoul": Team("Seoul", "seoul", "ko", DAY, ("p3", "m2")),
    },
)

ACTIONS = {
    action.id: action
    for action in (
        Action(
            "wow-note",
            Place("themes/base.yaml", 10),
            Practice.WOW,
            words("A handwritten note", "En handskriven rad", "손으로 쓴 쪽지", "Poruka pisana rukom"),
            words("Say what was done and for whom.", "Skriv vad som gjordes och för vem."),
            owner="leader",
            rhythm=PerYear(4),
            channel=Channel.CARD,
            card="thank-you",
            visibility=Visibility.SURPRISE,
            prepare=Prepare(5, 1),
        ),
        Action(
            "monday-story",
            Place("themes/base.yaml", 30),
            Practice.WOW,
            words("Monday's story", "Måndagens berättelse", "월요일의 이야기", "Priča za ponedjeljak"),
            words("Read one customer's words aloud; thank by name, and stop.", "Läs en kunds ord högt."),
            audience=Audience.TEAM,
            rhythm=PerYear(52),
            channel=Channel.MEETING,
        ),
    )
}

THEME = Theme(
    "service-as-a-power",
    Place("themes/service-as-a-power.yaml", 1),
    words("Service as a power", "Service som kraft", "힘이 되는 서비스", "Usluga kao snaga"),
    words("Service as a power", "Service som kraft", "힘이 되는 서비스", "Usluga kao snaga"),
    Look("#083b45", "#0b7285", "#f59f00", "#fffdf7", "waves"),
    (Trait("calm", words("Calm and balance", "Lugn och balans"), words("When the customer is not.")),),
    ACTIONS,
    {"csw-1": ("monday-story",)},
)

INPUTS = Inputs(
    Settings(Place("csweek.yaml"), "Nordic Care", "en", CALENDAR_ID, sites=SITES),
    (ThemeTurn(THEME),),
    PEOPLE,
    (
        Story(
            date(2027, 1, 20),
            "p1",
            "wow",
            "Åsa stayed on the line until the ambulance came.",
            Place("stories.csv", 2),
            "a customer",
            consent=True,
        ),
    ),
)


def event(action: str, day: date, subject: str, ordinal: int = 1, **fields: object) -> Event:
    """An event of one of ACTIONS; a subject that is a team makes a team event, else a person event."""
    kind = ACTIONS[action]
    team = PEOPLE.teams.get(subject)
    who = None if team else PEOPLE.persons[subject]
    site = SITES[team.site if team else who.site if who else "stockholm"]
    key = Key("2027", action, subject, ordinal)
    base = Event(
        key, day, kind.practice, kind.title, kind.how, team.locale if team else who.locale if who else "en",
        site.timezone, kind.audience, kind.visibility, kind.channel, site.id,
        team.id if team else who.team if who else None,
        "l1" if kind.owner == "leader" else "m1", kind.owner, () if team else (subject,), kind.minutes,
        kind.prepare, kind.cost, fixed=False, reason={"code": "even", "week_load": 3},
        trait="calm", card=kind.card, uid=str(uuid5(CALENDAR_ID, repr(key))), changed=REVISED,
    )  # fmt: skip
    return replace(base, **fields)


def at(day: date, hour: int, minute: int, site: str, minutes: int) -> dict[str, Any]:
    """Start and end of a timed event at a site."""
    start = datetime.combine(day, time(hour, minute), zones.zone(SITES[site].timezone))
    return {"start": start, "end": start + timedelta(minutes=minutes)}


def _events() -> tuple[Event, ...]:
    found = [
        event("monday-story", date(2027, 1, 4), "Support", **at(date(2027, 1, 4), 9, 30, "stockholm", 10)),
        event("monday-story", date(2027, 1, 4), "Seoul", **at(date(2027, 1, 4), 10, 0, "seoul", 10)),
        event("monday-story", date(2027, 1, 4), "Natt", **at(date(2027, 1, 4), 21, 0, "stockholm", 10)),
        event("wow-note", date(2027, 1, 20), "p1"),
        event("wow-note", date(2027, 1, 27), "p2"),
        event("wow-note", date(2027, 2, 3), "p3"),
        event("wow-note", date(2027, 2, 10), "p4"),
    ]
    ordered = sorted(found, key=lambda e: e.sort_key)
    return tuple(replace(e, id=f"e{number}") for number, e in enumerate(ordered, 1))


PLAN = Plan(YEAR, _events(), 1, REVISED, CALENDAR_ID, 8)
