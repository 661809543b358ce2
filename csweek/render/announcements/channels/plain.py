"""Plain text: to paste anywhere, and the part of a mail that every program shows."""

from collections.abc import Iterator, Sequence

from csweek.render.announcements.message import (
    Block,
    Bullets,
    Heading,
    Message,
    Paragraph,
    Quote,
    Run,
    Runs,
    text_of,
)

INDENT = "  "
_RULE = "—" * 12


def plain_text(message: Message) -> str:
    """Return a message as lines of text."""
    head = [line for line in (message.title, _said(message.byline)) if line]
    return "\n\n".join(["\n".join(head), *("\n".join(lines(block)) for block in message.blocks)]) + "\n"


def lines(block: Block) -> Iterator[str]:
    """Yield the lines of a block."""
    match block:
        case Heading(_, runs) | Paragraph(runs):
            yield from _said(runs).split("\n")
        case Bullets(items, start):
            for number, item in enumerate(items, start or 1):
                yield from _item(item, f"{number}. " if start is not None else "- ")
        case Quote(blocks):
            yield from (f"{INDENT}{line}".rstrip() for line in _stacked(blocks))
        case _:
            yield _RULE


def _item(blocks: Sequence[Block], sign: str) -> Iterator[str]:
    for number, line in enumerate(line for block in blocks for line in lines(block)):
        yield f"{INDENT}{' ' * len(sign) if number else sign}{line}"


def _stacked(blocks: Sequence[Block]) -> Iterator[str]:
    for number, block in enumerate(blocks):
        if number:
            yield ""
        yield from lines(block)


def _said(runs: Runs) -> str:
    """Return what runs say, the target of a link after its text where it is not the text itself."""
    return text_of([_shown(run) for run in runs] if any(run.link for run in runs) else runs)


def _shown(run: Run) -> Run:
    target = run.link.removeprefix("mailto:")
    return run if not target or target == run.text else run._replace(text=f"{run.text} ({target})")
