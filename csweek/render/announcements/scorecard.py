"""The month's figures: what customers say beside what is measured inside."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from babel.numbers import get_decimal_symbol
from msgspec import Struct

from csweek.errors import Problem, Severity
from csweek.model.inputs import Metric
from csweek.names import fold
from csweek.render.announcements.announcement import Draft
from csweek.render.announcements.newsroom import Circle, Newsroom
from csweek.render.announcements.weekly import whose
from csweek.render.speech import plain


class Figure(Struct, frozen=True):
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
        "external": tuple(_figures(room, circle, month, "external")),
        "internal": tuple(_figures(room, circle, month, "internal")),
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


def _figures(room: Newsroom, circle: Circle, month: date, kind: str) -> Iterator[Figure]:
    before = {fold(one.name): one.value for one in _of(room.inputs.metrics, month - timedelta(days=1))}
    for one in _of(room.inputs.metrics, month):
        if one.kind == kind:
            had = before.get(fold(one.name), "")
            value, target, before_it = (_spoken(text, circle) for text in (one.value, one.target, had))
            yield Figure(plain(one.name), value, target, before_it)


def _spoken(figure: str, circle: Circle) -> str:
    """Return a figure with the decimal sign of its reader's language: ``4.6`` is ``4,6`` in Swedish."""
    sign = get_decimal_symbol(circle.voice.locale.replace("-", "_"))
    return plain(_DECIMAL.sub(rf"\1{sign}\2", figure))


_DECIMAL = re.compile(r"(?<![\d.,:])(\d{1,3})[.,](\d|\d\d(?!\s?(?:min|h|t|s|분)))(?![\d.,:]*\d)")
"""A number with one or two decimals; three may be thousands, and 6.40 min a time."""


def _of(metrics: Iterable[Metric], day: date) -> Iterator[Metric]:
    """Yield the figures of a day's month."""
    return (one for one in metrics if (one.month.year, one.month.month) == (day.year, day.month))
