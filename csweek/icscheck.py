"""What is wrong with the bytes of an .ics file, whoever made it."""

import re

from csweek.errors import Problem
from csweek.model import Place

_LOOSE = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_LONG = re.compile(rb"\n[^\r\n]{76}")


def check(data: bytes, name: str) -> tuple[Problem, ...]:
    """Return what keeps calendar programs from taking the file, with line numbers."""
    found = [(m.start(), "this line does not end in CR LF") for m in _LOOSE.finditer(data)]
    found += [(m.end(), "this line is longer than 75 octets") for m in _LONG.finditer(data)]
    if data.startswith(b"\xef\xbb\xbf"):
        found.append((0, "the file begins with a byte order mark"))
    return tuple(Problem(Place(name, data.count(b"\n", 0, at) + 1), message) for at, message in sorted(found))
