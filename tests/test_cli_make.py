import json
from datetime import date
from pathlib import Path

import pytest
import samples
from cli import PEOPLE, call, workspace
from click.testing import Result

from csweek.cli.printing.choice import Wish, choose
from csweek.errors import UsageError
from csweek.icscheck import check
from csweek.model.plan import Directory
from csweek.output.kept import MANIFEST

DIRECTORY = Directory.of(samples.INPUTS, date(2027, 1, 4))
JANUARY = date(2027, 1, 1)


def make(root: Path, *words: str | Path) -> Result:
    return call(*words, "--today", "2027-02-01", root=root)


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


# --- which cards ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "name", "ids"),
    [
        (Wish(), "2027-W03", "e4"),
        (Wish(week="4"), "2027-W04", "e5"),
        (Wish(all_year=True), "2027", "e1 e2 e3 e4 e5 e6 e7"),
        (Wish(person="asa"), "2027-ahead-p1", "e4"),
        (Wish(person="asa", all_year=True), "2027-p1", "e1 e4"),
        (Wish(team="natt"), "2027-ahead-natt", "e7"),
        (Wish(team="natt", week="1"), "2027-W01-natt", "e3"),
    ],
)
def test_which_cards_are_meant(wish: Wish, name: str, ids: str) -> None:
    chosen = choose(samples.PLAN, DIRECTORY, date(2027, 1, 20), wish)
    assert chosen.name == name
    assert [event.id for event in chosen.events] == ids.split()


def test_a_persons_cards_are_for_that_person_alone() -> None:
    [story, note] = choose(samples.PLAN, DIRECTORY, JANUARY, Wish(person="p1", all_year=True)).events
    assert story.recipients == note.recipients == ("p1",)


def test_a_week_and_the_whole_year_exclude_each_other() -> None:
    with pytest.raises(UsageError, match="exclude each other"):
        choose(samples.PLAN, DIRECTORY, JANUARY, Wish(week="4", all_year=True))


def test_a_person_and_a_team_exclude_each_other() -> None:
    with pytest.raises(UsageError, match="exclude each other"):
        choose(samples.PLAN, DIRECTORY, JANUARY, Wish(person="asa", team="natt"))


@pytest.mark.parametrize("wish", [Wish(person=""), Wish(team=""), Wish(week="")])
def test_an_empty_wish_is_not_taken_for_none(wish: Wish) -> None:
    with pytest.raises(UsageError, match="''"):
        choose(samples.PLAN, DIRECTORY, JANUARY, wish)


# --- cards ---------------------------------------------------------------------------------------


def test_cards_lie_where_nobody_else_looks(planned: Path, tmp_path: Path) -> None:
    result = make(planned, "cards", "--person", "anna", "--out", tmp_path)
    assert result.exit_code == 0
    assert "cards for Anna Åkesson in 2027 from today on, " in result.stderr
    cover, name = sorted(files(tmp_path), key=lambda one: not one.endswith("-cover.pdf"))
    assert name.startswith("private/organisers/cards-2027-ahead-anna-")
    assert cover == name.replace(".pdf", "-cover.pdf")
    assert (tmp_path / name).read_bytes().startswith((b"%PDF", b"<!doctype html>"))
    assert str(tmp_path / name) in result.stdout


def test_a_dry_run_writes_nothing(planned: Path, tmp_path: Path) -> None:
    result = make(planned, "cards", "--person", "anna", "--out", tmp_path, "--dry-run")
    assert "private/organisers/cards-2027-ahead-anna-" in result.stdout
    assert not files(tmp_path)


