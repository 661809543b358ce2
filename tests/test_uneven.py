"""Why weeks could not be even is told once, with what helps."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from organisations import Shape, organisation
from planned import EARLY, planned

from csweek.errors import Problem
from csweek.model.basics import Role, Span
from csweek.model.inputs import Inputs
from csweek.plan.measure.whole import measured

FULL = Shape(people=59, teams=1, sites=2, leaders=1, limit=50)
"""One whose leader and manager have hardly a minute left."""


def about_weeks(inputs: Inputs) -> Sequence[Problem]:
    return [one for one in planned(inputs, EARLY).warnings if re.search("not even|fewer thanks", one.message)]


def without_the_leader(shape: Shape, first: date, last: date) -> Inputs:
    """The leader is away from a day to another."""
    inputs = organisation(shape, 1)
    leader = inputs.people.leaders[0]
    persons = dict(inputs.people.persons)
    persons[leader] = replace(persons[leader], leave=(Span(first, last),))
    return replace(inputs, people=replace(inputs.people, persons=persons))


def test_uneven_weeks_name_whose_minutes_are_full_and_the_limit_that_helps() -> None:
    inputs = organisation(FULL, 82)
    (said,) = about_weeks(inputs)
    assert re.search(r"weeks are not even: .* would be even; M0 gives 4\d of 50 minutes a week", said.message)
    (limit,) = re.findall(r"owner_minutes_per_week: (\d+)", said.hint or "")
    limits = replace(inputs.settings.limits, owner_minutes_per_week=int(limit))
    roomy = replace(inputs, settings=replace(inputs.settings, limits=limits))
    assert not about_weeks(roomy)
    assert measured(planned(roomy, EARLY).revision.plan, roomy).even.holds


def test_weeks_without_the_only_leader_are_told_and_another_leader_helps() -> None:
    shape = Shape(people=24, leaders=1, leave=0, movers=0)
    inputs = without_the_leader(shape, date(2027, 2, 1), date(2027, 6, 30))
    (said,) = about_weeks(inputs)
    assert said.message.startswith("weeks 5 to 25 have fewer thanks by name than the others: L0 is not there")
    assert said.hint == "give somebody who is there then the role leader"
    persons = dict(inputs.people.persons)
    other = next(one.id for one in inputs.people if one.id.startswith("p") and not one.end_date)
    persons[other] = replace(persons[other], role=Role.LEADER)
    assert not about_weeks(replace(inputs, people=replace(inputs.people, persons=persons)))


def test_three_weeks_without_the_only_leader_are_an_ordinary_holiday() -> None:
    shape = Shape(people=24, leaders=1, leave=0, movers=0)
    assert not about_weeks(without_the_leader(shape, date(2027, 7, 5), date(2027, 7, 25)))


def test_planned_again_the_same_is_told_of_a_year_as_it_was_dealt() -> None:
    inputs = without_the_leader(
        Shape(people=24, leaders=1, leave=0, movers=0), date(2027, 2, 1), date(2027, 6, 30)
    )
    first = planned(inputs, EARLY)
    again = planned(inputs, EARLY, first.revision.plan)
    told = {one.message for one in about_weeks(inputs)}
    assert told <= {one.message for one in again.warnings}
