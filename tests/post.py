"""A mail server and a web server on this machine, real ones, that misbehave where a test asks for it."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from msgspec import Struct

PASSWORD = "not a secret: these tests alone"  # noqa: S105 - a server of the tests


class Mailbox(Struct, dict=True):
    """What arrived, and how to answer to each address: a reply, ``drop``, ``stall`` or ``hang``."""

    manners: dict[str, list[str]] = {}
    """The answers to RCPT by address, used up one after the other."""
    endings: dict[str, list[str]] = {}
    """The answers to the end of DATA."""
    arrived: list[Envelope] = []
    connections: int = 0

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = await self._answer(server, self.manners.get(address, []))
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.arrived.append(envelope)
        return await self._answer(server, self.endings.get(envelope.rcpt_tos[0], []))

    async def _answer(self, server: SMTP, answers: list[str]) -> str:
        answer = answers.pop(0) if answers else "250 OK"
        if answer == "drop":
            transport: Any = server.transport
            transport.abort()
        if answer in {"stall", "hang"}:
            await asyncio.sleep(0.8 if answer == "stall" else 60)
        return answer

    @property
    def readers(self) -> list[str]:
        return [envelope.rcpt_tos[0] for envelope in self.arrived]


def login(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: LoginPassword
) -> AuthResult:
    return AuthResult(success=data.password == PASSWORD.encode(), handled=False)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def mail_server(
    box: Mailbox, patch: pytest.MonkeyPatch, tmp: str, security: str = "starttls"
) -> Iterator[int]:
    """Serve mail on a port of this machine, with TLS and login unless ``security`` is none."""
    import ssl  # noqa: PLC0415 - beside its one use

    authority = trustme.CA()
    authority.cert_pem.write_to_path(f"{tmp}/ca.pem")
    patch.setenv("SSL_CERT_FILE", f"{tmp}/ca.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    more: dict[str, Any] = {"authenticator": login, "auth_required": True, "enable_SMTPUTF8": True}
    if security == "starttls":
        more |= {"tls_context": context, "require_starttls": True}
    elif security == "tls":
        more |= {"ssl_context": context, "auth_require_tls": False}
    else:
        more = {}
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), **more)
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()


class Hook(Struct, dict=True):
    """What was posted, and what to answer: status and headers one after the other, 0 for hanging up."""

    answers: list[tuple[int, dict[str, str]]] = []
    posted: list[bytes] = []


@contextmanager
def web_server(hook: Hook) -> Iterator[str]:
    """Serve a webhook; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.posted.append(body)
            status, headers = hook.answers.pop(0) if hook.answers else (200, {})
            if not status:
                self.connection.close()
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"no_service" if status >= 400 else b"ok")

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
