"""``csweek export ics``: calendars."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypedDict, Unpack

import click

from csweek.cli import complete, options

KINDS = ("everyone", "teams", "owners", "people", "sites", "organisers")


class Kinds(click.Choice[str]):
    """One or several kinds of calendars, divided by commas."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return them as they were typed, each of them known."""
        parts = [super(Kinds, self).convert(part.strip(), param, ctx) for part in str(value).split(",")]
        return ",".join(parts)


class Typed(TypedDict):
    """What a Wish holds as it was typed."""

    only: tuple[str, ...]
    since: int | None
    invites: bool
    reminders: bool
    keep_cancelled: bool
    no_names: bool


@click.command(epilog="Example: csweek export ics --for teams,owners")
@click.option(
    "--for", "kinds", type=Kinds(KINDS), multiple=True,
    help="Calendars of these kinds, divided by commas; without it all but people.",
)  # fmt: skip
@click.option(
    "--only", metavar="NAME", multiple=True, shell_complete=complete.anybody,
    help="Only the calendars of this person, team or site; may be given more than once.",
)  # fmt: skip
@click.option(
    "--since", type=click.IntRange(min=0), metavar="REVISION",
    help="Only what is new or changed since a revision, and what to delete by hand.",
)  # fmt: skip
@click.option("--invites", is_flag=True, help="A file for each meeting, to be sent by its owner.")
@click.option(
    "--method", type=click.Choice(["publish"]),
    help="Add METHOD:PUBLISH and an ORGANIZER, for programs that ask for it.",
)  # fmt: skip
@click.option("--reminders", is_flag=True, help="Add an alarm to each event.")
@click.option("--keep-cancelled", is_flag=True, help="Keep cancelled events, marked as such.")
@click.option("--no-names", is_flag=True, help="Leave out the names of persons.")
@options.out("Write below DIR instead of out.")
@options.dry_run
@options.year
@options.today
@options.strict
def ics(
    out: Path | None,
    kinds: tuple[str, ...],
    method: Literal["publish"] | None,
    *,
    dry_run: bool,
    **typed: Unpack[Typed],
) -> None:
    """Export calendars.

    What lies in share may be published: it holds no surprise. What lies in private is for its owner
    alone. Subscribe to a calendar where you can; where it must be imported, import it into a
    calendar of its own, so that it can be deleted and imported again. Files that have not changed
    are left untouched, and those of calendars that no longer exist are removed.
    """
    from csweek.cli.ics.feeds import feeds
    from csweek.cli.ics.wish import Wish, refuse, whose_of
    from csweek.cli.sources.desk import desk
    from csweek.render.calendars import KINDS as ALL

    wanted = {part for given in kinds for part in given.split(",")}
    wish = Wish(tuple(kind for kind in ALL if kind in wanted), publish=method is not None, **typed)
    refuse(wish)
    at = desk(out)
    make = feeds
    if wish.since is not None or wish.invites:
        from csweek.cli.ics.once import invites, since  # brings parts of the planner

        make = invites if wish.invites else since
    make(at, wish, whose_of(wish, at), dry_run=dry_run)
