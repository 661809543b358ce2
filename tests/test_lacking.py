"""What found no day is told by what it lacks; a limit that is proposed for it is enough."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace
from organisations import ACTIONS, Shape, organisation
from planned import BEFORE, planned

from csweek.errors import Problem
from csweek.model.basics import Audience, Prepare, Span
from csweek.model.inputs import Busy, Inputs, Limits
from csweek.model.theme import PerYear
from csweek.plan.owed.acts import act_of
from csweek.plan.owed.demand import offers, subjects
from csweek.plan.placing import lacking
from csweek.plan.placing.ledger import Ledger
from csweek.plan.placing.place import Placer
from csweek.plan.when.days import days
from csweek.plan.when.year import iso_year

SHAPES = (
    (Shape(people=40, teams=3, sites=1, leaders=2, limit=20), 3),
    (Shape(people=60, teams=4, sites=2, leaders=2, limit=30), 1),
)


def told(problems: Sequence[Problem], *, minutes: bool) -> list[Problem]:
    """What found no day for want of minutes, or of anything else."""
    lost = [one for one in problems if "found no day" in one.message]
    return [one for one in lost if minutes == ("no minutes left" in one.message)]


def with_limit(inputs: Inputs, minutes: int) -> Inputs:
    limits = Limits(minutes, inputs.settings.limits.max_team_away)
    return replace(inputs, settings=replace(inputs.settings, limits=limits))


@pytest.mark.parametrize(("shape", "seed"), SHAPES)
def test_with_the_limit_that_is_proposed_what_lacked_minutes_finds_a_day(shape: Shape, seed: int) -> None:
    inputs = organisation(shape, seed)
    first = planned(inputs)
    limits = {
        int(found[1])
        for one in told(first.warnings, minutes=True)
        if (found := re.search(r"limits: \{owner_minutes_per_week: (\d+)\}", one.hint or ""))
    }
    (limit,) = limits
    assert limit > shape.limit
    assert limit % 5 == 0
    again = planned(with_limit(inputs, limit), BEFORE, first.revision.plan)
    assert told(again.warnings, minutes=True) == []


def test_who_is_busy_all_the_time_lacks_an_hour_and_not_minutes() -> None:
    only = tuple(one for one in ACTIONS if one.id == "talk")
    shape = Shape(people=4, teams=1, sites=1, leaders=2, limit=240, odd_hours=0, leave=0, actions=only)
    inputs = organisation(shape, 1)
    always = Busy(datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 9, tzinfo=UTC))
    problems = planned(replace(inputs, busy={"m0": (always,)})).warnings
    assert told(problems, minutes=True) == []
    (talk,) = (one for one in told(problems, minutes=False) if one.message.startswith("talk: "))
    assert "on which owner and recipient are both there and free" in talk.message
    assert "owner_minutes_per_week" not in (talk.hint or "")
    assert "widen event_hours or owner_hours" in (talk.hint or "")


def test_what_nobody_may_give_stands_without_an_owner_and_none_of_it_is_given_up() -> None:
    # Four turns of whom the only leader manages, and who would stand in for others but not for themselves.
    wow = next(one for one in ACTIONS if one.id == "wow")
    actions = (replace(wow, rhythm=PerYear(4)),)
    inputs = organisation(Shape(people=3, teams=1, sites=1, leaders=1, leave=0, never=0, actions=actions), 1)
    built = planned(inputs)
    theirs = [event for event in built.revision.plan.events if event.recipients == ("o0",)]
    assert [event.owner for event in theirs] == [None] * 4
    assert told(built.warnings, minutes=False) == []


def test_many_actions_that_lack_the_same_are_one_warning() -> None:
    inputs = organisation(Shape(people=3, teams=1, sites=1, leaders=1, organisers=0), 1)
    note = next(one for one in ACTIONS if one.id == "note")
    many = [replace(note, id=f"thing-{n}", rhythm=PerYear(20)) for n in range(60)]
    theme = inputs.themes[0].theme
    crowded = replace(theme, actions={**theme.actions, **{one.id: one for one in many}})
    inputs = replace(inputs, themes=(replace(inputs.themes[0], theme=crowded),))
    (lost,) = (one.message for one in planned(inputs).warnings if "found no" in one.message)
    assert re.search(r"thing-\d+.* and \d+ more: [\d,]+ found no week without thanks", lost)


@pytest.mark.parametrize("seed", [6, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (9, 26))])
def test_what_stands_makes_nobodys_rhythm_longer_when_the_year_is_planned_again(seed: int) -> None:
    written = {"note", "wow", "talk"}
    actions = tuple(replace(one, prepare=Prepare(15, 1)) if one.id in written else one for one in ACTIONS)
    inputs = organisation(Shape(people=40, teams=4, sites=2, leaders=2, limit=40, actions=actions), seed)
    first = planned(inputs)
    again = planned(inputs, BEFORE, first.revision.plan)
    longer = [one.message for one in first.warnings if "cannot meet" in one.message]
    assert longer
    assert [one.message for one in again.warnings if "cannot meet" in one.message] == longer


def test_what_lacks_a_day_is_told_alike_in_whichever_order_it_comes() -> None:
    """Somebody who is there for a week alone can be lacking minutes only once."""
    inputs = organisation(Shape(people=4, teams=1, sites=1, leaders=1, leave=0, movers=0, limit=0), 1)
    persons, away = inputs.people.persons, (Span(date(2027, 1, 11), date(2028, 1, 31)),)
    briefly = {**persons, "p0": replace(persons["p0"], leave=away)}
    inputs = replace(inputs, people=replace(inputs.people, persons=briefly))
    year = iso_year(2027)
    there = days(inputs, year, year.first)
    acts = [act_of(one, at, there.open, there) for at, one in enumerate(offers(inputs, there))]
    whom = next(one for one in subjects(inputs, there, Audience.PERSON) if one.id == "p0")
    left = [(act, whom) for act in acts if act.id in {"note", "wow"}]
    placer = Placer(inputs, there, Ledger(0, there))
    said = [one.message for one in lacking.told(left, {}, placer, inputs)]
    assert len(said) == 2
    assert said == [one.message for one in lacking.told(left[::-1], {}, placer, inputs)]
