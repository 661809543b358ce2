import json
from pathlib import Path

import pytest
from cli import PEOPLE, call, workspace

SOUND = PEOPLE.replace("Natt", "Retur")
"""A people file of which nothing is to be said."""


def test_a_sound_workspace_says_so_and_which_columns_are_used(tmp_path: Path) -> None:
    people = SOUND.replace("start_date", "Shoe size,Foto")
    result = call("check", root=workspace(tmp_path, people))
    assert result.exit_code == 0
    assert not result.stdout
    assert "used: id, name, team" in result.stderr
    assert ", Foto on cards\n" in result.stderr
    assert "not used: Shoe size\n" in result.stderr
    assert "nothing is wrong." in result.stderr


def test_a_night_team_without_hours_is_asked_about_with_the_lines_to_type(tmp_path: Path) -> None:
    root = workspace(
        tmp_path, "name,team\nAnna,Linjen: Natt\nBo,Knights\nCia,야간 상담팀\nDženan,Prijem (noćni)\n"
    )
    said = call("check", root=root).stdout
    asked = "Linjen: Natt, 야간 상담팀, Prijem (noćni): at work at night?"
    assert asked in said
    assert asked in call("plan", "--today", "2026-12-01", root=root).stderr
    _, _, lines = said.partition("say it in csweek.yaml\n")
    typed = "".join(f"{line[4:]}\n" for line in lines.splitlines()[:4])
    with (root / "csweek.yaml").open("a", encoding="utf-8") as file:
        file.write(typed)
    after = call("check", root=root)
    assert (after.exit_code, after.stdout) == (0, "")
    assert "at work at night" not in after.stderr


