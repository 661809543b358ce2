"""Meetings that stand, once somebody in them works at other hours."""

from datetime import date, time

from msgspec.structs import replace
from organisations import Shape, joined
from planned import planned, year_of

from csweek.model.basics import Audience, Hours
from csweek.model.people import WorkTime
from csweek.model.plan import Directory
from csweek.plan.again.because import Because
from csweek.plan.when.days import days
from csweek.plan.when.within import Within

MARCH = date(2027, 3, 1)
LATE = WorkTime(hours=Hours(time(14), time(22)))
SMALL = Shape(people=8, teams=2, sites=1, leave=0, odd_hours=0, never=0, movers=0, limit=300)


def test_a_meeting_outside_of_somebodys_new_hours_gets_another_one_and_the_rest_stays() -> None:
    inputs, plan = year_of(SMALL, 4)
    later = joined(inputs, replace(inputs.people.persons["p1"], work=LATE))
    revision = planned(later, MARCH, plan).revision
    theirs = [e for e in plan.live if e.start and "p1" in e.recipients and e.date >= MARCH]
    alone = {e.id for e in theirs if len(e.recipients) == 1}
    assert alone
    assert {was.id for was, _ in revision.moved} == alone
    now = [e for e in revision.plan.live if e.start and "p1" in e.recipients and e.date >= MARCH]
    assert len(now) == len(theirs)
    assert all(e.start and time(14) <= e.start.time() for e in now)
    because = Because(later, plan.year, Directory.of(later, MARCH))
    assert {because.of(was, now) for was, now in revision.moved} == {"outside of P1's hours now"}
    assert planned(later, MARCH, revision.plan).revision.empty


def test_a_meeting_outside_of_its_owners_new_hours_gets_another_one() -> None:
    inputs, plan = year_of(SMALL, 4)
    late = replace(LATE, owner_hours=Hours(time(14), time(22)))
    later = joined(inputs, replace(inputs.people.persons["m1"], work=late))
    revision = planned(later, MARCH, plan).revision
    mine = [e for e in revision.plan.live if e.start and e.owner == "m1" and e.date >= MARCH]
    assert mine
    assert all(e.start and time(14) <= e.start.time() for e in mine)


def test_who_is_not_known_has_no_hours() -> None:
    inputs, plan = year_of(SMALL, 4)
    within = Within(inputs, days(inputs, plan.year, plan.year.first))
    assert not within.can_hold("nobody", (540, 600), 0)
    assert not within.can_meet(Audience.TEAM, "no team", (540, 600), 0)
    assert within.can_meet(Audience.PERSON, "p1", (540, 600), 0)
