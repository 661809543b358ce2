"""Plans of generated organisations; those that several tests look at are made once."""

import os
from datetime import UTC, date, datetime
from functools import cache
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings
from organisations import Shape, organisation

from csweek.model.inputs import Inputs
from csweek.model.plan import Plan
from csweek.plan.build import Built, build
from csweek.plan.when.year import year_for

REVISED = datetime(2026, 11, 21, 9, tzinfo=UTC)
CALENDAR = UUID(int=7)
BEFORE = date(2026, 11, 21)
EARLY = date(2025, 11, 21)
EXAMPLES = int(os.environ.get("CSWEEK_EXAMPLES", "1"))
"""How many organisations each property is tried on; .ci/run asks for more."""

every_shape = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.generate),  # a plan takes too long to shrink its organisation
)


def planned(inputs: Inputs, today: date = BEFORE, before: Plan | None = None) -> Built:
    return build(inputs, year_for(inputs.settings, today), today, before, REVISED, CALENDAR)


def plan_of(inputs: Inputs, today: date = EARLY) -> Plan:
    return planned(inputs, today).revision.plan


@cache
def built(shape: Shape, seed: int) -> tuple[Inputs, Built]:
    """An organisation and its fresh year, made once for all tests that ask.

    Where it does not matter how even the weeks are, take a seed with which paths level them: `_stir` in
    csweek/plan/search/anneal.py takes ten times as long.
    """
    inputs = organisation(shape, seed)
    return inputs, planned(inputs, EARLY)


def year_of(shape: Shape, seed: int) -> tuple[Inputs, Plan]:
    """An organisation and its fresh plan, made once as well."""
    inputs, fresh = built(shape, seed)
    return inputs, fresh.revision.plan
