"""Pages for a wall, which everyone may read: a team's poster of the month, and the year on one page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from babel.dates import format_date, format_skeleton
from msgspec import Struct
from msgspec.structs import replace

from csweek.model.basics import Audience, Day, Practice, Thanks, Visibility, csw_monday
from csweek.model.inputs import Inputs, Story
from csweek.model.people import Person, Team
from csweek.model.plan import Event, Plan
from csweek.render import phrases
from csweek.render.cards.card import Board, Card, Praise, Source, Week, clean, photo_of
from csweek.render.cards.compose import month_of
from csweek.render.cards.wording import label
from csweek.render.paper import fonts
from csweek.render.speech import known

PRAISES = 4
"""So many stories a poster tells, the newest."""
MANY = 2
"""Up to so many in most weeks each number has a mark of its own."""
NOTE = 52.0
"""Room for the note of a week in mm, on a page of A4 or Letter."""
_SMALL = 6.5
"""Size of a note in points."""


class Wall(Struct, frozen=True):
    """Where a page hangs: a team's wall, or everyone's (None), read in a language and country, on a day."""

    team: Team | None
    locale: str
    country: str | None
    day: Day


def wall(team: Team | None, inputs: Inputs, day: Day) -> Wall:
    """Return a team's wall, or that of everyone, in their language and country."""
    sites = inputs.settings.sites
    site = sites.get(team.site) if team else next(iter(sites.values()), None)
    return Wall(team, team.locale if team else inputs.locale, site.country if site else None, day)


def poster(wall: Wall, inputs: Inputs) -> Source:
    """Return the poster of a month: what was told of people who may be named, by people who agreed to it."""
    told = tuple(_public(wall, inputs))
    praises = tuple(_praise(one, inputs) for one in told)
    line = phrases.TOLD_THIS_MONTH if praises else phrases.OCCASIONS[""]
    made = _page(wall, inputs, clean(line.say(wall.locale)), praises=praises)
    praised = tuple(inputs.people.persons[one.person] for one in told)
    return Source(made, "poster", wall.country, _reader(wall, inputs), None, told, praised)


def year(wall: Wall, plan: Plan, inputs: Inputs) -> Source:
    """Return the year of a team or of everyone, a line for each week, without any surprise."""
    first = plan.year.first - timedelta(days=_days_before_monday(wall))
    seen = [one for one in plan.live if _is_open(one, wall)]
    weeks = tuple(_weeks(first, plan, seen, wall))
    practices = tuple(phrases.PRACTICES[one].say(wall.locale) for one in Practice)
    board = Board(practices, weeks, _sizes([count for week in weeks for count in week.counts if count]))
    made = _page(wall, inputs, plan.year.label, board=board)
    return Source(made, "year", wall.country, _reader(wall, inputs), None)


