"""Programs from outside: without one a test is skipped with the reason, or fails where they are required."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

REQUIRED = os.environ.get("CSWEEK_PROGRAMS") == "required"
"""Set by .ci/run, which installs them all; CONTRIBUTING.md says how to do it by hand."""


def program(name: str) -> str:
    """Return the path of a program on PATH."""
    return shutil.which(name) or missing(f"{name} is not on PATH")


@cache
def node_module(name: str) -> None:
    """See that node knows a module."""
    if not _does(program("node"), "-e", f"require.resolve({name!r})"):
        missing(f"node knows no module {name}: npm ci --prefix tests/programs")


@cache
def python_beside(name: str, module: str) -> str:
    """Return the Python of the environment in which a program is installed, and with it a module."""
    python = str(Path(program(name)).parent / "python3")
    return python if _does(python, "-c", f"import {module}") else missing(f"{python} knows no {module}")


def missing(what: str) -> NoReturn:
    """Skip the test that needs this, or fail it."""
    if REQUIRED:
        pytest.fail(f"{what}, and CSWEEK_PROGRAMS=required", pytrace=False)
    pytest.skip(what)


def _does(*command: str) -> bool:
    here = Path(__file__).parent
    return subprocess.run(command, cwd=here, capture_output=True, check=False).returncode == 0
