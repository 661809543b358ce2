"""A year in memory: of the default theme for a whole organisation, or of a theme to be tried."""

from datetime import UTC, datetime, time
from uuid import UUID

from csweek.cli.sources import workspace
from csweek.cli.sources.shelf import Shelf
from csweek.cli.terminal.session import Session
from csweek.model.inputs import Inputs
from csweek.model.plan import Directory
from csweek.plan.build import Built, build
from csweek.plan.when.year import year_for

NOBODY = UUID(int=0)


def previewed(session: Session) -> Shelf:
    """Return the default theme's year; nothing is kept."""
    inputs, _ = workspace.read(session, None)
    built = whole_year(inputs, session)
    session.warn(built.warnings)
    plan = built.revision.plan
    return Shelf(plan.year, Directory.of(inputs, plan.year.first), session.today, plan)


def whole_year(inputs: Inputs, session: Session) -> Built:
    """Plan a year as it would be on its first day."""
    year = year_for(inputs.settings, session.today)
    return build(inputs, year, year.first, None, datetime.combine(year.first, time(), UTC), NOBODY)
