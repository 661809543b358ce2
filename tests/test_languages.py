"""A further language is made of files alone: csweek's own words, and the texts of themes."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
import yaml
from cli import workspace

from csweek import render
from csweek.bundled import PACKAGE, bundled, translations
from csweek.model.basics import Words

WORDS = {
    "Thank-you card": "Dankeskarte",
    "In the spotlight: {}": "Im Blick: {}",
    "{} min": "{} Min.",
    "Wow": "Wow",
}
THEME = """
actions:
  weekly-moment:
    title: {de: Zehn Minuten als Team}
    how: {de: "[Triff|Treffen Sie] das Team zu Beginn der Schicht."}
  customers-words:
    title: {de: Mit den Worten des Kunden}
    how: {de: "[Lies|Lesen Sie] eine Nachricht vor."}
address: {de: [du, Sie]}
"""


def test_there_are_no_further_languages_yet() -> None:
    assert translations() == {}


def test_words_are_read_by_language_and_english_text(tmp_path: Path) -> None:
    (tmp_path / "de.yaml").write_text('Wow: Wow\n"{} min": "{} Min."\nTask:\n', encoding="utf-8")
    assert translations(tmp_path) == {"de": {"Wow": "Wow", "{} min": "{} Min."}}


def phrases(found: object) -> Iterator[Words]:
    """Every text of csweek's own in a module's value."""
    if isinstance(found, Words):
        yield found
    parts = found.values() if isinstance(found, Mapping) else found if isinstance(found, tuple) else ()
    for part in parts:
        yield from phrases(part)


def fixed(locale: str) -> set[str]:
    """All of csweek's own lines that stand in modules, in a language."""
    modules = [import_module(one.name) for one in walk_packages(render.__path__, "csweek.render.")]
    return {
        one.texts[locale] for module in modules for value in vars(module).values() for one in phrases(value)
    }


def style(locale: str) -> dict[str, Any]:
    """What texts in a language may not say."""
    text = (Path(__file__).parent / "languages" / f"{locale}.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def test_fixed_lines_address_nobody_in_bosnian() -> None:
    """They are the same for ti and Vi, as csweek.yaml may ask for either."""
    forms = style("bs")["forms"]
    asking = r"(?i)\b(štampaj|pozovi|upiši|označi|probaj|presavij|ostavi|izaberi|postavi)\b"
    texts = fixed("bs")
    assert len(texts) > 100
    patterns = [*forms["ti"], *forms["Vi"], asking]
    assert [text for text in texts for pattern in patterns if re.search(pattern, text)] == []


@pytest.mark.parametrize("locale", ["en", "sv", "ko", "bs"])
def test_fixed_lines_keep_to_the_house_style(locale: str) -> None:
    """Units, commands and blanks alone may have Latin letters in Korean."""
    blank = {re.sub(r"\{\w+\}", "{}", text) for text in fixed(locale)}
    bare = {re.sub(r"csweek done --from|[cm]m|g/m|\bx", "", text) for text in blank}
    patterns = [pattern for pattern, _ in style(locale)["forbidden"]]
    assert [text for text in bare for pattern in patterns if re.search(pattern, text)] == []


@pytest.fixture
def german(tmp_path: Path) -> Path:
    """A copy of csweek with German files beside its own."""
    home = tmp_path / "copy"
    shutil.copytree(PACKAGE, home / "csweek", ignore=shutil.ignore_patterns("__pycache__"))
    for kind in ("themes", "templates"):
        shutil.copytree(bundled(kind), home / kind)
    (home / "templates" / "words").mkdir()
    said = "".join(f'"{english}": "{text}"\n' for english, text in WORDS.items())
    (home / "templates" / "words" / "de.yaml").write_text(said, encoding="utf-8")
    (home / "themes" / "base" / "de.yaml").write_text(THEME, encoding="utf-8")
    return home


def run(home: Path, root: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(home), "COLUMNS": "80", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "csweek", "-C", str(root), *arguments]
    done = subprocess.run(command, cwd=home, env=environment, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


@pytest.mark.slow
def test_a_fifth_language_needs_only_files(german: Path, tmp_path: Path) -> None:
    root = workspace(tmp_path / "w")
    yaml = (root / "csweek.yaml").read_text(encoding="utf-8")
    (root / "csweek.yaml").write_text(f"{yaml}locale: de\naddress: {{de: Sie}}\n", encoding="utf-8")
    shown = run(german, root, "ideas", "weekly-moment", "--locale", "de")
    assert "Zehn Minuten als Team" in shown
    assert "Treffen Sie das Team" in shown
    run(german, root, "plan", "--yes", "--today", "2026-12-01")
    run(german, root, "export", "ics", "--out", str(root / "out"), "--today", "2026-12-01")
    calendars = "".join(path.read_text(encoding="utf-8") for path in (root / "out").rglob("*.ics"))
    assert "Dankeskarte" in calendars
    assert "Mit den Worten des Kunden" in calendars
