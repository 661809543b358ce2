from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from announced import room_of
from msgspec.structs import replace
from samples import INPUTS, PEOPLE, PLAN, at, event

from csweek.model.basics import Audience, Channel, Occasion, Place, Span, Status, Thanks, Visibility
from csweek.model.inputs import Inputs, Story
from csweek.model.people import People, Person, Team
from csweek.model.plan import Event, Plan
from csweek.render.announcements.week import MOST_STORIES, Moment, Week

MONDAY = date(2027, 2, 8)
SUPPORT, SEOUL = PEOPLE.teams["Support"], PEOPLE.teams["Seoul"]


def events_of(given: Plan, inputs: Inputs, monday: date, team: Team | None) -> tuple[Event, ...]:
    return room_of(given, inputs).week(monday).events(team)


def stories_of(inputs: Inputs, monday: date, team: Team | None, locale: str) -> tuple[Story, ...]:
    return Week(inputs, monday, ()).stories(team, locale)


def moments_of(inputs: Inputs, monday: date, team: Team | None) -> tuple[Moment, ...]:
    return Week(inputs, monday, ()).moments(team)


def plan(*events: Event) -> Plan:
    return replace(PLAN, events=tuple(sorted(events, key=lambda e: e.sort_key)))


def moment(subject: str = "Support", number: int = 1, **fields: object) -> Event:
    return replace(event("monday-story", MONDAY, subject, number), **fields)


def site_event(site: str) -> Event:
    return moment(audience=Audience.ORGANISATION, visibility=Visibility.EVERYONE, site=site, team=None)


def table(*who: str, **fields: object) -> Event:
    group = moment(audience=Audience.GROUP, recipients=who, team=None)
    return replace(group, **fields)


def with_people(**changed: dict[str, Any]) -> Inputs:
    persons = {key: replace(one, **changed.get(key, {})) for key, one in PEOPLE.persons.items()}
    return replace(INPUTS, people=People(persons, PEOPLE.teams))


def told(*stories: Story, people: Inputs = INPUTS) -> Inputs:
    return replace(people, stories=stories)


def story(person: str = "p1", days: int = 3, **fields: object) -> Story:
    base = Story(
        MONDAY - timedelta(days=days), person, "wow", "Stayed on.", Place("stories.csv"), consent=True
    )
    return replace(base, **fields)


# --- events -------------------------------------------------------------------------------------------


def test_everyone_hears_what_is_for_everyone_and_a_team_what_is_its_own() -> None:
    own, other, open_ = moment(), moment("Seoul"), moment("Seoul", number=2, visibility=Visibility.EVERYONE)
    both = plan(own, other, open_)
    assert events_of(both, INPUTS, MONDAY, None) == (open_,)
    assert events_of(both, INPUTS, MONDAY, SUPPORT) == (own,)
    assert events_of(both, INPUTS, MONDAY, SEOUL) == (other, open_)


def test_a_team_hears_what_its_site_does() -> None:
    here, there = site_event("stockholm"), site_event("seoul")
    assert events_of(plan(here, there), INPUTS, MONDAY, SUPPORT) == (here,)
    assert events_of(plan(here, there), INPUTS, MONDAY, None) == (here, there)


@pytest.mark.parametrize("day", [MONDAY - timedelta(days=1), MONDAY + timedelta(days=7)])
def test_other_weeks_are_left_out(day: date) -> None:
    assert events_of(plan(moment(date=day)), INPUTS, MONDAY, SUPPORT) == ()


def test_surprises_cancelled_events_and_what_is_for_one_person_are_left_out() -> None:
    silent = plan(
        moment(visibility=Visibility.SURPRISE),
        moment(number=2, status=Status.CANCELLED),
        event("wow-note", MONDAY, "p1", visibility=Visibility.EVERYONE, channel=Channel.MEETING),
    )
    assert events_of(silent, INPUTS, MONDAY, SUPPORT) == ()
    assert events_of(silent, INPUTS, MONDAY, None) == ()


def test_a_group_is_told_to_the_teams_it_comes_from() -> None:
    mixed = table("p1", "p3", **at(MONDAY, 10, 0, "stockholm", 45))
    for team in (SUPPORT, SEOUL):
        assert events_of(plan(mixed), INPUTS, MONDAY, team) == (mixed,)
    assert events_of(plan(mixed), INPUTS, MONDAY, PEOPLE.teams["Natt"]) == ()


@pytest.mark.parametrize(("thanks", "told"), [(Thanks.PRIVATE, set[str]()), (Thanks.NEVER, {"m1"})])
def test_a_group_with_somebody_who_is_not_named_does_not_give_them_away(
    thanks: Thanks, told: set[str]
) -> None:
    people = with_people(p1={"thanks": thanks})
    named = {one for e in events_of(plan(table("p1", "m1")), people, MONDAY, SUPPORT) for one in e.recipients}
    assert named == told


def test_who_is_on_leave_is_not_named_in_a_group() -> None:
    people = with_people(p1={"leave": (Span(MONDAY, MONDAY),)})
    (found,) = events_of(plan(table("p1", "m1")), people, MONDAY, SUPPORT)
    assert found.recipients == ("m1",)


