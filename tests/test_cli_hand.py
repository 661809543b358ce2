import json
import re
from datetime import date
from pathlib import Path

import pytest
from cli import PEOPLE, call, saved, workspace
from click.testing import Result

from csweek.model.basics import Status
from csweek.model.plan import Event
from csweek.store import Store, Wanted

TODAY = "2027-02-10"


def events(root: Path, **wanted: object) -> tuple[Event, ...]:
    with Store.open(root, create=False) as store:
        return store.find("2027", Wanted(**wanted))  # type: ignore[arg-type]


def one(root: Path, ident: str) -> Event:
    (found,) = events(root, id=ident)
    return found


def some(root: Path, action: str, person: str) -> Event:
    """The first event of an action after TODAY that reaches a person."""
    found = (e for e in events(root, person=person) if e.action == action)
    return next(event for event in found if event.date.isoformat() > TODAY)


def kept(root: Path) -> list[str]:
    """What the store's revisions were, the latest first."""
    with Store.open(root, create=False) as store:
        return [str(step.what) for step in store.history("2027")]


def today(*arguments: str, root: Path) -> Result:
    return call(*arguments, "--today", TODAY, root=root)


def test_a_move_is_shown_saved_and_stays_when_planned_again(root: Path) -> None:
    event = some(root, "weekly-moment", "anna")
    result = today("move", event.id, "--to", "fri", "--at", "13:30", root=root)
    assert result.exit_code == 0
    assert result.stdout.startswith("> 1 event moved\n")
    assert event.id in result.stdout
    assert result.stderr.endswith("undo takes it back.\n")
    after = one(root, event.id)
    assert (after.date.weekday(), f"{after.start:%H:%M}", after.by_hand) == (4, "13:30", True)
    again = today("plan", root=root)
    assert again.stdout.startswith("Nothing has changed")
    assert today("plan", "--afresh", root=root).exit_code == 0
    assert one(root, event.id) == after
    assert "The organiser put it where it is." in " ".join(today("show", event.id, root=root).stdout.split())


def test_what_a_move_breaks_is_a_warning_and_strict_makes_it_count(root: Path) -> None:
    event = some(root, "weekly-moment", "anna")
    result = today("move", event.id, "--to", "2027-06-25", "--strict", root=root)
    assert result.exit_code == 1
    assert f"warning: {event.id}: Fri 25 Jun 2027 is a holiday in main" in result.stderr
    assert one(root, event.id).date.isoformat() == "2027-06-25"


def test_somebody_else_can_hold_it_by_name(root: Path) -> None:
    event = some(root, "weekly-moment", "anna")
    result = today("move", event.id.upper(), "--owner", "akesson", root=root)
    assert "1 event changed" in result.stdout
    assert "now by Anna Åkesson" in result.stdout
    assert one(root, event.id).owner == "anna"
    back = today("move", event.id, "--owner", "bo", "--to", "+2d", root=root).stdout
    assert ("1 event moved" in back, "now by Bo Berg" in back) == (True, True)
    assert "Anna Åkesson is not one of those who may hold it" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["move", "e99999", "--to", "fri"], "there is no event e99999 in 2027"),
        (["move", "e1"], "nothing says where to"),
        (["move", "e900", "--to", "someday"], "'someday' is no day to move to"),
        (["move", "e900", "--to", "2027-13-01"], "'2027-13-01' is no day to move to"),
        (["move", "e900", "--at", "25:00"], "'25:00' is no hour"),
        (["move", "e900", "--to", "fri", "--owner", "zzz"], "nobody is called 'zzz'"),
        (["move", "e900", "--owner", ""], "nobody is called ''"),
        (["move", "e900", "--to", ""], "'' is no day to move to"),
        (["move", "x", "--to", "fri"], "'x' is no event"),
        (["move", "--to", "fri"], "EVENT is missing"),
        (["move", "", ",", "--to", "fri"], "nothing says which events"),
        (["cancel", ""], "nothing says which events"),
        (["done"], "nothing says which events"),
        (["done", "e1", "--week", "6"], "exclude each other"),
        (["done", "e1", "--except", "e1"], "--except takes events out of --week or --owner"),
        (["done", "--week", "60"], "'60' is no week"),
        (["done", "--week", "8-1"], "week 1 is before week 8\n  hint: write 1-8\n"),
        (["done", "--week", "1-8-9"], "'1-8-9' is no week"),
        (["done", "--week", "3,"], "'' is no week"),
        (["cards", "--week", "1-8"], "'1-8' is no week"),
        (["done", "--week", "6", "--except", "e99999"], "e99999 is none of these events"),
        (["history", "--year", "2031"], "the year 2031 is not planned"),
        (["undo", "--year", "2031"], "the year 2031 is not planned"),
        (["undo"], "the first plan of 2027 cannot be undone"),
    ],
)
def test_what_cannot_be_meant_is_told_and_changes_nothing(
    planned: Path, arguments: list[str], said: str
) -> None:
    today_too = [] if arguments[0] == "history" else ["--today", "2026-12-02"]
    result = call(*arguments, *today_too, root=planned)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert kept(planned) == ["planned"]


