import json
import re
from pathlib import Path

import pytest
from cli import PEOPLE, WORKSPACE, call
from click.testing import Result

from csweek.icscheck import check
from csweek.output.kept import MANIFEST


def ics(root: Path, *words: str | Path) -> Result:
    return call("export", "ics", *words, "--today", "2027-02-01", root=root)


def files(folder: Path) -> set[str]:
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return found - {MANIFEST}


def kinds(folder: Path) -> set[str]:
    return {"/".join(name.split("/")[:2]) for name in files(folder)}


# --- which ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], {"share/everyone.ics", "share/teams", "share/sites", "private/bo", "private/liv",
              "private/olga", "private/organisers"}),
        (["--for", "everyone,sites"], {"share/everyone.ics", "share/sites"}),
        (["--for", "teams", "--for", "people"], {"share/teams", "share/people"}),
        (["--only", "support"], {"share/teams"}),
        (["--only", "main"], {"share/sites"}),
        (["--only", "bo@x.example"], {"private/bo", "share/people"}),
        (["--for", "owners", "--only", "Bo Berg"], {"private/bo"}),
        (["--for", "people", "--only", "anna", "--only", "eva"], {"share/people"}),
    ],
)  # fmt: skip
def test_the_calendars_that_are_asked_for_are_made(
    planned: Path, tmp_path: Path, words: list[str], expected: set[str]
) -> None:
    assert ics(planned, *words, "--out", tmp_path).exit_code == 0
    assert kinds(tmp_path) == expected
    for name in files(tmp_path):
        assert check((tmp_path / name).read_bytes(), name) == ()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--for", "teams,others"], "'others' is not one of"),
        (["--only", "zorro"], "no person, team or site is called 'zorro'"),
        (["--only", "ek"], "'ek' may be 2 people"),
        (["--for", "owners", "--only", "anaa"], "did you mean 'anna'?"),
        (["--for", "sites", "--only", "oslo"], "there are main"),
        (["--only", "mian"], "no person, team or site is called 'mian'\n  hint: did you mean 'main'?"),
        (["--for", "everyone", "--only", "anna"], "--only names a person, a team or a site"),
        (["--since", "9"], "csweek history lists them: 1 to 1"),
        (["--since", "1", "--invites"], "exclude each other"),
        (["--invites", "--no-names"], "--no-names has no effect with --invites"),
        (["--since", "1", "--keep-cancelled"], "--keep-cancelled has no effect with --since"),
        (["--method", "request"], "'request' is not 'publish'"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_told_with_a_hint(planned: Path, words: list[str], message: str) -> None:
    result = ics(planned, *words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (planned / "out").exists()


# --- what is told of people ----------------------------------------------------------------------


def test_a_teams_name_does_not_mean_somebody_in_whose_name_it_stands(root: Path) -> None:
    with (root / "people.csv").open("a", encoding="utf-8") as file:
        file.write("ida,Ida Support,Natt,bo,,,public,\n")
    said = ics(root, "--only", "Support", "--dry-run").stdout
    assert "share/teams/support.ics" in said
    assert "share/people" not in said
    assert "share/people/ida-" in ics(root, "--only", "Ida", "--dry-run").stdout


def test_before_writing_it_says_who_is_named_where_others_read(planned: Path, tmp_path: Path) -> None:
    said = ics(planned, "--out", tmp_path).stderr
    assert "What lies in share/ names 5 people who chose public thanks: Anna Åkesson, Eva Ek, Bo Berg" in said
    assert "--no-names leaves them out" in said
    assert "Dan O'Brien" not in said.partition("leaves them out")[0]


def test_without_names_it_says_so_and_keeps_to_it(planned: Path, tmp_path: Path) -> None:
    result = ics(planned, "--for", "teams,people", "--no-names", "--out", tmp_path)
    assert "What lies in share/ names nobody." in result.stderr
    whole = b"".join((tmp_path / name).read_bytes() for name in files(tmp_path)).decode()
    assert [name for name in ("Åkesson", "O'Brien", "Berg", "Lind") if name in whole] == []


def test_publishing_names_an_organiser(planned: Path, tmp_path: Path) -> None:
    result = ics(planned, "--for", "teams", "--method", "publish", "--out", tmp_path)
    assert "Every event holds Olga Org and olga@x.example as ORGANIZER." in result.stderr
    assert (
        b'ORGANIZER;CN="Olga Org":mailto:olga@x.example' in (tmp_path / "share/teams/natt.ics").read_bytes()
    )


def test_an_address_is_the_same_with_a_name_before_it(root: Path, tmp_path: Path) -> None:
    wrapped = re.sub(r"(\w+)@x\.example", r"Some \1 <\1@x.example>", PEOPLE)
    (root / "people.csv").write_text(wrapped, encoding="utf-8")
    ics(root, "--for", "teams", "--method", "publish", "--out", tmp_path)
    text = (tmp_path / "share/teams/natt.ics").read_text(encoding="utf-8")
    assert 'ORGANIZER;CN="Olga Org":mailto:olga@x.example\n' in text
    assert "share/people/anna-" in ics(root, "--only", "anna@x.example", "--dry-run").stdout


def test_publishing_without_names_names_the_organisation(planned: Path, tmp_path: Path) -> None:
    result = ics(planned, "--for", "teams", "--method", "publish", "--no-names", "--out", tmp_path)
    assert "Every event holds Sample Care and olga@x.example as ORGANIZER." in result.stderr
    text = (tmp_path / "share/teams/natt.ics").read_text(encoding="utf-8")
    assert 'ORGANIZER;CN="Sample Care":mailto:olga@x.example' in text
    assert "Olga Org" not in text


def test_publishing_without_an_organisers_address_is_refused(root: Path) -> None:
    (root / "people.csv").write_text(PEOPLE.replace("olga@x.example", ""), encoding="utf-8")
    result = ics(root, "--method", "publish")
    assert result.exit_code == 2
    assert "give somebody with the role organiser an email in the people file" in result.stderr


def test_who_cannot_be_thanked_any_more_is_left_out_by_name_before_the_plan_knows(
    root: Path, tmp_path: Path
) -> None:
    text = PEOPLE.replace("eva@x.example,public", "eva@x.example,never")
    (root / "people.csv").write_text(text, encoding="utf-8")
    said = ics(root, "--for", "owners,people", "--out", tmp_path).stderr
    assert re.search(r"Eva Ek is left out of \d+ events: wants no thanks", said)
    assert "hint: run csweek plan" in said
    owners = "".join((tmp_path / name).read_text("utf-8") for name in files(tmp_path) if "private" in name)
    assert "Eva Ek" not in owners


# --- again and again -----------------------------------------------------------------------------


def test_a_second_export_touches_nothing_and_a_move_its_own_calendars(root: Path) -> None:
    ics(root)
    times = {path: path.stat().st_mtime_ns for path in (root / "out").rglob("*")}
    again = ics(root)
    assert all(line.endswith("(unchanged)") for line in again.stdout.splitlines())
    assert {path: path.stat().st_mtime_ns for path in (root / "out").rglob("*")} == times
    moved = _event_of(root, "Natt")
    assert call("move", moved, "--to", "+1d", "--today", "2027-02-01", root=root).exit_code == 0
    third = ics(root).stdout.splitlines()
    changed = [line for line in third if not line.endswith("(unchanged)")]
    assert any(line.endswith("share/teams/natt.ics") for line in changed)
    assert not any(line.endswith("share/teams/support.ics") for line in changed)


def _event_of(root: Path, team: str) -> str:
    return next(
        event["id"] for event in _events(root, "2027")
        if event["team"] == team and event["date"] > "2027-03-01" and event["audience"] == "team"
    )  # fmt: skip


def _events(root: Path, year: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(call("export", "json", "--year", year, root=root).stdout)[
        "events"
    ]
    return found


def test_calendars_of_those_who_are_gone_are_removed_and_nothing_else(root: Path) -> None:
    ics(root, "--for", "people,teams")
    (root / "out/share/people/theirs.ics").write_bytes(b"theirs")
    (root / "people.csv").write_text(
        "".join(line for line in PEOPLE.splitlines(keepends=True) if not line.startswith("dan")),
        encoding="utf-8",
    )
    call("plan", "--yes", "--today", "2027-02-01", root=root)
    only_teams = ics(root, "--for", "teams")
    assert "(removed)" not in only_teams.stdout
    result = ics(root, "--for", "people")
    (removed,) = [line for line in result.stdout.splitlines() if line.endswith("(removed)")]
    assert "share/people/dan-" in removed
    assert (root / "out/share/people/theirs.ics").exists()
    assert "share/teams/natt.ics" in files(root / "out")


def test_a_foreign_file_in_the_way_is_left_alone(root: Path) -> None:
    (root / "out/share").mkdir(parents=True)
    (root / "out/share/everyone.ics").write_bytes(b"theirs")
    result = ics(root)
    assert result.exit_code == 1
    assert "was not written by csweek; it was left alone" in result.stderr
    assert "--out" in result.stderr
    assert (root / "out/share/everyone.ics").read_bytes() == b"theirs"


def test_the_next_year_stands_in_the_calendars_before_it_begins(root: Path, tmp_path: Path) -> None:
    with (root / "csweek.yaml").open("a", encoding="utf-8") as file:
        file.write("locale: en\n")
    assert call("plan", "--year", "2028", "--yes", "--today", "2027-12-01", root=root).exit_code == 0
    call("export", "ics", "--today", "2027-12-01", "--out", tmp_path, root=root)
    both = (tmp_path / "share/teams/natt.ics").read_text(encoding="utf-8")
    assert "DTSTART;TZID=Europe/Stockholm:2027" in both
    assert "DTSTART;TZID=Europe/Stockholm:2028" in both
    call("export", "ics", "--today", "2027-12-01", "--year", "2027", "--out", tmp_path, root=root)
    assert "Europe/Stockholm:2028" not in (tmp_path / "share/teams/natt.ics").read_text(encoding="utf-8")


# --- those who import, and those who invite ------------------------------------------------------


def test_since_a_revision_there_is_a_file_and_a_list_of_what_to_delete(root: Path) -> None:
    moved = _event_of(root, "Natt")
    call("move", moved, "--to", "+1d", "--today", "2027-02-01", root=root)
    result = ics(root, "--since", "1", "--for", "teams")
    assert result.exit_code == 0
    assert result.stdout.startswith("Sample Care · Natt:\n  delete by hand\n    2027-03-0")
    assert "  then import  " in result.stdout
    assert files(root / "out") == {"share/teams/natt-since-1.ics"}
    assert "Nothing changed in these calendars since revision 2." in ics(root, "--since", "2").stderr
    for unknown in ("3", "9" * 30):
        result = ics(root, "--since", unknown)
        assert result.exit_code == 2
        assert f"2027 has no revision {unknown}" in result.stderr


def _together(root: Path) -> dict[str, tuple[int, str]]:
    """What Bo prepares together: SEQUENCE and how many, by UID."""
    ics(root, "--for", "owners", "--only", "bo")
    (path,) = (root / "out/private/bo").glob("*.ics")
    events = path.read_text(encoding="utf-8").replace("\n ", "").split("BEGIN:VEVENT\n")
    pattern = re.compile(
        r"UID:(.*)\n(?:.*\n)*?SEQUENCE:(.*)\n(?:.*\n)*?SUMMARY:Prepare: Thank-you card \((.*)\)"
    )
    found = [match for match in map(pattern.match, events) if match]
    return {match[1]: (int(match[2]), match[3]) for match in found}


def test_what_is_prepared_together_changes_when_one_of_it_is_cancelled(root: Path) -> None:
    cards = [
        one["id"] for one in _events(root, "2027") if (one["action"], one["owner"]) == ("day-card", "bo")
    ]
    ((uid, was),) = _together(root).items()
    assert was == (0, "3")
    found = []
    for one in cards:
        call("cancel", one, "--today", "2027-02-01", root=root)
        found.append(_together(root).get(uid))
        call("undo", "--today", "2027-02-01", root=root)
    assert found.count(None) == 1, "the one whose UID it had"
    assert [one[1] for one in found if one] == ["2", "2"]
    assert all(one[0] > 0 for one in found if one)


@pytest.mark.slow
def test_since_a_revision_of_this_year_the_next_one_has_come(root: Path) -> None:
    with (root / "csweek.yaml").open("a", encoding="utf-8") as file:
        file.write("locale: en\n")
    assert call("plan", "--year", "2028", "--yes", "--today", "2027-12-01", root=root).exit_code == 0
    moved = next(one for one in _events(root, "2028") if one["team"] == "Natt" and one["audience"] == "team")
    words = ("export", "ics", "--for", "teams", "--only", "Natt", "--today", "2027-12-01")
    result = call(*words, "--since", "1", root=root)
    assert "delete" not in result.stdout
    text = (root / "out/share/teams/natt-since-1.ics").read_text(encoding="utf-8")
    assert f"UID:{moved['uid']}\n" in text
    assert "Europe/Stockholm:2027" not in text
    call("move", moved["id"], "--to", "+1d", "--today", "2027-12-01", root=root)
    again = call(*words, "--since", "1", root=root)
    assert again.stdout == result.stdout, "what came and moved since is new, and nothing is to be deleted"
    assert "Nothing changed" in call(*words, "--since", "1", "--year", "2027", root=root).stderr


@pytest.mark.slow
def test_when_a_year_is_over_its_calendars_go_on_with_the_next_one(root: Path) -> None:
    def there(today: str, *words: str) -> dict[str, list[str]]:
        ran = call("export", "ics", "--for", "teams,owners,everyone", *words, "--today", today, root=root)
        assert ran.exit_code == 0
        assert "(removed)" not in ran.stdout
        text = {name: (root / "out" / name).read_text(encoding="utf-8") for name in files(root / "out")}
        return {name: sorted(re.findall(r"DTSTART\S*:(20[2-9]\d{5})", one)) for name, one in text.items()}

    running = there("2027-06-01")
    assert there("2028-01-20") == running, "nothing else is planned yet"
    assert call("plan", "--year", "2028", "--yes", "--today", "2027-12-01", root=root).exit_code == 0
    both = there("2027-12-05")
    assert both.keys() == running.keys()
    after = there("2028-01-20")
    assert after.keys() == running.keys(), "nobody's calendar vanishes, none has another name"
    for name, days in after.items():
        recent = [day for day in both[name] if day >= "20271004"]
        assert [day for day in days if day >= "20271004"] == recent
        assert "20270901" < days[0] < "20271101", "what is older leaves"
    alone = there("2028-01-20", "--year", "2028")
    assert all(days[0] > "20271201" for days in alone.values())


def test_a_year_that_still_runs_stays_when_the_next_one_overlaps_it(root: Path) -> None:
    (root / "csweek.yaml").write_text(WORKSPACE.replace("year: 2027", "start: 2027-03-01\nweeks: 8"))
    assert call("plan", "--yes", "--today", "2027-02-01", root=root).exit_code == 0
    call("export", "ics", "--for", "everyone", "--today", "2027-03-02", root=root)
    text = (root / "out/share/everyone.ics").read_text(encoding="utf-8")
    assert re.search(r"DTSTART\S*:202710", text), "CSW stands in the year that still runs"


def test_invitations_lie_with_their_owner_and_say_who_has_no_address(root: Path) -> None:
    (root / "people.csv").write_text(PEOPLE.replace("anna@x.example", ""), encoding="utf-8")
    result = ics(root, "--invites", "--only", "bo")
    assert result.exit_code == 0
    assert "Anna Åkesson is not in the invitations: the people file has no e-mail address" in result.stderr
    found = files(root / "out")
    assert found
    assert all(name.startswith("private/bo/invitations-") for name in found)
    ics(root, "--invites", "--only", "liv")
    both = files(root / "out")
    assert found < both
    assert ics(root, "--invites").exit_code == 0
    assert both <= files(root / "out")


def test_a_dry_run_lists_and_writes_nothing(root: Path) -> None:
    for words in ((), ("--invites",), ("--since", "1")):
        assert ics(root, *words, "--dry-run").exit_code == 0
    assert "share/everyone.ics" in ics(root, "--dry-run").stdout
    assert not (root / "out").exists()


def test_whose_files_are_is_told_where_folders_are_staff_numbers(root: Path) -> None:
    people = root / "people.csv"
    people.write_text(re.sub(r"\bbo\b", "10023", people.read_text(encoding="utf-8")), encoding="utf-8")
    assert call("plan", "--yes", "--today", "2027-02-01", root=root).exit_code == 0
    listed = ics(root, "--for", "owners,people").stdout
    assert re.search(r"/out/private/10023/10023-\w+\.ics  Bo Berg$", listed, re.MULTILINE)
    assert re.search(r"/out/share/people/10023-\w+\.ics  Bo Berg$", listed, re.MULTILINE)
    assert re.search(r"/out/private/liv/liv-\w+\.ics$", listed, re.MULTILINE)
    again = ics(root, "--for", "owners,people").stdout
    assert re.search(r"/out/private/10023/10023-\w+\.ics  Bo Berg \(unchanged\)$", again, re.MULTILINE)
    sent = ics(root, "--invites").stdout
    assert re.search(r"/out/private/10023/invitations-\w+/e\S+\.ics  Bo Berg$", sent, re.MULTILINE)


def test_a_folder_that_is_called_like_a_staff_number_tells_of_nobody(root: Path) -> None:
    people = (root / "people.csv").read_text(encoding="utf-8")
    (root / "people.csv").write_text(people.replace("\nanna,", "\n1001,"), encoding="utf-8")
    assert call("plan", "--today", "2026-12-01", root=root).exit_code == 0
    told = ics(root, "--for", "everyone,people", "--out", root / "1001").stdout.splitlines()
    named = [line for line in told if line.endswith("  Anna Åkesson")]
    assert len(named) == 1
    assert "/1001/share/people/1001-" in named[0]
