import gc
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keeping import keep
from msgspec.structs import replace
from samples import CALENDAR_ID, INPUTS, PEOPLE, PLAN, REVISED, YEAR, event, words
from small_disk import make_read_only, small_disk

from csweek import zones
from csweek.errors import StoreError
from csweek.model.basics import Audience, Channel, Cost, Practice, Prepare, Status, Visibility, Words, Year
from csweek.model.plan import Deed, Directory, Event, Key, Plan, Revision
from csweek.plan.by_hand import hand
from csweek.plan.by_hand.revision import Now
from csweek.rows.encoder import table_of
from csweek.store import Step, Store, Wanted

DIRECTORY = Directory.of(INPUTS, YEAR.first)
FILES = {"csweek.yaml": "aa", "people.csv": "bb"}
LATER = datetime(2027, 1, 21, 9, 0, 0, 250, tzinfo=UTC)


def save(root: Path, plan: Plan) -> None:
    with Store.open(root, create=True) as store:
        keep(store, plan, DIRECTORY, FILES)


def kept(root: Path, label: str = "2027") -> Plan:
    with Store.open(root, create=False) as store:
        plan = store.plan(label)
    assert plan is not None
    return plan


def found(root: Path, wanted: Wanted, label: str | None = "2027") -> list[str]:
    with Store.open(root, create=False) as store:
        return [event.id for event in store.find(label, wanted)]


def ordered(events: list[Event] | tuple[Event, ...]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: event.sort_key))


def following(plan: Plan, **changes: Event) -> Plan:
    """The plan's next revision, with other events under some of its ids."""
    events = ordered([changes.get(event.id, event) for event in plan.events])
    return replace(plan, events=events, revision=plan.revision + 1, revised=LATER)


def marked(store: Store, ids: list[str], status: Status, at: datetime = LATER) -> None:
    """Mark events by hand."""
    plan = store.plan("2027")
    assert plan is not None
    store.amend(hand.mark(plan, ids, status, Now(at.date(), at)), Deed(status))


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in paths}


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("saved")
    save(workspace, PLAN)
    return workspace


@pytest.fixture
def root(saved: Path, tmp_path: Path) -> Path:
    """A workspace whose store holds the sample plan."""
    shutil.copytree(saved, tmp_path, dirs_exist_ok=True)
    return tmp_path


# --- what comes back -----------------------------------------------------------------------------


def test_a_plan_comes_back_as_it_was(root: Path) -> None:
    assert kept(root) == PLAN


def test_what_made_the_events_is_let_go_at_once_without_a_search_for_cycles() -> None:
    table = table_of(PLAN)
    assert table.plan().events == PLAN.events
    texts = weakref.ref(table.decoder.text)
    gc.disable()
    try:
        del table
        assert texts() is None
    finally:
        gc.enable()


def test_names_titles_and_files_come_back_in_their_order(root: Path) -> None:
    with Store.open(root, create=False) as store:
        assert store.directory() == DIRECTORY
        assert list(store.directory().persons) == list(PEOPLE.persons)
        assert list(store.files().items()) == list(FILES.items())


def test_an_empty_plan_is_a_plan(tmp_path: Path) -> None:
    plan = Plan(YEAR, (), 1, REVISED, CALENDAR_ID, since=date(2027, 3, 1))
    save(tmp_path, plan)
    assert kept(tmp_path) == plan


TEXT = st.text("aåÅ김e\u0301'\"\\\n\0{}[],%_ ", max_size=8)
NAMES = st.sampled_from(["p1", "김서연", "O'Brien", "[]", "{}", "", "a\0b"])
MAYBE = st.none() | NAMES
WORDS = st.builds(Words, st.dictionaries(st.sampled_from(["en", "sv", "ko", "bs"]), TEXT))
VALUES = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | TEXT
ZONES = st.sampled_from(["Europe/Stockholm", "Asia/Seoul", "America/St_Johns", "Australia/Lord_Howe", "UTC"])
DAYS = st.dates(date(2026, 12, 1), date(2028, 1, 31))
MOMENTS = st.datetimes(datetime(2027, 1, 1), datetime(2028, 1, 1))  # noqa: DTZ001 - the zone is put on below


def local(timezone: str) -> st.SearchStrategy[datetime]:
    zone = zones.zone(timezone)
    return st.builds(lambda moment, fold: moment.replace(tzinfo=zone, fold=fold), MOMENTS, st.integers(0, 1))


