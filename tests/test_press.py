import io
from datetime import date
from functools import partial
from pathlib import Path

import pikepdf
import pytest
from babel.dates import format_skeleton
from msgspec.structs import replace
from paper import over, pages
from samples import INPUTS, PLAN
from test_order import ORDER, SHOP, TALE, ordered, with_people

from csweek import folder
from csweek.errors import InputError, OutputError
from csweek.folder import template
from csweek.model.basics import Place
from csweek.model.inputs import Story
from csweek.render.cards import cover_words, press
from csweek.render.cards.cover import COLUMNS, covers, handed
from csweek.render.cards.order import Cards, Paper, cards
from csweek.render.cards.press import Shop
from csweek.render.cards.typeset import lines_of


def of_plan(**paper: object) -> Cards:
    return cards(PLAN.events, INPUTS, replace(ORDER, paper=replace(Paper(), **paper)), SHOP)


def test_previews_are_a_picture_of_each_page() -> None:
    documents = list(of_plan(form="png", sheet="a4-2up").documents(SHOP))
    assert [one.name for one in documents] == [f"{ORDER.folder}/{ORDER.stem}-{n}.png" for n in (1, 2)]
    assert all(one.content.startswith(b"\x89PNG") for one in documents)


def test_html_is_one_page_that_carries_its_fonts() -> None:
    (document,) = of_plan(form="html").documents(SHOP)
    assert document.name.endswith(".html")
    assert b"url(data:font" in document.content


def test_parts_begin_with_a_sheet_however_the_first_one_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "AT_ONCE", 2)
    order = replace(ORDER, paper=Paper("a4-4up", start=3))
    (batch,) = ordered(with_people({f"x{n}": ("Å", "sv") for n in range(15)}), order).batches
    assert [(part.first, len(part.sources)) for part in press.parts(batch)] == [(0, 6), (6, 8), (14, 1)]
    assert batch.sheets == 5


def test_all_that_does_not_fit_is_told_before_anything_is_made() -> None:
    stories = [
        Story(ORDER.stamp.date(), key, "hero", TALE * 3, Place("stories.csv", 7)) for key in ("x", "y")
    ]
    stories = [replace(story, date=PLAN.events[0].date) for story in stories]
    made = ordered(with_people({"x": ("Å", "sv"), "y": ("Ö", "sv")}, stories))
    with pytest.raises(InputError) as caught:
        next(made.documents(SHOP))
    assert [problem.message.split(" is ")[0] for problem in caught.value.problems] == [
        "the story of Å",
        "the story of Ö",
    ]


def test_the_cover_says_who_gets_which_card_and_what_is_handed_over_alone() -> None:
    (batch,) = of_plan().batches
    rows = {one.name: one for one in handed(batch, INPUTS.people)}
    assert rows["Ðorđe Šarić"].alone
    assert not rows["Åsa Öberg"].alone
    (made,) = covers([batch], INPUTS.people, SHOP)
    assert made.name == f"{batch.name}-cover.pdf"
    text = "\n".join(page.text for page in pages(made.content))
    for word in (
        "Cards: 4. Sheets of paper: 1 (a4-4up).",
        "1.1",
        "Ðorđe Šarić",
        "Leo Lind",
        "hand over alone",
        "Cuts for",
    ):
        assert word in text
    assert "200 to 250" in text


def test_a_long_cover_goes_on_on_further_pages() -> None:
    names = {f"x{n}": (f"Å{n}" + " von Hohenlohe zu Langenburg" * (n > 40), "sv") for n in range(90)}
    (cover,) = covers(ordered(with_people(names)).batches, INPUTS.people, SHOP)
    made = pages(cover.content)
    assert len(made) == 3
    assert "3 / 3" in made[2].text
    text = " ".join(page.text for page in made).split()
    assert [number for number in range(90) if f"Å{number}" not in text] == []
    assert text.count("Langenburg") == 49
    assert min(max(bottom for _, (*_, bottom), size in page.letters if size > 8) for page in made[:2]) > 270
    assert max(bottom for page in made for _, (*_, bottom), size in page.letters if size > 8) < 285


def test_a_word_wider_than_its_column_is_broken_within_it() -> None:
    long = "Wolfeschlegelsteinhausenbergerdorff"
    (cover,) = covers(
        ordered(with_people({"a": (long, "sv"), "b": ("Ö", "sv")})).batches, INPUTS.people, SHOP
    )
    (made,) = pages(cover.content)
    assert {"Wolfeschlegelsteinhause", "nbergerdorff"} <= set(made.text.split())
    assert not [x for _, (x, top, right, _), size in made.letters if size > 9 and top > 70 and x < 92 < right]


@pytest.mark.slow
def test_covers_of_many_are_printed_by_several_processes_to_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    batches = ordered(with_people({f"x{n}": (f"Å{n}", "sv") for n in range(30)})).batches
    alone = list(covers(batches * 2, INPUTS.people, SHOP))
    monkeypatch.setattr(press, "MANY", 1)
    assert list(covers(batches * 2, INPUTS.people, SHOP)) == alone


@pytest.mark.slow
def test_several_processes_give_the_same_bytes_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "AT_ONCE", 2)
    batches = ordered(with_people({f"x{n}": (f"Å{n}", "sv") for n in range(30)})).batches
    alone = list(press.press(batches, SHOP, workers=0))
    monkeypatch.setattr(press, "MANY", 1)
    done: list[int] = []
    together = list(press.press(batches, SHOP, workers=2, told=done.append))
    assert together == alone
    assert sum(done) == 30
    with pikepdf.open(io.BytesIO(alone[0].content)) as pdf:
        assert [str(page.label) for page in pdf.pages] == [f"Sheet {n}" for n in range(1, 9)]


ENDLESS = (
    "{% set n = namespace(a=[1], b=[1]) %}"
    "{% for _ in range(60) %}{% set n.a = [n.a, n.a] %}{% set n.b = [n.b, n.b] %}{% endfor %}{{ n.a == n.b }}"
)
"""It compares two to the power of sixty numbers, in one step of its loops."""


@pytest.mark.slow
def test_a_template_without_an_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "PATIENCE", 3)
    (tmp_path / "templates" / "cards").mkdir(parents=True)
    (tmp_path / "templates" / "cards" / "mine.html").write_text(ENDLESS, encoding="utf-8")
    shop = Shop(partial(folder.template, root=tmp_path), guarded=True)
    made = ordered(with_people({"x": ("Å", "sv")}), shop=shop, card="mine")
    with pytest.raises(OutputError) as caught:
        list(made.documents(shop))
    assert "templates/cards/mine.html: error: takes longer than 3 s" in str(caught.value)


def test_a_templates_mistake_is_told_by_its_line() -> None:
    reader = over({"cards/mine.html": "<p>\n{{ card.caled }}"})
    with pytest.raises(Exception, match=r"templates/cards/mine\.html:2: error: unknown name 'caled'"):
        list(ordered(with_people({"x": ("Å", "sv")}), card="mine").documents(Shop(reader)))
    assert template("cards/mine.html") is None


def test_every_column_of_a_cover_has_a_header_in_every_language() -> None:
    for head in cover_words.HEADS:
        assert all(head.texts[locale].strip() for locale in ("en", "sv", "ko", "bs"))


def test_a_day_on_a_cover_stands_on_one_line_in_every_language() -> None:
    for locale in ("en", "sv", "ko", "bs", "de", "ja"):
        long = [format_skeleton("MMMd", date(2027, month, 28), locale=locale) for month in range(1, 13)]
        assert {lines_of(day, 9.5, COLUMNS[1] - 2) for day in long} == {1}