def test_all_that_is_wrong_with_a_move_is_told_at_once(planned: Path) -> None:
    wrong = call("move", "e99999", "x", "--to", "31.02.2027", root=planned).stderr
    assert all(part in wrong for part in ("'x' is no event", "no event e99999", "'31.02.2027' is no day"))
    wrong = call("move", "e900", "--to", "someday", "--owner", "zzz", root=planned).stderr
    assert all(part in wrong for part in ("'someday' is no day", "nobody is called 'zzz'"))


def test_a_week_and_an_owner_that_are_none_are_told_at_once(planned: Path) -> None:
    wrong = call("cancel", "--week", "abc", "--owner", "zzz", root=planned).stderr
    assert all(part in wrong for part in ("'abc' is no week", "nobody is called 'zzz'"))


def test_all_weeks_that_are_none_are_told_at_once(planned: Path) -> None:
    wrong = call("missed", "--week", "60-61, x", "--owner", "zzz", root=planned).stderr
    told = ("'60' is no week", "'61' is no week", "'x' is no week", "nobody is called 'zzz'")
    assert all(part in wrong for part in told)


@pytest.mark.parametrize(
    ("weeks", "meant"),
    [
        ("1-4", {1, 2, 3, 4}),
        ("3,5", {3, 5}),
        ("W1–w2, 2027-W05", {1, 2, 5}),
        ("2027-W02-2027-W03", {2, 3}),
        ("2027-02-3", {2, 3}),
        ("2~3", {2, 3}),
        ("4..5,4", {4, 5}),
    ],
)
def test_several_weeks_are_marked_at_once(root: Path, weeks: str, meant: set[int]) -> None:
    def is_meant(event: Event) -> bool:
        return event.date.isocalendar().week in meant and event.date.year == 2027

    open_before = [e for e in events(root) if e.status is Status.PLANNED and e.date.isoformat() <= TODAY]
    result = today("done", "--week", weeks, root=root)
    assert result.exit_code == 0, result.stderr
    marked = {e.id for e in events(root) if e.status is Status.DONE}
    assert marked == {e.id for e in open_before if is_meant(e) and not e.secret_from(frozenset({"olga"}))}
    assert kept(root) == ["done", "planned"]


def test_without_a_plan_or_a_workspace_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (["done", "e1"], ["cancel", "e1"], ["undo"], ["history"], ["move", "e1", "--to", "fri"]):
        result = call(*command)
        assert result.exit_code == 2
        assert "there is no csweek.yaml here or above" in result.stderr
    root = workspace(tmp_path / "w")
    for command in (["done", "e1"], ["undo"], ["history"], ["move", "e1", "--to", "fri"]):
        result = call(*command, root=root)
        assert result.exit_code == 1
        assert "nothing is planned here yet" in result.stderr
    assert not (root / ".csweek").exists()


def test_a_week_or_an_owner_is_marked_at_once_up_to_today_but_for_some(root: Path) -> None:
    week = {"first": date(2027, 2, 8), "last": date(2027, 2, 14)}
    due = [e for e in events(root, **week) if e.date.isoformat() <= TODAY]
    left, *rest = due
    assert rest
    assert today("done", "--week", "6", "--except", left.id, "--dry-run", root=root).exit_code == 0
    assert kept(root) == ["planned"]
    result = today("done", "--week", "6", "--except", left.id, root=root)
    assert f"{len(rest)} event" in result.stdout
    marked = {e.id for e in events(root, **week) if e.status is Status.DONE}
    assert marked == {e.id for e in rest}
    assert "still ahead" in result.stderr
    today("missed", "--owner", left.owner or "", root=root)
    assert one(root, left.id).status is Status.MISSED
    owner = next(e.owner for e in rest if e.owner and e.owner != left.owner)
    today("missed", "--owner", owner, root=root)
    past = (e for e in events(root, owner=owner) if e.date.isoformat() <= TODAY)
    assert {e.status for e in past if "olga" not in e.recipients} == {Status.DONE, Status.MISSED}


def test_missed_is_dealt_again_and_cancelled_is_not(root: Path) -> None:
    notes = [e for e in events(root, person="anna") if not e.fixed and e.recipients == ("anna",)]
    missed, cancelled = notes[0], notes[-1]
    later = ["--today", str(missed.date)]
    call("missed", missed.id, *later, root=root)
    call("cancel", cancelled.id, *later, root=root)
    answer = json.loads(call("plan", "--json", *later, root=root).stdout)
    assert [(e["action"], e["recipients"]) for e in answer["added"]] == [(missed.action, ["anna"])]
    assert (answer["moved"], answer["cancelled"]) == ([], [])
    assert one(root, cancelled.id).status is Status.CANCELLED


