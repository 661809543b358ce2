"""What templates draw with: numbers, colours, curves, and chance that is the same for the same seed."""

import math
import re
from collections.abc import Mapping
from itertools import pairwise

from markupsafe import Markup

_PAIR = re.compile(r"(-?[\d.]+) (-?[\d.]+)")
ENOUGH = 4.5
"""Contrast that text needs. Source: WCAG 2.2, 1.4.3."""


def noise(seed: int, number: int) -> float:
    """Return a number from 0 up to 1 that looks like chance and is always the same for the same two."""
    mixed = (seed * 0x9E3779B1 + number * 0x85EBCA77 + 0x165667B1) & 0xFFFFFFFF
    for shift, factor in ((15, 0x2C1B3C6D), (12, 0x297A2D39)):
        mixed = ((mixed ^ mixed >> shift) * factor) & 0xFFFFFFFF
    return (mixed ^ mixed >> 15) / 2**32


def mix(one: str, other: str, share: float) -> str:
    """Return the colour that lies this share (0 to 1) of the way from one to the other."""
    share = min(max(share, 0.0), 1.0)
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def readable(colour: str, instead: str, paper: str = "#ffffff") -> str:
    """Return the colour where text in it can be read on the paper, else the one instead of it."""
    return colour if contrast(colour, paper) >= ENOUGH else instead


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21. Source: WCAG 2.2, relative luminance."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.lstrip("#"))
    return red, green, blue


def _luminance(colour: str) -> float:
    linear = [_linear(channel / 255) for channel in _channels(colour)]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def point(x: float, y: float) -> Markup:
    """Return a point for a path or for ``smooth``: ``12.3 4.56 ``."""
    return Markup(f"{x:.2f} {y:.2f} ")  # noqa: S704 - two numbers


def smooth(points: str) -> Markup:
    """Return a path through points, without corners. Source: Catmull and Rom 1974, as Bézier curves."""
    at = [(float(x), float(y)) for x, y in _PAIR.findall(points)]
    if not at:
        return Markup("")
    around = [at[0], *at, at[-1]]
    pieces = [f"M{at[0][0]:.2f} {at[0][1]:.2f}"]
    for (before, start), (end, after) in zip(pairwise(around[:-2]), pairwise(around[2:]), strict=True):
        ahead = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        behind = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        pieces.append("C" + " ".join(f"{number:.2f}" for number in (*ahead, *behind, *end)))
    return Markup("".join(pieces))  # noqa: S704 - numbers alone


TOOLS: Mapping[str, object] = {
    "sin": math.sin,
    "cos": math.cos,
    "pi": math.pi,
    "noise": noise,
    "mix": mix,
    "readable": readable,
    "point": point,
    "smooth": smooth,
}
"""What every card and motif may use."""
