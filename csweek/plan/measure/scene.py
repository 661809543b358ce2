"""A plan beside the inputs that it was made from, with what several measures need of both."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from msgspec import Struct

from csweek.model.basics import Audience, Status, Thanks, csw_monday
from csweek.model.inputs import Inputs
from csweek.model.plan import Event, Plan
from csweek.plan.level.pools import Asked, Pool, pools_of, week_shares
from csweek.plan.level.room import Givers, Room
from csweek.plan.measure.asks import minutes_by_week
from csweek.plan.owed.demand import Subject, subjects
from csweek.plan.owed.heirs import Charges, charges
from csweek.plan.owed.owners import Owners
from csweek.plan.placing.ledger import Ledger
from csweek.plan.when.days import Days, days, per_week


class Scene(Struct, frozen=True, dict=True):
    """What is measured; everything else is worked out from these two, once."""

    plan: Plan
    inputs: Inputs

    @cached_property
    def there(self) -> Days:
        """Who is there when, from the day on which the year was first planned."""
        return days(self.inputs, self.plan.year, self.plan.since or self.plan.year.first)

    @cached_property
    def standing(self) -> tuple[Event, ...]:
        """The events that stand and were not missed."""
        return tuple(event for event in self.plan.live if event.status is not Status.MISSED)

    @cached_property
    def chosen(self) -> tuple[Event, ...]:
        """Those for persons and groups whose day was chosen: each recipient's is a touch."""
        own = {Audience.PERSON, Audience.GROUP}
        return tuple(event for event in self.standing if not event.fixed and event.audience in own)

    @cached_property
    def touches(self) -> Mapping[str, tuple[Event, ...]]:
        """The chosen events of everybody who is known and has any, in order of time."""
        found: defaultdict[str, list[Event]] = defaultdict(list)
        for event in self.chosen:
            for person in event.recipients:
                if person in self.there.person:
                    found[person].append(event)
        return {person: tuple(events) for person, events in found.items()}

    def week(self, event: Event) -> int:
        """Return the position of an event's week."""
        return self.plan.year.week_of(event.date)

    def mask(self, person: str) -> int:
        """Return the days on which somebody can be thanked; none for who is not known any more."""
        return self.there.person.get(person, 0) & self.there.open

    def present(self, person: str) -> list[int]:
        """Return the weeks in which somebody is there at all."""
        return weeks_of(self.mask(person), self.plan.year.weeks)

    def shares(self, touches: Iterable[tuple[str, Event]]) -> tuple[float, ...]:
        """Return each week's share of touches: everyone's over their own days, as far as minutes go."""
        pools, groups = self._given(touches)
        return week_shares(pools, groups, self.plan.year.weeks)

    @property
    def pools(self) -> Sequence[Pool]:
        """Who gives which of the chosen touches of persons."""
        pools, _ = self._given((person, event) for person, events in self.touches.items() for event in events)
        return pools

    def givers(self, asked: Asked) -> Givers:
        """Return those who may give this: who is asked first, else who stands in."""
        return self._room.givers(asked.role, asked.subject)

    def _given(
        self, touches: Iterable[tuple[str, Event]]
    ) -> tuple[Sequence[Pool], Sequence[tuple[int, int]]]:
        """Return who gives touches, and the days of those of groups."""
        asked: list[Asked] = []
        groups: list[tuple[int, int]] = []
        for person, event in touches:
            subject = self._subjects.get(person)
            if subject is None or event.audience is not Audience.PERSON:
                groups.append((self.mask(person), 1))
            else:
                before = event.prepare
                effort = (event.minutes, before.minutes if before else 0, before.weeks if before else 0)
                asked.append(Asked(event.action, event.owner_role, effort, subject, 1))
        return pools_of(asked, self._room), groups

    @cached_property
    def _subjects(self) -> Mapping[str, Subject]:
        return {one.id: one for one in subjects(self.inputs, self.there, Audience.PERSON)}

    @cached_property
    def _room(self) -> Room:
        """What owners have left beside all that is not chosen for persons."""
        touches = {event.id for event in self.chosen if event.audience is Audience.PERSON}
        others = [event for event in self.standing if event.id not in touches]
        weeks = range(self.plan.year.weeks)
        given = minutes_by_week(self.plan, others)
        minutes = {owner: [mine.get(week, 0) for week in weeks] for owner, mine in given.items()}
        ledger = Ledger(self.inputs.settings.limits.owner_minutes_per_week, self.there)
        return Room(Owners(self.inputs.people, self._charges), self.there, ledger, minutes)

    @cached_property
    def csw(self) -> frozenset[int]:
        """The weeks of CSW and of the day after."""
        year = self.plan.year
        mondays = (csw_monday(number) for number in range(year.first.year, year.last.year + 1))
        weeks = (year.week_of(monday) for monday in mondays)
        return frozenset(n for week in weeks for n in (week, week + 1) if 0 <= n < year.weeks)

    @cached_property
    def thanked(self) -> tuple[str, ...]:
        """Everyone who wants thanks and is there on some day."""
        return tuple(p.id for p in self.inputs.people if p.thanks is not Thanks.NEVER and self.mask(p.id))

    @cached_property
    def _charges(self) -> Charges:
        return charges(self.inputs.people, self.there)

    def managers(self, person: str) -> frozenset[str]:
        """Return somebody's own manager, with those who have their people once the manager has left."""
        manager = self.inputs.people.persons[person].manager
        if manager is None:
            return frozenset()
        return frozenset({manager, *(owner for owner, _ in self._charges.get(manager, ()))})

    @cached_property
    def leaders_below(self) -> Mapping[str, frozenset[str]]:
        """The leaders who stand below somebody, by that person."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for leader in self.inputs.people.leaders:
            for person in self.inputs.people.managers_of(leader):
                found[person].add(leader)
        return {person: frozenset(leaders) for person, leaders in found.items()}

    def receivers(self, event: Event) -> Iterator[str]:
        """Yield those of whom an event is for who are there on its day."""
        day = self.there.index(event.date)
        for person in event.recipients or self._members(event):
            if self.there.person.get(person, 0) >> day & 1:
                yield person

    def _members(self, event: Event) -> tuple[str, ...]:
        if event.audience is Audience.TEAM:
            team = self.inputs.people.teams.get(event.team or "")
            return team.members if team else ()
        return self._by_site.get(event.site, ())

    @cached_property
    def _by_site(self) -> Mapping[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for person in self.inputs.people:
            found[person.site].append(person.id)
        return {site: tuple(persons) for site, persons in found.items()}


@lru_cache(maxsize=4096)
def ranks(mask: int, weeks: int) -> Mapping[int, int]:
    """Return the position of each week with any of these days among all of them."""
    return {week: rank for rank, week in enumerate(weeks_of(mask, weeks))}


def weeks_of(mask: int, weeks: int) -> list[int]:
    """Return the weeks with any of these days."""
    return [number for number, there in enumerate(per_week(mask, weeks)) if there]
