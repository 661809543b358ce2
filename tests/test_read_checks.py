from pathlib import Path

import pytest
from reading import YAML, write

from csweek.read.checks import check_file


def said(path: Path) -> list[str]:
    return [f"{p.place.line if p.place else 0}: {p.message}" for p in check_file(path)]


def test_a_file_of_a_workspace_is_checked_as_part_of_it(tmp_path: Path) -> None:
    csv = "Namn;manager;site\nAnna Ek;Bo;seoul\nBo;;Seul\n"
    write(
        tmp_path,
        {"themes/plain.yaml": "name: Plain\n", "csweek.yaml": YAML + "lokale: sv\n", "people.csv": csv},
    )
    assert said(tmp_path / "people.csv") == ["3: there is no site 'Seul'"]
    assert "unknown key 'lokale'" in said(tmp_path / "csweek.yaml")[0]


def test_people_and_stories_are_checked_by_themselves(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"a.csv": "name,birthday\nAnna,02-30\n", "s.csv": "date,person,text\nsoon,Anna,She stayed.\n"},
    )
    assert said(tmp_path / "a.csv") == ["2: birthday: there is no day 02-30"]
    assert said(tmp_path / "s.csv") == ["2: date: 'soon' is not a date"]


def test_a_theme_anywhere_is_checked_with_what_it_extends(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "ours.yaml": "name: Ours\nextends: base\nactions:\n  x: {practice: wov}\n",
            "good.yaml": "name: A\nextends: base\n",
        },
    )
    assert said(tmp_path / "ours.yaml") == [
        "4: practice: 'wov' is none of heroes, wow, outside_in, skip_level, career, celebration"
    ]
    assert said(tmp_path / "good.yaml") == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("people.yaml", "- {name: Anna, role: bos}\n", "role: 'bos' is none of"),
        ("other.yaml", "theme: base\n", "under another name"),
        ("picture.png", "x", "does not know this kind of file"),
        ("empty.csv", "", "this file is empty"),
    ],
)
def test_other_files_get_an_answer(name: str, content: str, message: str, tmp_path: Path) -> None:
    write(tmp_path, {name: content})
    assert message in said(tmp_path / name)[0]


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    (problem,) = check_file(tmp_path / "none.csv")
    assert "there is no file" in problem.message
