"""Pages for a wall: a team's poster of the month, and the year on one page."""

from collections.abc import Iterator

from csweek.cli.printing.job import Options, paper_name
from csweek.cli.sources import find
from csweek.cli.sources.desk import Desk
from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import tell
from csweek.errors import UsageError
from csweek.model.basics import Day
from csweek.model.people import Team
from csweek.model.plan import Document
from csweek.names import safe_name
from csweek.render.cards import boards
from csweek.render.cards.order import CardOrder, Cards, of_sources
from csweek.render.cards.press import Shop
from csweek.render.screen.text import many

FOLDER = "share/posters"
"""They hold nothing that everyone may not read."""


def documents(at: Desk, options: Options, shop: Shop) -> Iterator[Document]:
    """Yield a page for the team that was asked for, with ``--per team`` for each, else for everyone."""
    _refuse(options)
    day = options.wish.day or session().today
    orders = [_ordered(at, options, wall, shop) for wall in _walls(at, options, day)]
    papers = dict.fromkeys(paper_name(batch) for one in orders for batch in one.batches)
    tell(f"{many(len(orders), 'page')} for a wall, {', '.join(papers)}")
    for one in orders:
        session().warn(one.warnings)
        yield from one.documents(shop)


def _refuse(options: Options) -> None:
    wish = {
        name: value for name, value in options.wish._asdict().items() if name not in {"team", "day"} and value
    }
    if wish or options.per == "owner":
        other = next(iter(wish), "per owner").replace("_", "-")
        raise UsageError(
            f"--card {options.card} hangs on a wall, so --{other} means nothing", "take --team or --day"
        )


def _walls(at: Desk, options: Options, day: Day) -> Iterator[boards.Wall]:
    teams: list[Team | None] = [None]
    if options.wish.team is not None:
        teams = [at.inputs.people.teams[find.team(options.wish.team, at.directory)]]
    elif options.per == "team":
        teams = list(at.inputs.people.teams.values())
    yield from (boards.wall(team, at.inputs, day) for team in teams)


def _ordered(at: Desk, options: Options, wall: boards.Wall, shop: Shop) -> Cards:
    made = boards.year(wall, at.plan, at.inputs) if options.card == "year" else boards.poster(wall, at.inputs)
    when = at.plan.year.label if options.card == "year" else f"{wall.day:%Y-%m}"
    parts = [str(options.card), when, *([safe_name(wall.team.id)] if wall.team else [])]
    title = f"{made.card.title}, {made.card.called}"
    order = CardOrder(FOLDER, "-".join(parts), title, at.plan.revised, options.paper)
    return of_sources([made], at.inputs, order, shop)
