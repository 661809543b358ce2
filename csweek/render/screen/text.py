"""Text in a terminal: how wide it is, where it breaks, what colour it has.

Nothing here needs more than the standard library: showing a saved plan must start at once.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum

_STEERING = {"Cc", "Cf", "Zl", "Zp", "Cs"}
"""Control signs, marks that turn the direction of writing, line breaks of other kinds."""


class Ink(Enum):
    """The few looks, each with one meaning; nothing is told by colour alone."""

    TITLE = "1"
    QUIET = "2"
    """Past, or secondary."""
    CSW = "1;36"
    GOOD = "32"
    LIGHT = "35"
    """Magenta: yellow cannot be read on white."""
    BAD = "1;31"


def clean(text: str) -> str:
    """Return a text without what could steer the terminal: control signs become spaces."""
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(letter) in _STEERING else letter for letter in text)


def ink(text: str, *looks: Ink) -> str:
    """Return a text in these looks, the surrounding spaces left alone."""
    core = clean(text).strip(" ")
    if not core or not looks:
        return clean(text)
    before = text[: len(text) - len(text.lstrip(" "))]
    after = text[len(text.rstrip(" ")) :]
    codes = ";".join(look.value for look in looks)
    return f"{before}\x1b[{codes}m{core}\x1b[0m{after}"


def cells(text: str) -> int:
    """Return how many columns a text takes: two for a wide letter, none for a combining one."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def _cell(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def cut(text: str, width: int) -> str:
    """Return a text that takes at most so many columns, with ``…`` where something is missing."""
    text = unicodedata.normalize("NFC", clean(text))
    return text if cells(text) <= width else f"{_start(text, width - 1).rstrip()}…"


def _start(text: str, width: int) -> str:
    taken = 0
    for position, letter in enumerate(text):
        taken += _cell(letter)
        if taken > width:
            return text[:position]
    return text


def pad(text: str, width: int) -> str:
    """Return a text cut or filled to exactly so many columns."""
    text = cut(text, width)
    return text + " " * (width - cells(text))


def centre(text: str, width: int) -> str:
    """Return a text in the middle of so many columns, one more to the left where they are odd."""
    text = cut(text, width)
    room = width - cells(text)
    return " " * (room - room // 2) + text + " " * (room // 2)


def wrap(text: str, width: int) -> Iterator[str]:
    """Yield lines of at most so many columns, broken between words where that can be."""
    line = ""
    for word in _pieces(text, width):
        if line and cells(line) + 1 + cells(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    if line:
        yield line


def _pieces(text: str, width: int) -> Iterator[str]:
    for word in clean(text).split():
        rest = word
        while cells(rest) > width:
            start = _start(rest, width)
            yield start
            rest = rest[len(start) :]
        yield rest


def facts(pairs: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield a list of labelled facts, the labels in a column of their own, empty ones left out."""
    kept = [(label, text) for label, text in pairs if text]
    indent = max((cells(label) for label, _ in kept), default=0) + 2
    for label, text in kept:
        for number, line in enumerate(wrap(text, max(width - indent, 12))):
            yield ink(pad("" if number else label, indent), Ink.QUIET) + line


def columns(rows: Sequence[Sequence[str]], width: int, stretch: Mapping[int, int]) -> list[int]:
    """Return the widths of columns: what each needs, those in ``stretch`` narrowed by weight to fit."""
    needs = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    room = width - 2 * (len(needs) - 1) - sum(need for at, need in enumerate(needs) if at not in stretch)
    weight = sum(stretch.values())
    for at in sorted(stretch, key=lambda at: needs[at] / stretch[at]):
        needs[at] = min(needs[at], max(4, room * stretch[at] // weight))
        room, weight = room - needs[at], weight - stretch[at]
    return needs


def row_of(texts: Sequence[str], widths: Sequence[int]) -> str:
    """Return the texts of a row in columns of these widths."""
    return "  ".join(pad(text, width) for text, width in zip(texts, widths, strict=True)).rstrip()


def short(day: date) -> str:
    """Return a day as ``Wed 20 Jan``."""
    return f"{day:%a} {day.day:2} {day:%b}"


def long(day: date) -> str:
    """Return a day as ``Wednesday 20 January 2027``."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def many(count: int, one: str, more: str = "") -> str:
    """Return a number with its noun: ``1 event``, ``1,204 events``."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"
