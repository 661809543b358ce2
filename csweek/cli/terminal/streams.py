"""Where the words go: results to standard output, all else to standard error, in what each can show."""

import os
import re
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import TextIO

import click

_PLAIN = str.maketrans("▁▂▃▄▅▆▇█─·\u2013…→✓✗", "..:-=+*#-.-~>vx")
"""What stands in for each sign where the encoding has none; as wide, so that all stays aligned."""


def prepare() -> None:
    """Let neither a letter on a console with an old encoding nor a closed stream end the program."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        elif isinstance(stream, TextIOWrapper):
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
    _put(_writable(text, sys.stdout.encoding) + "\n")


def tell(text: str = "") -> None:
    """Write anything but a result to standard error, over a sign of life that may stand there.

    Where nobody reads it any more, as in ``csweek plan 2>&1 | head``, that is no reason to stop.
    """
    over = ""
    if sys.stderr.isatty():
        over, text = "\r\x1b[K", _folded(text)
    try:
        click.echo(over + _writable(text, sys.stderr.encoding), err=True)
    except OSError:
        _drop(sys.stderr)


def list_out(text: str) -> None:
    """Write a result that is sentences: on a terminal broken between words, elsewhere a line each."""
    say(_folded(text) if sys.stdout.isatty() else text)


def _folded(text: str) -> str:
    return "\n".join(folded(line, columns()) for line in text.split("\n"))


_LOOK = re.compile(r"\x1b\[[0-9;]*m")
TYPED = "    "
"""What lines begin with that are to be typed as they stand, and so are never broken."""


def folded(line: str, width: int) -> str:
    """Return a line broken between words where a terminal would break it anywhere."""
    from csweek.render.screen.text import cells  # brings the model, which --version does without

    if line.startswith(TYPED) or cells(_LOOK.sub("", line)) <= width:
        return line
    indent = " " * (len(line) - len(line.lstrip(" ")) + 2)
    lines, room = [""], width
    for word in line.split(" "):
        taken = cells(_LOOK.sub("", word)) + 1
        if lines[-1].strip() and taken > room + 1:
            lines.append(indent)
            room = width - len(indent)
        lines[-1] += f"{word} "
        room -= taken
    return "\n".join(one.rstrip(" ") for one in lines)


def give(data: bytes) -> None:
    """Write a result that is meant for a program, byte for byte."""
    _put(data)


def _put(result: str | bytes) -> None:
    """Write to standard output. Raises OutputError where it is a file that takes no more."""
    try:
        click.echo(result, nl=False)
    except BrokenPipeError:  # whoever reads has enough; click ends the program without a word
        raise
    except OSError as error:
        from csweek.errors import OutputError  # brings the model, which --version does without

        _drop(sys.stdout)
        why = error.strerror or str(error)
        raise OutputError(
            f"the result cannot be written whole: {why}", "see to that and run this again"
        ) from error


def _drop(stream: TextIO) -> None:
    """Let what is left of a stream go nowhere: it would fail again when Python ends."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def give_json(answer: object) -> None:
    """Write a result as JSON, in UTF-8 wherever it goes."""
    import json  # a page does without

    give((json.dumps(answer, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))


def _writable(text: str, encoding: str | None) -> str:
    """Return the text as a stream takes it; one that stands in for a terminal does not say its encoding."""
    try:
        text.encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return text.translate(_PLAIN)
    return text
