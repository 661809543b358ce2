"""Announcements of the sample organisation, by the name of their files."""

from collections.abc import Iterable
from datetime import date

from samples import INPUTS, PLAN

from csweek.folder import template
from csweek.model.inputs import Inputs
from csweek.model.people import Team
from csweek.model.plan import Event, Plan
from csweek.render.announcements.diary import Planned
from csweek.render.announcements.documents import CHANNELS, Layout, documents
from csweek.render.announcements.faults import Faults
from csweek.render.announcements.kinds import KINDS, Ask, announcements
from csweek.render.announcements.newsroom import Circle, Newsroom
from csweek.render.announcements.press import Press
from csweek.render.templates import Reader

TEXTS = tuple(name for name in CHANNELS if name != "pdf")


def room_of(
    plan: Plan = PLAN,
    inputs: Inputs = INPUTS,
    today: date = date(2027, 1, 20),
    reader: Reader = template,
    earlier: tuple[Event, ...] = (),
) -> Newsroom:
    return Newsroom(plan, inputs, today, reader, Planned(plan, earlier))


def circle(room: Newsroom, locale: str = "en", team: Team | None = None) -> Circle:
    return Circle(room.voice(locale), locale, team)


def announced(
    room: Newsroom, kind: str, ask: Ask, channels: Iterable[str] = ("txt",), faults: Faults | None = None
) -> dict[str, str]:
    """Return the texts of an announcement's files by name; what went wrong fails the test or is noted."""
    met = Faults() if faults is None else faults
    made = announcements(room, Press(room.reader), (KINDS[kind], ask), met)
    found = {
        one.name: one.content.decode()
        for one in documents(made, [CHANNELS[name] for name in channels], Layout.of(room), met)
    }
    assert faults is not None or not list(met)
    return found