def test_of_a_people_file_alone_it_is_said_how_it_was_understood(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text("Namn,Chef,Vorgesetzter\nAnna,,Bo\n", encoding="utf-8")
    alone = call("check", tmp_path / "staff.csv").stderr
    assert "staff.csv: used: Namn as name, Chef as manager\n" in alone
    assert "staff.csv: not used: Vorgesetzter\n" in alone
    (tmp_path / "stories.csv").write_text("date,person,text\n", encoding="utf-8")
    assert "used:" not in call("check", tmp_path / "stories.csv").stderr
    assert "used:" not in call("check", tmp_path / "staff.csv", "--json").stderr
    (tmp_path / "odd.csv").write_text("Whole|line\n", encoding="utf-8")
    both = call("check", tmp_path / "staff.csv", tmp_path / "odd.csv").stderr
    assert "staff.csv: used:" in both
    assert "odd.csv: used:" not in both
    root = workspace(tmp_path / "ws", SOUND.replace("start_date", "Shoe size"))
    assert "not used: Shoe size\n" in call("check", root / "people.csv").stderr


def test_all_files_that_were_looked_at_are_named(tmp_path: Path) -> None:
    root = workspace(tmp_path, SOUND)
    (root / "metrics.csv").write_text("month,name,value\n2027-04,NPS,41\n")
    assert "people.csv, metrics.csv: nothing is wrong." in call("check", root=root).stderr


def test_every_mistake_of_every_file_is_a_line(tmp_path: Path) -> None:
    root = workspace(tmp_path, "name,manager\nAnna,Nobody\n")
    (root / "csweek.yaml").write_text("theme: service-as-a-power\npeople: people.csv\nbudgt: 1\n")
    result = call("check", root=root)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert any("csweek.yaml:3:" in line and "error" in line for line in lines)
    assert any("people.csv:2:" in line and "error" in line for line in lines)
    assert "2 errors" in result.stderr


def test_the_same_as_json(tmp_path: Path) -> None:
    root = workspace(tmp_path, "name,manager\nAnna,Nobody\n")
    result = call("check", "--json", root=root)
    assert result.exit_code == 1
    [problem] = json.loads(result.stdout)
    assert problem.keys() == {"file", "line", "column", "severity", "message", "hint"}
    assert problem["line"] == 2
    assert json.loads(call("check", "--json", root=workspace(tmp_path / "sound", SOUND)).stdout) == []


def test_a_warning_fails_only_when_strict(tmp_path: Path) -> None:
    root = workspace(tmp_path, "name\n")
    assert call("check", root=root).exit_code == 0
    assert call("check", "--strict", root=root).exit_code == 1


def test_files_by_name(tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.ics", tmp_path / "good.csv"
    bad.write_bytes(b"BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    good.write_text("name\nAnna\n")
    assert call("check", good).exit_code == 0
    result = call("check", good, bad, tmp_path / "none.csv", tmp_path / "none.ics")
    assert result.exit_code == 1
    for part in ("bad.ics", "none.csv: error: there is no file", "none.ics: error: there is no file"):
        assert part in result.stdout
    assert "csweek.yaml" not in result.stdout
    assert "good.csv" not in result.stdout


def test_a_folder_and_a_name_that_is_not_there(tmp_path: Path) -> None:
    result = call("check", tmp_path, tmp_path / "none")
    assert result.exit_code == 1
    assert "this is a folder, not a file" in result.stdout
    assert f"-C {tmp_path} check looks at the workspace in it" in result.stdout
    assert "there is no file" in result.stdout


def test_without_a_workspace_the_way_on_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("check")
    assert result.exit_code == 2
    assert "name the files to check" in result.stderr


def test_the_workspaces_own_announcements_are_tried_in_every_language(tmp_path: Path) -> None:
    root = workspace(tmp_path, f"{PEOPLE.splitlines()[0]},locale\n1,Åsa,S,,,,,,sv\n")
    own = root / "templates" / "announcements"
    (own / "words").mkdir(parents=True)
    (own / "wow.md").write_text("# A\n\n{{ stroy.text }}\n", encoding="utf-8")
    (own / "form.md").write_text('# B\n\n{{ say("form.titel") }}\n', encoding="utf-8")
    (own / "words" / "sv.own.yaml").write_text('hero: {title: "Månadens {nu}"}\n', encoding="utf-8")
    result = call("check", root=root)
    assert result.exit_code == 1
    assert [line for line in result.stdout.splitlines() if "error" in line] == [
        "templates/announcements/wow.md:3: error: unknown name 'stroy'",
        "templates/announcements/form.md:3: error: there are no words 'form.titel'",
        "templates/announcements/words/sv.own.yaml: error: hero.title names {nu}",
    ]


def test_what_a_theme_names_in_vain_is_told(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "themes").mkdir()
    thanks = "practice: wow, title: Thanks, how: Say it., per_year: 2"
    (root / "themes" / "ours.yaml").write_text(
        f"name: Ours\nextends: base\nlook: {{motif: wavs}}\n"
        f"actions:\n  thanks: {{{thanks}, card: thankyou, announcement: heroes}}\n"
    )
    text = (root / "csweek.yaml").read_text(encoding="utf-8").replace("service-as-a-power", "ours")
    (root / "csweek.yaml").write_text(text, encoding="utf-8")
    said = call("check", root=root).stdout
    for what, hint in (("card 'thankyou', which 'thanks'", "thank-you"),
                       ("announcement 'heroes', which 'thanks'", "hero"),
                       ("motif 'wavs', which 'ours'", "waves")):  # fmt: skip
        assert f"error: there is no {what} names\n  hint: did you mean '{hint}'?\n" in said


def test_a_text_that_a_language_lacks_is_a_warning(tmp_path: Path) -> None:
    root = workspace(tmp_path, f"{PEOPLE.splitlines()[0]},locale\n1,Åsa,S,,,,,,sv\n")
    (root / "themes").mkdir()
    (root / "themes" / "ours.yaml").write_text("name: Ours\nextends: base\nmotto: {en: Ours, ko: 우리}\n")
    text = (root / "csweek.yaml").read_text(encoding="utf-8").replace("service-as-a-power", "ours")
    (root / "csweek.yaml").write_text(text, encoding="utf-8")
    result = call("check", root=root)
    assert result.exit_code == 0
    assert "warning: somebody reads sv, and the theme has no sv for 'Ours'\n" in result.stdout


def test_a_text_that_is_long_is_told_by_its_beginning(tmp_path: Path) -> None:
    root = workspace(tmp_path, f"{PEOPLE.splitlines()[0]},locale\n1,Åsa,S,,,,,,sv\n")
    (root / "themes").mkdir()
    how = "Ask one person to show a habit that saves time or calms a call, in five minutes."
    action = f"{{practice: wow, title: Habit, how: {{en: '{how}', ko: 하나}}, per_year: 1}}"
    (root / "themes" / "ours.yaml").write_text(f"name: Ours\nextends: base\nactions:\n  habit: {action}\n")
    text = (root / "csweek.yaml").read_text(encoding="utf-8").replace("service-as-a-power", "ours")
    (root / "csweek.yaml").write_text(text, encoding="utf-8")
    assert (
        "the theme has no sv for 'Ask one person to show a habit that…'\n" in call("check", root=root).stdout
    )


@pytest.mark.parametrize(
    ("language", "hint"),
    [
        ("se", "did you mean sv (Swedish)? se is Northern Sami"),
        ("kr", "did you mean ko (Korean)? kr is Kanuri"),
        ("ca", "write one of en, sv, ko, bs, or add ca: … to the theme; until then English is said"),
        ("de", "write one of en, sv, ko, bs, or add de: … to the theme; until then English is said"),
    ],
)
def test_a_language_that_the_theme_does_not_speak_is_one_warning(
    language: str, hint: str, tmp_path: Path
) -> None:
    root = workspace(tmp_path, f"{PEOPLE.splitlines()[0]},locale\n1,Åsa,S,,,,,,{language}\n")
    told = (
        f"people.csv:2: warning: somebody reads {language}, and the theme does not speak it\n  hint: {hint}\n"
    )
    found = call("check", root=root).stdout
    assert found.endswith(told)
    assert found.count("warning") == 1
    slip = "did you mean" in hint  # is told before it makes a year in English
    assert (told in call("plan", "--today", "2026-12-01", root=root).stderr) == slip


def test_columns_for_team_and_manager_are_asked_for_where_none_is_known(tmp_path: Path) -> None:
    root = workspace(tmp_path, "Name,Abteilung,Vorgesetzter\nAnna,Post,Bo\nBo,,\n")
    said = call("check", root=root).stderr
    asked = "is the team or the manager among them? Then say so in csweek.yaml: columns: {team: Abteilung}\n"
    assert f"not used: Abteilung, Vorgesetzter\n  {asked}" in said
    (root / "people.csv").write_text(
        "Förnamn,Efternamn,Abteilung,Vorgesetzter\nAnna,Ek,Post,\n", encoding="utf-8"
    )
    assert asked in call("check", root=root).stderr
    (root / "people.csv").write_text("Mitarbeiter,Abteilung\nAnna,Post\n", encoding="utf-8")
    assert "among them" not in call("check", root=root).stderr
    (root / "people.csv").write_text("Name,Abteilung,Vorgesetzter\nAnna,Post,Bo\nBo,,\n", encoding="utf-8")
    with (root / "csweek.yaml").open("a", encoding="utf-8") as file:
        file.write("columns: {team: Abteilung, manager: Vorgesetzter}\n")
    assert "among them" not in call("check", root=root).stderr
