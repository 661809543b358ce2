"""An export of many files that is killed on the way, and the one after it."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from cli import call, start, workspace

from csweek.icscheck import check

pytestmark = pytest.mark.slow

COUNT = 20_000
EXPORT = ("export", "ics", "--for", "people", "--today", "2027-01-04")
THEME = {
    "name": "Many",
    "motto": "Many",
    "actions": {
        "card": {
            "practice": "wow", "title": "A card", "how": "Write it.", "on": "2027-03-09", "channel": "card",
            "visibility": "team",
        },
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A planned year with as many calendars of persons."""
    rows = (f"p{n},Person {n},Team {n % 100},boss" for n in range(COUNT - 1))
    people = "\n".join(("id,name,team,manager", *rows, "boss,The Boss,,", ""))
    root = workspace(tmp_path_factory.mktemp("many"), people)
    (root / "themes").mkdir()
    (root / "themes" / "many.yaml").write_text(json.dumps(THEME), encoding="utf-8")
    text = "theme: many\nyear: 2027\npeople: people.csv\nsites: {main: {timezone: Europe/Stockholm}}\n"
    (root / "csweek.yaml").write_text(text, encoding="utf-8")
    assert call("plan", "--yes", "--today", "2027-01-04", root=root).exit_code == 0
    return root


def stamps(folder: Path) -> Mapping[Path, tuple[int, int]]:
    """Return which file lies at each path, and when it was written."""
    found = {path: path.stat() for path in folder.rglob("*.ics")}
    return {path: (status.st_ino, status.st_mtime_ns) for path, status in found.items()}


def kill_at(count: int, root: Path) -> None:
    """Start an export and kill it once so many files are there."""
    shelf = root / "out" / "share" / "people"
    process = subprocess.Popen(
        [sys.executable, "-m", "csweek", *EXPORT],
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(6000):
        if shelf.is_dir() and sum(1 for _ in shelf.iterdir()) >= count:
            break
        assert process.poll() is None
        time.sleep(0.05)
    process.kill()
    assert process.wait() == -signal.SIGKILL


def test_after_a_kill_every_file_is_whole_and_only_the_missing_are_written(root: Path) -> None:
    kill_at(5000, root)
    first = stamps(root / "out")
    assert 5000 <= len(first) < COUNT
    kill_at(12_000, root)
    second = stamps(root / "out")
    assert len(first) < len(second) < COUNT
    assert first.items() <= second.items()

    assert start(*EXPORT, cwd=root).returncode == 0
    whole = stamps(root / "out")
    assert len(whole) == COUNT
    assert second.items() <= whole.items()

    assert b"20000 files are unchanged." in start(*EXPORT, cwd=root).stderr
    assert stamps(root / "out") == whole
    for path in sorted(whole)[::100]:
        assert check(path.read_bytes(), path.name) == ()
