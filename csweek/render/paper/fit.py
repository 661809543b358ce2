"""How large a text may be set so that it stays within its box: measured, before anything is laid out."""

import re
from collections.abc import Iterator, Sequence
from math import ceil

from msgspec import Struct

from csweek.render.paper import fonts
from csweek.render.paper.own import OwnFont, width_of

STEP = 0.25
"""Sizes are tried downwards in such steps, in points."""
_SPARE = 1.01
"""What a line may turn out longer than the sum of its letters."""
_IDEOGRAPHS = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_UNBROKEN = re.compile(rf"[{_IDEOGRAPHS}]|[^\s{_IDEOGRAPHS}]+|\s+")


class Fit(Struct, frozen=True):
    """The largest size at which a text fits, in points, and how high it then is, in mm."""

    size: float
    lines: int
    height: float
    fits: bool = True
    room: int = 0
    """About how many characters fit where not all of them do."""


class Type(Struct, frozen=True):
    """How a text may be set: face, sizes in points from largest to smallest, line height in sizes."""

    face: str
    largest: float
    smallest: float
    leading: float = 1.4
    headline: bool = False
    """Whether one smaller line is better than several."""


def fit(text: str, kind: Type, width: float, height: float, own: Sequence[OwnFont] = ()) -> Fit:
    """Return how to set a text in a box of this width and height in mm."""
    words = list(_words(text, kind.face, own))
    line = kind.smallest * kind.leading * fonts.POINT
    most = int((height + 0.01) / line)
    for lines in (1, most) if kind.headline else (most,):
        if found := _largest(words, kind, width, (height, lines)):
            return found
    return _too_much(text, words, kind, (width, height))


def _largest(
    words: list[tuple[float, bool]], kind: Type, width: float, most: tuple[float, int]
) -> Fit | None:
    """Return the words at the largest size at which they are neither too high nor on too many lines."""
    size = kind.largest
    while size >= kind.smallest:
        found = _set(words, kind, size, width)
        if found and found.height <= most[0] + 0.01 and found.lines <= most[1]:
            return found
        size -= STEP
    return None


def _words(text: str, face: str, own: Sequence[OwnFont]) -> Iterator[tuple[float, bool]]:
    """Yield width at one point, and whether it is space, of each piece that no line breaks within."""
    for piece in _UNBROKEN.findall(text):
        blank = piece.isspace()
        yield width_of(" " if blank else piece, face, own) * _SPARE, blank


def _set(words: list[tuple[float, bool]], kind: Type, size: float, width: float) -> Fit | None:
    """Return how the words stand at a size, None where one of them is too long for a line."""
    lines, at = 1, 0.0
    for units, blank in words:
        length = units * size
        if not blank and length > width:
            return None
        if not blank and at + length > width:
            lines, at = lines + 1, 0.0
        if not blank or at:
            at += length
    return Fit(size, lines, lines * size * kind.leading * fonts.POINT)


def lines_at(text: str, face: str, points: float, width: float) -> int:
    """Return on how many lines a text stands at a size; a word that is longer than a line is broken."""
    lines, at = 1, 0.0
    for units, blank in _words(text, face, ()):
        length = units * points
        if blank:
            at += length if at else 0.0
            continue
        if at and at + length > width:
            lines, at = lines + 1, 0.0
        broken = max(ceil(length / width) - 1, 0)
        lines, at = lines + broken, at + length - broken * width
    return lines


def _too_much(text: str, words: list[tuple[float, bool]], kind: Type, box: tuple[float, float]) -> Fit:
    """Return the smallest size, and about how much of the text would fit in it."""
    line = kind.smallest * kind.leading * fonts.POINT
    lines = max(int(box[1] / line), 1)
    long = max((units for units, _ in words), default=0) * kind.smallest
    whole = sum(units for units, _ in words) * kind.smallest
    share = box[0] / long if lines == 1 or long > box[0] else box[0] * lines * 0.9 / whole
    return Fit(kind.smallest, lines, lines * line, fits=False, room=max(int(len(text) * min(share, 1)), 1))
