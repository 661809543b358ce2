"""csweek announce as it is typed: what can be made, what is wrong, and what is done all the same."""

import json
import shutil
from pathlib import Path

import pytest
from announced_year import YEAR_INPUTS, YEAR_PLAN
from cli import call
from click.testing import Result
from keeping import keep
from msgspec.structs import replace

from csweek.model.plan import Directory
from csweek.store import Store

PEOPLE = """\
id,name,team,manager,role,email,thanks,site,locale
p1,Åsa Öberg,Support,m1,,asa@x.example,public,stockholm,sv
p2,Ðorđe Šarić,Support,m1,,dorde@x.example,private,stockholm,sv
p4,Shaun O'Brien,Natt,m1,,shaun@x.example,public,stockholm,en
m1,Britt Ek,Support,l1,,britt@x.example,public,stockholm,sv
l1,Leo Lind,,,leader,leo@x.example,public,stockholm,sv
o1,Olga Org,,l1,organiser,olga@x.example,public,stockholm,en
"""
WORKSPACE = """\
organisation: Sample Care
calendar_id: 11111111-2222-4333-8444-555555555555
theme: service-as-a-power
year: 2027
people: people.csv
sites:
  stockholm: {country: SE, timezone: Europe/Stockholm, locale: sv}
"""
STORIES = """\
date,person,kind,text,by,consent,answer
2027-01-18,p1,wow,Stayed on the line.,a customer,yes,
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("announce")
    for name, text in (("csweek.yaml", WORKSPACE), ("people.csv", PEOPLE), ("stories.csv", STORIES)):
        (home / name).write_text(text, encoding="utf-8")
    with Store.open(home, create=True) as store:
        directory = Directory.of(YEAR_INPUTS, YEAR_PLAN.year.first)
        keep(store, YEAR_PLAN, directory, {})
    return home


def announce(root: Path, *words: str | Path) -> Result:
    return call("announce", "--today", "2027-01-20", *words, root=root)


def test_the_list_says_what_can_be_made_and_what_the_rest_lacks(root: Path) -> None:
    shown = announce(root, "--list").stdout
    assert "wow         what a customer noticed\n" in shown
    assert "briefing    whom each owner thanks this week (private)\n" in shown
    assert "scorecard   the month's figures\n            lacks metrics.csv, with the columns" in shown
    listed = json.loads(announce(root, "--list", "--json").stdout)
    assert {one["kind"] for one in listed if one["lacks"] is None} >= {"weekly", "wow", "briefing", "form"}


def test_what_cannot_be_made_is_an_error_and_the_rest_is_made(root: Path) -> None:
    result = announce(root, "scorecard", "wow", "--locale", "en")
    assert result.exit_code == 1
    assert result.stdout.startswith("A customer noticed\n")
    assert result.stderr.count("error: scorecard cannot be made: it lacks metrics.csv") == 1


def test_a_channel_that_is_not_known_is_told_and_the_others_are_made(root: Path, tmp_path: Path) -> None:
    result = announce(root, "wow", "--channel", "slak", "--channel", "teams", "--out", tmp_path)
    assert result.exit_code == 1
    assert "error: there is no channel 'slak'\n  hint: did you mean 'slack'?" in result.stderr
    assert {path.suffixes[-2] for path in tmp_path.rglob("*.*")} == {".teams"}
    outlook = announce(root, "wow", "--channel", "outlook")
    assert "hint: eml opens in Outlook as a draft" in outlook.stderr


def test_a_mistake_in_a_template_is_told_once_and_the_rest_is_made(root: Path, tmp_path: Path) -> None:
    own = root / "templates" / "announcements"
    own.mkdir(parents=True)
    (own / "wow.md").write_text("# A\n\n{{ stroy.text }}\n", encoding="utf-8")
    try:
        result = announce(root, "wow", "form", "--channel", "txt", "--out", tmp_path)
    finally:
        (own / "wow.md").unlink()
    assert result.exit_code == 1
    assert result.stderr.count("unknown name 'stroy'") == 1
    assert "templates/announcements/wow.md:3" in result.stderr
    assert sorted(path.name for path in tmp_path.rglob("*.txt")) == ["2027-form-en.txt", "2027-form-sv.txt"]


def test_a_word_that_a_language_lacks_is_told_once_and_the_text_is_made(root: Path) -> None:
    own = root / "themes"
    own.mkdir()
    (own / "ours.yaml").write_text("name: Ours\nmotto: {en: Ours, ko: 우리}\n", encoding="utf-8")
    text = WORKSPACE.replace("service-as-a-power", "ours")
    (root / "csweek.yaml").write_text(text, encoding="utf-8")
    try:
        result = announce(root, "kickoff", "--locale", "sv")
    finally:
        (root / "csweek.yaml").write_text(WORKSPACE, encoding="utf-8")
    assert result.exit_code == 1
    assert result.stderr.count("the theme has no sv for 'Ours'; it was said in another language") == 1
    assert result.stdout.startswith("I dag börjar Kundserviceveckan")
    assert "\n  Ours\n" in result.stdout


def test_a_language_may_be_named_in_words(root: Path) -> None:
    assert announce(root, "--locale", "Svenska").stdout == announce(root, "--locale", "sv").stdout != ""


def test_a_kind_that_there_is_not_is_wrong_usage(root: Path) -> None:
    result = announce(root, "kikoff")
    assert result.exit_code == 2
    assert "there is no announcement 'kikoff'\n  hint: did you mean 'kickoff'?" in result.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--week", "3", "--day", "2027-01-20"], "--week and --day exclude each other"),
        (["--all-teams", "--team", "Natt"], "--team and --all-teams exclude each other"),
        (["--event", "e999"], "there is no event 'e999' that stands"),
        (["--event", "monday"], "'monday' is no event\n  hint: an event's id is an e and a number"),
        (["--channel", "pdf"], "pdf is no text to print"),
    ],
)
def test_what_cannot_be_meant_is_refused(root: Path, words: list[str], message: str) -> None:
    result = announce(root, *words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_an_event_is_announced_and_a_talk_is_an_invitation(root: Path) -> None:
    talk = next(one.id for one in YEAR_PLAN.events if one.action == "talk")
    said = announce(root, "--event", talk).stdout
    assert "Leo Lind" in said.splitlines()[0]
    assert announce(root, "--event", talk.removeprefix("e")).stdout == said
    team = next(one.id for one in YEAR_PLAN.events if one.team == "Natt")
    assert announce(root, "--event", team, "--team", "natt").stdout.startswith("Måndagens berättelse")


def test_what_a_team_alone_may_know_of_is_for_that_team(root: Path) -> None:
    own = next(one.id for one in YEAR_PLAN.events if one.team == "Natt" and one.visibility == "team")
    assert (
        announce(root, "--event", own).stdout == announce(root, "--event", own, "--team", "natt").stdout != ""
    )


def test_an_event_that_nobody_else_may_read_of_is_told_with_the_reason(root: Path) -> None:
    secret = next(one for one in YEAR_PLAN.events if one.visibility == "surprise")
    for words in (["--event", secret.id], ["event", "--event", secret.id]):
        result = announce(root, *words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"{secret.id} is a surprise: only " in result.stderr
        assert "who holds it, may know of it before" in result.stderr


def test_an_organisers_own_surprise_is_refused_with_who_may_see_it(root: Path, tmp_path: Path) -> None:
    home = tmp_path / "own"
    shutil.copytree(root, home)
    secret = next(one for one in YEAR_PLAN.events if one.visibility == "surprise")
    with Store.open(home, create=True) as store:
        mine = replace(secret, recipients=("o1",), team=None)
        events = tuple(mine if one.id == secret.id else one for one in YEAR_PLAN.events)
        keep(store, replace(YEAR_PLAN, events=events, revision=2), Directory.of(YEAR_INPUTS, secret.date), {})
    result = announce(home, "--event", secret.id)
    assert result.exit_code == 2
    assert f"{secret.id} is a surprise for an organiser, and so not shown" in result.stderr
    assert "whoever holds it has it in their own folder" in result.stderr


def test_a_cancelled_event_is_not_announced(root: Path, tmp_path: Path) -> None:
    home = tmp_path / "own"
    shutil.copytree(root, home)
    talk = next(one for one in YEAR_PLAN.events if one.action == "talk")
    assert call("cancel", talk.id, "--today", "2027-01-11", root=home).exit_code == 0
    result = announce(home, "--event", talk.id)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"there is no event '{talk.id}' that stands" in result.stderr


def test_a_day_calls_for_its_own(root: Path) -> None:
    made = announce(root, "--day", "2027-10-04", "--dry-run", "--channel", "txt").stdout
    assert "2027-10-04-kickoff-sv.txt" in made


def test_a_briefing_may_be_of_one_owner(root: Path, tmp_path: Path) -> None:
    announce(root, "briefing", "--owner", "leo", "--channel", "txt", "--out", tmp_path)
    (path,) = tmp_path.rglob("*.txt")
    assert path.parent == tmp_path / "private" / "l1"
    assert "Åsa Öberg" in path.read_text(encoding="utf-8")


def test_a_year_is_written_once_each(root: Path) -> None:
    made = announce(root, "--all-year", "--channel", "txt", "--dry-run").stdout.splitlines()
    names = [line.split()[0] for line in made]
    assert len(names) == len(set(names)) > 110
    assert sum("-weekly-" in name for name in names) == 2 * 52
