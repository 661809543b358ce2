import re
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from samples import CALENDAR_ID, INPUTS, PEOPLE, PLAN, at, event, words

from csweek import zones
from csweek.errors import OutputError
from csweek.icscheck import check
from csweek.model.basics import Audience, Channel, Cost, Prepare, Span, Status, Thanks, Visibility
from csweek.model.inputs import Inputs
from csweek.model.people import People, Person
from csweek.model.plan import Document, Event, Key, Plan
from csweek.model.theme import ThemeTurn, Trait
from csweek.names import safe_name, token
from csweek.output.kept import keep
from csweek.render.calendars import KINDS, Kind, Maker, Style, calendars
from csweek.render.calendars.files import ours
from csweek.render.calendars.maker import PLAIN
from csweek.render.recipients import left_out

DAY = date(2027, 1, 20)
TEAM = "share/teams/natt.ics"


SOME: tuple[Kind, ...] = ("everyone", "teams", "owners")


def made(
    plan: Plan = PLAN, inputs: Inputs = INPUTS, kinds: Collection[Kind] = SOME, style: Style = PLAIN
) -> dict[str, bytes]:
    return {d.name: d.content for d in calendars(plan, inputs, kinds, style)}


def of(*events: Event) -> Plan:
    return replace(PLAN, events=events)


def with_person(ident: str, **fields: Any) -> Inputs:  # noqa: ANN401 - passed on
    people: dict[str, Person] = dict(PEOPLE.persons)
    people[ident] = replace(people[ident], **fields)
    return replace(INPUTS, people=People(people, PEOPLE.teams))


def owner_file(owner: str, inputs: Inputs = INPUTS, plan: Plan = PLAN) -> str:
    (name,) = [name for name in made(plan, inputs, ["owners"]) if name.startswith(f"private/{owner}/")]
    return unfolded(made(plan, inputs, ["owners"])[name])


def unfolded(content: bytes) -> str:
    return content.decode().replace("\r\n ", "")


def values(text: str, name: str) -> list[str]:
    return re.findall(rf"^{name}[^:]*:(.*)\r$", text, re.MULTILINE)


def parsed(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


# --- which file, and what stands in it -------------------------------------------------------------


def test_every_kind_has_its_files_with_stable_names() -> None:
    plan = of(*PLAN.events, event("monday-story", DAY, "Support", 2, visibility=Visibility.EVERYONE))
    owners = [f"private/{o}/{o}-{token(CALENDAR_ID, f'calendar {o}')}.ics" for o in ("l1", "m1")]
    teams = [f"share/teams/{safe_name(team)}.ics" for team in PEOPLE.teams]
    assert list(made(plan)) == ["share/everyone.ics", *teams, *owners]
    assert list(made(plan, kinds=["teams"])) == teams


def test_a_calendar_without_events_is_no_file() -> None:
    assert made(of()) == {}
    assert "share/everyone.ics" not in made()


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert made() == made()


@pytest.mark.parametrize("name", made())
def test_every_file_is_what_every_program_takes(name: str) -> None:
    assert check(made()[name], name) == ()


def test_a_file_that_fails_its_check_replaces_none(tmp_path: Path) -> None:
    def kept(plan: Plan) -> None:
        maker = Maker(plan, INPUTS)
        keep(maker.drafts(maker.calendars(["teams"]), "1"), tmp_path, ours, lambda _: True)

    kept(PLAN)
    before = (tmp_path / TEAM).read_bytes()
    twice = next(one for one in PLAN.events if one.team == "Natt")
    with pytest.raises(OutputError, match="the same UID"):
        kept(of(twice, twice))
    assert (tmp_path / TEAM).read_bytes() == before


def test_the_head_comes_first_and_is_fixed() -> None:
    assert made()["share/teams/seoul.ics"].startswith(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//csweek//csweek//EN\r\nCALSCALE:GREGORIAN\r\n"
        b"NAME:Nordic Care \xc2\xb7 Seoul\r\nX-WR-CALNAME:Nordic Care \xc2\xb7 Seoul\r\n"
        b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\nX-PUBLISHED-TTL:PT12H\r\nBEGIN:VTIMEZONE\r\n"
    )


def test_the_title_of_a_calendar_is_one_line() -> None:
    inputs = replace(INPUTS, settings=replace(INPUTS.settings, organisation="Nordic\n Care"))
    assert values(unfolded(made(inputs=inputs)[TEAM]), "X-WR-CALNAME") == ["Nordic Care · Natt"]


def test_a_cancelled_event_leaves() -> None:
    cancelled = replace(PLAN.events[0], status=Status.CANCELLED)
    uid = cancelled.uid.encode()
    assert uid in b"".join(made().values())
    assert uid not in b"".join(made(of(cancelled, *PLAN.events[1:])).values())


def test_what_everyone_may_see_says_whose_it_is() -> None:
    public: dict[str, Any] = {"visibility": Visibility.EVERYONE}
    plan = of(
        event("monday-story", DAY, "Support", **public),
        event("wow-note", DAY, "p1", **public),
        event("monday-story", DAY, "Support", 2, audience=Audience.ORGANISATION, team=None, **public),
        event("monday-story", DAY, "Natt"),
    )
    assert values(unfolded(made(plan)["share/everyone.ics"]), "SUMMARY") == [
        "Monday's story: Support",
        "A handwritten note: Åsa Öberg",
        "Monday's story: Stockholm",
    ]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Day 3: a card", "Day 3: a card – Support"),
        ("셋째 날: 카드", "셋째 날: 카드 – Support"),
        ("三日目\uff1aカード", "三日目\uff1aカード – Support"),
        ("A card", "A card: Support"),
    ],
)
@pytest.mark.parametrize("style", [PLAIN, Style(reminders=True)])
def test_after_a_title_with_a_colon_the_name_stands_behind_a_dash(
    title: str, said: str, style: Style
) -> None:
    plan = of(event("monday-story", DAY, "Support", title=words(title), visibility=Visibility.EVERYONE))
    files = made(plan, kinds=["everyone", "owners"], style=style)
    assert [values(unfolded(one), "SUMMARY") for one in files.values()] == [[said], [said]]
    alarms = [a["DESCRIPTION"] for one in files.values() for e in parsed(one) for a in e.walk("VALARM")]
    assert set(alarms) == ({said} if style.reminders else set())


