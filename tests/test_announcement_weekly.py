from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from announced import circle, room_of
from msgspec.structs import replace
from samples import INPUTS, PEOPLE, PLAN, SITES, THEME, at, event, words

from csweek.model.basics import Audience, Occasion, Place, Practice, Thanks, Visibility, Year
from csweek.model.inputs import Inputs, Story
from csweek.model.people import Team
from csweek.model.plan import Event, Plan
from csweek.model.theme import ThemeTurn, Trait
from csweek.render.announcements.note import Item, Note
from csweek.render.announcements.weekly import note as told_to
from csweek.render.announcements.weekly import strip as strip_of

MONDAY = date(2027, 2, 8)
TUESDAY = date(2027, 2, 9)
CSW = date(2027, 10, 4)


def note(given: Plan, inputs: Inputs, monday: date, locale: str, team: Team | None = None) -> Note:
    room = room_of(given, inputs)
    return told_to(room, circle(room, locale, team), monday)


def plan(*events: Event) -> Plan:
    return replace(PLAN, events=tuple(sorted(events, key=lambda e: e.sort_key)))


def everywhere(day: date, *sites: str, number: int = 1, **fields: object) -> Iterator[Event]:
    for site in sites:
        base = event("monday-story", day, "Support", number)
        whole = replace(base, audience=Audience.ORGANISATION, visibility=Visibility.EVERYONE, team=None)
        yield replace(whole, site=site, **fields)


def team(day: date, name: str, hour: int = 0, **fields: object) -> Event:
    hours = at(day, hour, 0, PEOPLE.teams[name].site, 10) if hour else {}
    base = replace(event("monday-story", day, name), **hours)
    return replace(base, visibility=Visibility.EVERYONE, **fields)


def items(told: Note, kind: str) -> list[Item]:
    return [item for section in told.sections if section.kind == kind for item in section.items]


def days(events: Iterable[Event], locale: str = "en", name: str = "") -> list[tuple[str, str, str]]:
    told = note(plan(*events), INPUTS, MONDAY, locale, PEOPLE.teams.get(name))
    return [(one.lead, one.text, one.remark) for one in items(told, "days")]


# --- what happens ---------------------------------------------------------------------------------------


def test_what_is_everywhere_needs_no_place() -> None:
    assert days(everywhere(MONDAY, *SITES)) == [("Monday", "Monday's story", "")]


def test_what_is_at_one_site_says_which() -> None:
    assert days(everywhere(MONDAY, "seoul")) == [("Monday", "Monday's story", "Seoul")]


def test_the_same_on_two_days_is_told_on_both() -> None:
    events = [*everywhere(MONDAY, "stockholm"), *everywhere(TUESDAY, "seoul", number=2)]
    assert days(events) == [
        ("Monday", "Monday's story", "Stockholm"),
        ("Tuesday", "Monday's story", "Seoul"),
    ]


def test_hours_stand_with_the_day_where_they_are_one_and_with_the_places_else() -> None:
    assert days([team(MONDAY, "Support", 10), team(MONDAY, "Seoul", 10)], "sv") == [
        ("Måndag 10:00", "Måndagens berättelse", "Seoul, Support · Ansvarig: Britt Ek")
    ]
    assert days([team(MONDAY, "Support", 10), team(MONDAY, "Natt", 21)], "sv") == [
        ("Måndag", "Måndagens berättelse", "10:00 Support; 21:00 Natt · Ansvarig: Britt Ek")
    ]


def test_after_midnight_is_told_on_the_day_that_has_begun() -> None:
    late = at(TUESDAY, 0, 30, "stockholm", 10)
    assert days([team(MONDAY, "Natt", **late)])[0][0] == "Tuesday 12:30\u00a0AM"
    sunday = replace(team(date(2027, 2, 14), "Natt"), **at(date(2027, 2, 15), 0, 30, "stockholm", 10))
    assert days([sunday], "sv")[0][0] == "Måndag 15 februari 00:30"


def test_a_team_reads_who_holds_it_and_not_its_own_name() -> None:
    own = team(MONDAY, "Support", 10, owner="m1")
    assert days([own], "sv", "Support") == [("Måndag 10:00", "Måndagens berättelse", "Ansvarig: Britt Ek")]


def test_who_does_not_want_to_be_named_holds_it_unnamed() -> None:
    assert days([team(MONDAY, "Support", 10, owner="p2")], "sv", "Support")[0][2] == ""


def test_a_group_reads_who_is_in_it() -> None:
    table = team(MONDAY, "Support", audience=Audience.GROUP, recipients=("p1", "m1"), team=None)
    remark = "대상: Åsa Öberg 님, Britt Ek 님"
    assert days([table], "ko", "Support") == [("월요일", "월요일의 이야기", remark)]


# --- the week in the year -------------------------------------------------------------------------------


def ahead(monday: date, locale: str = "en") -> str:
    return note(PLAN, INPUTS, monday, locale).ahead


def test_csw_comes_nearer() -> None:
    assert ahead(MONDAY) == "Customer Service Week begins in 34 weeks, on October 4."
    assert ahead(MONDAY, "bs") == "Sedmica korisničke podrške počinje za 34 sedmice (4. oktobar)."
    assert ahead(date(2027, 9, 27)) == "Customer Service Week begins next Monday, October 4."
    assert ahead(date(2027, 12, 27)) == "Customer Service Week begins in 40 weeks, on October 2."


