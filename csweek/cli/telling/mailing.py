"""The ways out, as the environment describes them, and who reads an announcement."""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from csweek.cli import options
from csweek.cli.sources.desk import Desk
from csweek.cli.terminal.session import session
from csweek.errors import Problem, Severity, UsageError
from csweek.model.basics import Role
from csweek.model.people import Person
from csweek.names import few
from csweek.render.announcements.announcement import Announcement
from csweek.send.mail import address
from csweek.send.smtp import Security, Server, Smtp
from csweek.send.webhook import Webhook

__all__ = ["Smtp", "readers", "smtp", "webhook"]

HOST, PORT, SECURITY = "CSWEEK_SMTP_HOST", "CSWEEK_SMTP_PORT", "CSWEEK_SMTP_SECURITY"
USER, PASSWORD, SENDER = "CSWEEK_SMTP_USER", "CSWEEK_SMTP_PASSWORD", "CSWEEK_SMTP_FROM"
PORTS: Mapping[str, int] = {"starttls": 587, "tls": 465, "none": 25}
SEE = "docs/sending.md lists what to set, and what works without"


def smtp() -> Smtp:
    """Return the line to the mail server. Raises UsageError for what the environment lacks or gets wrong."""
    said = {name: os.environ.get(name, "").strip() for name in (HOST, PORT, SECURITY, USER, SENDER)}
    if not said[HOST]:
        raise UsageError(f"no mail server is set: {HOST} is empty", SEE)
    security = said[SECURITY].lower() or ("tls" if said[PORT] == "465" else "starttls")
    if security not in get_args(Security):
        raise UsageError(f"{SECURITY} is {security!r}", f"it is one of {', '.join(get_args(Security))}")
    if said[PORT] and not said[PORT].isdecimal():
        raise UsageError(f"{PORT} is {said[PORT]!r}", "it is a number such as 587")
    if security == "none" and said[USER]:
        raise UsageError("a login is not sent without encryption", f"set {SECURITY} to starttls or tls")
    try:
        sender = address(said[SENDER] or said[USER])
    except ValueError:
        text = f"{SENDER} says no address to send from"
        raise UsageError(text, "write it like: Nordic Care <csw@nordic-care.example>") from None
    port = int(said[PORT] or PORTS[security])
    password = os.environ.get(PASSWORD, "")
    return Smtp(Server(said[HOST], sender, port, security, said[USER], password), options.now())  # type: ignore[arg-type]


def webhook(variable: str) -> Webhook:
    """Return the line to a webhook. Raises UsageError where the environment has none."""
    url = os.environ.get(variable, "").strip()
    if not url:
        raise UsageError(f"no webhook is set: {variable} is empty", SEE)
    return Webhook(url)


def readers(at: Desk, one: Announcement) -> Iterator[tuple[str, str]]:
    """Yield names and addresses: those it is for, else its team, else who reads its language.

    What is private and nobody's own goes to the organisers. Who is on leave is left out, and that is told.
    """
    if one.to:
        yield from one.to
        return
    missing: list[str] = []
    for person in at.inputs.people:
        if not (_reads(person, one) and person.employed(session().today)):
            continue
        if any(session().today in span for span in person.leave):
            session().warn([_left(person, "is on leave")])
        elif person.email:
            yield person.name, person.email
        else:
            missing.append(person.name)
    if missing:
        session().warn([_without(missing)])


def _reads(person: Person, one: Announcement) -> bool:
    if not one.stem.startswith("share/"):
        return person.role is Role.ORGANISER
    return person.team == one.team if one.team is not None else person.locale == one.message.locale


def _left(person: Person, why: str) -> Problem:
    return Problem(person.place, f"{person.name} is left out: {why}", None, Severity.WARNING)


def _without(names: Sequence[str]) -> Problem:
    hint = "add their addresses to the people file, or give them the note in another way"
    return Problem(None, f"no e-mail address: {few(names, 10)}", hint, Severity.WARNING)
