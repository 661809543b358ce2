import io

import pypdf
import pytest
from samples import REVISED, THEME

from csweek.folder import template
from csweek.render.announcements.channels.poster import Posters
from csweek.render.announcements.message import Block, Bullets, Heading, Message, Paragraph, Quote, Rule, Run
from csweek.render.paper import pdf

ABOUT = pdf.About("A poster", "Nordic Care", "ko", REVISED)


def drawn(*blocks: Block, title: str = "오늘 시작돼요") -> pypdf.PdfReader:
    if not pdf.available():
        pytest.skip("PlutoPrint has no wheel for this platform")
    message = Message("ko", title, (Run("Nordic Care"),), blocks)
    return pypdf.PdfReader(io.BytesIO(Posters(template).pdf(message, THEME.look, ABOUT)))


def said(text: str) -> Paragraph:
    return Paragraph((Run(text), Run(" and more", bold=True)))


def test_a_poster_is_one_page_of_a4_with_every_block() -> None:
    listed, told = Bullets(((said("one"),),), 4), Quote((said("words"),))
    found = drawn(said("Opening"), Heading(2, (Run("Below"),)), listed, Rule(), told)
    (page,) = found.pages
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    text = " ".join(page.extract_text().split())
    for part in (
        "오늘 시작돼요",
        "Nordic Care",
        "Opening and more",
        "Below",
        "4.",
        "one and more",
        "words and more",
    ):
        assert part in text
    assert found.metadata is not None
    assert found.metadata.title == "A poster"


def test_a_korean_line_has_letters_and_digits_of_one_weight() -> None:
    (page,) = drawn(
        Paragraph((Run("토요일 09:00", bold=True), Run("우리가 배운 것"))), title="40주 차 소식"
    ).pages
    fonts = page["/Resources"]["/Font"]  # type: ignore[index]
    assert not [name for one in fonts.values() if "Bold" in (name := str(one.get_object()["/BaseFont"]))]


@pytest.mark.slow
def test_more_text_than_a_page_holds_ends_with_a_whole_block() -> None:
    long = "is long enough to fill a line or two " * 6
    (page,) = drawn(*(said(f"Paragraph {number} {long}") for number in range(45))).pages
    text = page.extract_text()
    assert "Paragraph 0" in text
    assert "Paragraph 44" not in text
    assert text.rstrip().endswith("more")


def test_what_follows_a_list_keeps_its_distance_from_it() -> None:
    listed = Bullets(((said("one"),), (said("two"),)), None)
    found = drawn(listed, said("Below"))
    seen: list[tuple[float, str]] = []
    found.pages[0].extract_text(visitor_text=lambda text, _, at, *__: seen.append((float(at[5]), text)))
    height = {word: next(y for y, text in seen if word in text) for word in ("one", "two", "Below")}
    assert abs(height["Below"] - height["two"]) > 1.1 * abs(height["two"] - height["one"])
