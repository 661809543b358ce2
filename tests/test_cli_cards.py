"""``csweek cards`` as a user types it."""

import shutil
from pathlib import Path

import pypdf
import pytest
from cli import Made, call, workspace
from click.testing import Result
from paper import pages

JANUARY = ("--today", "2027-01-11")


def told(result: Result) -> str:
    return result.stderr


def test_before_writing_one_line_says_what_there_is(planned: Path, tmp_path: Path) -> None:
    result = call("cards", "--all-year", "--action", "wow-note", "--out", tmp_path, *JANUARY, root=planned)
    assert result.exit_code == 0
    assert " of wow-note in 2027, " in told(result)
    assert " sheets A4, one-sided" in told(result)


def test_cards_that_organisers_are_not_to_see_say_whose_they_are(planned: Path, tmp_path: Path) -> None:
    result = call("cards", "--all-year", "--person", "olga", "--out", tmp_path, *JANUARY, root=planned)
    lines = [line for line in told(result).splitlines() if " for an organiser in private/" in line]
    assert lines
    assert all(line.endswith("in private/liv: for Liv Lind to print and sign") for line in lines)
    assert (tmp_path / "private" / "liv").is_dir()


@pytest.mark.parametrize(
    ("locale", "title"),
    [
        pytest.param("en", "Cards · Support · Jan 11–17, 2027", marks=pytest.mark.slow),
        ("ko", "카드 · Support · 2027년 1월 11일~17일"),
        pytest.param("bs", "Kartice · Support · 11–17. januar 2027.", marks=pytest.mark.slow),
    ],
)
def test_a_cover_is_titled_in_the_organisations_language(
    root: Path, tmp_path: Path, locale: str, title: str
) -> None:
    with (root / "csweek.yaml").open("a", encoding="utf-8") as file:
        file.write(f"locale: {locale}\n")
    wanted = ("--week", "2", "--team", "Support", "--out", tmp_path / "out")
    assert call("cards", *wanted, *JANUARY, root=root).exit_code == 0
    (cover,) = (tmp_path / "out").rglob("*-cover.pdf")
    about = pypdf.PdfReader(cover).metadata
    assert about
    assert about.title == title


def test_who_is_left_out_stands_in_that_line(planned: Path, tmp_path: Path) -> None:
    data = tmp_path / "rows.csv"
    data.write_text("name,from\nanna,bo\nfia,bo\n", encoding="utf-8")
    result = call("cards", "--data", data, "--out", tmp_path, *JANUARY, root=planned)
    assert result.exit_code == 0
    assert f"1 card from {data}, 1 sheet A4, one-sided; left out: 1 (fia wants no thanks)" in told(result)


def test_a_table_with_a_bad_row_writes_nothing(planned: Path, tmp_path: Path) -> None:
    data = tmp_path / "rows.csv"
    data.write_text("name\nanna\nana akeson\n", encoding="utf-8")
    result = call("cards", "--data", data, "--out", tmp_path / "out", *JANUARY, root=planned)
    assert result.exit_code == 1
    assert ":3:1: error: person: there is nobody called 'ana akeson'" in told(result)
    assert not (tmp_path / "out").exists()


def test_blank_cards_need_no_plan(tmp_path: Path) -> None:
    bare = workspace(tmp_path / "ws")
    result = call("cards", "--blank", "6", "--out", tmp_path / "out", *JANUARY, root=bare)
    assert result.exit_code == 0
    assert "6 cards, 2 sheets A4, one-sided" in told(result)
    assert len(list((tmp_path / "out").rglob("cards-blank-*.pdf"))) == 2


def test_a_long_name_of_who_signs_stays_clear_of_the_date(tmp_path: Path) -> None:
    data = tmp_path / "rows.csv"
    data.write_text("called,from\nAmra,Konstantinopoljčevićwolfeschlegelsteinhausenka\n", encoding="utf-8")
    bare = workspace(tmp_path / "ws")
    assert call("cards", "--data", data, "--out", tmp_path / "out", *JANUARY, root=bare).exit_code == 0
    (made,) = (one for one in (tmp_path / "out").rglob("*.pdf") if not one.stem.endswith("cover"))
    letters = [(x, right) for _, (x, top, right, _), size in pages(made.read_bytes())[0].letters if top > 120]
    date = min(x for x, _ in letters if x > 60)
    assert max(right for x, right in letters if x < 60) < date - 2


