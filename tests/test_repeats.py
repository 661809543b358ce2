"""Leaders' rounds in which somebody meets a leader again too soon: told with the rhythm that is enough."""

from collections.abc import Sequence
from datetime import date

import pytest
from msgspec.structs import replace
from organisations import ACTIONS, Shape, organisation, theme
from planned import BEFORE, REVISED, planned

from csweek.errors import Problem
from csweek.model.basics import Audience
from csweek.model.inputs import Inputs
from csweek.model.theme import PerYear, ThemeTurn
from csweek.plan.build import Built, bring_up_to_date
from csweek.plan.measure.whole import measured


def rounds(inputs: Inputs, number: int) -> Inputs:
    actions = (
        replace(one, rhythm=PerYear(number)) if one.audience is Audience.GROUP else one for one in ACTIONS
    )
    return replace(inputs, themes=(ThemeTurn(theme(*actions)),))


def said(built: Built) -> Sequence[Problem]:
    return [one for one in built.warnings if "a leader again before all others" in one.message]


@pytest.mark.parametrize(("seed", "today"), [(1, date(2027, 8, 15)), (3, date(2027, 8, 15)), (3, BEFORE)])
def test_who_meets_a_leader_again_too_soon_is_told_and_as_many_rounds_as_leaders_are_enough(
    seed: int, today: date
) -> None:
    shape = Shape(people=24, teams=3, sites=1, leaders=3, limit=60, odd_hours=0, movers=0)
    inputs = rounds(organisation(shape, seed), 20)
    built = planned(inputs, today)
    pairs = measured(built.revision.plan, inputs).rotas.again
    assert pairs
    (one,) = said(built)
    assert inputs.people.persons[pairs[0].person].name in one.message
    assert "actions: {rota: {per_year: 3}}" in (one.hint or "")
    assert [*said(bring_up_to_date(inputs, built.table, today, REVISED))] == [one]
    slower = planned(rounds(inputs, 3), today)
    assert not said(slower)
    assert not measured(slower.revision.plan, inputs).rotas.again
