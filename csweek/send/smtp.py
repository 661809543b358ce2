"""A line to a mail server. Source: RFC 5321; RFC 3207 for STARTTLS; RFC 4954 for the login."""

import smtplib
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from email.headerregistry import Address
from types import TracebackType
from typing import Literal, Self

from msgspec import Struct

from csweek.send.letters import ClosedError, LaterError, Letter, LostError, RefusedError
from csweek.send.mail import addressed

Security = Literal["starttls", "tls", "none"]
READY, BUSY = 354, 421
NO_LOGIN = "many providers have switched SMTP login off: docs/sending.md says what works without"
_BROKEN = (OSError, smtplib.SMTPServerDisconnected)


class Server(Struct, frozen=True):
    """A mail server, how to talk to it, and who sends."""

    host: str
    sender: Address
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    password: str = ""
    timeout: float = 60
    """Seconds to wait for an answer."""

    def __repr__(self) -> str:
        """Leave out the password, which no traceback shall show."""
        return f"Server({self.user or self.sender}, {self.host}:{self.port}, {self.security})"


class Smtp:
    """A line to a mail server; opened when first needed, and again after it broke."""

    def __init__(self, server: Server, at: datetime | None = None) -> None:
        self._server = server
        self._at = at or datetime.now(UTC)
        self._line: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._line is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._line.quit()
            self._hang_up()

    def send(self, letter: Letter) -> None:
        """Deliver a mail. Raises LaterError, RefusedError, LostError or ClosedError."""
        content = addressed(letter, self._server.sender, self._at)
        line = self._connected()
        try:
            self._envelope(line, letter)
            line.send(_transparent(content))
        except _BROKEN as error:
            self._hang_up()
            raise LaterError(f"the mail server hung up: {_said(error)}") from error
        try:
            code, answer = line.getreply()
        except _BROKEN as error:
            self._hang_up()
            raise LostError("the mail server took it but did not answer") from error
        self._check(code, answer)

    # --- the connection ------------------------------------------------------------------------------

    def _connected(self) -> smtplib.SMTP:
        if self._line is None:
            server = self._server
            try:
                self._line = self._open()
            except ssl.SSLError as error:
                why = f"{server.host}: the encryption does not hold: {error.reason or error}"
                raise ClosedError(
                    why, "see that host and port are right; ask IT for the certificate"
                ) from error
            except smtplib.SMTPNotSupportedError as error:
                raise ClosedError(f"{server.host} offers no STARTTLS or no login", NO_LOGIN) from error
            except smtplib.SMTPAuthenticationError as error:
                why = f"{server.host} refuses the login: {_text(error.smtp_error)}"
                raise ClosedError(why, NO_LOGIN) from error
            except smtplib.SMTPResponseException as error:
                raise LaterError(f"{server.host}: {_text(error.smtp_error)}") from error
            except (OSError, smtplib.SMTPException) as error:
                where = f"{server.host}:{server.port}"
                raise LaterError(f"no connection to {where}: {_said(error)}") from error
        return self._line

    def _open(self) -> smtplib.SMTP:
        server, safe = self._server, ssl.create_default_context()
        line: smtplib.SMTP
        if server.security == "tls":
            line = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=safe)
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        try:
            if server.security == "starttls":
                line.starttls(context=safe)
            line.ehlo_or_helo_if_needed()
            if server.user:
                line.login(server.user, server.password)
        except BaseException:
            line.close()
            raise
        return line

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    # --- one mail ------------------------------------------------------------------------------------

    def _envelope(self, line: smtplib.SMTP, letter: Letter) -> None:
        """Say from whom and to whom. Raises LaterError, RefusedError or ClosedError for the server's no."""
        sender, to = self._server.sender.addr_spec, letter.ticket.to
        beyond = not (sender.isascii() and to.isascii())
        if beyond and not line.has_extn("smtputf8"):
            raise RefusedError(f"{to!r}: the mail server takes no addresses beyond ASCII")
        code, answer = line.mail(sender, ["SMTPUTF8"] if beyond else [])
        if 500 <= code < 600:
            self._reset(line)
            raise ClosedError(f"the mail server does not take mail from {sender}: {_text(answer)}",
                              "CSWEEK_SMTP_FROM says who sends")  # fmt: skip
        self._check(code, answer)
        self._check(*line.rcpt(to))
        code, answer = line.docmd("data")
        if code != READY:
            self._check(code if code >= 400 else 554, answer)

    def _check(self, code: int, answer: bytes) -> None:
        """Raise LaterError or RefusedError for a no."""
        if code == BUSY or code < 200:  # below 200 it is no reply: nobody knows what the server takes next
            self._hang_up()
        elif code >= 300 and self._line is not None:
            self._reset(self._line)
        if 500 <= code < 600:
            raise RefusedError(_text(answer))
        if not 200 <= code < 300:
            raise LaterError(_text(answer) or f"the mail server answered {code}")

    def _reset(self, line: smtplib.SMTP) -> None:
        try:
            line.rset()
        except (OSError, smtplib.SMTPException):
            self._hang_up()


def _transparent(content: bytes) -> bytes:
    """Return a mail as it goes over the line, with its end. Source: RFC 5321, 4.5.2."""
    dotted = content.replace(b"\r\n.", b"\r\n..")
    return dotted + (b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n")


def _text(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())[:300]


def _said(error: BaseException) -> str:
    return str(getattr(error, "strerror", None) or error) or type(error).__name__
