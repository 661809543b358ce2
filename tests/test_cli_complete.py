import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli import call, saved
from click.shell_completion import ShellComplete

from csweek.cli.group import csweek


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the saved plan of the tiny organisation."""
    return saved(tmp_path_factory.mktemp("saved"))


def completed(root: Path, *words: str) -> list[str]:
    """Return what is offered for the last of these words."""
    *before, typed = words
    shell = ShellComplete(csweek, {}, "csweek", "_CSWEEK_COMPLETE")
    return [item.value for item in shell.get_completions(["-C", str(root), *before], typed)]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["sh"], ["show"]),
        (["template", "copy", "announcement", "kick"], ["kickoff"]),
        (["template", "copy", "sheet", "a6"], ["a6-1up", "a6-4up"]),
        (["plan", "--dry"], ["--dry-run"]),
        (["show", "pe"], ["person"]),
        (["show", "person", "as"], ["p1"]),
        (["show", "person", "oberg"], ["p1"]),
        (["show", "owner", "leo"], ["l1"]),
        (["cards", "--person", "p"], ["p1", "p2", "p3", "p4"]),
        (["cards", "--team", "n"], ["Natt"]),
        (["announce", "--team", ""], ["Support", "Natt", "Seoul"]),
        (["plan", "--theme", "service-a"], ["service-as-a-power"]),
        (["theme", "show", "ba"], ["base"]),
        (["cards", "--sheet", "a4-4"], ["a4-4up"]),
        (["export", "j"], ["json"]),
        (["export", "ics", "--only", "se"], ["Seoul", "seoul"]),
        (["export", "ics", "--only", "leo"], ["l1"]),
    ],
)
def test_what_is_typed_is_completed(root: Path, words: list[str], offered: list[str]) -> None:
    assert completed(root, *words) == offered


def test_events_near_today_are_offered(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSWEEK_TODAY", "2027-01-20")
    assert completed(root, "show", "event", "e") == ["e4", "e5", "e6", "e7"]
    assert completed(root, "done", "e4", "e") == ["e4", "e5", "e6", "e7"]
    assert completed(root, "move", "e") == ["e4", "e5", "e6", "e7"]
    assert completed(root, "cancel", "--owner", "leo") == ["l1"]


def test_where_nothing_is_planned_nothing_is_offered(tmp_path: Path) -> None:
    assert completed(tmp_path, "show", "person", "a") == []
    assert completed(tmp_path, "show", "event", "e") == []
    (tmp_path / "csweek.yaml").write_text("theme: base\n")
    assert completed(tmp_path, "show", "person", "a") == []
    assert completed(tmp_path, "show", "event", "e") == []


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell", "bash"])
def test_each_shell_has_its_script(shell: str) -> None:
    script = call("completion", shell).stdout
    assert "_CSWEEK_COMPLETE" in script
    assert f"{shell}_complete" in script


def test_the_program_answers_the_shell(root: Path) -> None:
    env = {
        **os.environ,
        "_CSWEEK_COMPLETE": "zsh_complete",
        "COMP_WORDS": "csweek show team ",
        "COMP_CWORD": "3",
    }
    done = subprocess.run(
        [sys.executable, "-m", "csweek"], cwd=root, env=env, capture_output=True, check=True
    )
    assert done.stdout.decode().split() == [
        "plain",
        "Support",
        "stockholm",
        "plain",
        "Natt",
        "stockholm",
        "plain",
        "Seoul",
        "seoul",
    ]


@pytest.mark.slow
def test_bash_completes_with_the_script(root: Path) -> None:
    program = Path(sys.executable).with_name("csweek")
    text = (
        f'PATH="{program.parent}:$PATH"; source <(csweek completion bash); '
        'COMP_WORDS=(csweek show team N); COMP_CWORD=3; _csweek_completion csweek; echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", text], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["Natt"]
