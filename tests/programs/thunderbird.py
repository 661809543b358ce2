"""Thunderbird without a window, in a profile of its own, asked through Marionette.

The protocol: https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from programs.needed import program
from programs.seen import Calendar, Reader, by_uid
from programs.web import HERE, free_port

PREFERENCES = {
    "app.update.enabled": False,
    "calendar.timezone.local": "Europe/Berlin",
    "calendar.timezone.useSystemTimezone": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.spotlight.firstRunDone": True,
    "network.proxy.type": 1,
    "network.proxy.http": HERE,
    "network.proxy.http_port": 9,
    "network.proxy.ssl": HERE,
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": HERE,
}
"""Among them: a proxy that is not there, so that nothing but this machine can be asked."""

SCRIPT = (Path(__file__).parent / "thunderbird.js").read_text(encoding="utf-8")


class Thunderbird:
    """A Thunderbird that is running; calendars have names of one's choice."""

    def __init__(self, connection: socket.socket) -> None:
        self._file = connection.makefile("rwb")
        self._number = 0
        self._receive()
        self._send("WebDriver:NewSession", {})
        self._send("Marionette:SetContext", {"value": "chrome"})
        self._send("WebDriver:SetTimeouts", {"script": 120_000})

    def take(self, name: str, path: Path) -> str:
        """Import a file: ``taken``, or ``known`` where an event of it was there already."""
        return str(self._do("take", name, str(path)))

    def subscribe(self, name: str, url: str) -> None:
        """Subscribe to an address."""
        self._do("subscribe", name, url)

    def refresh(self, name: str) -> None:
        """Ask the server again."""
        self._do("refresh", name)

    def delete(self, name: str, uids: Sequence[str]) -> None:
        """Delete events from a calendar."""
        self._do("delete", name, *uids)

    def shown(self, name: str) -> Calendar:
        """Return what stands in a calendar."""
        return by_uid(self._do("shown", name))

    def _do(self, *arguments: str) -> Any:  # noqa: ANN401 - what the script gives
        asked = {"script": SCRIPT, "args": arguments, "sandbox": "system", "newSandbox": True}
        answer = self._send("WebDriver:ExecuteAsyncScript", asked)["value"]
        assert "error" not in answer, answer["error"]
        return answer["value"]

    def _send(self, command: str, parameters: object) -> Any:  # noqa: ANN401
        self._number += 1
        message = json.dumps([0, self._number, command, parameters]).encode()
        self._file.write(b"%d:%b" % (len(message), message))
        self._file.flush()
        _, number, error, result = self._receive()
        assert (number, error) == (self._number, None)
        return result

    def _receive(self) -> Any:  # noqa: ANN401
        length = b""
        while (byte := self._file.read(1)) != b":":
            assert byte, "Thunderbird has ended"
            length += byte
        return json.loads(self._file.read(int(length)))


def reading(client: Thunderbird) -> Reader:
    """Read by importing each file into a calendar of its own."""

    def read(*paths: Path) -> Sequence[Calendar]:
        assert [client.take(str(path), path) for path in paths] == ["taken"] * len(paths)
        return [client.shown(str(path)) for path in paths]

    return read


@contextmanager
def started(folder: Path) -> Iterator[Thunderbird]:
    """Start Thunderbird with a new profile, and end it."""
    port = free_port()
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _preferences(port))
    (folder / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [program("thunderbird"), "--headless", "--marionette", "--remote-allow-system-access"]
    process = subprocess.Popen(
        [*command, "--no-remote", "--profile", str(folder)],
        env={**os.environ, "HOME": str(folder)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        with _connected(process, port) as connection:
            yield Thunderbird(connection)
    finally:
        process.terminate()
        process.wait(60)


def _preferences(port: int) -> Iterator[tuple[str, object]]:
    yield from PREFERENCES.items()
    yield "marionette.port", port


def _connected(process: subprocess.Popen[bytes], port: int) -> socket.socket:
    for _ in range(600):
        try:
            return socket.create_connection((HERE, port), timeout=180)
        except ConnectionRefusedError:
            assert process.poll() is None, "Thunderbird has ended"
            time.sleep(0.1)
    raise AssertionError("Thunderbird does not answer")
