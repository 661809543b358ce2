"""Imports point down only; this is the list of who may know whom."""

import ast
from collections.abc import Sequence
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "csweek"
BASE = {"model", "errors", "names", "bundled", "folder", "zones", "countries", "address", "once", "rows"}
MAY = {
    "model": set[str](),
    "errors": {"model"},
    "names": {"model"},
    "bundled": set[str](),
    "folder": {"bundled"},
    "zones": set[str](),
    "countries": {"names"},
    "address": set[str](),
    "once": set[str](),
    "rows": {"model", "once", "zones"},
    "icscheck": {"model", "errors", "names", "once", "zones"},
    "read": BASE | {"icscheck"},
    "plan": BASE,
    "store": BASE,
    "render": BASE | {"icscheck"},
    "output": BASE,
    "send": BASE,
    "cli": BASE | {"icscheck", "read", "plan", "store", "render", "output", "send"},
    "__init__": set[str](),
    "__main__": {"cli"},
}
IN_PLAN = [
    {"when"}, {"owed"}, {"told"}, {"placing"}, {"again"}, {"level"}, {"reach"}, {"lessons"},
    {"rota", "search"}, {"earlier", "ideas"}, {"record"}, {"turning"}, {"steps"}, {"deal"},
    {"measure"}, {"full"}, {"ownerless", "repeats", "uneven", "waiting"}, {"build"}, {"hidden"}, {"by_hand"},
]  # fmt: skip
"""The folders and modules of the planner: each knows only those before it."""
FILES = sorted(PACKAGE.rglob("*.py"))
PLANNER = {
    path: path.relative_to(PACKAGE / "plan").parts[0].removesuffix(".py")
    for path in FILES
    if path.is_relative_to(PACKAGE / "plan")
}


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imports(path: Path) -> Sequence[ast.Import | ast.ImportFrom]:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]


def imported(path: Path) -> set[str]:
    """The parts of csweek that a file imports, its own left out."""
    found = set[str]()
    for node in imports(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        else:
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.split(".")[1] for name in found if name.startswith("csweek.")} - {part(path), "__version__"}


def in_plan(path: Path) -> set[str]:
    """The parts of the planner that a file imports."""
    found = set[str]()
    for node in imports(path):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("csweek.plan"):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {name.split(".")[2] for name in names}
    return found


@pytest.mark.parametrize("name", MAY)
def test_imports_point_down(name: str) -> None:
    mine = (path for path in FILES if part(path) == name)
    assert {str(path): more for path in mine if (more := imported(path) - MAY[name])} == {}


@pytest.mark.parametrize(
    ("place", "parts"), list(enumerate(IN_PLAN)), ids=["-".join(sorted(parts)) for parts in IN_PLAN]
)
def test_the_planner_is_built_upwards(place: int, parts: set[str]) -> None:
    below = set[str]().union(*IN_PLAN[:place])
    mine = ((path, own) for path, own in PLANNER.items() if own in parts)
    assert {str(path): more for path, own in mine if (more := in_plan(path) - below - {own})} == {}


def test_every_part_of_the_planner_is_in_the_list() -> None:
    assert {*PLANNER.values()} - {"__init__"} == set[str]().union(*IN_PLAN)


def test_every_part_is_in_the_list() -> None:
    assert {part(path) for path in FILES} == set(MAY)


def test_no_files_import_each_other_in_a_circle() -> None:
    files = {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
        for path in FILES
    }
    graph: dict[str, set[str]] = {}
    for name, path in files.items():
        named = [
            (one.module or "", alias.name)
            for one in imports(path)
            if isinstance(one, ast.ImportFrom)
            for alias in one.names
        ]
        modules = (f"{module}.{what}" if f"{module}.{what}" in files else module for module, what in named)
        graph[name] = files.keys() & modules
    assert len(tuple(TopologicalSorter(graph).static_order())) == len(FILES)


def test_no_python_lies_in_the_bundled_folders() -> None:
    assert not [p for folder in ("themes", "templates") for p in (PACKAGE.parent / folder).rglob("*.py")]


def test_the_core_does_not_know_click() -> None:
    knowing = {part(p) for p in FILES if "import click" in p.read_text(encoding="utf-8")}
    assert knowing <= {"cli"}