def test_an_event_of_the_organisation_stands_with_the_teams_of_its_site() -> None:
    plan = of(event("monday-story", DAY, "Support", audience=Audience.ORGANISATION, team=None))
    assert set(made(plan, kinds=["teams"])) == {"share/teams/support.ics", "share/teams/natt.ics"}


def test_a_group_of_several_teams_stands_with_each() -> None:
    fields: dict[str, Any] = {"audience": Audience.GROUP, "team": None, "recipients": ("p1", "p4")}
    plan = of(event("monday-story", DAY, "Support", **fields))
    found = made(plan, kinds=["teams"])
    assert set(found) == {"share/teams/support.ics", "share/teams/natt.ics"}
    assert "SUMMARY:Måndagens berättelse: Åsa Öberg\\, Shaun O'Brien\r" in unfolded(
        found["share/teams/support.ics"]
    )


def test_one_event_has_one_uid_in_all_calendars() -> None:
    uid = PLAN.events[0].uid
    assert len([name for name, content in made().items() if f"UID:{uid}\r".encode() in content]) == 2


# --- who may read what -----------------------------------------------------------------------------


def shared(plan: Plan, inputs: Inputs = INPUTS) -> bytes:
    return b"".join(content for name, content in made(plan, inputs).items() if name.startswith("share/"))


def test_nothing_shared_holds_a_surprise() -> None:
    plan = of(*PLAN.events, event("monday-story", DAY, "Support", 2, visibility=Visibility.SURPRISE))
    found = shared(plan)
    hidden = [e.uid.encode() for e in plan.events if e.visibility is Visibility.SURPRISE]
    assert len(hidden) == 5
    assert not [uid for uid in hidden if uid in found]


@pytest.mark.parametrize("thanks", [Thanks.PRIVATE, Thanks.NEVER])
@pytest.mark.parametrize("recipients", [("p1",), ("p1", "p4")])
def test_nothing_shared_names_who_does_not_want_it(thanks: Thanks, recipients: tuple[str, ...]) -> None:
    fields: dict[str, Any] = {
        "visibility": Visibility.EVERYONE,
        "recipients": recipients,
        "audience": Audience.GROUP,
    }
    plan = of(event("wow-note", DAY, "p1", **fields))
    assert "Åsa".encode() in shared(plan)
    found = shared(plan, with_person("p1", thanks=thanks))
    assert "Åsa".encode() not in found
    assert (b"Shaun" in found) == (thanks is Thanks.NEVER and "p4" in recipients)


def test_an_owner_is_named_only_where_that_is_wanted() -> None:
    assert b"Britt Ek" in shared(PLAN)
    assert b"Britt Ek" not in shared(PLAN, with_person("m1", thanks=Thanks.PRIVATE))


def test_how_to_do_it_is_for_the_owner_alone() -> None:
    assert "Read one customer" not in unfolded(shared(PLAN))
    assert "kunds ord" in owner_file("m1")


