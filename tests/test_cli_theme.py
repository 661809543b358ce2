import json
from pathlib import Path

import pypdf
import pytest
from cli import ONE, call, workspace

from csweek.cli.themes.own_theme import colours
from csweek.read.theme import read_theme
from csweek.render.cards import art
from csweek.render.paper import pdf


def test_the_bundled_themes_are_listed() -> None:
    lines = call("theme", "list").stdout.splitlines()
    assert {"base", "service-as-a-power"} <= {line.split()[0] for line in lines}
    found = json.loads(call("theme", "list", "--json").stdout)
    assert {"en", "sv", "ko", "bs"} <= next(t for t in found if t["id"] == "service-as-a-power")[
        "motto"
    ].keys()


def test_a_workspaces_own_theme_comes_first(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "themes").mkdir()
    (root / "themes" / "ours.yaml").write_text("name: Ours\nextends: base\nmotto: {en: Our own motto}\n")
    assert call("theme", "list", root=root).stdout.splitlines()[0].split() == ["ours", "Our", "own", "motto"]
    assert call("theme", "show", "ours", root=root).stdout.startswith("Ours · ours")


def test_a_theme_is_shown_with_its_days_and_practices() -> None:
    text = call("theme", "show", "service-as-a-power").stdout
    for part in ("Motto", "The five days, and the day after", "Wow", "Career", "every week", "ideas"):
        assert part in text
    assert max(map(len, text.splitlines())) <= 80
    whole = json.loads(call("theme", "show", "service-as-a-power", "--json").stdout)
    assert set(whole["celebration"]) == {"csw-1", "csw-2", "csw-3", "csw-4", "csw-5", "day-after"}
    assert any(action["owed"] == "every week" for action in whole["actions"])


def test_a_theme_that_is_not_there_is_an_error_with_a_hint() -> None:
    result = call("theme", "show", "servise-as-a-power")
    assert result.exit_code == 1
    assert "service-as-a-power" in result.stderr


@pytest.mark.parametrize("kind", ["workspace", "theme", "people"])
def test_the_schemas_are_json_schemas(kind: str) -> None:
    schema = json.loads(call("theme", "schema", kind).stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


# --- one of your own -----------------------------------------------------------------------------

FLAGS = [
    "--name",
    "Ask again",
    "--motto",
    "none",
    "--extends",
    "everyday",
    "--colour",
    "violet",
    "--motif",
    "dots",
]


def test_a_theme_is_made_from_flags_and_can_be_used_at_once(tmp_path: Path) -> None:
    root = workspace(tmp_path, ONE)
    made = call("theme", "new", *FLAGS, "--yes", root=root)
    assert made.exit_code == 0
    assert made.stdout.strip() == str(root / "themes" / "ask-again.yaml")
    found, problems = read_theme("ask-again", root)
    assert not problems
    assert found
    assert (found.name.texts, found.motto.texts, found.look.motif) == ({"en": "Ask again"}, {}, "dots")
    assert found.celebration["csw-1"] == ("an-ordinary-case",)
    again = call("theme", "new", *FLAGS, "--yes", root=root)
    assert again.exit_code == 1
    assert "is there already" in again.stderr
    assert call("plan", "--theme", "ask-again", root=root).exit_code == 0


def test_a_theme_is_made_from_five_questions_each_asked_until_it_holds(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    made = call("theme", "new", root=root, text="Åter igen\n\nbas\nbase\n#abc\nstars\nrays\n")
    assert made.exit_code == 0
    assert "did you mean 'base'?" in made.stderr
    assert "there is no motif 'stars'" in made.stderr
    found, _ = read_theme("ater-igen", root)
    assert found
    assert found.motto.say("sv") == "Åter igen"


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ([], "take --name"),
        (["--name", "!"], "a name needs letters"),
        (["--name", "x", "--colour", "mauve-ish"], "there is no colour"),
        (["--name", "x", "--motif", "wavs"], "did you mean 'waves'?"),
        (["--name", "x", "--extends", "bas"], "did you mean 'base'?"),
    ],
)
def test_an_answer_that_does_not_hold_is_wrong_usage(flags: list[str], said: str, tmp_path: Path) -> None:
    root = workspace(tmp_path)
    result = call("theme", "new", *flags, "--yes", root=root)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (root / "themes").exists()


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#ffff00", "#0b7285", "#888888"])
def test_any_colour_becomes_colours_that_can_be_read(colour: str) -> None:
    found = colours(colour)
    assert art.contrast(found.ink, found.paper) >= 7
    assert art.contrast(found.accent, found.paper) >= 4.5


# --- a page --------------------------------------------------------------------------------------


@pytest.mark.skipif(not pdf.available(), reason="PDF cannot be made on this platform")
@pytest.mark.parametrize(
    ("name", "locale"), [("service-as-a-power", "ko"), pytest.param("everyday", "sv", marks=pytest.mark.slow)]
)
def test_a_theme_is_shown_on_one_page(name: str, locale: str, tmp_path: Path) -> None:
    result = call("theme", "show", name, "--out", tmp_path, "--locale", locale)
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / f"theme-{name}.png").read_bytes().startswith(b"\x89PNG")
    (page,) = pypdf.PdfReader(tmp_path / f"theme-{name}.pdf").pages
    text = " ".join(page.extract_text().split())
    found, _ = read_theme(name, None)
    assert found
    for ids in found.celebration.values():
        for one in ids:
            assert found.actions[one].title.say(locale) in text
    assert found.motto.say(locale) in text
    assert found.look.accent in text


def test_without_a_motto_notes_leave_its_place_out(tmp_path: Path) -> None:
    root = workspace(tmp_path, ONE)
    yaml = (root / "csweek.yaml").read_text(encoding="utf-8").replace("service-as-a-power", "everyday")
    (root / "csweek.yaml").write_text(yaml, encoding="utf-8")
    call("plan", "--yes", "--today", "2026-12-01", root=root)
    for kind in ("weekly", "kickoff", "countdown"):
        said = call(
            "announce", kind, "--today", "2027-10-04" if kind != "countdown" else "2027-09-27", root=root
        )
        assert said.exit_code == 0, said.stderr
        assert "\n\n\n" not in said.stdout
        assert "**" not in said.stdout


def test_a_theme_is_shown_in_no_language_that_it_does_not_speak() -> None:
    result = call("theme", "show", "everyday", "--locale", "xx")
    assert result.exit_code == 2
    assert "the theme does not speak 'xx'\n  hint: it speaks en, sv, ko, bs" in result.stderr
