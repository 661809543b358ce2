"""Why weeks could not be even is told once, with what helps."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from msgspec.structs import replace
from organisations import Shape, organisation
from planned import EARLY, planned

from csweek.errors import Problem
from csweek.model.basics import Role, Span
from csweek.model.inputs import Inputs
from csweek.plan.build import Built
from csweek.plan.measure.findings import State, findings
from csweek.plan.measure.whole import measured

FULL = Shape(people=59, teams=1, sites=2, leaders=1, limit=50)
"""One whose leader and manager have hardly a minute left."""
SMALL = Shape(people=24, leaders=1, leave=0, movers=0)


def about_weeks(built: Built) -> Sequence[Problem]:
    return [one for one in built.warnings if re.search("not even|fewer thanks", one.message)]


def without_the_leader(first: date, last: date) -> Inputs:
    """The leader is away from a day to another."""
    inputs = organisation(SMALL, 1)
    leader = inputs.people.leaders[0]
    persons = dict(inputs.people.persons)
    persons[leader] = replace(persons[leader], leave=(Span(first, last),))
    return replace(inputs, people=replace(inputs.people, persons=persons))


@cache
def five_months_without_the_leader() -> tuple[Inputs, Built]:
    inputs = without_the_leader(date(2027, 2, 1), date(2027, 6, 30))
    return inputs, planned(inputs, EARLY)


def test_uneven_weeks_name_whose_minutes_are_full_and_the_limit_that_helps() -> None:
    inputs = organisation(FULL, 82)
    (said,) = about_weeks(planned(inputs, EARLY))
    assert re.search(r"weeks are not even: .* would be even; M0 gives \d+ of 50 minutes", said.message)
    (limit,) = re.findall(r"owner_minutes_per_week: (\d+)", said.hint or "")
    limits = replace(inputs.settings.limits, owner_minutes_per_week=int(limit))
    roomy = replace(inputs, settings=replace(inputs.settings, limits=limits))
    built = planned(roomy, EARLY)
    assert not about_weeks(built)
    assert measured(built.revision.plan, roomy).even.holds


def test_weeks_without_the_only_leader_are_told_and_another_leader_helps() -> None:
    inputs, built = five_months_without_the_leader()
    (said,) = about_weeks(built)
    assert said.message.startswith("weeks 5 to 25 have fewer thanks by name than the others: L0 is not there")
    assert said.hint == "give somebody who is there then the role leader"
    persons = dict(inputs.people.persons)
    other = next(one.id for one in inputs.people if one.id.startswith("p") and not one.end_date)
    persons[other] = replace(persons[other], role=Role.LEADER)
    helped = replace(inputs, people=replace(inputs.people, persons=persons))
    assert not about_weeks(planned(helped, EARLY))


def test_report_says_of_weeks_without_the_only_leader_what_plan_does() -> None:
    inputs, built = five_months_without_the_leader()
    (told,) = about_weeks(built)
    plan = built.revision.plan
    (even,) = [one for one in findings(plan, inputs, measured(plan, inputs), EARLY) if one.id == "even"]
    assert told.message in even.text
    assert even.help == told.hint
    assert even.state is (State.NOTE if measured(plan, inputs).even.holds else State.BROKEN)


def test_three_weeks_without_the_only_leader_are_an_ordinary_holiday() -> None:
    inputs = without_the_leader(date(2027, 7, 5), date(2027, 7, 25))
    assert not about_weeks(planned(inputs, EARLY))


def test_planned_again_the_same_is_told_of_a_year_as_it_was_dealt() -> None:
    inputs, first = five_months_without_the_leader()
    again = planned(inputs, EARLY, first.revision.plan)
    assert about_weeks(again) == about_weeks(first)
