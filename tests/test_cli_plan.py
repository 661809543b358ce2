import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from cli import ONE, PEOPLE, Made, call, workspace

from csweek.cli import options
from csweek.cli.terminal import streams
from csweek.store import Store, Wanted


def now_there(root: Path, people: str) -> None:
    (root / "people.csv").write_text(people, encoding="utf-8")


def test_the_first_plan_shows_the_year_what_it_asks_and_is_saved(first_plan: Made) -> None:
    root, shown, told = first_plan
    for part in ("A new year: ", "2027 · Sample Care", "What this year asks", "average week", "Bo Berg"):
        assert part in shown
    assert "Saved." in told
    with Store.open(root, create=False) as store:
        assert [year.label for year in store.years()] == ["2027"]
        assert store.directory().name("anna") == "Anna Åkesson"
        assert {"csweek.yaml", "people.csv"} <= set(store.files())


def test_what_waits_for_an_organiser_is_neither_listed_nor_counted(tmp_path: Path) -> None:
    root = workspace(tmp_path, "id,name,role\nbo,Bo Berg,leader\nolga,Olga Org,organiser\n")
    answer = json.loads(call("plan", "--today", "2026-12-01", "--json", root=root).stdout)
    named = [one for one in answer["added"] if "olga" in one["recipients"]]
    assert named
    assert not [one for one in named if one["visibility"] == "surprise"]
    assert answer["asks"]["events"] == len(answer["added"])
    shown = call("show", "--today", "2026-12-01", root=root).stdout
    assert f"52 weeks, {len(answer['added'])} events" in shown
    weighed = call("report", "--today", "2026-12-01", root=root).stdout
    assert f"52 weeks, {len(answer['added'])} events" in weighed


def test_a_late_plan_asks_for_as_much_a_week_as_lies_in_the_weeks_that_are_left(tmp_path: Path) -> None:
    root, today = workspace(tmp_path), ("--today", "2027-09-27")
    asked = json.loads(call("plan", *today, "--json", root=root).stdout)["asks"]["owners"]
    loads = json.loads(call("report", *today, "--json", root=root).stdout)["owners"]["loads"]
    for one in (*asked, *loads):
        assert one["minutes_per_week"] == pytest.approx(one["minutes"] / 14, abs=0.06)
    shown = call("show", "owner", asked[0]["owner"], *today, root=root).stdout
    assert f"{asked[0]['minutes'] / 14:.0f} minutes in an average week" in shown


def test_planned_again_nothing_changes(root: Path) -> None:
    result = call("plan", "--today", "2026-12-01", root=root)
    assert result.stdout.startswith("Nothing has changed since the last plan.")


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_who_closes_the_pipe_early_has_the_plan_saved_all_the_same(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    root = workspace(tmp_path)
    out, into = os.pipe()
    os.close(out)
    with os.fdopen(into, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "csweek", "plan", "--today", "2026-12-01", *words],
            cwd=root, stdout=closed, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert "Saved." in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert call("show", "week", "41", "--today", "2026-12-01", root=root).stdout.startswith("Week 41")


def test_who_reads_neither_results_nor_warnings_has_the_plan_saved_too(tmp_path: Path) -> None:
    root = workspace(tmp_path, "name,manager\nAnna,\nBo,Anna\nCia,Anna\n")
    (root / "csweek.yaml").write_text(
        "theme: service-as-a-power\nyear: 2027\npeople: people.csv\n", encoding="utf-8"
    )  # without sites, which is warned of before it is planned
    out, into = os.pipe()
    os.close(out)
    with os.fdopen(into, "wb") as closed:
        subprocess.run(
            [sys.executable, "-m", "csweek", "plan", "--today", "2026-12-01"],
            cwd=root, stdout=closed, stderr=closed, check=False,
        )  # fmt: skip
    assert call("show", "week", "41", "--today", "2026-12-01", root=root).stdout.startswith("Week 41")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_the_output_does_not_lose_the_plan_or_its_warnings(tmp_path: Path) -> None:
    root = workspace(tmp_path, "name,manager\nAnna,\nBo,Anna\nCia,Anna\n")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "csweek", "plan", "--today", "2026-12-01"],
            cwd=root, stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    told = done.stderr.decode()
    assert done.returncode == 1
    assert "warning: skip-level-round: " in told
    assert "Saved." in told
    assert "error: the result cannot be written whole" in told


