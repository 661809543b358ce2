"""Content lines of iCalendar: escaped, folded, in bytes. Source: RFC 5545, sections 3.1 and 3.3.11."""

import re
from collections.abc import Iterable

EOL = b"\r\n"
LONGEST = 75
"""Octets of a line, its end not counted."""

_FOLD = b"\r\n "
_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ESCAPED = re.compile(r"\\(.)")
_DROPPED = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff]")


def clean(text: str) -> str:
    """Return a text with every line break as a line feed, without what calendar programs refuse."""
    return text if text.isprintable() else _DROPPED.sub("", _BREAKS.sub("\n", text))


def escape(text: str) -> bytes:
    """Return a text as the value of a TEXT property."""
    escaped = clean(text).replace("\\", r"\\").replace(";", r"\;").replace(",", r"\,")
    return escaped.replace("\n", r"\n").encode()


def line(name: str, value: str) -> bytes:
    """Return a property with a value that needs no escapes."""
    return fold(f"{name}:{value}".encode()) + EOL


def text(name: str, value: str) -> bytes:
    """Return a property with a TEXT value."""
    return fold(name.encode() + b":" + escape(value)) + EOL


def person(name: str, called: str, email: str, more: str = "") -> bytes:
    """Return a property with somebody's address; ``more`` are further parameters with their semicolon."""
    shown = " ".join(clean(called).replace('"', "'").split())
    return fold(f'{name};CN="{shown}"{more}:mailto:{email}'.encode()) + EOL


def paragraph(value: str) -> bytes:
    """Return a text that goes on in the property before, for the reader and in the file on lines of its own.

    It is folded by itself, so that it can be made once and stand in many events.
    """
    return b" " + fold(b"\\n" + escape(value), LONGEST - 1) + EOL


def fold(whole: bytes, room: int = LONGEST) -> bytes:
    """Return a line in pieces of at most 75 octets, never cut inside a character or an escape.

    ``room`` is what the first piece may take.
    """
    if len(whole) <= room:
        return whole
    pieces, start, end = [], 0, room
    while end < len(whole):
        end = _before(whole, start, end)
        pieces.append(whole[start:end])
        start, end = end, end + LONGEST - 1
    pieces.append(whole[start:])
    return _FOLD.join(pieces)


def _before(whole: bytes, start: int, end: int) -> int:
    """Return the last place not after ``end`` at which the line may be cut."""
    while whole[end] & 0xC0 == 0x80:
        end -= 1
    slashes = end
    while slashes > start and whole[slashes - 1] == 0x5C:
        slashes -= 1
    return end - (end - slashes) % 2


def component(name: bytes, lines: Iterable[bytes]) -> bytes:
    """Return lines and components with BEGIN and END around them."""
    return b"".join((b"BEGIN:", name, EOL, *lines, b"END:", name, EOL))


def text_of(block: bytes, name: str) -> str:
    """Return the text of a component's first property of a name, empty where it has none."""
    whole = block.replace(_FOLD, b"").decode()
    found = re.search(rf"^{name}(?:;[^:\r]*)?:(.*)\r$", whole, re.MULTILINE)
    return _ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], found[1]) if found else ""
