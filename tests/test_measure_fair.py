"""Fair to those who give and to every shift; groups; an ordinary week."""

from collections.abc import Sequence
from datetime import date, time, timedelta

import pytest
from msgspec.structs import replace
from organisations import Shape, organisation
from samples import ACTIONS, INPUTS, PLAN, THEME, at, event

from csweek.model.basics import Audience, Channel, Hours, Practice, Role
from csweek.model.inputs import Inputs
from csweek.model.people import WorkTime
from csweek.model.plan import Event, Key
from csweek.model.theme import ThemeTurn
from csweek.plan.earlier import Meeting
from csweek.plan.measure.blend import blend
from csweek.plan.measure.fair import over_limit, served, unshared
from csweek.plan.measure.owed import Debt
from csweek.plan.measure.rota import rotas
from csweek.plan.measure.scene import Scene

DAY = date(2027, 1, 20)


def scene(*events: Event, inputs: Inputs = INPUTS) -> Scene:
    return Scene(replace(PLAN, events=events), inputs)


def test_chosen_events_over_the_limit_are_found_and_given_ones_are_not() -> None:
    many = [event("wow-note", DAY, "p1", n) for n in range(12)]
    (over,) = over_limit(scene(*many))
    assert (over.owner, over.week, over.minutes, over.given) == ("l1", 2, 120, 0)
    assert over_limit(scene(*(replace(one, fixed=True) for one in many))) == ()
    assert over_limit(scene(*many[:8])) == ()


def test_preparation_counts_in_its_own_week() -> None:
    preparing = [event("wow-note", DAY, "p1", n) for n in range(9)]
    assert over_limit(scene(*preparing)) == ()
    later = event("wow-note", DAY + timedelta(days=7), "p2", 99)
    (over,) = over_limit(scene(*preparing, later))
    assert (over.week, over.minutes) == (2, 95)


def two_leaders() -> Inputs:
    people = INPUTS.people
    second = replace(people.persons["l1"], id="l2", name="Liv Lund")
    return replace(INPUTS, people=replace(people, persons={**people.persons, "l2": second}))


def test_leaders_who_could_take_the_same_people_are_compared() -> None:
    inputs = two_leaders()
    shares = [event("wow-note", DAY, "p1", n, owner="l1" if n else "l2") for n in range(5)]
    (found,) = unshared(scene(*shares, inputs=inputs))
    assert (found.action, found.more, found.fewer, found.difference) == ("wow-note", "l1", "l2", 3)
    assert unshared(scene(*shares[:3], inputs=inputs)) == ()


def test_what_was_given_to_a_leader_by_hand_is_no_unfairness() -> None:
    given = [event("wow-note", DAY, "p1", n, owner="l1", by_hand=True) for n in range(5)]
    assert unshared(scene(*given, inputs=two_leaders())) == ()


def with_leader(ident: str, **fields: object) -> Inputs:
    """Two leaders, one of whom is another."""
    inputs = two_leaders()
    other = replace(inputs.people.persons[ident], **fields)
    return replace(inputs, people=replace(inputs.people, persons={**inputs.people.persons, ident: other}))


AUTUMN = date(2027, 10, 20)
SINCE = date(2027, 9, 1)


def test_who_is_there_for_a_third_of_the_weeks_may_give_a_third() -> None:
    shares = [event("wow-note", AUTUMN, "p1", n, owner="l1" if n else "l2") for n in range(4)]
    (found,) = unshared(scene(*shares, inputs=two_leaders()))
    assert (found.more, found.fewer, found.difference) == ("l1", "l2", 2)
    assert unshared(scene(*shares, inputs=with_leader("l2", start_date=SINCE))) == ()


def test_who_gave_less_before_may_give_more_now() -> None:
    now = [event("wow-note", AUTUMN, "p1", n, owner="l1") for n in range(3)]
    before = [event("wow-note", date(2027, 2, 3), "p1", 10 + n, owner="l2") for n in range(10)]
    inputs = with_leader("l1", start_date=SINCE)
    assert unshared(scene(*now, inputs=inputs))
    assert unshared(scene(*now, *before, inputs=inputs)) == ()


def test_what_has_an_hour_counts_only_where_both_are_in_its_zone() -> None:
    calls = [
        event("wow-note", DAY, "p1", n, channel=Channel.CALL, **at(DAY, 10 + n, 0, "stockholm", 10))
        for n in range(5)
    ]
    (found,) = unshared(scene(*calls, inputs=two_leaders()))
    assert found.difference == 5
    assert unshared(scene(*calls, inputs=with_leader("l2", site="seoul"))) == ()


