"""What is owed to whom, and how often."""

from datetime import date

import pytest
from msgspec.structs import replace
from organisations import ACTIONS, WEEKLY, Shape, organisation, theme
from planned import EARLY

from csweek.model.basics import Audience, Practice, Year
from csweek.model.inputs import Inputs
from csweek.model.theme import Action, Every, PerYear, Rhythm, ThemeTurn
from csweek.plan.level.turns import team_turns
from csweek.plan.owed.acts import act_of
from csweek.plan.owed.demand import Offer, Subject, offers, season, staffed, subjects, turns
from csweek.plan.when.days import Days, days
from csweek.plan.when.year import iso_year

YEAR = iso_year(2027)
HALF = Year("2027", YEAR.first, 26)
NOTE = next(one for one in ACTIONS if one.id == "note")
SHAPE = Shape(people=3, teams=1, sites=1, leave=0, odd_hours=0, never=0, movers=0)
INPUTS = organisation(SHAPE, 1)


def owing(rhythm: Rhythm, year: Year = YEAR, **person: object) -> tuple[Offer, Subject, Days]:
    """One action of a rhythm, and a person who is owed it."""
    known = replace(INPUTS.people.persons["p1"], **person)
    inputs = replace(INPUTS, people=replace(INPUTS.people, persons={**INPUTS.people.persons, "p1": known}))
    inputs = of(inputs, replace(NOTE, rhythm=rhythm))
    there = days(inputs, year, EARLY)
    (offer,) = offers(inputs, there)
    (subject,) = [one for one in subjects(inputs, there, Audience.PERSON) if one.id == "p1"]
    return offer, subject, there


def of(inputs: Inputs, *actions: Action) -> Inputs:
    return replace(inputs, themes=(ThemeTurn(theme(*actions)),))


@pytest.mark.parametrize(
    ("rhythm", "year", "number"),
    [
        (PerYear(8), YEAR, 8),
        (PerYear(8), HALF, 4),
        (PerYear(1), HALF, 1),
        (Every(2), YEAR, 26),
        (Every(1, "months"), YEAR, 12),
        (PerYear(400), YEAR, 52),
    ],
)
def test_a_rhythm_is_so_many_turns_of_a_year(rhythm: Rhythm, year: Year, number: int) -> None:
    assert turns(*owing(rhythm, year)) == number


def test_who_is_there_for_some_weeks_is_owed_their_part_and_at_least_one() -> None:
    assert turns(*owing(PerYear(8), start_date=date(2027, 7, 5))) == 4
    assert turns(*owing(PerYear(2), start_date=date(2027, 12, 13))) == 1
    assert turns(*owing(PerYear(2), end_date=date(2026, 12, 31))) == 0


def test_what_stands_of_a_team_is_not_rounded_away() -> None:
    """With a little more than 20 turns 20 are dealt; where 21 stand, as a day off came later, they stay."""
    inputs = of(INPUTS, replace(WEEKLY, rhythm=PerYear(40)))
    there = days(inputs, YEAR, date(2027, 7, 6))
    (act,) = [act_of(offer, 0, there.open, there) for offer in offers(inputs, there)]
    teams = subjects(inputs, there, Audience.TEAM)

    def number(standing: int) -> int:
        return len(list(team_turns(act, teams, there, {("weekly", "t0"): standing}, {})))

    assert [number(standing) for standing in (0, 20, 21, 25)] == [20, 20, 21, 21]


def test_an_action_falls_in_the_months_and_weeks_that_it_names() -> None:
    there = days(INPUTS, YEAR, EARLY)

    def named(**fields: object) -> set[date]:
        mask = season(replace(NOTE, **fields), there)
        return {there.date(n) for n in range(7 * YEAR.weeks) if mask >> n & 1}

    assert {day.month for day in named(months=frozenset({3}))} == {3}
    assert len(named(months=frozenset({3}))) == 31
    assert named(weeks=frozenset({9}), months=frozenset({3})) == {date(2027, 3, n) for n in range(1, 8)}
    assert len(named()) == 7 * YEAR.weeks


def test_what_stands_in_the_programme_of_csw_is_celebration() -> None:
    known = replace(theme(NOTE), celebration={"csw-1": ("note",)})
    inputs = replace(INPUTS, themes=(ThemeTurn(known),))
    (offer,) = offers(inputs, days(inputs, YEAR, EARLY))
    assert (NOTE.practice, offer.action.practice) == (Practice.HEROES, Practice.CELEBRATION)


def test_sites_count_where_somebody_works_or_nobody_is_known() -> None:
    inputs = organisation(replace(SHAPE, sites=4, people=1, leaders=1, organisers=0), 1)
    here = {one.site for one in inputs.people}
    assert {site.id for site in staffed(inputs)} == here < set(inputs.settings.sites)
    nobody = organisation(Shape(people=0, teams=0, sites=4, leaders=0, organisers=0), 1)
    assert len(staffed(nobody)) == 4
