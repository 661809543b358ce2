"""Options that several commands share, and the one reading of the clock."""

import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click

from csweek.cli.terminal.session import Session
from csweek.model.basics import YEARS

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or fail with an example."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day; write it like 2027-10-04.", param, ctx)
        if day.year not in YEARS:
            self.fail(
                f"csweek knows the years {YEARS[0]} to {YEARS[-1]}; write it like 2027-10-04.", param, ctx
            )
        return day


def now(after: datetime | None = None) -> datetime:
    """Return the time that a new revision bears, in UTC; SOURCE_DATE_EPOCH fixes it.

    ``after`` is that of the revision before: calendars tell them apart by the second.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    at = (
        datetime.fromtimestamp(int(fixed), UTC)
        if re.fullmatch(r"[0-9]{1,10}", fixed)
        else datetime.now(UTC).replace(microsecond=0)
    )
    return at if after is None else max(at, after + timedelta(seconds=1))


def midnight(day: date) -> datetime:
    """Return the beginning of a day in UTC: the time of what is made without a plan that is saved."""
    return datetime.combine(day, time(), UTC)


def _keep(name: str) -> Callable[[click.Context, click.Parameter, object], None]:
    """Return what lets the session keep an option, wherever on the line it stands."""

    def keep(ctx: click.Context, _param: click.Parameter, value: object) -> None:
        if value:
            setattr(ctx.ensure_object(Session), name, value)

    return keep


def week(text: str, metavar: str = "N") -> Callable[[Decorated], Decorated]:
    """Return the option that names a week, with its help."""

    def keep(ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
        ctx.ensure_object(Session).week = value
        return value

    return click.option("--week", metavar=metavar, callback=keep, help=text)


today = click.option(
    "--today", "_today", type=Day(), metavar="YYYY-MM-DD", envvar="CSWEEK_TODAY",
    expose_value=False, callback=_keep("day"), help="Take this day for today.",
)  # fmt: skip
year = click.option(
    "--year", "_year", metavar="YEAR", expose_value=False, callback=_keep("year"),
    help="Another planned year, like 2027.",
)  # fmt: skip
as_json = click.option(
    "--json", "_json", is_flag=True, expose_value=False, callback=_keep("json"),
    help="Answer in JSON, for programs.",
)  # fmt: skip
strict = click.option(
    "--strict", "_strict", is_flag=True, expose_value=False, callback=_keep("strict"),
    help="Exit with 1 when there is a warning.",
)  # fmt: skip


def shown(command: Decorated) -> Decorated:
    """Add what every page takes: ``--today``, ``--json`` and ``--strict``."""
    return today(as_json(strict(command)))


dry_run = click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")


def out(text: str) -> Callable[[Decorated], Decorated]:
    """Return ``--out DIR`` with this help."""
    return click.option("--out", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help=text)
