"""Every announcement of a sample year: what is wrong in templates and words shows before they are needed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from msgspec.structs import replace

from csweek.errors import Problem
from csweek.model.basics import (
    Audience,
    Channel,
    Cost,
    Occasion,
    Place,
    Practice,
    Role,
    Status,
    Thanks,
    Visibility,
    Words,
    Year,
    csw_monday,
    monday_of,
)  # fmt: skip
from csweek.model.inputs import Budget, Inputs, Metric, Story
from csweek.model.people import People, Person, Team, WorkTime
from csweek.model.plan import Event, Key, Plan
from csweek.model.theme import CSW_DAYS, DAY_AFTER, ThemeTurn
from csweek.render.announcements.crew import crewed
from csweek.render.announcements.diary import Planned
from csweek.render.announcements.faults import Faults
from csweek.render.announcements.kinds import KINDS, Ask
from csweek.render.announcements.newsroom import Newsroom, languages
from csweek.render.templates import Reader

TEAM, ONE, LEADER, SITE = "Sample", "sample", "leader", "sample"
_PLACE = Place("the sample")
_TEXT = Words({"en": "Sample", "sv": "Exempel", "ko": "견본", "bs": "Primjer"})


def tried(inputs: Inputs, reader: Reader, channels: tuple[str, ...], year: int) -> Iterator[Problem]:
    """Yield what goes wrong in any announcement in any language that is used, each thing once."""
    csw, faults = csw_monday(year), Faults()
    day = monday_of(date(year, 3, 15))
    plan = _plan(year, day, csw)
    room = Newsroom(replace(plan, events=()), _inputs(inputs, day), day, reader, Planned(plan))
    days = {**dict.fromkeys((*CSW_DAYS, "kickoff", DAY_AFTER), csw), "countdown": csw - timedelta(days=14)}
    asks = {kind: Ask(days.get(kind, day)) for kind in KINDS}
    asks["event"] = Ask(day, (TEAM,), plan.events[0])
    turns = [(kind, ask._replace(locale=one)) for one in languages(inputs) for kind, ask in asks.items()]
    for _ in crewed(turns, channels, room, faults, 0):
        pass
    yield from faults


def _inputs(inputs: Inputs, day: date) -> Inputs:
    """Return the inputs with sample people, stories and figures, and something on each of the five days."""
    born = day + timedelta(days=1)
    one = Person(
        ONE, "Sample Name", "Sample", SITE, inputs.locale, WorkTime(), _PLACE, team=TEAM, manager=LEADER,
        start_date=born.replace(year=day.year - 5), birthday=(born.month, born.day), thanks=Thanks.PUBLIC,
        celebrate=frozenset(Occasion),
    )  # fmt: skip
    leader = replace(one, id=LEADER, name="Sample Leader", role=Role.LEADER, manager=None)
    team, said = Team(TEAM, SITE, inputs.locale, WorkTime(), (ONE,)), day - timedelta(days=2)
    theme = replace(inputs.theme_on(day), celebration={slot: (slot,) for slot in (*CSW_DAYS, DAY_AFTER)})
    return replace(
        inputs,
        settings=replace(inputs.settings, budget=Budget("SEK", 1000.0, dict.fromkeys(Cost, 10.0))),
        people=People({ONE: one, LEADER: leader}, {TEAM: team}),
        themes=(ThemeTurn(theme),),
        stories=tuple(
            Story(said, ONE, kind, "Sample", _PLACE, "Sample", consent=True, answer="Sample")
            for kind in ("wow", "hero", "obstacle")
        ),
        metrics=tuple(
            Metric(day.replace(day=1), "Sample", "1", kind, _PLACE, "2") for kind in ("external", "internal")
        ),
    )  # fmt: skip


def _plan(year: int, day: date, csw: date) -> Plan:
    """Return a year with a moment of a team, a talk, a card, the five days and the day after."""
    moment = Event(
        Key("sample", "moment", TEAM, 1), day, Practice.WOW, _TEXT, _TEXT, "en", "UTC", Audience.TEAM,
        Visibility.EVERYONE, Channel.MEETING, SITE, TEAM, LEADER, "leader", (), 10, None, Cost.LOW,
        fixed=False, reason={}, start=datetime.combine(day, time(10), UTC), id="e1",
    )  # fmt: skip
    talk = replace(
        moment, key=Key("sample", "talk", LEADER, 1), practice=Practice.SKIP_LEVEL, recipients=(ONE,),
        audience=Audience.GROUP, id="e2",
    )  # fmt: skip
    card = replace(
        talk, key=Key("sample", "card", ONE, 2), practice=Practice.WOW, audience=Audience.PERSON, id="e3",
        visibility=Visibility.SURPRISE, channel=Channel.CARD, start=None,
    )  # fmt: skip
    before = replace(
        card, key=Key("sample", "card", ONE, 1), date=day - timedelta(days=7), status=Status.DONE
    )
    slots = [
        replace(
            moment, key=Key("sample", slot, SITE, 1),
            date=csw + timedelta(days=number + 2 * (slot == DAY_AFTER)),
            practice=Practice.CELEBRATION, audience=Audience.ORGANISATION, team=None, start=None,
        )
        for number, slot in enumerate((*CSW_DAYS, DAY_AFTER))
    ]  # fmt: skip
    first = monday_of(date(year, 1, 4))
    events = (moment, talk, card, before, *slots)
    return Plan(Year(str(year), first, 52), events, 1, datetime.combine(day, time(), UTC), UUID(int=0))
