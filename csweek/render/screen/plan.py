"""What a new plan brings: what changed, and what it asks."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from csweek.model.plan import Deed, Event, Revision
from csweek.render.screen.days import hour, whom
from csweek.render.screen.text import Ink, cells, columns, ink, many, pad, short
from csweek.render.screen.year import View

SHOWN = 8
"""Lines of a kind of change; the others are counted."""
FIRST = 5
"""Owners that are named."""


def changes(view: View, revision: Revision) -> Iterator[str]:
    """Yield what differs from the plan before: added, moved, changed, cancelled."""
    if revision.empty:
        yield "Nothing has changed since the last plan." if revision.plan.live else "No events are planned."
        return
    if len(revision.added) == len(revision.plan.live):
        yield f"A new year: {many(len(revision.added), 'event')}."
        return
    moved = [(after, _moved(before, after)) for before, after in revision.moved]
    yield from _kind("+", "added", [(event, _day(event)) for event in revision.added], view)
    yield from _kind(">", "moved", moved, view)
    yield from _kind("~", "changed", [(event, _day(event)) for event in revision.changed], view)
    yield from _kind("-", "cancelled", [(event, _day(event)) for event in revision.cancelled], view)


def by_hand(view: View, revision: Revision, what: Deed) -> Iterator[str]:
    """Yield what was changed by hand, or taken back."""
    said = f"marked {what}" if what in {Deed.DONE, Deed.MISSED} else "changed"
    moved = [(after, _moved(before, after)) for before, after in revision.moved]
    yield from _kind("+", "planned again", [(event, _day(event)) for event in revision.added], view)
    yield from _kind(">", "moved", moved, view)
    yield from _kind("~", said, [(event, _day(event)) for event in revision.changed], view)
    yield from _kind("-", "cancelled", [(event, _day(event)) for event in revision.cancelled], view)


class Done(NamedTuple):
    """A revision as history tells it."""

    year: str
    number: int
    at: datetime
    """In local time."""
    what: Deed
    events: int


def history(steps: Sequence[Done]) -> Iterator[str]:
    """Yield a line for each revision, in the order given."""
    rows = [
        (one.year, str(one.number), f"{one.at:%a %d %b %Y %H:%M}", str(one.what), many(one.events, "event"))
        for one in steps
    ]
    for row in rows:
        widths = [max(cells(other[at]) for other in rows) for at in range(len(row))]
        yield "  ".join(pad(text, width) for text, width in zip(row, widths, strict=True)).rstrip()


_LOOKS: Mapping[str, tuple[Ink, ...]] = {"+": (Ink.GOOD,), "-": (Ink.BAD,), ">": (Ink.LIGHT,), "~": ()}


def _kind(sign: str, name: str, events: Sequence[tuple[Event, str]], view: View) -> Iterator[str]:
    if not events:
        return
    yield ink(f"{sign} {many(len(events), 'event')} {name}", *_LOOKS[sign])
    rows = [
        (day, event.title.say(view.directory.locale), whom(event, view.directory), event.id)
        for event, day in events[:SHOWN]
    ]
    widths = columns(rows, view.width - 2, stretch={1: 3, 2: 2})
    for row in rows:
        yield "  " + "  ".join(pad(text, width) for text, width in zip(row, widths, strict=True)).rstrip()
    if len(events) > SHOWN:
        yield ink(f"  and {len(events) - SHOWN:,} more", Ink.QUIET)


def _day(event: Event) -> str:
    return f"{short(event.date)} {hour(event)}".rstrip()


def _moved(before: Event, after: Event) -> str:
    if before.date == after.date:
        return f"{short(after.date)} {hour(before) or 'all day'} → {hour(after) or 'all day'}"
    return f"{short(before.date)} → {short(after.date)}"


class Asked(NamedTuple):
    """What a year asks of one owner, in minutes."""

    name: str
    mean: float
    """In an average week."""
    most: int
    week: int
    """The ISO week in which it is the most."""


class Money(NamedTuple):
    """What a year costs, and what it may cost."""

    currency: str
    amount: float
    budget: float | None


def asks(view: View, load: Sequence[int], owners: Sequence[Asked], limit: int, money: Money) -> Iterator[str]:
    """Yield what the year asks: events, minutes of owners (the one asked for most first), money."""
    yield ink("What this year asks", Ink.TITLE)
    events = sum(load)
    a_week = events / max(1, len(load))
    yield f"{many(events, 'event')}, {f'about {a_week:.0f}' if a_week >= 0.5 else 'less than 1'} a week."
    yield from _minutes(owners, limit, view.width)
    yield from _money(money)


def _minutes(owners: Sequence[Asked], limit: int, width: int) -> Iterator[str]:
    rows = [
        (one.name, f"{one.mean:.0f} min", f"{one.most} min", f"week {one.week}") for one in owners[:FIRST]
    ]
    if not rows:
        return
    rows = [("", "average week", "fullest", ""), *rows]
    widths = columns(rows, width, stretch={0: 1})
    for row, one in zip(rows, (None, *owners), strict=False):
        line = "  ".join(pad(text, width) for text, width in zip(row, widths, strict=True)).rstrip()
        if one is None:
            yield ink(line, Ink.QUIET)
        else:
            yield ink(f"{line}, over {limit}", Ink.LIGHT) if one.most > limit else line
    if len(owners) > FIRST:
        yield ink(f"and {many(len(owners) - FIRST, 'owner')} with less", Ink.QUIET)


def _money(money: Money) -> Iterator[str]:
    if not money.amount:
        untouched = "" if money.budget is None else f": the budget of {money.budget:,.0f} is untouched"
        yield f"Nothing has to be bought{untouched}."
        return
    cost = f"{money.currency} {money.amount:,.0f}".strip()
    if money.budget is None:
        yield f"{cost}, where everything is bought that costs something."
    elif money.amount > money.budget:
        yield ink(f"{cost}, which is over the budget of {money.budget:,.0f}.", Ink.LIGHT)
    else:
        yield f"{cost} of a budget of {money.budget:,.0f}."