def test_a_surprise_is_neutral_in_its_summary_and_named_below() -> None:
    text = owner_file("l1", with_person("l1", locale="en"))
    assert set(values(text, "SUMMARY")) == {"Thank-you card\\, 10 min", "Prepare: Thank-you card\\, 5 min"}
    assert set(values(text, "CLASS")) == {"PRIVATE"}
    said = values(text, "DESCRIPTION")[1]
    assert said.startswith("A handwritten note\\, 10 min\\nFor: Åsa Öberg\\nOn the card: ")
    assert "\\nÅsa stayed on the line until the ambulance came. (a customer)\\n" in said
    assert said.endswith("\\nSay what was done and for whom.")


def test_what_is_no_surprise_says_for_whom() -> None:
    plan = of(event("wow-note", DAY, "p2", visibility=Visibility.TEAM, prepare=None))
    text = owner_file("l1", plan=plan)
    assert values(text, "SUMMARY") == ["En handskriven rad: Ðorđe Šarić"]
    assert values(text, "CLASS") == ["PRIVATE"]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"thanks": Thanks.NEVER}, "wants no thanks"),
        ({"end_date": date(2027, 1, 10)}, "does not work here then"),
        ({"leave": (Span(date(2027, 1, 18), date(2027, 1, 22)),)}, "is on leave then"),
    ],
)
def test_who_cannot_be_thanked_any_more_is_left_out_and_named(fields: dict[str, Any], why: str) -> None:
    inputs = with_person("p1", **fields)
    assert b"\xc3\x85sa" not in b"".join(made(inputs=inputs).values())
    (problem,) = left_out(PLAN.events, inputs.people)
    assert problem.message == f"Åsa Öberg is left out of 1 event: {why}"


def test_who_is_in_no_people_file_any_more_is_left_out() -> None:
    people = People({k: p for k, p in PEOPLE.persons.items() if k not in {"p1", "m1"}}, PEOPLE.teams)
    plan = of(*PLAN.events, event("wow-note", DAY, "p1", 2, audience=Audience.GROUP, recipients=("p1", "p4")))
    text = owner_file("l1", replace(INPUTS, people=people), plan)
    assert "p1" not in text
    assert text.count("O'Brien") == 4
    assert "X-WR-CALNAME:Nordic Care · m1" in owner_file("m1", replace(INPUTS, people=people))


# --- people, sites, organisers -----------------------------------------------------------------------


def of_person(ident: str, plan: Plan = PLAN, inputs: Inputs = INPUTS) -> str:
    files = made(plan, inputs, ["people"])
    (name,) = [name for name in files if name.startswith(f"share/people/{ident}-")]
    return unfolded(files[name])


def test_a_persons_calendar_holds_what_concerns_them_and_no_surprise() -> None:
    open_note = event("wow-note", DAY, "p1", 2, visibility=Visibility.TEAM)
    whole = event("monday-story", DAY, "Natt", 2, audience=Audience.ORGANISATION, team=None)
    text = of_person("p1", of(*PLAN.events, open_note, whole))
    assert sorted(values(text, "UID")) == sorted(e.uid for e in (PLAN.events[0], open_note, whole))
    assert values(text, "X-WR-CALNAME") == ["Nordic Care · Åsa Öberg"]
    assert set(values(text, "SUMMARY")) == {"Måndagens berättelse", "En handskriven rad"}


def test_a_persons_calendar_is_their_own_whatever_they_want_others_to_know() -> None:
    note = event("wow-note", DAY, "p2", visibility=Visibility.TEAM)
    assert note.uid in of_person("p2", of(note))
    assert "p2" not in "".join(made(of(note), kinds=["everyone", "teams", "sites"]))


def test_a_persons_calendar_names_of_others_those_alone_who_may_be_named() -> None:
    fields: dict[str, Any] = {"audience": Audience.GROUP, "recipients": ("p1", "p2", "p4")}
    plan = of(event("monday-story", DAY, "Support", **fields))
    assert values(of_person("p1", plan), "SUMMARY") == ["Måndagens berättelse: Shaun O'Brien"]
    assert values(of_person("p2", plan), "SUMMARY") == ["Måndagens berättelse: Åsa Öberg\\, Shaun O'Brien"]


def test_a_persons_calendar_leaves_out_their_leave() -> None:
    away = with_person("p1", leave=(Span(date(2027, 1, 1), date(2027, 1, 10)),))
    assert made(inputs=away, kinds=["people"]).keys() == {
        name for name in made(kinds=["people"]) if not name.startswith("share/people/p1-")
    }


