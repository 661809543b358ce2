"""A touch can be where those who may give it are there and have minutes left."""

from datetime import date

from msgspec.structs import replace
from organisations import Shape, organisation

from csweek.model.basics import Audience
from csweek.plan.level.room import Givers, Room
from csweek.plan.owed.demand import subjects
from csweek.plan.owed.owners import Owners
from csweek.plan.placing.ledger import Ledger
from csweek.plan.when.days import days
from csweek.plan.when.year import iso_year

YEAR = iso_year(2027)
INPUTS = organisation(
    Shape(people=8, teams=1, sites=1, leaders=4, leave=0, odd_hours=0, never=0, movers=0), 1
)
THERE = days(INPUTS, YEAR, date(2027, 1, 4))
EVERYONE = {one.id: one for one in subjects(INPUTS, THERE, Audience.PERSON)}
PERSON = EVERYONE["p0"]
LIMIT = 60


def room(**minutes: list[int]) -> Room:
    return Room(Owners(INPUTS.people), THERE, Ledger(LIMIT, THERE), minutes)


def who(role: str) -> Givers:
    return room().givers(role, PERSON)


def given(week: int, minutes: int) -> list[int]:
    return [minutes if number == week else 0 for number in range(YEAR.weeks)]


def test_a_week_that_is_full_already_does_not_count() -> None:
    manager = INPUTS.people.persons["p0"].manager or ""
    found = room(**{manager: given(9, 55)}).weeks(who("manager"), (10, 0, 0))
    assert found == (1 << YEAR.weeks) - 1 - (1 << 9)
    days_there = room(**{manager: given(9, 55)}).days(who("manager"), (10, 0, 0), PERSON.mask)
    assert days_there == PERSON.mask & ~(0b1111111 << 63)


def test_preparation_needs_room_in_its_own_week() -> None:
    manager = INPUTS.people.persons["p0"].manager or ""
    found = room(**{manager: given(9, 55)}).weeks(who("manager"), (5, 10, 2))
    assert not found >> 11 & 1
    assert found >> 9 & 1


def test_what_is_prepared_while_its_owner_is_away_needs_room_before_that() -> None:
    manager = INPUTS.people.persons["p0"].manager or ""
    away = replace(THERE, owner={**THERE.owner, manager: THERE.owner[manager] & ~(0b1111111 << 63)})
    found = Room(Owners(INPUTS.people), away, Ledger(LIMIT, away), {manager: given(8, 55)})
    assert not found.weeks(who("manager"), (5, 10, 2)) >> 11 & 1


def test_of_several_who_may_half_are_enough() -> None:
    busy = {leader: given(9, LIMIT) for leader in INPUTS.people.leaders[:2]}
    assert room(**busy).weeks(who("leader"), (10, 0, 0)) >> 9 & 1
    busy = {leader: given(9, LIMIT) for leader in INPUTS.people.leaders[:3]}
    assert not room(**busy).weeks(who("leader"), (10, 0, 0)) >> 9 & 1


def test_where_nobody_ever_has_room_all_days_count() -> None:
    manager = INPUTS.people.persons["p0"].manager or ""
    full = room(**{manager: [LIMIT] * YEAR.weeks})
    assert full.days(who("manager"), (10, 0, 0), PERSON.mask) == PERSON.mask
