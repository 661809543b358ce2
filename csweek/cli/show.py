"""``csweek show``: the year, a week, today, what is next, a person, a team, an owner, an event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from csweek.cli import complete, options
from csweek.cli.sources.shelf import Shelf, opened
from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import columns, give_json, say
from csweek.errors import UsageError
from csweek.model.basics import monday_of, sunday_of
from csweek.model.plan import Event
from csweek.render.screen import days
from csweek.render.screen import year as grid
from csweek.store import Wanted

if TYPE_CHECKING:
    from csweek.plan.told.explain import Week

NEXT = 10
"""Events that ``show next`` lists."""
COMING = 5
"""Those that ``show today`` ends with."""


class Show(click.Group):
    """Takes ``show 41``, ``show w41`` for ``show week 41`` and ``show e12`` for ``show event e12``."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the page that a bare number or id means."""
        if re.fullmatch(r"(\d{4}-?[wW]|[wW]?)\d{1,2}", args[0]):
            args = ["week", *args]
        elif re.fullmatch(r"[eE]\d+", args[0]):
            args = ["event", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=Show, invoke_without_command=True, epilog="Example: csweek show week 41")
@options.year
@options.shown
@click.pass_context
def show(ctx: click.Context) -> None:
    """Show the year, or one page of it.

    Reads nothing but what the last `csweek plan` saved. In a folder without a workspace it shows a
    preview of the default theme.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(whole_year)


def _view(shelf: Shelf) -> grid.View:
    return grid.View(shelf.year, shelf.directory, shelf.today, columns(), shelf.begins)


def _answer(shelf: Shelf, lines: Iterable[str], **events: Sequence[Event]) -> None:
    """Print the page, or with ``--json`` its lists of events by name."""
    if not session().json:
        say("\n".join(lines))
        return
    from csweek.render.tables import as_json  # brings csv; a page does without

    locale = shelf.directory.locale
    lists = {name: [as_json(event, locale) for event in some] for name, some in events.items()}
    give_json({"schema": 1, "year": shelf.year.label, "today": shelf.today.isoformat(), **lists})


@show.command("year", epilog="Example: csweek show year --year 2027")
@options.year
@options.shown
def whole_year() -> None:
    """Show the year as a grid of weeks."""
    with opened(session(), session().year) as shelf:
        load = grid.load_of(shelf.year, shelf.find())
        if session().json:
            give_json(_year_json(shelf, load))
        else:
            say("\n".join(grid.year(_view(shelf), load)))


def _year_json(shelf: Shelf, load: Sequence[int]) -> object:
    light, csw = grid.light_weeks(load), grid.csw_weeks(shelf.year)
    weeks = [
        {
            "week": f"{monday:%G-W%V}",
            "monday": monday.isoformat(),
            "events": load[position],
            "light": position in light,
            "csw": position in csw,
        }
        for position, monday in enumerate(map(shelf.year.monday, range(shelf.year.weeks)))
    ]
    return {"schema": 1, "year": shelf.year.label, "today": shelf.today.isoformat(), "weeks": weeks}


@show.command(epilog="Example: csweek show week 41")
@click.argument("number", required=False, metavar="[N]")
@options.year
@options.shown
def week(number: str | None) -> None:
    """Show week N (41, or 2027-W41), else this week."""
    from csweek.cli.sources import find

    session().week = number
    with opened(session(), session().year) as shelf:
        monday = find.week(number, shelf.year, shelf.today)
        find.say_outside(shelf.year, monday, sunday_of(monday))
        events = shelf.find(Wanted(first=monday, last=sunday_of(monday)))
        _answer(shelf, days.week(_view(shelf), monday, events), events=events)


@show.command(
    epilog="Example: csweek show today", short_help="Show today, what is still open, and what is next."
)
@options.year
@options.shown
def today() -> None:
    """Show today's events by site, what is still open this week, and what is next."""
    with opened(session(), session().year) as shelf:
        monday = monday_of(shelf.today)
        this_week = shelf.find(Wanted(first=monday, last=sunday_of(monday)))
        coming = _first(shelf, monday + timedelta(days=7), COMING)
        now = [event for event in this_week if event.date == shelf.today]
        still = [event for event in this_week if days.is_open(event) and event.date != shelf.today]
        lines = days.today(_view(shelf), now, still, coming)
        _answer(shelf, lines, events=now, open=still, next=coming)


