from hypothesis import given, settings
from hypothesis import strategies as st

from csweek.render.announcements.markdown import Values, message
from csweek.render.announcements.message import (
    BREAK,
    Bullets,
    Heading,
    Message,
    Paragraph,
    Quote,
    Rule,
    Run,
    paragraphs,
    text_of,
)

SIGNS = st.text(st.sampled_from("*_`#[]()<>!~|\\-+=1. :/&;{}$x") | st.characters(codec="utf-8"))


def read(text: str, *values: str) -> Message:
    """Read Markdown in which each @ stands for the next value."""
    given_ = Values()
    marks = [given_.mark(value) for value in values]
    for mark in marks:
        text = text.replace("@", mark, 1)
    return message(text, given_, "en")


def test_the_first_heading_is_the_title_and_the_paragraph_after_it_the_byline() -> None:
    found = read("# Title of @\n\nWhose **and** when\n\nText", "x")
    assert (found.title, text_of(found.byline)) == ("Title of x", "Whose and when")
    assert found.blocks == (Paragraph((Run("Text"),)),)
    assert read("Text").title == ""


def test_every_block_is_known() -> None:
    found = read("# T\n\nby\n\n## Two\n\n- a\n- b\n  - c\n\n3. d\n\n> q\n\n---\n\n    code").blocks
    plain = Paragraph((Run("a"),))
    nested = (Paragraph((Run("b"),)), Bullets(((Paragraph((Run("c"),)),),)))
    assert found == (
        Heading(2, (Run("Two"),)),
        Bullets(((plain,), nested)),
        Bullets(((Paragraph((Run("d"),)),),), 3),
        Quote((Paragraph((Run("q"),)),)),
        Rule(),
        Paragraph((Run("code", code=True),)),
    )


def test_every_manner_is_known() -> None:
    (block,) = read("a **b** *c* `d` [e](https://x.example) [f](lang:sv)\\\ng\nh").blocks
    assert block == Paragraph(
        (Run("a "), Run("b", bold=True), Run(" "), Run("c", italic=True), Run(" "), Run("d", code=True),
         Run(" "), Run("e", link="https://x.example"), Run(" "), Run("f", lang="sv"), BREAK, Run("g h"))
    )  # fmt: skip


def test_html_and_pictures_stay_text() -> None:
    (block,) = read("<b>x</b> ![y](https://z.example/a.png)").blocks
    assert text_of(next(paragraphs((block,)))) == "<b>x</b> !y"


def test_only_links_that_lead_to_a_page_or_an_address_are_links() -> None:
    for target in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "x y", "//x.example"):
        (block,) = read("[here](@)", target).blocks
        assert block == Paragraph((Run("here"),))
    for target in ("https://x.example/?a=1&b=2", "mailto:a@x.example"):
        (block,) = read("[here](@)", target).blocks
        assert block == Paragraph((Run("here", link=target),))


@settings(derandomize=True, max_examples=80)
@given(SIGNS)
def test_a_value_is_never_markup(value: str) -> None:
    found = read("# @\n\nx\n\n- **@** · @\n\n> @", *[f"v{value}w"] * 4)
    one_line = " ".join(found.title.split())
    title, text = found.title, [text_of(runs) for runs in paragraphs(found.blocks)]
    assert "\n" not in title
    assert title.startswith("v")
    assert title.endswith("w")
    assert text == [f"{title} · {title}", title]
    assert one_line == " ".join(title.split())


def test_a_value_that_looks_like_a_mark_is_text() -> None:
    found = read("@", "\ue0000\ue001")
    assert text_of(next(paragraphs(found.blocks))) == "\ue0000\ue001"


def test_a_value_is_on_one_line_and_turns_no_text_round() -> None:
    assert read("# @", "a\r\n\tb\u202ec\x00").title == "a bc"
    assert read("# @", "9:00\u00a0AM").title == "9:00\u00a0AM"


def test_a_paragraph_of_an_empty_value_is_left_out() -> None:
    assert read("# T\n\nby\n\n@\n\nx", "").blocks == (Paragraph((Run("x"),)),)
