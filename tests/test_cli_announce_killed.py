"""A year's announcements, killed on the way."""

import csv
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli import ONE, start, workspace
from test_cli_cards_killed import PROCESSES, children, running, wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PROCESSES.is_dir(), reason="which processes there are is told by /proc"),
]

YEAR = ("announce", "--all-year", "--all-teams", "--channel", "html", "--channel", "slack")
TEAMS = 35


def people(root: Path) -> None:
    """So many teams of one person."""
    with (root / "people.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [("id", "name", "team"), *((f"p{n}", f"Å {n}", f"Team {n}") for n in range(TEAMS))]
        csv.writer(file).writerows(rows)


def test_a_kill_leaves_no_half_file_and_no_process(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws", ONE)
    people(root)
    assert start("plan", "--yes", "--today", "2026-12-01", cwd=root).returncode == 0
    words = [sys.executable, "-m", "csweek", *YEAR, "--out", "out"]
    process = subprocess.Popen(words, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: len(list((root / "out").rglob("*.tmp"))) > 200)
    helpers = children(process.pid)
    assert len(helpers) > 1
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert not [path for path in (root / "out").rglob("*") if path.is_file() and path.suffix != ".tmp"]
    wait_for(lambda: not any(map(running, helpers)))
    time.sleep(0.1)
    assert start(*YEAR, "--out", "again", cwd=root).returncode == 0
    assert len(list((root / "again").rglob("*.html"))) == TEAMS * 62
