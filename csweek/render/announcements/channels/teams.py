"""Teams: an Adaptive Card 1.5 in the envelope that a Workflows webhook takes.

Texts stand in rich text, which shows them as they are; a TextBlock would read Markdown in them.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from csweek.model.basics import language_of
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
    Runs,
    paragraphs,
)
from csweek.render.announcements.shorten import MORE, shortened

MOST_BYTES = 28_000
"""Of a message with its card. Source: Microsoft, limits for webhooks in Teams (28 KB)."""
VERSION = "1.5"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
_CARD = "application/vnd.microsoft.card.adaptive"
_SAFE_END = 40
"""Bytes kept for what an element has around its text."""

Json = dict[str, Any]


def adaptive_card(message: Message) -> str:
    """Return a message as the JSON that a Workflows webhook takes, shortened from its end if need be."""
    head, body = list(_head(message)), list(_body(message.blocks))
    while body and len(_written(message, [*head, *body])) > MOST_BYTES:
        over = len(_written(message, [*head, *body])) - MOST_BYTES
        body = [*body[:-1], *_less(body[-1], over)]
    return _written(message, [*head, *body]).decode()


def _written(message: Message, body: Sequence[Json]) -> bytes:
    card = {
        "$schema": SCHEMA,
        "type": "AdaptiveCard",
        "version": VERSION,
        "lang": language_of(message.locale),
        "fallbackText": message.title,
        "msteams": {"width": "Full"},
        "body": list(body),
    }
    attachment = {"contentType": _CARD, "contentUrl": None, "content": card}
    shown = {"type": "message", "attachments": [attachment]}
    return (json.dumps(shown, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _less(element: Json, over: int) -> Iterator[Json]:
    """Yield an element whose last text is shorter by so many bytes, or nothing."""
    inlines = element.get("inlines", ())
    if not inlines:
        return
    last, room = inlines[-1], len(inlines[-1]["text"].encode()) - over - _SAFE_END
    text = shortened(last["text"], max(room, 0), lambda shown: len(shown.encode()))
    kept = [*inlines[:-1], {**last, "text": text}] if text.strip(MORE) else inlines[:-1]
    if kept:
        yield {**element, "inlines": kept}


def _head(message: Message) -> Iterator[Json]:
    if message.title:
        title = Run(message.title, bold=True)
        yield _text((title,), size="large")
    if message.byline:
        yield _text(message.byline, subtle=True, spacing="None")


def _body(blocks: Sequence[Block]) -> Iterator[Json]:
    for block in blocks:
        match block:
            case Heading(_, runs):
                yield _text(tuple(run._replace(bold=True) for run in runs), color="accent", spacing="Large")
            case Paragraph(runs):
                yield _text(runs, subtle=block.quiet)
            case Quote(within):
                yield {"type": "Container", "style": "emphasis", "items": list(_body(within))}
            case Bullets(items, start):
                yield from _list(items, start)
            case Rule():
                yield {"type": "Container", "separator": True, "items": []}


def _list(items: Sequence[Sequence[Block]], start: int | None) -> Iterator[Json]:
    """Yield an element for each item of a list."""
    for number, item in enumerate(items, start or 1):
        sign = Run("• " if start is None else f"{number}. ")
        runs: list[Run] = [sign]
        for line, found in enumerate(paragraphs(tuple(item))):
            runs += [BREAK, *found] if line else found
        yield _text(tuple(runs), spacing="Small")


def _text(runs: Runs, *, subtle: bool = False, size: str = "", color: str = "", spacing: str = "") -> Json:
    manner = {"size": size, "color": color, "isSubtle": subtle}
    given = {key: value for key, value in manner.items() if value}
    inlines = [_inline(run, given) for run in runs if run.text]
    return {"type": "RichTextBlock", **({"spacing": spacing} if spacing else {}), "inlines": inlines}


def _inline(run: Run, manner: Json) -> Json:
    shown: Json = {"type": "TextRun", "text": run.text, **manner}
    if run.bold:
        shown["weight"] = "bolder"
    if run.italic:
        shown["italic"] = True
    if run.code:
        shown["fontType"] = "monospace"
    if run.link:
        shown["selectAction"] = {"type": "Action.OpenUrl", "url": run.link}
    return shown
