"""A drafted mail addressed to one reader. Source: RFC 5322; RFC 2047 and RFC 6532 beyond ASCII."""

import hashlib
import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP, SMTPUTF8, EmailPolicy
from email.utils import format_datetime
from functools import lru_cache

from csweek.send.letters import Letter, RefusedError

_OWN = ("X-Unsent", "From", "To", "Cc", "Bcc", "Sender", "Reply-To", "Date", "Message-ID")
"""Headers that are ours to set."""


_BARE = r"[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f]+@[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f]+"
_ADDRESS = re.compile(rf"(?:(?P<name>[^<>\r\n]*)<(?P<within>{_BARE})>|(?P<bare>{_BARE}))")


def address(text: str, name: str = "") -> Address:
    """Return an address such as ``a@b.example`` or ``Anna Ek <a@b.example>``. Raises ValueError."""
    found = _ADDRESS.fullmatch(text.strip(" "))
    if found is None:
        raise ValueError("it is no e-mail address")
    user, _, domain = (found["within"] or found["bare"]).partition("@")
    domain.encode("idna")
    return Address(_one_line(name or (found["name"] or "").strip(' "')), user, domain)


def addressed(letter: Letter, sender: Address, at: datetime) -> bytes:
    """Return the letter's draft as a mail to its reader, with CRLF. Raises RefusedError for a bad address.

    The Message-ID hangs on what is sent to whom, so that a mail sent twice can be told to be one.
    """
    head, _, body = letter.content.partition(b"\r\n\r\n")
    try:
        to = address(letter.ticket.to, letter.name)
    except ValueError as error:
        raise RefusedError(f"{letter.ticket.to!r}: {error}") from None
    shape = SMTP if to.addr_spec.isascii() and sender.addr_spec.isascii() else SMTPUTF8
    mine = shape.fold_binary(*shape.header_store_parse("To", to))
    ident = f"Message-ID: <{_digest(letter)}@{sender.domain.encode('idna').decode()}>\r\n".encode()
    return b"".join((_common(head, str(sender), at, shape), mine, ident, b"\r\n", body))


@lru_cache(16)
def _common(head: bytes, sender: str, at: datetime, shape: EmailPolicy) -> bytes:
    """Return the headers that a draft has for every reader."""
    mail = BytesParser(EmailMessage, policy=shape).parsebytes(head + b"\r\n\r\n", headersonly=True)
    for name in _OWN:
        del mail[name]
    mail["From"] = sender
    mail["Date"] = format_datetime(at)
    mail["Auto-Submitted"] = "auto-generated"
    return mail.as_bytes().rstrip(b"\r\n") + b"\r\n"


def _digest(letter: Letter) -> str:
    return hashlib.sha256("\0".join(letter.ticket).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
