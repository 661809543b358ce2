"""vdirsyncer: a calendar that others subscribe to, and one that is a file, kept in a folder."""

import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from programs.libraries import icalendar
from programs.made import Made
from programs.needed import program
from programs.seen import Calendar, Seen
from programs.web import published

pytestmark = pytest.mark.slow

CONFIG = """\
[general]
status_path = "{folder}/status/"

[pair calendar]
a = "theirs"
b = "ours"
collections = null
conflict_resolution = "a wins"
partial_sync = "revert"

[storage ours]
type = "filesystem"
path = "{folder}/ours"
fileext = ".ics"

[storage theirs]
{theirs}
"""


class Sync(NamedTuple):
    """A folder that vdirsyncer keeps like a calendar."""

    config: Path
    folder: Path

    def run(self) -> str:
        """Sync, and return what it says it has done."""
        ran = self._call("sync")
        assert ran.returncode == 0, ran.stderr
        return ran.stderr

    def discover(self) -> None:
        """Say once that both sides are meant."""
        assert self._call("discover").returncode == 0

    def files(self) -> Mapping[str, bytes]:
        """Return the files in the folder."""
        return {path.name: path.read_bytes() for path in self.folder.iterdir()}

    def events(self) -> Iterator[Seen]:
        """Yield the events in the folder."""
        for calendar in icalendar(*self.folder.iterdir()):
            yield from calendar.values()

    def _call(self, word: str) -> subprocess.CompletedProcess[str]:
        command = [program("vdirsyncer"), "-c", str(self.config), word]
        return subprocess.run(command, capture_output=True, text=True, check=False)


def syncing(folder: Path, theirs: str) -> Sync:
    config = folder / "config"
    config.write_text(CONFIG.format(folder=folder, theirs=theirs), encoding="utf-8")
    (folder / "ours").mkdir()
    sync = Sync(config, folder / "ours")
    sync.discover()
    return sync


@pytest.fixture
def shelf(tmp_path: Path, steps: Mapping[str, Made]) -> Callable[[str], Calendar]:
    """Lay the calendar of a step where it is published, and return its events."""
    (tmp_path / "shelf").mkdir()

    def lay(step: str) -> Calendar:
        file = steps[step].file("/support.ics")
        (tmp_path / "shelf" / "team.ics").write_bytes(file.read_bytes())
        return icalendar(file)[0]

    return lay


def test_a_subscription_is_what_was_published(
    steps: Mapping[str, Made], shelf: Callable[[str], Calendar], tmp_path: Path
) -> None:
    with published(tmp_path / "shelf") as feed:
        sync = syncing(tmp_path, f'type = "http"\nurl = "{feed.url("team.ics")}"')
        for step in steps:
            written = shelf(step)
            sync.run()
            assert sorted(sync.events()) == sorted(written.values())


def test_an_unchanged_calendar_changes_nothing(shelf: Callable[[str], Calendar], tmp_path: Path) -> None:
    with published(tmp_path / "shelf") as feed:
        sync = syncing(tmp_path, f'type = "http"\nurl = "{feed.url("team.ics")}"')
        shelf("first")
        sync.run()
        before = sync.files()
        shelf("again")
        assert "Copying" not in sync.run()
        assert sync.files() == before


def test_a_move_changes_one_file_and_a_drop_removes_it(
    shelf: Callable[[str], Calendar], tmp_path: Path
) -> None:
    theirs = f'type = "singlefile"\npath = "{tmp_path / "shelf" / "team.ics"}"\nread_only = true'
    first = shelf("first")
    sync = syncing(tmp_path, theirs)
    sync.run()
    files = {"first": sync.files()}
    assert len(files["first"]) == len(first)
    for step in ("moved", "dropped"):
        shelf(step)
        sync.run()
        files[step] = sync.files()
    assert set(files["moved"]) == set(files["first"])
    assert len(set(files["moved"].items()) - set(files["first"].items())) == 1
    assert len(set(files["moved"]) - set(files["dropped"])) == 1
    assert set(files["dropped"].items()) < set(files["moved"].items())
