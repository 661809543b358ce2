"""A Radicale server of one's own, and what it answers through the caldav package."""

import hashlib
import json
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from programs.needed import program, python_beside
from programs.seen import Calendar, Reader, by_uid
from programs.web import HERE, Answer, ask, free_port

CONFIG = """\
[server]
hosts = {here}:{port}
[auth]
type = none
[storage]
filesystem_folder = {folder}/collections
[logging]
level = warning
"""
CLIENT = Path(__file__).parent / "caldav_client.py"


class Reported(NamedTuple):
    """What a REPORT shows of a calendar."""

    events: Calendar
    etags: Mapping[str, str]


class Radicale:
    """A server that is running."""

    def __init__(self, port: int) -> None:
        self.port = port

    def put(self, name: str, path: Path) -> Answer:
        """Put a whole calendar in place of what was there."""
        return ask(self.port, "PUT", _place(name), path.read_bytes(), Content_Type="text/calendar")

    def get(self, name: str) -> Answer:
        """Get a whole calendar; Radicale sends an ETag but does not look at If-None-Match."""
        return ask(self.port, "GET", _place(name))

    def report(self, *names: str) -> Sequence[Reported]:
        """Ask for the events of calendars through the caldav package."""
        urls = [f"http://{HERE}:{self.port}{_place(name)}" for name in names]
        command = [python_beside("radicale", "caldav"), str(CLIENT), *urls]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
        lines = map(json.loads, ran.stdout.splitlines())
        return [Reported(by_uid(line["events"]), line["etags"]) for line in lines]


def _place(name: str) -> str:
    return f"/tester/{name}/"


def reading(server: Radicale) -> Reader:
    """Read by putting each file on the server, and asking for all events."""

    def read(*paths: Path) -> Sequence[Calendar]:
        names = [hashlib.sha256(str(path).encode()).hexdigest() for path in paths]
        for name, path in zip(names, paths, strict=True):
            assert server.put(name, path).status == HTTPStatus.CREATED
        return [found.events for found in server.report(*names)]

    return read


@contextmanager
def serving(folder: Path) -> Iterator[Radicale]:
    """Start a server on an empty folder, and end it."""
    port = free_port()
    config = folder / "radicale.conf"
    config.write_text(CONFIG.format(here=HERE, port=port, folder=folder), encoding="utf-8")
    command = [program("radicale"), "--config", str(config)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(process, port)
        yield Radicale(port)
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(300):
        try:
            ask(port, "GET", "/")
        except ConnectionRefusedError:
            assert process.poll() is None, "the server has ended"
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server does not answer")
