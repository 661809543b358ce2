"""Slack: Block Kit, whose rich text shows every text as it is, and mrkdwn to paste into a message."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

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
    text_of,
)
from csweek.render.announcements.shorten import MORE, shortened, shortened_runs

MOST_BLOCKS = 50
MOST_HEADER = 150
MOST_TEXT = 3000
"""Characters of a block; of a message's plain text too. Source: Slack's Block Kit reference."""
_ROOM = MOST_TEXT - MOST_HEADER
"""Characters of what stands in a block below its heading."""
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_APART = "\u200b"
_SIGNS = str.maketrans({sign: f"{_APART}{sign}{_APART}" for sign in "*_~`"})
"""mrkdwn has no escape for its signs: what no reader sees, set around them, keeps them as they are."""

Json = dict[str, Any]


def block_kit(message: Message) -> str:
    """Return a message as the JSON that a webhook takes."""
    blocks = [*_head(message), *_body(message.blocks)]
    if len(blocks) > MOST_BLOCKS:
        blocks = [*blocks[: MOST_BLOCKS - 1], _rich([_section((Run(MORE),))])]
    shown = {"text": shortened(message.title, MOST_TEXT), "blocks": blocks}
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":")) + "\n"


def mrkdwn(message: Message) -> str:
    """Return a message in Slack's own markup."""
    head = [f"*{_plain(message.title)}*"] if message.title else []
    byline = [_marked(message.byline)] if message.byline else []
    top = "\n".join([*head, *byline])
    return "\n\n".join([*([top] if top else []), *("\n".join(_mrkdwn(one)) for one in message.blocks)]) + "\n"


# --- Block Kit ----------------------------------------------------------------------------------------


def _head(message: Message) -> Iterator[Json]:
    if message.title:
        text = shortened(message.title, MOST_HEADER)
        yield {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": False}}
    if message.byline:
        yield _rich([_section(shortened_runs(message.byline, MOST_TEXT))])


def _body(blocks: Sequence[Block]) -> Iterator[Json]:
    """Yield a Slack block for each block, a heading together with what follows it."""
    waiting: list[Json] = []
    for block in blocks:
        match block:
            case Heading(_, runs):
                yield from [_rich(waiting)] if waiting else []
                head = shortened_runs(runs, MOST_HEADER)
                waiting = [_section(tuple(run._replace(bold=True) for run in head))]
            case Rule():
                yield {"type": "divider"}
            case _:
                yield _rich([*waiting, *_elements(block)])
                waiting = []
    yield from [_rich(waiting)] if waiting else []


def _rich(elements: Sequence[Json]) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def _elements(block: Block) -> Iterator[Json]:
    match block:
        case Paragraph(runs):
            yield _section(shortened_runs(runs, _ROOM))
        case Quote(blocks):
            yield {"type": "rich_text_quote", "elements": _runs(shortened_runs(_together(blocks), _ROOM))}
        case Bullets(items, start):
            style = "bullet" if start is None else "ordered"
            yield {"type": "rich_text_list", "style": style, "elements": list(_items(items))}
        case _:
            pass


def _items(items: Sequence[Sequence[Block]]) -> Iterator[Json]:
    """Yield a list's items for as long as there is room for the whole of one, then an ellipsis.

    The first is shortened.
    """
    room = _ROOM
    for number, item in enumerate(items):
        runs = _together(item) if number else shortened_runs(_together(item), room)
        room -= len(text_of(runs))
        if room < 0:
            yield _section((Run(MORE),))
            return
        yield _section(runs)


def _together(blocks: Sequence[Block]) -> Runs:
    """Return blocks as one run of text, each on a line of its own."""
    found: list[Run] = []
    for runs in paragraphs(tuple(blocks)):
        found += [BREAK, *runs] if found else runs
    return tuple(found)


def _section(runs: Runs) -> Json:
    return {"type": "rich_text_section", "elements": _runs(runs)}


def _runs(runs: Runs) -> list[Json]:
    return [_run(run) for run in runs if run.text]


def _run(run: Run) -> Json:
    style = {name: True for name in ("bold", "italic", "code") if getattr(run, name)}
    shown: Json = {"type": "link", "url": run.link} if run.link else {"type": "text"}
    return {**shown, "text": run.text, **({"style": style} if style else {})}


# --- mrkdwn -------------------------------------------------------------------------------------------


def _mrkdwn(block: Block) -> Iterator[str]:
    match block:
        case Heading(_, runs):
            yield f"*{_plain(text_of(runs))}*"
        case Paragraph(runs):
            yield _marked(runs)
        case Quote(blocks):
            yield from (f">{line}" for one in blocks for line in "\n".join(_mrkdwn(one)).split("\n"))
        case Bullets(items, start):
            for number, item in enumerate(items, start or 1):
                sign = "•" if start is None else f"{number}."
                text = "\n".join(line for one in item for line in _mrkdwn(one))
                yield f"{sign} {text}".replace("\n", "\n   ")
        case _:
            yield "———"


def _marked(runs: Runs) -> str:
    return "".join(map(_marked_run, runs))


def _marked_run(run: Run) -> str:
    if not run.text.strip():
        return run.text
    text = _plain(run.text)
    if run.link:
        text = f"<{run.link.translate(_ESCAPES).replace('|', '%7C')}|{text.replace('|', '¦')}>"
    for sign, wanted in (("`", run.code), ("_", run.italic), ("*", run.bold)):
        text = _around(text, sign) if wanted else text
    return text


def _around(text: str, sign: str) -> str:
    """Set signs around a text, outside the space at its ends."""
    inner = text.strip()
    return text.replace(inner, f"{sign}{inner}{sign}", 1)


def _plain(text: str) -> str:
    return text.translate(_ESCAPES).translate(_SIGNS)
