"""What is owed, what teams have, what stands against the rules: one broken plan for each measure."""

from datetime import date

from msgspec.structs import replace
from samples import ACTIONS, INPUTS, PLAN, THEME, event

from csweek.model.basics import Audience, Channel, Practice, Span, Status, Thanks
from csweek.model.inputs import Inputs
from csweek.model.theme import ThemeTurn
from csweek.plan.measure.even import silences
from csweek.plan.measure.owed import empty_weeks, owing, unseen
from csweek.plan.measure.scene import Scene
from csweek.plan.measure.wrong import wrong

DAY = date(2027, 1, 20)


def scene(*events: object, inputs: Inputs = INPUTS) -> Scene:
    return Scene(replace(PLAN, events=events), inputs)


def person(ident: str, **changes: object) -> Inputs:
    """The sample organisation with somebody changed."""
    people = INPUTS.people
    changed = replace(people.persons[ident], **changes)
    return replace(INPUTS, people=replace(people, persons={**people.persons, ident: changed}))


def every_monday(team: str) -> list[object]:
    return [
        event("monday-story", date.fromordinal(PLAN.year.first.toordinal() + 7 * n), team, n + 1)
        for n in range(52)
    ]


def test_what_is_missing_is_counted_by_person_and_by_action() -> None:
    four = [event("wow-note", date(2027, month, 20), "p1", month) for month in (1, 4, 7, 10)]
    found = owing(scene(*four, event("wow-note", DAY, "p2")))
    debts = {debt.person: (debt.owed, debt.had, debt.missing) for debt in found.persons}
    assert debts["p1"] == (4, 4, 0)
    assert debts["p2"] == (4, 1, 3)
    (kept,) = found.actions
    assert (kept.action.id, kept.owed, len(kept.lacking)) == ("wow-note", 32, 7)
    assert kept.missing == 32 - 5


def test_what_was_missed_or_cancelled_is_had_by_nobody() -> None:
    gone = [
        event("wow-note", DAY, "p1", n, status=status)
        for n, status in enumerate((Status.MISSED, Status.CANCELLED))
    ]
    assert {d.had for d in owing(scene(*gone)).persons} == {0}


def test_a_week_without_anything_for_a_team_that_works_is_found() -> None:
    weekly = [*every_monday("Support"), *every_monday("Seoul"), *every_monday("Natt")]
    assert empty_weeks(scene(*weekly)) == {}
    assert empty_weeks(scene(*weekly[1:])) == {"Support": (0,)}
    for_all = event("monday-story", date(2027, 1, 5), "p1", audience=Audience.ORGANISATION, recipients=())
    assert empty_weeks(scene(*weekly[1:], for_all)) == {}


def test_weeks_before_the_year_was_first_planned_are_not_empty() -> None:
    weekly = [*every_monday("Support"), *every_monday("Seoul"), *every_monday("Natt")]
    late = [one for one in weekly if one.date >= date(2027, 9, 27)]  # type: ignore[attr-defined]
    plan = replace(PLAN, events=tuple(late), since=date(2027, 9, 27))
    assert empty_weeks(Scene(plan, INPUTS)) == {}


def test_practices_that_a_team_does_not_see_in_a_quarter_are_named() -> None:
    one_of_each = [
        event("monday-story", date(2027, month, 15), team, 100 + month, practice=practice)
        for month in (2, 5, 8, 11)
        for team in ("Support", "Seoul", "Natt")
        for practice in Practice
    ]
    assert unseen(scene(*one_of_each)) == ()
    (lacking,) = unseen(
        scene(*(e for e in one_of_each if (e.practice, e.team, e.date.month) != ("career", "Natt", 5)))
    )
    assert (lacking.team, lacking.quarter, lacking.practices) == ("Natt", 2, (Practice.CAREER,))


def test_a_team_that_is_silent_for_longer_than_a_month_is_found() -> None:
    often = [event("wow-note", date.fromordinal(DAY.toordinal() + 14 * n), "p3", n) for n in range(24)]
    quiet = {one.team: one for one in silences(scene(*often))}
    assert quiet["Seoul"].weeks <= quiet["Seoul"].allowed == 6
    broken = [one for one in often if not 6 <= one.key.ordinal <= 12]
    quiet = {one.team: one for one in silences(scene(*broken))}
    assert quiet["Seoul"].weeks > quiet["Seoul"].allowed


def test_nothing_is_wrong_with_the_sample() -> None:
    assert wrong(Scene(PLAN, INPUTS)) == ()


def test_everything_while_somebody_is_away_is_found() -> None:
    away = person("p1", leave=(Span(DAY, DAY),))
    assert [w.why for w in wrong(scene(event("wow-note", DAY, "p1"), inputs=away))] == ["recipient"]
    holder = person("l1", leave=(Span(DAY, DAY),))
    visit = event("wow-note", DAY, "p1", channel=Channel.VISIT)
    assert [(w.why, w.who) for w in wrong(scene(visit, inputs=holder))] == [("owner", "l1")]
    assert wrong(scene(event("wow-note", DAY, "p1"), inputs=holder)) == ()  # a card is made beforehand
    never = person("p1", thanks=Thanks.NEVER)
    assert [w.why for w in wrong(scene(event("wow-note", DAY, "p1"), inputs=never))] == ["never"]
    sunday = event("monday-story", date(2027, 1, 24), "Support")
    assert "team" in {w.why for w in wrong(scene(sunday))}
    closed = replace(INPUTS, settings=replace(INPUTS.settings, no_gatherings=(Span(DAY, DAY),)))
    meeting = event("monday-story", DAY, "Support")
    assert [w.why for w in wrong(scene(meeting, inputs=closed))] == ["gathering"]


def test_groups_are_owed_to_all_but_leaders() -> None:
    rota = replace(ACTIONS["wow-note"], id="rota", audience=Audience.GROUP)
    inputs = replace(INPUTS, themes=(ThemeTurn(replace(THEME, actions={"rota": rota})),))
    owed = {debt.person: debt.owed for debt in owing(scene(inputs=inputs)).persons}
    assert "l1" not in owed
    assert owed["p1"] == 4
