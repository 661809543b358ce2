"""Every folder in wrong/ is a workspace with mistakes; its expected.txt is what must be said about it."""

import os
from pathlib import Path

import pytest

from csweek.read.workspace import read

WRONG = Path(__file__).parent / "wrong"
CALENDARS = "calendars"
"""Broken .ics files, which test_icscheck.py looks at."""


@pytest.mark.parametrize(
    "name", sorted(folder.name for folder in WRONG.iterdir() if folder.name != CALENDARS)
)
def test_it_says_what_is_wrong_and_where(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(WRONG / name)
    found = read(Path())
    said = "".join(f"{problem}\n" for problem in found.problems).replace(os.sep, "/")
    assert said == (WRONG / name / "expected.txt").read_text(encoding="utf-8")
    assert (found.inputs is None) == any(problem.is_error for problem in found.problems)


def test_no_message_shows_an_identity_number(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("identity-number-cells", "identity-number-column"):
        monkeypatch.chdir(WRONG / name)
        said = "\n".join(map(str, read(Path()).problems))
        assert not [n for n in ("811218", "880101", "536-90", "0101006", "046 454", "19850412") if n in said]