def test_a_leader_who_is_left_alone_gives_more_without_a_word() -> None:
    inputs = two_leaders()
    gone = replace(inputs.people.persons["l2"], end_date=date(2027, 3, 31))
    persons = {**inputs.people.persons, "l2": gone}
    inputs = replace(inputs, people=replace(inputs.people, persons=persons))
    both = [event("wow-note", DAY, "p1", n, owner="l1" if n else "l2") for n in range(2)]
    alone = [event("wow-note", date(2027, 6, 2) + timedelta(weeks=n), "p1", 10 + n) for n in range(20)]
    assert unshared(scene(*both, *alone, inputs=inputs)) == ()
    more = [event("wow-note", DAY, "p2", n) for n in range(20)]
    (found,) = unshared(scene(*both, *more, *alone, inputs=inputs))
    assert (found.more, found.fewer, found.difference) == ("l1", "l2", 20)


def test_a_leader_of_ones_own_line_is_not_free_to_take_more() -> None:
    inputs = two_leaders()
    persons = {**inputs.people.persons, "p1": replace(inputs.people.persons["p1"], manager="l2")}
    inputs = replace(inputs, people=replace(inputs.people, persons=persons))
    assert unshared(scene(*(event("wow-note", DAY, "p1", n) for n in range(5)), inputs=inputs)) == ()


def test_a_night_shift_that_gets_less_than_its_own_is_found() -> None:
    even = [Debt("p1", 8, 8, 0), Debt("p2", 8, 7, 1), Debt("p4", 8, 8, 0)]
    (night,) = served(Scene(PLAN, INPUTS), even)
    assert (night.kind, night.people, night.behind) == ("night", 1, -0.5)
    (night,) = served(Scene(PLAN, INPUTS), [*even[:2], Debt("p4", 8, 5, 3)])
    assert night.behind == 2.5


@pytest.mark.parametrize(
    ("work", "kinds"),
    [
        (WorkTime(hours=Hours(time(9), time(17))), []),
        (WorkTime(hours=Hours(time(12), time(20))), []),
        (WorkTime(hours=Hours(time(13), time(21))), ["evening"]),
        (WorkTime(hours=Hours(time(22), time(21))), ["night"]),
        (WorkTime(days=frozenset({0, 1, 2, 3, 4})), []),
        (WorkTime(days=frozenset({0, 1, 2, 3})), ["part-time"]),
        (WorkTime(days=frozenset({2, 3, 4, 5, 6})), ["weekend"]),
        (WorkTime(days=frozenset({5, 6})), ["weekend", "part-time"]),
    ],
)
def test_shifts_are_known_by_their_hours_and_days(work: WorkTime, kinds: list[str]) -> None:
    person = replace(INPUTS.people.persons["p1"], work=work)
    people = replace(INPUTS.people, persons={**INPUTS.people.persons, "p1": person})
    found = served(Scene(PLAN, replace(INPUTS, people=people)), [Debt("p1", 8, 8, 0)])
    assert [one.kind for one in found] == kinds


# --- groups ----------------------------------------------------------------------------------------


def group(day: date, who: Sequence[str], owner: str = "l1", hour: int = 10) -> Event:
    """A group event of leader and people at Stockholm."""
    base = event("wow-note", day, who[0], owner=owner, **at(day, hour, 0, "stockholm", 45))
    key = Key("2027", "rota", owner, day.toordinal())
    return replace(
        base, key=key, audience=Audience.GROUP, team=None, recipients=tuple(who), channel=Channel.MEETING,
        id=f"g{day:%m%d}{hour}",
    )  # fmt: skip


def grouped() -> Inputs:
    """Two leaders, and an action of groups of two to three."""
    rota = replace(ACTIONS["wow-note"], id="rota", audience=Audience.GROUP, group_size=(2, 3))
    return replace(two_leaders(), themes=(ThemeTurn(replace(THEME, actions={**ACTIONS, "rota": rota})),))


def test_a_fair_round_of_groups_has_nothing_against_it() -> None:
    found = rotas(
        scene(group(DAY, ["p1", "p3"]), group(date(2027, 2, 3), ["p2", "p4"], "l2"), inputs=grouped())
    )
    assert (found.groups, dict(found.sizes)) == (2, {2: 2})
    assert (found.again, found.early, found.own_line, found.away, found.too_large) == ((), (), (), (), ())


def test_a_pair_that_meets_again_before_all_leaders_were_met_is_found() -> None:
    days = [date(2027, month, 20) for month in (1, 4, 7)]
    again = rotas(
        scene(*(group(day, ["p1"], owner) for day, owner in zip(days, ("l1", "l1", "l2"), strict=True)),
              inputs=grouped())
    ).again  # fmt: skip
    assert [(pair.leader, pair.person, pair.event) for pair in again] == [("l1", "p1", "g042010")]
    in_turn = [group(day, ["p1"], owner) for day, owner in zip(days, ("l1", "l2", "l1"), strict=True)]
    assert rotas(scene(*in_turn, inputs=grouped())).again == ()


