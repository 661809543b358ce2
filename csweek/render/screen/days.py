"""Events in lists: a week, today, what is next."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal, get_args

from csweek.model.basics import Audience, Status, csw_monday, monday_of, sunday_of
from csweek.model.plan import Directory, Event
from csweek.render.screen.text import Ink, cells, columns, cut, ink, long, many, pad, short, wrap
from csweek.render.screen.year import View

NARROW = 76
"""Under this many columns an event takes two lines: beside each other too little of each would be left."""
SIGNS = {
    Status.PLANNED: " ",
    Status.DONE: "✓",
    Status.MISSED: "✗",
    Status.UNCONFIRMED: "?",
    Status.CANCELLED: "x",
}
_LOOKS = {
    Status.DONE: Ink.GOOD,
    Status.MISSED: Ink.BAD,
    Status.UNCONFIRMED: Ink.LIGHT,
    Status.CANCELLED: Ink.QUIET,
}
_MEANINGS = {
    Status.DONE: "✓ done",
    Status.MISSED: "✗ missed",
    Status.UNCONFIRMED: "? past, and nobody said how it went",
    Status.CANCELLED: "x cancelled",
}

FEW = 12
"""Events in a list that has a page of its own."""

Part = Literal["day", "hour", "title", "whom", "by", "id"]
PARTS: tuple[Part, ...] = get_args(Part)
_STRETCH: Mapping[Part, int] = {"title": 3, "whom": 2, "by": 2}
"""What may be narrowed, and how much of the room it then gets."""
Row = Mapping[Part, str]


def whom(event: Event, directory: Directory) -> str:
    """Return for whom an event is, in a few words: ``A, B``, a team, ``all stockholm``, everyone."""
    if event.audience is Audience.ORGANISATION:
        return f"all {event.site}" if event.site and len(directory.sites) > 1 else "everyone"
    if event.audience is Audience.TEAM:
        return event.team or "a team"
    names = [directory.name(person) for person in event.recipients]
    return ", ".join(names) if len(names) < 3 else f"{names[0]} and {len(names) - 1} more"


def by(event: Event, directory: Directory) -> str:
    """Return who holds an event; with nobody found, what is wanted."""
    article = "an" if event.owner_role.startswith(tuple("aeiou")) else "a"
    return directory.name(event.owner) if event.owner else f"({article} {event.owner_role})"


def hour(event: Event) -> str:
    """Return the local hour, nothing for a whole day; ``+1`` is after midnight in a night shift."""
    if event.start is None:
        return ""
    return f"{event.start:%H:%M}" + ("+1" if event.start.date() > event.date else "")


def listing(events: Sequence[Event], view: View, without: Collection[Part] = ()) -> Iterator[str]:
    """Yield a line for each event (two in a narrow terminal), each day named once."""
    for lines in blocks(events, view, without):
        yield from lines


def blocks(events: Sequence[Event], view: View, without: Collection[Part]) -> Iterator[Sequence[str]]:
    """Yield the lines of each event, in columns that all of them share."""
    rows = list(_rows(events, view))
    used = [part for part in PARTS if part not in without and any(row[part].strip() for row in rows)]
    if view.width < NARROW:
        for row, event in zip(rows, events, strict=True):
            yield tuple(_stacked(row, event, view, used))
    elif rows:
        yield from ((line,) for line in _aligned(rows, events, view, used))


def _rows(events: Sequence[Event], view: View) -> Iterator[Row]:
    before: date | None = None
    signed = any(SIGNS[event.status] != " " for event in events)
    for event in events:
        yield {
            "day": "" if event.date == before else short(event.date),
            "hour": f"{SIGNS[event.status]} {hour(event)}".rstrip() if signed else hour(event),
            "title": event.title.say(view.directory.locale),
            "whom": whom(event, view.directory),
            "by": by(event, view.directory),
            "id": event.id,
        }
        before = event.date


def _aligned(rows: Sequence[Row], events: Sequence[Event], view: View, used: Sequence[Part]) -> Iterator[str]:
    stretch = {position: _STRETCH[part] for position, part in enumerate(used) if part in _STRETCH}
    widths = columns([[row[part] for part in used] for row in rows], view.width, stretch)
    for row, event in zip(rows, events, strict=True):
        texts = (
            ink(pad(row[part], width), *_look(part, event, view))
            for part, width in zip(used, widths, strict=True)
        )
        yield "  ".join(texts).rstrip()


def _look(part: Part, event: Event, view: View) -> tuple[Ink, ...]:
    if part == "hour" and event.status in _LOOKS:
        return (_LOOKS[event.status],)
    if part == "day" and event.date == view.today:
        return (Ink.TITLE,)
    faded = event.date < view.today or not event.live or part in {"by", "id"}
    return (Ink.QUIET,) if faded else ()


def _stacked(row: Row, event: Event, view: View, used: Collection[Part]) -> Iterator[str]:
    if row["day"] and "day" in used:
        yield ink(row["day"], Ink.TITLE)
    first = " ".join(row[part].strip() for part in ("hour", "title") if row[part].strip())
    yield "  " + ink(cut(first, view.width - 2), *_look("title", event, view))
    people = " · ".join(row[part] for part in ("whom", "by") if part in used)
    room = view.width - 5 - cells(row["id"])
    yield ink(f"    {pad(people, room)} {row['id']}", Ink.QUIET)


def signs(events: Iterable[Event], width: int) -> Iterator[str]:
    """Yield what the signs before these events mean, nothing where there are none."""
    found = {event.status for event in events}
    meanings = " · ".join(text for status, text in _MEANINGS.items() if status in found)
    yield from (ink(line, Ink.QUIET) for line in wrap(meanings, width))


def week(view: View, monday: date, events: Sequence[Event]) -> Iterator[str]:
    """Yield one week: its days in a row, each with its events."""
    sunday = sunday_of(monday)
    number = monday.isocalendar()
    title = f"Week {number.week} · {short(monday)} to {short(sunday)} {sunday.year}"
    yield from _headed(" ".join(title.split()), list(_occasions(view, monday)), view.width)
    live = [event for event in events if event.live]
    minutes = sum(event.minutes for event in live)
    asked = f"{many(len(live), 'event')}, {many(minutes, 'minute')} of owners' time"
    yield from (ink(line, Ink.QUIET) for line in wrap(asked, view.width))
    yield ""
    yield from listing(events, view)
    yield from signs(events, view.width)


def _headed(title: str, occasions: Sequence[tuple[str, Ink]], width: int) -> Iterator[str]:
    """Yield a title with what stands beside it, or below where there is no room."""
    beside = cells(" · ".join([title, *(text for text, _ in occasions)])) <= width
    if beside:
        yield ink(title, Ink.TITLE) + "".join(f" · {ink(text, look)}" for text, look in occasions)
        return
    yield from (ink(line, Ink.TITLE) for line in wrap(title, width))
    yield from (ink(line, look) for text, look in occasions for line in wrap(text, width))


def _occasions(view: View, monday: date) -> Iterator[tuple[str, Ink]]:
    if monday <= view.today <= sunday_of(monday):
        yield "this week", Ink.TITLE
    if monday == csw_monday(monday.year):
        yield "Customer Service Week", Ink.CSW
    elif monday - timedelta(days=7) == csw_monday(monday.year):
        yield "the week of the day after", Ink.CSW


def today(view: View, now: Sequence[Event], still: Sequence[Event], coming: Sequence[Event]) -> Iterator[str]:
    """Yield today's events by site, those of this week that are still open, and the next ones."""
    csw = monday_of(view.today) == csw_monday(view.today.year)
    occasion = [("Customer Service Week", Ink.CSW)] if csw else []
    yield from _headed(f"{long(view.today)} · week {view.today.isocalendar().week}", occasion, view.width)
    yield ""
    live = [event for event in now if event.live]
    nothing = wrap(f"Nothing is planned for today{_outside(view)}.", view.width)
    yield from _by_site(live, view) if live else nothing
    yield from section("Also open this week", still, view, most=FEW)
    yield from section("Next", coming, view)
    yield from signs([*live, *still, *coming], view.width)


