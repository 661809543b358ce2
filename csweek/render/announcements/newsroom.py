"""All that announcements are made from, found once for all of them: plan, people, stories, voices."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property

from msgspec import Struct

from csweek.errors import Problem
from csweek.model.basics import Practice, Span, csw_monday, monday_of
from csweek.model.inputs import Inputs, Story
from csweek.model.people import Team
from csweek.model.plan import Event, Plan
from csweek.render.announcements.diary import Diary
from csweek.render.announcements.voice import Vocabulary, Voice
from csweek.render.announcements.week import Found, Week, found_in, may_be_told
from csweek.render.recipients import public
from csweek.render.speech import plain
from csweek.render.templates import Reader

WEEKS_KEPT = 7
"""More than any announcement looks into: what comes after CSW is told of six."""


class Newsroom(Struct, frozen=True, dict=True):
    """A plan and its inputs as of a day; the plan's events are in the diary alone."""

    plan: Plan
    inputs: Inputs
    today: date
    reader: Reader
    diary: Diary
    _weeks: dict[date, Week] = {}
    _stories: dict[Span, tuple[Story, ...]] = {}
    _voices: dict[str, Voice] = {}
    _ahead: dict[date, frozenset[str]] = {}
    _done: dict[str, Sequence[Event]] = {}

    def __reduce__(self) -> tuple[object, ...]:
        """Go to another process without what was found so far."""
        return Newsroom, (self.plan, self.inputs, self.today, self.reader, self.diary)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of every language that is read."""
        return Vocabulary(self.reader, self.inputs.settings.address)

    def week(self, day: date) -> Week:
        """Return the week of a day, one of the last few that were asked for kept."""
        monday = monday_of(day)
        if monday not in self._weeks:
            if len(self._weeks) == WEEKS_KEPT:
                del self._weeks[next(iter(self._weeks))]
            self._weeks[monday] = Week(self.inputs, monday, self.diary.told(monday), self._found)
        return self._weeks[monday]

    def voice(self, locale: str) -> Voice:
        """Return what speaks to readers of a language."""
        if locale not in self._voices:
            self._voices[locale] = Voice(self.vocabulary, locale, self.inputs.locale)
        return self._voices[locale]

    def done_by(self, owner: str) -> Sequence[Event]:
        """Return what an owner has done, in the years before, too."""
        if owner not in self._done:
            self._done[owner] = tuple(self.diary.done_by(owner))
        return self._done[owner]

    def goes_on(self, day: date) -> frozenset[str]:
        """Return the actions that are still ahead after a day."""
        if day not in self._ahead:
            self._ahead[day] = self.diary.goes_on(day)
        return self._ahead[day]

    def trait(self, monday: date) -> str | None:
        """Return the trait that most of a week has, what has one of its own left aside where it can be."""
        found = [one for one in self.diary.traits(monday) if one.trait]
        of_days = [one for one in found if one.idea is None and one.practice is not Practice.CELEBRATION]
        counted = Counter[str]()
        for one in of_days or found:
            counted[one.trait or ""] += one.events
        return min(counted, key=lambda trait: (-counted[trait], trait), default=None)

    def slot(self, name: str, csw: date) -> frozenset[str]:
        """Return the actions of a slot of the celebration: ``csw-1`` to ``csw-5``, ``day-after``."""
        return frozenset(self.inputs.theme_on(csw).celebration.get(name, ()))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that people and sites use, the organisation's first."""
        return languages(self.inputs)

    @cached_property
    def named(self) -> frozenset[str]:
        """The ids of those who may be named where others read."""
        return public(self.inputs.people)

    @cached_property
    def _found(self) -> Found:
        return found_in(self.inputs)

    def told(self, span: Span) -> tuple[Story, ...]:
        """Return the stories of a span that may be told to others on its last day."""
        if span not in self._stories:
            self._stories.clear()
            self._stories[span] = may_be_told(self.inputs, self._found[0], span, span.last)
        return self._stories[span]

    @cached_property
    def csw_week(self) -> int | None:
        """The position of CSW's week in the planned year, None where there is none."""
        year = self.plan.year
        held = map(csw_monday, range(year.first.year, year.last.year + 1))
        return next((year.week_of(monday) for monday in held if monday in year), None)

    def problems(self) -> tuple[Problem, ...]:
        """Return which words were missing in what has been told so far."""
        return self.vocabulary.problems()


class Circle(Struct, frozen=True):
    """Who reads something together: a team, or everyone with a language."""

    voice: Voice
    locale: str
    team: Team | None = None

    @property
    def name(self) -> str:
        """The team's name as others see it, empty for everyone."""
        return plain(self.team.id) if self.team else ""


def languages(inputs: Inputs) -> tuple[str, ...]:
    """Return the languages that people and sites use, the organisation's first."""
    used = {one.locale for one in (*inputs.people, *inputs.settings.sites.values())}
    return (inputs.locale, *sorted(used - {inputs.locale}))


def next_csw(day: date) -> date:
    """Return the Monday of the next CSW that is not over: this week's, else the coming one."""
    monday = monday_of(day)
    return next(found for year in (monday.year, monday.year + 1) if (found := csw_monday(year)) >= monday)


def last_csw(day: date) -> date:
    """Return the Monday of the latest CSW that has begun."""
    begun = (csw_monday(year) for year in (day.year, day.year - 1))
    return next(found for found in begun if found <= day)


def friday(monday: date) -> date:
    """Return the Friday of a week."""
    return monday + timedelta(days=4)
