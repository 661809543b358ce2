"""Ways to call csweek in tests: in this process, and as a user does."""

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import samples
from click.testing import CliRunner, Result
from keeping import keep

from csweek.cli.group import csweek
from csweek.model.plan import Directory, Plan
from csweek.store import Store

PEOPLE = """\
id,name,team,manager,role,email,thanks,start_date
anna,Anna Åkesson,Support,bo,,anna@x.example,public,2020-03-02
dan,Dan O'Brien,Support,bo,,dan@x.example,private,2021-05-10
eva,Eva Ek,Natt,bo,,eva@x.example,public,
fia,Fia Ek,Natt,bo,,fia@x.example,never,
bo,Bo Berg,Support,liv,,bo@x.example,public,
liv,Liv Lind,,,leader,liv@x.example,public,
olga,Olga Org,,liv,organiser,olga@x.example,public,
"""
ONE = "name\nBo\n"
WORKSPACE = """\
organisation: Sample Care
theme: service-as-a-power
year: 2027
people: people.csv
sites: {main: {country: SE, timezone: Europe/Stockholm}}
"""
FIRST_DAY = ("--today", "2026-12-01")
"""When the small workspace is planned."""


class Made(NamedTuple):
    """A workspace that a command has made or planned, and what it said."""

    folder: Path
    stdout: str
    stderr: str


def call(*arguments: str | Path, root: Path | None = None, text: str | None = None) -> Result:
    """Run a command in this process; a bug in it fails the test."""
    where = ["-C", str(root)] if root else []
    runner = CliRunner(env={"COLUMNS": "80", "NO_COLOR": "1"})
    return runner.invoke(csweek, [*where, *map(str, arguments)], input=text, catch_exceptions=False)


def start(
    *arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the program as its own process."""
    environment = {
        name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}
    }
    command = [sys.executable, "-m", "csweek", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env={**environment, **(env or {})}, capture_output=True, check=False
    )


def workspace(root: Path, people: str = PEOPLE) -> Path:
    """Make a small workspace of files."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "csweek.yaml").write_text(WORKSPACE, encoding="utf-8")
    (root / "people.csv").write_text(people, encoding="utf-8")
    return root


def saved(root: Path, plan: Plan = samples.PLAN) -> Path:
    """Make a workspace whose store holds a plan of the sample organisation, planned from no file."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "csweek.yaml").write_text("theme: service-as-a-power\n", encoding="utf-8")
    with Store.open(root, create=True) as store:
        directory = Directory.of(samples.INPUTS, date(2027, 1, 4))
        keep(store, plan, directory, {})
    return root
