"""From a template's Markdown to a message; what people wrote never passes through Markdown.

A template's values leave marks in its text. The Markdown is parsed with the marks in it, once for all
texts of the same structure, and the values are put in their places afterwards. So nothing that stands in
a value can become markup, and a year's notes for many teams are parsed a few hundred times in all.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

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
    text_of,
)
from csweek.render.speech import plain

OPEN, CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{OPEN}([0-9]+){CLOSE}")
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What breaks a line, turns its direction, or is no sign at all."""
_LANG = "lang:"
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)
_STRUCTURES = 4096


class Values:
    """The values of one text, in the order in which its template put them."""

    def __init__(self) -> None:
        self._known: list[str] = []

    def clear(self) -> None:
        """Begin another text."""
        self._known = []

    def mark(self, value: object) -> str:
        """Keep a value, on one line, and return the mark that stands for it."""
        text = str(value)
        known = self._known
        known.append(text if text.isprintable() or not _HARMFUL.search(text) else plain(text))
        return f"{OPEN}{len(known) - 1}{CLOSE}"

    def fill(self, text: str) -> str:
        """Return a text with the values in the places of their marks."""
        if OPEN not in text:
            return text
        known = self._known
        return "".join([part if isinstance(part, str) else known[part] for part in _parts(text)])

    def fill_run(self, run: Run) -> Run:
        """Return a run with its values."""
        text, bold, italic, code, link, lang = run
        if not (link or lang):
            return Run(self.fill(text), bold, italic, code) if OPEN in text else run
        if link:
            link = self.fill(link)
            link = link if _LINK.fullmatch(link) else ""
        return Run(self.fill(text), bold, italic, code, link, self.fill(lang) if lang else "")


@lru_cache(_STRUCTURES)
def _parts(text: str) -> tuple[str | int, ...]:
    """Return a text cut at its marks: what stands between them, and the numbers of their values."""
    found: list[str] = _MARK.split(text)
    return tuple(int(part) if number % 2 else part for number, part in enumerate(found) if part)


def message(source: str, values: Values, locale: str) -> Message:
    """Return what a template's Markdown says, with its values.

    The first heading is the title, a paragraph right after it the line below the title.
    """
    blocks = structure(source)
    title: Runs = ()
    byline: Runs = ()
    if blocks and isinstance(blocks[0], Heading):
        title, blocks = blocks[0].runs, blocks[1:]
        if blocks and isinstance(blocks[0], Paragraph):
            byline, blocks = blocks[0].runs, blocks[1:]
    filled = tuple(block for one in blocks if _says(block := one.changed(values.fill_run)))
    return Message(locale, values.fill(text_of(title)), tuple(map(values.fill_run, byline)), filled)


def _says(block: Block) -> bool:
    """Whether there is anything to read: a value may have been empty."""
    return not isinstance(block, Paragraph) or bool(text_of(block.runs).strip())


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    parser.disable(["image", "reference", "html_block", "html_inline"])
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = bool  # type: ignore[assignment,method-assign]  # judged once it is filled
    return parser


_PARSER = _parser()


@lru_cache(_STRUCTURES)
def structure(source: str) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text, the marks in it left as they are."""
    return _blocks(SyntaxTreeNode(_PARSER.parse(source)).children)


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
    return tuple(_block(node) for node in nodes)


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "heading":
            return Heading(int(node.tag[1]), _inline(node))
        case "bullet_list" | "ordered_list":
            items = tuple(_blocks(item.children) for item in node.children)
            start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
            return Bullets(items, start)
        case "blockquote":
            return Quote(_blocks(node.children))
        case "hr":
            return Rule()
        case "fence" | "code_block":
            return Paragraph((Run(node.content.rstrip("\n"), code=True),))
        case _:
            return Paragraph(_inline(node))


def _inline(node: SyntaxTreeNode) -> Runs:
    """Return the runs of a block's only child; an empty block has none."""
    return _merged(run for child in node.children for run in _runs(child, Run("")))


def _runs(node: SyntaxTreeNode, style: Run) -> list[Run]:
    match node.type:
        case "text":
            return [style._replace(text=node.content)] if node.content else []
        case "code_inline":
            return [style._replace(text=node.content, code=True)]
        case "softbreak":
            return [style._replace(text=" ")]
        case "hardbreak":
            return [BREAK]
        case "strong":
            style = style._replace(bold=True)
        case "em":
            style = style._replace(italic=True)
        case "link":
            style = _linked(style, str(node.attrs.get("href", "")))
        case _:
            pass
    return [run for child in node.children for run in _runs(child, style)]


def _linked(style: Run, target: str) -> Run:
    """Return the manner of a link; ``lang:sv`` says which language the text within it is in."""
    if target.startswith(_LANG):
        return style._replace(lang=target.removeprefix(_LANG))
    return style._replace(link=target)


def _merged(runs: Iterable[Run]) -> Runs:
    found: list[Run] = []
    for run in runs:
        if found and found[-1][1:] == run[1:] and run is not BREAK and found[-1] is not BREAK:
            found[-1] = run._replace(text=found[-1].text + run.text)
        else:
            found.append(run)
    return tuple(found)
