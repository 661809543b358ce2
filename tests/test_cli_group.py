import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from cli import call, saved, start, workspace
from click.testing import CliRunner

from csweek import __version__
from csweek.cli.group import COMMANDS, Stub, csweek
from csweek.cli.terminal import streams
from csweek.cli.terminal.boundary import guarded
from csweek.errors import InputError, OutputError, Problem, Severity, UsageError
from csweek.model.basics import Place

HEAVY = {"pydantic", "holidays", "jinja2", "babel", "yaml", "icalendar", "rich", "plutoprint"}
PRINT_MODULES = """
import sys, csweek.__main__ as program
sys.argv = ["csweek", *sys.argv[1:]]
try:
    program.main()
finally:
    print(*sys.modules, file=sys.stderr)
"""


def imported(*arguments: str, cwd: Path) -> tuple[str, set[str]]:
    """Return what a command printed and which modules it imported."""
    command = [sys.executable, "-c", PRINT_MODULES, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=True)
    return done.stdout, set(done.stderr.split())


def test_ctrl_c_while_the_program_is_still_being_read_leaves_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("raise KeyboardInterrupt\n", encoding="utf-8")
    done = start("--version", cwd=tmp_path)  # python -m looks for modules in the folder it is called in
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_the_version_is_told_and_not_even_the_model_imported(tmp_path: Path) -> None:
    text, modules = imported("--version", cwd=tmp_path)
    assert text == f"csweek {__version__}\n"
    assert not modules & (HEAVY | {"csweek.model", "sqlite3", "shutil", "json", "hashlib"})


def test_showing_a_saved_year_imports_none_of_what_made_it(tmp_path: Path) -> None:
    text, modules = imported("show", "today", "--today", "2027-01-04", cwd=saved(tmp_path))
    assert "Monday's story" in text
    assert not modules & (HEAVY | {"csweek.plan", "csweek.read", "csweek.render.tables"})


@pytest.mark.parametrize(
    "form", ["ics", *(pytest.param(one, marks=pytest.mark.slow) for one in ("csv", "json"))]
)
def test_exporting_a_saved_year_brings_no_planner_and_no_templates(tmp_path: Path, form: str) -> None:
    _, modules = imported("export", form, "--out", "made", "--today", "2027-01-04", cwd=saved(tmp_path))
    assert "csweek.store" in modules
    assert not modules & {"csweek.plan.build", "csweek.plan.when", "jinja2"}


def commands() -> list[list[str]]:
    found = []
    for name, stub in csweek.commands.items():
        assert isinstance(stub, Stub)
        command = stub.load()
        inner = list(command.commands) if isinstance(command, click.Group) else []
        found += [[name, one] for one in inner] or [[name]]
    return found


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_page_of_help_ends_with_an_example(words: list[str]) -> None:
    text = " ".join(call(*words, "--help").stdout.split())
    assert f"Example: csweek {' '.join(words)}" in text


@pytest.mark.parametrize("words", [[], ["theme"], ["template"], ["export"]], ids=" ".join)
def test_no_list_of_commands_is_cut_short_or_broken(words: list[str]) -> None:
    text = call(*words, "--help").stdout.partition("Commands:\n")[2].partition("\n\n")[0]
    assert text
    assert not [line for line in text.splitlines() if line.endswith("...") or not re.match(r"  \w", line)]


def test_the_list_of_commands_says_what_each_does() -> None:
    text = call("--help").stdout
    assert [line.split()[0] for line in text.partition("Commands:")[2].splitlines() if line] == list(COMMANDS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["shwo"], "show"),
        (["plan", "--dryrun"], "--dry-run"),
        (["show", "weak"], "week"),
        (["export", "cvs"], "csv"),
        (["theme", "lst"], "list"),
    ],
)
def test_what_is_misspelt_exits_with_2_and_says_what_was_meant(typed: list[str], meant: str) -> None:
    result = call(*typed)
    assert result.exit_code == 2
    assert meant in result.stderr
    assert not result.stdout


def test_a_folder_without_a_workspace_is_named_with_what_makes_one(tmp_path: Path) -> None:
    result = call("show", root=tmp_path)
    assert result.exit_code == 2
    assert f"there is no csweek.yaml in {tmp_path}" in result.stderr
    assert f"init {tmp_path} makes one" in result.stderr


# --- the boundary --------------------------------------------------------------------------------


