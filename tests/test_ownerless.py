"""Events without an owner: why nobody owns them, and what helps."""

import re
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace
from organisations import ACTIONS, WEEKLY, Shape, organisation
from planned import planned

from csweek.errors import Problem
from csweek.model.inputs import Busy, Inputs
from csweek.plan.build import Built

BUSY = replace(WEEKLY, minutes=25)
"""Of three teams; beside them owners have a CSW, in which a limit of 60 is used up by given days."""
TIGHT = Shape(people=9, teams=3, sites=1, leaders=0, organisers=0, leave=0, odd_hours=0, never=0, movers=0)


def tight(limit: int, organisers: int = 0) -> Inputs:
    day = next(one for one in ACTIONS if one.id == "day")
    inputs = organisation(replace(TIGHT, limit=limit, organisers=organisers, actions=(BUSY, day)), 3)
    same = {p.id: replace(p, manager="m0") if p.id != "m0" else p for p in inputs.people}
    return replace(inputs, people=replace(inputs.people, persons=same))


def told(built: Built) -> list[Problem]:
    return [one for one in built.warnings if "has minutes left" in one.message]


def why(built: Built) -> set[object]:
    """Of the teams that have more than their manager in them."""
    lacking = [e for e in built.revision.plan.live if e.owner is None and not e.fixed and e.team != "t0"]
    return {e.reason["owner_why"] for e in lacking}


def test_who_has_no_minutes_left_is_told_so_with_the_limit_that_helps() -> None:
    inputs = tight(60)
    built = planned(inputs)
    assert why(built) == {"no_minutes"}
    (said,) = told(built)
    assert said.message.endswith("minutes left that week: for team t1, team t2")
    (limit,) = re.findall(r"owner_minutes_per_week: (\d+)", said.hint or "")
    helped = planned(tight(int(limit)))
    assert (told(helped), why(helped)) == ([], set())
    assert told(planned(tight(int(limit) - 5)))
    again = planned(inputs, before=built.revision.plan)
    assert again.revision.empty
    assert told(again) == [said]


def test_who_has_no_hour_free_is_not_said_to_lack_minutes() -> None:
    midnight = datetime(2027, 1, 1, tzinfo=UTC)
    days = [midnight + timedelta(days=n) for n in range(374)]
    always = tuple(Busy(day, day + timedelta(hours=17)) for day in days)
    inputs = replace(tight(240, 1), busy={"m0": always, "o0": always})
    built = planned(inputs)
    assert why(built) == {"no_hour"}
    assert not told(built)
    (said,) = (one for one in built.warnings if "no owner" in one.message)
    assert "widen event_hours or owner_hours" in (said.hint or "")