def _outside(view: View) -> str:
    if view.today in view.year:
        return ""
    first, last = view.year.first, view.year.last
    return f", which lies outside the planned year ({first.day} {first:%b %Y} to {last.day} {last:%b %Y})"


def _by_site(events: Sequence[Event], view: View) -> Iterator[str]:
    ordered = sorted(events, key=lambda event: event.site)
    before = ""
    for event, lines in zip(ordered, blocks(ordered, view, without={"day"}), strict=True):
        if event.site != before:
            yield ink(event.site, Ink.TITLE)
        before = event.site
        yield from lines


def is_open(event: Event) -> bool:
    """Return whether nobody has said what became of an event."""
    return event.status in {Status.PLANNED, Status.UNCONFIRMED}


def section(
    title: str, events: Sequence[Event], view: View, without: Collection[Part] = (), most: int | None = None
) -> Iterator[str]:
    """Yield a titled list of at most so many events; nothing at all where there are none."""
    if events:
        yield ""
        yield ink(title, Ink.TITLE)
        yield from listing(events[:most], view, without)
    if most is not None and len(events) > most:
        yield ink(f"and {len(events) - most:,} more: csweek show week", Ink.QUIET)


def upcoming(view: View, events: Sequence[Event]) -> Iterator[str]:
    """Yield the next events."""
    yield from (ink(line, Ink.TITLE) for line in wrap(f"Next after {long(view.today)}", view.width))
    yield ""
    if not events:
        yield from wrap(f"Nothing more is planned in {view.year.label}{_outside(view)}.", view.width)
    yield from listing(events, view)
    yield from signs(events, view.width)
