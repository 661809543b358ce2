import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from cli import Made, call, start

from csweek.cli.terminal.called import again, called
from csweek.icscheck import check


def files(folder: Path, pattern: str = "*") -> list[Path]:
    return [path for path in folder.rglob(pattern) if path.is_file()]


def test_everything_lies_there_and_holds(demo: Made) -> None:
    out = demo.folder / "out"
    calendars = files(out, "*.ics")
    assert out / "share" / "everyone.ics" in calendars
    assert len(calendars) > 20
    for path in calendars:
        assert not [problem for problem in check(path.read_bytes(), path.name) if problem.is_error]
    assert files(out / "private", "cards-2027-W*")
    assert files(out / "private", "plan-2027-*.csv")
    assert files(out / "private", "plan-2027-*.json")
    assert {path.suffix for path in files(out / "share" / "announcements")} == {
        ".txt",
        ".md",
        ".html",
        ".eml",
        ".json",
    }


def test_the_year_is_the_next_once_csw_is_over(demo: Made) -> None:
    text = (demo.folder / "csweek.yaml").read_text(encoding="utf-8")
    assert re.search(r"^year: 2027$", text, re.MULTILINE)
    for name in ("csweek.yaml", "people.csv", "stories.csv"):
        assert "{{" not in (demo.folder / name).read_text(encoding="utf-8")


def test_it_ends_with_commands_that_can_be_typed(demo: Made) -> None:
    folder, text, _ = demo
    typed = re.findall(rf"-C {re.escape(str(folder))} (.+?)(?:  |\n)", text)
    assert len(typed) == 4
    for command in typed[:2]:
        assert call(*command.split(), "--today", "2026-11-20", root=folder).exit_code == 0
    for path in re.findall(r"^ +(\S+cards-\S+)", text, re.MULTILINE):
        assert Path(path).is_file()
    assert text.count("their cover page: paper, cuts, who gets which") == text.count("-cover.pdf")
    told = re.findall(r"cards-\S+[0-9a-z]\.pdf\n? +(?=\S)(?!their cover)(.+)", text)
    assert len(set(told)) == text.count("-cover.pdf") >= 3
    assert len([meaning for meaning in told if "paper" in meaning]) == 2


@pytest.mark.slow
def test_its_heading_stands_before_what_is_told_while_it_prints(tmp_path: Path) -> None:
    said = call("demo", tmp_path / "demo", "--today", "2026-11-20").output
    assert said.index("a sample organisation") < said.index("to print and sign") < said.index("csweek.yaml")


@pytest.mark.slow
def test_run_again_it_refreshes(demo: Made, tmp_path: Path) -> None:
    folder = shutil.copytree(demo.folder, tmp_path / "demo")
    before = {path: path.read_bytes() for path in files(folder / "out", "*.ics")}
    (folder / "people.csv").write_text("broken", encoding="utf-8")
    assert call("demo", folder, "--today", "2026-11-20").exit_code == 0
    assert {path: path.read_bytes() for path in files(folder / "out", "*.ics")} == before


def test_a_folder_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = call("demo", tmp_path)
    assert result.exit_code == 1
    assert "is no csweek demo" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    (tmp_path / "csweek.yaml").write_text("theme: base\n")
    assert call("demo", tmp_path).exit_code == 1


@pytest.mark.slow
def test_as_a_user_starts_it(tmp_path: Path) -> None:
    done = start("demo", cwd=tmp_path, env={"CSWEEK_TODAY": "2026-11-20"})
    assert done.returncode == 0
    assert "python -m csweek -C csweek-demo show" in done.stdout.decode()


def test_how_the_program_was_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bin" / "csweek"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert called(".venv/bin/csweek") == ".venv/bin/csweek"
    assert called(str(tmp_path / "bin" / "csweek"), tmp_path) == "bin/csweek"
    assert called("/somewhere/csweek/__main__.py") == "python -m csweek"
    assert called("/a folder/csweek", tmp_path) == "'/a folder/csweek'"
    monkeypatch.setenv("PATH", str(program.parent))
    assert called(str(program)) == "csweek"
    assert again(Path("a b")).endswith(" -C 'a b'")


def test_the_good_week_lies_ahead(demo: Made) -> None:
    found = re.search(r"cards-(\d+)-W(\d+)-", demo.stdout)
    assert found
    monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
    assert date(2027, 1, 4) <= monday < date(2027, 3, 1)


@pytest.mark.slow
def test_who_closes_the_pipe_early_has_everything_made_all_the_same(tmp_path: Path) -> None:
    out, into = os.pipe()
    os.close(out)
    with os.fdopen(into, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "csweek", "demo", "made", "--today", "2026-11-20"],
            cwd=tmp_path, stdout=closed, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert "Traceback" not in done.stderr.decode()
    assert (tmp_path / "made/out/share/everyone.ics").is_file()
    assert files(tmp_path / "made/out/private", "plan-2027-*.json")
