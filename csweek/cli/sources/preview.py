"""A year in memory, as it would be on its first day."""

from uuid import UUID

from csweek.cli.options import midnight
from csweek.cli.terminal.session import Session
from csweek.model.inputs import Inputs
from csweek.plan.build import Built, build
from csweek.plan.when.year import year_for

NOBODY = UUID(int=0)


def whole_year(inputs: Inputs, session: Session) -> Built:
    """Plan a year as it would be on its first day."""
    year = year_for(inputs.settings, session.today)
    return build(inputs, year, year.first, None, midnight(year.first), NOBODY)
