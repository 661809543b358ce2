"""What is dealt again after a change finds a week near where it was, so that nobody waits too long."""

from datetime import date

import pytest
from msgspec.structs import replace
from organisations import ACTIONS, Shape, organisation
from planned import EARLY, REVISED, planned

from csweek.model.inputs import Inputs
from csweek.model.plan import Plan
from csweek.model.theme import PerYear
from csweek.plan.build import bring_up_to_date
from csweek.plan.measure.whole import measured

OFTEN = {"note": 9, "wow": 4, "talk": 2}


def waiting(plan: Plan, inputs: Inputs) -> list[str]:
    return [person for person, (gap, most) in measured(plan, inputs).gaps.items() if gap > most]


@pytest.mark.parametrize(
    ("seed", "off"), [(4, date(2027, 5, 12)), (13, date(2027, 3, 17)), (16, date(2027, 6, 15))]
)
def test_what_stood_on_a_new_holiday_has_a_week_of_its_window_also_where_the_last_is_too_near_to_another(
    seed: int, off: date
) -> None:
    actions = tuple(replace(a, rhythm=PerYear(OFTEN[a.id])) if a.id in OFTEN else a for a in ACTIONS)
    shape = Shape(40, 4, sites=1, leaders=3, leave=0, odd_hours=0, movers=0, never=0, actions=actions)
    inputs = organisation(shape, seed)
    first = planned(inputs, EARLY)
    assert waiting(first.revision.plan, inputs) == []
    sites = {name: replace(site, add=(off,)) for name, site in inputs.settings.sites.items()}
    later = replace(inputs, settings=replace(inputs.settings, sites=sites))
    changed = bring_up_to_date(later, first.table, date(2027, 1, 20), REVISED).revision
    assert changed.moved
    assert waiting(changed.plan, later) == []
