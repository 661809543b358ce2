import pytest
from paper import MOTIFS

from csweek.folder import template
from csweek.render.cards import art
from csweek.render.cards.typeset import TOOLS
from csweek.render.templates import Templates


def test_chance_is_the_same_for_the_same_seed() -> None:
    numbers = [art.noise(3, number) for number in range(1000)]
    assert numbers == [art.noise(3, number) for number in range(1000)]
    assert 0 <= min(numbers) < 0.01
    assert 0.99 < max(numbers) < 1
    assert sum(numbers) / 1000 == pytest.approx(0.5, abs=0.03)


def test_colours_mix() -> None:
    assert art.mix("#000000", "#ffffff", 0.5) == "#808080"
    assert art.mix("#102030", "#ffffff", -1) == "#102030"


def test_a_colour_that_cannot_be_read_gives_way() -> None:
    assert art.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert art.readable("#0b7285", "#000000") == "#0b7285"
    assert art.readable("#f59f00", "#083b45") == "#083b45"


def test_a_smooth_path_goes_through_its_points() -> None:
    path = art.smooth(art.point(0, 0) + art.point(10, 5) + art.point(20, 0))
    assert path.startswith("M0.00 0.00C")
    assert " 10.00 5.00C" in path
    assert path.endswith(" 20.00 0.00")
    assert art.smooth("") == ""


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_motif_is_the_same_for_the_same_seed_and_small_enough_to_print_fast(motif: str) -> None:
    given = {"ink": "#083b45", "accent": "#0b7285", "second": "#f59f00", "paper": "#ffffff", "letter": "S"}
    drawn = [
        Templates(template, TOOLS).render(
            f"cards/motifs/{motif}.svg", given | {"width": 95, "height": 50, "seed": seed, "lang": "sv"}
        )
        for seed in (1, 1, 2)
    ]
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2] or motif == "letter"
    assert len(drawn[0]) < 40_000
