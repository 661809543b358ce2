"""A line to a webhook of Slack or Teams: JSON by POST over HTTPS. Source: RFC 9110."""

import re
import urllib.request
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from csweek.send.letters import ClosedError, LaterError, Letter, LostError, RefusedError

TOO_MANY = 429
GONE = frozenset({401, 403, 404, 410})
"""The webhook itself is no longer there."""
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class _NoDetours(urllib.request.HTTPRedirectHandler):
    """A webhook that leads elsewhere is no webhook: what is private is not handed on."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Follow nothing."""


class Webhook:
    """A line to a webhook, whose address is a secret and is never shown."""

    def __init__(self, url: str, timeout: float = 30) -> None:
        """Raise ClosedError for what is no address of a webhook."""
        self._url = url.strip()
        self._host = _host(self._url)
        self._timeout = timeout
        self._opener = urllib.request.build_opener(_NoDetours)

    def send(self, letter: Letter) -> None:
        """Post a letter. Raises LaterError, RefusedError, LostError or ClosedError."""
        head = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "csweek"}
        request = urllib.request.Request(self._url, letter.content, head, method="POST")  # noqa: S310 - https alone
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                answer.read(1)
        except HTTPError as error:
            with error:
                self._refuse(error)
        except URLError as error:  # while connecting or sending
            raise LaterError(f"no connection to {self._host}: {error.reason}") from error
        except (OSError, HTTPException) as error:  # while waiting for the answer
            raise LostError(f"{self._host} took it but did not answer") from error

    def _refuse(self, error: HTTPError) -> None:
        said = " ".join(error.read(300).decode("utf-8", "replace").split())
        why = f"{self._host} answered {error.code}{f': {said}' if said else ''}"
        if error.code == TOO_MANY or error.code >= 500:
            raise LaterError(why, _wait(error.headers.get("Retry-After", ""))) from error
        if error.code in GONE or error.code < 400:
            raise ClosedError(why, "make a new webhook and set its address anew") from error
        raise RefusedError(why) from error


def _host(url: str) -> str:
    """Return the host that a webhook is on. Raises ClosedError for what is no address of one."""
    hint = "it begins with https://"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port  # which raise for brackets and numbers that cannot be
    except ValueError:
        raise ClosedError("this is no address of a webhook", hint) from None
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in _HERE)
    if not host or not safe or not re.fullmatch("[!-~]+", url):
        raise ClosedError("this is no address of a webhook", hint)
    return host


def _wait(text: str) -> float | None:
    """Return the seconds that a server asks to wait, told as a number or as a time."""
    if re.fullmatch(r"\s*[0-9]{1,9}(\.[0-9]+)?\s*", text):
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
