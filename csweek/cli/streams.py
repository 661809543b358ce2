"""Where the words go: results to standard output, all else to standard error, in what each can show."""

import os
import re
import sys
from io import TextIOWrapper

import click

_PLAIN = str.maketrans("▁▂▃▄▅▆▇█─·\u2013…→✓✗", "..:-=+*#-.-~>vx")
"""What stands in for each sign where the encoding has none; as wide, so that all stays aligned."""


def prepare() -> None:
    """Let no letter of a name end the program on a console with an old encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def colour() -> bool | None:
    """Return whether to use colour, None where it depends on whether a terminal is at the other end."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def columns() -> int:
    """Return how wide a line may be: as wide as the terminal, but never so wide that eyes get lost."""
    return max(24, min(_terminal(), 110))


def _terminal() -> int:
    given = os.environ.get("COLUMNS", "")
    if re.fullmatch(r"[0-9]{1,6}", given):
        return int(given)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or 80
    except (OSError, ValueError):
        return 80


def say(text: str = "") -> None:
    """Write a result, one or more lines, to standard output."""
    click.echo(_writable(text, sys.stdout.encoding))


def tell(text: str = "") -> None:
    """Write anything but a result to standard error, over a sign of life that may stand there."""
    over = "\r\x1b[K" if sys.stderr.isatty() else ""
    click.echo(over + _writable(text, sys.stderr.encoding), err=True)


def give(data: bytes) -> None:
    """Write a result that is meant for a program, byte for byte."""
    click.echo(data, nl=False)


def give_json(answer: object) -> None:
    """Write a result as JSON, in UTF-8 wherever it goes."""
    import json  # a page does without

    give((json.dumps(answer, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))


def _writable(text: str, encoding: str) -> str:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN)
    return text
