"""What is delivered, what can become of it, and what a line to the outside says."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import NamedTuple, Protocol

from msgspec import Struct


class Ticket(NamedTuple):
    """What makes a letter the same letter: which announcement, to whom or where."""

    what: str
    to: str


class Letter(Struct, frozen=True):
    """An announcement for one reader or channel: a mail in RFC 5322 form, or the JSON of a webhook."""

    ticket: Ticket
    content: bytes
    name: str = ""
    """Of whom it is addressed to; only mails have one."""


class State(StrEnum):
    """What the store knows of a letter. ``begun`` without more: nobody knows whether it arrived."""

    BEGUN = "begun"
    SENT = "sent"
    FREE = "free"
    """It did not arrive, and may be sent."""


class Fate(StrEnum):
    """What became of a letter in one run."""

    SENT = "sent"
    ALREADY = "already sent"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"
    LEFT = "not sent"


class Result(NamedTuple):
    """A letter's fate, and why where there is more to say."""

    letter: Letter
    fate: Fate
    why: str = ""


class LaterError(Exception):
    """It did not arrive now and may later; ``wait``: seconds that the server asks for."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class RefusedError(Exception):
    """It did not arrive, and would not if it were tried again."""


class LostError(Exception):
    """It was handed over whole, but the answer did not come: it may have arrived."""


class ClosedError(Exception):
    """Nothing can be delivered this way: a login that is refused, a certificate that is not trusted."""

    def __init__(self, why: str, hint: str = "") -> None:
        super().__init__(why)
        self.hint = hint


class Line(Protocol):
    """A way to the outside."""

    def send(self, letter: Letter) -> None:
        """Deliver a letter. Raises LaterError, RefusedError, LostError or ClosedError."""


class Ledger(Protocol):
    """What outlives a stop: every letter's state, written through to the disk."""

    def turn(
        self, settled: Mapping[tuple[str, str], str], begin: Collection[tuple[str, str]]
    ) -> frozenset[tuple[str, str]]:
        """Keep what became of letters and mark others as begun; return those that are ours to send."""
