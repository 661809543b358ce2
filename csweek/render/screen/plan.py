"""What a new plan brings: what changed, and what it asks."""

from collections.abc import Iterator, Mapping, Sequence

from csweek.model import Event, Revision
from csweek.render.screen.days import hour, whom
from csweek.render.screen.text import Ink, columns, ink, many, pad, short
from csweek.render.screen.year import View

SHOWN = 8
"""Lines of a kind of change; the others are counted."""


def changes(view: View, revision: Revision) -> Iterator[str]:
    """Yield what differs from the plan before: added, moved, changed, cancelled."""
    if revision.empty:
        yield "Nothing has changed since the last plan."
        return
    if len(revision.added) == len(revision.plan.live):
        yield f"A new year: {many(len(revision.added), 'event')}."
        return
    moved = [(after, _moved(before, after)) for before, after in revision.moved]
    yield from _kind("+", "added", [(event, _day(event)) for event in revision.added], view)
    yield from _kind(">", "moved", moved, view)
    yield from _kind("~", "changed", [(event, _day(event)) for event in revision.changed], view)
    yield from _kind("-", "cancelled", [(event, _day(event)) for event in revision.cancelled], view)


_LOOKS: Mapping[str, tuple[Ink, ...]] = {"+": (Ink.GOOD,), "-": (Ink.BAD,), ">": (Ink.LIGHT,), "~": ()}


def _kind(sign: str, name: str, events: Sequence[tuple[Event, str]], view: View) -> Iterator[str]:
    if not events:
        return
    yield ink(f"{sign} {many(len(events), 'event')} {name}", *_LOOKS[sign])
    rows = [
        (day, event.title.say(view.directory.locale), whom(event, view.directory), event.id)
        for event, day in events[:SHOWN]
    ]
    widths = columns(rows, view.width - 2, stretch=(1, 2))
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