def test_who_left_since_gets_no_card_and_is_named(planned: Path, tmp_path: Path) -> None:
    people = PEOPLE.replace("email,thanks,start_date", "email,thanks,end_date").replace(
        "2020-03-02", "2027-01-15"
    )
    copy = workspace(tmp_path / "ws", people)
    (copy / ".csweek").mkdir()
    (copy / ".csweek" / "store.sqlite").write_bytes((planned / ".csweek" / "store.sqlite").read_bytes())
    result = make(copy, "cards", "--person", "anna")
    assert result.exit_code == 0
    assert "Anna Åkesson is left out of" in result.stderr
    assert "does not work here then" in result.stderr
    assert "There are no cards" in result.stderr
    assert not (copy / "out").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["cards", "--person", "ana"], "did you mean 'anna'?"),
        (["cards", "--team", "x"], "there are Support, Natt"),
        (["cards", "--week", "77"], "'77' is no week"),
        (
            ["announce", "--week", "2026-W07"],
            "week 7 of 2026 lies outside the year that is planned (week 1 of 2027 to",
        ),
        (["announce", "--week", "soon"], "'soon' is no week"),
        (
            ["announce", "week", "6"],
            "no announcement 'week 6'\n  hint: take --week 6 for the note of a week\n",
        ),
        (["announce", "6"], "no announcement '6'\n  hint: take --week 6 for the note of a week\n"),
        (["announce", "--team", "x"], "there are Support, Natt"),
        (["announce", "--locale", "fr"], "nobody here reads 'fr'"),
        (["export", "pdf"], "there is no command 'csweek export pdf'"),
    ],
)
def test_what_is_not_there_exits_with_2_and_a_hint(planned: Path, words: list[str], message: str) -> None:
    result = make(planned, *words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_without_cards_the_reason_or_the_way_on_is_told(planned: Path) -> None:
    assert (
        "for Fia Ek in 2027 from today on, who wants no thanks.\n"
        in make(planned, "cards", "--person", "fia").stderr
    )
    assert (
        "There are no cards in week 53. The next are in week 2: --week 2. --all-year makes"
        in call("cards", "--today", "2027-01-01", root=planned).stderr
    )
    assert "--all-year" not in make(planned, "cards", "--person", "fia", "--all-year").stderr


# --- announcements -------------------------------------------------------------------------------


def test_the_weeks_note_is_printed_to_be_pasted(planned: Path) -> None:
    result = make(planned, "announce")
    assert result.exit_code == 0
    assert result.stdout.startswith("This week in service · Week 5\nSample Care")
    assert make(planned, "announce", "--channel", "html").stdout.startswith("<!")
    assert make(planned, "announce", "--team", "natt").stdout != result.stdout


@pytest.mark.slow
def test_a_team_named_twice_has_one_note_and_a_language_any_case(planned: Path) -> None:
    once = make(planned, "announce", "--team", "natt").stdout
    assert make(planned, "announce", "--team", "natt", "--team", "Natt").stdout == once
    assert make(planned, "announce", "--locale", "EN").stdout == make(planned, "announce").stdout
    assert "there are en" in make(planned, "announce", "--locale", "fr").stderr


def test_a_week_that_is_not_planned_is_said_to_be_outside(planned: Path) -> None:
    result = call("announce", "--today", "2028-12-05", root=planned)
    assert "week 49 of 2028 lies outside the year that is planned (week 1 of 2027 to" in result.stderr
    assert "outside" not in make(planned, "announce").stderr


def test_with_a_folder_every_form_is_written(planned: Path, tmp_path: Path) -> None:
    make(planned, "announce", "--out", tmp_path)
    assert {Path(name).suffix for name in files(tmp_path)} == {".txt", ".md", ".html", ".eml", ".json"}
    assert all(name.startswith("share/announcements/2027-W05-") for name in files(tmp_path))


# --- export --------------------------------------------------------------------------------------


def test_calendars_lie_in_two_folders_and_hold(planned: Path, tmp_path: Path) -> None:
    assert make(planned, "export", "ics", "--out", tmp_path).exit_code == 0
    found = files(tmp_path)
    assert {"share/everyone.ics", "share/teams/support.ics", "share/teams/natt.ics"} <= found
    assert any(name.startswith("private/bo/") for name in found)
    for name in found - {MANIFEST}:
        assert not [p for p in check((tmp_path / name).read_bytes(), name) if p.is_error]


def test_written_again_nothing_changes(planned: Path, tmp_path: Path) -> None:
    make(planned, "export", "ics", "--for", "teams", "--out", tmp_path)
    second = make(planned, "export", "ics", "--for", "teams", "--out", tmp_path)
    said = second.stdout.splitlines()
    assert said
    assert all(line.endswith("(unchanged)") for line in said)


def test_tables_go_to_standard_output_or_to_the_organisers_folder(planned: Path, tmp_path: Path) -> None:
    answer = json.loads(make(planned, "export", "json").stdout)
    assert answer["year"] == "2027"
    assert len(answer["weeks"]) == 52
    assert make(planned, "export", "csv").stdout.lstrip("\ufeff").startswith("id,week,date,")
    assert "id;week;date;" in make(planned, "export", "csv", "--delimiter", "semicolon").stdout
    make(planned, "export", "csv", "--out", tmp_path)
    [name] = files(tmp_path)
    assert name.startswith("private/organisers/plan-2027-")


def test_a_year_without_events_says_so(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    with (root / "csweek.yaml").open("a") as file:
        file.write("closed: [2026-12-01..2028-01-31]\n")
    assert make(root, "plan").stdout.startswith("No events are planned.")
    result = make(root, "export", "ics")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "There is nothing for these calendars in 2027." in result.stderr


def test_what_a_plan_warned_of_is_told_again_only_once_the_files_have_changed(tmp_path: Path) -> None:
    root = workspace(tmp_path, f"{PEOPLE}Total: 3\n")
    odd = "only the first cell of this row is filled"
    assert odd in make(root, "plan").stderr
    assert odd in make(root, "plan").stderr
    assert odd not in make(root, "announce").stderr
    with (root / "people.csv").open("a") as file:
        file.write("\n")
    assert odd in make(root, "announce").stderr


def test_nothing_planned_yet_says_what_to_type(tmp_path: Path) -> None:
    result = make(workspace(tmp_path), "export", "json")
    assert result.exit_code == 1
    assert "csweek plan builds the year" in result.stderr


def test_without_a_workspace_a_preview_is_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("export", "ics", "--today", "2026-12-01")
    assert result.exit_code == 0
    assert "csweek-out/share/everyone.ics" in result.stdout
    private = {name for name in files(tmp_path) if "/private/organisers/organisers-" in name}
    assert files(tmp_path) - private == {"csweek-out/share/everyone.ics", f"csweek-out/{MANIFEST}"}


@pytest.mark.parametrize(
    "words", [["cards"], ["announce"], ["send"], ["show", "week"], ["cards", "--day", "2028-06-07"]]
)
def test_a_week_outside_the_plan_is_told_alike_by_every_command(planned: Path, words: list[str]) -> None:
    result = call(*words, "--today", "2028-06-07", root=planned)
    assert result.exit_code == 0
    when = "2028-06-07" if "--day" in words else "week 23 of 2028"
    assert f"warning: {when} lies outside the year that is planned (week 1 of 2027 to" in result.stderr


@pytest.mark.parametrize("kind", ["form", "countdown"])
def test_what_is_about_no_week_is_not_told_to_lie_outside_the_plan(planned: Path, kind: str) -> None:
    result = call("announce", kind, "--today", "2026-11-16", root=planned)
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize("words", [["cards"], ["announce"], ["show", "week"]])
def test_before_the_year_its_first_week_is_named_and_nothing_warned_of(
    planned: Path, words: list[str]
) -> None:
    result = call(*words, "--today", "2026-11-22", "--strict", root=planned)
    assert result.exit_code == 0
    assert "Nothing is planned before 2027-01-04: week 1 of 2027 is the first week." in result.stderr
    assert "warning" not in result.stderr


@pytest.mark.parametrize("today", ["2026-11-22", "2028-06-07"])
def test_no_empty_note_is_made_of_a_week_that_is_not_planned(planned: Path, today: str) -> None:
    printed = call("announce", "--today", today, root=planned)
    assert (printed.exit_code, printed.stdout) == (0, "")
    assert printed.stderr.endswith("There is nothing to announce then; --week N takes another week.\n")
    named = call("announce", "weekly", "--today", today, root=planned)
    assert "weekly cannot be made: it lacks a week of the planned year (week 1 of 2027 to" in named.stderr
    sent = call("send", "--today", today, root=planned)
    assert (sent.exit_code, sent.stdout) == (0, "")
    assert "There is nothing to send to anybody." in sent.stderr


@pytest.mark.parametrize("words", [["--delimiter", "semicolon"], ["--separator", ";"], ["--delimiter", ";"]])
def test_a_table_for_an_excel_that_wants_semicolons(planned: Path, words: list[str]) -> None:
    first = call("export", "csv", *words, root=planned).stdout.splitlines()[0]
    assert first.removeprefix("\ufeff").startswith("id;week;date;")
    assert call("export", "csv", root=planned).stdout.removeprefix("\ufeff").startswith("id,week,")