def test_who_leaves_is_cancelled_and_a_dry_run_saves_nothing(root: Path) -> None:
    now_there(root, "".join(PEOPLE.splitlines(keepends=True)[:2]) + "bo,Bo Berg,Support,,,,,\n")
    before = (root / ".csweek" / "store.sqlite").read_bytes()
    result = call("plan", "--dry-run", "--today", "2026-12-01", root=root)
    assert result.exit_code == 0
    assert "events cancelled" in result.stdout
    assert "Dan O'Brien does not work here then:" in result.stdout
    assert "nothing was saved" in result.stderr
    assert (root / ".csweek" / "store.sqlite").read_bytes() == before


def test_meetings_that_fall_away_within_the_freeze_are_counted(planned: Path, root: Path) -> None:
    with (root / "csweek.yaml").open("a") as file:
        file.write("\nactions: {weekly-moment: off}\n")
    result = call("plan", "--today", "2027-01-11", "--dry-run", root=root)
    assert "  weekly-moment is switched off, or no longer in the theme:\n" in result.stdout
    with Store.open(root, create=False) as store:
        days = [date(2027, 1, 11), date(2027, 1, 24)]
        near = store.find("2027", Wanted(first=days[0], last=days[1]))
    number = sum(event.action == "weekly-moment" for event in near)
    assert number > 0
    assert f"Within the freeze of 14 days: {number} meetings cancelled. Tell those" in result.stdout
    unchanged = call("plan", "--today", "2027-01-11", "--dry-run", root=planned)
    assert "freeze" not in unchanged.stdout


def test_much_that_would_be_cancelled_is_asked_about(root: Path) -> None:
    now_there(root, "".join(PEOPLE.splitlines(keepends=True)[:2]) + "bo,Bo Berg,Support,,,,,\n")
    command = ("plan", "--today", "2026-12-01")
    refused = call(*command, root=root, text="n\n")
    assert refused.exit_code == 1
    assert "would be cancelled. Save this plan?" in refused.stderr
    assert "nothing was saved" in refused.stderr
    silent = call(*command, root=root, text="")
    assert silent.exit_code == 1
    with Store.open(root, create=False) as store:
        plan = store.plan("2027")
    assert plan is not None
    assert plan.revision == 1
    agreed = call(*command, "--yes", root=root)
    assert agreed.exit_code == 0
    assert "Save this plan?" not in agreed.stderr
    with Store.open(root, create=False) as store:
        assert any(not event.live for event in store.find("2027", Wanted()))


def test_those_who_join_do_not_hide_how_much_is_cancelled(root: Path) -> None:
    stay = "".join(line for line in PEOPLE.splitlines(keepends=True) if not line.startswith(("dan", "eva")))
    now_there(root, stay + "".join(f"n{n},New {n},Support,bo,,,,\n" for n in range(30)))
    asked = call("plan", "--today", "2026-12-01", root=root, text="n\n").stderr
    gone, ahead = map(int, re.findall(r"(\d+) of the (\d+) events still ahead would be cancelled", asked)[0])
    with Store.open(root, create=False) as store:
        assert ahead == len(store.find("2027", Wanted()))
    assert 0 < gone < ahead / 4


def test_afresh_deals_what_is_ahead_again_and_never_gives_an_id_twice(root: Path) -> None:
    result = call("plan", "--afresh", "--json", "--today", "2027-06-01", root=root)
    answer = json.loads(result.stdout)
    assert answer["saved"]
    assert answer["moved"]
    assert all(change["after"]["date"] >= "2027-06-01" for change in answer["moved"])
    assert not {event["id"] for event in answer["added"]} & {event["id"] for event in answer["cancelled"]}


def test_the_plan_as_json(root: Path) -> None:
    answer = json.loads(call("plan", "--dry-run", "--json", "--today", "2026-12-01", root=root).stdout)
    assert answer.keys() == {
        "schema", "year", "revision", "saved", "added", "moved", "changed", "cancelled", "why", "asks",
        "warnings",
    }  # fmt: skip
    assert not answer["saved"]
    assert answer["asks"]["events"] > 50
    assert {owner["owner"] for owner in answer["asks"]["owners"]} >= {"bo", "liv"}


