"""What of a week everyone, or one team, may know: no surprise, and nobody who does not want to be named."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from csweek.model import (
    Audience,
    Day,
    Event,
    Inputs,
    Occasion,
    Person,
    Plan,
    Story,
    Team,
    Thanks,
    Visibility,
)
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
    week = [event for event in plan.live if monday <= event.date < monday + timedelta(days=7)]
    return tuple(event for event in present(week, inputs.people) if _may_tell(event, inputs, team))


def _may_tell(event: Event, inputs: Inputs, team: Team | None) -> bool:
    if event.audience is Audience.PERSON or not public(inputs.people).issuperset(event.recipients):
        return False
    if team is None:
        return event.visibility is Visibility.EVERYONE
    return event.visibility is not Visibility.SURPRISE and _concerns(event, inputs, team)


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

    An obstacle is told once it is answered.
    """
    hidden = _hidden_names(inputs)
    told = [story for story in inputs.stories if _may_retell(story, inputs, monday, hidden)]
    persons = inputs.people.persons

    def rank(story: Story) -> tuple[bool, bool, int]:
        who = persons[story.person]
        elsewhere = team is not None and who.team != team.id
        return (elsewhere, who.locale != locale, -story.date.toordinal())

    return tuple(sorted(told, key=rank)[:MOST_STORIES])


def _may_retell(story: Story, inputs: Inputs, monday: date, hidden: frozenset[str]) -> bool:
    who = inputs.people.persons.get(story.person)
    recent = monday - timedelta(days=STORY_DAYS) <= story.date < monday
    if who is None or not recent or not story.consent or (story.kind == "obstacle" and not story.answer):
        return False
    if who.thanks is not Thanks.PUBLIC or why_not(who.id, monday, inputs.people):
        return False
    words = fold(f"{story.text} {story.by} {story.answer}")
    return not any(name in words for name in hidden)


def _hidden_names(inputs: Inputs) -> frozenset[str]:
    """Return the names of those who do not want to be named, as stories about others may mention them."""
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
