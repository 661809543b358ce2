"""``csweek move``, ``cancel``, ``done``, ``missed``, ``undo`` and ``history``: changes by hand."""

from datetime import datetime, time
from pathlib import Path

import click

from csweek.cli import complete, options
from csweek.cli.options import Decorated

Many = str | tuple[str, ...] | Path | None

_events = click.argument("events", nargs=-1, metavar="[EVENT]...", shell_complete=complete.events)
_dry_run = click.option("--dry-run", is_flag=True, help="Say what would change, and save nothing.")


class Hour(click.ParamType[time]):
    """An hour as HH:MM."""

    name = "hour"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> time:
        """Return the hour, or fail with an example."""
        if isinstance(value, time):
            return value
        try:
            return datetime.strptime(str(value), "%H:%M").time()  # noqa: DTZ007 - an hour has no zone
        except ValueError:
            self.fail(f"{value!r} is no hour; write it like 09:30.", param, ctx)


def _many(command: Decorated) -> Decorated:
    """Add the ways to name many events at once, and what every change takes."""
    for option in (
        options.week("All of these weeks: 6, 1-8, or 3,5.", "WEEKS"),
        click.option("--owner", metavar="WHO", shell_complete=complete.persons, help="All that WHO holds."),
        click.option(
            "--except", "but", metavar="EVENT,EVENT", multiple=True, shell_complete=complete.events,
            help="Of these, all but EVENT.",
        ),
    )[::-1]:  # fmt: skip
        command = option(command)
    return command


def _change(command: Decorated) -> Decorated:
    return _dry_run(options.year(options.shown(command)))


@click.command(epilog="Example: csweek move e41 --to fri --at 10:30")
@click.argument("events", nargs=-1, required=True, metavar="EVENT...", shell_complete=complete.events)
@click.option(
    "--to", metavar="DAY",
    help="2027-03-12; fri, of the event's own week; +3d or -1w, from the event's own day.",
)  # fmt: skip
@click.option("--at", type=Hour(), metavar="HH:MM", help="Another hour, in the event's own time zone.")
@click.option("--owner", metavar="WHO", shell_complete=complete.persons, help="Let WHO hold it.")
@_change
def move(
    events: tuple[str, ...], to: str | None, at: time | None, owner: str | None, *, dry_run: bool
) -> None:
    """Put events on another day or hour, or give them to another owner.

    What the move breaks is told as a warning; you decide. csweek plan then leaves them where you put them.
    A cancelled event that is moved is planned again.
    """
    from csweek.cli.year import deeds
    from csweek.cli.year.meant import Wish

    deeds.move(events, Wish(to, at, owner), dry_run=dry_run)


@click.command(epilog="Example: csweek cancel e41 e52")
@_events
@_many
@_change
def cancel(events: tuple[str, ...], *, dry_run: bool, **many: Many) -> None:
    """Cancel events that are still ahead; nothing takes their place.

    They count as had, so that csweek plan does not deal them again.
    """
    _mark("cancelled", events, many, dry_run=dry_run)


@click.command(epilog="Example: csweek done --week 6 --except e41,e52")
@_events
@_many
@click.option(
    "--from", "file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="All that are ticked in a list of csweek export xlsx, or in a CSV of one.",
)  # fmt: skip
@_change
def done(events: tuple[str, ...], *, dry_run: bool, **many: Many) -> None:
    """Say that events were held.

    With --week or --owner: all that nobody has said a word about yet, up to today. With --from:
    those that are ticked; a tick taken out says nothing.
    """
    _mark("done", events, many, dry_run=dry_run)


@click.command(epilog="Example: csweek missed e41")
@_events
@_many
@_change
def missed(events: tuple[str, ...], *, dry_run: bool, **many: Many) -> None:
    """Say that events were not held, so that csweek plan deals them again.

    With --week or --owner: all that nobody has said a word about yet, up to today. An event whose date
    is given is not dealt again.
    """
    _mark("missed", events, many, dry_run=dry_run)


def _mark(deed: str, events: tuple[str, ...], many: dict[str, Many], *, dry_run: bool) -> None:
    from csweek.cli.sources.book import Chosen
    from csweek.cli.year import deeds

    deeds.mark(deed, Chosen(events, **many), dry_run=dry_run)  # type: ignore[arg-type]


@click.command(epilog="Example: csweek undo --dry-run")
@_change
def undo(*, dry_run: bool) -> None:
    """Take the last change back, whichever it was: by hand or by csweek plan.

    Undone twice, it is as it was. Events that csweek plan had added are cancelled. Messages that were
    sent stay sent, and what is past stays where it is.
    """
    from csweek.cli.year import deeds

    deeds.undo(dry_run=dry_run)


@click.command(epilog="Example: csweek history")
@options.year
@options.as_json
def history() -> None:
    """List the revisions of the plan, the latest first: number, when, what, and how many events."""
    from csweek.cli.year import deeds

    deeds.history()
