"""What each channel takes, and what it may hold at most."""

import email
import email.policy
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any

import blockkit
import pytest
from announced import announced, room_of
from announced_year import DAY, DAYS, TALK, YEAR_INPUTS, YEAR_PLAN
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from csweek.render.announcements.channels.commonmark import markdown
from csweek.render.announcements.channels.mail import eml
from csweek.render.announcements.channels.plain import plain_text
from csweek.render.announcements.channels.slack import MOST_BLOCKS, MOST_HEADER, MOST_TEXT, block_kit, mrkdwn
from csweek.render.announcements.channels.teams import MOST_BYTES, adaptive_card
from csweek.render.announcements.kinds import KINDS, Ask
from csweek.render.announcements.message import (
    BREAK,
    Block,
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

Json = dict[str, Any]
VALIDATOR = Path(__file__).parent / "adaptive_card.js"
MODULES = VALIDATOR.parent / "programs" / "node_modules"


def said(text: str, **manner: object) -> Paragraph:
    return Paragraph((Run(text, **manner),))  # type: ignore[arg-type]


def message(*blocks: Block, title: str = "A title") -> Message:
    return Message("en", title, (Run("by line"),), blocks)


BOTH = Run("both", bold=True, italic=True)
EVERYTHING = message(
    said("Plain *stars* & <tags>."),
    Heading(2, (Run("Below"),)),
    Paragraph((Run("bold", bold=True), Run(" "), BOTH, BREAK, Run("x_y", code=True))),
    Bullets(((said("one"),), (said("two"), Bullets(((said("deep"),),))))),
    Bullets(((said("first"),),), 3),
    Quote((said("words"), said("— by"))),
    Rule(),
    Paragraph((Run("a page", link="https://x.example/?a=1&b=<2>|3"), Run(" and "), Run("tekst", lang="bs"))),
    said("All in italics.", italic=True),
)
SENTENCE = "This is a sentence of some length, and it ends here. "


@cache
def made() -> Mapping[str, str]:
    """Every announcement of the year for Slack and Teams, by name."""
    room, found = room_of(YEAR_PLAN, YEAR_INPUTS, DAY), {}
    for kind in KINDS:
        ask = Ask(DAYS.get(kind, DAY), event=TALK if kind == "invitation" else None)
        found.update(announced(room, kind, ask, ["slack", "teams"]))
    return found


def of(channel: str) -> list[str]:
    return [text for name, text in made().items() if f".{channel}." in name]


# --- text and Markdown ----------------------------------------------------------------------------


def test_text_shows_every_block() -> None:
    assert plain_text(EVERYTHING) == (
        "A title\nby line\n\nPlain *stars* & <tags>.\n\nBelow\n\nbold both\nx_y\n\n"
        "  - one\n  - two\n      - deep\n\n  3. first\n\n  words\n\n  — by\n\n————————————\n\n"
        "a page (https://x.example/?a=1&b=<2>|3) and tekst\n\nAll in italics.\n"
    )


def test_markdown_reads_back_as_what_was_meant() -> None:
    shown = MarkdownIt("commonmark").render(markdown(EVERYTHING))
    assert "<h1>A title</h1>" in shown
    assert "Plain *stars* &amp; &lt;tags&gt;." in shown
    assert re.search("<strong>bold</strong> <(em|strong)><(em|strong)>both</", shown)
    assert "<code>x_y</code>" in shown
    assert "<li>deep</li>" in shown
    assert '<ol start="3">' in shown
    assert "<hr />" in shown
    assert ">a page</a> and tekst" in shown


# --- Slack ----------------------------------------------------------------------------------------


def rebuilt(block: Json) -> Json:
    """Build a block anew with blockkit, which refuses what Slack would refuse."""
    made: Any = blockkit.Divider()
    if block["type"] == "header":
        made = blockkit.Header(blockkit.Text(block["text"]["text"], type="plain_text", emoji=False))
    elif block["type"] == "rich_text":
        made = blockkit.RichText(elements=[_element(one) for one in block["elements"]])
    return dict(made.build())


def _element(one: Json) -> Any:  # noqa: ANN401 - one of blockkit's many classes
    if one["type"] == "rich_text_list":
        return blockkit.RichTextList(one["style"], [_element(item) for item in one["elements"]])
    kind = {"rich_text_section": blockkit.RichTextSection, "rich_text_quote": blockkit.RichTextQuote}
    return kind[one["type"]](elements=[_run(run) for run in one["elements"]])


def _run(run: Json) -> Any:  # noqa: ANN401 - as above
    style = blockkit.RichStyle(**run["style"]) if "style" in run else None
    if run["type"] == "link":
        return blockkit.RichLinkEl(url=run["url"], text=run["text"], style=style)
    return blockkit.RichTextEl(run["text"], style)


def size_of(block: Json) -> int:
    return sum(len(value["text"]) for value in json.loads(json.dumps(block), object_hook=_noted) if value)


def _noted(value: Json) -> Any:  # noqa: ANN401 - a tree of lists
    inner = [one for part in value.values() if isinstance(part, list) for one in _flat(part)]
    return ([{"text": value["text"]}] if isinstance(value.get("text"), str) else []) + inner


def _flat(parts: list[Any]) -> Iterator[Json]:
    for part in parts:
        yield from _flat(part) if isinstance(part, list) else [part]


@pytest.mark.slow
def test_block_kit_is_what_slacks_schema_allows() -> None:
    assert len(of("slack")) > 40
    for text in [block_kit(EVERYTHING), *of("slack")]:
        blocks = json.loads(text)["blocks"]
        assert [rebuilt(block) for block in blocks] == blocks


def test_every_announcement_is_within_slacks_limits() -> None:
    for text in of("slack"):
        _within(json.loads(text))


def _within(shown: Json) -> None:
    assert len(shown["blocks"]) <= MOST_BLOCKS
    assert len(shown["text"]) <= MOST_TEXT
    for block in shown["blocks"]:
        assert size_of(block) <= (MOST_HEADER if block["type"] == "header" else MOST_TEXT)


def test_a_long_text_is_shortened_at_a_sentence() -> None:
    whole = SENTENCE * 80
    shown = json.loads(block_kit(message(Heading(2, (Run("Head"),)), said(whole), title=SENTENCE * 9)))
    _within(shown)
    title, _, body = (block for block in shown["blocks"])
    assert title["text"]["text"].endswith("ends here.")
    assert body["elements"][1]["elements"][0]["text"].endswith("ends here.")


def test_a_long_list_ends_with_a_whole_item_and_an_ellipsis() -> None:
    shown = json.loads(block_kit(message(Bullets(tuple((said(SENTENCE.strip()),) for _ in range(90))))))
    _within(shown)
    (listed,) = shown["blocks"][2]["elements"]
    *whole, last = [item["elements"][0]["text"] for item in listed["elements"]]
    assert set(whole) == {SENTENCE.strip()}
    assert last == "…"


def test_more_blocks_than_slack_takes_end_with_an_ellipsis() -> None:
    shown = json.loads(block_kit(message(*[said("x")] * 90)))
    assert len(shown["blocks"]) == MOST_BLOCKS
    assert shown["blocks"][-1]["elements"][0]["elements"] == [{"type": "text", "text": "…"}]


@settings(derandomize=True, max_examples=20)
@given(st.lists(st.text(st.sampled_from("ab. *_~`<>&|\n🎉"), max_size=400), max_size=70))
def test_any_message_is_within_slacks_limits(texts: list[str]) -> None:
    _within(json.loads(block_kit(message(*(said(text * 20) for text in texts)))))


def test_mrkdwn_escapes_what_people_wrote() -> None:
    shown = mrkdwn(EVERYTHING)
    assert shown.startswith("*A title*\nby line\n\nPlain \u200b*\u200bstars\u200b*\u200b &amp; &lt;tags&gt;.")
    assert "*bold* *_both_*" in shown
    assert "<https://x.example/?a=1&amp;b=&lt;2&gt;%7C3|a page>" in shown
    assert ">words\n>— by" in shown
    assert "• one\n• two\n   • deep" in shown


# --- Teams ----------------------------------------------------------------------------------------

RULES: dict[str, set[str]] = {
    "AdaptiveCard": {"$schema", "type", "version", "lang", "fallbackText", "msteams", "body"},
    "Container": {"type", "style", "items", "separator"},
    "RichTextBlock": {"type", "spacing", "inlines"},
    "TextRun": {"type", "text", "size", "weight", "color", "isSubtle", "italic", "fontType", "selectAction"},
    "Action.OpenUrl": {"type", "url"},
}
"""What each element of Adaptive Cards 1.5 may have, of what is used here. Source: its explorer of schemas."""
CHOICES = {
    "size": {"large"}, "weight": {"bolder"}, "color": {"accent"}, "fontType": {"monospace"},
    "style": {"emphasis"}, "spacing": {"None", "Small", "Large"},
}  # fmt: skip


def card_of(text: str) -> Json:
    shown = json.loads(text)
    assert shown["type"] == "message"
    (attachment,) = shown["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card: Json = attachment["content"]
    return card


def check_card(element: Json) -> None:
    assert set(element) <= RULES[element["type"]]
    assert all(element[name] in allowed for name, allowed in CHOICES.items() if name in element)
    for name in ("body", "items", "inlines"):
        for below in element.get(name, ()):
            check_card(below)
    if "selectAction" in element:
        check_card(element["selectAction"])
        assert element["selectAction"]["url"].startswith(("https://", "http://", "mailto:"))


def test_every_card_follows_the_schema_and_fits() -> None:
    for text in [adaptive_card(EVERYTHING), *of("teams")]:
        card = card_of(text)
        assert (card["type"], card["version"]) == ("AdaptiveCard", "1.5")
        assert re.fullmatch("[a-z]{2}", card["lang"])
        check_card(card)
        assert len(text.encode()) <= MOST_BYTES


@pytest.mark.slow
def test_the_makers_own_renderer_accepts_every_card(tmp_path: Path) -> None:
    if not (shutil.which("node") and (MODULES / "adaptivecards").is_dir()):
        assert os.environ.get("CSWEEK_PROGRAMS") != "required", "node or its modules are missing"
        pytest.skip("needs node, and npm ci --prefix tests/programs")
    cards = [card_of(text) for text in [adaptive_card(EVERYTHING), *of("teams")]]
    (tmp_path / "cards.json").write_text(json.dumps(cards), encoding="utf-8")
    run = subprocess.run(
        ["node", str(VALIDATOR), str(tmp_path / "cards.json")],
        env={**os.environ, "NODE_PATH": str(MODULES)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == f"{len(cards)} cards"


@settings(derandomize=True, max_examples=15)
@given(st.lists(st.sampled_from(["Short. ", SENTENCE * 40, "요.  " * 900, "x" * 9000]), max_size=12))
def test_any_card_fits_and_ends_between_words(texts: list[str]) -> None:
    shown = adaptive_card(message(*(said(text) for text in texts)))
    assert len(shown.encode()) <= MOST_BYTES
    for block in card_of(shown)["body"][2:]:
        text = block["inlines"][0]["text"]
        assert any(one.startswith(text.removesuffix("…")) for one in texts)
        assert text in texts or text.endswith((".", "…"))


# --- mail -----------------------------------------------------------------------------------------


def parsed(data: bytes) -> EmailMessage:
    found = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_draft_has_both_forms_and_the_right_headers() -> None:
    found = parsed(
        eml(message(said("x"), title="Žao 🎉"), "text å\n", "<p>page å</p>\n", [('Ek, "Bo"', "bo@x.example")])
    )
    assert [part.get_content_type() for part in found.walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip
    assert (found["Subject"], found["X-Unsent"], found["Content-Language"]) == ("Žao 🎉", "1", "en")
    (receiver,) = found["To"].addresses
    assert (receiver.display_name, receiver.addr_spec) == ('Ek, "Bo"', "bo@x.example")
    plain, page = found.iter_parts()
    assert plain.get_content().splitlines() == ["text å"]
    assert page.get_content().splitlines() == ["<p>page å</p>"]
    assert found.defects == []


def test_a_draft_is_the_same_each_time_and_has_short_lines_of_ascii() -> None:
    data = eml(message(), "å" * 5000, "<p>" + "x" * 5000)
    assert data == eml(message(), "å" * 5000, "<p>" + "x" * 5000)
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert b"\n" not in data.replace(b"\r\n", b"")


@settings(derandomize=True, max_examples=30)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=78))
def test_any_subject_and_text_comes_back(text: str) -> None:
    subject = " ".join(text.split())
    found = parsed(eml(message(title=subject), f"{subject}\n", f"<p>{subject}</p>\n"))
    assert found["Subject"] == subject
    body = found.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == [subject]


@pytest.mark.parametrize("title", ["a\r\nBcc: x@y.example", "a\nb", "x" * 400, 'q"uo"te', "🎉" * 60])
def test_no_title_adds_a_header(title: str) -> None:
    inputs = room_of(YEAR_PLAN, YEAR_INPUTS, DAY)
    reader = {"announcements/form.md": b"# {{ title }}\n"}
    del inputs, reader
    found = parsed(eml(message(title=" ".join(title.split())), "x", "y"))
    assert set(found.keys()) == {"Subject", "X-Unsent", "Content-Language", "MIME-Version", "Content-Type"}
    assert len(found["Subject"]) <= 78


# --- all of them ----------------------------------------------------------------------------------


MADE_BY = {"txt": plain_text, "md": markdown, "slack": block_kit, "mrkdwn": mrkdwn, "teams": adaptive_card}


@pytest.mark.parametrize("channel", MADE_BY)
def test_every_channel_says_every_text(channel: str) -> None:
    words = {word for runs in paragraphs(EVERYTHING.blocks) for word in re.findall(r"\w+", text_of(runs))}
    shown = MADE_BY[channel](EVERYTHING).replace("\u200b", "")
    assert {word for word in words if word not in shown} == set()