@st.composite
def events(draw: st.DrawFn, number: int) -> Event:
    timezone, changed = draw(ZONES), draw(st.none() | MOMENTS)
    fields: dict[str, Any] = {
        "practice": draw(st.sampled_from(Practice)),
        "audience": draw(st.sampled_from(Audience)),
        "visibility": draw(st.sampled_from(Visibility)),
        "channel": draw(st.sampled_from(Channel)),
        "cost": draw(st.sampled_from(Cost)),
        "status": draw(st.sampled_from(Status)),
        "recipients": tuple(draw(st.lists(NAMES, max_size=4))),
        "prepare": draw(st.none() | st.builds(Prepare, st.integers(0, 60), st.integers(0, 9))),
        "fixed": draw(st.booleans()),
        "by_hand": draw(st.booleans()),
        "reason": draw(st.dictionaries(TEXT, VALUES, max_size=3)),
        "uid": draw(TEXT.filter(bool)),
        "changed": changed and changed.replace(tzinfo=UTC, fold=0),
    }
    fields |= {name: draw(st.integers(0, 600)) for name in ("minutes", "sequence")}
    fields |= {name: draw(st.none() | local(timezone)) for name in ("start", "end")}
    fields |= {name: draw(MAYBE) for name in ("team", "owner", "idea", "trait", "card")}
    fields |= {name: draw(NAMES) for name in ("locale", "site", "owner_role")}
    fields |= {name: draw(WORDS) for name in ("title", "how")}
    key = Key("2027", draw(NAMES), draw(NAMES), number)
    return Event(key=key, date=draw(DAYS), timezone=timezone, id=f"e{number}", **fields)


