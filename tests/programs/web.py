"""Servers for one test on this machine alone."""

import base64
import hashlib
import http.client
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

HERE = "127.0.0.1"


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.create_server((HERE, 0)) as server:
        return int(server.getsockname()[1])


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def ask(port: int, method: str, path: str, content: bytes = b"", **headers: str) -> Answer:
    """Send one request to a server of this machine, as a user of it; ``Content_Type`` names a header."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named["Authorization"] = "Basic " + base64.b64encode(b"tester:tester").decode()
    connection = http.client.HTTPConnection(HERE, port, timeout=120)
    try:
        connection.request(method, path, content or None, named)
        answer = connection.getresponse()
        return Answer(answer.status, dict(answer.headers), answer.read())
    finally:
        connection.close()


class Feed(Struct, dict=True):
    """A folder that is published, and what was answered so far: path and status."""

    port: int
    answers: list[tuple[str, int]] = []

    def url(self, path: str) -> str:
        """Return the address of a file in the folder."""
        return f"http://{HERE}:{self.port}/{path}"


@contextmanager
def published(folder: Path) -> Iterator[Feed]:
    """Serve a folder as a web server does that knows ETags, until the block ends."""
    feed = Feed(0)
    server = ThreadingHTTPServer((HERE, 0), partial(_Handler, folder, feed))
    feed.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield feed
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, feed: Feed, *rest: object) -> None:
        self._folder = folder
        self._feed = feed
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = self._folder / self.path.lstrip("/")
        if not path.is_file():
            self._answer(404, b"", "")
            return
        content = path.read_bytes()
        etag = f'"{hashlib.sha256(content).hexdigest()}"'
        known = self.headers.get("If-None-Match") == etag
        self._answer(304 if known else 200, b"" if known else content, etag)

    def log_message(self, *_: object) -> None:
        """Tell nothing: the answers are kept."""

    def _answer(self, status: int, content: bytes, etag: str) -> None:
        self._feed.answers.append((self.path, status))
        self.send_response(status)
        self.send_header("ETag", etag)
        self.send_header("Content-Type", "text/calendar; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
