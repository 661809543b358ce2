"""Printing many cards, killed on the way."""

import csv
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from cli import ONE, start, workspace

PROCESSES = Path("/proc")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PROCESSES.is_dir(), reason="which processes there are is told by /proc"),
]

CARDS = ("cards", "--data", "rows.csv", "--card", "thank-you", "--today", "2027-01-04")
MANY = 6000


def rows(root: Path, count: int) -> None:
    with (root / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("called", "from"), *((f"Å {n}", "Bo") for n in range(count))])


def children(process: int) -> list[int]:
    """The processes that one has started and that still run."""
    found = []
    for one in PROCESSES.iterdir():
        try:
            said = (one / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if said[1] == str(process) and said[0] != "Z":
            found.append(int(one.name))
    return found


def wait_for(what: Callable[[], object]) -> None:
    for _ in range(1200):
        if what():
            return
        time.sleep(0.05)
    pytest.fail("it took more than a minute")


def running(process: int) -> bool:
    try:
        return (PROCESSES / str(process) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[
            0
        ] != "Z"
    except OSError:
        return False


def test_a_kill_leaves_what_was_there_before_no_half_file_and_no_process(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws", ONE)
    rows(root, 5)
    assert start(*CARDS, cwd=root).returncode == 0
    before = {path: path.read_bytes() for path in (root / "out").rglob("*") if path.is_file()}
    assert len(before) == 2

    rows(root, MANY)
    process = subprocess.Popen([sys.executable, "-m", "csweek", *CARDS], cwd=root, stderr=subprocess.DEVNULL)
    wait_for(lambda: len(children(process.pid)) > 1)
    time.sleep(2)
    helpers = children(process.pid)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert {path: path.read_bytes() for path in (root / "out").rglob("*") if path.is_file()} == before
    wait_for(lambda: not any(map(running, helpers)))

    assert start(*CARDS, cwd=root).returncode == 0
    (cards,) = (path for path in before if "-cover" not in path.name)
    with pikepdf.open(cards) as made:
        assert len(made.pages) == MANY / 4
    assert not list((root / "out").rglob("*.tmp"))
