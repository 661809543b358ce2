import json
from pathlib import Path

import pytest
from cli import call, saved, workspace

TODAY = ("--today", "2026-12-01")


def test_the_page_says_what_holds_and_how_an_ordinary_week_is(planned: Path) -> None:
    result = call("report", *TODAY, root=planned)
    assert result.exit_code == 0
    assert result.stdout.startswith("2027 · Sample Care")
    assert "✓ No empty week     every team has something in each of its weeks" in result.stdout
    assert "In an ordinary week, beside CSW" in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_who_meets_no_leader_is_named(planned: Path) -> None:
    everyone = {
        one["id"]: one for one in json.loads(call("report", "--json", *TODAY, root=planned).stdout)["people"]
    }
    alone = [ident for ident, one in everyone.items() if not one["leaders"]]
    assert alone
    page = " ".join(call("report", *TODAY, root=planned).stdout.split())
    names = {"liv": "Liv Lind", "bo": "Bo Berg", "olga": "Olga Org"}
    assert all(names[ident] in page.partition(" leaders; ")[2] for ident in alone)


def test_json_has_every_figure(planned: Path) -> None:
    answer = json.loads(call("report", "--json", *TODAY, root=planned).stdout)
    assert answer["schema"] == 1
    assert answer.keys() == {
        "schema", "year", "revision", "today", "holds", "findings", "weeks", "even", "owed", "people",
        "teams", "owners", "shifts", "rotas", "away", "money", "ordinary_week",
    }  # fmt: skip
    assert len(answer["weeks"]) == 52
    assert {one["id"] for one in answer["people"]} == {"anna", "dan", "eva", "bo", "liv", "olga"}
    assert {one["name"] for one in answer["teams"]} == {"Support", "Natt"}
    assert answer["holds"] == all(one["state"] != "broken" for one in answer["findings"])


def test_strict_exits_with_1_where_something_does_not_hold(tmp_path: Path) -> None:
    poor = saved(tmp_path / "poor")
    assert call("report", *TODAY, root=poor).exit_code == 0
    assert call("report", "--strict", *TODAY, root=poor).exit_code == 1


def test_without_a_workspace_a_preview_is_weighed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("report", *TODAY)
    assert result.exit_code == 0
    assert "nobody is known yet" in result.stdout
    assert not list(tmp_path.iterdir())


def test_before_the_first_plan_it_says_what_to_type(tmp_path: Path) -> None:
    result = call("report", root=workspace(tmp_path / "new"))
    assert result.exit_code == 1
    assert "csweek plan builds the year" in result.stderr
