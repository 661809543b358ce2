import gc
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cli import FIRST_DAY, Made, call, workspace
from click.testing import Result
from msgspec import Struct

FEWER_ROUNDS = 50_000
"""Objects made between two searches for cycles, as in csweek itself: a tenth less time for all tests."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden", action="store_true", help="write the golden files anew, to be looked at in the diff"
    )


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.set_threshold(FEWER_ROUNDS)


def _wait_for(path: Path) -> None:
    for _ in range(1200):
        if path.exists():
            return
        time.sleep(0.05)
    pytest.fail(f"the other worker could not make {path.parent.name}")


class Shelf(Struct, frozen=True, dict=True):
    """What all workers share: each thing is made by the one that needs it first."""

    root: Path

    def made(self, name: str, make: Callable[[Path], Result]) -> Made:
        home = self.root / name
        folder, said = home / "made", home / "said.json"
        try:
            home.mkdir()
        except FileExistsError:
            _wait_for(said)
        else:
            result = make(folder)
            assert result.exit_code == 0, result.output
            unfinished = home / "unfinished.json"
            unfinished.write_text(json.dumps([result.stdout, result.stderr]), encoding="utf-8")
            unfinished.rename(said)
        return Made(folder, *json.loads(said.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Shelf:
    own = tmp_path_factory.getbasetemp()
    return Shelf(own if worker_id == "master" else own.parent)


@pytest.fixture(scope="session")
def demo(shelf: Shelf) -> Made:
    """The sample organisation, for tests that only read it: it takes 2 seconds."""
    return shelf.made("demo", lambda folder: call("demo", folder, "--today", "2026-11-20"))


@pytest.fixture(scope="session")
def first_plan(shelf: Shelf) -> Made:
    """A small workspace after its first plan; not to be changed."""
    return shelf.made("planned", lambda folder: call("plan", *FIRST_DAY, root=workspace(folder)))


@pytest.fixture(scope="module")
def planned(first_plan: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of it that the tests of one module share; they leave its plan alone."""
    return Path(shutil.copytree(first_plan.folder, tmp_path_factory.mktemp("planned") / "ws"))


@pytest.fixture
def root(planned: Path, tmp_path: Path) -> Path:
    """A copy of that one, to be changed."""
    return Path(shutil.copytree(planned, tmp_path / "ws"))
