"""Makes a year's announcements: turn by turn, by several processes where there are many.

The teams of a turn are divided in the same way however many processes there are, and what they make
is taken in order, so that the same order gives the same documents everywhere.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from csweek.errors import OutputError, Problem
from csweek.model.plan import Document
from csweek.render.announcements.documents import CHANNELS, Layout, documents
from csweek.render.announcements.faults import Faults
from csweek.render.announcements.kinds import KINDS, Ask, announcements
from csweek.render.announcements.newsroom import Newsroom
from csweek.render.announcements.press import Press
from csweek.render.pool import StoppedError, Terms, processors, shared

Turn = tuple[str, Ask]
"""A kind's id, and what is asked of it."""

AT_ONCE = 200
"""Documents that one process makes before it hands them over."""
MANY = 4000
"""Documents from which on several processes are faster than one, which is there already."""


class Piece(NamedTuple):
    """A turn for some of its teams, in the channels with these ids."""

    turn: Turn
    channels: tuple[str, ...]


class Made(NamedTuple):
    """The documents of a piece, what went wrong, and which words the process missed so far."""

    documents: tuple[Document, ...]
    faults: tuple[Problem, ...]
    latest: bool
    """Whether another turn may bring the same documents."""
    missing: tuple[tuple[str, str], ...]
    unsaid: tuple[tuple[str, str], ...]


def crewed(
    turns: Iterable[Turn],
    channels: Sequence[str],
    room: Newsroom,
    faults: Faults,
    workers: int | None = None,
) -> Iterator[Document]:
    """Yield the documents of all turns in these channels, each once; what fails is noted and left out.

    ``workers``: how many processes make them, 0 for this one alone; None: as many as are worth it.
    """
    wanted = tuple(turns)
    found = (piece for turn in wanted for piece in pieces(turn, tuple(channels)))
    names = set[str]()
    hands = _hands(wanted, len(channels)) if workers is None else workers
    for made in _shared(found, room, hands) if hands else map(begin(room), found):
        for problem in made.faults:
            faults.add(problem)
        room.vocabulary.missing.update(dict.fromkeys(made.missing))
        room.vocabulary.unsaid.update(dict.fromkeys(made.unsaid))
        yield from (one for one in made.documents if one.name not in names)
        names.update(one.name for one in made.documents if made.latest)


def _shared(found: Iterable[Piece], room: Newsroom, hands: int) -> Iterator[Made]:
    try:
        yield from shared(found, partial(begin, room), Terms(hands))
    except StoppedError:
        what = "a process that made announcements was stopped; nothing was changed"
        raise OutputError(what, "see whether there is memory left, or make one --channel at a time") from None


def pieces(turn: Turn, channels: tuple[str, ...]) -> Iterator[Piece]:
    """Yield a turn in pieces of a few teams; what is private is not for teams."""
    kind, ask = turn
    size = max(1, AT_ONCE // len(channels)) if channels else AT_ONCE
    some = range(0, 1 if KINDS[kind].private else max(1, len(ask.teams)), size)
    for first in some:
        teams = ask.teams if KINDS[kind].private else ask.teams[first : first + size]
        yield Piece((kind, ask._replace(teams=teams)), channels)


def begin(room: Newsroom) -> Callable[[Piece], Made]:
    """Return what makes pieces, its templates compiled once."""
    press, layout = Press(room.reader), Layout.of(room)

    def work(piece: Piece) -> Made:
        faults, (kind, ask) = Faults(), piece.turn
        made = announcements(room, press, (KINDS[kind], ask), faults)
        shown = tuple(documents(made, [CHANNELS[one] for one in piece.channels], layout, faults))
        missing, unsaid = tuple(room.vocabulary.missing), tuple(room.vocabulary.unsaid)
        return Made(shown, tuple(faults), KINDS[kind].latest, missing, unsaid)

    return work


def _hands(turns: Iterable[Turn], channels: int) -> int:
    count = sum(max(1, len(ask.teams)) for _, ask in turns) * channels
    return processors() if count >= MANY else 0
