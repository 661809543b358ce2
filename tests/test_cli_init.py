from pathlib import Path
from uuid import UUID

import pytest
from cli import call

from csweek import zones
from csweek.cli.begin import guess
from csweek.read.workspace import read


def test_a_new_workspace_is_sound_and_teaches(tmp_path: Path) -> None:
    root = tmp_path / "nordic-care"
    result = call("init", root, "--country", "SE", "--yes")
    assert result.exit_code == 0
    assert {path.name for path in root.iterdir()} == {"csweek.yaml", "people.csv", ".gitignore"}
    reading = read(root)
    assert not [problem for problem in reading.problems if problem.is_error]
    assert reading.inputs is not None
    settings = reading.inputs.settings
    assert settings.organisation == "Nordic Care"
    assert isinstance(settings.calendar_id, UUID)
    assert settings.locale == "sv"
    assert settings.sites["main"].country == "SE"
    assert settings.sites["main"].timezone in zones.of_country("SE")
    assert "never change it" in (root / "csweek.yaml").read_text(encoding="utf-8")


def test_what_people_and_csweek_write_is_kept_out_of_repositories(tmp_path: Path) -> None:
    call("init", tmp_path / "ws", "--yes")
    ignored = (tmp_path / "ws" / ".gitignore").read_text(encoding="utf-8").split()
    assert {"people.csv", ".csweek/", "out/"} <= set(ignored)


def test_the_empty_people_file_opens_in_excel_with_its_letters(tmp_path: Path) -> None:
    call("init", tmp_path / "ws", "--yes")
    data = (tmp_path / "ws" / "people.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,name,called,")


def test_two_workspaces_never_have_the_same_calendar(tmp_path: Path) -> None:
    ids = set()
    for name in ("a", "b"):
        call("init", tmp_path / name, "--yes")
        inputs = read(tmp_path / name).inputs
        assert inputs is not None
        ids.add(inputs.settings.calendar_id)
    assert len(ids) == 2


def test_a_workspace_can_be_planned_at_once(tmp_path: Path) -> None:
    call("init", tmp_path / "ws", "--country", "KR", "--yes")
    assert call("plan", "--today", "2026-12-01", root=tmp_path / "ws").exit_code == 0


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine\n")
    (tmp_path / "people.csv").write_text("name\nAnna\n")
    assert call("init", tmp_path, "--yes").exit_code == 0
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    assert (tmp_path / "people.csv").read_text() == "name\nAnna\n"
    before = (tmp_path / "csweek.yaml").read_text(encoding="utf-8")
    again = call("init", tmp_path, "--yes")
    assert again.exit_code == 1
    assert "is there already" in again.stderr
    assert (tmp_path / "csweek.yaml").read_text(encoding="utf-8") == before


def test_questions_are_asked_on_standard_error_with_defaults(tmp_path: Path) -> None:
    answers = 'Acme: the "best" #1\nSouth Korea\n\n\n\n\n'
    result = call("init", tmp_path / "ws", text=answers)
    assert result.exit_code == 0
    assert "Time zone [Asia/Seoul]" in result.stderr
    assert "Language (en, sv, ko, bs) [ko]" in result.stderr
    inputs = read(tmp_path / "ws").inputs
    assert inputs is not None
    assert inputs.settings.organisation == 'Acme: the "best" #1'


def test_the_part_of_a_country_that_has_holidays_of_its_own_is_asked_for(tmp_path: Path) -> None:
    answers = "Acme\nUK\nSkotland\nScotland\n\n\n\n\n"
    result = call("init", tmp_path / "ws", text=answers)
    assert "did you mean 'Scotland'?" in result.stderr
    inputs = read(tmp_path / "ws").inputs
    assert inputs is not None
    main = inputs.settings.sites["main"]
    assert (main.country, main.subdivision, main.locale) == ("GB", "SCT", "en-GB")


def test_a_part_that_is_named_like_a_country_says_both(tmp_path: Path) -> None:
    assert call("init", tmp_path / "ws", "--country", "England", "--yes").exit_code == 0
    assert 'main: {country: GB, subdivision: "ENG"' in (tmp_path / "ws" / "csweek.yaml").read_text()


def test_a_part_named_twice_has_to_be_the_same(tmp_path: Path) -> None:
    same = ("--country", "England", "--subdivision", "ENG", "--yes")
    assert call("init", tmp_path / "ws", *same).exit_code == 0
    other = call("init", tmp_path / "no", "--country", "England", "--subdivision", "Scotland", "--yes")
    assert other.exit_code == 2
    assert "the country is ENG already" in other.stderr
    assert not (tmp_path / "no").exists()


