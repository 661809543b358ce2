"""Which announcements there are, what each needs, and for whom each is made."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from msgspec import Struct

from csweek.model.basics import Cost, monday_of, week_said
from csweek.model.inputs import StoryKind
from csweek.model.people import Person, Team
from csweek.model.plan import Event
from csweek.model.theme import CSW_DAYS
from csweek.names import safe_name, token
from csweek.render.announcements import (
    briefing,
    festival,
    form,
    funding,
    invitation,
    occasions,
    praise,
    scorecard,
)
from csweek.render.announcements.announcement import Announcement, Draft
from csweek.render.announcements.faults import Faults
from csweek.render.announcements.message import Message
from csweek.render.announcements.newsroom import Circle, Newsroom, next_csw
from csweek.render.announcements.press import Press
from csweek.render.templates import TemplateError

SHARE = "share/announcements"
ORGANISERS = "organisers"
"""The folder of what is nobody's own."""


class Ask(NamedTuple):
    """What is wanted: of which day, for which teams (none: everyone, in each language), of which event."""

    day: date
    teams: tuple[str, ...] = ()
    event: Event | None = None
    owner: str | None = None
    """The one owner whose briefing is wanted."""
    locale: str | None = None
    """The one language in which all is wanted; None: each reader's own."""


class Copy(NamedTuple):
    """A draft for a circle; ``folder`` is whose it is alone, None for what may be published."""

    draft: Draft
    circle: Circle
    folder: str | None = None
    to: tuple[tuple[str, str], ...] = ()


class Kind(Struct, frozen=True):
    """A kind of announcement; ``lacks`` says what is missing for it, None where nothing is."""

    id: str
    about: str
    copies: Callable[[Newsroom, Ask], Iterator[Copy]]
    lacks: Callable[[Newsroom, Ask], str | None]
    private: bool = False
    latest: bool = False
    """Whether it tells the latest there is, and so the same for days that are near each other."""
    dated: bool = True
    """Whether it is about what is planned around its day, rather than the whole year or no plan at all."""


class Offer(NamedTuple):
    """A kind, and what it lacks."""

    kind: Kind
    lacks: str | None


def offers(room: Newsroom, ask: Ask) -> Iterator[Offer]:
    """Yield every kind with what is missing for it on a day."""
    for kind in KINDS.values():
        yield Offer(kind, kind.lacks(room, ask))


def announcements(
    room: Newsroom, press: Press, turn: tuple[Kind, Ask], faults: Faults
) -> Iterator[Announcement]:
    """Yield the announcements of a kind; those whose template does not work are noted and left out."""
    kind, ask = turn
    try:
        for copy in kind.copies(room, ask):
            if message := _pressed(press, copy, faults):
                yield _announced(room, kind, copy, message, ask.locale)
    except TemplateError as error:
        faults.add(error)


def _pressed(press: Press, copy: Copy, faults: Faults) -> Message | None:
    try:
        return press.message(copy.draft, copy.circle.voice)
    except TemplateError as error:
        faults.add(error)
        return None


def _announced(room: Newsroom, kind: Kind, copy: Copy, message: Message, asked: str | None) -> Announcement:
    return Announcement(
        kind=kind.id,
        stem=_stem(room, kind, copy, asked),
        message=message,
        look=room.inputs.theme_on(copy.draft.day).look,
        strip=copy.draft.strip,
        team=copy.circle.team.id if copy.circle.team else None,
        to=copy.to,
    )


def _stem(room: Newsroom, kind: Kind, copy: Copy, asked: str | None) -> str:
    draft, circle, folder, _ = copy
    what = f"{draft.when}-{kind.id}"
    if folder is not None:
        what = f"{what}-{asked}" if asked else what
        return f"private/{folder}/{what}-{token(room.plan.calendar_id, f'announcement {what} {folder}')}"
    if circle.team is None:
        return f"{SHARE}/{what}-{circle.locale}"
    name = safe_name(circle.team.id)
    taken = {one.lower() for one in room.languages}
    other = "" if circle.locale == circle.team.locale else f"~{circle.locale}"  # no name holds a ~
    return f"{SHARE}/{what}-{f'team-{name}' if name in taken else name}{other}"


# --- for whom -----------------------------------------------------------------------------------------

Teller = Callable[[Newsroom, Circle, date], Iterator[Draft]]


def circles(room: Newsroom, ask: Ask) -> Iterator[Circle]:
    """Yield a circle for each team that is asked for, else one for each language."""
    for team in (room.inputs.people.teams[name] for name in ask.teams):
        yield _one(room, ask.locale or team.locale, team)
    if not ask.teams:
        yield from (_one(room, locale) for locale in ([ask.locale] if ask.locale else room.languages))


def _public(tell: Teller) -> Callable[[Newsroom, Ask], Iterator[Copy]]:
    """Return what makes a copy for each circle."""

    def copies(room: Newsroom, ask: Ask) -> Iterator[Copy]:
        for circle in circles(room, ask):
            yield from (Copy(draft, circle) for draft in tell(room, circle, ask.day))

    return copies


def _one(room: Newsroom, locale: str, team: Team | None = None) -> Circle:
    return Circle(room.voice(locale), locale, team)


def _of_event(room: Newsroom, ask: Ask) -> Iterator[Copy]:
    for circle in circles(room, ask) if ask.event else ():
        yield from (Copy(draft, circle) for draft in occasions.event(room, circle, ask.event))  # type: ignore[arg-type]


def _invitations(room: Newsroom, ask: Ask) -> Iterator[Copy]:
    wanted = (ask.event,) if ask.event else invitation.invitations(room, ask.day)
    for talk in wanted:
        circle = _one(room, ask.locale or talk.locale)
        folder = safe_name(talk.owner) if talk.owner else ORGANISERS
        to = invitation.invited(room, talk)
        yield from (Copy(draft, circle, folder, to) for draft in invitation.invitation(room, circle, talk))


