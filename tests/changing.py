"""What may change in an organisation between two plans: people, days off, rhythms, limits, from a seed."""

import random
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace
from organisations import EVENING, NIGHT, PART_TIME, WEEKEND, joined, theme, without

from csweek.model.basics import Hours, Role, Span, Thanks, Words
from csweek.model.inputs import Busy, Inputs, Limits
from csweek.model.people import People, Person, WorkTime
from csweek.model.theme import Action, Every, PerYear, Rhythm, ThemeTurn

DAY = timedelta(days=1)
EARLY_SHIFT = WorkTime(hours=Hours(time(6), time(12)))
WORK = (WorkTime(), NIGHT, PART_TIME, WEEKEND, EVENING, EARLY_SHIFT)


class Change(Struct, frozen=True, dict=True):
    """An organisation after a change, and what the change is about."""

    inputs: Inputs
    people: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    off: Span | None = None
    """Days that are new days off, or new days without gatherings."""
    renamed: Mapping[str, str] = {}
    """New names of teams or sites, by the old ones."""


class Before(Struct, frozen=True, dict=True):
    """What a change begins from."""

    inputs: Inputs
    today: date
    last: date
    """The last day of the year."""
    rng: random.Random

    def person(self, *, staff: bool = False) -> Person:
        everyone = [p for p in self.inputs.people if not staff or p.id not in self.inputs.people.reports]
        return self.rng.choice(everyone or list(self.inputs.people))

    def day(self) -> date:
        return self.today + DAY * self.rng.randrange(max(1, (self.last - self.today).days))

    def span(self, most: int) -> Span:
        first = self.day()
        return Span(first, first + DAY * self.rng.randrange(most))

    def owed(self) -> Action:
        """Return an action that is owed again and again, or was before its rhythm was taken away."""
        known = self.inputs.themes[0].theme.actions.values()
        return self.rng.choice([a for a in known if a.id.split("+")[0] in RHYTHMS])

    def with_person(self, person: Person, **fields: object) -> Change:
        new = replace(person, **fields)
        teams = {t for t in (person.team, new.team) if t}
        return Change(joined(self.inputs, new), frozenset({person.id}), frozenset(teams))

    def with_action(self, old: str, new: Action) -> Change:
        known = self.inputs.themes[0].theme.actions.values()
        turn = ThemeTurn(theme(*(new if a.id == old else a for a in known)))
        return Change(replace(self.inputs, themes=(turn,)), actions=frozenset({old, new.id}))

    def with_settings(self, off: Span | None = None, **fields: object) -> Change:
        settings = replace(self.inputs.settings, **fields)
        return Change(replace(self.inputs, settings=settings), off=off)


# --- people ------------------------------------------------------------------------------------------


def joiner(at: Before) -> Change:
    """Somebody new beside somebody who is there, from today, from a later day, or since ever."""
    like = at.person(staff=True)
    ident = f"n{len(at.inputs.people)}-{at.rng.randrange(1000)}"
    start = at.rng.choice((None, at.today, at.day()))
    new = replace(
        like, id=ident, name=ident.upper(), called=ident, role=Role.STAFF, leave=(), start_date=start
    )
    return Change(joined(at.inputs, replace(new, end_date=None)), frozenset({ident}))


def leaver(at: Before) -> Change:
    """Somebody, a manager or leader perhaps, is in no file any more."""
    gone = at.person()
    if len(at.inputs.people) == 1:
        return Change(at.inputs)
    teams = frozenset({gone.team} if gone.team else ())
    return Change(without(at.inputs, gone.id), frozenset({gone.id}), teams)


def last_day(at: Before) -> Change:
    return at.with_person(at.person(), end_date=at.day())


def leave(at: Before) -> Change:
    person = at.person()
    return at.with_person(person, leave=(*person.leave, at.span(40)))


def opt_out(at: Before) -> Change:
    return at.with_person(at.person(), thanks=Thanks.NEVER)


def no_occasions(at: Before) -> Change:
    return at.with_person(at.person(staff=True), celebrate=frozenset())


def another_team(at: Before) -> Change:
    """Somebody who manages nobody goes to another team with its site, hours and manager."""
    person, teams = at.person(staff=True), list(at.inputs.people.teams.values())
    if not teams:
        return Change(at.inputs)
    team = at.rng.choice(teams)
    other = next((p for p in at.inputs.people if p.team == team.id and p.id != person.id), None)
    manager = other and (other.id if other.id in at.inputs.people.reports else other.manager)
    fields = {"site": team.site, "locale": team.locale, "work": team.work, "manager": manager}
    return at.with_person(person, team=team.id, **fields)


def another_manager(at: Before) -> Change:
    person = at.person(staff=True)
    able = [p for p in (*at.inputs.people.reports, *at.inputs.people.leaders) if p != person.id]
    return at.with_person(person, manager=at.rng.choice([None, *able]))


def hours(at: Before) -> Change:
    return at.with_person(at.person(), work=at.rng.choice(WORK))


