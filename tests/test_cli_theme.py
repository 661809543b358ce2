import json
from pathlib import Path

import pytest
from cli import call, workspace


def test_the_bundled_themes_are_listed() -> None:
    lines = call("theme", "list").stdout.splitlines()
    assert {"base", "service-as-a-power"} <= {line.split()[0] for line in lines}
    found = json.loads(call("theme", "list", "--json").stdout)
    assert {"en", "sv", "ko", "bs"} <= next(t for t in found if t["id"] == "service-as-a-power")[
        "motto"
    ].keys()


def test_a_workspaces_own_theme_comes_first(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "themes").mkdir()
    (root / "themes" / "ours.yaml").write_text("name: Ours\nextends: base\nmotto: {en: Our own motto}\n")
    assert call("theme", "list", root=root).stdout.splitlines()[0].split() == ["ours", "Our", "own", "motto"]
    assert call("theme", "show", "ours", root=root).stdout.startswith("Ours · ours")


def test_a_theme_is_shown_with_its_days_and_practices() -> None:
    text = call("theme", "show", "service-as-a-power").stdout
    for part in ("Motto", "The five days, and the day after", "Wow", "Career", "every week", "ideas"):
        assert part in text
    assert max(map(len, text.splitlines())) <= 80
    whole = json.loads(call("theme", "show", "service-as-a-power", "--json").stdout)
    assert set(whole["celebration"]) == {"csw-1", "csw-2", "csw-3", "csw-4", "csw-5", "day-after"}
    assert any(action["owed"] == "every week" for action in whole["actions"])


def test_a_theme_that_is_not_there_is_an_error_with_a_hint() -> None:
    result = call("theme", "show", "servise-as-a-power")
    assert result.exit_code == 1
    assert "service-as-a-power" in result.stderr


@pytest.mark.parametrize("kind", ["workspace", "theme", "people"])
def test_the_schemas_are_json_schemas(kind: str) -> None:
    schema = json.loads(call("theme", "schema", kind).stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