def test_whom_somebody_met_in_the_years_before_counts_as_met() -> None:
    later = group(date(2027, 2, 3), ["p2"], "l2")
    again = scene(group(DAY, ["p1"], "l1"), later, inputs=grouped())
    assert rotas(again, [Meeting("rota", "l2", "p1")]).again == ()
    (pair,) = rotas(again, [Meeting("rota", "l1", "p1")]).again
    assert (pair.leader, pair.person) == ("l1", "p1")
    assert rotas(again, [Meeting("rota", "l1", "p1"), Meeting("rota", "l2", "p1")]).again == ()


def test_a_leader_whose_hours_are_never_theirs_need_not_be_met_first() -> None:
    inputs = grouped()
    night = Hours(time(22), time(5))
    late = replace(inputs.people.persons["l2"], work=WorkTime(hours=night, owner_hours=night))
    persons = {**inputs.people.persons, "l2": late}
    apart = replace(inputs, people=replace(inputs.people, persons=persons))
    days = [date(2027, month, 20) for month in (1, 4, 7)]
    events = [group(day, ["p1"], owner) for day, owner in zip(days, ("l1", "l1", "l2"), strict=True)]
    assert rotas(scene(*events, inputs=inputs)).again
    assert rotas(scene(*events, inputs=apart)).again == ()


def test_a_second_meeting_before_somebodys_first_is_found() -> None:
    events = [group(DAY, ["p1"]), group(date(2027, 2, 3), ["p1"], "l2"), group(date(2027, 3, 3), ["p2"])]
    assert rotas(scene(*events, inputs=grouped())).early == (("p1", "g020310"),)


def test_the_own_line_large_groups_and_teams_left_alone_are_found() -> None:
    found = rotas(
        scene(
            group(DAY, ["m1"]),
            group(date(2027, 2, 3), ["p1", "p2", "p3", "p4"]),
            inputs=grouped(),
        )
    )
    assert [(pair.leader, pair.person) for pair in found.own_line] == [("l1", "m1")]
    assert found.too_large == ("g020310",)
    assert [(m.team, m.away, m.allowed) for m in found.away] == [("Support", 2, 1)]


def test_groups_at_different_hours_do_not_leave_a_team_alone() -> None:
    inputs = grouped()
    apart = [group(DAY, ["p1"], hour=10), group(DAY, ["p2"], "l2", hour=11)]
    assert rotas(scene(*apart, inputs=inputs)).away == ()
    at_once = [group(DAY, ["p1"]), group(DAY, ["p2"], "l2")]
    assert len(rotas(scene(*at_once, inputs=inputs)).away) == 1


# --- an ordinary week ------------------------------------------------------------------------------


def test_an_ordinary_week_counts_what_reaches_a_person_beside_csw() -> None:
    called = event("wow-note", DAY, "p1", channel=Channel.CALL)
    story = event("monday-story", date(2027, 1, 18), "Support")
    festive = event("monday-story", date(2027, 10, 4), "Support", 2, practice=Practice.CELEBRATION)
    found = blend(scene(story, called, festive))
    mine = found.persons["p1"]
    assert (mine.moments, mine.by_name, mine.leaders) == (2, 1, {"l1"})
    assert mine.practices == {Practice.WOW}
    assert found.weeks == 50
    assert found.csw > 0
    assert found.by_week[2] > 0
    assert found.by_week[39] == 0
    assert 2 not in found.quietest


def test_a_leader_who_is_met_in_a_week_of_csw_beside_the_programme_is_met() -> None:
    called = event("wow-note", date(2027, 10, 5), "p1", channel=Channel.CALL)
    mine = blend(scene(called)).persons["p1"]
    assert (mine.leaders, mine.practices, mine.moments, mine.by_name) == ({"l1"}, {Practice.WOW}, 0, 0)


def test_a_card_is_thanks_by_name_and_no_meeting() -> None:
    assert blend(scene(event("wow-note", DAY, "p1"))).without_leader == len(INPUTS.people)


def test_nobody_known_receives_nothing() -> None:
    empty = organisation(Shape(people=0, teams=0, leaders=0, organisers=0), 1)
    found = blend(scene(inputs=empty))
    assert (found.moments, found.persons) == (0, {})


def test_an_organiser_counts_like_everybody_else() -> None:
    assert INPUTS.people.persons["o1"].role is Role.ORGANISER
    assert "o1" in blend(Scene(PLAN, INPUTS)).persons