def test_another_year_is_planned_beside_the_first(root: Path) -> None:
    assert call("plan", "--year", "2028", "--today", "2026-12-01", root=root).exit_code == 0
    with Store.open(root, create=False) as store:
        first, second = store.find("2027", Wanted()), store.find("2028", Wanted())
    assert not {event.id for event in first} & {event.id for event in second}
    shown = call("show", "--year", "2028", "--today", "2026-12-01", root=root)
    assert shown.stdout.startswith("2028 · ")
    january = ("--today", "2028-01-05")
    assert call("show", "week", "2027-W50", *january, root=root).stdout.startswith("Week 50 · Mon 13 Dec")
    assert call("show", "week", "2028-W50", *january, root=root).stdout.startswith("Week 50 · Mon 11 Dec")
    late = call("done", "--week", "50", *january, root=root)
    assert "still ahead.\nLast year's: --week 2027-W50\n" in late.stderr
    late = call("done", "--week", "49-50", *january, root=root)
    assert "still ahead.\nLast year's: --week 2027-W49-2027-W50\n" in late.stderr
    assert "2 Dec" in call("done", "--week", "2027-W48-49", "--dry-run", *january, root=root).stdout
    assert " marked done" in call("done", "--week", "2027-W50", *january, root=root).stdout
    assert " in week 50, " in call("cards", "--week", "2027-W50", "--dry-run", *january, root=root).stderr


@pytest.mark.parametrize(
    "year", ["27", "next", "2027-01", "0000", "1999", "9999", "csw-0000", "csw-9999", ""]
)
def test_what_is_no_year_exits_with_2(planned: Path, year: str) -> None:
    result = call("plan", "--dry-run", "--year", year, root=planned)
    assert result.exit_code == (2 if year else 0)


def test_mistakes_are_all_told_and_nothing_is_planned(tmp_path: Path) -> None:
    root = workspace(tmp_path, "name,manager\nAnna,Nobody\nBo,Someone\n")
    result = call("plan", root=root)
    assert result.exit_code == 1
    assert not result.stdout
    assert result.stderr.count("error:") == 2
    assert "people.csv:2" in result.stderr
    assert "people.csv:3" in result.stderr
    assert result.stderr.endswith("2 errors: nothing was planned.\n")
    assert not (root / ".csweek").exists()


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2200-01-01", "9999-12-31", "2026-02-29", ""])
@pytest.mark.parametrize("command", ["plan", "show", "cards", "announce", "export"])
def test_a_day_that_no_year_can_hold_exits_with_2(command: str, day: str) -> None:
    words = ["ics"] if command == "export" else []
    result = call(command, *words, "--today", day)
    assert result.exit_code == 2
    assert "write it like 2027-10-04" in result.stderr


def test_an_empty_name_is_no_theme(tmp_path: Path) -> None:
    result = call("plan", "--theme", "", root=workspace(tmp_path))
    assert result.exit_code == 1
    assert "there is no theme ''" in result.stderr


def test_a_theme_is_tried_without_being_kept(tmp_path: Path) -> None:
    root = workspace(tmp_path, ONE)
    result = call("plan", "--theme", "base", "--today", "2026-12-01", root=root)
    assert result.exit_code == 0
    assert "nothing was saved" in result.stderr
    assert not (root / ".csweek").exists()
    assert call("plan", "--theme", "bse", root=root).exit_code == 1


def test_an_empty_folder_gets_a_preview_and_the_way_to_keep_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("plan", "--today", "2026-12-01")
    assert result.exit_code == 0
    assert "2027" in result.stdout
    assert "Service as a power" in result.stdout
    assert "init makes a workspace that keeps it" in result.stderr
    assert not list(tmp_path.iterdir())
    (tmp_path / "our staff.csv").write_text("name\nAnna\n", encoding="utf-8")
    beside = call("plan", "--today", "2026-12-01")
    assert "init --people 'our staff.csv' makes a workspace that keeps it" in beside.stderr


def test_the_time_of_a_revision_can_be_fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    root = workspace(tmp_path, ONE)
    call("plan", "--today", "2026-12-01", root=root)
    with Store.open(root, create=False) as store:
        plan = store.plan("2027")
    assert plan is not None
    assert plan.revised.timestamp() == 1790000000