def test_csw_and_the_week_after_have_words_of_their_own() -> None:
    shown = note(plan(*everywhere(CSW, *SITES)), INPUTS, CSW, "en")
    assert "five days" in shown.greeting
    assert "51" in shown.ahead
    assert shown.sections[0].title == "The five days"
    after = note(PLAN, INPUTS, date(2027, 10, 11), "en")
    assert "are over" in after.greeting
    assert after.ahead.startswith("Customer Service Week begins in 51 weeks")


def test_greetings_take_turns() -> None:
    first, second = (note(PLAN, INPUTS, monday, "sv").greeting for monday in (MONDAY, date(2027, 2, 15)))
    assert first != second


def test_the_strip_shows_the_week_and_csw_in_the_year() -> None:
    strip = strip_of(room_of(), MONDAY)
    assert strip is not None
    assert (strip.weeks, strip.now, strip.csw) == (52, 5, 39)
    assert strip_of(room_of(), date(2028, 1, 3)) is None


def test_a_year_that_begins_in_december_knows_its_csw() -> None:
    early = replace(PLAN, year=Year("2026", date(2025, 12, 29), 53))
    strip = strip_of(room_of(early), date(2025, 12, 29))
    assert strip is not None
    assert (strip.weeks, strip.now, strip.csw) == (53, 0, 40)


def test_the_head_says_whose_week_it_is() -> None:
    told = note(PLAN, INPUTS, MONDAY, "sv", PEOPLE.teams["Natt"])
    assert (told.whose, told.week, told.days) == ("Nordic Care · Natt", "Vecka 6", "8–14 feb. 2027")
    assert (told.motto, told.locale) == ("Service som kraft", "sv")


# --- the spotlight --------------------------------------------------------------------------------------


def spotlight(*events: Event) -> str | None:
    traits = (*THEME.traits, Trait("trust", words("Trust"), words("Say what is so.")))
    theme = replace(THEME, traits=traits)
    found = note(plan(*events), replace(INPUTS, themes=(ThemeTurn(theme),)), MONDAY, "en").spotlight
    return found.text if found else None


def test_the_trait_of_the_week_is_in_the_spotlight() -> None:
    assert spotlight(team(MONDAY, "Support")) == "Calm and balance"
    assert spotlight() is None


def test_one_idea_or_celebration_does_not_take_the_spotlight() -> None:
    others = [team(TUESDAY, name, trait="trust", idea="trust-talk") for name in ("Seoul", "Natt")]
    assert spotlight(team(MONDAY, "Support"), *others) == "Calm and balance"
    party = [team(TUESDAY, name, trait="trust", practice=Practice.CELEBRATION) for name in ("Seoul", "Natt")]
    assert spotlight(team(MONDAY, "Support"), *party) == "Calm and balance"
    assert spotlight(*others) == "Trust"


# --- who ------------------------------------------------------------------------------------------------


def with_stories(*stories: Story) -> Inputs:
    return replace(INPUTS, stories=stories)


def test_a_story_has_its_person_team_and_teller() -> None:
    told = note(plan(), INPUTS, MONDAY, "en")
    text = "Åsa stayed on the line until the ambulance came."
    assert items(told, "stories") == [Item("Åsa Öberg (Support)", text, "a customer", "sv")]
    own = note(plan(), INPUTS, MONDAY, "sv", PEOPLE.teams["Support"])
    assert items(own, "stories") == [Item("Åsa Öberg", text, "a customer", "")]


def test_an_obstacle_stands_with_its_answer() -> None:
    asked = Story(
        date(2027, 2, 1), "p4", "obstacle", "Two forms.", Place("s"), consent=True, answer="One now."
    )
    told = note(plan(), with_stories(asked), MONDAY, "en")
    assert items(told, "answers") == [Item("Shaun O'Brien (Natt)", "Two forms.", "Answer: One now.")]
    assert items(told, "stories") == []


def test_a_text_of_several_lines_becomes_one() -> None:
    long = Story(date(2027, 2, 1), "p4", "wow", "One.\n\n  Two.\x00", Place("s"), consent=True)
    assert items(note(plan(), with_stories(long), MONDAY, "en"), "stories")[0].text == "One. Two."


@pytest.mark.parametrize(
    ("start", "text"),
    [(date(2026, 2, 10), "One year with us"), (date(2017, 2, 10), "10 years with us")],
)
def test_years_are_counted(start: date, text: str) -> None:
    celebrating = replace(PEOPLE.persons["p1"], start_date=start, celebrate=frozenset(Occasion))
    people = replace(PEOPLE, persons={**PEOPLE.persons, "p1": celebrating})
    told = note(plan(), replace(INPUTS, people=people), MONDAY, "en")
    assert items(told, "people") == [Item("Wednesday", "Åsa Öberg (Support)", text)]


def test_consent_is_named_only_where_people_are() -> None:
    assert note(plan(), INPUTS, MONDAY, "en").footer
    assert note(plan(), with_stories(), MONDAY, "en").footer == ""


def test_a_quiet_week_still_says_what_is_ahead() -> None:
    quiet = note(plan(), with_stories(), MONDAY, "ko")
    assert quiet.sections == ()
    assert quiet.ahead == "고객 서비스 주간은 34주 후인 10월 4일에 시작해요."


def test_nobody_is_told_of_a_private_person() -> None:
    closed = {key: replace(one, thanks=Thanks.PRIVATE) for key, one in PEOPLE.persons.items()}
    january = date(2027, 1, 25)
    told = note(PLAN, replace(INPUTS, people=replace(PEOPLE, persons=closed)), january, "en")
    assert not any(person.name in repr(told) for person in PEOPLE)
    assert "Åsa Öberg" in repr(note(PLAN, INPUTS, january, "en"))
