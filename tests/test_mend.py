"""What a walk left is mended: even weeks, gaps within their bound, as long as many can change."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from organisations import ACTIONS, Shape, organisation

from csweek.model.basics import Audience
from csweek.plan.build import build
from csweek.plan.level.even import bound
from csweek.plan.level.mend import mended
from csweek.plan.measure.even import evenness
from csweek.plan.measure.fair import over_limit
from csweek.plan.measure.scene import Scene
from csweek.plan.measure.whole import measured
from csweek.plan.owed.acts import Owed, Placed, act_of
from csweek.plan.owed.demand import offers, subjects
from csweek.plan.placing.ledger import Ledger
from csweek.plan.placing.place import Placer
from csweek.plan.search.settle import LEVELLED
from csweek.plan.when.days import days
from csweek.plan.when.year import iso_year, year_for

TODAY = date(2025, 11, 21)
REVISED = datetime(2025, 11, 21, 9, tzinfo=UTC)
YEAR = iso_year(2027)
INPUTS = organisation(
    Shape(people=20, teams=1, sites=1, leaders=1, leave=0, odd_hours=0, never=0, movers=0, limit=900), 1
)
THERE = days(INPUTS, YEAR, YEAR.first)


def weeks_after(weeks: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the weeks of everybody's four cards from one manager, once what was walked so is mended."""
    placer = Placer(INPUTS, THERE, Ledger(900, THERE))
    note = next(one for one in offers(INPUTS, THERE) if one.action.id == "note")
    act = act_of(note, 0, THERE.open, THERE)
    staff = [one for one in subjects(INPUTS, THERE, Audience.PERSON) if one.id.startswith("p")]
    placed: list[Placed] = []
    for subject, mine in zip(staff, weeks, strict=False):
        for turn, week in enumerate(mine, 1):
            owed = Owed(act, subject, turn, 7 * week, 7 * week, 7 * week + 6)
            seat = placer.with_owner(owed, week, "m0")
            assert seat
            placed.append((owed, seat))
            placer.ledger.touched[subject.id] |= 1 << week
    numbers = [sum(week in mine for mine in weeks) for week in range(YEAR.weeks)]
    found = mended(placed, numbers, placer)
    return [
        sorted(seat.day // 7 for owed, seat in found if owed.subject is subject)
        for subject, _ in zip(staff, weeks, strict=False)
    ]


def test_a_gap_is_narrowed_by_whichever_touch_of_the_person_can_change_weeks() -> None:
    assert bound(YEAR.weeks, 4) == 14
    # The touches around the gap find nobody: who has one in week 8 has one in week 1 already.
    assert weeks_after([(0, 1, 20, 33), (1, 8, 14, 27)]) == [[1, 8, 20, 33], [0, 1, 14, 27]]


@pytest.mark.parametrize(("hopeless", "narrowed"), [(3, True), (15, False)])
def test_where_few_can_change_weeks_narrowing_ends_early(hopeless: int, *, narrowed: bool) -> None:
    partner, able = (2, 15, 27, 40), (2, 28, 39, 51)
    after = weeks_after([partner, *[(0, 1, 2, 36)] * hopeless, able])
    assert after[1:-1] == [[0, 1, 2, 36]] * hopeless
    assert (after[-1] != [*able]) is narrowed


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
