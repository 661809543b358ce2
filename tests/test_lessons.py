"""What found no day is not tried again, until what kept it from one has changed."""

from msgspec.structs import replace
from organisations import Shape, organisation

from csweek.model.inputs import Limits
from csweek.plan.lessons import Laid, Lessons, circumstances, remembered

INPUTS = organisation(Shape(people=6, teams=1, sites=1, leaders=2), 1)
MARK = ("note", "p0")
KEPT = {MARK: (2, circumstances("p0", INPUTS))}


def test_what_was_given_up_stays_so() -> None:
    assert remembered(KEPT, INPUTS, {}).given_up == {MARK: 2}


def test_what_was_given_up_stays_so_of_the_action_that_replaces_it() -> None:
    assert remembered(KEPT, INPUTS, {"note": "card"}).given_up == {("card", "p0"): 2}


def test_another_limit_lets_it_be_tried_again() -> None:
    settings = replace(INPUTS.settings, limits=Limits(120, 0.2))
    assert remembered(KEPT, replace(INPUTS, settings=settings), {}).given_up == {}


def test_another_manager_lets_it_be_tried_again() -> None:
    persons = INPUTS.people.persons
    moved = replace(INPUTS.people, persons={**persons, "p0": replace(persons["p0"], manager="l0")})
    assert remembered(KEPT, replace(INPUTS, people=moved), {}).given_up == {}


def test_who_has_left_is_forgotten() -> None:
    others = {key: person for key, person in INPUTS.people.persons.items() if key != "p0"}
    left = replace(INPUTS, people=replace(INPUTS.people, persons=others))
    assert remembered(KEPT, left, {}).given_up == {}


def test_a_week_without_a_common_hour_is_closed_for_those_alone() -> None:
    lessons = Lessons().and_also((), [(1, "p0", "m0", 3)])
    assert lessons.open(1, "p0", "m0", 0b1111) == 0b0111
    assert lessons.open(1, "p1", "m0", 0b1111) == 0b1111


def test_what_a_long_search_found_holds_until_something_is_learned() -> None:
    lessons = Lessons(patient=True, laid=Laid((1, 2), ()))
    assert lessons.and_also((), ()) == lessons
    assert lessons.and_also((("card", "p0"),), ()).laid is None
    assert lessons.and_also((), ((0, "p0", "m0", 3),)).patient
