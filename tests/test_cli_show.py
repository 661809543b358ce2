import json
import re
from pathlib import Path

import pytest
import samples
from cli import call, saved
from click.testing import Result
from keeping import keep
from msgspec.structs import replace

from csweek.model.plan import Directory
from csweek.store import Store

EVENT_KEYS = {
    "id", "uid", "sequence", "status", "week", "date", "start", "end", "timezone", "action", "idea",
    "practice", "trait", "title", "locale", "audience", "visibility", "team", "site", "owner",
    "owner_role", "recipients", "minutes", "cost", "channel", "fixed", "reason",
}  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the saved plan of the tiny organisation."""
    return saved(tmp_path_factory.mktemp("saved"))


def show(root: Path, *words: str, today: str = "2027-01-20") -> Result:
    return call("show", *words, "--today", today, root=root)


def test_without_a_word_the_year_is_shown(root: Path) -> None:
    whole = show(root)
    assert whole.exit_code == 0
    assert whole.stdout.startswith("2027 · Nordic Care")
    assert whole.stdout == show(root, "year").stdout
    assert "[3]" in whole.stdout


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["week", "1"], "e1 e2 e3"),
        (["1"], "e1 e2 e3"),
        (["week"], "e4"),
        (["today"], "e4 e5 e6 e7"),
        (["next"], "e5 e6 e7"),
        (["person", "asa"], "e4"),
        (["person", "Leo", "Lind"], "e4 e5 e6 e7"),
        (["team", "natt"], "e3 e7"),
        (["owner", "leo"], "e4 e5 e6 e7"),
        (["event", "E4"], "e4"),
        (["e4"], "e4"),
    ],
)
def test_each_page_has_its_events(root: Path, words: list[str], ids: str) -> None:
    result = show(root, *words)
    assert result.exit_code == 0
    found = set(re.findall(r"\be\d\b", result.stdout))
    assert set(ids.split()) <= found
    assert found <= set(ids.split()) | ({"e1", "e2", "e3"} if words[0] == "person" else set())


@pytest.mark.parametrize(
    ("words", "lists"),
    [
        (["week", "1"], {"events"}),
        (["today"], {"events", "open", "next"}),
        (["next"], {"events"}),
        (["person", "asa"], {"events", "holds"}),
        (["team", "natt"], {"events"}),
        (["owner", "leo"], {"events"}),
        (["event", "e4"], {"events"}),
    ],
)
def test_each_page_is_there_as_json_with_every_key(root: Path, words: list[str], lists: set[str]) -> None:
    answer = json.loads(show(root, *words, "--json").stdout)
    assert answer.keys() == {"schema", "year", "today"} | lists
    assert all(event.keys() == EVENT_KEYS for name in lists for event in answer[name])
    assert answer["events"]


def test_json_may_stand_before_the_page_as_well(root: Path) -> None:
    before = call("show", "--json", "--today", "2027-01-20", "week", "1", root=root)
    assert before.stdout == show(root, "week", "1", "--json").stdout


def test_the_year_as_json_has_every_week(root: Path) -> None:
    answer = json.loads(show(root, "--json").stdout)
    assert [week["week"] for week in answer["weeks"]] == [f"2027-W{n:02}" for n in range(1, 53)]
    assert [week["week"] for week in answer["weeks"] if week["csw"]] == ["2027-W40"]
    assert answer["weeks"][0] == {
        "week": "2027-W01",
        "monday": "2027-01-04",
        "events": 3,
        "light": False,
        "csw": False,
    }


def test_what_is_past_without_a_word_is_unconfirmed(root: Path) -> None:
    assert json.loads(show(root, "week", "1", "--json").stdout)["events"][0]["status"] == "unconfirmed"
    early = show(root, "week", "1", "--json", today="2027-01-04")
    assert json.loads(early.stdout)["events"][0]["status"] == "planned"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["week", "60"], "'60' is no week"),
        (["person", "nobody"], "nobody is called 'nobody'"),
        (["team", "none"], "no team is called 'none'"),
        (["event", "e99"], "there is no event e99 in 2027"),
        (["event", "x"], "'x' is no event"),
        (["--year", "2031"], "the year 2031 is not planned"),
        (["today", "--today", "soon"], "--today: 'soon' is no day"),
    ],
)
def test_what_is_not_there_exits_with_2_and_a_hint(root: Path, words: list[str], message: str) -> None:
    result = call("show", *words, root=root)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert not result.stdout


def test_a_workspace_without_a_plan_says_what_to_type(tmp_path: Path) -> None:
    (tmp_path / "csweek.yaml").write_text("theme: service-as-a-power\n")
    result = call("show", root=tmp_path)
    assert result.exit_code == 1
    assert "csweek plan builds the year" in result.stderr
    assert not (tmp_path / ".csweek").exists()


def test_an_organisers_own_surprise_is_kept_from_the_screen(tmp_path: Path) -> None:
    secret = replace(samples.PLAN.events[3], recipients=("o1",), team=None)
    plan = replace(samples.PLAN, events=(*samples.PLAN.events[:3], secret, *samples.PLAN.events[4:]))
    root = saved(tmp_path, plan)
    assert "e4" not in show(root, "week", "3").stdout
    assert "e4" not in show(root, "owner", "leo").stdout
    asked = show(root, "event", "e4")
    assert asked.exit_code == 2
    assert "e4 is a surprise for an organiser, and so not shown" in asked.stderr


def test_no_page_counts_an_organisers_own_surprise(tmp_path: Path) -> None:
    secret = replace(samples.PLAN.events[3], recipients=("o1",), team=None)
    plan = replace(samples.PLAN, events=(*samples.PLAN.events[:3], secret, *samples.PLAN.events[4:]))
    root, others = saved(tmp_path / "a", plan), len(samples.PLAN.events) - 1
    assert f"52 weeks, {others} events" in show(root).stdout
    weeks = json.loads(show(root, "year", "--json").stdout)["weeks"]
    assert (weeks[2]["week"], weeks[2]["events"]) == ("2027-W03", 0)
    assert f"planned  {others} events" in call("history", root=root).stdout


def test_a_changed_input_is_warned_of_and_strict_fails(tmp_path: Path) -> None:
    root = saved(tmp_path)
    (root / "people.csv").write_text("name\nAnna\n")
    with Store.open(root, create=True) as store:
        directory = Directory.of(samples.INPUTS, samples.YEAR.first)
        ours = {f"csweek:themes/{name}.yaml": "0" * 64 for name in ("base", "everyday")}
        keep(store, samples.PLAN, directory, {"people.csv": "0" * 64, "gone.csv": "0" * 64} | ours)
    result = show(root, "week", "1")
    assert result.exit_code == 0
    assert "gone.csv, people.csv, csweek's own themes changed since the last plan" in result.stderr
    assert show(root, "week", "1", "--strict").exit_code == 1


def test_the_year_that_today_lies_in_is_taken_else_the_nearest(root: Path) -> None:
    for today in ("2026-01-01", "2027-06-01", "2031-01-01"):
        assert show(root, today=today).stdout.startswith("2027 · ")


def test_today_may_come_from_the_environment(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSWEEK_TODAY", "2027-01-04")
    assert call("show", "today", root=root).stdout.startswith("Monday 4 January 2027")


def test_without_a_workspace_the_default_theme_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("show", "week", "40", "--today", "2026-12-01")
    assert result.exit_code == 0
    assert "Customer Service Week" in result.stdout
    assert not list(tmp_path.iterdir())
    for short in ("40", "w40", "2027-W40"):
        assert call("show", short, "--today", "2026-12-01").stdout == result.stdout
