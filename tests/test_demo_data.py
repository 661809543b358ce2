from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from csweek.bundled import bundled
from csweek.model.basics import Hours, Occasion, Role, Thanks
from csweek.model.inputs import Inputs
from csweek.model.people import Person
from csweek.plan.when.year import works
from csweek.read.workspace import read

YEAR = 2027
FILES = ("csweek.yaml", "people.csv", "stories.csv")


def filled(name: str, year: int) -> str:
    text = (bundled("demo") / name).read_text(encoding="utf-8")
    return text.replace("{{ year }}", str(year)).replace("{{ last_year }}", str(year - 1))


def workspace(folder: Path, year: int) -> Path:
    for name in FILES:
        (folder / name).write_text(filled(name, year), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    reading = read(workspace(tmp_path_factory.mktemp("demo"), YEAR))
    assert reading.problems == ()
    assert reading.inputs is not None
    return reading.inputs


def those(demo: Inputs, **wanted: object) -> list[Person]:
    return [p for p in demo.people if all(getattr(p, name) == value for name, value in wanted.items())]


@pytest.mark.parametrize("year", [2026, 2028, 2030])
def test_it_holds_in_other_years_too(year: int, tmp_path: Path) -> None:
    assert read(workspace(tmp_path, year)).problems == ()


def test_no_placeholder_is_left_and_it_says_that_it_is_a_sample() -> None:
    texts = {name: filled(name, YEAR) for name in FILES}
    assert not any("{{" in text for text in texts.values())
    assert "made up" in texts["csweek.yaml"].split("\norganisation:")[0]


def test_everyone_has_an_address_that_reaches_nobody(demo: Inputs) -> None:
    assert all(person.email.endswith("@nordic-care.example") for person in demo.people)


def test_sites_zones_and_languages(demo: Inputs) -> None:
    assert {(s.id, s.timezone, s.locale, s.country, s.subdivision) for s in demo.settings.sites.values()} == {
        ("stockholm", "Europe/Stockholm", "sv", "SE", None),
        ("seoul", "Asia/Seoul", "ko", "KR", None),
        ("sarajevo", "Europe/Sarajevo", "bs", "BA", "BIH"),
        ("toronto", "America/Toronto", "en", "CA", "ON"),
    }
    assert {person.site for person in demo.people} == set(demo.settings.sites)


def test_each_site_has_holidays_of_its_own(demo: Inputs) -> None:
    sites = demo.settings.sites
    assert not works(sites["stockholm"], date(2027, 6, 25))
    assert not works(sites["seoul"], date(2027, 10, 4))
    assert not works(sites["sarajevo"], date(2027, 11, 25))
    assert not works(sites["toronto"], date(2027, 2, 15))
    assert works(sites["stockholm"], date(2027, 10, 4))


def test_sixty_people_in_eight_teams(demo: Inputs) -> None:
    assert 55 <= len(demo.people) <= 65
    assert len(demo.people.teams) == 8
    assert min(Counter(p.team for p in demo.people if p.team).values()) >= 5


def test_names_keep_their_letters(demo: Inputs) -> None:
    names = " ".join(person.name for person in demo.people)
    for letters in ("Å", "Ö", "Ä", "Đ", "Š", "Č", "Ć", "Ž", "김", "박", "O'Brien", "ë", "ễ"):
        assert letters in names


def test_a_night_team_a_home_team_and_a_weekend_team(demo: Inputs) -> None:
    teams = demo.people.teams
    night = teams["Natt"]
    assert isinstance(night.work.hours, Hours)
    assert night.work.hours.overnight
    assert night.work.on_holidays
    assert night.tags >= {"night", "quiet"}
    assert "remote" in teams["Hemma"].tags
    assert teams["Helg"].work.days == frozenset({5, 6})


def test_leaders_in_several_zones_under_one_director(demo: Inputs) -> None:
    leaders = those(demo, role=Role.LEADER)
    (director,) = (one for one in leaders if one.manager is None)
    assert all(one.manager == director.id for one in leaders if one is not director)
    assert 5 <= len(leaders) <= 6
    assert len({demo.settings.sites[one.site].timezone for one in leaders}) == 4


def test_every_team_has_a_manager_of_its_own(demo: Inputs) -> None:
    for team in demo.people.teams.values():
        managers = {demo.people.persons[one].manager for one in team.members} & set(team.members)
        assert len(managers) == 1
    assert any(person.deputy for person in demo.people)


def test_two_organisers(demo: Inputs) -> None:
    assert len(those(demo, role=Role.ORGANISER)) == 2


def test_everyone_on_the_weekend_can_meet_a_leader_who_is_not_their_own(demo: Inputs) -> None:
    saturday = {p.id for p in those(demo, role=Role.LEADER) if p.work.days and 5 in p.work.days}
    for one in demo.people.teams["Helg"].members:
        assert saturday - set(demo.people.managers_of(one)[:1])


def test_part_timers(demo: Inputs) -> None:
    days = {frozenset(p.work.days) for p in demo.people if p.work.days and p.team != "Helg"}
    assert {frozenset({0, 1, 2}), frozenset({0, 2, 4}), frozenset({0, 1, 3})} <= days


def test_somebody_comes_somebody_goes_and_somebody_is_away(demo: Inputs) -> None:
    assert those(demo, end_date=date(YEAR, 6, 18))
    assert [p for p in demo.people if p.start_date and date(YEAR, 3, 1) <= p.start_date <= date(YEAR, 5, 31)]
    assert [p for p in demo.people if any(s.last - s.first > timedelta(days=180) for s in p.leave)]
    assert [p for p in demo.people if len(p.leave) > 1]


def test_thanks_are_public_for_most_but_not_for_all(demo: Inputs) -> None:
    counted = Counter(person.thanks for person in demo.people)
    assert counted[Thanks.NEVER] == 1
    assert counted[Thanks.PRIVATE] >= 3
    assert counted[Thanks.PUBLIC] > 0.8 * len(demo.people)
    said = filled("people.csv", YEAR)
    assert said.count(",private,") == 3


def test_birthdays_titles_and_names_to_be_called_by(demo: Inputs) -> None:
    assert sum(person.birthday is not None for person in demo.people) > 50
    assert all(person.title for person in demo.people)
    assert {one.called for one in those(demo, name="Per-Erik Björk")} == {"Pelle"}
    assert any(p.celebrate == frozenset(Occasion) for p in demo.people)
    assert any(not p.celebrate for p in demo.people)


def test_somebody_reads_another_language_than_their_site(demo: Inputs) -> None:
    assert [p for p in demo.people if p.locale != demo.settings.sites[p.site].locale]


def test_stories(demo: Inputs) -> None:
    stories = demo.stories
    assert 6 <= len(stories) <= 8
    assert {story.kind for story in stories} == {"wow", "hero", "obstacle"}
    assert {story.consent for story in stories} == {True, False}
    assert [story for story in stories if story.kind == "obstacle" and story.answer]
    assert {demo.people.persons[story.person].site for story in stories} == set(demo.settings.sites)


def test_stories_lie_around_the_turn_of_the_year(demo: Inputs) -> None:
    assert all(date(YEAR - 1, 12, 1) <= story.date <= date(YEAR, 2, 15) for story in demo.stories)
    assert {story.date.year for story in demo.stories} == {YEAR - 1, YEAR}


def test_one_story_must_not_be_told_though_it_has_consent(demo: Inputs) -> None:
    about = [s for s in demo.stories if s.consent and demo.people.persons[s.person].thanks is Thanks.PRIVATE]
    assert len(about) == 1


def test_limits_budget_and_costs(demo: Inputs) -> None:
    settings = demo.settings
    assert settings.calendar_id is not None
    assert (settings.limits.owner_minutes_per_week, settings.limits.max_team_away) == (90, 0.3)
    assert (settings.budget.currency, settings.budget.amount) == ("SEK", 12000)
    assert [settings.budget.costs[level] for level in sorted(settings.budget.costs)] == [1500, 50, 250]
    assert settings.closed
    assert settings.no_gatherings
    assert demo.themes[0].theme.id == "service-as-a-power"
