"""The month's figures: what customers say beside what is measured inside."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from csweek.errors import Problem, Severity
from csweek.model.inputs import Metric
from csweek.names import fold
from csweek.render.announcements.announcement import Draft
from csweek.render.announcements.newsroom import Circle, Newsroom
from csweek.render.announcements.weekly import whose
from csweek.render.speech import plain


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is shown; ``before`` is the month before's."""

    name: str
    value: str
    target: str
    before: str


def scorecard(room: Newsroom, circle: Circle, day: date) -> Iterator[Draft]:
    """Yield the figures of the latest month that has some on a day."""
    month = latest_month(room, day)
    if month is None:
        return
    facts = {
        "whose": whose(room, circle),
        "month": circle.voice.month(month),
        "external": tuple(_figures(room, month, "external")),
        "internal": tuple(_figures(room, month, "internal")),
    }
    yield Draft("scorecard", f"{month:%Y-%m}", day, facts)


def latest_month(room: Newsroom, day: date) -> date | None:
    """Return the first day of the latest month with figures that has begun on a day."""
    return max((one.month for one in room.inputs.metrics if one.month <= day), default=None)


def one_sided(room: Newsroom, day: date) -> Iterator[Problem]:
    """Yield a warning where none of a month's figures comes from customers."""
    month = latest_month(room, day)
    of_month = [one for one in room.inputs.metrics if one.month == month]
    if of_month and all(one.kind == "internal" for one in of_month):
        yield Problem(
            of_month[0].place,
            f"no figure of {month:%Y-%m} comes from customers: the scorecard shows the inside alone",
            "add one, such as NPS or complaints, or say external in a column 'kind'",
            Severity.WARNING,
        )


def _figures(room: Newsroom, month: date, kind: str) -> Iterator[Figure]:
    before = {fold(one.name): one.value for one in _of(room.inputs.metrics, month - timedelta(days=1))}
    for one in _of(room.inputs.metrics, month):
        if one.kind == kind:
            had = before.get(fold(one.name), "")
            yield Figure(plain(one.name), plain(one.value), plain(one.target), plain(had))


def _of(metrics: Iterable[Metric], day: date) -> Iterator[Metric]:
    """Yield the figures of a day's month."""
    return (one for one in metrics if (one.month.year, one.month.month) == (day.year, day.month))
