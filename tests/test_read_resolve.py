from datetime import time
from pathlib import Path

from reading import SITES, YAML, messages, people, reading

from csweek.model.basics import Hours, Occasion, Thanks

TEAMS = """
event_hours: {from: "10:00", to: "15:00"}
teams:
  Natt:
    {site: seoul, hours: {from: 21:00, to: 07:00}, tags: [night, quiet], work_on_holidays: yes,
     work_days: mon-thu}
  Hemma: {locale: bs, event_hours: {from: 9, to: 12}}
"""


def test_person_over_team_over_site_over_organisation(tmp_path: Path) -> None:
    csv = "name,team,site,locale,work_days\nAnna,Natt,,,\nBo,Natt,,en,fri\n"
    csv += "Cia,Hemma,stockholm,,\nDag,,seoul,,\n"
    anna, bo, cia, dag = people(tmp_path, csv, YAML + TEAMS).values()
    assert (anna.site, anna.locale, anna.work.days) == ("seoul", "ko", frozenset({0, 1, 2, 3}))
    assert anna.work.hours == Hours(time(21), time(7))
    assert anna.work.on_holidays
    assert anna.tags == {"phones", "night", "quiet"}
    assert (bo.locale, bo.work.days, bo.work.hours) == ("en", frozenset({4}), Hours(time(21), time(7)))
    assert (cia.locale, cia.work.event_hours) == ("bs", Hours(time(9), time(12)))
    assert (dag.locale, dag.work.event_hours) == ("ko", Hours(time(10), time(15)))
    assert dag.work.owner_hours == Hours(time(7), time(20))


def test_a_team_is_where_most_of_its_people_are(tmp_path: Path) -> None:
    csv = "name,team,site\nAnna,A,seoul\nBo,A,stockholm\nCia,A,seoul\nDag,a,\n"
    found = reading(tmp_path, {"people.csv": csv})
    assert found.inputs
    (team,) = found.inputs.people.teams.values()
    assert (team.id, team.site, team.locale) == ("A", "seoul", "ko")
    assert team.members == ("Anna", "Bo", "Cia", "Dag")
    assert found.inputs.people.persons["Dag"].site == "seoul"
    assert not found.problems


def test_the_spelling_of_csweek_yaml_goes_first(tmp_path: Path) -> None:
    found = people(tmp_path, "name,team\nAnna,natt\nBo,NATT\n", YAML + TEAMS)
    assert {person.team for person in found.values()} == {"Natt"}


def test_the_only_site_is_everybodys(tmp_path: Path) -> None:
    yaml = "theme: plain\npeople: people.csv\nsites: {x: {timezone: UTC}}\n"
    found = reading(tmp_path, {"csweek.yaml": yaml, "people.csv": "name,team\nAnna,A\nBo,\n"})
    assert found.inputs
    assert {person.site for person in found.inputs.people} == {"x"}
    assert not found.problems


def test_who_has_no_site_gets_the_first_with_one_warning(tmp_path: Path) -> None:
    found = reading(tmp_path, {"people.csv": "name,team\nAnna,A\nBo,\nCia,A\n"})
    assert found.inputs
    assert {person.site for person in found.inputs.people} == {"stockholm"}
    assert messages(found) == ["2: Anna and 2 more have no site, nor has the team; 'stockholm' is taken"]


def test_managers_and_deputies_are_found_however_they_are_named(tmp_path: Path) -> None:
    csv = (
        "id,name,email,manager,deputy\n"
        "a,Åsa Ek,asa@x.example,,\n"
        "b,Bo,,ASA@X.example,\n"
        "c,Cia,,asa ek,b\n"
        'd,Dag,,"Ek, Åsa",\n'
    )
    found = people(tmp_path, csv)
    assert [person.manager for person in found.values()] == [None, "a", "a", "a"]
    assert found["c"].deputy == "b"


def test_defaults_are_for_who_has_not_said(tmp_path: Path) -> None:
    yaml = YAML + "defaults: {thanks: public, celebrate: [birthday, anniversary]}\n"
    anna, bo = people(tmp_path, "name,thanks,celebrate\nAnna,,\nBo,never,none\n", yaml).values()
    assert (anna.thanks, anna.celebrate) == (Thanks.PUBLIC, frozenset(Occasion))
    assert (bo.thanks, bo.celebrate) == (Thanks.NEVER, frozenset())


def test_sites_tags_reach_the_team(tmp_path: Path) -> None:
    found = reading(tmp_path, {"people.csv": "name,team,site\nAnna,A,seoul\n"})
    assert found.inputs
    assert found.inputs.people.teams["A"].tags == {"phones"}
    assert "seoul" in SITES
