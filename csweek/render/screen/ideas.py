"""The action library in a terminal: a line for each action, or all that is to be said of a few."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from csweek.model.basics import Audience, Channel, Cost, Practice
from csweek.model.theme import Action
from csweek.render.phrases import PRACTICES
from csweek.render.screen.text import Ink, cells, columns, ink, many, row_of, wrap
from csweek.render.screen.theme import rhythm

FEW = 8
"""So many are shown in full, with how to do them."""
_MARGIN = "  "
_EASY = 84
"""Columns of a line that is read in one go."""
_WIDE = 100
"""From so many columns on a line also says who does it and when."""
_NARROW = 72
"""In fewer columns than these a line has only title and id."""
_LONGEST_WHEN = 18
_DAYS: Mapping[str, str] = {
    "csw-1": "Monday of CSW",
    "csw-2": "Tuesday of CSW",
    "csw-3": "Wednesday of CSW",
    "csw-4": "Thursday of CSW",
    "csw-5": "Friday of CSW",
    "day-after": "the day after",
}
_OWN = ("remote", "night", "quiet", "deskless", "no-cost", "newcomer")
"""Tags that say for whom it is; the others say who takes it in turn, which is said in words."""


class Entry(Struct, frozen=True):
    """An action with what the theme does with it."""

    action: Action
    taken_by: tuple[str, ...]
    """Ids of the owed actions that take it in turn."""
    days: tuple[str, ...]
    """The days of CSW on which it stands: ``csw-1`` to ``csw-5`` and ``day-after``."""


def library(entries: Sequence[Entry], locale: str, width: int, *, full: bool) -> Iterator[str]:
    """Yield the actions by practice, those that stand in the plan first; ``full``: with how to do each."""
    ordered = [entry for practice in Practice for entry in _of(entries, practice)]
    if full:
        for number, entry in enumerate(ordered):
            yield from ([""] if number else [])
            yield from _in_full(entry, locale, width)
    elif ordered:
        yield from _table(ordered, locale, width)


def _table(entries: Sequence[Entry], locale: str, width: int) -> Iterator[str]:
    head, rows = _head(width), [_row(entry, locale, width) for entry in entries]
    widths = columns([head, *rows], width, stretch={0: 1})
    yield ink(row_of(head, widths), Ink.QUIET)
    before: Practice | None = None
    for entry, row in zip(entries, rows, strict=True):
        practice = entry.action.practice
        if practice is not before:
            yield ""
            yield _heading(practice, len(_of(entries, practice)), width)
        before = practice
        yield _line(row, entry, widths)


def _of(entries: Iterable[Entry], practice: Practice) -> list[Entry]:
    found = [entry for entry in entries if entry.action.practice is practice]
    return sorted(found, key=lambda entry: not _planned(entry))


def _planned(entry: Entry) -> bool:
    return entry.action.owed or bool(entry.days)


def _heading(practice: Practice, count: int, width: int) -> str:
    name, number = PRACTICES[practice].say("en"), str(count)
    return ink(name, Ink.TITLE) + " " * (width - cells(name) - len(number)) + ink(number, Ink.QUIET)


def _head(width: int) -> tuple[str, ...]:
    if width < _NARROW:
        return ("", "id")
    return ("", "for", "by", "min", "when", "id") if width >= _WIDE else ("", "for", "min", "id")


def _row(entry: Entry, locale: str, width: int) -> tuple[str, ...]:
    action = entry.action
    title = ("• " if _planned(entry) else "  ") + action.title.say(locale)
    whom = "everyone" if action.audience is Audience.ORGANISATION else str(action.audience)
    whom = action.owner if action.channel is Channel.TASK else whom
    minutes = f"{_minutes(action):3}"
    if width < _NARROW:
        return (title, action.id)
    return (
        (title, whom, action.owner, minutes, _when(entry), action.id)
        if width >= _WIDE
        else (title, whom, minutes, action.id)
    )


def _line(row: Sequence[str], entry: Entry, widths: Sequence[int]) -> str:
    line = row_of(row, widths)
    return line.removesuffix(entry.action.id) + ink(entry.action.id, Ink.QUIET)


def _minutes(action: Action) -> int:
    return action.minutes + (action.prepare.minutes if action.prepare else 0)


def _when(entry: Entry) -> str:
    if entry.days:
        return _DAYS[entry.days[0]]
    if not entry.action.owed:
        return "in turn" if entry.taken_by else "to choose"
    said = rhythm(entry.action)
    return said if cells(said) <= _LONGEST_WHEN else "fixed days"


# --- in full -------------------------------------------------------------------------------------


def _in_full(entry: Entry, locale: str, width: int) -> Iterator[str]:
    action, title = entry.action, entry.action.title.say(locale)
    gap = width - cells(title) - cells(action.id)
    beside = gap >= len(_MARGIN)
    ident = ink(action.id, Ink.QUIET)
    yield ink(title, Ink.TITLE) + (" " * gap + ident if beside else "")
    yield from () if beside else (_MARGIN + ident,)
    for line in wrap(" · ".join(_facts(entry)), width - len(_MARGIN)):
        yield _MARGIN + ink(line, Ink.QUIET)
    for line in wrap(action.how.say(locale), min(width - len(_MARGIN), _EASY)):
        yield _MARGIN + line


def _facts(entry: Entry) -> Iterator[str]:
    action = entry.action
    yield PRACTICES[action.practice].say("en") + (
        f" ({PRACTICES[action.focus].say('en')})" if action.focus else ""
    )
    by = f"by a {action.owner}" if action.owner in {"manager", "leader", "peer"} else f"by {action.owner}"
    yield f"for the {action.audience}" if action.audience == "organisation" else f"for a {action.audience}"
    yield by.replace("by organiser", "by an organiser")
    yield f"{action.minutes} min" + (f" and {action.prepare.minutes} before" if action.prepare else "")
    yield "no cost" if action.cost is Cost.NONE else f"cost {action.cost}"
    yield f"{action.channel}, a surprise" if action.visibility == "surprise" else _channel(action)
    yield ", ".join(_DAYS[day] for day in entry.days) or _turn(entry)
    if action.announcement:
        yield f"csweek announce {action.announcement} tells of it"
    tags = [tag for tag in _OWN if tag in action.tags and tag != "no-cost"]
    if tags:
        yield "fits " + ", ".join(tags)


def _channel(action: Action) -> str:
    return "task for the organiser" if action.channel is Channel.TASK else str(action.channel)


def _turn(entry: Entry) -> str:
    if entry.action.owed:
        return rhythm(entry.action)
    return f"in turn in {', '.join(entry.taken_by)}" if entry.taken_by else "for a programme of your own"


def ending(shown: int, whole: int, tags: Sequence[str], width: int, *, full: bool) -> Iterator[str]:
    """Yield how many there are, what the dots mean, and how to see fewer of them."""
    told = many(whole, "action") if shown == whole else f"{shown} of {many(whole, 'action')}"
    marks = "" if full else " • stands in the plan; the others take turns, or wait for your programme."
    filters = f" Tags: {', '.join(tags)}." if shown == whole else ""
    yield ""
    yield from (ink(line, Ink.QUIET) for line in wrap(f"{told}.{marks}{filters}", width))
