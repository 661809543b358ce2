"""How good a plan is, on one page: what does not hold and what would help, what holds, an ordinary week."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from csweek.names import in_words
from csweek.render.screen.text import Ink, cells, ink, many, pad, wrap
from csweek.render.screen.year import BARS, View, csw_weeks, heading, number

NARROW = 64
"""Under this many columns a title stands on a line of its own."""
BESIDE = 19
"""Columns of a sign and a title."""

State = Literal["holds", "broken", "note"]
_SIGNS: dict[State, str] = {"holds": "✓", "broken": "✗", "note": "·"}
_LOOKS: dict[State, Ink] = {"holds": Ink.GOOD, "broken": Ink.BAD, "note": Ink.LIGHT}


class Line(NamedTuple):
    """One promise: whether it holds, in a sentence, and what would help."""

    state: State
    title: str
    text: str
    help: str = ""


class Ordinary(NamedTuple):
    """What a person receives in an ordinary week, beside CSW; and the quietest weeks by position."""

    moments: float
    by_name: float
    practices: float
    leaders: float
    without_leader: Sequence[str]
    """Names of those who meet none."""
    csw: float
    quietest: Sequence[tuple[int, float]]
    known: bool
    """Whether anybody is known by name."""


def report(
    view: View, events: int, lines: Sequence[Line], touches: Sequence[int], ordinary: Ordinary
) -> Iterator[str]:
    """Yield the page; ``touches``: thanks by name of each week."""
    yield from heading(view, events)
    yield ""
    yield from _verdict(lines, view.width)
    for line in lines:
        yield from _line(line, view.width)
    if any(touches):
        yield from _bars(view, touches)
    if ordinary.known:
        yield from _ordinary(view, ordinary)


def _verdict(lines: Sequence[Line], width: int) -> Iterator[str]:
    promised = [line for line in lines if line.state != "note"]
    broken = sum(line.state == "broken" for line in promised)
    if not broken:
        yield from (ink(text, Ink.TITLE, Ink.GOOD) for text in wrap("Everything promised holds.", width))
        return
    text = f"{broken} of {many(len(promised), 'promise')} {'does' if broken == 1 else 'do'} not hold."
    yield from (ink(part, Ink.TITLE, Ink.BAD) for part in wrap(text, width))


def _line(line: Line, width: int) -> Iterator[str]:
    """Yield a sign, the title, and the sentence beside it, below in a narrow terminal."""
    head = f"{_SIGNS[line.state]} {line.title}"
    indent = BESIDE + 1 if width >= NARROW else 4
    texts = [(part, False) for part in wrap(line.text, width - indent)]
    if line.state != "holds":
        texts += [(part, True) for part in _helped(line.help, width - indent)]
    first = ink(pad(head, BESIDE), _LOOKS[line.state]) + " "
    if width < NARROW:
        yield ink(head, _LOOKS[line.state])
        first = " " * indent
    for position, (part, helping) in enumerate(texts):
        yield (" " * indent if position else first) + (ink(part, Ink.QUIET) if helping else part)


def _helped(text: str, width: int) -> Iterator[str]:
    for position, part in enumerate(wrap(text, width - 2)):
        yield ("  " if position else "→ ") + part


def _bars(view: View, touches: Sequence[int]) -> Iterator[str]:
    """Yield thanks by name week by week as bars, where they fit."""
    if len(touches) + 2 > view.width:
        return
    most, csw = max(touches), csw_weeks(view.year)
    bars = (BARS[-(-8 * n // most)] for n in touches)
    looked = (ink(bar, Ink.CSW) if n in csw else bar for n, bar in enumerate(bars))
    yield ""
    yield ink("Thanks by name, week by week", Ink.TITLE) + ink(f" · {most} at most", Ink.QUIET)
    yield "  " + "".join(looked)
    yield ink("  " + _ruler(view, len(touches)), Ink.QUIET)


def _ruler(view: View, weeks: int) -> str:
    """Return the numbers of the first weeks of the quarters, each below its bar."""
    text = ""
    for week in (0, 13, 26, 39):
        if week < weeks:
            text = pad(text, week) + str(number(view.year, week))
    last = str(number(view.year, weeks - 1))
    return pad(text, weeks - cells(last)) + last if weeks - cells(last) > cells(text) else text


def _ordinary(view: View, found: Ordinary) -> Iterator[str]:
    yield ""
    yield ink("In an ordinary week, beside CSW", Ink.TITLE)
    often = f", one by name in {1 / found.by_name:.1f} weeks" if found.by_name else ", none by name"
    none = ""
    if found.without_leader:
        none = f"; {in_words(found.without_leader)} meet{'s' * (len(found.without_leader) == 1)} none"
    quiet = ", ".join(f"{number(view.year, week)} ({moments:.1f})" for week, moments in found.quietest)
    seen = f"In the year they see {found.practices:.1f} of the five practices"
    for text in (
        f"A person receives {found.moments:.1f} moments{often}. In the weeks of CSW: {found.csw:.1f}.",
        f"{seen} and meet {found.leaders:.1f} leaders{none}.",
        f"Quietest weeks, in moments a person: {quiet}." if quiet else "",
    ):
        yield from ("  " + part for part in wrap(text, view.width - 2))
