"""Given days, and where they are really held."""

from collections import Counter
from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from organisations import ACTIONS, WEEKLY, Shape, action, joined, organisation, theme
from planned import plan_of, planned
from samples import INPUTS, PLAN

from csweek.model.basics import Channel, Occasion, Practice, Span, csw_monday
from csweek.model.inputs import Inputs
from csweek.model.plan import Directory, Event, Plan
from csweek.model.theme import Action, Anchor, On, ThemeTurn
from csweek.plan.told.explain import explain

CARD = action(
    "csw-card", Practice.CELEBRATION, rhythm=On((Anchor("csw", nth=3),)), channel=Channel.CARD, minutes=2
)
FEW = [one for one in ACTIONS if one.id in {"note", "day", "promise"}]
MONDAY = csw_monday(2027)
WEEK = Span(MONDAY, MONDAY + timedelta(days=4))


def away(span: Span, **fields: object) -> Inputs:
    """A team in which one person is away in these days."""
    inputs = organisation(Shape(people=4, teams=1, sites=1, leave=0, odd_hours=0, never=0, movers=0), 3)
    inputs = replace(inputs, themes=(ThemeTurn(theme(*FEW, CARD)),))
    one = replace(inputs.people.persons["p1"], leave=(span,), **fields)
    return joined(inputs, one)


def card(plan: Plan) -> Event | None:
    return next((e for e in plan.live if e.action == "csw-card" and e.recipients == ("p1",)), None)


@pytest.mark.parametrize(
    ("leave", "held", "code"),
    [
        (WEEK, date(2027, 10, 11), "on_return"),
        (Span(date(2027, 8, 2), date(2027, 11, 12)), date(2027, 11, 15), "on_return"),
        (Span(date(2027, 10, 5), date(2027, 10, 6)), date(2027, 10, 7), "fixed"),
        (Span(date(2027, 10, 6), date(2027, 11, 12)), date(2027, 10, 5), "fixed"),
    ],
)
def test_who_is_away_in_all_of_csw_gets_the_card_on_the_first_day_back(
    leave: Span, held: date, code: str
) -> None:
    found = card(plan_of(away(leave)))
    assert found
    assert (found.date, found.reason["code"], found.reason["wanted"]) == (held, code, "2027-10-06")


@pytest.mark.parametrize(
    ("anchor", "leave", "held"),
    [
        # Saturday 12 June: the last working day before, else, with those seven away, the first after it.
        ("anniversary", None, date(2027, 6, 11)),
        ("anniversary", Span(date(2027, 6, 5), date(2027, 6, 13)), date(2027, 6, 14)),
        ("birthday", Span(date(2027, 6, 5), date(2027, 6, 13)), date(2027, 6, 14)),
        ("anniversary", Span(date(2027, 6, 7), date(2027, 6, 13)), date(2027, 6, 14)),
        ("birthday", Span(date(2027, 6, 8), date(2027, 6, 13)), date(2027, 6, 7)),
        ("first-day", None, date(2027, 6, 14)),
        ("06-12", None, date(2027, 6, 11)),
    ],
)
def test_a_given_day_off_is_held_before_it_or_on_the_first_day_back(
    anchor: str, leave: Span | None, held: date
) -> None:
    on = Anchor("month-day", month=6, day=12) if anchor == "06-12" else Anchor(anchor)  # type: ignore[arg-type]
    begun = date(2027 if anchor == "first-day" else 2020, 6, 12)
    inputs = away(leave or WEEK, start_date=begun, birthday=(6, 12), celebrate=frozenset(Occasion))
    once = action("once", Practice.HEROES, rhythm=On((on,)), channel=Channel.CARD)
    inputs = replace(inputs, themes=(ThemeTurn(theme(*FEW, once)),))
    (found,) = [e for e in plan_of(inputs).live if e.action == "once" and e.recipients == ("p1",)]
    assert found.date == held


def test_a_card_around_csw_does_not_wait_for_anybody_to_come_back() -> None:
    shifted = replace(CARD, rhythm=On((Anchor("csw", nth=3, shift=-14),)))
    inputs = replace(
        away(Span(date(2027, 9, 1), date(2027, 10, 15))), themes=(ThemeTurn(theme(*FEW, shifted)),)
    )
    assert card(plan_of(inputs)) is None