def busy(at: Before) -> Change:
    """An owner's own calendar has something on three days, or for up to four weeks."""
    owner = at.person()
    days = [at.day() for _ in range(3)]
    kept = tuple(
        Busy(datetime.combine(day, time(8), UTC), datetime.combine(day, time(12), UTC))
        for day in sorted(days)
    )
    if at.rng.random() < 0.5:
        since = datetime.combine(days[0], time(0), UTC)
        kept = (Busy(since, since + timedelta(days=at.rng.randint(1, 28))),)
    return Change(replace(at.inputs, busy={**at.inputs.busy, owner.id: kept}), frozenset({owner.id}))


def team_renamed(at: Before) -> Change:
    teams = at.inputs.people.teams
    if not teams:
        return Change(at.inputs)
    old = at.rng.choice(list(teams.values()))
    name = f"{old.id}'"
    persons = {p.id: replace(p, team=name) if p.team == old.id else p for p in at.inputs.people}
    formed = {t.id: replace(t, id=name) if t.id == old.id else t for t in teams.values()}
    people = People(persons, {team.id: team for team in formed.values()})
    return Change(replace(at.inputs, people=people), renamed={old.id: name})


def site_renamed(at: Before) -> Change:
    sites = at.inputs.settings.sites
    old = at.rng.choice([site for site in sites.values() if any(p.site == site.id for p in at.inputs.people)])
    name = f"{old.id}'"
    persons = {p.id: replace(p, site=name) if p.site == old.id else p for p in at.inputs.people}
    teams = at.inputs.people.teams.values()
    formed = {t.id: replace(t, site=name) if t.site == old.id else t for t in teams}
    named = {(name if site.id == old.id else site.id): site for site in sites.values()}
    change = at.with_settings(sites={ident: replace(site, id=ident) for ident, site in named.items()})
    return replace(
        change,
        inputs=replace(change.inputs, people=People(persons, formed)),
        renamed={old.id: name},
    )


# --- days --------------------------------------------------------------------------------------------


def holiday(at: Before) -> Change:
    day, sites = at.day(), at.inputs.settings.sites
    site = at.rng.choice(list(sites.values()))
    return at.with_settings(Span(day, day), sites={**sites, site.id: replace(site, add=(*site.add, day))})


def closed(at: Before) -> Change:
    span = at.span(4)
    return at.with_settings(span, closed=(*at.inputs.settings.closed, span))


def no_gatherings(at: Before) -> Change:
    span = at.span(12)
    return at.with_settings(span, no_gatherings=(*at.inputs.settings.no_gatherings, span))


# --- what is asked -----------------------------------------------------------------------------------

RHYTHMS: Mapping[str, Rhythm] = {
    "weekly": Every(1), "note": PerYear(8), "wow": PerYear(3), "talk": PerYear(2), "rota": PerYear(1),
}  # fmt: skip


def _times(rhythm: Rhythm) -> float:
    return rhythm.times if isinstance(rhythm, PerYear) else 52 / rhythm.count  # type: ignore[union-attr]


def faster(at: Before) -> Change:
    """Or on again."""
    one = at.owed()
    if one.rhythm is None:
        new = RHYTHMS[one.id.split("+")[0]]
    else:
        new = PerYear(int(_times(one.rhythm)) + at.rng.randint(1, 3))
    if (one.rhythm is not None and _times(new) < _times(one.rhythm)) or _times(new) > 52:
        return Change(at.inputs)
    return at.with_action(one.id, replace(one, rhythm=new))


def slower(at: Before) -> Change:
    """Or off."""
    one = at.owed()
    if one.rhythm is None:
        return Change(at.inputs)
    less = int(_times(one.rhythm)) - at.rng.randint(1, 3)
    return at.with_action(one.id, replace(one, rhythm=PerYear(less) if less > 0 else None))


def off(at: Before) -> Change:
    one = at.owed()
    return at.with_action(one.id, replace(one, rhythm=None))


def replaced(at: Before) -> Change:
    one = at.owed()
    return at.with_action(one.id, replace(one, id=f"{one.id}+", replaces=one.id, title=Words({"en": "New"})))


def words(at: Before) -> Change:
    one = at.owed()
    return at.with_action(one.id, replace(one, title=Words({"en": f"Said {at.rng.random()}"})))


def minutes(at: Before) -> Change:
    """Something takes longer, or less long."""
    one = at.owed()
    return at.with_action(one.id, replace(one, minutes=at.rng.choice((5, 20, 45, 90))))


def limit(at: Before) -> Change:
    limits: Limits = replace(
        at.inputs.settings.limits, owner_minutes_per_week=at.rng.choice((0, 20, 45, 90, 240))
    )
    return at.with_settings(limits=limits)


CHANGES: Mapping[str, Callable[[Before], Change]] = {
    each.__name__: each
    for each in (
        joiner, leaver, last_day, leave, opt_out, no_occasions, another_team, another_manager, hours, busy,
        team_renamed, site_renamed, holiday, closed, no_gatherings,
        faster, slower, off, replaced, words, minutes, limit,
    )
}  # fmt: skip
