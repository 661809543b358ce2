import json
import re
from pathlib import Path

import pytest
from cli import call, workspace

from csweek.cli.themes.library import Looked, entries, tags_of
from csweek.model.basics import Audience, Cost, Practice
from csweek.model.theme import Theme
from csweek.read.theme import read_theme
from csweek.render.screen.ideas import library


@pytest.fixture(scope="module")
def theme() -> Theme:
    found, _ = read_theme("service-as-a-power", None)
    assert found
    return found


def found(*arguments: str, root: Path | None = None) -> list[dict[str, object]]:
    result = call("ideas", "--json", *arguments, root=root)
    assert result.exit_code == 0, result.stderr
    listed: list[dict[str, object]] = json.loads(result.stdout)
    return listed


def test_all_are_listed_in_lines_that_fit_with_their_ids(theme: Theme) -> None:
    result = call("ideas")
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    ids = {line.split()[-1] for line in lines if line[:1] in {"•", " "}}
    assert set(theme.actions) <= ids
    assert f"{len(theme.actions)} actions." in result.stdout
    marked = {line.split()[-1] for line in lines if line.startswith("•")}
    assert {"thank-you", "weekly-moment", "day-why", "birthday"} <= marked
    assert "one-true-thing" not in marked


def test_a_narrow_terminal_shows_titles_rather_than_figures(theme: Theme) -> None:
    listed = library(list(entries(theme, Looked())), "en", 60, full=False)
    lines = [re.sub("\\x1b\\[\\d*m", "", line) for line in listed]
    assert max(map(len, lines)) <= 60
    assert any(re.fullmatch(r"• An anniversary card +anniversary", line) for line in lines)


def test_the_filters_of_the_manual_find_what_fits_all_of_them() -> None:
    wanted = found("--practice", "wow", "--max-cost", "none", "--remote", "--max-minutes", "10")
    assert wanted
    for one in wanted:
        assert "wow" in {one["practice"], one["focus"]}
        assert one["cost"] == "none"
        assert "remote" in one["tags"]  # type: ignore[operator]
    assert {"turned-round", "customers-words"} <= {one["id"] for one in wanted}
    assert "card-brought-by-hand" not in {one["id"] for one in wanted}


@pytest.mark.parametrize("words", ["coffee", "kaffe", "KAFFE dagordning", "커피", "kafa", "without agenda"])
def test_words_are_sought_in_every_language_without_case_or_accents(words: str) -> None:
    assert [one["id"] for one in found("--search", words)] == ["coffee-without-an-agenda"]


def test_few_are_shown_in_full_and_many_when_asked(theme: Theme) -> None:
    text = call("ideas", "day-why", "wow-note").stdout
    assert theme.actions["day-why"].how.say("en").split(". ", maxsplit=1)[0] in " ".join(text.split())
    assert "Monday of CSW" in text
    assert "4 times a year" in text
    assert "in turn in wow-note" in call("ideas", "--search", "clip copy survey", "--full").stdout
    assert len(call("ideas", "--full").stdout) > 5 * len(call("ideas").stdout)


def test_what_is_announced_is_told_with_the_command() -> None:
    assert "csweek announce scorecard tells of it" in " ".join(
        call("ideas", "customer-numbers").stdout.split()
    )
    assert "tells of it" not in call("ideas", "weekly-moment").stdout


def test_a_practice_may_be_written_as_people_say_it() -> None:
    assert found("--practice", "skip-level") == found("--practice", "SKIP_LEVEL")


def test_another_language_and_theme() -> None:
    text = call("ideas", "--theme", "uk-week", "--locale", "sv", "human-and-machine").stdout
    assert text.startswith("Måndag: människa och teknik")
    assert call("ideas", "--theme", "uk-week", "--locale", "Svenska", "human-and-machine").stdout == text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--locale", "klingon"], "'klingon' is not a language\n  hint: the theme speaks en, sv, ko, bs"),
        (["--locale", "xx"], "the theme does not speak 'xx'\n  hint: it speaks en, sv, ko, bs"),
        (["--tag", "remtoe"], "did you mean 'remote'?"),
        (["--owner", "leadr"], "did you mean 'leader'?"),
        (["thank-yuo"], "did you mean 'thank-you'?"),
        (["--practice", "fun"], "'fun' is not one of"),
    ],
)
def test_what_is_misspelt_is_told(arguments: list[str], said: str) -> None:
    result = call("ideas", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not result.stdout


def test_nothing_that_fits_is_said_and_no_error() -> None:
    result = call("ideas", "--search", "helicopter")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Leave out a filter" in result.stderr


def test_a_workspaces_changes_show(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    with (root / "csweek.yaml").open("a", encoding="utf-8") as file:
        file.write("address: {bs: Vi}\nactions:\n  birthday: off\n  thank-you: {minutes: 77}\n")
    (root / "people.csv").write_text("no such file is read\n", encoding="utf-8")
    listed = {str(one["id"]): one for one in found(root=root)}
    assert "birthday" not in listed
    assert listed["thank-you"]["minutes"] == 77
    assert "Uručite" in listed["thank-you"]["how"]["bs"]  # type: ignore[index]


def test_an_entry_knows_who_takes_it_and_on_which_day_it_stands(theme: Theme) -> None:
    known = {entry.action.id: entry for entry in entries(theme, Looked())}
    assert known["one-true-thing"].taken_by == ("thank-you",)
    assert known["promise"].days == ("day-after",)
    assert known["thank-you"].taken_by == ()
    assert {"thanks", "remote"} <= set(tags_of(theme))


def test_every_filter_narrows(theme: Theme) -> None:
    looked = Looked(
        practices=frozenset({Practice.SKIP_LEVEL}), audiences=frozenset({Audience.GROUP}),
        owners=frozenset({"leader"}), tags=frozenset({"night"}), max_cost=Cost.NONE, max_minutes=50,
    )  # fmt: skip
    assert [entry.action.id for entry in entries(theme, looked)] == ["alongside-for-half-an-hour"]


def test_an_id_that_there_is_not_is_met_with_a_near_one_or_the_way_to_all() -> None:
    assert "hint: did you mean 'wow-note'?" in call("ideas", "wow-not").stderr
    [_, hint] = call("ideas", "nope").stderr.splitlines()
    assert re.fullmatch(r"  hint: csweek ideas lists all \d+", hint)
