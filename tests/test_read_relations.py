from collections.abc import Iterable, Sequence
from pathlib import Path

from csweek.model.people import Former
from csweek.read.workspace import Reading, read

KNOWN = (
    Former("liv", "Liv Lind", "liv@x.example"),
    Former("bo", "Bo Berg", "bo@x.example", "per"),
    Former("per", "Per Palm", manager="liv"),
)
WORKSPACE = "theme: base\npeople: people.csv\nsites: {main: {country: SE, timezone: Europe/Stockholm}}\n"
TEAM = "".join(f"p{n},Person {n},Support,Bo Berg,\n" for n in range(18))


def known() -> Iterable[Former]:
    return KNOWN


def reading(root: Path, rows: str, *, knows: bool = True) -> Reading:
    (root / "csweek.yaml").write_text(WORKSPACE, encoding="utf-8")
    (root / "people.csv").write_text(f"id,name,team,manager,deputy\n{rows}", encoding="utf-8")
    return read(root, known=known) if knows else read(root)


def said(found: Reading) -> Sequence[str]:
    return [f"{one.severity} {one.place and one.place.line}: {one.message}" for one in found.problems]


def test_a_manager_who_has_left_is_one_warning_and_the_one_above_takes_the_place(tmp_path: Path) -> None:
    found = reading(tmp_path, "liv,Liv Lind,,,\n" + TEAM)
    message = (
        "manager: Bo Berg is in no people file any more, yet 18 people still have them; "
        "Liv Lind, the manager above, takes their place"
    )
    assert said(found) == [f"warning 3: {message}"]
    assert found.inputs
    people = found.inputs.people
    assert {people.persons[f"p{n}"].manager for n in range(18)} == {"liv"}
    assert people.gone == (KNOWN[1],)


def test_with_nobody_above_organisers_stand_in(tmp_path: Path) -> None:
    found = reading(tmp_path, TEAM)
    assert len(found.problems) == 1
    assert "18 people still have them; organisers stand in" in found.problems[0].message
    assert found.inputs
    assert not found.inputs.people.reports


def test_whose_manager_was_below_them_has_none(tmp_path: Path) -> None:
    found = reading(tmp_path, "liv,Liv Lind,,bo,\n")
    assert [one.is_error for one in found.problems] == [False]
    assert found.inputs
    assert found.inputs.people.persons["liv"].manager is None


def test_a_manager_with_a_new_name_is_found_by_the_old_one(tmp_path: Path) -> None:
    found = reading(tmp_path, "bo,Bo Berg-Ek,,,\n" + TEAM.replace("Bo Berg", '"Berg, Bo"'))
    message = "manager: 18 rows still name 'Berg, Bo', who is Bo Berg-Ek now: they are taken for the same"
    assert said(found) == [f"warning 3: {message}"]
    assert found.inputs
    assert {one.manager for one in found.inputs.people if one.id != "bo"} == {"bo"}
    assert [one.is_error for one in reading(tmp_path, "bo,Bo Berg-Ek,,,\n" + TEAM, knows=False).problems] == [
        True
    ]


def test_a_deputy_who_has_left_is_one_warning(tmp_path: Path) -> None:
    found = reading(tmp_path, "liv,Liv Lind,,,bo\nkim,Kim,,liv,Bo Berg\n")
    assert len(found.problems) == 1
    assert "deputy: Bo Berg is in no people file any more, yet 2 people" in found.problems[0].message


def test_a_name_that_nobody_ever_had_is_one_error_for_all_its_rows(tmp_path: Path) -> None:
    assert said(reading(tmp_path, TEAM, knows=False)) == [
        "error 2: manager: there is nobody called 'Bo Berg' (here and in 17 more rows)"
    ]
    found = reading(tmp_path, TEAM.replace("Bo Berg", "Somebody Else"))
    assert [one.is_error for one in found.problems] == [True]


def test_those_of_the_last_plan_are_asked_for_only_where_a_name_is_in_no_file(tmp_path: Path) -> None:
    def asked() -> Iterable[Former]:
        raise AssertionError

    (tmp_path / "csweek.yaml").write_text(WORKSPACE, encoding="utf-8")
    (tmp_path / "people.csv").write_text("id,name,manager\nliv,Liv Lind,\nbo,Bo,liv\n", encoding="utf-8")
    assert not read(tmp_path, known=asked).problems
