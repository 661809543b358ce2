"""What happens, told for one circle of readers: each thing once a day, wherever and whenever."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from csweek.model.basics import Audience, Day
from csweek.model.people import Person
from csweek.model.plan import Event
from csweek.render.announcements.newsroom import Circle, Newsroom
from csweek.render.announcements.note import Item
from csweek.render.speech import capital, listed, plain


class Happenings:
    """Tells events to a circle; days after ``until`` are told with their date.

    ``reader``: the id of the only one who reads it, who is not told that they hold something themselves.
    """

    def __init__(self, room: Newsroom, circle: Circle, until: date, reader: str = "") -> None:
        self._sites, self._teams = set(room.inputs.settings.sites), set(room.inputs.people.teams)
        self._persons, self._named = room.inputs.people.persons, room.named
        self._team, self._voice, self._until = circle.team, circle.voice, until
        self._reader = reader

    def items(self, events: Sequence[Event]) -> Iterator[Item]:
        """Yield each thing once a day."""
        together: dict[tuple[Day, str, tuple[str, ...]], list[Event]] = {}
        for event in sorted(events, key=_moment):
            alike = (day_of(event), self._voice.say(event.title), event.recipients)
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
        beyond = day > self._until
        named = capital(self._voice.dated(day)) if beyond else self._voice.weekday(day)
        lead = " ".join(filter(None, (named, hour)))
        return Item(lead, title, " · ".join(filter(None, remarks)))

    def _hour(self, event: Event) -> str:
        return self._voice.hour(event.start) if event.start else ""

    def _places(self, events: Sequence[Event]) -> str:
        """Return where, nothing where it is everywhere or in the reader's own team."""
        if self._team or self._everywhere(events):
            return ""
        return self._all_places(events)

    def _everywhere(self, events: Sequence[Event]) -> bool:
        """Whether it is at all sites, or in all teams; an owner is told of each team."""
        if events[0].audience is Audience.ORGANISATION:
            return {one.site for one in events} >= self._sites
        teams = {one.team for one in events if one.audience is Audience.TEAM}
        return bool(teams) and not self._reader and teams >= self._teams

    def _places_by_hour(self, at_hour: Mapping[str, Sequence[Event]]) -> str:
        if self._team:
            return listed(list(filter(None, at_hour)))
        return "; ".join(f"{hour} {self._all_places(events)}".strip() for hour, events in at_hour.items())

    def _all_places(self, events: Sequence[Event]) -> str:
        return listed(sorted(filter(None, map(self._place, events))))

    def _place(self, event: Event) -> str:
        """Return the team, else the site where there are several, as a line begins with it."""
        if event.audience is Audience.TEAM and event.team:
            return capital(plain(event.team))
        return capital(plain(event.site)) if len(self._sites) > 1 else ""

    def _names(self, events: Sequence[Event]) -> str:
        names = [self._voice.person(plain(self._persons[one].name)) for one in events[0].recipients]
        return self._voice.tell("shared.for", names=listed(names)) if names else ""

    def _owner(self, events: Sequence[Event]) -> str:
        """Return who holds it: one person, in a meeting or call, who may be named."""
        owners = {event.owner for event in events if event.start}
        owner = owners.pop() if len(owners) == 1 else None
        if owner is None or owner == self._reader or owner not in self._named:
            return ""
        return self._voice.tell("shared.led-by", name=self._voice.person(plain(self._persons[owner].name)))


def who(person: Person, circle: Circle) -> str:
    """Return a name, with the team for readers of other teams."""
    team = "" if circle.team and person.team == circle.team.id else plain(person.team or "")
    name = circle.voice.person(plain(person.name))
    return f"{name} ({team})" if team else name


def day_of(event: Event) -> Day:
    """Return the day on the wall when it begins; of a night shift that may be the one after its own."""
    return event.start.date() if event.start else event.date


def _moment(event: Event) -> tuple[Day, str]:
    return day_of(event), event.start.strftime("%H:%M") if event.start else ""
