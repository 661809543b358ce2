"""What ``csweek send`` does: letters for readers and channels, shown, delivered, summed up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack

from msgspec import Struct

from csweek.cli import options
from csweek.cli.sources.desk import Desk
from csweek.cli.telling import mailing
from csweek.cli.telling.announcing import announced, finish, newsroom
from csweek.cli.telling.choosing import Chosen, in_one_language, language
from csweek.cli.terminal.called import again
from csweek.cli.terminal.progress import working
from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import give_json, say, tell
from csweek.errors import CsweekError, Problem, UsageError
from csweek.names import few
from csweek.render.announcements.announcement import Announcement
from csweek.render.announcements.documents import CHANNELS, Layout, documents
from csweek.render.announcements.newsroom import Newsroom
from csweek.send.deliver import Pace, deliver
from csweek.send.letters import ClosedError, Fate, Letter, Line, Result, State, Ticket
from csweek.store.outbox import Outbox

MAIL = "mail"
LAYOUTS = {MAIL: "eml", "slack": "slack", "teams": "teams"}
RATES = {MAIL: 30, "slack": 60, "teams": 60}
EARLIER = "handed over earlier without an answer"
NOTHING = "There is nothing to send to anybody."
SHOWN = 10
"""Readers of an announcement that are named; the others are counted."""


class Order(Struct, frozen=True):
    """How to deliver, as the options say it."""

    by: str
    webhook: str | None
    rate: int | None
    deliver: bool
    retry: bool

    @property
    def variable(self) -> str:
        """The environment variable that holds the webhook's address."""
        return self.webhook or f"CSWEEK_{self.by.upper()}_WEBHOOK"


def send_all(at: Desk, chosen: Chosen, order: Order) -> None:
    """Show what would be sent, or send it and say what went where.

    Raises CsweekError, once all else is done, for what could not be.
    """
    if at.root is None:
        raise UsageError("without a workspace there is nobody to write to", "csweek init makes one")
    if order.webhook and order.by == MAIL:
        raise UsageError("--webhook is for --by slack or teams", "leave it out")
    line = _line(order) if order.deliver else None
    chosen = chosen if order.by == MAIL else in_one_language(at, chosen)
    room = newsroom(at)
    letters = tuple(_letters(at, room, chosen, order))
    known = _known(at, letters)
    if line is None:
        _show(letters, known, order)
    else:
        with ExitStack() as stack:
            if isinstance(line, mailing.Smtp):
                stack.enter_context(line)
            _send(at, letters, known, line, order)
    finish(room, chosen)


# --- letters ------------------------------------------------------------------------------------------


def _letters(at: Desk, room: Newsroom, chosen: Chosen, order: Order) -> Iterator[Letter]:
    """Yield a letter for each reader or channel of each announcement."""
    wanted = {one.stem: one for one in announced(at, room, chosen) if _wanted(at, one, chosen, order)}
    channel = CHANNELS[LAYOUTS[order.by]]
    for document in documents(wanted.values(), [channel], Layout.of(room), chosen.faults):
        stem = document.name.removesuffix(channel.ending)
        for name, to in _readers(at, wanted[stem], order):
            yield Letter(Ticket(stem, to), document.content, name)


def _wanted(at: Desk, one: Announcement, chosen: Chosen, order: Order) -> bool:
    """Whether an announcement can go this way; what is private is told, not posted."""
    if order.by != MAIL and not one.stem.startswith("share/"):
        hint = "--by mail sends it to whom it is for"
        chosen.faults.add(Problem(None, f"{one.kind} is private and goes to no channel", hint))
        return False
    if chosen.locale is None and (order.by == MAIL or one.team is not None):
        return True
    return one.message.locale == language(at, chosen.locale)


def _readers(at: Desk, one: Announcement, order: Order) -> Iterator[tuple[str, str]]:
    """Yield name and address of everyone whom an announcement is for; a channel has no name."""
    if order.by == MAIL:
        yield from dict.fromkeys(mailing.readers(at, one))
    else:
        yield "", f"{order.by}:{order.variable}"


# --- a dry run ----------------------------------------------------------------------------------------


def _known(at: Desk, letters: Sequence[Letter]) -> Mapping[Ticket, str]:
    """Return the states of these letters as of the last run."""
    with _outbox(at) as outbox:
        states = outbox.states()
    return {one.ticket: states[one.ticket] for one in letters if one.ticket in states}


def _outbox(at: Desk) -> Outbox:
    """Open the outbox; the plan was read from its file."""
    assert at.root is not None  # noqa: S101 - send_all sees to it
    return Outbox.open(at.root, options.now())