def test_a_sites_calendar_holds_what_is_announced_there_in_its_language() -> None:
    plan = of(
        event("monday-story", DAY, "Seoul", visibility=Visibility.EVERYONE),
        event("monday-story", DAY, "Support", audience=Audience.ORGANISATION, team=None),
        event("monday-story", DAY, "Natt"),
    )
    found = made(plan, kinds=["sites"])
    assert set(found) == {"share/sites/stockholm.ics", "share/sites/seoul.ics"}
    assert values(unfolded(found["share/sites/seoul.ics"]), "SUMMARY") == ["월요일의 이야기: Seoul"]
    assert values(unfolded(found["share/sites/stockholm.ics"]), "SUMMARY") == ["Måndagens berättelse"]


def organisers_file(plan: Plan, inputs: Inputs = INPUTS) -> str:
    ((name, content),) = made(plan, inputs, ["organisers"]).items()
    assert name == f"private/organisers/organisers-{token(CALENDAR_ID, 'calendar organisers')}.ics"
    return unfolded(content)


def test_organisers_order_invite_print_and_mark_each_some_time_ahead() -> None:
    english = with_person("o1", locale="en")
    lunch: dict[str, Any] = {"audience": Audience.GROUP, "recipients": ("p1", "p4"), "cost": Cost.MEDIUM}
    plan = of(event("monday-story", date(2027, 2, 10), "Support", **lunch), event("wow-note", DAY, "p1"))
    text = organisers_file(plan, english)
    days = dict(zip(values(text, "SUMMARY"), values(text, "DTSTART"), strict=True))
    assert days == {
        "Order: Monday's story – Åsa Öberg\\, Shaun O'Brien": "20270127",
        "Invite: Monday's story – Åsa Öberg\\, Shaun O'Brien": "20270127",
        "Print the cards for week 3": "20270111",
        "Mark what was held in week 3": "20270125",
        "Mark what was held in week 6": "20270215",
    }
    assert [said for said in values(text, "DESCRIPTION") if said.startswith("Type: ")] == [
        "Type: csweek cards --week 3 --year 2027",
        "Type: csweek done --week 3 --year 2027",
        "Type: csweek done --week 6 --year 2027",
    ]


def test_organisers_do_not_read_of_their_own_surprises() -> None:
    gift = event("wow-note", DAY, "o1", cost=Cost.HIGH)
    assert gift.uid not in organisers_file(of(gift, PLAN.events[0]))
    assert "Order" not in organisers_file(of(gift, PLAN.events[0]), with_person("o1", locale="en"))


def test_what_is_done_once_a_week_stays_the_same_whatever_happens_in_it() -> None:
    events = (replace(PLAN.events[0], sequence=4), *PLAN.events[1:])
    later = replace(PLAN, revised=PLAN.revised + timedelta(days=9), revision=7, events=events)
    assert organisers_file(later) == organisers_file(PLAN)


def test_what_is_done_once_a_week_stays_the_same_whatever_weeks_stand_around_it() -> None:
    day = date(2027, 1, 6)
    alone = of(event("wow-note", day, "p1"))
    key = Key("2026", "wow-note", "p2", 1)
    more = (event("wow-note", date(2026, 12, 30), "p2", key=key), event("wow-note", DAY, "p2", 2))
    done, among = (
        {one for one in organisers_file(plan).split("END:VEVENT")[:-1] if "csweek " in one}
        for plan in (alone, of(*alone.events, *more))
    )
    assert [one.count("--year 2027") for one in done] == [1, 1]
    assert {one.partition("BEGIN:VEVENT")[2] for one in done} < {
        one.partition("BEGIN:VEVENT")[2] for one in among
    }


# --- styles ------------------------------------------------------------------------------------------


def test_without_names_no_person_is_named_anywhere() -> None:
    plan = of(*PLAN.events, event("wow-note", DAY, "p4", 2, visibility=Visibility.EVERYONE))
    whole = b"".join(made(plan, kinds=KINDS, style=Style(names=False)).values()).decode().replace("\r\n ", "")
    names = [person.name for person in PEOPLE]
    assert [name for name in names if name in whole] == []
    assert [name for name in names if name in b"".join(made(plan, kinds=KINDS).values()).decode()]


def test_cancelled_events_stay_when_they_are_kept() -> None:
    gone = replace(PLAN.events[0], status=Status.CANCELLED, sequence=1)
    (found,) = parsed(made(of(gone), kinds=["teams"], style=Style(cancelled=True))["share/teams/support.ics"])
    assert (found["STATUS"], found["SEQUENCE"], found["TRANSP"]) == ("CANCELLED", 1, "TRANSPARENT")


