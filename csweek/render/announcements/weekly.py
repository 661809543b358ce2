"""From what may be told of a week to the note's words in one language."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from csweek.model.basics import Audience, Day, Practice, Words, csw_monday
from csweek.model.inputs import Inputs, Person, Story, Team
from csweek.model.plan import Event, Plan
from csweek.render import phrases
from csweek.render.announcements import phrases as said
from csweek.render.announcements.note import Item, Note, Section, SectionKind, Strip
from csweek.render.announcements.week import Moment, MomentKind, events_of, moments_of, stories_of
from csweek.render.recipients import public
from csweek.render.speech import Speech, listed, plain

_MOMENTS: Mapping[MomentKind, Words] = {
    "birthday": said.BIRTHDAY,
    "anniversary": said.YEARS,
    "welcome": said.WELCOME,
    "farewell": said.FAREWELL,
}


def note(plan: Plan, inputs: Inputs, monday: date, locale: str, team: Team | None = None) -> Note:
    """Return what everyone, or one team, is told about the week that begins on this Monday."""
    return _Teller(plan, inputs, monday, locale, team).note()


class _Teller:
    """One week, one language, one circle of readers."""

    def __init__(self, plan: Plan, inputs: Inputs, monday: date, locale: str, team: Team | None) -> None:
        self._plan, self._inputs, self._team = plan, inputs, team
        self._monday, self._sunday = monday, monday + timedelta(days=6)
        self._theme = inputs.theme_on(monday)
        self._speech = Speech(locale, inputs.locale)
        self._named = public(inputs.people)
        self._csw = _next_csw(monday)

    def note(self) -> Note:
        speech, moments = self._speech, moments_of(self._inputs, self._monday, self._team)
        stories = stories_of(self._inputs, self._monday, self._team, speech.locales[0])
        sections = (
            self._section("days", said.FIVE_DAYS if self._is_csw else said.THIS_WEEK, self._days()),
            self._section("stories", said.STORIES, self._stories(stories)),
            self._section("answers", said.ANSWERS, self._answers(stories)),
            self._section("people", said.PEOPLE, map(self._moment, moments)),
        )
        return Note(
            locale=speech.locale,
            whose=" · ".join(filter(None, (plain(self._inputs.settings.organisation), self._whose_team()))),
            title=speech.phrase(said.TITLE),
            week=speech.phrase(said.WEEK, number=self._monday.isocalendar().week),
            days=speech.days(self._monday, self._sunday),
            greeting=speech.phrase(self._greeting()),
            motto=speech.say(self._theme.motto),
            spotlight=self._spotlight(),
            sections=tuple(section for section in sections if section.items),
            ahead=self._ahead(),
            footer=speech.phrase(said.CONSENT) if moments or stories else "",
            strip=self._strip(),
        )

    def _section(self, kind: SectionKind, title: Words, items: Iterable[Item]) -> Section:
        return Section(kind, self._speech.phrase(title), tuple(items))

    def _whose_team(self) -> str:
        return plain(self._team.id) if self._team else ""

    # --- the week in the year ---------------------------------------------------------------------

    @property
    def _is_csw(self) -> bool:
        return self._csw == self._monday

    def _greeting(self) -> Words:
        if self._is_csw:
            return said.GREETING_CSW
        if _next_csw(self._monday - timedelta(days=7)) < self._monday:
            return said.GREETING_AFTER
        return said.GREETINGS[self._monday.isocalendar().week % len(said.GREETINGS)]

    def _ahead(self) -> str:
        weeks, day = (self._csw - self._monday).days // 7, self._speech.day(self._csw)
        if weeks == 0:
            return self._speech.phrase(said.CSW_NOW)
        phrase = said.CSW_NEXT if weeks == 1 else said.CSW_AHEAD
        return self._speech.phrase(phrase, when=self._speech.in_weeks(weeks), day=day)

    def _strip(self) -> Strip | None:
        year = self._plan.year
        if self._monday not in year:
            return None
        held = map(csw_monday, range(year.first.year, year.last.year + 1))
        csw = next((year.week_of(monday) for monday in held if monday in year), None)
        return Strip(year.weeks, year.week_of(self._monday), csw)

    def _spotlight(self) -> Item | None:
        found = _trait_of(self._plan, self._monday, self._sunday)
        trait = next((one for one in self._theme.traits if one.id == found), None)
        if trait is None:
            return None
        label = self._speech.phrase(said.SPOTLIGHT)
        return Item(label, self._speech.say(trait.title), self._speech.say(trait.text))

    # --- what happens -----------------------------------------------------------------------------

    def _days(self) -> Iterator[Item]:
        """Yield each thing once a day, wherever and whenever that day it happens."""
        events = events_of(self._plan, self._inputs, self._monday, self._team)
        together: dict[tuple[Day, str, tuple[str, ...]], list[Event]] = {}
        for event in sorted(events, key=_moment):
            alike = (_day(event), self._speech.say(event.title), event.recipients)
            together.setdefault(alike, []).append(event)
        for (day, title, _), events_ in together.items():
            yield self._happening(day, title, events_)

    def _happening(self, day: Day, title: str, events: Sequence[Event]) -> Item:
        at_hour: dict[str, list[Event]] = {}
        for event in events:
            at_hour.setdefault(self._hour(event), []).append(event)
        hour = next(iter(at_hour)) if len(at_hour) == 1 else ""
        places = self._places(events) if len(at_hour) == 1 else self._places_by_hour(at_hour)
        remarks = (places, self._names(events), self._owner(events))
        beyond = self._speech.day(day) if day > self._sunday else ""
        lead = " ".join(filter(None, (self._speech.weekday(day), beyond, hour)))
        return Item(lead, title, " · ".join(filter(None, remarks)))

    def _hour(self, event: Event) -> str:
        return self._speech.hour(event.start) if event.start else ""

    def _places(self, events: Sequence[Event]) -> str:
        """Return where, nothing where it is everywhere or in the reader's own team."""
        everywhere = events[0].audience is Audience.ORGANISATION and {one.site for one in events} >= set(
            self._inputs.settings.sites
        )
        return "" if self._team or everywhere else _all_places(events)

    def _places_by_hour(self, at_hour: Mapping[str, Sequence[Event]]) -> str:
        if self._team:
            return listed(list(filter(None, at_hour)))
        return "; ".join(f"{hour} {_all_places(events)}".strip() for hour, events in at_hour.items())

    def _names(self, events: Sequence[Event]) -> str:
        persons = self._inputs.people.persons
        names = [self._speech.person(plain(persons[one].name)) for one in events[0].recipients]
        return phrases.FOR.say(self._speech.locale).replace("{}", listed(names)) if names else ""

    def _owner(self, events: Sequence[Event]) -> str:
        """Return who holds it: one person, in a meeting or call, who may be named."""
        owners = {event.owner for event in events if event.start}
        owner = owners.pop() if len(owners) == 1 else None
        if owner is None or owner not in self._named:
            return ""
        name = self._speech.person(plain(self._inputs.people.persons[owner].name))
        return phrases.HELD_BY.say(self._speech.locale).replace("{}", name)

    # --- who ----------------------------------------------------------------------------------------

    def _moment(self, moment: Moment) -> Item:
        words = said.ONE_YEAR if moment.years == 1 else _MOMENTS[moment.kind]
        text = self._speech.phrase(words, years=moment.years)
        return Item(self._speech.weekday(moment.day), self._who(moment.person), text)

    def _stories(self, stories: Sequence[Story]) -> Iterator[Item]:
        for story, who in self._told(stories, obstacles=False):
            yield Item(self._who(who), plain(story.text), plain(story.by), self._lang(who))

    def _answers(self, stories: Sequence[Story]) -> Iterator[Item]:
        for story, who in self._told(stories, obstacles=True):
            answer = self._speech.phrase(said.ANSWER, text=plain(story.answer))
            yield Item(self._who(who), plain(story.text), answer, self._lang(who))

    def _told(self, stories: Sequence[Story], *, obstacles: bool) -> Iterator[tuple[Story, Person]]:
        for story in stories:
            if (story.kind == "obstacle") is obstacles:
                yield story, self._inputs.people.persons[story.person]

    def _who(self, person: Person) -> str:
        """Return the name, with the team for readers of other teams."""
        team = "" if self._team and person.team == self._team.id else plain(person.team or "")
        name = self._speech.person(plain(person.name))
        return f"{name} ({team})" if team else name

    def _lang(self, person: Person) -> str:
        """Return the language in which a story was probably told, where it is not the note's."""
        return "" if person.locale == self._speech.locale else person.locale


def _next_csw(monday: date) -> date:
    return next(day for year in (monday.year, monday.year + 1) if (day := csw_monday(year)) >= monday)


def _trait_of(plan: Plan, first: date, last: date) -> str | None:
    """Return the trait that most events of a week have, those with one of their own left aside."""
    week = [event for event in plan.live if first <= event.date <= last and event.trait]
    usual = [one for one in week if one.idea is None and one.practice is not Practice.CELEBRATION]
    counted = Counter(event.trait for event in usual or week)
    return counted.most_common(1)[0][0] if counted else None


def _day(event: Event) -> Day:
    """Return the day on the wall when it begins; of a night shift that may be the one after its own."""
    return event.start.date() if event.start else event.date


def _moment(event: Event) -> tuple[Day, str]:
    return _day(event), event.start.strftime("%H:%M") if event.start else ""


def _all_places(events: Sequence[Event]) -> str:
    return listed(sorted(map(_place, events)))


def _place(event: Event) -> str:
    """Return the team, else the site, as a line begins with it."""
    name = plain(event.team if event.audience is Audience.TEAM and event.team else event.site)
    return name[:1].upper() + name[1:]
