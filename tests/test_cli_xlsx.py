import shutil
from pathlib import Path

import python_calamine
from cli import call, saved

TODAY = ("--today", "2027-02-10")


def made(root: Path) -> Path:
    assert call("export", "xlsx", *TODAY, root=root).exit_code == 0
    (found,) = root.glob("out/private/organisers/plan-2027-*.xlsx")
    return found


def ticked(path: Path, *ids: str) -> Path:
    """Write the list that a person would send back: a CSV of a sheet, with ticks."""
    book = python_calamine.load_workbook(path)
    rows = book.get_sheet_by_name("l1").to_python(skip_empty_area=False)
    lines = [";".join(["x" if row[1] in ids else str(row[0]), *map(str, row[1:])]) for row in rows]
    out = path.with_name("back.csv")
    out.write_text("\n".join(lines), encoding="utf-8")
    return out


def test_ticks_come_back_as_one_revision(tmp_path: Path) -> None:
    root = saved(tmp_path)
    back = ticked(made(root), "e4", "e5")
    result = call("done", "--from", back, *TODAY, root=root)
    assert "2 events marked done" in result.stdout
    assert result.exit_code == 0
    history = call("history", root=root).stdout.splitlines()
    assert len([line for line in history if "done" in line]) == 1
    assert call("done", "--from", back, *TODAY, root=root).stdout == "Nothing changes.\n"


def test_a_tick_that_cannot_be_changes_nothing(tmp_path: Path) -> None:
    root = saved(tmp_path)
    (root / "t.csv").write_text("Id,Done\ne4,x\ne99,x\ne7,perhaps\ne1,yes\n", encoding="utf-8")
    result = call("done", "--from", root / "t.csv", "--today", "2027-01-05", root=root)
    assert result.exit_code == 1
    found = [line.partition("t.csv:")[2] for line in result.stderr.splitlines() if " error: " in line]
    assert found == [
        "2:1: error: e4 is planned for Wed 20 Jan 2027, which is still ahead",
        "3:1: error: there is no event e99 in the plan",
        "4:4: error: 'perhaps' is neither a tick nor none",
    ]
    assert "done" not in call("history", root=root).stdout


def test_many_ticks_that_are_wrong_alike_are_told_once(tmp_path: Path) -> None:
    root = saved(tmp_path)
    strange = [f"e{number},x" for number in range(901, 1001)]
    (root / "t.csv").write_text("\n".join(["Id,Done", "e4,x", *strange]), encoding="utf-8")
    result = call("done", "--from", root / "t.csv", "--today", "2027-01-05", root=root)
    assert result.exit_code == 1
    found = [line.partition("t.csv:")[2] for line in result.stderr.splitlines() if " error: " in line]
    assert found == [
        "2:1: error: e4 is planned for Wed 20 Jan 2027, which is still ahead",
        "3:1: error: 100 ticks from here on are for events that are not in the plan",
    ]


def test_what_was_done_earlier_in_its_week_can_be_ticked(tmp_path: Path) -> None:
    root = saved(tmp_path)
    (root / "t.csv").write_text("Id,Done\ne4,x\n", encoding="utf-8")
    assert call("done", "--from", root / "t.csv", "--today", "2027-01-18", root=root).exit_code == 0


def test_a_workbook_with_ticks_that_nobody_read_is_not_replaced(tmp_path: Path) -> None:
    root = saved(tmp_path)
    path = made(root)
    shutil.copy(ticked(path, "e4"), root / "back.csv")
    assert call("done", "--from", root / "back.csv", *TODAY, root=root).exit_code == 0
    made(root)
    assert call("undo", *TODAY, root=root).exit_code == 0
    before = path.read_bytes()
    result = call("export", "xlsx", *TODAY, root=root)
    assert result.exit_code == 1
    assert "holds 1 tick not read back yet; nothing was changed" in result.stderr
    assert path.read_bytes() == before
    assert call("export", "xlsx", "--out", root / "other", *TODAY, root=root).exit_code == 0


def test_all_ids_that_are_wrong_are_told_at_once(tmp_path: Path) -> None:
    root = saved(tmp_path)
    result = call("done", "e1", "e99", "x", "e77", *TODAY, root=root)
    assert result.exit_code == 2
    assert [line for line in result.stderr.splitlines() if line.startswith("error")] == [
        "error: 'x' is no event",
        "error: there is no event e99 in 2027",
        "error: there is no event e77 in 2027",
    ]


def test_from_goes_alone(tmp_path: Path) -> None:
    root = saved(tmp_path)
    for more in (["e1"], ["--week", "3"], ["--except", "e1"]):
        result = call("done", "--from", root / "t.csv", *more, *TODAY, root=root)
        assert result.exit_code == 2


def test_the_same_export_leaves_the_file_alone(tmp_path: Path) -> None:
    root = saved(tmp_path)
    made(root)
    assert call("export", "xlsx", *TODAY, root=root).stdout.endswith("(unchanged)\n")
