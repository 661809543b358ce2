"""The round of the letters: marked, paced, sent, tried again, settled."""

import time
from collections import deque
from collections.abc import Iterable, Iterator

from msgspec import Struct

from csweek.send.letters import (
    ClosedError,
    Fate,
    LaterError,
    Ledger,
    Letter,
    Line,
    LostError,
    RefusedError,
    Result,
    State,
    Ticket,
)

AHEAD = 0.1
"""Seconds' worth of letters that are marked together: a mark is written through to the disk."""
MOST = 100
"""Letters that are marked together at most, and may be in doubt after a power cut."""


class Pace(Struct, frozen=True):
    """How fast, and how patiently."""

    per_minute: float = 30
    tries: int = 4
    """After so many failures in a row nothing more is tried."""
    pause: float = 1.0
    """Seconds before the second try, doubled for each further one."""
    longest: float = 120
    """Seconds that a server may ask to wait; who asks for more is left for another run."""

    @property
    def together(self) -> int:
        """How many letters are marked at once."""
        return int(min(max(1, self.per_minute / 60 * AHEAD), MOST))


def deliver(letters: Iterable[Letter], line: Line, ledger: Ledger, pace: Pace) -> Iterator[Result]:
    """Send letters and yield the fate of each; every one is marked in the ledger before it leaves.

    Stopped anywhere, at most the letter that is on its way is in doubt (after a power cut those marked
    with it). Raises ClosedError, once all is settled, where nothing can be delivered.
    """
    round_ = _Round(line, ledger, pace)
    try:
        yield from round_.all(deque(letters))
    finally:
        round_.settle()


class _Round:
    """One run, with what it has to remember."""

    def __init__(self, line: Line, ledger: Ledger, pace: Pace) -> None:
        self._line = line
        self._ledger = ledger
        self._pace = pace
        self._settled: dict[tuple[str, str], str] = {}
        self._waiting: dict[Ticket, None] = {}
        """Marked, but not on its way yet."""
        self._tried: dict[Ticket, int] = {}
        self._in_a_row = 0
        self._next = time.monotonic()

    def all(self, queue: deque[Letter]) -> Iterator[Result]:
        """Yield the fate of each letter."""
        while queue:
            batch = [queue.popleft() for _ in range(min(self._pace.together, len(queue)))]
            ours = self._mark(batch)
            for letter in batch:
                if letter.ticket not in ours:
                    yield Result(letter, Fate.ALREADY)
                    continue
                self._keep_pace()
                result = self._send(letter)
                if result is None:
                    queue.append(letter)
                else:
                    yield result

    def settle(self) -> None:
        """Keep what became of the letters; those that were only marked are free again."""
        self._settled |= dict.fromkeys(self._waiting, State.FREE)
        self._waiting = {}
        if self._settled:
            self._mark(())

    def _mark(self, letters: Iterable[Letter]) -> frozenset[tuple[str, str]]:
        wanted = [letter.ticket for letter in letters]
        ours = self._ledger.turn(self._settled, wanted)
        self._settled = {}
        self._waiting = dict.fromkeys(ticket for ticket in wanted if ticket in ours)
        return ours

    def _send(self, letter: Letter) -> Result | None:
        """Send a letter and return its fate, None where it is to be tried again."""
        del self._waiting[letter.ticket]
        try:
            self._line.send(letter)
        except LostError as error:
            return Result(letter, Fate.DOUBTFUL, str(error))
        except RefusedError as error:
            self._settled[letter.ticket] = State.FREE
            self._in_a_row = 0
            return Result(letter, Fate.REFUSED, str(error))
        except LaterError as error:
            self._settled[letter.ticket] = State.FREE
            return self._later(letter, error)
        except ClosedError:
            self._settled[letter.ticket] = State.FREE
            raise
        self._settled[letter.ticket] = State.SENT
        self._in_a_row = 0
        return Result(letter, Fate.SENT)

    def _later(self, letter: Letter, error: LaterError) -> Result | None:
        """Wait before the next try; return the letter's fate where there is none."""
        self._in_a_row += 1
        tried = self._tried[letter.ticket] = self._tried.get(letter.ticket, 0) + 1
        wait = self._pace.pause * 2 ** (self._in_a_row - 1) if error.wait is None else error.wait
        if wait > self._pace.longest or self._in_a_row >= self._pace.tries:
            asks = f" (asks to wait {wait:.0f} seconds)" if error.wait else ""
            raise ClosedError(f"{error}{asks}", "run this again later: nobody is written to twice") from error
        if tried >= self._pace.tries:
            return Result(letter, Fate.REFUSED, str(error))
        self._wait(wait)
        return None

    def _wait(self, wait: float) -> None:
        """Wait, with all that is known kept before, so that a stop meanwhile leaves nothing in doubt."""
        self._ledger.turn(self._settled, ())
        self._settled = {}
        time.sleep(wait)

    def _keep_pace(self) -> None:
        now = time.monotonic()
        if self._next > now:
            time.sleep(self._next - now)
        self._next = max(self._next, now) + 60 / self._pace.per_minute
