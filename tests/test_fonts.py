from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from csweek.model.basics import Letters
from csweek.render.paper import fonts


def test_the_configuration_names_the_packaged_folders_and_no_other() -> None:
    config = ET.fromstring(fonts.font_config(Path("/a & b"), [Path("mine")]))  # noqa: S314 - our own text
    folders = [Path(str(entry.text)) for entry in config.iter("dir")]
    assert folders[-1] == Path("mine")
    assert all(list(folder.glob("*.tt[fc]")) for folder in folders[:-1])
    assert [entry.text for entry in config.iter("cachedir")] == [str(Path("/a & b"))]
    assert not list(config.iter("include"))


@pytest.mark.parametrize(
    "text", ["Åsa Öberg", "Ðorđe Šarić", "김서연 님", "Shaun O'Brien", "Ωμέγα", "直あ", "e\u0301\u200d"]
)
def test_names_of_many_scripts_can_be_drawn(text: str) -> None:
    assert fonts.missing(text) == ()


def test_characters_that_no_font_has_are_told_once_each() -> None:
    assert fonts.missing("a😀b😀\u0627") == ("😀", "\u0627")


@pytest.mark.parametrize(
    ("name", "face"),
    [
        ("Ðorđe", fonts.HAND),
        ("Пётр", fonts.HAND),
        ("Ωμέγα", fonts.SANS),
        ("Nguyễn", fonts.SANS),
        ("김서연", fonts.CJK),
        ("Kim 서연", fonts.CJK),
    ],
)
def test_a_name_is_set_in_one_face(name: str, face: str) -> None:
    assert fonts.display_face(name) == face


@pytest.mark.parametrize(
    ("letters", "name", "face"),
    [
        (Letters.SERIF, "Ðorđe", fonts.SERIF),
        (Letters.SERIF, "Ωμέγα", fonts.SANS),
        (Letters.SANS, "Åsa", fonts.LIGHT),
        (Letters.SANS, "김서연", fonts.CJK),
    ],
)
def test_a_theme_chooses_the_letters_of_names(letters: Letters, name: str, face: str) -> None:
    assert fonts.display_face(name, letters) == face


@pytest.mark.parametrize(
    ("lang", "region"),
    [("ko", "KR"), ("ko-KR", "KR"), ("zh-Hant-TW", "TC"), ("zh", "SC"), ("ja", "JP"), ("sv", "JP")],
)
def test_han_characters_take_the_shapes_of_the_language(lang: str, region: str) -> None:
    assert fonts.region(lang) == region
    assert f"'Noto Sans CJK {region}'" in fonts.stack(fonts.SANS, lang)


def test_a_text_is_as_wide_as_its_letters() -> None:
    one = fonts.width("직", fonts.SANS, 72)
    assert fonts.width("직직", fonts.SANS, 36) == pytest.approx(one)
    assert 20 < one < 26
