from pathlib import Path

import pytest
from reading import write

from csweek.bundled import bundled
from csweek.folder import theme_names
from csweek.model.basics import Prepare
from csweek.model.inputs import Every, IdeaFilter, On, PerYear, Theme
from csweek.read.theme import read_theme

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
