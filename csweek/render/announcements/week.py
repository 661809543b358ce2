"""What of a week everyone, or one team, may know: no surprise, and nobody who does not want to be named."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import chain, islice
from typing import Literal

from msgspec import Struct

from csweek.model.basics import Day, Occasion, Span, Thanks, Visibility, language_of, sunday_of
from csweek.model.inputs import Inputs, Story
from csweek.model.people import Person, Team
from csweek.model.plan import Event
from csweek.names import fold
from csweek.render.announcements.note import Frame
from csweek.render.recipients import present, public, why_not

STORY_DAYS = 28
MOST_STORIES = 3

MomentKind = Literal["birthday", "anniversary", "welcome", "farewell"]


class Moment(Struct, frozen=True):
    """A personal day of somebody who may be named; ``years`` only of an anniversary."""

    day: Day
    kind: MomentKind
    person: Person
    years: int = 0


Days = Mapping[tuple[int, int], Sequence[Person]]
"""Who may be named and has a personal day, by month and day of the month."""
Found = tuple[frozenset[str], Days]
"""Names that are not to be told, and the days of those that may."""


class Week:
    """One week, found once and asked for many teams; ``events`` are those of it that may be told."""

    def __init__(
        self, inputs: Inputs, monday: date, events: Iterable[Event], found: "Found | None" = None
    ) -> None:
        self.inputs, self.monday = inputs, monday
        self.sunday = sunday_of(monday)
        self.named = public(inputs.people)
        self._hidden, self._days = found or found_in(inputs)
        self._all = tuple(events)
        self._read: dict[str, tuple[Story, ...]] = {}
        self.frames: dict[str, Frame] = {}
        """What the notes of each language have alike, as far as they were made."""

    def events(self, team: Team | None) -> tuple[Event, ...]:
        """Return the events that the team, or without one everyone, may know of; none that is for one person.

        What a single person is given is that person's to hear first.
        """
        return self._of_everyone if team is None else tuple(self._of_teams.get(team.id, ()))

    def moments(self, team: Team | None) -> tuple[Moment, ...]:
        """Return the personal days of the week, in order, of those who are there and want them known."""
        return self._moments if team is None else tuple(self._moments_of.get(team.id, ()))

    def stories(self, team: Team | None, locale: str) -> tuple[Story, ...]:
        """Return up to MOST_STORIES that may be told: the own team's first, then the language's, the latest.

        Of others those that are ``readable``; all of them where there would be none. An obstacle is told
        once it is answered.
        """
        own = self._told_of.get(team.id, ()) if team else ()
        others = (story for story in self._readable(locale) if story not in own)
        found = tuple(islice(chain(self._ranked(own, locale), others), MOST_STORIES))
        return found or tuple(self._ranked(self._told, locale)[:MOST_STORIES])

    @cached_property
    def _open(self) -> tuple[Event, ...]:
        here = present(self._all, self.inputs.people)
        return tuple(event for event in here if self.named.issuperset(event.recipients))

    @cached_property
    def _of_everyone(self) -> tuple[Event, ...]:
        return tuple(event for event in self._open if event.visibility is Visibility.EVERYONE)

    @cached_property
    def _of_teams(self) -> Mapping[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for event in self._open:
            for team in event.concerns(self.inputs.people):
                found.setdefault(team, []).append(event)
        return found

    @cached_property
    def _moments(self) -> tuple[Moment, ...]:
        people = self.inputs.people
        days = [self.monday + timedelta(days=number) for number in range(7)]
        return tuple(
            moment
            for day in days
            for person in _with_a_day(self._days, day)
            for moment in _moments(person, day)
            if why_not(person.id, day, people) is None
        )

    @cached_property
    def _moments_of(self) -> Mapping[str, list[Moment]]:
        found: dict[str, list[Moment]] = {}
        for moment in self._moments:
            found.setdefault(moment.person.team or "", []).append(moment)
        return found

    @cached_property
    def _told(self) -> tuple[Story, ...]:
        span = Span(self.monday - timedelta(days=STORY_DAYS), self.monday - timedelta(days=1))
        return may_be_told(self.inputs, self._hidden, span, self.monday)

    @cached_property
    def _told_of(self) -> Mapping[str, list[Story]]:
        found: dict[str, list[Story]] = {}
        for story in self._told:
            found.setdefault(self.inputs.people.persons[story.person].team or "", []).append(story)
        return found

    def _readable(self, locale: str) -> tuple[Story, ...]:
        """Return what readers of a language get of other teams, the best first."""
        if locale not in self._read:
            self._read[locale] = tuple(self._ranked(readable(self._told, self.inputs, locale), locale))
        return self._read[locale]

    def _ranked(self, stories: Sequence[Story], locale: str) -> list[Story]:
        """Return stories told in a language first, then the latest."""
        wanted, inputs = language_of(locale), self.inputs
        return sorted(stories, key=lambda one: (_language(one, inputs) != wanted, -one.date.toordinal()))


def readable(stories: Iterable[Story], inputs: Inputs, locale: str) -> list[Story]:
    """Return the stories that readers of a language can read: those told in it or in the organisation's.

    In whose language a story was told is not known; it is taken for that of the person.
    """
    spoken = {language_of(locale), language_of(inputs.locale)}
    return [story for story in stories if _language(story, inputs) in spoken]


def _language(story: Story, inputs: Inputs) -> str:
    return language_of(inputs.people.persons[story.person].locale)


def may_be_told(inputs: Inputs, hidden: frozenset[str], span: Span, on: date) -> tuple[Story, ...]:
    """Return the stories of a span that may be told to others on a day, as they stand.

    Their person agreed, is thanked in public and is there; an obstacle is answered; nobody is mentioned
    who does not want to be named (``hidden``: their ``hidden_names``).
    """
    recent = (story for story in inputs.stories if story.date in span)
    return tuple(one for one in recent if _agreed(one, inputs, on) and not _mentions(one, hidden))


def _agreed(story: Story, inputs: Inputs, day: date) -> bool:
    who = inputs.people.persons.get(story.person)
    answered = story.kind != "obstacle" or bool(story.answer)
    if who is None or not (story.consent and answered):
        return False
    return who.thanks is Thanks.PUBLIC and why_not(who.id, day, inputs.people) is None


def _mentions(story: Story, names: frozenset[str]) -> bool:
    words = fold(f"{story.text} {story.by} {story.answer}")
    return any(name in words for name in names)


def hidden_names(inputs: Inputs) -> frozenset[str]:
    """Return names and addresses of those who are not to be named; a story about others may mention them."""
    named = public(inputs.people)
    hidden = (person for person in inputs.people if person.id not in named)
    return frozenset(filter(None, (fold(word) for one in hidden for word in (one.name, one.email))))


def found_in(inputs: Inputs) -> Found:
    """Return what is the same in every week."""
    days: dict[tuple[int, int], list[Person]] = {}
    for person in inputs.people:
        if person.thanks is Thanks.PUBLIC:
            dates = [one for one in (person.start_date, person.end_date) if one]
            birthday = (person.birthday,) if person.birthday else ()
            yearly = {*((one.month, one.day) for one in dates), *birthday}
            for found in yearly:
                days.setdefault(found, []).append(person)
    return hidden_names(inputs), days


def _with_a_day(days: Days, day: date) -> Iterator[Person]:
    """Yield those who have a personal day; on a month's last day, also on the days that it lacks."""
    last = monthrange(day.year, day.month)[1]
    for number in range(day.day, 32) if day.day == last else (day.day,):
        yield from days.get((day.month, number), ())


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
