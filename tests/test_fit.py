from hypothesis import assume, given, settings
from hypothesis import strategies as st

from csweek.render.paper import fonts
from csweek.render.paper.fit import Type, fit, lines_at

NAME = Type(fonts.HAND, 30, 14, 1.05, headline=True)
BODY = Type(fonts.SANS, 9, 7.5)


def test_a_short_name_has_the_largest_size() -> None:
    assert fit("Åsa", NAME, 85, 12.5).size == 30
    assert fit("Å", NAME, 85, 12.5).lines == 1


def test_a_long_name_shrinks_and_stays_on_one_line_where_it_can() -> None:
    found = fit("Wolfeschlegelsteinhausenbergerdorff", NAME, 85, 12.5)
    assert found.fits
    assert found.lines == 1
    assert 14 <= found.size < 20


def test_a_name_too_long_for_one_line_takes_two() -> None:
    found = fit("Maria de los Ángeles Fernández Rodríguez de la Torre", NAME, 85, 12.5)
    assert (found.fits, found.lines) == (True, 2)


def test_what_fits_in_no_size_says_how_much_would() -> None:
    found = fit("word " * 600, BODY, 81, 40)
    assert not found.fits
    assert fit(("word " * 600)[: found.room], BODY, 81, 40).fits
    assert not fit("W" * 60, NAME, 85, 12.5).fits


def test_ideographs_break_anywhere_and_korean_between_words() -> None:
    assert fit("直" * 60, BODY, 81, 40).fits
    assert not fit("직" * 60, BODY, 81, 40).fits


@settings(derandomize=True, max_examples=60)
@given(st.text("ab cdé ", max_size=900), st.floats(40, 120), st.floats(10, 60))
def test_what_is_said_to_fit_keeps_within_its_box(text: str, width: float, height: float) -> None:
    found = fit(text, BODY, width, height)
    assume(found.fits)
    assert BODY.smallest <= found.size <= BODY.largest
    assert found.height <= height + 0.011
    assert fonts.width(" ".join(text.split()), BODY.face, found.size) <= width * found.lines


def test_a_word_longer_than_a_line_is_broken() -> None:
    at = (fonts.text_face("a"), 9.5, 39.0)
    assert lines_at("", *at) == lines_at("Amra Hadžić", *at) == 1
    assert lines_at("Amra Hadžihasanović-Ćatić", *at) == 2
    assert lines_at("Wolfeschlegelsteinhausenbergerdorff", *at) == 2
    assert lines_at("Ö Wolfeschlegelsteinhausenbergerdorff Ö", *at) == 3
