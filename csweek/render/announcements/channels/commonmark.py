"""Markdown that shows every text as it is. Source: CommonMark 0.31."""

import re
from collections.abc import Iterator, Sequence

from csweek.render.announcements.message import Block, Bullets, Heading, Message, Paragraph, Quote, Run, Runs

_MARKS = re.compile(r"([\\`*_\[\]<>~|#&$])")
_LIST = re.compile(r"^(\d+)([.)])(?=\s|$)")
_BULLET = re.compile(r"^([-+=])")
_IN_LINK = str.maketrans({"<": "%3C", ">": "%3E", "\\": "%5C"})
_TICKS = re.compile("`+")


def markdown(message: Message) -> str:
    """Return a message as Markdown."""
    head = [f"# {escaped(message.title)}"] if message.title else []
    byline = [_inline(message.byline)] if message.byline else []
    return "\n\n".join([*head, *byline, *("\n".join(_lines(block)) for block in message.blocks)]) + "\n"


def escaped(text: str) -> str:
    """Return a one-line text so that Markdown shows it as it is. Source: CommonMark 0.31, section 2.4."""
    return _BULLET.sub(r"\\\1", _LIST.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text)))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, runs):
            yield f"{'#' * level} {_inline(runs)}"
        case Paragraph(runs):
            yield _inline(runs)
        case Bullets(items, start):
            for number, item in enumerate(items, start or 1):
                yield from _item(item, f"{number}. " if start is not None else "- ")
        case Quote(blocks):
            yield from (f"> {line}".rstrip() for line in _stacked(blocks))
        case _:
            yield "---"


def _item(blocks: Sequence[Block], sign: str) -> Iterator[str]:
    for number, line in enumerate(_stacked(blocks, apart=False)):
        yield f"{' ' * len(sign) if number else sign}{line}".rstrip()


def _stacked(blocks: Sequence[Block], *, apart: bool = True) -> Iterator[str]:
    for number, block in enumerate(blocks):
        if number and (apart or isinstance(block, Paragraph)):
            yield ""
        yield from _lines(block)


def _inline(runs: Runs) -> str:
    return "".join(_run(run, first=number == 0) for number, run in enumerate(runs))


def _run(run: Run, *, first: bool) -> str:
    if run.text == "\n":
        return "\\\n"
    if run.code:
        ticks = "`" * (1 + max((len(found) for found in _TICKS.findall(run.text)), default=0))
        return f"{ticks} {run.text} {ticks}" if "`" in run.text else f"{ticks}{run.text}{ticks}"
    text = escaped(run.text) if first else _MARKS.sub(r"\\\1", run.text)
    signs = "**" * run.bold + "*" * run.italic
    text = f"{signs}{text}{signs}" if text else ""
    return f"[{text}](<{run.link.translate(_IN_LINK)}>)" if run.link else text
