"""Calendars as libical, ical.js, node-ical and icalendar read them."""

import subprocess
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from icalendar import Calendar as Parsed

from programs.needed import missing, node_module, program
from programs.seen import Calendar, Reader, by_uid, from_lines

HERE = Path(__file__).parent


def libical(folder: Path) -> Reader:
    """Compile the reader against libical; it also asks libical which rules of the standard are broken."""
    found = subprocess.run(
        [program("pkg-config"), "--cflags", "--libs", "libical"], capture_output=True, text=True, check=False
    )
    if found.returncode != 0:
        missing("pkg-config knows no libical: apt-get install libical-dev")
    reader = folder / "libical"
    source = HERE / "libical.c"
    flags = ["-std=c11", "-Wall", "-Wextra", "-Werror"]
    subprocess.run([program("cc"), *flags, "-o", reader, source, *found.stdout.split()], check=True)
    return _printing(str(reader))


def ical_js() -> Reader:
    """Read with ical.js."""
    node_module("ical.js")
    return _printing(program("node"), str(HERE / "ical_js.cjs"))


def node_ical() -> Reader:
    """Read with node-ical."""
    node_module("node-ical")
    return _printing(program("node"), str(HERE / "node_ical.cjs"))


def icalendar(*paths: Path) -> Sequence[Calendar]:
    """Read with icalendar."""
    return [_icalendar(path) for path in paths]


def _printing(*command: str) -> Reader:
    def read(*paths: Path) -> Sequence[Calendar]:
        ran = subprocess.run([*command, *map(str, paths)], capture_output=True, check=False)
        assert (ran.returncode, ran.stderr) == (0, b"")
        return from_lines(ran.stdout.decode())

    return read


def _icalendar(path: Path) -> Calendar:
    calendar = Parsed.from_ical(path.read_bytes())
    assert calendar.errors == []
    return by_uid([
        [
            event["UID"], _moment(event.start), _moment(event.end), str(event["SUMMARY"]),
            str(event.get("DESCRIPTION", "")), event["SEQUENCE"], str(event["STATUS"]),
        ]
        for event in calendar.events
    ])  # fmt: skip


def _moment(at: date) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(at, datetime) else at.isoformat()