def ended(
    error: BaseException | None, *, json_: bool = False, strict: bool = False, warned: bool = False
) -> tuple[int, str, str]:
    """Run a command that ends so; return its exit code and both streams."""

    @click.command()
    @click.pass_context
    def command(ctx: click.Context) -> None:
        def body(ctx: click.Context) -> None:
            ctx.obj.json, ctx.obj.strict, ctx.obj.warned = json_, strict, warned
            if error:
                raise error

        guarded(ctx, body)

    result = CliRunner().invoke(command, catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


PROBLEMS = (
    Problem(Place("a.csv", 2, 5), "no such practice", "did you mean 'wow'?"),
    Problem(None, "all is odd", severity=Severity.WARNING),
)


def test_every_problem_is_told_at_once_on_standard_error() -> None:
    code, out, err = ended(InputError(PROBLEMS))
    assert (code, out) == (1, "")
    problems, _, end = err.removesuffix("\n").rpartition("\n")
    assert problems == "a.csv:2:5: error: no such practice\n  hint: did you mean 'wow'?\nwarning: all is odd"
    assert end == "1 error, 1 warning: nothing was done."


def test_problems_as_json() -> None:
    code, out, err = ended(InputError(PROBLEMS), json_=True)
    assert (code, out) == (1, "")
    assert json.loads(err) == [
        {
            "file": "a.csv", "line": 2, "column": 5, "severity": "error",
            "message": "no such practice", "hint": "did you mean 'wow'?",
        },
        {
            "file": None, "line": None, "column": None, "severity": "warning",
            "message": "all is odd", "hint": None,
        },
    ]  # fmt: skip


@pytest.mark.parametrize(("error", "code"), [(UsageError("what?"), 2), (OutputError("full"), 1), (None, 0)])
def test_each_error_has_its_exit_code(error: Exception | None, code: int) -> None:
    assert ended(error)[0] == code


def test_ctrl_c_exits_with_130() -> None:
    assert ended(KeyboardInterrupt())[0] == 130


def test_a_warning_makes_a_strict_command_fail() -> None:
    assert ended(None, strict=True, warned=True)[0] == 1
    assert ended(None, strict=True)[0] == 0
    assert ended(None, warned=True)[0] == 0


def test_a_bug_stays_a_traceback() -> None:
    with pytest.raises(ZeroDivisionError):
        ended(ZeroDivisionError())


def test_a_message_cannot_steer_the_terminal() -> None:
    assert "\x1b[2J" not in ended(InputError([Problem(Place("\x1b[2J.csv"), "bad \x1b[2J", "\x1b[2J")]))[2]


# --- as a user starts it -------------------------------------------------------------------------


def test_the_streams_of_a_console_with_an_old_encoding(tmp_path: Path) -> None:
    saved(tmp_path)
    done = start("show", "week", "1", cwd=tmp_path, env={"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"})
    assert done.returncode == 0
    assert not done.stderr
    assert "Monday's story" in done.stdout.decode("cp1252")


@pytest.mark.slow
def test_the_year_in_ascii_keeps_its_columns(tmp_path: Path) -> None:
    saved(tmp_path)
    ascii_ = start("show", cwd=tmp_path, env={"PYTHONIOENCODING": "ascii"}).stdout.decode()
    whole = start("show", cwd=tmp_path, env={"PYTHONIOENCODING": "utf-8"}).stdout.decode()
    assert "#" in ascii_
    assert "█" in whole
    assert [len(line) for line in ascii_.splitlines()] == [len(line) for line in whole.splitlines()]


@pytest.mark.slow
def test_without_a_language_nothing_breaks(tmp_path: Path) -> None:
    saved(tmp_path)
    done = start("show", "person", "p3", cwd=tmp_path, env={"LANG": "C", "LC_ALL": "C"})
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.slow
def test_colour_is_for_terminals_unless_it_is_forced(tmp_path: Path) -> None:
    saved(tmp_path)
    assert b"\x1b[" not in start("show", cwd=tmp_path).stdout
    assert b"\x1b[" in start("show", cwd=tmp_path, env={"FORCE_COLOR": "1"}).stdout
    assert b"\x1b[" not in start("show", cwd=tmp_path, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout


def test_a_reader_that_goes_away_is_no_error_worth_a_word(tmp_path: Path) -> None:
    saved(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-m", "csweek", "show", "next", "--today", "2027-01-01"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("words", [["show"], ["export", "json"], ["theme", "schema"]])
def test_a_result_that_its_file_cannot_take_is_told(tmp_path: Path, words: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "csweek", *words]
        done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert b"error: the result cannot be written whole: No space left" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"ignored" not in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix closes streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_stream_is_written_to_in_vain(tmp_path: Path, closed: str) -> None:
    command = f"{sys.executable} -m csweek show {closed}"
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, check=False)  # noqa: S602 - ours
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder that a program is in")
@pytest.mark.parametrize("words", [["show"], ["plan"], ["check"], ["init", "--yes"], ["theme", "list"]])
def test_a_folder_that_was_removed_meanwhile_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    result = call(*words)
    assert result.exit_code == 2
    assert "the folder that you are in was removed" in result.stderr


def test_a_workspace_is_found_from_a_folder_below(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws")
    below = root / "a" / "b"
    below.mkdir(parents=True)
    assert call("check", root=below).exit_code == 0


def test_what_is_told_on_a_terminal_breaks_between_words_and_never_what_is_typed() -> None:
    line = "\x1b[1ma.csv:2:5: \x1b[0m\x1b[31merror:\x1b[0m " + "Karin Eriksson, " * 8 + "and more"
    told = streams.folded(line, 60)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", told).split("\n")
    assert all(len(one) <= 60 for one in lines)
    assert " ".join(" ".join(lines).split()) == " ".join(re.sub(r"\x1b\[[0-9;]*m", "", line).split())
    assert {one[:2] for one in lines[1:]} == {"  "}
    typed = f"    {'x' * 50}: {{country: SE, timezone: Europe/Stockholm}}"
    assert streams.folded(typed, 60) == typed
    assert streams.folded("short", 60) == "short"
    assert streams.folded("  hint: " + "x" * 80, 60).split("\n")[-1].strip() == "x" * 80