def _show(letters: Sequence[Letter], known: Mapping[Ticket, str], order: Order) -> None:
    """Say what would go to whom."""
    states = {State.SENT: Fate.ALREADY, State.BEGUN: Fate.DOUBTFUL}
    results = [
        Result(one, states.get(State(known.get(one.ticket, State.FREE)), Fate.LEFT)) for one in letters
    ]
    if session().json:
        _give(results, delivered=False)
    else:
        for what, group in _by_announcement(results).items():
            new = [
                one for one in group if one.fate is Fate.LEFT or (one.fate is Fate.DOUBTFUL and order.retry)
            ]
            rest = ", ".join(_counts(one for one in group if one not in new))
            say(f"{what}: would go to {len(new)}{f'; {rest}' if rest else ''}")
            for one in new[:SHOWN]:
                say(f"  {_whom(one.letter)}")
            if len(new) > SHOWN:
                say(f"  and {len(new) - SHOWN} more; --json names them all")
    tell(
        "A dry run: nothing was sent. --deliver sends it."
        if letters
        else "There is nothing to send to anybody."
    )


# --- sending ------------------------------------------------------------------------------------------


def _line(order: Order) -> Line:
    """Return the way out. Raises UsageError for what the environment lacks."""
    try:
        return mailing.smtp() if order.by == MAIL else mailing.webhook(order.variable)
    except ClosedError as error:
        raise UsageError(f"{order.variable}: {error}", error.hint) from None


def _send(at: Desk, letters: Sequence[Letter], known: Mapping[Ticket, str], line: Line, order: Order) -> None:
    """Send what is to be sent, and sum up, also where it was stopped on the way."""
    doubtful = [one for one in letters if known.get(one.ticket) == State.BEGUN]
    left = set() if order.retry else {one.ticket for one in doubtful}
    results = [Result(one, Fate.DOUBTFUL, EARLIER) for one in letters if one.ticket in left]
    waiting = [one for one in letters if one.ticket not in left]
    pace = Pace(per_minute=order.rate or RATES[order.by])
    closed: ClosedError | None = None
    with _outbox(at) as outbox:
        if order.retry:
            outbox.turn({one.ticket: State.FREE for one in doubtful}, ())
        try:
            with working("Sending"):
                for result in deliver(waiting, line, outbox, pace):
                    results.append(result)  # noqa: PERF402 - what is known so far outlives a stop
        except ClosedError as error:
            closed = error
        except KeyboardInterrupt:
            _say([*results, *_rest(results, waiting, outbox)])
            raise
        results += _rest(results, waiting, outbox)
    _say(results)
    _tell(results, closed)


def _rest(results: Iterable[Result], waiting: Iterable[Letter], outbox: Outbox) -> Iterator[Result]:
    """Yield the fate of those that were not come to, one of which may have been on its way."""
    seen, states = {one.letter.ticket for one in results}, outbox.states()
    for one in waiting:
        if one.ticket not in seen:
            begun = states.get(one.ticket) == State.BEGUN
            yield Result(one, Fate.DOUBTFUL if begun else Fate.LEFT, "stopped on the way" if begun else "")


def _say(results: Sequence[Result]) -> None:
    """Say what went where."""
    if session().json:
        _give(results, delivered=True)
    else:
        for what, group in _by_announcement(results).items():
            say(f"{what}: {', '.join(_counts(group))}")
    if not results:
        tell("There is nothing to send to anybody.")


def _tell(results: Iterable[Result], closed: ClosedError | None) -> None:
    """Raise CsweekError where something did not arrive or is in doubt, what is alike as one."""
    alike: dict[tuple[Fate, str], list[str]] = {}
    for one in results:
        if one.fate in {Fate.REFUSED, Fate.DOUBTFUL}:
            alike.setdefault((one.fate, one.why), []).append(_whom(one.letter))
    problems = [_problem(*why, whom) for why, whom in alike.items()]
    if closed is not None:
        problems.append(Problem(None, str(closed), closed.hint or None))
    if problems:
        raise CsweekError(problems)


def _problem(fate: Fate, why: str, whom: Sequence[str]) -> Problem:
    named = few(whom, SHOWN)
    if fate is Fate.DOUBTFUL:
        hint = f"ask whether it arrived; {again(session().folder)} send --retry-doubtful sends it again"
        return Problem(None, f"{named}: may have arrived or not: {why}", hint)
    return Problem(None, f"{named}: {why}", "correct the address, or ask IT; it is tried again next time")


def _by_announcement(results: Iterable[Result]) -> Mapping[str, list[Result]]:
    found: dict[str, list[Result]] = {}
    for one in results:
        found.setdefault(one.letter.ticket.what.rpartition("/")[2], []).append(one)
    return found


def _counts(results: Iterable[Result]) -> Iterator[str]:
    """Yield how many met each fate."""
    fates = [one.fate for one in results]
    for fate in Fate:
        if fate in fates:
            yield f"{fates.count(fate)} {'in doubt' if fate is Fate.DOUBTFUL else fate}"


def _whom(letter: Letter) -> str:
    return f"{letter.name} <{letter.ticket.to}>" if letter.name else letter.ticket.to


def _give(results: Iterable[Result], *, delivered: bool) -> None:
    rows = [
        {
            "what": one.letter.ticket.what,
            "to": one.letter.ticket.to,
            "name": one.letter.name,
            "fate": one.fate,
            "why": one.why,
        }
        for one in results
    ]
    give_json({"schema": 1, "delivered": delivered, "letters": rows})