@show.command("next", epilog="Example: csweek show next")
@options.year
@options.shown
def upcoming() -> None:
    """Show the next events after today."""
    with opened(session(), session().year) as shelf:
        events = _first(shelf, shelf.today + timedelta(days=1), NEXT)
        _answer(shelf, days.upcoming(_view(shelf), events), events=events)


def _first(shelf: Shelf, day: date, count: int) -> Sequence[Event]:
    """Return the first so many live events from a day on, from as few days as hold them."""
    events: Sequence[Event] = ()
    for far in (0, 13, 59, 399):
        found = shelf.find(Wanted(first=day, last=day + timedelta(days=far)))
        events = [event for event in found if event.live]
        if len(events) >= count:
            break
    return events[:count]


@show.command(
    epilog="Example: csweek show person anna", short_help="Show what reaches WHO, and what they hold."
)
@click.argument("who", nargs=-1, required=True, shell_complete=complete.persons)
@options.year
@options.shown
def person(who: tuple[str, ...]) -> None:
    """Show what reaches WHO (an id, an e-mail address or a name), and what they hold."""
    from csweek.cli.sources import find
    from csweek.render.screen import pages

    with opened(session(), session().year) as shelf:
        contact = find.person(" ".join(who), shelf.directory)
        received, held = shelf.find(Wanted(person=contact.id)), shelf.find(Wanted(owner=contact.id))
        lines = pages.person(_view(shelf), contact, received, held)
        _answer(shelf, lines, events=received, holds=held)


@show.command(epilog="Example: csweek show team Support")
@click.argument("name", nargs=-1, required=True, shell_complete=complete.teams)
@options.year
@options.shown
def team(name: tuple[str, ...]) -> None:
    """Show a team and its events."""
    from csweek.cli.sources import find
    from csweek.render.screen import pages

    with opened(session(), session().year) as shelf:
        found = find.team(" ".join(name), shelf.directory)
        events = shelf.find(Wanted(team=found))
        members = [one.name for one in shelf.directory.persons.values() if one.team == found]
        _answer(shelf, pages.team(_view(shelf), found, members, events), events=events)


@show.command(epilog="Example: csweek show owner anna@example.com")
@click.argument("who", nargs=-1, required=True, shell_complete=complete.persons)
@options.year
@options.shown
def owner(who: tuple[str, ...]) -> None:
    """Show what WHO is asked to do, and the fullest week."""
    from csweek.cli.sources import find
    from csweek.render.screen import pages

    with opened(session(), session().year) as shelf:
        contact = find.person(" ".join(who), shelf.directory)
        events = shelf.find(Wanted(owner=contact.id))
        _answer(shelf, pages.owner(_view(shelf), contact.name, events), events=events)


@show.command(epilog="Example: csweek show event e412")
@click.argument("ident", metavar="ID", shell_complete=complete.events)
@options.year
@options.shown
def event(ident: str) -> None:
    """Show everything about an event, and why it is as it is."""
    from csweek.cli.sources import find
    from csweek.plan.told.explain import explain
    from csweek.render.screen import pages

    wanted = find.event(ident)
    with opened(session(), session().year) as shelf:
        events = shelf.find(Wanted(id=wanted))
        if not events:
            if shelf.waits(wanted):
                raise UsageError([find.surprise(wanted)])
            raise UsageError(
                f"there is no event {wanted} in {shelf.year.label}", "csweek show week lists ids"
            )
        why = list(explain(events[0], shelf.directory, _week_of(shelf, events[0])))
        _answer(shelf, pages.event(_view(shelf), events[0], why, shelf.printed(wanted)), events=events)


def _week_of(shelf: Shelf, one: Event) -> Week | None:
    """Return how full the week of an event is, None for what does not stand."""
    from csweek.plan.told.explain import Week
    from csweek.render.screen.pages import minutes_by_week

    if not one.live:
        return None
    monday, at = monday_of(one.date), shelf.year.week_of(one.date)
    mine = shelf.find(Wanted(owner=one.owner)) if one.owner else ()
    held = [event for event in mine if event.live and event.owner == one.owner]
    minutes = minutes_by_week(_view(shelf), held)[at]
    events = shelf.find(Wanted(first=monday, last=sunday_of(monday)))
    return Week.of(events, shelf.share(at), minutes)
