from hypothesis import given, settings
from hypothesis import strategies as st

from csweek.model.theme import Look
from csweek.render.announcements.shades import AMPLE, Shades, by_day, by_night, enough
from csweek.render.cards.art import ENOUGH, contrast

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
LOOKS = st.builds(Look, COLOURS, COLOURS, COLOURS, COLOURS)


def assert_readable(shades: Shades) -> None:
    for colour in (shades.ink, shades.soft, shades.accent):
        assert contrast(colour, shades.sheet) >= ENOUGH
    assert contrast(shades.on_band, shades.band) >= ENOUGH


@settings(derandomize=True, max_examples=60)
@given(LOOKS)
def test_any_look_can_be_read_by_day_and_by_night(look: Look) -> None:
    assert_readable(by_day(look))
    assert_readable(by_night(look))


@settings(derandomize=True, max_examples=40)
@given(LOOKS)
def test_night_is_dark(look: Look) -> None:
    night = by_night(look)
    assert contrast(night.sheet, "#ffffff") >= 2 * AMPLE
    assert contrast(night.page, "#ffffff") >= contrast(night.sheet, "#ffffff")


def test_what_can_be_read_stays_as_the_theme_says() -> None:
    look = Look("#083b45", "#0b7285", "#f59f00", "#fffdf7")
    assert (by_day(look).sheet, by_day(look).accent, by_day(look).band) == ("#fffdf7", "#0b7285", "#0b7285")


def test_a_pale_accent_is_darkened_on_paper_and_kept_at_night() -> None:
    look = Look(accent="#ffe066")
    assert contrast(by_day(look).accent, by_day(look).sheet) >= ENOUGH
    assert by_night(look).accent == "#ffe066"


def test_where_nothing_is_enough_the_furthest_colour_is_taken() -> None:
    assert enough("#777777", "#808080", 21) == "#000000"
