"""The answers to the form are one more people file."""

from pathlib import Path

import pytest
import xlsxwriter

from csweek.folder import template
from csweek.model.basics import Occasion, Thanks
from csweek.read.workspace import read
from csweek.render.announcements.voice import Vocabulary, Voice

QUESTIONS = ("email", "thanks", "celebrate", "called", "birthday-question")


def answered(root: Path, locale: str, *answers: tuple[str, str, str, str, str]) -> Path:
    """Make a workspace with the answers as a form in a language exports them."""
    language, _, form = locale.partition(" ")
    voice = Voice(Vocabulary(template, {language: form}), language)
    book = xlsxwriter.Workbook(root / "answers.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Start time", *(voice.tell(f"form.{question}") for question in QUESTIONS)])
    for number, (email, thanks, celebrate, called, birthday) in enumerate(answers, 1):
        chosen = [voice.tell(f"form.{one}") for one in (thanks, celebrate)]
        sheet.write_row(number, 0, ["2027-01-08 09:12", email, *chosen, called, birthday])
    book.close()
    people = "id,name,email\np1,Åsa Öberg,asa@x.example\np2,Shaun O'Brien,shaun@x.example\n"
    (root / "people.csv").write_text(people, encoding="utf-8")
    (root / "csweek.yaml").write_text(
        "theme: service-as-a-power\npeople: [people.csv, answers.xlsx]\n", encoding="utf-8"
    )
    return root


@pytest.mark.parametrize("locale", ["en", "sv", "ko", "bs ti", "bs Vi"])
@pytest.mark.parametrize(
    ("choice", "thanks"), [("public", Thanks.PUBLIC), ("private", Thanks.PRIVATE), ("never", Thanks.NEVER)]
)
def test_every_answer_is_known_again(locale: str, choice: str, thanks: Thanks, tmp_path: Path) -> None:
    root = answered(
        tmp_path, locale,
        ("asa@x.example", choice, "both", "Åsa", "05-22"), ("shaun@x.example", choice, "none", "", ""),
    )  # fmt: skip
    reading = read(root)
    assert [str(one) for one in reading.problems if one.is_error] == []
    assert reading.inputs
    first, second = reading.inputs.people
    assert (first.thanks, first.called, first.birthday) == (thanks, "Åsa", (5, 22))
    assert first.celebrate == frozenset(Occasion)
    assert (second.thanks, second.celebrate) == (thanks, frozenset())


@pytest.mark.parametrize("locale", ["en", "sv", "ko", "bs ti", "bs Vi"])
@pytest.mark.parametrize("occasion", list(Occasion))
def test_each_day_is_known_again(locale: str, occasion: Occasion, tmp_path: Path) -> None:
    reading = read(answered(tmp_path, locale, ("asa@x.example", "public", occasion.value, "", "")))
    assert reading.inputs
    assert next(iter(reading.inputs.people)).celebrate == frozenset({occasion})
