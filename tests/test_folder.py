from pathlib import Path

import pytest
from cli import call, saved

from csweek.bundled import bundled
from csweek.folder import find, is_ours, key, path_of, template, theme_names


def test_a_workspace_is_found_from_any_folder_below(tmp_path: Path) -> None:
    (tmp_path / "csweek.yaml").write_text("theme: base\n")
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert find(tmp_path / "a" / "b") == tmp_path
    assert find(tmp_path) == tmp_path
    assert find(bundled("themes")) is None


def test_a_key_leads_back_to_its_file(tmp_path: Path) -> None:
    own, ours, foreign = tmp_path / "a" / "p.csv", bundled("themes") / "base.yaml", Path("/else/where.csv")
    assert key(own, tmp_path) == "a/p.csv"
    assert [is_ours(key(path, tmp_path)) for path in (own, ours, foreign)] == [False, True, False]
    for path in (own, ours, foreign.absolute()):
        assert path_of(key(path, tmp_path), tmp_path) == path


def test_own_themes_come_first(tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    for name in ("zebra.yaml", "base.yml", "notes.txt"):
        (tmp_path / "themes" / name).touch()
    assert theme_names(tmp_path)[:2] == ("base", "zebra")
    assert set(theme_names(tmp_path)) == {"zebra", *theme_names(None)}


def test_a_workspaces_own_template_goes_before_the_bundled_one(tmp_path: Path) -> None:
    (tmp_path / "templates" / "cards").mkdir(parents=True)
    (tmp_path / "templates" / "cards" / "thank-you.html").write_text("mine")
    assert template("cards/thank-you.html", tmp_path) == b"mine"
    assert template("cards/thank-you.html") != b"mine"
    assert template("sheets/a4-4up.yaml", tmp_path) == template("sheets/a4-4up.yaml")
    assert template("cards/nothing.html", tmp_path) is None


@pytest.mark.parametrize(
    "name", ["{secret}", "../secret.txt", "cards/../../secret.txt", "link.txt", "link/secret.txt"]
)
def test_no_template_leads_outside(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "templates" / "cards").mkdir(parents=True)
    (tmp_path / "templates" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "templates" / "link").symlink_to(tmp_path)
    assert template(name.format(secret=tmp_path / "secret.txt"), tmp_path) is None


def test_a_template_that_asks_for_a_file_elsewhere_is_told_so(tmp_path: Path) -> None:
    root = saved(tmp_path / "w")
    (tmp_path / "secret.txt").write_text("secret")
    (root / "templates" / "announcements").mkdir(parents=True)
    asking = f"{{% include '{tmp_path}/secret.txt' %}}"
    (root / "templates" / "announcements" / "weekly.md").write_text(asking)
    result = call("announce", "--today", "2027-02-03", root=root)
    assert result.exit_code == 1
    assert "secret.txt: error: there is no such template" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("name", ["csweek.yml", "csweek.yaml.txt", "CSWEEK.YML"])
def test_a_csweek_yaml_of_another_name_is_no_preview(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text("theme: base\n")
    for command in ("check", "plan"):
        result = call(command)
        assert result.exit_code == 2
        assert f"there is no csweek.yaml here, but a {name}\n  hint: rename it csweek.yaml" in result.stderr
        assert result.stdout == ""
