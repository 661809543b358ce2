import time
from pathlib import Path

import pytest
from reading import YAML, reading, write

from csweek.bundled import bundled
from csweek.folder import DEFAULT_THEME
from csweek.model.inputs import Settings
from csweek.read.workspace import read


def test_without_a_workspace_the_default_theme_holds() -> None:
    found = read(None)
    assert found.inputs
    assert found.inputs.themes[0].theme.id == DEFAULT_THEME
    assert isinstance(found.inputs.settings, Settings)
    assert len(found.inputs.people) == 0
    assert not found.problems
    assert set(found.files) >= {f"csweek:themes/{DEFAULT_THEME}.yaml"}


def test_another_theme_can_be_tried(tmp_path: Path) -> None:
    write(tmp_path, {"csweek.yaml": YAML, "people.csv": "name\nAnna\n"})
    found = read(tmp_path, theme="base")
    assert found.inputs
    assert [turn.theme.id for turn in found.inputs.themes] == ["base"]
    assert read(None, theme="none-such").inputs is None


def test_themes_take_turns(tmp_path: Path) -> None:
    yaml = YAML.replace("theme: plain", "theme: [base, {from: 2027-10-04, theme: service-as-a-power}]")
    found = reading(tmp_path, {"csweek.yaml": yaml, "people.csv": "name\nAnna\n"})
    assert found.inputs
    assert [(turn.theme.id, str(turn.since)) for turn in found.inputs.themes] == [
        ("base", "None"), ("service-as-a-power", "2027-10-04"),
    ]  # fmt: skip


def test_every_column_is_told_as_used_or_not(tmp_path: Path) -> None:
    found = reading(tmp_path, {"people.csv": "Namn;Skonummer\nAnna;38\n"})
    assert [(column.header, column.field) for column in found.columns] == [
        ("Namn", "name"),
        ("Skonummer", None),
    ]


def test_digests_change_with_the_files(tmp_path: Path) -> None:
    before = reading(tmp_path, {"people.csv": "name\nAnna\n"}).files
    after = reading(tmp_path, {"people.csv": "name\nBo\n"}).files
    assert [name for name in before if before[name] != after[name]] == ["people.csv"]


def test_the_sample_organisation_is_right(tmp_path: Path) -> None:
    for path in bundled("demo").iterdir():
        if path.suffix in {".yaml", ".csv"}:
            text = (
                path.read_text(encoding="utf-8")
                .replace("{{ year }}", "2027")
                .replace("{{ last_year }}", "2026")
            )
            write(tmp_path, {path.name: text})
    found = read(tmp_path)
    assert found.inputs, found.problems
    assert not found.problems
    assert len(found.inputs.people) > 50
    assert len(found.inputs.settings.sites) == 4


@pytest.mark.slow
def test_ten_thousand_people_are_read_in_under_two_seconds(tmp_path: Path) -> None:
    rows = "".join(
        f"p{n};Åsa Öberg {n};p{n}@x.example;Team {n // 10};p{n // 10};stockholm;2020-01-{n % 28 + 1:02};"
        f"04-23;2027-02-01..2027-02-20;x{n}\n"
        for n in range(1, 10_001)
    )
    head = "id;name;email;team;manager;site;start_date;birthday;leave;Cost centre\np0;Top;;;;;;;;\n"
    write(tmp_path, {"themes/plain.yaml": "name: Plain\n", "csweek.yaml": YAML, "people.csv": head + rows})
    start = time.process_time()
    found = read(tmp_path)
    assert time.process_time() - start < 2
    assert found.inputs
    assert len(found.inputs.people) == 10_001


@pytest.mark.parametrize("name", ["stories", "metrics"])
def test_a_list_that_was_saved_as_a_workbook_is_asked_for_as_text(name: str, tmp_path: Path) -> None:
    files = {"people.csv": "name\nAnna\n", f"{name}.xlsx": "PK"}
    problems = reading(tmp_path, files).problems
    (hint,) = [one.hint for one in problems if one.place and one.place.file.endswith(f"{name}.xlsx")]
    assert hint == f"save it from Excel as 'CSV UTF-8', by the name {name}.csv"


def test_a_theme_that_another_file_of_its_name_hides_is_told(tmp_path: Path) -> None:
    ours = "name: Ours\nextends: base\n"
    files = {"people.csv": "name\nAnna\n", "themes/ours.yaml": ours, "themes/ours.yml": ours}
    write(tmp_path, {"csweek.yaml": YAML, **files})
    told = "this theme is not read: ours.yaml beside it has the same name"
    assert [one.message for one in read(tmp_path, theme="ours").problems].count(told) == 1
    (tmp_path / "themes" / "ours.yml").unlink()
    assert told not in [one.message for one in read(tmp_path, theme="ours").problems]