def test_the_reason_says_so_without_a_word_of_leave() -> None:
    found = card(plan_of(away(WEEK)))
    assert found
    said = " ".join(explain(found, Directory.of(INPUTS, PLAN.year.first)))
    assert "csw-card is on a given day: Wednesday 6 October 2027." in said
    assert "Not available in that week: it waits for the first day back, Monday 11 October 2027." in said
    assert "leave" not in said


@pytest.mark.parametrize("fields", [{}, {"end_date": date(2027, 12, 24)}])
def test_who_is_not_back_in_the_planned_weeks_is_named(fields: dict[str, object]) -> None:
    built = planned(away(Span(date(2027, 9, 1), date(2028, 3, 1)), **fields))
    assert card(built.revision.plan) is None
    told = [one.message for one in built.warnings if one.message.startswith("csw-card")]
    assert told == ["csw-card: away for all of CSW and not back within the planned weeks: P1"]


def test_the_card_waits_also_where_another_theme_holds_on_the_return() -> None:
    inputs = away(Span(date(2027, 9, 1), date(2027, 11, 30)))
    turns = (*inputs.themes, ThemeTurn(replace(theme(*FEW), id="other"), date(2027, 10, 18)))
    inputs = replace(inputs, themes=turns)
    plan = plan_of(inputs)
    found = card(plan)
    assert found
    assert found.date == date(2027, 12, 1)
    assert planned(inputs, date(2027, 3, 1), plan).revision.empty


def test_a_leave_that_is_told_later_moves_the_card_and_a_shorter_one_moves_it_back() -> None:
    there = away(Span(date(2027, 3, 1), date(2027, 3, 5)))
    plan = plan_of(there)
    later = planned(away(WEEK), date(2027, 9, 1), plan).revision
    assert [(a.date, b.date) for a, b in later.moved if b.action == "csw-card"] == [
        (date(2027, 10, 6), date(2027, 10, 11))
    ]
    back = planned(there, date(2027, 9, 1), later.plan).revision
    assert [(b.date, b.reason["code"]) for _, b in back.moved if b.action == "csw-card"] == [
        (date(2027, 10, 6), "fixed")
    ]


def test_nobody_gets_a_card_on_a_day_that_is_past() -> None:
    plan = planned(away(Span(date(2027, 9, 1), date(2027, 10, 15))), date(2027, 11, 1)).revision.plan
    assert card(plan) is None


def celebrated(*slots: str, actions: tuple[Action, ...] = ACTIONS) -> Counter[tuple[str, str, date]]:
    """How often a team or person has the same thing on a day, with the weekly one in these slots, too."""
    inputs = organisation(Shape(people=8, teams=2, sites=1, leave=0, odd_hours=0, limit=240), 3)
    known = theme(*actions)
    also = dict.fromkeys(slots, ("weekly",))
    festive = replace(known, celebration={**known.celebration, **also})
    live = plan_of(replace(inputs, themes=(ThemeTurn(festive),))).live
    return Counter((e.action, e.key.subject, e.date) for e in live if e.action == "weekly")


@pytest.mark.parametrize("slots", [("csw-2",), ("csw-1", "csw-2"), ("csw-2", "csw-3", "csw-4")])
def test_what_is_celebrated_too_is_not_had_twice_on_a_day(slots: tuple[str, ...]) -> None:
    found = celebrated(*slots)
    assert max(found.values()) == 1
    assert sum(day.isocalendar().week == csw_monday(2027).isocalendar().week for _, _, day in found) == 2 * (
        len(slots) + 1
    )


def test_a_day_that_both_the_action_and_the_celebration_name_is_one() -> None:
    given = replace(WEEKLY, rhythm=On((Anchor("csw", nth=2), Anchor("csw", nth=3))))
    others = tuple(one for one in ACTIONS if one.id != "weekly")
    found = celebrated("csw-2", actions=(given, *others))
    assert Counter(found.values()) == {1: 4}