@pytest.mark.parametrize("language", ["bs", "Bosanski"])
def test_without_a_workspace_a_language_may_be_asked_for(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("gosti.csv").write_text("ime;jezik\nAmra;\nÅsa;sv\n", encoding="utf-8")
    result = call("cards", "--data", "gosti.csv", "--locale", language, *JANUARY)
    assert result.exit_code == 0, told(result)
    made = {path.stem.rpartition("-")[2]: pypdf.PdfReader(path) for path in tmp_path.rglob("*.pdf")}
    cover = made.pop("cover")
    (cards,) = made.values()
    said = cards.pages[0].extract_text()
    assert "Usluga kao snaga".upper() in said
    assert "Några rader skrivna för hand." in said
    assert "Nije 100 mm" in said
    assert cover.metadata
    assert cover.metadata.title == "Kartice"


@pytest.mark.parametrize("option", ["--calibrate", pytest.param("--contact-sheet", marks=pytest.mark.slow)])
def test_pages_beside_the_cards(planned: Path, tmp_path: Path, option: str) -> None:
    assert call("cards", option, "--out", tmp_path, *JANUARY, root=planned).exit_code == 0
    (made,) = tmp_path.glob("*.pdf")
    assert made.read_bytes().startswith(b"%PDF")


def test_one_document_for_each_owner_lies_in_their_folder(planned: Path, tmp_path: Path) -> None:
    result = call("cards", "--all-year", "--per", "owner", "--out", tmp_path, *JANUARY, root=planned)
    assert result.exit_code == 0
    folders = {path.parent.name for path in (tmp_path / "private").rglob("*.pdf")}
    assert {"bo", "liv", "olga"} <= folders


def test_of_one_owner_nobody_elses_cards_are_made(planned: Path, tmp_path: Path) -> None:
    wish = ("cards", "--all-year", "--owner", "bo", "--per", "owner", "--out", tmp_path)
    assert " from Bo Berg in 2027, " in told(call(*wish, *JANUARY, root=planned))
    assert {path.parent.name for path in tmp_path.rglob("*.pdf")} == {"bo"}


@pytest.mark.parametrize(
    ("per", "folders"),
    [
        ("team", {"organisers": ["natt", "support", "visitors"]}),
        ("owner", {"bo": ["bo"], "liv": ["liv"], "organisers": ["a_friend"]}),
    ],
)
def test_rows_of_a_table_come_as_one_document_for_each(
    planned: Path, tmp_path: Path, per: str, folders: dict[str, list[str]]
) -> None:
    data = tmp_path / "rows.csv"
    guest = ",Mrs Guest,Visitors,A friend"
    data.write_text(f"name,called,team,from\nanna,,,bo\neva,,,liv\ndan,,,bo\n{guest}\n", encoding="utf-8")
    result = call("cards", "--data", data, "--per", per, "--out", tmp_path / "out", *JANUARY, root=planned)
    assert "4 cards from " in told(result)
    made: dict[str, list[str]] = {}
    for path in sorted((tmp_path / "out" / "private").rglob("*.pdf")):
        if not path.name.endswith("-cover.pdf"):
            made.setdefault(path.parent.name, []).append(path.name.split("-")[2])
    assert made == folders


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (
            ("--sheet", "avery-53710"),
            2,
            "there is no sheet 'avery-53710'\n  hint: did you mean 'avery-5371'?",
        ),
        (("--card", "thankyou"), 2, "there is no card 'thankyou'\n  hint: did you mean 'thank-you'?"),
        (
            ("--person", "Ana Akeson"),
            2,
            "nobody is called 'Ana Akeson'\n  hint: did you mean 'Anna Åkesson'?",
        ),
        (("--site", "mian"), 2, "no site is called 'mian'\n  hint: did you mean 'main'?"),
        (("--action", "wow-not"), 2, "no action is called 'wow-not'\n  hint: did you mean 'wow-note'?"),
        (("--week", "3", "--day", "2027-01-20"), 2, "--week and --day exclude each other"),
        (("--blank", "3", "--week", "3"), 2, "--blank and --week exclude each other"),
        (("--blank", "3", "--per", "team"), 2, "--blank and --per exclude each other"),
        (("--blank", "3", "--card", "year"), 2, "--card year hangs on a wall, so --blank means nothing"),
        (("--blank", "3", "--calibrate"), 2, "--blank and --calibrate exclude each other"),
        (
            ("--sheet", "a4-4up", "--start-at", "5"),
            2,
            "sheet 'a4-4up' has 4 places, so --start-at 5 is too high\n  hint: the last place is 4",
        ),
        (("--week", "3", "--locale", "sv"), 2, "a planned card is in the language of whoever gets it"),
        (("--blank", "3", "--locale", "xx"), 2, "the theme does not speak 'xx'\n  hint: it speaks en"),
        (("--shift", "3"), 2, "'3' is no shift\n  hint: write it like 1mm,-0.5mm"),
        (("--shift", "3m,0"), 2, "'3m,0' is no shift"),
        (("--shift", "90,0"), 2, "'90,0' is more than 50 mm"),
        (
            ("--data", "nothing.csv"),
            1,
            "there is no file nothing.csv\n  hint: paths are relative to the folder that",
        ),
        (
            ("--day", "2027-01-16"),
            0,
            "There are no cards on 2027-01-16. The next are in week 3: --week 3. --all-year makes those",
        ),
    ],
)
def test_what_cannot_be_is_told(
    planned: Path, tmp_path: Path, options: tuple[str, ...], code: int, message: str
) -> None:
    result = call("cards", *options, "--out", tmp_path, *JANUARY, root=planned)
    assert (result.exit_code, message in told(result)) == (code, True), told(result)
    assert list(tmp_path.iterdir()) == []