@pytest.mark.parametrize("words", ["²", "9" * 5000, "wide", "-3", ""])
def test_what_the_environment_says_amiss_is_passed_over(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", words)
    monkeypatch.setenv("COLUMNS", words)
    assert options.now().year > 2000
    assert streams.columns() >= 24


def test_a_manager_who_left_is_one_warning_and_their_events_go_to_the_one_above(root: Path) -> None:
    people = "".join(line for line in PEOPLE.splitlines(keepends=True) if not line.startswith("bo,"))
    now_there(root, people)
    for _ in range(2):
        result = call("plan", "--yes", "--json", "--today", "2027-03-01", root=root)
        assert result.exit_code == 0
        assert result.stderr.count("Bo Berg is in no people file any more, yet 4 people") == 1
        assert "error" not in result.stderr
    with Store.open(root, create=False) as store:
        notes = [
            e
            for e in store.find("2027", Wanted(person="anna"))
            if e.live and e.owner_role == "manager" and e.team
        ]
    assert {event.owner for event in notes if str(event.date) < "2027-03-01"} == {"bo"}
    assert {event.owner for event in notes if str(event.date) >= "2027-03-01"} <= {"liv", "olga"}


def test_another_calendar_id_is_warned_of(root: Path) -> None:
    with Store.open(root, create=False) as store:
        kept = str(store.calendar_id(None))
    settings = (root / "csweek.yaml").read_text(encoding="utf-8")
    other = "11111111-2222-4333-8444-555555555555"
    for ident, warned in ((kept, False), (other, True)):
        (root / "csweek.yaml").write_text(f"{settings}calendar_id: {ident}\n", encoding="utf-8")
        said = call("plan", "--dry-run", "--today", "2026-12-01", root=root).stderr
        assert ("subscribed calendars stop" in said) is warned
        assert (f"write calendar_id: {kept} again" in said) is warned


def test_an_event_tells_how_full_its_week_and_its_owner_are(planned: Path) -> None:
    root = planned
    with Store.open(root, create=False) as store:
        shares = store.shares("2027")
        events = store.find("2027", Wanted())
    assert len(shares) == 52
    chosen = [e for e in events if e.audience in {"person", "group"} and not e.fixed]
    assert sum(shares) == pytest.approx(sum(len(e.recipients) for e in chosen), abs=0.5)
    one = next(e for e in chosen if e.owner)
    # What waits for the organiser herself is not counted.
    thanks = sum(len(e.recipients) for e in chosen if e.week == one.week and "olga" not in e.recipients)
    said = " ".join(call("show", "event", one.id, "--today", "2026-12-01", root=root).stdout.split())
    share = shares[int(one.week[-2:]) - 1]
    assert f"That week has {thanks} thanks by name, its share is {share:.1f}." in said
    assert re.search(r"With this that week asks \d+ minutes of them\.", said)


def test_a_warning_about_a_bundled_action_names_no_file_of_the_program(tmp_path: Path) -> None:
    root = workspace(tmp_path, "name,manager\nAnna,\nBo,Anna\nCia,Anna\n")
    told = call("plan", "--today", "2026-12-01", root=root).stderr
    assert "\nwarning: skip-level-round: " in f"\n{told}"
    assert "themes/base" not in told


def test_what_the_last_plan_warned_of_is_only_counted(tmp_path: Path) -> None:
    """What is new is told in full, and a dry run tells all."""
    root = workspace(tmp_path, "name,manager,start_date\nAnna,,\nBo,Anna,\nCia,Anna,\n")
    config = root / "csweek.yaml"
    config.write_text(config.read_text() + "limits: {owner_minutes_per_week: 10}\n")
    first = call("plan", "--today", "2026-12-01", root=root).stderr
    number = first.count("warning: ")
    assert number > 2
    second = call("plan", "--strict", "--today", "2026-12-01", root=root)
    assert second.stderr.count("warning: ") == 1
    assert f"warning: {number} warnings of the last plan still hold" in second.stderr
    assert second.exit_code == 1
    shown = call("plan", "--dry-run", "--today", "2026-12-01", root=root).stderr
    assert shown.count("warning: ") == number


def test_while_the_old_year_runs_a_plan_of_the_next_says_how_it_is_brought_up_to_date(tmp_path: Path) -> None:
    root = workspace(tmp_path, ONE)
    config = root / "csweek.yaml"
    config.write_text(config.read_text().replace("year: 2027\n", ""))
    assert "still runs" not in call("plan", "--today", "2026-12-01", root=root).stderr
    told = call("plan", "--today", "2027-11-02", root=root).stderr
    assert "2027 still runs:" in told
    assert "plan --year 2027 brings its rest up to date" in told
    assert "still runs: " in call("plan", "--today", "2027-11-02", "--year", "2028", root=root).stderr
    assert "2027 still runs" not in call("plan", "--today", "2027-11-02", "--year", "2027", root=root).stderr
