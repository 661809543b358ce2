from pathlib import Path

import pytest
from reading import write

from csweek.bundled import bundled
from csweek.folder import theme_names
from csweek.model.basics import Prepare
from csweek.model.theme import Every, IdeaFilter, On, PerYear, Theme
from csweek.read.theme import read_theme
from csweek.read.workspace import read_themes

BASE = """
name: Ground
motto: {en: Go, sv: Kör}
look: {ink: "#111111", motif: rays}
traits:
  - {id: calm, title: {en: Calm, sv: Lugn}, text: Be calm.}
  - {id: eye, title: An eye, text: Look.}
actions:
  note:
    {practice: wow, title: {en: A note, sv: En rad}, how: Say it., per_year: 4, minutes: 15,
     prepare: {minutes: 5, weeks: 1}}
  tea: {practice: career, title: Tea, how: Pour., tags: [quiet]}
  gone: {practice: heroes, title: Gone, how: Go.}
celebration: {csw-1: [tea], csw-2: [gone]}
"""
ABOVE = """
extends: ground
motto: {sv: Framåt}
look: {accent: "#abc"}
traits: [{id: eye}, {id: new, title: New, text: New.}]
actions:
  note: {title: {sv: En hälsning}, every: 2 weeks, ideas: {tags: quiet}}
  gone:
  talk:
    {practice: skip_level, title: Talk, how: Ask., on: [csw-1, last-day - 1 week], ideas: [tea], trait: eye}
celebration: {csw-2: []}
"""


def theme(folder: Path, name: str = "above") -> Theme:
    found, problems = read_theme(
        name, write(folder, {"themes/ground.yaml": BASE, "themes/above.yaml": ABOVE})
    )
    assert found, problems
    return found


def test_a_theme_takes_over_what_it_does_not_change(tmp_path: Path) -> None:
    found = theme(tmp_path)
    assert found.name.texts == {"en": "Ground"}
    assert found.motto.texts == {"en": "Go", "sv": "Framåt"}
    assert (found.look.ink, found.look.accent, found.look.motif) == ("#111111", "#aabbcc", "rays")
    assert [(trait.id, trait.title.say("sv")) for trait in found.traits] == [
        ("eye", "An eye"),
        ("new", "New"),
    ]
    assert list(found.actions) == ["note", "tea", "talk"]
    assert found.celebration == {"csw-1": ("tea",), "csw-2": ()}


def test_an_action_is_changed_key_by_key_and_its_rhythm_as_one(tmp_path: Path) -> None:
    note = theme(tmp_path).actions["note"]
    assert note.title.texts == {"en": "A note", "sv": "En hälsning"}
    assert (note.rhythm, note.minutes, note.prepare) == (Every(2), 15, Prepare(5, 1))
    assert note.ideas == IdeaFilter(tags=frozenset({"quiet"}))
    assert Path(note.place.file).name == "above.yaml"
    assert theme(tmp_path, "ground").actions["note"].rhythm == PerYear(4)


def test_an_action_with_fixed_days_and_listed_ideas(tmp_path: Path) -> None:
    talk = theme(tmp_path).actions["talk"]
    assert isinstance(talk.rhythm, On)
    assert [(a.kind, a.nth, a.shift) for a in talk.rhythm.anchors] == [("csw", 1, 0), ("last-day", 0, -1)]
    assert (talk.ideas, talk.trait, talk.owed) == (IdeaFilter(ids=("tea",)), "eye", True)
    assert not theme(tmp_path).actions["tea"].owed


def test_a_workspace_theme_may_extend_the_bundled_one_that_it_hides(tmp_path: Path) -> None:
    write(tmp_path, {"themes/base.yaml": "name: Our base\nextends: base\n"})
    found, problems = read_theme("base", tmp_path)
    bundled_base, _ = read_theme("base", None)
    assert found, problems
    assert bundled_base
    assert found.name.say("en") == "Our base"
    assert set(found.actions) == set(bundled_base.actions)


def test_names_are_listed_the_workspaces_first(tmp_path: Path) -> None:
    write(tmp_path, {"themes/zebra.yaml": "name: Z\n"})
    assert theme_names(tmp_path)[0] == "zebra"
    assert set(theme_names(None)) == {path.stem for path in bundled("themes").glob("*.yaml")}


@pytest.mark.parametrize("name", theme_names(None))
def test_bundled_themes_are_right(name: str) -> None:
    found, problems = read_theme(name, None)
    assert not problems
    assert found
    assert found.id == name


@pytest.mark.parametrize("name", ["../base", "/etc/passwd", ".", "..", ""])
def test_a_name_never_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    found, (problem, *_) = read_theme(name, tmp_path)
    assert found is None
    assert "no theme" in problem.message


# --- include, off, address -----------------------------------------------------------------------

PARTS = {
    "themes/ours.yaml": "name: Ours\ninclude: [parts, extra]\nactions: {tea: {minutes: 3}}\n",
    "themes/parts/a.yaml": "actions: {tea: {practice: career, title: Tea, how: Pour.}}\n",
    "themes/parts/b.yaml": "actions: {tea: {title: {sv: Te}, minutes: 7}}\nmotto: {sv: Drick}\n",
    "themes/extra.yaml": "actions: {cake: {practice: wow, title: Cake, how: Bake.}}\n",
}


def test_a_theme_includes_files_and_folders_and_its_own_lines_come_last(tmp_path: Path) -> None:
    found, problems = read_theme("ours", write(tmp_path, PARTS))
    assert not problems
    assert found
    assert list(found.actions) == ["tea", "cake"]
    assert found.actions["tea"].title.texts == {"en": "Tea", "sv": "Te"}
    assert (found.actions["tea"].minutes, found.motto.texts) == (3, {"sv": "Drick"})
    assert Path(found.actions["cake"].place.file).name == "extra.yaml"
    assert "a" not in theme_names(tmp_path)