def test_a_font_or_a_sheet_of_the_workspace_that_is_wrong_is_told(tmp_path: Path) -> None:
    bare = workspace(tmp_path / "ws")
    (bare / "fonts").mkdir()
    (bare / "fonts" / "x.ttf").write_text("no font", encoding="utf-8")
    assert "fonts/x.ttf: error: this is not a font" in told(
        call("cards", "--blank", "1", *JANUARY, root=bare)
    )
    (bare / "fonts" / "x.ttf").unlink()
    (bare / "templates" / "sheets").mkdir(parents=True)
    (bare / "templates" / "sheets" / "ours.yaml").write_text("unit: mm\npapr: [210, 297]\n", encoding="utf-8")
    result = call("cards", "--blank", "1", "--sheet", "ours", *JANUARY, root=bare)
    assert "templates/sheets/ours.yaml:2:1: error: papr: " in told(result)
    assert "did you mean 'paper'?" in told(result)


@pytest.mark.parametrize(("card", "name"), [("year", "year-2027.pdf"), ("poster", "poster-2027-01.pdf")])
def test_pages_for_a_wall_lie_where_everyone_may_read_them(
    planned: Path, tmp_path: Path, card: str, name: str
) -> None:
    result = call("cards", "--card", card, "--out", tmp_path, *JANUARY, root=planned)
    assert result.exit_code == 0
    assert "1 page for a wall, A4" in told(result)
    assert [path.name for path in (tmp_path / "share" / "posters").iterdir()] == [name]
    refused = call("cards", "--card", card, "--owner", "bo", "--out", tmp_path, *JANUARY, root=planned)
    assert "hangs on a wall, so --owner means nothing" in told(refused)


def test_what_was_printed_is_remembered_with_its_sheet_and_place(first_plan: Made, tmp_path: Path) -> None:
    made = Path(shutil.copytree(first_plan.folder, tmp_path / "ws"))
    wish = ("cards", "--all-year", "--action", "wow-note", "--person", "anna", *JANUARY)
    assert "printed before" not in told(call(*wish, "--dry-run", root=made))
    assert "printed before" not in told(call(*wish, root=made))
    again = told(call(*wish, "--proof", root=made))
    assert "cards of these were printed before: e" in again
    ident = again.split("printed before: ")[1].split(",")[0]
    page = call("show", "event", ident, *JANUARY, root=made).stdout
    assert "for Anna Åkesson on sheet 1 of a4-4up, place " in " ".join(page.split())


def test_without_people_blank_cards_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "--data FILE makes one for each row of a table, --blank 20 nameless ones" in told(
        call("cards", "--week", "3", *JANUARY)
    )


def test_a_table_without_its_option_is_told_the_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "team.csv").write_text("name\nAnna\n")
    assert "cards --data team.csv makes a card for each of its rows" in told(call("cards", "team.csv"))
    assert "--data" not in told(call("cards", "other.csv"))