@settings(derandomize=True, max_examples=6, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_every_field_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    made = [data.draw(events(number)) for number in range(1, 9)]
    plan = Plan(YEAR, ordered(made), 1, REVISED, CALENDAR_ID, 9, data.draw(st.none() | DAYS))
    root = tmp_path_factory.mktemp("workspace")
    save(root, plan)
    back = kept(root)
    assert back == plan
    assert repr(back) == repr(
        plan
    )  # also what == does not tell apart: the fold, True from 1, the order of keys


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_stays_the_one_it_was(tmp_path: Path, fold: int) -> None:
    start = datetime(2027, 10, 31, 2, 30, tzinfo=zones.zone("Europe/Stockholm"), fold=fold)
    save(tmp_path, replace(PLAN, events=(replace(PLAN.events[0], start=start, end=start),)))
    back = kept(tmp_path).events[0].start
    assert back is not None
    assert back.utcoffset() == start.utcoffset() == timedelta(hours=2 - fold)


def test_times_given_in_another_zone_come_back_in_the_events_own(tmp_path: Path) -> None:
    start = datetime(2027, 1, 4, 8, 30, tzinfo=UTC)
    save(
        tmp_path,
        replace(PLAN, events=(replace(PLAN.events[0], start=start, end=start, timezone="Asia/Seoul"),)),
    )
    back = kept(tmp_path).events[0].start
    assert back is not None
    assert back.isoformat() == "2027-01-04T17:30:00+09:00"


# --- finding -------------------------------------------------------------------------------------

FIND: list[tuple[Wanted, list[str]]] = [
    (Wanted(), ["e1", "e2", "e3", "e4", "e5", "e6", "e7"]),
    (Wanted(first=date(2027, 1, 20), last=date(2027, 1, 27)), ["e4", "e5"]),
    (Wanted(first=date(2027, 2, 3)), ["e6", "e7"]),
    (Wanted(last=date(2027, 1, 4)), ["e1", "e2", "e3"]),
    (Wanted(owner="m1", last=date(2027, 1, 4)), ["e1", "e2", "e3"]),
    (Wanted(owner="l1"), ["e4", "e5", "e6", "e7"]),
    (Wanted(owner="nobody"), []),
    (Wanted(team="Seoul"), ["e2", "e6"]),
    (Wanted(person="p3"), ["e2", "e6"]),
    (Wanted(person="m2"), ["e2"]),
    (Wanted(person="l1"), []),
    (Wanted(person="nobody"), []),
    (Wanted(id="e5"), ["e5"]),
    (Wanted(id="e5", owner="m1"), []),
    (Wanted(id="e99"), []),
    (Wanted(id="x"), []),
    (Wanted(id="e\u0665"), []),
    (Wanted(id=""), []),
]


@pytest.mark.parametrize(("wanted", "ids"), FIND)
def test_what_fits_all_that_is_wanted_is_found(root: Path, wanted: Wanted, ids: list[str]) -> None:
    assert sorted(found(root, wanted)) == ids


def test_what_is_found_is_sorted_and_whole(root: Path) -> None:
    with Store.open(root, create=False) as store:
        assert store.find("2027", Wanted()) == PLAN.events
        assert store.find("2026", Wanted()) == ()
        assert store.plan("2027", Wanted(id="e5")) == replace(PLAN, events=(PLAN.events[4],))


def test_people_find_what_their_site_and_their_groups_receive(tmp_path: Path) -> None:
    party = event("monday-story", date(2027, 10, 4), "Seoul", 9, audience=Audience.ORGANISATION, team=None)
    lunch = event("wow-note", date(2027, 10, 5), "m1", 9, team=None, recipients=("p1", "p3"))
    save(tmp_path, replace(PLAN, events=(replace(party, id="e1"), replace(lunch, id="e2"))))
    assert found(tmp_path, Wanted(person="m2")) == ["e1"]
    assert found(tmp_path, Wanted(person="p3")) == ["e1", "e2"]
    assert found(tmp_path, Wanted(person="p1")) == ["e2"]
    assert found(tmp_path, Wanted(team="Seoul")) == ["e1"]


def test_a_person_taken_off_an_event_no_longer_finds_it(root: Path) -> None:
    save(root, following(PLAN, e4=replace(PLAN.events[3], recipients=("p4",))))
    assert "e4" not in found(root, Wanted(person="p1"))
    assert "e4" in found(root, Wanted(person="p4"))


# --- years and revisions -------------------------------------------------------------------------


def year_of(label: str, first: date, serial: int) -> Plan:
    base = event("wow-note", first, "p1")
    made = replace(base, key=base.key._replace(year=label), id=f"e{serial}")
    return Plan(Year(label, first, 52), (made,), 1, LATER, CALENDAR_ID, serial + 1)


def test_years_stand_side_by_side_and_serials_run_on(root: Path) -> None:
    later = year_of("2028", date(2028, 1, 3), 8)
    save(root, later)
    assert kept(root, "2028") == later
    assert kept(root) == replace(PLAN, next_serial=9)
    assert found(root, Wanted(person="p1", owner="l1"), None) == ["e4", "e8"]
    with Store.open(root, create=False) as store:
        assert store.next_serial() == 9
        assert [year.label for year in store.years()] == ["2027", "2028"]


def test_a_serial_of_another_year_is_not_given_again(root: Path) -> None:
    with pytest.raises(StoreError, match="meanwhile; nothing was saved"):
        save(root, year_of("2028", date(2028, 1, 3), 7))
    with Store.open(root, create=False) as store:
        assert [year.label for year in store.years()] == ["2027"]


def test_a_revision_keeps_what_it_changed(root: Path) -> None:
    old = {event.id: event for event in PLAN.events}
    moved = replace(old["e4"], date=date(2027, 1, 22), sequence=1, changed=LATER)
    new = replace(event("wow-note", date(2027, 3, 1), "p1", 2), id="e8")
    gone = replace(old["e7"], status=Status.CANCELLED, sequence=1, changed=LATER)
    plan = following(PLAN, e4=moved, e7=gone)
    save(root, replace(plan, events=(*plan.events, new), next_serial=9))
    with Store.open(root, create=False) as store:
        assert store.changes("2027", 2) == {"e4": old["e4"], "e7": old["e7"], "e8": None}
        assert store.changes("2027", 1) == dict.fromkeys(old)
        assert store.changes("2027", 3) == {}


def test_a_year_whose_weeks_change_comes_back_with_the_new_ones(root: Path) -> None:
    plan = replace(following(PLAN), year=Year("2027", date(2027, 1, 11), 40))
    save(root, plan)
    assert kept(root) == plan


def test_a_save_without_differences_renews_names_and_files_alone(root: Path) -> None:
    other = replace(
        DIRECTORY, organisation="Other", persons={"p9": DIRECTORY.persons["p1"]}, teams={}, motto=words("M")
    )
    with Store.open(root, create=True) as store:
        keep(store, PLAN, other, {"people.xlsx": "cc"})
        assert (store.directory().organisation, store.directory().teams) == ("Other", {})
        assert list(store.directory().persons.values()) == list(other.persons.values())
        assert store.files() == {"people.xlsx": "cc"}
    assert kept(root) == PLAN


def test_a_plan_made_from_an_older_revision_is_refused(root: Path) -> None:
    save(root, following(PLAN, e4=replace(PLAN.events[3], minutes=15)))
    for stale in (
        following(PLAN, e4=replace(PLAN.events[3], minutes=20)),
        following(following(following(PLAN))),
    ):
        with pytest.raises(StoreError, match="another csweek changed the plan meanwhile; nothing was saved"):
            save(root, stale)
    assert [e.minutes for e in kept(root).events if e.id == "e4"] == [15]


WRONG: list[Callable[[Plan], Plan]] = [
    lambda plan: replace(plan, events=(replace(plan.events[0], id=""),)),
    lambda plan: replace(plan, events=(replace(plan.events[0], id="e8"),)),
    lambda plan: replace(plan, events=(plan.events[0], replace(plan.events[1], id=plan.events[0].id))),
    lambda plan: replace(plan, year=replace(plan.year, label="2028")),
]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_plan_that_cannot_be_kept_is_a_bug_and_changes_nothing(
    root: Path, wrong: Callable[[Plan], Plan]
) -> None:
    with pytest.raises(ValueError, match=r"e412|of their own"):
        save(root, wrong(following(PLAN)))
    assert kept(root) == PLAN


# --- marks, the calendar's id ---------------------------------------------------------------------


def test_a_mark_is_a_revision_of_its_own(root: Path) -> None:
    with Store.open(root, create=True) as store:
        (was,) = store.find("2027", Wanted(id="e4"))
        marked(store, ["e4", "e5"], Status.DONE)
        marked(store, ["e4"], Status.MISSED, LATER + timedelta(days=2))
        (first,) = store.find("2027", Wanted(id="e4"))
        assert (first.status, first.sequence, first.changed) == (Status.MISSED, 0, was.changed)
        assert store.marks("e4") == ((Status.DONE, LATER), (Status.MISSED, LATER + timedelta(days=2)))
        assert store.marks("e6") == ()
        assert store.changes("2027", 2) == {e.id: e for e in PLAN.events if e.id in {"e4", "e5"}}
    assert kept(root).revision == 3


def test_a_plan_made_before_a_mark_does_not_undo_it(root: Path) -> None:
    with Store.open(root, create=True) as store:
        marked(store, ["e4"], Status.DONE)
    with pytest.raises(StoreError, match="meanwhile"):
        save(root, following(PLAN, e5=replace(PLAN.events[4], minutes=30)))


def test_a_change_by_hand_that_is_late_or_adds_an_event_is_refused(root: Path) -> None:
    new = replace(event("wow-note", date(2027, 3, 1), "p1", 2), id="e8")
    with Store.open(root, create=True) as store:
        with pytest.raises(StoreError, match="meanwhile"):
            store.amend(Revision(PLAN, changed=(PLAN.events[3],)), Deed.MOVED)
        with pytest.raises(ValueError, match="adds no event"):
            store.amend(Revision(replace(following(PLAN), next_serial=9), added=(new,)), Deed.MOVED)
        assert [step.number for step in store.history(None)] == [1]
    assert kept(root) == PLAN


def test_history_says_when_what_and_how_many(root: Path) -> None:
    save(root, year_of("2028", date(2028, 1, 3), 8))
    with Store.open(root, create=True) as store:
        marked(store, ["e4", "e5"], Status.MISSED)
        assert store.history("2027") == (
            Step("2027", 2, LATER, Deed.MISSED, 2),
            Step("2027", 1, REVISED, Deed.PLANNED, 7),
        )
        assert [(step.year, step.number) for step in store.history(None)] == [
            ("2027", 2), ("2028", 1), ("2027", 1),
        ]  # fmt: skip
        assert store.history("2029") == ()
        assert store.outline("2027", 1) == replace(PLAN, events=(), next_serial=9)
        assert store.outline("2027", 3) is None


def test_the_calendar_id_is_the_given_one_else_the_kept_one_else_a_new_one(tmp_path: Path) -> None:
    given = UUID(int=7)
    with Store.open(tmp_path, create=True) as store:
        made = store.calendar_id(None)
        assert store.calendar_id(None) == made != UUID(int=0)
        assert store.calendar_id(given) == given
        keep(store, replace(PLAN, calendar_id=made), DIRECTORY, FILES)
    with Store.open(tmp_path, create=False) as store:
        assert store.calendar_id(None) == made


# --- the file ------------------------------------------------------------------------------------


def test_reading_where_nothing_was_saved_makes_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=False) as store:
        assert (store.years(), store.plan("2027"), store.find(None, Wanted())) == ((), None, ())
        assert (store.directory().persons, store.files(), store.next_serial()) == ({}, {}, 1)
        assert store.calendar_id(None) == UUID(int=0)
    assert list(tmp_path.iterdir()) == []