@pytest.mark.parametrize("fields", [{"end_date": date(2026, 12, 31)}, {"thanks": Thanks.NEVER}])
def test_what_is_cancelled_since_somebody_left_stays_where_it_was_as_long_as_they_are_known(
    fields: dict[str, Any],
) -> None:
    note = event("wow-note", DAY, "p1", 2, visibility=Visibility.TEAM, status=Status.CANCELLED)
    surprise = event("wow-note", DAY, "p1", 3, status=Status.CANCELLED)
    style, plan = Style(cancelled=True), of(note, surprise)
    left = with_person("p1", **fields)
    found = made(plan, left, ["owners", "teams"], style)
    (own,) = [parsed(content) for name, content in found.items() if name.startswith("private/l1/")]
    assert {str(one["UID"]) for one in own if "UID" in one} >= {note.uid, surprise.uid}
    assert {str(one["STATUS"]) for one in own} == {"CANCELLED"}
    shared = b"".join(content for name, content in found.items() if name.startswith("share/"))
    assert (note.uid.encode() in shared) is ("thanks" not in fields)
    assert surprise.uid.encode() not in shared
    nobody = People({k: p for k, p in PEOPLE.persons.items() if k != "p1"}, PEOPLE.teams)
    assert made(plan, replace(INPUTS, people=nobody), KINDS, style) == {}


def test_reminders_come_shortly_before_the_hour_or_in_the_morning() -> None:
    found = made(style=Style(reminders=True))
    (team,) = parsed(found["share/teams/natt.ics"])
    (alarm,) = team.walk("VALARM")
    assert (alarm["ACTION"], alarm["DESCRIPTION"]) == ("DISPLAY", str(team["SUMMARY"]))
    assert alarm["TRIGGER"].dt == timedelta(minutes=-10)
    (owner,) = [content for name, content in found.items() if "/l1/" in name]
    assert {a["TRIGGER"].dt for e in parsed(owner) for a in e.walk("VALARM")} == {timedelta(hours=9)}


def test_nobody_is_reminded_of_what_is_cancelled() -> None:
    gone = of(replace(PLAN.events[0], status=Status.CANCELLED))
    whole = b"".join(made(gone, style=Style(cancelled=True, reminders=True)).values())
    assert b"STATUS:CANCELLED" in whole
    assert b"VALARM" not in whole


def test_published_files_have_an_organizer_in_each_event_and_no_guests() -> None:
    style = Style(organizer=('Org, "Olga"', "olga@x.example"))
    for name, content in made(kinds=KINDS, style=style).items():
        assert check(content, name) == ()
        assert b"\r\nMETHOD:PUBLISH\r\n" in content
        assert content.count(b"ORGANIZER;CN=\"Org, 'Olga'\":mailto:olga@x.example") == content.count(
            b"BEGIN:VEVENT"
        )
        assert b"ATTENDEE" not in content


@pytest.mark.parametrize("style", [Style(names=False), Style(reminders=True), Style(cancelled=True)])
@pytest.mark.parametrize("kind", KINDS)
def test_every_file_in_every_style_is_what_every_program_takes(kind: Kind, style: Style) -> None:
    for name, content in made(kinds=[kind], style=style).items():
        assert check(content, name) == ()


# --- digests -----------------------------------------------------------------------------------------


def digests(
    plan: Plan = PLAN, inputs: Inputs = INPUTS, style: Style = PLAIN, edition: str = ""
) -> dict[str, str]:
    maker = Maker(plan, inputs, style)
    return {one.name: one.digest for one in maker.drafts(maker.calendars(KINDS), edition)}


def test_a_digest_changes_with_what_goes_into_its_calendar_alone() -> None:
    moved = replace(PLAN.events[1], sequence=1, changed=PLAN.revised + timedelta(days=1))
    before, after = digests(), digests(of(PLAN.events[0], moved, *PLAN.events[2:]))
    assert {name for name in before if before[name] != after[name]} == {
        name
        for name in before
        if moved.uid.encode() in b"".join(d.content for d in written(PLAN, INPUTS, name))
    }


def test_a_digest_changes_with_a_name_a_style_a_program_and_a_story() -> None:
    renamed = {
        name for name in digests() if digests()[name] != digests(inputs=with_person("p4", name="Sean"))[name]
    }
    assert renamed == {"owners/l1", "owners/m1", "people/p4", "organisers/"} & renamed
    assert "owners/l1" in renamed
    assert not set(digests().values()) & set(digests(style=Style(reminders=True)).values())
    assert not set(digests().values()) & set(digests(edition="2").values())
    assert digests()["owners/l1"] != digests(inputs=replace(INPUTS, stories=()))["owners/l1"]


def with_settings(**fields: Any) -> Inputs:  # noqa: ANN401 - passed on
    return replace(INPUTS, settings=replace(INPUTS.settings, **fields))


def with_theme(**fields: Any) -> Inputs:  # noqa: ANN401 - passed on
    return replace(INPUTS, themes=(ThemeTurn(replace(INPUTS.themes[0].theme, **fields)),))