def _sizes(counts: Sequence[int]) -> tuple[int, int, int]:
    """Return from how many on marks are small, middle and large: a third each where a week has many."""
    ordered = sorted(counts)
    if len(ordered) < 3 or ordered[len(ordered) // 2] <= MANY:
        return 1, 2, 3
    middle = max(2, ordered[len(ordered) // 3])
    return 1, middle, max(middle + 1, ordered[2 * len(ordered) // 3])


def _praise(story: Story, inputs: Inputs) -> Praise:
    person = inputs.people.persons[story.person]
    return Praise(clean(person.called), clean(story.text), clean(story.by), photo_of(person))


def _page(
    wall: Wall, inputs: Inputs, line: str, praises: tuple[Praise, ...] = (), board: Board | None = None
) -> Card:
    theme = inputs.theme_on(wall.day)
    name = clean(wall.team.id if wall.team else inputs.settings.organisation)
    return Card(
        called=name,
        name=name,
        lang=wall.locale,
        sender=None,
        title=label(wall.locale, "year"),
        line=line,
        story=None,
        date="",
        day=wall.day,
        trait="",
        motto=clean(theme.motto.say(wall.locale)),
        organisation=clean(inputs.settings.organisation),
        look=theme.look,
        seed=wall.day.month,
        month=month_of(wall.day, wall.locale),
        praises=praises,
        board=board,
    )


def _reader(wall: Wall, inputs: Inputs) -> Person:
    """Return the team, or everyone, as the one whom a page is for."""
    name = wall.team.id if wall.team else inputs.settings.organisation
    site = wall.team.site if wall.team else ""
    return Person(name, name, name, site, wall.locale, inputs.settings.work, inputs.settings.place)


def _public(wall: Wall, inputs: Inputs) -> Iterator[Story]:
    """Yield the newest stories of the month that everybody may read."""
    month = (wall.day.year, wall.day.month)
    found = sorted(inputs.stories, key=lambda one: one.date, reverse=True)
    kept = (
        one
        for one in found
        if (one.date.year, one.date.month) == month and one.date <= wall.day and _may_hang(one, wall, inputs)
    )
    yield from (one for one, _ in zip(kept, range(PRAISES), strict=False))


def _may_hang(story: Story, wall: Wall, inputs: Inputs) -> bool:
    person = inputs.people.persons.get(story.person)
    if person is None or not story.consent or story.kind == "obstacle" or person.thanks is not Thanks.PUBLIC:
        return False
    return wall.team is None or person.team == wall.team.id


def _is_open(event: Event, wall: Wall) -> bool:
    """Whether a team knows of an event beforehand and it is theirs or everybody's."""
    if event.visibility is Visibility.SURPRISE:
        return False
    if wall.team is None:
        return event.audience is not Audience.PERSON
    return event.team == wall.team.id or (
        event.audience is Audience.ORGANISATION and event.site == wall.team.site
    )


def _days_before_monday(wall: Wall) -> int:
    """Return how many days before Monday a week begins in the country: Sunday 1, Saturday 2."""
    here = known(f"und-{wall.country}" if wall.country else wall.locale)
    return (7 - here.first_week_day) % 7


def _weeks(first: Day, plan: Plan, events: Iterable[Event], wall: Wall) -> Iterator[Week]:
    by_week: dict[int, list[Event]] = {}
    for event in events:
        by_week.setdefault((event.date - first).days // 7, []).append(event)
    csw = {csw_monday(plan.year.first.year + more) for more in (0, 1)}
    for number in range(max([plan.year.weeks, *(week + 1 for week in by_week)])):
        begins = first + timedelta(days=7 * number)
        days = {begins + timedelta(days=day) for day in range(7)}
        week = _week(begins, by_week.get(number, []), wall, csw=not csw.isdisjoint(days))
        yield replace(week, month=_month(begins + timedelta(days=6), wall)) if number == 0 else week


def _week(first: Day, events: list[Event], wall: Wall, *, csw: bool) -> Week:
    seen = Counter(event.practice for event in events)
    last = first + timedelta(days=6)
    locale = known(wall.locale)
    return Week(
        number=str((last - timedelta(days=last.weekday())).isocalendar().week),
        first=str(format_skeleton("MMMd", first, locale=locale)),
        month=_month(last, wall) if last.day <= 7 else "",
        counts=tuple(seen[one] for one in Practice),
        note=label(wall.locale, "csw") if csw else _note(events, wall.locale),
        csw=csw,
    )


def _month(day: Day, wall: Wall) -> str:
    return format_date(day, "LLLL", locale=known(wall.locale))


def _note(events: Iterable[Event], locale: str) -> str:
    """Return as many titles of the week's fixed days as there is room for."""
    said = ""
    for title in dict.fromkeys(clean(one.title.say(locale)) for one in events if one.fixed):
        longer = f"{said} · {title}" if said else title
        if fonts.width(longer, fonts.text_face(longer), _SMALL) > NOTE:
            break
        said = longer
    return said
