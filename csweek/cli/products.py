"""What is made for people: documents of a desk's plan, and who was left out."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from csweek.cli.desk import Desk
from csweek.cli.session import session
from csweek.cli.streams import tell
from csweek.errors import Problem, Severity, UsageError
from csweek.model.basics import Year, iso_week
from csweek.model.plan import Document
from csweek.names import safe_name
from csweek.render import calendars, tables
from csweek.render.announcements.documents import languages, weekly
from csweek.render.recipients import left_out

KINDS = calendars.USUAL


def calendars_of(at: Desk, kinds: Collection[calendars.Kind]) -> Iterator[Document]:
    """Yield the calendars of these kinds, telling who was left out of what is still ahead."""
    ahead = (event for event in at.plan.live if event.date >= session().today)
    session().warn(left_out(ahead, at.inputs.people))
    empty = True
    for document in calendars.calendars(at.plan, at.inputs, kinds):
        empty = False
        yield document
    if empty:
        tell(f"There is nothing for these calendars in {at.plan.year.label}.")


def table(at: Desk, kind: Literal["csv", "json", "wfm"], delimiter: str = ",") -> Document:
    """Return the plan as one table for the organisers, without their own surprises."""
    if kind == "wfm":
        from csweek.render.workforce import workforce_csv

        name = f"private/organisers/{at.private(f'workforce-{safe_name(at.plan.year.label)}')}.csv"
        return Document(name, "text/csv", workforce_csv(at.plan, at.inputs, delimiter))
    name = f"private/organisers/{at.private(f'plan-{safe_name(at.plan.year.label)}')}.{kind}"
    if kind == "json":
        content = tables.events_json(at.plan, at.directory, at.organisers)
        return Document(name, "application/json", content)
    return Document(name, "text/csv", tables.events_csv(at.plan, at.directory, at.organisers, delimiter))


def announcements(at: Desk, monday: date, teams: Sequence[str]) -> Iterator[Document]:
    """Yield a week's note for everyone in each language, or for these teams."""
    week = [event for event in at.plan.live if monday <= event.date <= monday + timedelta(days=6)]
    session().warn(_outside(at.plan.year, monday))
    session().warn(left_out(week, at.inputs.people))
    yield from weekly(at.plan, at.inputs, monday, at.template, teams=teams)


def _outside(year: Year, monday: date) -> Iterator[Problem]:
    """Yield a warning for a week for which nothing can have been planned."""
    if monday not in year:
        first, last = iso_week(year.first), iso_week(year.monday(year.weeks - 1))
        yield Problem(
            None,
            f"{iso_week(monday)} lies outside the year that is planned ({first} to {last})",
            "--week takes one of its weeks",
            Severity.WARNING,
        )


def language(at: Desk, asked: str | None) -> str:
    """Return the language of a note: the one asked for, else the organisation's.

    Raises UsageError for one that nobody reads.
    """
    known = {one.casefold(): one for one in languages(at.inputs)}
    if asked is not None and asked.casefold() not in known:
        raise UsageError(f"nobody here reads {asked!r}", f"there are {', '.join(known.values())}")
    return at.inputs.locale if asked is None else known[asked.casefold()]