def _memo(room: Newsroom, ask: Ask) -> Iterator[Copy]:
    circle = _one(room, ask.locale or room.inputs.locale)
    yield from (Copy(draft, circle, ORGANISERS) for draft in funding.funding(room, circle, ask.day))


def _briefings(room: Newsroom, ask: Ask) -> Iterator[Copy]:
    for owner in _owners(room, ask):
        circle = _one(room, ask.locale or owner.locale)
        to = ((owner.name, owner.email),) if owner.email else ()
        drafts = briefing.briefing(room, circle, ask.day, owner)
        yield from (Copy(draft, circle, safe_name(owner.id), to) for draft in drafts)


def _owners(room: Newsroom, ask: Ask) -> list[Person]:
    return [one for one in briefing.owners(room, ask.day) if ask.owner in {None, one.id}]


# --- what is missing ----------------------------------------------------------------------------------


def _nothing(_room: Newsroom, _ask: Ask) -> None:
    return None


def _no_week(room: Newsroom, ask: Ask) -> str | None:
    year = room.plan.year
    if ask.day in year:
        return None
    return f"a week of the planned year ({week_said(year.first)} to {week_said(year.last)})"


def _no_day(room: Newsroom, ask: Ask) -> str | None:
    shown = next(_public(occasions.today)(room, ask), None)
    return None if shown else f"an event on {ask.day} that others may know of; --day takes another"


def _no_event(_room: Newsroom, ask: Ask) -> str | None:
    return None if ask.event else "an event: --event e412"


def _no_countdown(_room: Newsroom, ask: Ask) -> str | None:
    return "weeks to count: Customer Service Week is on" if next_csw(ask.day) == monday_of(ask.day) else None


def _no_slot(slot: str, room: Newsroom, ask: Ask) -> str | None:
    csw = next_csw(ask.day)
    if room.slot(slot, csw):
        made = next(_public(partial(festival.csw_day, slot=slot))(room, ask), None)
        return None if made else f"events of this day in the plan of {room.plan.year.label}: csweek plan"
    return f"actions for this day: celebration: {{{slot}: [...]}} in {room.inputs.theme_on(csw).place.file}"


def _no_story(kind: StoryKind, room: Newsroom, ask: Ask) -> str | None:
    if any(praise.stories(room, circle, ask.day, kind) for circle in circles(room, ask)):
        return None
    answered = ", an answer" if kind == "obstacle" else ""
    return (
        f"stories.csv: a story of the past {praise.DAYS[kind]} days with kind {kind}{answered}, consent yes, "
        "about somebody who is thanked in public"
    )


def _no_talk(room: Newsroom, ask: Ask) -> str | None:
    if ask.event:
        return None if invitation.is_talk(ask.event) else f"a talk with a leader; {ask.event.id} is none"
    found = invitation.invitations(room, ask.day)
    return None if found else f"a talk with a leader in {week_said(ask.day)}; --week or --event takes another"


def _no_figures(room: Newsroom, ask: Ask) -> str | None:
    found = scorecard.latest_month(room, ask.day)
    return None if found else "metrics.csv, with the columns month, name, value, target, kind"


def _no_people(room: Newsroom, _ask: Ask) -> str | None:
    if not len(room.inputs.people):
        return "people.csv, named in csweek.yaml (people: people.csv)"
    bought = {event.cost for event in room.diary.year()} - {Cost.NONE}
    unpriced = sorted(bought - set(room.inputs.settings.budget.costs))
    return f"costs: {{{', '.join(f'{cost}: …' for cost in unpriced)}}} in csweek.yaml" if unpriced else None


def _no_owner(room: Newsroom, ask: Ask) -> str | None:
    if _owners(room, ask):
        return None
    if not len(room.inputs.people):
        return "people.csv, named in csweek.yaml (people: people.csv)"
    return f"events with an owner in {week_said(ask.day)}; --week takes another"


KINDS = {
    kind.id: kind
    for kind in (
        Kind("weekly", "this week in service", _public(occasions.weekly), _no_week),
        Kind("day", "what a day holds", _public(occasions.today), _no_day),
        Kind("event", "one event", _of_event, _no_event),
        Kind("countdown", "how far away CSW is", _public(festival.countdown), _no_countdown, dated=False),
        Kind("kickoff", "the first morning of CSW", _public(festival.kickoff), _nothing),
        *(
            Kind(
                slot,
                f"day {number} of CSW",
                _public(partial(festival.csw_day, slot=slot)),
                partial(_no_slot, slot),
            )
            for number, slot in enumerate(CSW_DAYS, 1)
        ),
        Kind("day-after", "what stays after CSW", _public(festival.day_after), _nothing),
        Kind("hero", "hero of the month", _public(praise.hero), partial(_no_story, "hero"), latest=True),
        Kind("wow", "what a customer noticed", _public(praise.wow), partial(_no_story, "wow")),
        Kind("you-said", "you said, we did", _public(praise.you_said), partial(_no_story, "obstacle")),
        Kind("invitation", "a talk with a leader", _invitations, _no_talk, private=True),
        Kind("scorecard", "the month's figures", _public(scorecard.scorecard), _no_figures, latest=True),
        Kind(
            "funding",
            "what the year takes, for whoever decides",
            _memo,
            _no_people,
            private=True,
            dated=False,
        ),
        Kind("briefing", "whom each owner thanks this week", _briefings, _no_owner, private=True),
        Kind("form", "how people like to be thanked", _public(form.form), _nothing, dated=False),
    )
}
"""Every kind by its id, in the order in which they are listed."""
