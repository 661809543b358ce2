"""Plain text: to paste anywhere, and the part of a mail that every program shows."""

from collections.abc import Iterator, Sequence
from itertools import count

from csweek.render.announcements.message import (
    Block,
    Bullets,
    Heading,
    Message,
    Paragraph,
    Quote,
    Run,
    Runs,
)

INDENT = "  "
_RULE = "—" * 12


def plain_text(message: Message) -> str:
    """Return a message as lines of text."""
    head = [line for line in (message.title, _said(message.byline)) if line]
    return "\n\n".join(["\n".join(head), *("\n".join(lines(block)) for block in message.blocks)]) + "\n"


def lines(block: Block) -> Sequence[str]:
    """Return the lines of a block."""
    match block:
        case Paragraph(runs) | Heading(_, runs):
            return _said(runs).split("\n")
        case Bullets(items, start):
            signs = (f"{number}. " if start is not None else "- " for number in count(start or 1))
            return [line for item, sign in zip(items, signs, strict=False) for line in _item(item, sign)]
        case Quote(blocks):
            return [f"{INDENT}{line}".rstrip() for line in _stacked(blocks)]
        case _:
            return (_RULE,)


def _item(blocks: Sequence[Block], sign: str) -> Sequence[str]:
    found = [line for block in blocks for line in lines(block)]
    hanging = INDENT + " " * len(sign)
    return [f"{hanging if number else INDENT + sign}{line}" for number, line in enumerate(found)]


def _stacked(blocks: Sequence[Block]) -> Iterator[str]:
    for number, block in enumerate(blocks):
        if number:
            yield ""
        yield from lines(block)


def _said(runs: Runs) -> str:
    """Return what runs say, the target of a link after its text where it is not the text itself."""
    return "".join([_shown(run) if run.link else run.text for run in runs])


def _shown(run: Run) -> str:
    target = run.link.removeprefix("mailto:")
    return run.text if target == run.text else f"{run.text} ({target})"
