"""The wheel holds everything that a checkout has: themes, templates and the demo."""

import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from csweek.bundled import PACKAGE, Kind, bundled

ROOT = Path(__file__).parent.parent
KINDS: tuple[Kind, ...] = ("themes", "templates", "demo")


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("dist")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(built) as wheel:
        return set(wheel.namelist())


@pytest.mark.parametrize("kind", KINDS)
def test_every_bundled_file_is_in_the_wheel(kind: Kind, names: set[str]) -> None:
    folder = bundled(kind)
    files = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert files
    assert {f"csweek/{kind}/{path.relative_to(folder).as_posix()}" for path in files} <= names


def test_every_module_is_in_the_wheel_and_no_test_is(names: set[str]) -> None:
    modules = {f"csweek/{path.relative_to(PACKAGE).as_posix()}" for path in PACKAGE.rglob("*.py")}
    assert modules <= names
    assert "csweek/py.typed" in names
    assert not [name for name in names if name.startswith("tests/")]