def test_where_nothing_is_asked_the_next_steps_name_the_parts(tmp_path: Path) -> None:
    told = call("init", tmp_path / "ws", "--country", "BA", "--yes").stderr
    assert "add subdivision: to BA" in told
    assert "parts of it have holidays of their own: BIH, BRC, SRP" in told
    assert "subdivision" not in call("init", tmp_path / "se", "--country", "SE", "--yes").stderr
    refused = call("init", tmp_path / "no", "--country", "SE", "--subdivision", "ENG", "--yes")
    assert (refused.exit_code, "SE has no subdivision 'ENG'" in refused.stderr) == (2, True)


def test_a_path_dropped_on_the_window_is_read_without_its_quotes(tmp_path: Path) -> None:
    (tmp_path / "our staff.csv").write_text("name\nAnna\n")
    answers = f'Acme\nSE\n\n\n\n"{tmp_path / "our staff.csv"}"\n'
    assert call("init", tmp_path / "ws", text=answers).exit_code == 0
    assert 'people: "../our staff.csv"' in (tmp_path / "ws" / "csweek.yaml").read_text()


def test_the_only_table_in_the_folder_is_proposed_as_the_people_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Personallista 2026.csv").write_text("Namn\nAnna\n", encoding="utf-8")
    (tmp_path / "~$Personallista.xlsx").write_bytes(b"")
    result = call("init", text="Acme\nSE\n\n\n\n\n")
    assert "[Personallista 2026.csv]: " in result.stderr
    assert [person.name for person in read(tmp_path).inputs.people] == ["Anna"]  # type: ignore[union-attr]
    assert not (tmp_path / "people.csv").exists()
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8").endswith("\n/Personallista 2026.csv\n")
    beside = call("init", "ws", text="Acme\nSE\n\n\n\n\n")
    assert "[Personallista 2026.csv]: " in beside.stderr
    (tmp_path / "another.csv").write_text("Namn\nBo\n", encoding="utf-8")
    assert "an empty people.csv) [none]: " in call("init", "two", text="Acme\nSE\n\n\n\n\n").stderr


def test_themes_are_listed_with_their_mottos_before_one_is_asked_for(tmp_path: Path) -> None:
    told = call("init", tmp_path / "ws", text="Acme\nSE\n\n\n\n\n").stderr
    assert "service-as-a-power  Service som kraft\n" in told
    assert "\nTheme [service-as-a-power]: " in told


def test_without_answers_nothing_is_made(tmp_path: Path) -> None:
    result = call("init", tmp_path / "ws", text="")
    assert result.exit_code == 1
    assert "With --yes nothing is asked." in result.stderr
    assert not (tmp_path / "ws").exists()


def test_a_wrong_answer_is_asked_for_again(tmp_path: Path) -> None:
    answers = "Acme\nNarnia\nSE\nEurope/Stokholm\n\nelvish\n\n\nnone.csv\nnone\n"
    result = call("init", tmp_path / "ws", text=answers)
    assert result.exit_code == 0
    for part in (
        "there is no country 'Narnia'",
        "did you mean 'Europe/Stockholm'?",
        "'elvish'",
        "no file none.csv",
    ):
        assert part in result.stderr
    inputs = read(tmp_path / "ws").inputs
    assert inputs is not None
    assert inputs.settings.sites["main"].country == "SE"


def test_a_people_file_that_is_nearly_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "staff.xlsx").write_bytes(b"")
    result = call("init", tmp_path / "ws", "--people", tmp_path / "staff.xls", "--yes")
    assert (result.exit_code, "did you mean 'staff.xlsx'?" in result.stderr) == (2, True)


def test_a_workspace_that_is_here_is_planned_without_naming_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    call("init", "--yes")
    assert "-C" not in call("init", ".", "--yes").stderr


def test_letters_in_an_unknown_encoding_make_nothing(tmp_path: Path) -> None:
    result = call("init", tmp_path / "ws", "--organisation", "\udcff", "--yes")
    assert result.exit_code == 2
    assert not (tmp_path / "ws").exists()
    assert guess.organisation(tmp_path / "nordic-\udcffcare") == "Nordic Care"


