"""The weekly note: from what may be told of a week to its words in one language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from csweek.model.inputs import Story
from csweek.model.people import Person
from csweek.render.announcements.happenings import Happenings, who
from csweek.render.announcements.newsroom import Circle, Newsroom, next_csw
from csweek.render.announcements.note import Frame, Item, Note, Section, SectionKind, Strip
from csweek.render.announcements.week import Moment, MomentKind
from csweek.render.speech import plain, unquoted

GREETINGS = 4
"""They take turns, so that the note does not begin in the same way every week."""
_MOMENTS: Mapping[MomentKind, str] = {
    "birthday": "weekly.birthday",
    "anniversary": "weekly.years",
    "welcome": "weekly.welcome",
    "farewell": "weekly.farewell",
}


def note(room: Newsroom, circle: Circle, monday: date) -> Note:
    """Return what a circle is told about the week that begins on this Monday."""
    return _Teller(room, circle, monday).note()


def whose(room: Newsroom, circle: Circle) -> str:
    """Return the organisation, and the team where it is a team's."""
    return " · ".join(filter(None, (plain(room.inputs.settings.organisation), circle.name)))


def strip(room: Newsroom, monday: date) -> Strip | None:
    """Return where a week stands in the planned year, None where it lies outside."""
    year = room.plan.year
    return Strip(year.weeks, year.week_of(monday), room.csw_week) if monday in year else None


def spotlight(room: Newsroom, circle: Circle, day: date, trait: str | None) -> Item | None:
    """Return a trait of the theme that holds on a day: its label, name and text."""
    voice = circle.voice
    found = next((one for one in room.inputs.theme_on(day).traits if one.id == trait), None)
    if found is None:
        return None
    return Item(voice.tell("shared.spotlight"), voice.say(found.title), voice.say(found.text))


class _Teller:
    """One week, one circle of readers."""

    def __init__(self, room: Newsroom, circle: Circle, monday: date) -> None:
        self._room, self._circle, self._monday = room, circle, monday
        self._week, self._voice = room.week(monday), circle.voice
        self._csw = next_csw(monday)

    def note(self) -> Note:
        team = self._circle.team
        moments = self._week.moments(team)
        stories = self._week.stories(team, self._circle.locale)
        happenings = Happenings(self._room, self._circle, self._week.sunday)
        sections = (
            self._section("days", "five-days" if self._is_csw else "this-week",
                          happenings.items(self._week.events(team))),
            self._section("stories", "stories", self._stories(stories)),
            self._section("answers", "answers", self._answers(stories)),
            self._section("people", "people", map(self._moment, moments)),
        )  # fmt: skip
        return Note(
            whose=whose(self._room, self._circle),
            sections=tuple([section for section in sections if section.items]),
            footer=self._voice.tell("shared.consent") if moments or stories else "",
            **self._frame(),
        )

    def _frame(self) -> Frame:
        """Return what every note of the week says in this language, made once for all."""
        known, voice = self._week.frames, self._voice
        if self._circle.locale not in known:
            known[self._circle.locale] = Frame(
                locale=voice.locale,
                title=voice.tell("weekly.title"),
                week=voice.tell("weekly.week", number=self._monday.isocalendar().week),
                days=voice.days(self._monday, self._week.sunday),
                greeting=voice.tell(self._greeting()),
                motto=voice.say(self._room.inputs.theme_on(self._monday).motto),
                spotlight=spotlight(self._room, self._circle, self._monday, self._room.trait(self._monday)),
                ahead=self._ahead(),
            )
        return known[self._circle.locale]

    def _section(self, kind: SectionKind, title: str, items: Iterable[Item]) -> Section:
        return Section(kind, self._voice.tell(f"weekly.{title}"), tuple(items))

    @property
    def _is_csw(self) -> bool:
        return self._csw == self._monday

    def _greeting(self) -> str:
        if self._is_csw:
            return "weekly.greeting-csw"
        if next_csw(self._monday - timedelta(days=7)) < self._monday:
            return "weekly.greeting-after"
        return f"weekly.greeting-{self._monday.isocalendar().week % GREETINGS + 1}"

    def _ahead(self) -> str:
        weeks, day = (self._csw - self._monday).days // 7, self._voice.day(self._csw)
        if weeks == 0:
            return self._voice.tell("shared.other-weeks")
        key = "weekly.csw-next" if weeks == 1 else "weekly.csw-ahead"
        return self._voice.tell(key, when=self._voice.in_weeks(weeks), day=day)

    def _moment(self, moment: Moment) -> Item:
        key = "weekly.one-year" if moment.years == 1 else _MOMENTS[moment.kind]
        text = self._voice.tell(key, years=moment.years)
        return Item(self._voice.weekday(moment.day), who(moment.person, self._circle), text)

    def _stories(self, stories: Sequence[Story]) -> Iterator[Item]:
        for story, person in self._told(stories, obstacles=False):
            yield Item(who(person, self._circle), unquoted(story.text), plain(story.by), self._lang(person))

    def _answers(self, stories: Sequence[Story]) -> Iterator[Item]:
        for story, person in self._told(stories, obstacles=True):
            answer = self._voice.tell("weekly.answer", text=plain(story.answer))
            yield Item(who(person, self._circle), unquoted(story.text), answer, self._lang(person))

    def _told(self, stories: Sequence[Story], *, obstacles: bool) -> Iterator[tuple[Story, Person]]:
        for story in stories:
            if (story.kind == "obstacle") is obstacles:
                yield story, self._room.inputs.people.persons[story.person]

    def _lang(self, person: Person) -> str:
        """Return the language in which a story was probably told, where it is not the note's."""
        return "" if person.locale == self._voice.locale else person.locale
