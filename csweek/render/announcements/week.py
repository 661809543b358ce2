"""What of a week everyone, or one team, may know: no surprise, and nobody who does not want to be named."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from csweek.model.basics import Audience, Day, Occasion, Span, Thanks, Visibility
from csweek.model.inputs import Inputs, Person, Story, Team
from csweek.model.plan import Event, Plan
from csweek.names import fold
from csweek.render.recipients import present, public, why_not

STORY_DAYS = 28
MOST_STORIES = 3

MomentKind = Literal["birthday", "anniversary", "welcome", "farewell"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A personal day of somebody who may be named; ``years`` only of an anniversary."""

    day: Day
    kind: MomentKind
    person: Person
    years: int = 0


def events_of(plan: Plan, inputs: Inputs, monday: date, team: Team | None) -> tuple[Event, ...]:
    """Return the events that the team, or without one everyone, may know of; none that is for one person.

    What a single person is given is that person's to hear first.
    """
    named, week = public(inputs.people), Span(monday, monday + timedelta(days=6))
    events = [event for event in plan.live if event.date in week and _is_open(event, team)]
    return tuple(
        event
        for event in present(events, inputs.people)
        if named.issuperset(event.recipients) and (team is None or _concerns(event, inputs, team))
    )


def _is_open(event: Event, team: Team | None) -> bool:
    seen = {Visibility.EVERYONE} if team is None else {Visibility.EVERYONE, Visibility.TEAM}
    return event.visibility in seen and event.audience is not Audience.PERSON


def _concerns(event: Event, inputs: Inputs, team: Team) -> bool:
    match event.audience:
        case Audience.ORGANISATION:
            return event.site == team.site
        case Audience.TEAM:
            return event.team == team.id
        case _:
            return any(inputs.people.persons[one].team == team.id for one in event.recipients)


def stories_of(inputs: Inputs, monday: date, team: Team | None, locale: str) -> tuple[Story, ...]:
    """Return up to MOST_STORIES that may be told: the own team's first, then the language's, the latest.

    In whose language a story was told is not known; it is taken for that of the person. Where others
    read a note than the organisation's own, they get what they or the organisation can read. An
    obstacle is told once it is answered.
    """
    told = [story for story in inputs.stories if _may_retell(story, inputs, monday)]
    hidden = _hidden_names(inputs) if told else frozenset()
    ranked = [
        (_rank(inputs.people.persons[story.person], story, team, locale), number)
        for number, story in enumerate(told)
        if not _mentions(story, hidden)
    ]
    best = ((rank, told[number]) for rank, number in sorted(ranked))
    return tuple(story for rank, story in best if _can_be_read(rank, story, inputs, locale))[:MOST_STORIES]


def _rank(who: Person, story: Story, team: Team | None, locale: str) -> tuple[bool, bool, int]:
    """Return what comes first: of another team, in another language, and how early it was told."""
    return (team is None or who.team != team.id, who.locale != locale, -story.date.toordinal())


def _can_be_read(rank: tuple[bool, bool, int], story: Story, inputs: Inputs, locale: str) -> bool:
    elsewhere, foreign, _ = rank
    spoken = inputs.people.persons[story.person].locale == inputs.locale
    return locale == inputs.locale or spoken or not (elsewhere and foreign)


def _may_retell(story: Story, inputs: Inputs, monday: date) -> bool:
    who = inputs.people.persons.get(story.person)
    recent = monday - timedelta(days=STORY_DAYS) <= story.date < monday
    answered = story.kind != "obstacle" or bool(story.answer)
    if who is None or not (recent and story.consent and answered):
        return False
    return who.thanks is Thanks.PUBLIC and why_not(who.id, monday, inputs.people) is None


def _mentions(story: Story, names: frozenset[str]) -> bool:
    words = fold(f"{story.text} {story.by} {story.answer}")
    return any(name in words for name in names)


def _hidden_names(inputs: Inputs) -> frozenset[str]:
    """Return names and addresses of those who are not to be named; a story about others may mention them."""
    named = public(inputs.people)
    hidden = (person for person in inputs.people if person.id not in named)
    return frozenset(filter(None, (fold(word) for one in hidden for word in (one.name, one.email))))


def moments_of(inputs: Inputs, monday: date, team: Team | None) -> tuple[Moment, ...]:
    """Return the personal days of the week, in order, of those who are there and like them to be known."""
    week = [monday + timedelta(days=number) for number in range(7)]
    named = [
        one for one in inputs.people if one.thanks is Thanks.PUBLIC and (not team or one.team == team.id)
    ]
    return tuple(
        moment
        for day in week
        for person in named
        if why_not(person.id, day, inputs.people) is None
        for moment in _moments(person, day)
    )


def _moments(person: Person, day: date) -> Iterator[Moment]:
    if person.start_date == day:
        yield Moment(day, "welcome", person)
    if person.end_date == day:
        yield Moment(day, "farewell", person)
    if Occasion.BIRTHDAY in person.celebrate and person.birthday and _falls(day, *person.birthday):
        yield Moment(day, "birthday", person)
    start = person.start_date
    celebrated = Occasion.ANNIVERSARY in person.celebrate
    if celebrated and start and start.year < day.year and _falls(day, start.month, start.day):
        yield Moment(day, "anniversary", person, day.year - start.year)


def _falls(day: date, month: int, number: int) -> bool:
    """Whether a yearly day falls on this one; what a month lacks is kept on its last day."""
    return day.month == month and day.day == min(number, monthrange(day.year, month)[1])