def test_reading_changes_no_byte(root: Path) -> None:
    before = snapshot(root)
    with Store.open(root, create=False) as store:
        store.plan("2027")
        store.directory()
        with pytest.raises(ValueError, match="opened for reading"):
            marked(store, ["e4"], Status.DONE)
    assert snapshot(root) == before


def test_the_folder_keeps_itself_out_of_git(root: Path) -> None:
    assert (root / ".csweek/.gitignore").read_text() == "*\n"


def as_version_1(root: Path) -> None:
    """Make a file as the first version had it, after a plan and a mark."""
    with Store.open(root, create=True) as store:
        marked(store, ["e4"], Status.DONE)
    for statement in (
        "ALTER TABLE event DROP COLUMN by_hand",
        "ALTER TABLE revision DROP COLUMN what",
        "ALTER TABLE person DROP COLUMN manager",
        "UPDATE change SET before = json_remove(before, '$.by_hand')",
        "DROP INDEX event_recipients",
        "DROP TABLE recipient",
        "CREATE TABLE recipient (person INTEGER, serial INTEGER, PRIMARY KEY (person, serial)) WITHOUT ROWID",
        "CREATE TABLE sent (what TEXT, recipient TEXT, at INTEGER)",
        "PRAGMA user_version = 1",
    ):
        sql(root, statement)


