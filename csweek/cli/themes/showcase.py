"""A theme's page for a wall or a meeting: what it looks like, what its week holds."""

from collections.abc import Iterator
from datetime import timedelta

from msgspec.structs import replace

from csweek.cli.options import midnight
from csweek.cli.printing.job import shop_of
from csweek.cli.sources.preview import whole_year
from csweek.cli.sources.workspace import root
from csweek.cli.terminal.session import session
from csweek.model.basics import Place, Role
from csweek.model.inputs import Inputs
from csweek.model.people import People, Person, Team, WorkTime
from csweek.model.plan import Document
from csweek.model.theme import Theme, ThemeTurn
from csweek.read.settings import default_settings
from csweek.render.brochure import Brochure, brochure, ordinary

CREW = 6
"""So many people a team of the sample year has."""
WEEKS = range(2, 30)
"""Weeks of the year among which an ordinary one is chosen."""


def documents(theme: Theme, locale: str) -> Iterator[Document]:
    """Yield the page of a theme in a language, with a week as it would be for a team of nobodies."""
    plan = whole_year(_inputs(theme), session()).revision.plan
    mondays = [plan.year.first + timedelta(weeks=week) for week in WEEKS]
    monday, events = ordinary(plan.live, mondays)
    shown = Brochure(theme, locale, monday, events)
    yield from brochure(shown, shop_of(root(session())), midnight(plan.year.first))


def _inputs(theme: Theme) -> Inputs:
    """Return a team with its manager and a leader, all without names."""
    settings = default_settings()
    (site,) = settings.sites
    work = WorkTime()
    leader = Person("leader", "leader", "leader", site, "en", work, Place(""), role=Role.LEADER)
    manager = replace(leader, id="manager", name="manager", role=Role.STAFF, manager=leader.id, team="team")
    crew = [
        replace(manager, id=f"p{number}", name=f"p{number}", manager=manager.id) for number in range(CREW)
    ]
    persons = {one.id: one for one in (leader, manager, *crew)}
    members = tuple(one.id for one in (manager, *crew))
    teams = {"team": Team("team", site, "en", work, members)}
    return Inputs(settings, (ThemeTurn(theme),), People(persons, teams))
