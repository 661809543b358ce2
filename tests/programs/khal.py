"""khal with calendars of its own, through its command line."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from programs.needed import program
from programs.seen import Calendar, Reader, by_uid

CONFIG = """\
[calendars]
{calendars}
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M:%S
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M:%SZ
longdatetimeformat = %Y-%m-%dT%H:%M:%SZ
[sqlite]
path = {folder}/khal.db
"""
FIELDS = ("uid", "start-long-full", "end-long-full", "title", "description", "status", "all-day")


class Khal:
    """khal with as many empty calendars as are asked for, named by number."""

    def __init__(self, folder: Path, count: int = 1) -> None:
        self._config = folder / "khal.conf"
        self._command = program("khal")
        calendars = "".join(f"[[{number}]]\npath = {folder}/vdir/{number}\n" for number in range(count))
        self._config.write_text(CONFIG.format(calendars=calendars, folder=folder), encoding="utf-8")

    def take(self, path: Path, number: int = 0) -> None:
        """Import a file, without questions."""
        self._run("import", "--batch", "-a", str(number), str(path))

    def shown(self, number: int = 0) -> Calendar:
        """Return what khal lists from December 2026 to 2028."""
        fields = [word for name in FIELDS for word in ("--json", name)]
        days = self._run("list", "--once", "-a", str(number), *fields, "2026-12-01", "2029-01-01")
        return by_uid(
            [
                _row(*(event[name] for name in FIELDS))
                for day in days.splitlines()
                for event in json.loads(day)
            ]
        )

    def _run(self, *arguments: str) -> str:
        command = [self._command, "-c", str(self._config), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def reading(folder: Path) -> Reader:
    """Read by importing each file into a calendar of its own."""
    program("khal")

    def read(*paths: Path) -> Sequence[Calendar]:
        own = Path(tempfile.mkdtemp(dir=folder))
        calendars = Khal(own, len(paths))
        for number, path in enumerate(paths):
            calendars.take(path, number)
        return [calendars.shown(number) for number in range(len(paths))]

    return read


def _row(*fields: str) -> Sequence[str | None]:
    """An all-day event's end is its last day for khal; the sequence is not shown."""
    uid, start, end, title, description, status, all_day = fields
    if all_day == "True":
        start, end = start[:10], (date.fromisoformat(end[:10]) + timedelta(1)).isoformat()
    return (uid, start, end, title, description, None, status)