@pytest.mark.parametrize(
    ("include", "said"),
    [
        ("[part]", "did you mean 'parts'?"),
        ("[../secret]", "nothing to include under '../secret'"),
        ("[/etc]", "nothing to include under '/etc'"),
        ("[own]", "an included file has no 'extends'"),
    ],
)
def test_what_cannot_be_included_is_told_at_its_place(include: str, said: str, tmp_path: Path) -> None:
    files = {**PARTS, "secret.yaml": "name: x\n", "themes/own.yaml": "name: x\nextends: base\n"}
    files["themes/ours.yaml"] = f"name: Ours\ninclude: {include}\n"
    found, (problem,) = read_theme("ours", write(tmp_path, files))
    assert found is None
    assert said in str(problem)
    assert problem.place
    assert problem.place.line == 2


def test_actions_are_switched_off_also_where_they_stand_in_a_programme(tmp_path: Path) -> None:
    above = "extends: ground\nactions: {note: off, tea: off, gone: off}\n"
    found, problems = read_theme(
        "above", write(tmp_path, {"themes/ground.yaml": BASE, "themes/above.yaml": above})
    )
    assert problems == ()
    assert found
    assert (dict(found.actions), found.celebration) == ({}, {"csw-1": (), "csw-2": ()})


def test_switching_off_what_is_not_there_is_a_warning(tmp_path: Path) -> None:
    above = "extends: ground\nactions:\n  nota: off\n"
    root = write(tmp_path, {"themes/ground.yaml": BASE, "themes/above.yaml": above})
    found, (problem,) = read_theme("above", root)
    assert found
    assert not problem.is_error
    assert "did you mean 'note'?" in str(problem)
    assert problem.place
    assert (problem.place.line, problem.place.column) == (3, 3)


def test_an_empty_motto_is_no_motto(tmp_path: Path) -> None:
    root = write(tmp_path, {"themes/ground.yaml": BASE, "themes/above.yaml": "extends: ground\nmotto:\n"})
    found, _ = read_theme("above", root)
    assert found
    assert found.motto.say("en") == ""


def test_another_motto_in_english_leaves_the_old_translations_behind(tmp_path: Path) -> None:
    root = write(tmp_path, {"themes/ground.yaml": BASE, "themes/above.yaml": "extends: ground\nmotto: Run\n"})
    found, _ = read_theme("above", root)
    assert found
    assert found.motto.texts == {"en": "Run"}


FORMS = """
name: {en: Ours, bs: "Pita[j|jte]"}
address: {bs: [ti, Vi], de: [du, Sie]}
actions:
  tea: {practice: career, title: Tea, how: {bs: "Nalij[|te] ako [možeš|možete].", en: "a [b] c"}}
"""


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (None, "Nalij ako možeš."),
        ("Vi", "Nalijte ako možete."),
        ("vi", "Nalijte ako možete."),
        ("ti", "Nalij ako možeš."),
    ],
)
def test_texts_take_the_form_of_address_that_a_workspace_asks_for(
    address: str | None, said: str, tmp_path: Path
) -> None:
    yaml = f"theme: ours\naddress: {{bs: {address}}}\n" if address else "theme: ours\n"
    (turn,), problems = read_themes(write(tmp_path, {"csweek.yaml": yaml, "themes/ours.yaml": FORMS}))
    assert not [problem for problem in problems if "address" in str(problem)]
    assert turn.theme.actions["tea"].how.texts == {"bs": said, "en": "a [b] c"}


def test_a_form_of_address_that_the_theme_does_not_know_is_told(tmp_path: Path) -> None:
    yaml = "theme: ours\naddress: {bs: mi}\n"
    _, problems = read_themes(write(tmp_path, {"csweek.yaml": yaml, "themes/ours.yaml": FORMS}))
    (problem,) = (one for one in problems if "'mi'" in one.message)
    assert "bs: ti or Vi" in (problem.hint or "")
    assert problem.place
    assert problem.place.line == 2


def test_a_workspace_changes_adds_and_switches_off_in_its_own_file(tmp_path: Path) -> None:
    yaml = """
theme: [ground, {from: 2027-10-04, theme: other}]
actions:
  note: {minutes: 3}
  tea: off
  cake: {practice: wow, title: Cake, how: Bake.}
celebration: {csw-1: [cake]}
"""
    other = "name: Other\nactions: {note: {practice: wow, title: N, how: Do.}}\n"
    files = {"csweek.yaml": yaml, "themes/ground.yaml": BASE, "themes/other.yaml": other}
    (first, second), problems = read_themes(write(tmp_path, files))
    assert not [problem for problem in problems if "actions" in str(problem) or "tea" in str(problem)]
    assert set(first.theme.actions) == {"note", "gone", "cake"}
    assert set(second.theme.actions) == {"note", "cake"}
    assert [turn.theme.actions["note"].minutes for turn in (first, second)] == [3, 3]
    assert first.theme.celebration["csw-1"] == ("cake",)


def test_groups_are_led_by_leaders_and_everything_else_by_managers_unless_said(tmp_path: Path) -> None:
    lunch = "{practice: skip_level, title: Lunch, how: Sit., audience: group, per_year: 1}"
    talk = "{practice: career, title: Talk, how: Ask., per_year: 1}"
    text = f"name: Ours\nactions:\n  lunch: {lunch}\n  talk: {talk}\n"
    found, problems = read_theme("ours", write(tmp_path, {"themes/ours.yaml": text}))
    assert found, problems
    assert [found.actions[one].owner for one in ("lunch", "talk")] == ["leader", "manager"]
