"""A mail as a draft: opened by a double click, read through, sent from one's own mailbox."""

import hashlib
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from csweek.render.announcements.message import Message
from csweek.render.announcements.shorten import subject


def eml(message: Message, text: str, html: str, to: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return a message as a draft of a mail in both forms; ``to`` holds names and addresses."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = subject(message.title)
    if to:
        mail["To"] = [Address(name, addr_spec=address) for name, address in to]
    mail["X-Unsent"] = "1"
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    mail["Content-Language"] = message.locale
    mail.set_boundary(f"=_{hashlib.sha256(f'{text}{html}'.encode()).hexdigest()[:32]}")
    return mail.as_bytes()
