"""What a new plan brings: what changed, and what it asks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple, Self

from csweek.model.basics import Audience
from csweek.model.plan import Deed, Directory, Event, Revision
from csweek.names import few
from csweek.render.screen.days import by, hour, whom
from csweek.render.screen.text import Ink, cells, columns, ink, many, row_of, short, wrap
from csweek.render.screen.year import View, begin

SHOWN = 8
"""Lines of a kind of change; the others are counted."""
NEWS = 3
"""Things that events newly say that are told one by one."""
FIRST = 5
"""Owners that are named."""


class Some(NamedTuple):
    """How many there are of something, and the first of them."""

    number: int
    first: Sequence[Any]


class Soon(NamedTuple):
    """Meetings within the freeze that are not where those invited expect them."""

    days: int
    """The freeze."""
    moved: int
    cancelled: int


class Differences(NamedTuple):
    """What differs from the plan before, of each kind at least the events that are shown."""

    added: Some
    moved: Some
    """Pairs: before, now."""
    changed: Some
    """Pairs, too."""
    cancelled: Some
    why: Mapping[str, str] = MappingProxyType({})
    """Why events moved or were cancelled, by their ids."""
    reworded: int = 0
    """How many say something new of those whom they name."""
    news: Sequence[str] = ()
    """What that is."""
    soon: "Soon | None" = None
    turned: Sequence[str] = ()
    """Whose calendars speak another language now."""

    @classmethod
    def of(cls, revision: Revision, before: Iterable[Event] = ()) -> Self:
        """Return all that a revision changed in the events ``before``."""
        was = {event.id: event for event in before}
        pairs = tuple((was.get(event.id, event), event) for event in revision.changed)
        kinds = (revision.added, revision.moved, pairs, revision.cancelled)
        added, moved, changed, cancelled = (Some(len(kind), kind) for kind in kinds)
        return cls(added, moved, changed, cancelled)

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        kinds = (self.added, self.moved, self.changed, self.cancelled)
        return not (self.reworded or self.turned or any(kind.number for kind in kinds))


def changes(view: View, found: Differences, events: int) -> Iterator[str]:
    """Yield what differs from the plan before; ``events`` is how many stand now."""
    if found.empty:
        yield "Nothing has changed since the last plan." if events else "No events are planned."
    elif found.added.number == events:
        yield f"A new year: {many(events, 'event')}."
    else:
        yield from _kinds(view, found, ("added", "moved", "changed"))
        yield from _soon(found.soon, view.width) if found.soon else ()


def _soon(soon: Soon, width: int) -> Iterator[str]:
    said = {"moved": soon.moved, "cancelled": soon.cancelled}
    numbers = " and ".join(f"{many(number, 'meeting')} {name}" for name, number in said.items() if number)
    if numbers:
        text = f"Within the freeze of {many(soon.days, 'day')}: {numbers}. Tell those who were invited."
        yield from (ink(line, Ink.LIGHT) for line in wrap(text, width))


def by_hand(view: View, revision: Revision, what: Deed, before: Iterable[Event] = ()) -> Iterator[str]:
    """Yield what was changed by hand in the events ``before``, or taken back."""
    said = f"marked {what}" if what in {Deed.DONE, Deed.MISSED} else "changed"
    if what is Deed.UNDONE:
        states = {str(event.status) for event in revision.changed}
        said = f"{states.pop()} as before" if len(states) == 1 else "as before"
    moved = "moved back" if what is Deed.UNDONE else "moved"
    yield from _kinds(view, Differences.of(revision, before), ("planned again", moved, said))


def _kinds(view: View, found: Differences, said: tuple[str, str, str]) -> Iterator[str]:
    names = view.directory
    added, gone = (
        [(e, _day(e), whom(e, names)) for e in kind.first] for kind in (found.added, found.cancelled)
    )
    moved = [
        (after, _moved(before, after), ", ".join((whom(after, names), *_new_owner(before, after, names))))
        for before, after in found.moved.first
    ]
    changed = [(after, _day(after), _news(before, after, names)) for before, after in found.changed.first]
    yield from _kind("+", said[0], found.added.number, added, view)
    yield from _kind(">", said[1], found.moved.number, moved, view, found.why)
    yield from _kind("~", said[2], found.changed.number, changed, view, found.why)
    if found.reworded:
        yield f"~ {reworded(found.reworded, found.news)}"
    if found.turned:
        yield f"~ {many(len(found.turned), 'calendar')} in another language: {_listed(found.turned)}"
    yield from _kind("-", "cancelled", found.cancelled.number, gone, view, found.why)


def reworded(number: int, news: Sequence[str], year: str = "") -> str:
    """Return what events say now: ``3 events of 2028 say a new name: Anna Lind (before: Anna Berg)``."""
    which = f"{many(number, 'event')}{f' of {year}' if year else ''}"
    return f"{which} {'says' if number == 1 else 'say'} {_listed(news) or 'new names of teams and sites'}"


def _listed(told: Sequence[str]) -> str:
    return few(told, NEWS)


def _news(before: Event, after: Event, names: Directory) -> str:
    """Return for whom an event is, and what of it is new."""
    was, now = before.title.say(names.locale), after.title.say(names.locale)
    renamed = before.team != after.team and after.audience is Audience.TEAM
    differs = {
        f"was {before.team}": renamed,
        f"now in {after.team}": before.team != after.team and after.team and not renamed,
        f"now at {after.site}": before.site != after.site and after.site,
        f"was {was}": was != now,
        f"now {after.action}": before.action != after.action,
        f"now {after.minutes} min": before.minutes != after.minutes,
    }
    said = [whom(after, names), *_new_owner(before, after, names)]
    said += [text for text, true in differs.items() if true]
    said += [f"with {names.name(one)}" for one in after.recipients if one not in before.recipients]
    said += [f"without {names.name(one)}" for one in before.recipients if one not in after.recipients]
    return ", ".join(said)


def _new_owner(before: Event, after: Event, names: Directory) -> Iterator[str]:
    if before.owner != after.owner:
        yield f"now by {by(after, names)}"


Line = tuple[Event, str, str]
"""An event, its day and hour, and for whom it is."""


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
        (
            one.year,
            str(one.number),
            f"{one.at:%a} {one.at.day:2} {one.at:%b %Y %H:%M}",
            str(one.what),
            many(one.events, "event"),
        )
        for one in steps
    ]
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    yield from (row_of(row, widths) for row in rows)


_LOOKS: Mapping[str, tuple[Ink, ...]] = {"+": (Ink.GOOD,), "-": (Ink.BAD,), ">": (Ink.LIGHT,), "~": ()}


def _kind(
    sign: str,
    name: str,
    number: int,
    events: Sequence[Line],
    view: View,
    why: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[str]:
    """Yield the events of a kind of change, those with one reason together below it."""
    if not number:
        return
    yield ink(f"{sign} {many(number, 'event')} {name}", *_LOOKS[sign])
    rows = [
        (day, event.title.say(view.directory.locale), people, event.id)
        for event, day, people in events[:SHOWN]
    ]
    indent = "    " if any(why.get(row[-1]) for row in rows) else "  "
    widths = columns(rows, view.width - len(indent), stretch={1: 2, 2: 3} if sign in "~>" else {1: 3, 2: 2})
    reasons = dict.fromkeys(why.get(row[-1], "") for row in rows)
    for reason in sorted(reasons, key=bool):
        if reason:
            yield ink(f"  {reason}:", Ink.QUIET)
        for row in (row for row in rows if why.get(row[-1], "") == reason):
            yield indent + row_of(row, widths)
    if number > SHOWN:
        yield ink(f"  and {number - SHOWN:,} more", Ink.QUIET)


def _day(event: Event) -> str:
    return f"{short(event.date)} {hour(event)}".rstrip()


def _moved(before: Event, after: Event) -> str:
    if before.date == after.date:
        return f"{short(after.date)} {hour(before) or 'all day'} → {hour(after) or 'all day'}"
    at = "" if hour(before) == hour(after) else f" {hour(after) or 'all day'}"
    return f"{short(before.date)} → {short(after.date)}{at}"


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
    dearest: Sequence[tuple[str, float]] = ()
    """The actions that cost most."""


def asks(view: View, load: Sequence[int], owners: Sequence[Asked], limit: int, money: Money) -> Iterator[str]:
    """Yield what the year asks: events, minutes of owners (the one asked for most first), money."""
    yield ink("What this year asks", Ink.TITLE)
    events = sum(load)
    a_week = events / max(1, len(load) - begin(load))
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
        line = row_of(row, widths)
        if one is None:
            yield ink(line, Ink.QUIET)
        else:
            yield ink(f"{line}, over {limit}", Ink.LIGHT) if one.most > limit else line
    if len(owners) > FIRST:
        yield ink(f"and {many(len(owners) - FIRST, 'owner')} with less", Ink.QUIET)


def _money(money: Money) -> Iterator[str]:
    if not money.amount:
        budget = "" if money.budget is None else f"{money.currency} {money.budget:,.0f}".strip()
        untouched = f": the budget of {budget} is untouched" if budget else ""
        yield f"Nothing has to be bought{untouched}."
        return
    cost = f"{money.currency} {money.amount:,.0f}".strip()
    if money.budget is None:
        yield f"{cost}, where everything is bought that costs something."
    elif money.amount > money.budget:
        dearest = ", ".join(f"{action} ({amount:,.0f})" for action, amount in money.dearest)
        named = f"; the dearest: {dearest}" if dearest else ""
        yield ink(f"{cost}, which is over the budget of {money.budget:,.0f}{named}.", Ink.LIGHT)
    else:
        yield f"{cost} of a budget of {money.budget:,.0f}."
