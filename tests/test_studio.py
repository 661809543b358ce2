import pytest
from paper import over

from csweek.errors import UsageError
from csweek.folder import template
from csweek.render.cards.studio import Studio
from csweek.render.cards.typeset import rem, together
from csweek.render.paper.sheets import read_sheet


def test_korean_stays_together_within_words() -> None:
    assert together("김서연 님") == "<span class=word>김서연</span> <span class=word>님</span>"
    assert together("Åsa <b>") == "Åsa &lt;b&gt;"
    assert together("김 <b>") == "<span class=word>김</span> <span class=word>&lt;b&gt;</span>"


def test_points_become_units() -> None:
    assert rem(72) == "25.4000rem"


def test_cards_too_small_for_the_designs_are_told() -> None:
    text = "{unit: in, paper: [8.5, 11], card: [2, 1], grid: [2, 5], origin: [0.75, 0.5], pitch: [3.5, 2]}"
    reader = over({"sheets/small.yaml": text})
    with pytest.raises(UsageError, match=r"too small: 50\.8 x 25\.4 mm"):
        Studio(read_sheet("small", reader), template)