@pytest.mark.parametrize("create", [True, False])
def test_a_file_of_version_1_keeps_all_it_had_and_knows_its_marks(root: Path, *, create: bool) -> None:
    as_version_1(root)
    before = snapshot(root)
    with Store.open(root, create=create) as store:
        plan = store.plan("2027")
        assert plan is not None
        assert {e.id: e.status for e in plan.events if e.status is not Status.PLANNED} == {"e4": Status.DONE}
        assert not any(event.by_hand for event in plan.events)
        assert [step.what for step in store.history("2027")] == [Deed.DONE, Deed.PLANNED]
        assert store.changes("2027", 2) == {"e4": PLAN.events[3]}
        assert [event.id for event in store.find("2027", Wanted(person="p3"))] == ["e2", "e6"]
    assert create or snapshot(root) == before
    with Store.open(root, create=True) as store:
        marked(store, ["e5"], Status.MISSED)
        assert [step.what for step in store.history("2027")] == [Deed.MISSED, Deed.DONE, Deed.PLANNED]
    assert "sent" not in tables(root)


def test_a_file_brought_up_to_date_has_the_tables_of_a_new_one(root: Path, tmp_path: Path) -> None:
    as_version_1(root)
    Store.open(root, create=True).close()
    save(tmp_path / "new", PLAN)
    assert tables(root) == tables(tmp_path / "new")


def test_an_older_file_is_read_without_changing_it(tmp_path: Path) -> None:
    (tmp_path / ".csweek").mkdir()
    (tmp_path / ".csweek/store.sqlite").touch()
    with Store.open(tmp_path, create=False) as store:
        assert store.years() == ()
    assert (tmp_path / ".csweek/store.sqlite").read_bytes() == b""


@pytest.mark.parametrize("name", ["a b", "50%", "what?#", "김서연", "it's & more"])
def test_folders_may_have_any_name(tmp_path: Path, name: str) -> None:
    save(tmp_path / name, PLAN)
    assert kept(tmp_path / name) == PLAN
    assert [path.name for path in tmp_path.iterdir()] == [name]


