"""The next year starts from the old one: pairs, last thanks, ideas used, ids going on."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, starmap
from pathlib import Path

import pytest
from msgspec.structs import replace
from organisations import ACTIONS, Shape, action, joined, organisation, theme
from planned import CALENDAR

from csweek.model.basics import Audience, Practice, Span, Status
from csweek.model.inputs import Inputs
from csweek.model.plan import Deed, Directory, Event, Plan
from csweek.model.theme import IdeaFilter, PerYear, ThemeTurn
from csweek.plan.build import bring_up_to_date
from csweek.plan.by_hand.hand import mark
from csweek.plan.by_hand.revision import Now
from csweek.plan.earlier import Earlier, Meeting
from csweek.plan.level.even import bound
from csweek.plan.when.year import iso_year
from csweek.store import Store

REVISED = datetime(2026, 11, 1, tzinfo=UTC)
PERSONAL = tuple(
    action(f"own-{n}", Practice.HEROES, tags=frozenset({"own"})) for n in range(5)
)  # fewer than a year's notes, so that they come round
OWED = tuple(
    replace(one, rhythm=PerYear(2), group_size=(3, 4))
    if one.id == "rota"
    else replace(one, ideas=IdeaFilter(tags=frozenset({"own"})))
    if one.id == "note"
    else one
    for one in ACTIONS
)


def company(people: int = 12, **fields: object) -> Inputs:
    shape = Shape(people=people, teams=3, sites=1, leaders=6, leave=0, odd_hours=0, never=0, movers=0)
    inputs = organisation(replace(shape, **fields), 8)
    return replace(inputs, themes=(ThemeTurn(theme(*OWED, *PERSONAL)),))


def planned(store: Store, inputs: Inputs, number: int, *, knows: bool = True) -> Plan:
    """Plan a year as `csweek plan` does, and keep it."""
    year = iso_year(number)
    before = store.table(year, store.calendar_id(CALENDAR))
    earlier = Earlier(
        lambda: starmap(Meeting, store.meetings_before(year)),
        lambda: store.last_thanks_before(year),
        lambda: store.ideas_before(year),
    )
    today = year.first - timedelta(days=30)
    built = bring_up_to_date(inputs, before, today, REVISED, earlier=earlier if knows else None)
    if knows:
        store.save(built.table, built.changes, Directory.of(inputs, today), {})
    return built.revision.plan


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Inputs, list[Plan], Plan]]:
    """Three years of one organisation, and the second as it would be without the first."""
    inputs = company()
    with Store.open(tmp_path_factory.mktemp("years"), create=True) as store:
        first = planned(store, inputs, 2027)
        alone = planned(store, inputs, 2028, knows=False)
        yield inputs, [first, planned(store, inputs, 2028), planned(store, inputs, 2029)], alone


Three = tuple[Inputs, list[Plan], Plan]


def met(plans: list[Plan]) -> dict[str, list[str]]:
    """Whom everybody met in groups, in order of time."""
    found = defaultdict(list)
    for event in (event for plan in plans for event in plan.live if event.audience is Audience.GROUP):
        for person in event.recipients:
            found[person].append(event.owner or "")
    return found


def test_who_has_met_all_leaders_does_not_begin_again_with_the_last_one(tmp_path: Path) -> None:
    often = tuple(replace(one, rhythm=PerYear(4)) if one.id == "rota" else one for one in OWED)
    inputs = replace(company(leaders=3), themes=(ThemeTurn(theme(*often)),))
    with Store.open(tmp_path, create=True) as store:
        plans = [planned(store, inputs, year) for year in (2027, 2028)]
    turns = met(plans)
    # Managers and an organiser have a leader above them who holds none of their groups.
    assert Counter(len(set(owners)) for owners in turns.values()) == {3: 12, 2: 4}
    for owners in turns.values():
        able, whole = set(owners), range(0, len(owners) - 2, len(set(owners)))
        assert all(set(owners[n : n + len(able)]) == able for n in whole)
        assert all(one != two for one, two in pairwise(owners))


def test_no_pair_meets_again_before_all_have_met_over_the_years(three: Three) -> None:
    _, plans, alone = three
    for owners in met(plans).values():
        assert len(owners) == 6
    assert not any(Counter(owners[:4]).most_common(1)[0][1] > 1 for owners in met(plans).values())
    assert any(Counter(owners).most_common(1)[0][1] > 1 for owners in met([plans[0], alone]).values())


def weeks_of_thanks(plans: list[Plan], person: str) -> list[int]:
    return sorted(
        (event.date - plans[0].year.first).days // 7
        for plan in plans
        for event in plan.live
        if person in event.recipients and not event.fixed
    )


def test_the_gap_over_the_years_end_is_within_the_bound(three: Three) -> None:
    inputs, plans, _ = three
    widest = 0
    for person in (p.id for p in inputs.people if p.team):
        number = Counter(p for e in plans[1].live if not e.fixed for p in e.recipients)[person]
        gaps = [two - one for one, two in pairwise(weeks_of_thanks(plans, person))]
        assert max(gaps) <= bound(52, number) + 1  # a week without anybody there at the year's end
        widest = max(widest, *gaps)
    assert widest > 3


def uses(plans: list[Plan], subject: str) -> list[tuple[date, str]]:
    events = (e for plan in plans for e in plan.live if e.key.subject == subject and e.idea)
    return [(event.date, event.idea or "") for event in sorted(events, key=lambda e: e.date)]


def test_ideas_take_turns_over_the_years(three: Three) -> None:
    inputs, plans, alone = three
    for team in inputs.people.teams:
        assert soonest(uses(plans[:2], team)) >= 56
    assert min(soonest(uses([plans[0], alone], team)) for team in inputs.people.teams) < 56
    for person in ("p1", "p2", "p3"):
        names = [name for _, name in uses(plans, person)]
        assert len(names) == 24
        assert all(len(set(names[at : at + 5])) == 5 for at in range(len(names) - 4))


def soonest(had: list[tuple[date, str]]) -> int:
    """The fewest days after which an idea comes again."""
    last: dict[str, date] = {}
    found = 999
    for day, idea in had:
        found = min(found, (day - last.get(idea, date.min)).days)
        last[idea] = day
    return found


def test_ids_and_uids_go_on(three: Three) -> None:
    _, plans, _ = three
    events = [event for plan in plans for event in plan.events]
    assert len({e.id for e in events}) == len({e.uid for e in events}) == len(events)
    numbers = [[int(e.id[1:]) for e in plan.events] for plan in plans]
    assert all(max(one) < min(two) for one, two in pairwise(numbers))


def test_what_was_missed_or_cancelled_is_no_meeting_and_no_thanks(tmp_path: Path) -> None:
    inputs = company(4)
    with Store.open(tmp_path, create=True) as store:
        plan = planned(store, inputs, 2027)
        known = set(store.meetings_before(iso_year(2028)))
        group = next(e for e in plan.live if e.audience is Audience.GROUP)
        mine = {(group.action, group.owner, person) for person in group.recipients}
        last = store.last_thanks_before(iso_year(2028))
        _mark(store, plan, [group, *_latest(plan, last)])
        assert known - set(store.meetings_before(iso_year(2028))) >= mine
        now = store.last_thanks_before(iso_year(2028))
        assert all(now[person] < day for person, day in last.items())
        assert store.meetings_before(iso_year(2027)) == ()


def _latest(plan: Plan, last: object) -> list[Event]:
    days = dict(last)  # type: ignore[call-overload]
    return [e for e in plan.live if not e.fixed for p in e.recipients if days.get(p) == e.date]


def _mark(store: Store, plan: Plan, events: list[Event]) -> None:
    ids = {event.id for event in events}
    revision = mark(plan, ids, Status.MISSED, Now(date(2028, 1, 10), REVISED))
    store.amend(revision, Deed.MISSED)


def test_weeks_of_leave_do_not_count_as_waiting() -> None:
    inputs = company(3)
    year = iso_year(2028)
    away = replace(inputs.people.persons["p1"], leave=(Span(date(2027, 11, 29), date(2027, 12, 19)),))
    persons = {**inputs.people.persons, "p1": away}
    inputs = replace(inputs, people=replace(inputs.people, persons=persons))
    last = {"p1": date(2027, 11, 24), "p2": date(2027, 11, 24), "p0": date(2027, 12, 31), "gone": year.first}
    waiting = Earlier(last=lambda: last).weeks_since(inputs, year)
    assert waiting == {"p1": 3, "p2": 6, "p0": 1}


def test_whom_the_only_leader_now_manages_is_left_out_of_their_round(tmp_path: Path) -> None:
    inputs = company(leaders=1)
    with Store.open(tmp_path, create=True) as store:
        first = planned(store, inputs, 2027)
        risen = next(event.recipients[0] for event in first.live if event.action == "rota")
        now = joined(inputs, replace(inputs.people.persons[risen], manager="l0"))
        second = planned(store, now, 2028)
    rounds = [event for event in second.live if event.action == "rota"]
    assert rounds
    assert not [event for event in rounds if risen in event.recipients and event.owner == "l0"]
