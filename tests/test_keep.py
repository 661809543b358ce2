"""What stays where it is after a change."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from organisations import ACTIONS, PART_TIME, Shape, action, joined, theme
from planned import BEFORE, EARLY, REVISED, built, plan_of, planned, year_of

from csweek.model.basics import GATHERING, Channel, Occasion, Practice, Span
from csweek.model.inputs import Inputs
from csweek.model.theme import Action, Anchor, On, ThemeTurn
from csweek.plan.again.keep import is_free, owner_there
from csweek.plan.again.renamed import renamed
from csweek.plan.again.stood import stood
from csweek.plan.by_hand.hand import Target, move
from csweek.plan.by_hand.revision import Now
from csweek.plan.when.days import days

MARCH = date(2027, 3, 1)
SMALL = Shape(people=8, teams=2, sites=1, leave=0, odd_hours=0, never=0, movers=0, limit=300)


def changed(inputs: Inputs, ident: str, **fields: object) -> Inputs:
    """The organisation with other fields of one person."""
    return joined(inputs, replace(inputs.people.persons[ident], **fields))


def with_action(inputs: Inputs, one: Action) -> Inputs:
    known = {**inputs.themes[0].theme.actions, one.id: one}
    return replace(inputs, themes=(ThemeTurn(theme(*known.values())),))


def test_what_was_chosen_and_is_no_meeting_before_the_freeze_ends_may_be_dealt_afresh() -> None:
    inputs, fresh = built(SMALL, 4)
    there = days(inputs, fresh.table.year, EARLY)
    known = list(stood(fresh.table, there, renamed(fresh.table, inputs)))
    meeting = next(one for one in known if one.kind.channel in GATHERING and not one.kind.fixed)
    assert not is_free(meeting, meeting.day + 1)
    assert is_free(meeting, meeting.day)
    card = next(one for one in known if one.kind.channel is Channel.CARD and not one.kind.fixed)
    assert is_free(card, card.day + 1)
    assert not is_free(replace(card, by_hand=True), 0)
    assert not is_free(next(one for one in known if one.kind.fixed), 0)


def test_what_is_handed_over_may_be_on_an_owners_day_off_in_a_week_in_which_they_are_there() -> None:
    inputs = year_of(SMALL, 4)[0]
    away = Span(MARCH, MARCH + timedelta(days=6))
    there = days(changed(inputs, "m0", work=PART_TIME, leave=(away,)), built(SMALL, 4)[1].table.year, EARLY)
    monday = there.index(MARCH) + 7
    thursday = monday + 3
    assert owner_there("m0", Channel.MEETING, monday, there)
    assert owner_there("m0", Channel.CARD, thursday, there)
    assert not owner_there("m0", Channel.MEETING, thursday, there)
    assert not owner_there("m0", Channel.CARD, thursday - 7, there)
    assert not owner_there("nobody", Channel.CARD, monday, there)


@pytest.mark.parametrize(("days_later", "owners"), [(0, {"l0"}), (-1, {"l1", "l2"})])
def test_an_event_on_somebodys_last_day_is_still_theirs(days_later: int, owners: set[str]) -> None:
    inputs, plan = year_of(SMALL, 4)
    theirs = [e for e in plan.live if e.owner == "l0" and e.action == "wow" and e.date > MARCH]
    last = max(theirs, key=lambda one: one.date)
    leaves = changed(inputs, "l0", end_date=last.date + timedelta(days=days_later))
    now = next(e for e in planned(leaves, MARCH, plan).revision.plan.live if e.id == last.id)
    assert now.date == last.date
    assert now.owner in owners


def test_a_card_that_becomes_a_meeting_gets_an_hour() -> None:
    inputs, plan = year_of(SMALL, 4)
    note = replace(next(one for one in ACTIONS if one.id == "note"), channel=Channel.MEETING)
    later = planned(with_action(inputs, note), MARCH, plan).revision.plan
    ahead = [e for e in later.live if e.action == "note" and e.date >= MARCH]
    assert ahead
    assert all(e.start for e in ahead)


OCCASIONS = action(
    "occasion", Practice.HEROES, rhythm=On((Anchor("anniversary"), Anchor("birthday"))), channel=Channel.CARD
)


@pytest.mark.parametrize(
    ("celebrate", "stays"),
    [
        (frozenset(Occasion), True),
        (frozenset({Occasion.ANNIVERSARY}), True),
        (frozenset({Occasion.BIRTHDAY}), True),
        (frozenset[Occasion](), False),
    ],
)
def test_what_was_moved_goes_only_where_none_of_its_occasions_is_to_be_kept(
    celebrate: frozenset[Occasion], *, stays: bool
) -> None:
    inputs = with_action(year_of(SMALL, 4)[0], OCCASIONS)
    inputs = changed(
        inputs, "p1", celebrate=frozenset(Occasion), birthday=(6, 9), start_date=date(2020, 5, 4)
    )
    plan = plan_of(inputs)
    theirs = [e.id for e in plan.live if e.action == "occasion" and e.recipients == ("p1",)]
    moved = move(plan, theirs, Target(days=1), Now(BEFORE, REVISED), inputs).plan
    now = planned(changed(inputs, "p1", celebrate=celebrate), MARCH, moved).revision.plan
    assert len(theirs) == 2
    assert [e.live for e in now.events if e.id in theirs] == [stays, stays]


@pytest.mark.parametrize(("days_later", "stays"), [(0, True), (-1, False)])
def test_what_was_moved_stays_to_somebodys_last_day(days_later: int, *, stays: bool) -> None:
    inputs, plan = year_of(SMALL, 4)
    one = next(e for e in plan.live if e.recipients == ("p1",) and e.action == "note" and e.date > MARCH)
    moved = move(plan, [one.id], Target(days=1), Now(BEFORE, REVISED), inputs).plan
    last = one.date + timedelta(days=1 + days_later)
    now = planned(changed(inputs, "p1", end_date=last), MARCH, moved).revision.plan
    there = [e.live and e.date == one.date + timedelta(days=1) for e in now.events if e.id == one.id]
    assert there == [stays]