def with_team(ident: str, **fields: Any) -> Inputs:  # noqa: ANN401 - passed on
    teams = {**PEOPLE.teams, ident: replace(PEOPLE.teams[ident], **fields)}
    return replace(INPUTS, people=replace(PEOPLE, teams=teams))


GIFT = event("wow-note", date(2027, 9, 7), "p1", 9)
RICH = of(
    *PLAN.events,
    replace(GIFT, visibility=Visibility.TEAM),
    event(
        "wow-note", date(2027, 5, 4), "p4", 9, visibility=Visibility.EVERYONE, channel=Channel.MEETING,
        **at(date(2027, 5, 4), 21, 30, "stockholm", 30),
    ),
    replace(PLAN.events[0], audience=Audience.ORGANISATION, visibility=Visibility.EVERYONE, uid="all"),
)  # fmt: skip
ONE_SITE = {"stockholm": INPUTS.settings.sites["stockholm"]}
OTHER_TRAITS = (Trait("calm", words("Another", "Annan"), words("")),)
OTHERWISE: dict[str, tuple[Plan, Inputs]] = {
    **{f"{one} renamed": (RICH, with_person(one, name="Another")) for one in ("p1", "p4", "m1", "l1")},
    **{f"{one} private": (RICH, with_person(one, thanks=Thanks.PRIVATE)) for one in ("p1", "p4", "m1")},
    **{f"{one} no longer": (RICH, with_person(one, thanks=Thanks.NEVER)) for one in ("p1", "p4", "m1")},
    **{f"{one} in Bosnian": (RICH, with_person(one, locale="bs")) for one in ("p1", "p4", "m1", "o1")},
    "team in Bosnian": (RICH, with_team("Natt", locale="bs")),
    "organisation": (RICH, with_settings(organisation="Another")),
    "freeze": (RICH, with_settings(freeze=40)),
    "sites": (RICH, with_settings(sites=ONE_SITE)),
    "traits": (RICH, with_theme(traits=OTHER_TRAITS)),
    "story": (RICH, replace(INPUTS, stories=())),
    "another week": (of(*RICH.events, replace(GIFT, date=date(2027, 10, 12), uid="x")), INPUTS),
    "sequences": (of(*(replace(one, sequence=1) for one in RICH.events)), INPUTS),
    "times": (of(*(replace(one, changed=PLAN.revised + timedelta(1)) for one in RICH.events)), INPUTS),
}


@pytest.mark.parametrize(("plan", "inputs"), OTHERWISE.values(), ids=OTHERWISE)
def test_where_a_file_reads_otherwise_its_digest_is_another(plan: Plan, inputs: Inputs) -> None:
    before, after = digests(RICH), digests(plan, inputs)
    alike = [name for name in before if before[name] == after.get(name)]
    reads = {name: (written(RICH, INPUTS, name), written(plan, inputs, name)) for name in alike}
    assert all(was == is_ for was, is_ in reads.values())
    assert len(alike) < len(before)


def written(plan: Plan, inputs: Inputs, name: str) -> list[Document]:
    maker = Maker(plan, inputs)
    (found,) = [one for one in maker.drafts(maker.calendars(KINDS), "") if one.name == name]
    return list(found.make())


def test_a_digest_is_the_same_for_the_same_bytes() -> None:
    assert digests() == digests(replace(PLAN, revision=9, revised=PLAN.revised + timedelta(days=3)))


# --- what an event says ----------------------------------------------------------------------------


def test_a_calendar_speaks_its_teams_language() -> None:
    titles = {
        name: values(unfolded(content), "SUMMARY")[0] for name, content in made(kinds=["teams"]).items()
    }
    assert list(titles.values()) == ["Måndagens berättelse", "Monday's story", "월요일의 이야기"]


def test_an_owners_calendar_speaks_the_owners_language() -> None:
    assert "SUMMARY:손으로" not in owner_file("l1", with_person("l1", locale="ko"))
    assert values(owner_file("l1", with_person("l1", locale="ko")), "SUMMARY")[0] == "준비: 감사 카드\\, 5분"


def test_an_hour_stands_in_its_zone_and_a_day_ends_on_the_next() -> None:
    seoul = unfolded(made()["share/teams/seoul.ics"])
    assert "DTSTART;TZID=Asia/Seoul:20270104T100000\r\nDTEND;TZID=Asia/Seoul:20270104T101000\r" in seoul
    assert "DTSTART;VALUE=DATE:20270120\r\nDTEND;VALUE=DATE:20270121\r" in owner_file("l1")