def tables(root: Path) -> set[str]:
    with closing(sqlite3.connect(root / ".csweek/store.sqlite")) as db:
        return {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def sql(root: Path, statement: str) -> None:
    with closing(sqlite3.connect(root / ".csweek/store.sqlite")) as db:
        db.execute(statement)
        db.commit()


@pytest.mark.parametrize("create", [True, False])
def test_a_newer_file_asks_for_an_upgrade(root: Path, *, create: bool) -> None:
    sql(root, "PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="written by a newer csweek") as told:
        Store.open(root, create=create)
    assert told.value.problems[0].hint == "upgrade csweek, then run this again"


def _other(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE mine (a)")
        db.commit()


def _without_events(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE event")
        db.commit()


def open_and_read(root: Path, *, create: bool) -> None:
    with Store.open(root, create=create) as store:
        store.plan("2027")


def _of_an_earlier_version(path: Path) -> None:
    """Say what is not so of a store as it is now."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA user_version = 3")


DAMAGE: list[Callable[[Path], object]] = [
    lambda path: path.write_bytes(b"not a database, but long enough to be read as one" * 9),
    lambda path: path.write_bytes(path.read_bytes()[:5000] + os.urandom(3000)),
    lambda path: path.write_bytes(path.read_bytes()[: len(path.read_bytes()) // 2]),
    lambda path: path.write_bytes(path.read_bytes().replace(b'{"en":', b'{"\xff\xff":')),
    _without_events,
    _other,
    _of_an_earlier_version,
]


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_says_what_to_do(
    root: Path, damage: Callable[[Path], object], *, create: bool
) -> None:
    damage(root / ".csweek/store.sqlite")
    with pytest.raises(StoreError, match="is damaged or is not a csweek store") as told:
        open_and_read(root, create=create)
    assert "put a copy from your backup in its place" in (told.value.problems[0].hint or "")


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / ".csweek").write_text("")
    with pytest.raises(StoreError, match=r"\.csweek is a file where a folder is needed"):
        Store.open(tmp_path, create=True)


def test_a_busy_file_is_told_after_a_while(root: Path) -> None:
    with closing(sqlite3.connect(root / ".csweek/store.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="another csweek is saving") as told:
            Store.open(root, create=False, patience=0.05)
    assert told.value.problems[0].hint == "wait for it to end and run this again"


def test_a_busy_file_is_waited_for(root: Path) -> None:
    waiting = subprocess.Popen([sys.executable, "-c", HOLDING, root], stdout=subprocess.PIPE)
    with waiting, Store.open(root, create=True) as store:
        assert waiting.stdout
        assert waiting.stdout.readline() == b"held\n"
        marked(store, ["e4"], Status.DONE)
    assert kept(root).revision == 2


HOLDING = """
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1] + "/.csweek/store.sqlite", isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(0.2)
db.execute("COMMIT")
"""


@pytest.fixture
def disk(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small disk of its own that holds the workspace."""
    with small_disk(tmp_path_factory.mktemp("disk"), "800k") as place:
        shutil.copytree(root / ".csweek", place / ".csweek")
        yield place


def test_a_full_disk_keeps_the_plan_of_before(disk: Path) -> None:
    many = tuple(
        replace(event("wow-note", date(2027, 6, 1), "p1", number), id=f"e{number}", uid="u" * 4000)
        for number in range(8, 400)
    )
    with pytest.raises(StoreError, match="the disk is full; nothing was saved"):
        save(disk, replace(following(PLAN), events=ordered((*PLAN.events, *many)), next_serial=400))
    assert kept(disk) == PLAN


def test_a_disk_for_reading_only_can_be_read_and_is_told_when_written(disk: Path) -> None:
    make_read_only(disk)
    assert kept(disk) == PLAN
    with pytest.raises(StoreError, match="may not be read or written"):
        save(disk, following(PLAN))
    with pytest.raises(StoreError, match="Read-only file system"):
        save(disk / "new", PLAN)


# --- killed at any moment ------------------------------------------------------------------------


def cut_off(root: Path, other: Path) -> Path:
    """A copy of a workspace as it stands on the disk in the middle of a save."""
    path = root / ".csweek/store.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN IMMEDIATE")
        db.execute("UPDATE event SET uid = 'half'")
        db.execute("INSERT INTO text (value) VALUES (hex(zeroblob(100000)))")
        shutil.copytree(path.parent, other / ".csweek")
    assert (other / ".csweek/store.sqlite").read_bytes() != path.read_bytes()
    return other


@pytest.mark.parametrize("create", [True, False])
def test_a_save_that_was_cut_off_is_undone(
    root: Path, tmp_path_factory: pytest.TempPathFactory, *, create: bool
) -> None:
    other = cut_off(root, tmp_path_factory.mktemp("other"))
    with Store.open(other, create=create) as store:
        assert store.plan("2027") == PLAN


def test_a_save_that_was_cut_off_is_told_where_it_cannot_be_undone(root: Path, disk: Path) -> None:
    shutil.rmtree(disk / ".csweek")
    cut_off(root, disk)
    make_read_only(disk)
    with pytest.raises(StoreError, match="may not be read or written"):
        Store.open(disk, create=False)


SAVING = """
import os
import sys
from msgspec.structs import replace
from pathlib import Path
from typing import Any
from csweek.errors import StoreError
from csweek.store import Store
from keeping import keep

with Store.open(Path(sys.argv[1]), create=True, patience=60) as store:
    directory, files = store.directory(), store.files()
    done = 0
    while done < int(sys.argv[2]):
        plan = store.plan("2027")
        number = plan.revision + 1
        mine = {"n": number, "by": os.getpid()}
        events = tuple(replace(e, minutes=number, reason=mine | {"of": e.id}) for e in plan.events)
        try:
            keep(store, replace(plan, events=events, revision=number), directory, files)
            done += 1
            if done == 1:
                print("saved", flush=True)
        except StoreError as error:
            assert "meanwhile" in str(error), error
"""


@pytest.fixture
def larger(tmp_path: Path) -> Path:
    """A workspace of so many events that a save takes a while."""
    made = [
        replace(event("wow-note", date(2027, 6, 1), "p1", n), id=f"e{n}", minutes=1) for n in range(1, 301)
    ]
    save(tmp_path, replace(PLAN, events=ordered(made), next_serial=301))
    return tmp_path


def saving(root: Path, times: int) -> subprocess.Popen[bytes]:
    helpers = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    command = [sys.executable, "-c", SAVING, str(root), str(times)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env=helpers)
    assert child.stdout
    assert child.stdout.readline() == b"saved\n"
    return child


def whole(root: Path) -> int:
    """The number of the revision that is kept, which every event must be of."""
    plan = kept(root)
    assert {event.minutes for event in plan.events} == {plan.revision}
    assert len(plan.events) == 300
    with Store.open(root, create=False) as store:
        assert len(store.changes("2027", plan.revision)) == 300
        assert store.changes("2027", plan.revision + 1) == {}
    return plan.revision


def kill_while_saving(root: Path, moments: list[float]) -> None:
    last = 1
    for moment in moments:
        with saving(root, 10_000) as child:
            time.sleep(moment)
            child.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        now = whole(root)
        assert now >= last
        last = now
    assert last > 1


def test_a_killed_process_leaves_one_whole_revision(larger: Path) -> None:
    kill_while_saving(larger, [0.061, 0.083])


@pytest.mark.slow
def test_a_process_killed_at_many_moments_leaves_one_whole_revision(larger: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - moments, not secrets
    kill_while_saving(larger, [chance.uniform(0, 0.2) for _ in range(40)])


@pytest.mark.slow
def test_two_processes_that_save_at_once_lose_nothing(larger: Path) -> None:
    children = [saving(larger, 4) for _ in range(2)]
    for child in children:
        with child:
            assert child.wait() == 0
    assert whole(larger) == 1 + 2 * 4


def test_last_thanks_are_chosen_for_people_by_name_not_fixed_nor_the_teams(tmp_path: Path) -> None:
    events = [
        event("wow-note", date(2027, 1, 20), "p1"),
        event("wow-note", date(2027, 2, 1), "p1", 2, fixed=True),
        event("monday-story", date(2027, 2, 8), "Support"),
    ]
    numbered = tuple(replace(one, id=f"e{number}") for number, one in enumerate(events, 1))
    save(tmp_path, replace(PLAN, events=numbered, next_serial=4))
    with Store.open(tmp_path, create=False) as store:
        assert store.last_thanks_before(Year("2028", date(2028, 1, 3), 52)) == {"p1": date(2027, 1, 20)}