# --- stories ------------------------------------------------------------------------------------------


def texts(inputs: Inputs, team: str | None = None, locale: str = "en") -> list[str]:
    return [one.text for one in stories_of(inputs, MONDAY, PEOPLE.teams[team] if team else None, locale)]


def test_a_story_with_consent_is_told() -> None:
    assert texts(told(story())) == ["Stayed on."]


@pytest.mark.parametrize(
    "silent",
    [
        story(consent=False),
        story("p2"),
        story("gone"),
        story(days=0),
        story(days=29),
        story(kind="obstacle"),
        story(text="Helped Ðorđe Šarić through a bad day."),
        story(by="ĐORĐE ŠARIĆ"),
        story(kind="obstacle", answer="Dorde Saric mended it."),
    ],
    ids=["no consent", "private", "unknown", "today", "old", "no answer", "names", "by", "answer names"],
)
def test_what_may_not_be_told_is_not(silent: Story) -> None:
    assert texts(told(silent)) == []


@pytest.mark.parametrize(
    "gone",
    [{"end_date": MONDAY - timedelta(days=1)}, {"leave": (Span(MONDAY, MONDAY),)}, {"thanks": Thanks.NEVER}],
)
def test_nothing_is_told_of_who_left_is_away_or_wants_none(gone: dict[str, Any]) -> None:
    assert texts(told(story(), people=with_people(p1=gone))) == []


def test_an_answered_obstacle_is_told() -> None:
    assert texts(told(story(kind="obstacle", answer="It is gone."))) == ["Stayed on."]


def test_the_latest_come_first_and_not_too_many() -> None:
    many = [story(days=number, text=str(number)) for number in (9, 2, 20, 5)]
    assert texts(told(*many)) == ["2", "5", "9"]
    assert len(texts(told(*many))) == MOST_STORIES


def test_the_own_team_comes_first_then_the_own_language() -> None:
    spread = told(story("p4", 1, text="en"), story("p1", 2, text="sv"), story("p3", 3, text="ko"))
    assert texts(spread, "Seoul", "ko") == ["ko", "en"]
    assert texts(spread, None, "sv") == ["sv", "en"]
    assert texts(spread, "Natt", "sv") == ["en", "sv"]


def test_nobody_gets_what_they_cannot_read_while_there_is_something_else() -> None:
    spread = told(story("p4", 1, text="en"), story("p1", 2, text="sv"), story("p3", 3, text="ko"))
    assert texts(spread, None, "en") == ["en"]
    assert texts(spread, None, "en-GB") == ["en"]
    assert texts(spread, None, "bs") == ["en"]
    assert texts(told(story("p3", text="ko")), None, "en") == ["ko"]


# --- personal days ------------------------------------------------------------------------------------

BOTH = frozenset(Occasion)


def days_of(who: dict[str, Any], monday: date = MONDAY) -> list[tuple[int, str, int]]:
    return [(m.day.day, m.kind, m.years) for m in moments_of(with_people(p1=who), monday, SUPPORT)]


def test_birthdays_and_anniversaries_of_those_who_celebrate_them() -> None:
    who: dict[str, Any] = {"birthday": (2, 14), "start_date": date(2020, 2, 9)}
    assert days_of(who | {"celebrate": BOTH}) == [(9, "anniversary", 7), (14, "birthday", 0)]
    assert days_of(who) == []
    assert days_of(who | {"celebrate": frozenset({Occasion.BIRTHDAY})}) == [(14, "birthday", 0)]


def test_first_and_last_days() -> None:
    assert days_of({"start_date": date(2027, 2, 10), "celebrate": BOTH}) == [(10, "welcome", 0)]
    assert days_of({"end_date": date(2027, 2, 12)}) == [(12, "farewell", 0)]


@pytest.mark.parametrize("thanks", [Thanks.PRIVATE, Thanks.NEVER])
def test_nobody_else_is_named(thanks: Thanks) -> None:
    who: dict[str, Any] = {"birthday": (2, 14), "start_date": date(2027, 2, 9), "celebrate": BOTH}
    assert days_of(who | {"thanks": thanks}) == []


def test_nobody_is_named_while_on_leave() -> None:
    leave = (Span(date(2027, 2, 1), date(2027, 2, 28)),)
    assert days_of({"birthday": (2, 14), "celebrate": BOTH, "leave": leave}) == []


def test_29_february_is_kept_on_the_28th() -> None:
    who: dict[str, Any] = {"birthday": (2, 29), "celebrate": BOTH}
    assert days_of(who, date(2027, 2, 22)) == [(28, "birthday", 0)]
    assert days_of(who, date(2028, 2, 28)) == [(29, "birthday", 0)]


def test_a_team_hears_of_its_own_and_everyone_of_all() -> None:
    people = with_people(p1={"end_date": MONDAY}, p3={"end_date": MONDAY})

    def names(found: Iterable[Person]) -> list[str]:
        return [one.id for one in found]

    assert names(m.person for m in moments_of(people, MONDAY, SUPPORT)) == ["p1"]
    assert names(m.person for m in moments_of(people, MONDAY, None)) == ["p1", "p3"]
