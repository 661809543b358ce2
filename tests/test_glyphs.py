import pytest

from csweek.render.paper import fonts
from csweek.render.paper.glyphs import Glyphs, read_glyphs


def known_glyphs(face: str) -> Glyphs:
    with fonts.font_file(face).open("rb") as file:
        return read_glyphs(file)


@pytest.mark.parametrize(
    ("face", "has", "lacks"),
    [(fonts.HAND, "AzÅđŽЖ", "김Ω"), (fonts.SANS, "AzÅđŽЖΩế", "김"), (fonts.CJK, "A김直あ", "\u0627😀")],
)
def test_a_font_says_which_letters_it_has(face: str, has: str, lacks: str) -> None:
    known = known_glyphs(face)
    assert [letter for letter in has if letter not in known] == []
    assert [letter for letter in lacks if letter in known] == []


def test_widths_are_in_thousandths_of_the_size() -> None:
    known = known_glyphs(fonts.CJK)
    assert known.width("直") == 1000
    assert known.width("直直") == 2000
    assert 0 < known.width("i") < known.width("m") < 1000