def test_undo_takes_back_and_history_tells_it(root: Path) -> None:
    event = some(root, "weekly-moment", "anna")
    today("cancel", f"{event.id},{event.id}", root=root)
    today("cancel", event.id, root=root)
    assert kept(root) == ["cancelled", "planned"]
    dry = today("undo", "--dry-run", root=root)
    assert "Would take back revision 2 of 2027, 'cancelled' of " in dry.stderr
    assert kept(root) == ["cancelled", "planned"]
    back = today("undo", root=root)
    assert "1 event planned again" in back.stdout
    assert "Saved as revision 3." in back.stderr
    assert one(root, event.id).live
    assert "1 event cancelled" in today("undo", root=root).stdout
    assert not one(root, event.id).live
    told = call("history", root=root).stdout.splitlines()
    assert [line.split()[1] for line in told] == ["4", "3", "2", "1"]
    assert [line.split()[-3] for line in told] == ["undone", "undone", "cancelled", "planned"]
    answer = json.loads(call("history", "--json", root=root).stdout)
    assert (
        answer["revisions"][2].items()
        >= {"year": "2027", "revision": 2, "what": "cancelled", "events": 1}.items()
    )


def test_what_is_marked_before_its_week_is_done_and_warned_of(root: Path) -> None:
    event = some(root, "weekly-moment", "anna")
    ahead = next(e for e in events(root, person="anna") if e.date > date(2027, 6, 1) and not e.recipients)
    for ident, is_ahead in ((event.id, event.date > date(2027, 2, 14)), (ahead.id, True)):
        result = today("done", ident, root=root)
        assert (result.exit_code, one(root, ident).status) == (0, Status.DONE)
        assert ("is still ahead" in result.stderr) == is_ahead
    assert f"{ahead.id} ({ahead.date:%a} {ahead.date.day} {ahead.date:%b %Y}) is still ahead" in result.stderr
    assert "undo takes it back" in result.stderr
    undone = today("undo", root=root)
    assert undone.stdout.startswith("~ 1 event planned as before\n")


def test_nothing_named_is_met_with_every_way_to_name_something(root: Path) -> None:
    assert "--from LIST" in today("done", root=root).stderr
    assert "--from" not in today("missed", root=root).stderr


def test_a_plan_is_undone_as_well_but_not_for_who_has_left(root: Path) -> None:
    shorter = "".join(line for line in PEOPLE.splitlines(keepends=True) if not line.startswith("dan,"))
    before = {e.id: (e.date, e.status) for e in events(root)}
    (root / "people.csv").write_text(shorter, encoding="utf-8")
    today("plan", "--yes", root=root)
    gone = {e.id for e in events(root) if not e.live}
    assert gone
    left = today("undo", "--dry-run", root=root)
    assert left.stderr.count("not restored: ") == 1
    assert f"and {len(gone) - 10} more (whom it was for is no longer here)" in left.stderr
    (root / "people.csv").write_text(PEOPLE, encoding="utf-8")
    assert "not restored" not in today("undo", root=root).stderr
    after = {e.id: (e.date, e.status) for e in events(root)}
    assert {ident: after[ident] for ident in before} == before
    again = today("plan", root=root).stdout
    assert re.match(r"~ \d+ events? says? Dan O'Brien again\n\n", again), "what is past names them again"
    assert today("plan", root=root).stdout.startswith("Nothing has changed")


def test_the_answer_in_json(root: Path) -> None:
    event = some(root, "weekly-moment", "anna")
    answer = json.loads(today("move", event.id, "--to", "+1w", "--json", root=root).stdout)
    assert answer.keys() == {
        "schema", "year", "revision", "what", "saved", "added", "moved", "changed", "cancelled", "warnings",
    }  # fmt: skip
    assert (answer["what"], answer["revision"], answer["saved"]) == ("moved", 2, True)
    ((pair,), uid) = answer["moved"], event.uid
    assert (pair["before"]["uid"], pair["after"]["uid"]) == (uid, uid)
    assert (pair["before"]["sequence"], pair["after"]["sequence"]) == (0, 1)
    nothing = json.loads(today("move", event.id, "--to", "+0d", "--json", root=root).stdout)
    assert (nothing["saved"], nothing["moved"], nothing["revision"]) == (False, [], 2)


def test_a_surprise_for_an_organiser_is_neither_shown_nor_marked_with_the_others(root: Path) -> None:
    secret = next(e for e in events(root, person="olga") if e.recipients and e.visibility == "surprise")
    week = str(secret.date.isocalendar().week)
    later = ["--today", "2027-12-30"]
    shown = call("done", "--week", week, *later, root=root)
    assert secret.id not in shown.stdout.split()
    assert one(root, secret.id).status is Status.PLANNED
    by_id = call("missed", secret.id, *later, root=root)
    assert secret.id not in by_id.stdout.split()
    assert one(root, secret.id).status is Status.MISSED
    assert "Nothing changes" not in by_id.stdout
    assert "1 surprise for an organiser changed as well" in by_id.stderr


def test_a_store_is_changed_though_the_people_are_not_known(tmp_path: Path) -> None:
    root = saved(tmp_path)
    assert call("done", "e4", root=root).exit_code == 0
    assert one(root, "e4").status is Status.DONE
