import gc
import time
from pathlib import Path

import pytest
from cli import Demo, call

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
    pytest.fail("the other worker could not make the demo")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Demo:
    """Made once for all workers, for tests that only read it: it takes 2 seconds."""
    own = tmp_path_factory.getbasetemp()
    home = (own if worker_id == "master" else own.parent) / "demo"
    folder, said = home / "csweek-demo", home / "said.txt"
    try:
        home.mkdir()
    except FileExistsError:
        _wait_for(said)
    else:
        unfinished = home / "unfinished.txt"
        unfinished.write_text(call("demo", folder, "--today", "2026-11-20").stdout, encoding="utf-8")
        unfinished.rename(said)
    return Demo(folder, said.read_text(encoding="utf-8"))