def test_a_people_file_that_is_there_is_named_and_checked(tmp_path: Path) -> None:
    (tmp_path / "hr.csv").write_text("name,manager\nAnna,Nobody\n")
    result = call("init", tmp_path / "ws", "--people", tmp_path / "hr.csv", "--yes")
    assert result.exit_code == 0
    assert 'people: "../hr.csv"' in (tmp_path / "ws" / "csweek.yaml").read_text(encoding="utf-8")
    assert "hr.csv:2" in result.stderr
    assert "mend the error above" in result.stderr
    assert "write your people" not in result.stderr
    assert not (tmp_path / "ws" / "people.csv").exists()


def test_the_sites_of_a_people_file_are_the_workspaces(tmp_path: Path) -> None:
    rows = 'name,kontor\nAnna,Malmö\nBo,Sarajevo\nCia,malmö\nDag,"Lund: väst"\n'
    (tmp_path / "hr.csv").write_text(rows, encoding="utf-8")
    result = call("init", tmp_path / "ws", "--people", tmp_path / "hr.csv", "--country", "SE", "--yes")
    assert "are all of these in SE: Malmö, Lund: väst?" in result.stderr
    assert "add subdivision: to BA" in result.stderr
    reading = read(tmp_path / "ws")
    assert not reading.problems
    assert reading.inputs is not None
    sites = reading.inputs.settings.sites
    assert [(name, site.country, site.locale) for name, site in sites.items()] == [
        ("Malmö", "SE", "sv"),
        ("Sarajevo", "BA", "bs"),
        ("Lund: väst", "SE", "sv"),
    ]


def test_next_comes_the_plan_where_a_people_file_is_sound(tmp_path: Path) -> None:
    (tmp_path / "hr.csv").write_text("name\nAnna\n")
    result = call("init", tmp_path / "ws", "--people", tmp_path / "hr.csv", "--yes")
    [step] = result.stderr.partition("Next:\n")[2].splitlines()
    assert " plan " in step


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--country", "Atlantis"], "there is no country 'Atlantis'"),
        (["--country", "Sweeden"], "did you mean 'SE'?"),
        (["--timezone", "Europe/Stokholm"], "did you mean 'Europe/Stockholm'?"),
        (["--theme", "service-as-power"], "did you mean 'service-as-a-power'?"),
        (["--people", "none.csv"], "there is no file none.csv"),
        (["--locale", "elvish"], "'elvish' is not a language"),
    ],
)
def test_what_does_not_exist_exits_with_2_and_makes_nothing(
    tmp_path: Path, words: list[str], message: str
) -> None:
    result = call("init", tmp_path / "ws", "--yes", *words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (tmp_path / "ws").exists()


# --- guesses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("country", "zone"), [("SE", "Europe/Stockholm"), ("BA", "Europe/Sarajevo")])
def test_a_country_with_one_zone_has_it(country: str, zone: str) -> None:
    assert guess.timezone(country) == zone


def test_every_guessed_zone_is_one() -> None:
    assert {guess.timezone(country) for country in ("US", "CA", "AU", "BR", "ZZ", None)} <= zones.names()


def test_the_country_is_guessed_from_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_TIME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "sv_SE.UTF-8")
    assert guess.country() == "SE"


def test_a_country_that_is_none_is_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_TIME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_EN.UTF-8")
    assert guess.country() != "EN"


def test_all_that_is_wrong_with_what_is_given_is_told_at_once_and_before_anything_is_asked(
    tmp_path: Path,
) -> None:
    given = ("--country", "Sverge", "--locale", "se", "--theme", "evryday", "--timezone", "Stockholm")
    result = call("init", tmp_path / "ws", *given, "--people", tmp_path / "none.csv", text="")
    assert result.exit_code == 2
    for told in ("'SE'?", "'everyday'?", "'Europe/Stockholm'?", "there is no file"):
        assert told in result.stderr
    assert "hint: did you mean sv (Swedish)? se is Northern Sami\n" in result.stderr
    assert "Organisation" not in result.stderr
    assert not (tmp_path / "ws").exists()


def test_the_letters_of_a_country_are_no_language(tmp_path: Path) -> None:
    result = call("init", tmp_path / "ws", text="Acme\nBA\n\n\nba\nbs\n\n\n")
    assert "did you mean bs (Bosnian)? ba is Bashkir" in result.stderr
    assert "locale: bs " in (tmp_path / "ws" / "csweek.yaml").read_text(encoding="utf-8")
    assert call("init", tmp_path / "de", "--locale", "de", "--yes").exit_code == 0
