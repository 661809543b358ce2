from datetime import date

import pytest
from msgspec.structs import replace
from paper import over
from samples import INPUTS

from csweek.errors import UsageError
from csweek.folder import template
from csweek.model.basics import Place
from csweek.model.cards import CardRow
from csweek.render.cards.rows import of_rows
from csweek.render.cards.studio import Studio
from csweek.render.cards.typeset import rem, together
from csweek.render.paper.sheets import read_sheet


def test_korean_stays_together_within_words() -> None:
    assert together("김서연 님") == "<span class=word>김서연</span> <span class=word>님</span>"
    assert together("Åsa <b>") == "Åsa &lt;b&gt;"
    assert together("김 <b>") == "<span class=word>김</span> <span class=word>&lt;b&gt;</span>"


def test_points_become_units() -> None:
    assert rem(72) == "25.4000rem"


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("see the intranet", "p.csv:7: error: the link of Åsa Öberg: 'see the intranet' is no address"),
        ("javascript:alert(1)", "is no address"),
        ("https://x.example/" + "a" * 300, "a link of 318 characters makes a QR code too fine to read"),
    ],
)
def test_a_link_that_no_phone_opens_is_told_by_its_row(link: str, told: str) -> None:
    row = CardRow(Place("p.csv", 7), "", "p1", extra={"link": link})
    (one,), _ = of_rows([row], INPUTS, date(2027, 1, 20))
    studio = Studio(read_sheet("a4-4up", template), template)
    assert "qr" not in studio.draw(one)["card"]
    (problem,) = studio.told()
    assert told in str(problem)


def test_a_photo_that_is_missing_is_told_by_its_row() -> None:
    row = CardRow(Place("p.csv", 7), "", "p1", extra={"photo": "photos/gone.jpg"})
    (one,), _ = of_rows([row], INPUTS, date(2027, 1, 20))
    studio = Studio(read_sheet("a4-4up", template), template)
    studio.draw(replace(one, template="hero"))
    (problem,) = studio.told()
    assert "p.csv:7: error: the picture photos/gone.jpg is not there" in str(problem)


def test_cards_too_small_for_the_designs_are_told() -> None:
    text = "{unit: in, paper: [8.5, 11], card: [2, 1], grid: [2, 5], origin: [0.75, 0.5], pitch: [3.5, 2]}"
    reader = over({"sheets/small.yaml": text})
    with pytest.raises(UsageError, match=r"too small: 50\.8 x 25\.4 mm"):
        Studio(read_sheet("small", reader), template)
