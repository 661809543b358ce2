"""Who waits too long because an owner is full is told with what helps, where a walk alone deals the year."""

from collections.abc import Mapping

import pytest
from msgspec.structs import replace
from organisations import Shape, organisation
from planned import EARLY, planned

from csweek.errors import Problem
from csweek.model.basics import Role
from csweek.model.inputs import Inputs
from csweek.model.people import Person
from csweek.plan.build import Built
from csweek.plan.measure.whole import measured


@pytest.fixture(autouse=True)
def walked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A levelled year keeps everybody's gaps: so that a small one does not, the walk deals it."""
    monkeypatch.setattr("csweek.plan.search.settle.LEVELLED", 0)


def about_waiting(built: Built) -> list[Problem]:
    return [one for one in built.warnings if "longer for thanks by name than anyone should" in one.message]


def waiting(built: Built, inputs: Inputs) -> set[str]:
    return {who for who, (gap, most) in measured(built.revision.plan, inputs).gaps.items() if gap > most}


def with_people(inputs: Inputs, persons: Mapping[str, Person]) -> Inputs:
    return replace(inputs, people=replace(inputs.people, persons=persons))


def test_who_waits_for_a_full_manager_is_named_and_the_limit_that_helps() -> None:
    inputs = organisation(Shape(people=16, teams=1, leaders=1, limit=45), 4)
    built = planned(inputs, EARLY)
    (said,) = about_waiting(built)
    assert said.message.startswith("P15 and P6 wait 1 week longer for thanks by name than anyone should: M0 ")
    assert waiting(built, inputs) >= {"p15", "p6"}
    assert said.hint == "limits: {owner_minutes_per_week: 65}, or let others have some of the people of M0"
    limits = replace(inputs.settings.limits, owner_minutes_per_week=65)
    roomy = replace(inputs, settings=replace(inputs.settings, limits=limits))
    assert not about_waiting(planned(roomy, EARLY))
    assert "p6" not in waiting(planned(roomy, EARLY), roomy)


def test_who_waits_for_the_only_organiser_is_helped_by_another_one() -> None:
    inputs = organisation(Shape(people=30, teams=2, leaders=2, limit=60), 3)
    persons = {
        who: replace(one, manager=None) if who.startswith("p") else one
        for who, one in inputs.people.persons.items()
    }
    alone = with_people(inputs, persons)
    built = planned(alone, EARLY)
    (said,) = about_waiting(built)
    named = said.message.partition(" wait")[0].replace(" and ", ", ").split(", ")
    assert {name.casefold() for name in named} == waiting(built, alone)
    assert "O0 gives" in said.message
    assert (said.hint or "").startswith("give one more person the role organiser, or limits: ")
    two = with_people(inputs, {**persons, "p0": replace(persons["p0"], role=Role.ORGANISER)})
    assert not waiting(planned(two, EARLY), two)


def test_once_changes_were_made_the_report_tells_it() -> None:
    inputs = organisation(Shape(people=16, teams=1, leaders=1, limit=45), 4)
    first = planned(inputs, EARLY)
    joined = replace(inputs.people.persons["p6"], id="p99", name="P99")
    more = with_people(inputs, {**inputs.people.persons, "p99": joined})
    assert not about_waiting(planned(more, EARLY, first.revision.plan))
