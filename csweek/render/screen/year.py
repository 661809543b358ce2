"""The year as a grid of weeks: which are light, what CSW is, where we are."""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from csweek.model.basics import Year, csw_monday
from csweek.model.plan import Directory, Event
from csweek.render.screen.text import Ink, cells, centre, cut, ink, many, pad, short, wrap

CELL = 5
"""Columns that a week takes; one more where a quarter still fits."""
QUARTER = 13
BARS = " ▁▂▃▄▅▆▇█"
LIGHT = 0.6
"""A week is light with less than this share of what the middle week has."""


class View(NamedTuple):
    """What every screen needs: the year, its names, the day that is today, and how wide a line may be."""

    year: Year
    directory: Directory
    today: date
    width: int = 80
    begins: int = 0
    """The position of the week in which the year was first planned."""

    @property
    def now(self) -> int | None:
        """The position of this week, None outside the year."""
        return self.year.week_of(self.today) if self.today in self.year else None


def load_of(covers: Year, events: Iterable[Event]) -> list[int]:
    """Return how many events that stand each week of the year has."""
    weeks = [0] * covers.weeks
    for event in events:
        weeks[covers.week_of(event.date)] += event.live
    return weeks


def middle(load: Sequence[int]) -> float:
    """Return the median, which ``statistics`` would take 5 ms to bring."""
    ranked, half = sorted(load), len(load) // 2
    return ranked[half] if len(load) % 2 else (ranked[half - 1] + ranked[half]) / 2


def csw_weeks(year: Year) -> tuple[int, ...]:
    """Return the positions of the CSW weeks that lie in the year."""
    mondays = (csw_monday(number) for number in range(year.first.year, year.last.year + 1))
    return tuple(year.week_of(monday) for monday in mondays if monday in year)


def light_weeks(load: Sequence[int]) -> tuple[int, ...]:
    """Return the positions of weeks that have far fewer events than the middle one.

    Empty weeks at the beginning are those before the plan was made, and not light.
    """
    start = begin(load)
    usual = middle(load[start:])
    weeks = range(start, len(load))
    return tuple(week for week in weeks if load[week] < LIGHT * usual or not load[week])


def begin(load: Sequence[int]) -> int:
    """Return the position of the first week with an event."""
    return next((week for week, events in enumerate(load) if events), 0)


def year(view: View, load: Sequence[int]) -> Iterator[str]:
    """Yield the lines of the year; ``load``: the events of each week."""
    yield from heading(view, sum(load))
    yield ""
    yield from grid(view, load)
    yield from legend(view, load)


def heading(view: View, events: int) -> Iterator[str]:
    """Yield whose year it is, its motto, its first and last day, and where we are."""
    directory, covers = view.directory, view.year
    whose = " · ".join(part for part in (covers.label, directory.organisation) if part)
    motto = directory.motto.say(directory.locale)
    room = view.width - cells(whose) - 2
    if cells(motto) <= room:
        yield ink(whose, Ink.TITLE) + " " * (room + 2 - cells(motto)) + ink(motto, Ink.QUIET)
    else:
        yield from (ink(line, Ink.TITLE) for line in wrap(whose, view.width))
        yield ink(cut(motto, view.width), Ink.QUIET)
    span = f"{short(covers.first)} {covers.first.year} to {short(covers.last)} {covers.last.year}"
    here = "" if view.now is None else f", this is week {number(covers, view.now)}"
    size = f"{many(covers.weeks, 'week')}, {many(events, 'event')}{here}"
    both = f"{' '.join(span.split())} · {size}"
    for line in [both] if cells(both) <= view.width else both.split(" · "):
        yield from wrap(line, view.width)


def grid(view: View, load: Sequence[int]) -> Iterator[str]:
    """Yield the weeks in rows, a quarter each where that fits: month, number, bar, events, mark."""
    weeks = range(view.year.weeks)
    spare = weeks.stop % QUARTER == 1  # a week 53 stands in the last quarter, not in a row of its own
    cell = CELL + (view.width >= (QUARTER + spare) * (CELL + 1))
    per_row = max(1, min(QUARTER, view.width // cell))
    joined = spare and per_row == QUARTER and view.width >= (QUARTER + 1) * cell
    starts = weeks[::per_row][:-1] if joined else weeks[::per_row]
    for start in starts:
        yield from _row(view, load, weeks[start : None if start == starts[-1] else start + per_row], cell)


def _row(view: View, load: Sequence[int], weeks: range, cell: int) -> Iterator[str]:
    looks = [_look(view, week, light_weeks(load)) for week in weeks]
    full = min(max(load), 2 * middle(load[begin(load) :])) or 1
    months = (pad(_month(view.year, week, first=week == weeks[0]), cell) for week in weeks)
    yield " " + ink("".join(months).rstrip(), Ink.QUIET)
    for texts in (
        [_label(view, week) for week in weeks],
        [BARS[_eighths(load[week], full)] * (cell - 2) for week in weeks],
        [_figure(load[week]) if week >= begin(load) else "" for week in weeks],
        [_mark(view, week, load) for week in weeks],
    ):
        shown = (ink(centre(text, cell), *look) for text, look in zip(texts, looks, strict=True))
        yield "".join(shown).rstrip()


def _eighths(events: int, full: float) -> int:
    return min(len(BARS) - 1, math.ceil(events * (len(BARS) - 1) / full))


def _figure(events: int) -> str:
    return str(events) if events < 10_000 else f"{events // 1000}k"


def _month(covers: Year, week: int, *, first: bool) -> str:
    thursday = covers.monday(week) + timedelta(days=3)
    return f"{thursday:%b}" if first or thursday.day <= 7 else ""


def _label(view: View, week: int) -> str:
    shown = number(view.year, week)
    return f"[{shown}]" if week == view.now else str(shown)


def number(covers: Year, week: int) -> int:
    """Return the ISO number of the week at a position."""
    return covers.monday(week).isocalendar().week


def _mark(view: View, week: int, load: Sequence[int]) -> str:
    csw = csw_weeks(view.year)
    if week in csw:
        return "CSW"
    if not load[week]:
        return "none" if week >= begin(load) else ""
    if week - 1 in csw:
        return "after"
    return "few" if week in light_weeks(load) else ""


def _look(view: View, week: int, light: Collection[int]) -> tuple[Ink, ...]:
    if week == view.now:
        return (Ink.TITLE,)
    if week in csw_weeks(view.year):
        return (Ink.CSW,)
    if week in light:
        return (Ink.LIGHT,)
    return (Ink.QUIET,) if view.today > view.year.monday(week) else ()


def legend(view: View, load: Sequence[int]) -> Iterator[str]:
    """Yield what the grid's signs mean, and the light weeks by number."""
    words = [f"Bars: events in a week, {middle(load[begin(load) :]):.0f} in the middle one."]
    if view.now is not None:
        words.append(f"[{number(view.year, view.now)}]: this week.")
    if "after" in (_mark(view, week, load) for week in range(len(load))):
        words.append("after: the day after CSW.")
    yield from (ink(line, Ink.QUIET) for line in wrap(" ".join(words), view.width))
    light = ", ".join(f"{number(view.year, week)} ({load[week]})" for week in light_weeks(load))
    if light:
        yield from (ink(line, Ink.LIGHT) for line in wrap(f"Light weeks: {light}", view.width))
