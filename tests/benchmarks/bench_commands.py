"""How long whole commands take, beside a bare click program, on a year of so many people.

Run: python tests/benchmarks/bench_commands.py [people]
Prints medians of five runs and the ratios to a bare click program measured in turn with them.
"""

import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 5
PEOPLE = 1000
PER_TEAM, PER_LEADER = 12, 100
TODAY = "2026-11-21"
BARE = """
import click

@click.group()
@click.version_option("1")
def main():
    pass

main()
"""
SETTINGS = """
organisation: Sample
calendar_id: 3d0c7a4e-5a53-4b5e-9a35-9b0a3f1c2d4e
theme: service-as-a-power
year: 2027
people: people.csv
sites:
  stockholm: {country: SE, timezone: Europe/Stockholm, locale: sv}
  toronto: {country: CA, subdivision: ON, timezone: America/Toronto}
"""
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Compiled modules are kept, as they are on a user's machine."""
Run = tuple[float, int]
"""Seconds of wall time, and peak memory in KiB."""


def workspace(folder: Path, people: int) -> Path:
    """Write a workspace of so many people: teams of twelve, a leader a hundred, an organiser a thousand."""
    folder.mkdir()
    (folder / "csweek.yaml").write_text(SETTINGS, encoding="utf-8")
    leaders = max(1, people // PER_LEADER)
    teams = max(1, people // PER_TEAM)
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "name", "team", "manager", "role", "site", "start_date", "thanks", "leave"])
        for n in range(leaders):
            rows.writerow([f"l{n}", f"Leader {n}", "", "", "leader", "stockholm", "2015-03-02", "public", ""])
        for n in range(max(1, people // 1000)):
            rows.writerow([f"o{n}", f"Organiser {n}", "", "l0", "organiser", "stockholm", "", "public", ""])
        for n in range(people):
            team = n % teams
            manager = f"l{team % leaders}" if n < teams else f"p{team}"
            leave = f"2027-{n % 12 + 1:02}-04..2027-{n % 12 + 1:02}-24" if n % 3 == 0 else ""
            site = "toronto" if team % 3 == 0 else "stockholm"
            rows.writerow(
                [
                    f"p{n}",
                    f"Person {n}",
                    f"Team {team}",
                    manager,
                    "staff",
                    site,
                    f"20{n % 20 + 5:02}-{n // 7 % 12 + 1:02}-{n % 28 + 1:02}",
                    "public",
                    leave,
                ]
            )
    return folder


def run(*command: str) -> Run:
    """One run of a command as a process of its own, its output thrown away."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return time.perf_counter() - begun, usage.ru_maxrss


def median(runs: list[Run]) -> float:
    """The median of their wall times."""
    return statistics.median(seconds for seconds, _ in runs)


def side_by_side(bare: list[str], *commands: list[str]) -> list[float]:
    """The medians of a bare program and of commands, run in turn."""
    rounds = [[run(*command) for command in (bare, *commands)] for _ in range(RUNS + 1)][1:]
    return [median(list(column)) for column in zip(*rounds, strict=True)]


def main() -> None:
    """Print the table."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    csweek = str(Path(sys.executable).with_name("csweek"))
    with tempfile.TemporaryDirectory() as folder:
        home = workspace(Path(folder, "workspace"), people)
        bare = Path(folder, "bare.py")
        bare.write_text(BARE, encoding="utf-8")
        here = [csweek, "-C", str(home)]
        plan = [*here, "plan", "--yes", "--today", TODAY]
        first = [_first(home, plan) for _ in range(RUNS)]
        again = [run(*plan) for _ in range(RUNS)]
        program = [sys.executable, str(bare), "--version"]
        version, today = [csweek, "--version"], [*here, "show", "today", "--today", "2027-02-03"]
        alone, versions, todays = side_by_side(program, version, today)
    print(f"plan, {people} people:          {median(first):.2f} s, {max(m for _, m in first) / 1024:.0f} MiB")
    print(f"plan again, {people} people:    {median(again):.2f} s, {max(m for _, m in again) / 1024:.0f} MiB")
    print(f"a bare click program:       {alone:.3f} s")
    print(f"csweek --version:           {versions:.3f} s, {versions / alone:.2f} times")
    print(f"csweek show today:          {todays:.3f} s, {todays / alone:.2f} times")


def _first(home: Path, plan: list[str]) -> Run:
    """One run of a workspace's first plan: what it remembers is taken away before."""
    state = home / ".csweek"
    for path in state.iterdir() if state.is_dir() else ():
        path.unlink()
    return run(*plan)


if __name__ == "__main__":
    main()
