"""A saved year as a diary: the same as the plan in memory, read a week at a time."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from announced_year import CSW, YEAR_INPUTS, YEAR_PLAN
from keeping import keep
from msgspec.structs import replace

from csweek.cli.sources.saved import Saved
from csweek.errors import StoreError
from csweek.model.basics import Status
from csweek.model.plan import Directory, Plan
from csweek.render.announcements.diary import Diary, Planned
from csweek.store import Store, Wanted

TODAY = date(2027, 1, 20)
MARKED = {"e3": Status.CANCELLED}
PLAN = replace(
    YEAR_PLAN,
    events=tuple(
        replace(one, status=MARKED.get(one.id, Status.DONE if one.owner == "m1" else one.status))
        for one in YEAR_PLAN.events
    ),
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("saved")
    with Store.open(home, create=True) as store:
        keep(store, PLAN, Directory.of(YEAR_INPUTS, TODAY), {})
    return home


def both(root: Path) -> tuple[Diary, Diary]:
    as_of = replace(PLAN, events=tuple(event.as_of(TODAY) for event in PLAN.events))
    return Saved(root, "2027", PLAN.revision, TODAY), Planned(as_of)


def test_a_week_has_the_same_events_and_traits(root: Path) -> None:
    saved, planned = both(root)
    weeks = [PLAN.year.monday(number) for number in range(PLAN.year.weeks)]
    assert [list(saved.week(monday)) for monday in weeks] == [list(planned.week(monday)) for monday in weeks]
    assert [list(saved.told(monday)) for monday in weeks] == [list(planned.told(monday)) for monday in weeks]
    assert any(len(planned.told(monday)) < len(planned.week(monday)) for monday in weeks)
    for monday in weeks:
        counted = sum(one.events for one in saved.traits(monday))
        assert counted == sum(one.events for one in planned.traits(monday))
        assert {one[:3] for one in saved.traits(monday)} == {one[:3] for one in planned.traits(monday)}


def test_a_year_has_the_same_ahead_and_done(root: Path) -> None:
    saved, planned = both(root)
    assert list(saved.year()) == list(planned.year())
    for day in (TODAY, CSW, CSW + timedelta(days=7), PLAN.year.last):
        assert saved.goes_on(day) == planned.goes_on(day)
    assert (
        {event.id for event in saved.done_by("m1")} == {event.id for event in planned.done_by("m1")} != set()
    )


def test_what_waits_for_a_reader_is_kept_from_them(root: Path) -> None:
    secret = next(one for one in PLAN.events if one.visibility == "surprise" and one.status is Status.PLANNED)
    kept = Saved(root, "2027", PLAN.revision, TODAY, frozenset(secret.recipients))
    assert not kept.find(Wanted(id=secret.id))
    assert both(root)[0].find(Wanted(id=secret.id))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "read",
    [
        lambda saved: saved.week(CSW),
        lambda saved: saved.traits(CSW),
        lambda saved: saved.goes_on(TODAY),
        lambda saved: saved.done_by("m1"),
    ],
)
def test_a_plan_that_changes_on_the_way_ends_it(root: Path, read: Callable[[Saved], object]) -> None:
    stale = Saved(root, "2027", PLAN.revision - 1, TODAY)
    with pytest.raises(StoreError, match="the plan was changed while this was made"):
        read(stale)


def test_only_what_is_for_people_by_name(root: Path) -> None:
    plan: Plan = PLAN
    saved = Saved(root, "2027", plan.revision, TODAY)
    assert {one.id for one in saved.find(Wanted(named=True))} == {
        one.id for one in plan.events if one.recipients
    }
