from pathlib import Path

import pytest
from cli import call, workspace

MINE = "<p style='font-size:5rem'>{{ card.called }} {{ card.extra.desk | default('') }}</p>"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path / "ws")


def put(root: Path, name: str, text: str) -> Path:
    file = root / "templates" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_sheets_are_listed_with_what_they_are(root: Path) -> None:
    put(root, "sheets/ours.yaml", "title: six cards\nunit: mm\n")
    result = call("template", "list", "sheet", root=root)
    lines = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    assert lines["ours"] == "six cards; your own"
    assert lines["avery-5871"] == "the same as avery-5371"
    assert "index cards" in lines["avery-5388"]
    assert result.stdout.startswith("ours")


def test_all_kinds_are_listed_also_for_programs(root: Path) -> None:
    result = call("template", "list", "--json", root=root)
    assert '"kind": "motif"' in result.stdout
    assert "small" not in [line.split()[0] for line in call("template", "list", "card").stdout.splitlines()]


def test_a_copy_goes_before_the_bundled_one(root: Path) -> None:
    result = call("template", "copy", "card", "hero", root=root)
    assert {Path(line).name for line in result.stdout.split()} == {"hero.html", "hero.css"}
    again = call("template", "copy", "card", "hero", root=root)
    assert (again.exit_code, "is there already; nothing was changed" in again.stderr) == (1, True)


@pytest.mark.parametrize(
    ("name", "file"), [("kickoff", "kickoff.md"), ("page", "page.html"), ("poster", "poster.html")]
)
def test_announcements_are_copied_too(root: Path, name: str, file: str) -> None:
    assert f"announcement  {name}" in call("template", "list", root=root).stdout
    result = call("template", "copy", "announcement", name, root=root)
    assert Path(result.stdout.strip()).name == file
    assert (root / "templates" / "announcements" / file).is_file()
    listed = call("template", "list", "announcement", root=root).stdout
    assert [name, "your", "own"] in [line.split() for line in listed.splitlines()]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("copy", "card", "thankyou"), "there is no card 'thankyou'\n  hint: did you mean 'thank-you'?"),
        (("copy", "sheet", "a4-4p"), "there is no sheet 'a4-4p'\n  hint: did you mean 'a4-4up'?"),
        (
            ("show", "thankyou.html"),
            "there is no card and no file 'thankyou.html'\n  hint: did you mean 'thank-you'?",
        ),
        (("show", "hero", "--sheet", "a4-4p"), "there is no sheet 'a4-4p'"),
    ],
)
def test_what_there_is_not_is_told(root: Path, words: tuple[str, ...], told: str) -> None:
    result = call("template", *words, root=root)
    assert (result.exit_code, told in result.stderr) == (2, True), result.stderr


def test_a_card_is_shown_with_sample_data(root: Path, tmp_path: Path) -> None:
    result = call("template", "show", "thank-you", "--format", "html", "--out", tmp_path / "o", root=root)
    assert result.exit_code == 0
    (made,) = (tmp_path / "o").rglob("*.html")
    assert "Sample" in made.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_file_anywhere_is_shown_and_its_mistakes_are_told(root: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "mine.html", tmp_path / "bad.html"
    good.write_text(MINE, encoding="utf-8")
    bad.write_text("<p>\n{{ card.caled }}", encoding="utf-8")
    assert call("template", "show", good, "--out", tmp_path / "o", root=root).exit_code == 0
    assert (tmp_path / "o" / "samples" / "mine.pdf").read_bytes().startswith(b"%PDF")
    result = call("template", "show", bad, "--out", tmp_path / "o", root=root)
    assert "templates/cards/bad.html:2: error: unknown name 'caled'" in result.stderr
    assert "did you mean 'called'?" in result.stderr


@pytest.mark.slow
def test_check_tries_the_workspaces_own_templates(root: Path) -> None:
    put(root, "cards/ours.html", "<p>\n\n{{ card.caled }}")
    put(root, "sheets/ours.yaml", "unit: cm\n")
    put(root, "../themes/mine.yaml", "name: Mine\nextends: base\nactions:\n  wow-note: {card: ours2}\n")
    text = (root / "csweek.yaml").read_text(encoding="utf-8").replace("service-as-a-power", "mine")
    (root / "csweek.yaml").write_text(text, encoding="utf-8")
    result = call("check", root=root)
    assert result.exit_code == 1
    assert "templates/cards/ours.html:3: error: unknown name 'caled'" in result.stdout
    assert "templates/sheets/ours.yaml:1:1: error: unit: input should be 'mm' or 'in'" in result.stdout
    assert "there is no card 'ours2', which 'wow-note' names\n  hint: did you mean 'ours'?" in result.stdout