def test_a_night_over_a_clock_change_keeps_its_hours() -> None:
    night = date(2027, 3, 27)
    plan = of(event("monday-story", night, "Natt", **at(night, 23, 30, "stockholm", 300)))
    (found,) = parsed(made(plan, kinds=["teams"])["share/teams/natt.ics"])
    assert found.start.astimezone(UTC) == datetime(2027, 3, 27, 22, 30, tzinfo=UTC)
    assert found.end.astimezone(UTC) == datetime(2027, 3, 28, 2, 30, tzinfo=UTC)


def test_the_hour_that_comes_twice_is_in_utc() -> None:
    night = date(2027, 10, 31)
    times = {k: v.replace(fold=1) for k, v in at(night, 2, 30, "stockholm", 10).items()}
    text = unfolded(made(of(event("monday-story", night, "Natt", **times)))["share/teams/natt.ics"])
    assert "DTSTART:20271031T013000Z\r\nDTEND:20271031T014000Z\r" in text
    assert "VTIMEZONE" not in text


def test_an_hour_that_comes_twice_is_told_from_itself() -> None:
    night = date(2027, 10, 31)
    times = at(night, 2, 30, "stockholm", 10)
    start, end = times["start"], times["end"].replace(fold=1)
    long = event("monday-story", night, "Natt", start=start, end=end)
    short = event("monday-story", night, "Natt", 2, start=start.replace(fold=1), end=end)
    text = unfolded(made(of(long, short))["share/teams/natt.ics"])
    assert values(text, "DTSTART") == ["20271031T003000Z", "20271031T013000Z"]
    assert values(text, "DTEND") == ["20271031T014000Z"] * 2


def test_a_zone_without_rules_is_in_utc() -> None:
    start = datetime(2027, 7, 5, 9, 30, tzinfo=zones.zone("Africa/Cairo"))
    times: dict[str, Any] = {"start": start, "end": start + timedelta(minutes=10), "timezone": "Africa/Cairo"}
    text = unfolded(made(of(event("monday-story", start.date(), "Natt", **times)))["share/teams/natt.ics"])
    assert "DTSTART:20270705T063000Z\r" in text
    assert "VTIMEZONE" not in text


def test_a_stamp_and_a_sequence_come_from_the_event() -> None:
    later = datetime(2027, 1, 3, 12, 0, tzinfo=UTC)
    plan = of(event("monday-story", DAY, "Natt", sequence=3, changed=later))
    text = unfolded(made(plan)["share/teams/natt.ics"])
    assert "DTSTAMP:20270103T120000Z\r\nLAST-MODIFIED:20270103T120000Z\r\nSEQUENCE:3\r" in text


def test_meetings_take_time_and_notes_do_not() -> None:
    assert set(values(owner_file("m1"), "TRANSP")) == {"OPAQUE"}
    assert set(values(owner_file("l1"), "TRANSP")) == {"TRANSPARENT"}


def test_preparing_is_an_event_of_its_own_weeks_before() -> None:
    content = next(c for n, c in made(kinds=["owners"]).items() if "/l1/" in n)
    prepare, first, *_ = parsed(content)
    assert (prepare.start, first.start) == (date(2027, 1, 13), date(2027, 1, 20))
    assert prepare["UID"] != first["UID"]
    assert "Ska vara klart den 20 januari" in str(prepare["DESCRIPTION"])
    assert len({e["UID"] for e in parsed(content)}) == 8


def test_nothing_that_a_published_calendar_must_not_have() -> None:
    everything = b"".join(made().values())
    for name in (b"METHOD", b"ATTENDEE", b"ORGANIZER", b"IMAGE", b"DURATION:P", b"VALARM"):
        assert b"\n" + name not in everything


@settings(max_examples=40, derandomize=True, deadline=None)
@given(
    st.text(
        st.characters(categories=["L", "N", "P", "S"], exclude_characters="\\"), min_size=1, max_size=120
    ),
    st.integers(0, 355 * 24 * 60),
    st.sampled_from(["America/Toronto", "Asia/Seoul", "Africa/Cairo", "Australia/Lord_Howe", "UTC"]),
    st.integers(1, 600),
)
def test_any_event_is_read_back_as_it_was(title: str, minute: int, zone: str, minutes: int) -> None:
    start = (datetime(2027, 1, 5, tzinfo=UTC) + timedelta(minutes=minute)).astimezone(zones.zone(zone))
    end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zones.zone(zone))
    times: dict[str, Any] = {"start": start, "end": end, "timezone": zone}
    (found,) = parsed(
        made(of(event("monday-story", start.date(), "Natt", title=words(title), **times)))[TEAM]
    )
    assert (str(found["SUMMARY"]), str(found["UID"])) == (title, event("monday-story", DAY, "Natt").uid)
    assert (found.start.astimezone(UTC), found.end.astimezone(UTC)) == (start, end)


