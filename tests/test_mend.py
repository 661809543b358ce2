"""A year too large to be levelled is walked through and mended: even weeks, gaps within their bound."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from organisations import ACTIONS, Shape, organisation

from csweek.plan.build import build
from csweek.plan.measure.even import evenness
from csweek.plan.measure.fair import over_limit
from csweek.plan.measure.scene import Scene
from csweek.plan.measure.whole import measured
from csweek.plan.search.settle import LEVELLED
from csweek.plan.when.year import year_for

TODAY = date(2025, 11, 21)
REVISED = datetime(2025, 11, 21, 9, tzinfo=UTC)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_what_a_walk_leaves_is_mended(seed: int) -> None:
    shape = Shape(people=480, teams=40, sites=3, leaders=12, limit=240, actions=ACTIONS)
    inputs = organisation(shape, seed)
    year = year_for(inputs.settings, TODAY)
    plan = build(inputs, year, TODAY, None, REVISED, UUID(int=7)).revision.plan
    scene = Scene(plan, inputs)
    assert sum(len(event.recipients) for event in scene.chosen) > LEVELLED
    assert evenness(plan, inputs).holds
    assert [p for p, (gap, most) in measured(plan, inputs).gaps.items() if gap > most] == []
    assert over_limit(scene) == ()