# --- large calendars -------------------------------------------------------------------------------


def yearful(count: int, how: str = "") -> Iterator[Event]:
    for number in range(count):
        day = PLAN.year.first + timedelta(number % 364)
        yield event("monday-story", day, "Natt", number, how=words(how), uid=f"u{number}")


@pytest.mark.parametrize(
    ("count", "how", "parts"),
    [(900, "", 1), (901, "", 2), (2000, "", 3), (400, "x" * 3000, 2)],
)
def test_a_large_calendar_comes_in_parts_of_the_year(count: int, how: str, parts: int) -> None:
    plan = of(*sorted(yearful(count, how), key=lambda e: e.sort_key))
    found = made(plan, kinds=["owners"])
    names = [name.rpartition("/")[2].removesuffix(".ics") for name in found]
    assert names == [names[0], *(f"{names[0]}-{n}" for n in range(2, parts + 1))]
    texts = [unfolded(content) for content in found.values()]
    uids = [uid for text in texts for uid in values(text, "UID")]
    assert sorted(uids) == sorted(e.uid for e in plan.events)
    days = [values(text, "DTSTART;VALUE") for text in texts]
    assert all(max(one) < min(after) for one, after in pairwise(days))
    assert all(len(content) < 1_000_000 for content in found.values())
    assert not [problem for name, content in found.items() for problem in check(content, name)]


@pytest.mark.parametrize("length", range(695, 760, 15))
def test_the_lines_around_events_count_towards_the_size_of_a_file(length: int) -> None:
    long = (replace(one, uid=f"{one.uid:0>36}") for one in yearful(900, "x" * length))
    found = made(of(*sorted(long, key=lambda one: one.sort_key)), kinds=["owners"])
    assert max(map(len, found.values())) < 960_000


@pytest.mark.parametrize(("count", "stays"), [(890, True), (891, False), (1200, False)])
def test_the_year_before_stays_where_it_needs_no_further_file(count: int, *, stays: bool) -> None:
    old = [replace(one, date=one.date - timedelta(weeks=54), uid=f"old-{one.uid}") for one in yearful(10)]
    plan = of(*sorted((*old, *yearful(count)), key=lambda one: one.sort_key))
    files = made(plan, kinds=["teams"])
    alone = made(of(*yearful(count)), kinds=["teams"])
    assert files.keys() == alone.keys()
    assert (files != alone) is stays
    assert sum(one.count(b"UID:old-") for one in files.values()) == 10 * stays


def test_what_is_prepared_together_stays_while_any_of_its_events_is_shown() -> None:
    first, many = PLAN.year.first, [replace(one, owner="l1") for one in yearful(1000)]
    old = event("wow-note", first - timedelta(days=7), "p1", id="a", uid="a", prepare=Prepare(5, 1))
    new = event("wow-note", first, "p2", id="b", uid="b", prepare=Prepare(5, 2))
    found = made(of(*sorted((old, new, *many), key=lambda one: one.sort_key)), kinds=["owners"])
    text = "".join(map(unfolded, found.values()))
    assert "UID:b" in text
    assert "UID:a" not in text
    assert "SUMMARY:Förbered: Tackkort (2)" in text


def test_a_week_that_is_too_large_is_cut_as_well() -> None:
    plan = of(*(event("monday-story", DAY, "Natt", n, uid=f"u{n}") for n in range(1000)))
    assert [c.count(b"BEGIN:VEVENT") for c in made(plan, kinds=["teams"]).values()] == [500, 500]


def test_the_second_part_of_one_team_is_not_the_file_of_another() -> None:
    teams = {**PEOPLE.teams, "Natt-2": replace(PEOPLE.teams["Natt"], id="Natt-2")}
    inputs = replace(INPUTS, people=People(PEOPLE.persons, teams))
    other = event("monday-story", DAY, "Support", team="Natt-2")
    names = list(made(of(*yearful(1000), other), inputs, ["teams"]))
    assert len(names) == len(set(names)) == 3
    assert {"share/teams/natt.ics", "share/teams/natt-2.ics"} <= {*names}


def test_parts_say_which_they_are() -> None:
    (first, second) = made(of(*yearful(1000)), kinds=["teams"]).values()
    assert values(unfolded(first), "NAME") == ["Nordic Care · Natt (1/2)"]
    assert values(unfolded(second), "X-WR-CALNAME") == ["Nordic Care · Natt (2/2)"]


def test_a_prepare_time_before_the_year_stands_in_the_first_part() -> None:
    early = event("wow-note", PLAN.year.first, "p1")
    (content,) = made(of(early), kinds=["owners"]).values()
    assert [e.start for e in parsed(content)] == [date(2026, 12, 28), date(2027, 1, 4)]
