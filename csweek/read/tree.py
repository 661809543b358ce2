"""YAML as plain text with places: nothing is guessed, so ``on:`` stays "on" and ``12:30`` stays text."""

import re
from typing import cast

import yaml
from msgspec import Struct

from csweek.errors import Problem
from csweek.model.basics import Place
from csweek.read.source import Problems

DEEPEST = 40
"""Levels of nesting; more than any file of ours needs, and few enough for plain recursion."""
LARGEST = 500_000
"""Values that a file may unfold to once its aliases are followed."""

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_GLUED = re.compile(r"([A-Za-z][\w-]*):(\S.*)")
"""A key whose value was taken for a part of it, as in ``{country:SE}``."""
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

Plain = str | None | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]


class Node(Struct, eq=False):
    """A text (None for an empty one), a list or a mapping, and where it begins."""

    line: int
    column: int
    value: "Value" = None
    keys: dict[str, tuple[int, int]] = {}
    size: int = 1
    depth: int = 1


Value = str | list[Node] | dict[str, Node] | None


class Tree(Struct, frozen=True, dict=True):
    """What a YAML file says."""

    file: str
    root: Node

    @property
    def data(self) -> Plain:
        """The same as plain lists, dicts and texts."""
        return _plain(self.root)

    def at(self, *path: str | int, key: bool = False) -> Place:
        """Return where a value stands, or with ``key`` its name; steps that are not there are passed over."""
        node, line, column = self.root, self.root.line, self.root.column
        for step in path:
            if isinstance(node.value, dict) and step in node.value:
                line, column = node.keys[str(step)]
                node = node.value[str(step)]
                if not key or step != path[-1]:
                    line, column = node.line, node.column
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line, column = node.line, node.column
        return Place(self.file, line, column)


def parse(text: str, file: str) -> tuple[Tree | None, Problems]:
    """Return the tree of one YAML document, None where it is empty or broken."""
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            builder.take(event)
            if builder.stopped:
                break
    except yaml.MarkedYAMLError as error:
        return None, (*builder.problems, _broken(error, text, file))
    except yaml.reader.ReaderError as error:
        return None, (_unprintable(text, error, file),)
    root = builder.root
    if root is None or root.value is None or builder.stopped:
        return None, tuple(builder.problems)
    return Tree(file, root), tuple(builder.problems)


def _plain(node: Node) -> Plain:
    if isinstance(node.value, list):
        return [_plain(child) for child in node.value]
    if isinstance(node.value, dict):
        return {key: _plain(child) for key, child in node.value.items()}
    return node.value


class _Builder:
    """Puts parser events together without recursion, so that no input can exhaust the stack."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.stopped = False
        self._open: list[Node] = []
        self._names: list[Node | None] = []  # per open mapping the key that waits for its value
        self._anchors: dict[str, Node] = {}
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._end(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._document(event)

    def _document(self, event: yaml.Event) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(event, "a second document begins here", "take out the line with '---'")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        plain = event.implicit[0] and event.value in _NULLS
        node = self._node(event, None if plain and not self._wants_key() else event.value)
        self._add(node, event)

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        if self._wants_key():
            hint = "text that begins with { or [ needs quotes"
            self._stop(event, "a list or mapping stands where a name is due", hint)
            return
        mapping = isinstance(event, yaml.MappingStartEvent)
        self._open.append(self._node(event, {} if mapping else []))
        self._names.append(None)
        if len(self._open) > DEEPEST:
            self._stop(event, f"this is nested more than {DEEPEST} levels deep")

    def _end(self, event: yaml.Event) -> None:
        self._names.pop()
        self._add(self._open.pop(), event)

    def _alias(self, event: yaml.AliasEvent) -> None:
        target = self._anchors.get(event.anchor or "")
        if target is None or any(target is one for one in self._open) or self._wants_key():
            self._stop(
                event, f"*{event.anchor} refers to nothing that is complete before it", "write the values out"
            )
        else:
            self._add(target, event)

    def _node(self, event: yaml.NodeEvent, value: Value) -> Node:
        node = Node(*_start(event), value)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        if getattr(event, "tag", None) not in {None, "!"}:
            message = f"a tag such as {getattr(event, 'tag', '!')} means nothing here"
            self._stop(event, message, "take it out, or put the text into quotes")
        return node

    def _add(self, node: Node, event: yaml.Event) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent.value, dict):
            if self._names[-1] is None:
                self._names[-1] = node
                return
            self._put(parent, self._names[-1], node)
            self._names[-1] = None
        else:
            cast("list[Node]", parent.value).append(node)
        self._grow(parent, node, event)

    def _put(self, parent: Node, name: Node, node: Node) -> None:
        key = str(name.value)
        if node.value is None and (glued := _GLUED.fullmatch(key)):
            self._say(
                name.line, name.column, "a colon without a space behind it", f"write '{glued[1]}: {glued[2]}'"
            )
            return
        if key in parent.keys:
            first = parent.keys[key][0]
            hint = f"the first one is in line {first}: keep one of them"
            self._say(name.line, name.column, f"'{key}' stands here twice", hint)
            return
        parent.keys[key] = (name.line, name.column)
        cast("dict[str, Node]", parent.value)[key] = node

    def _grow(self, parent: Node, node: Node, event: yaml.Event) -> None:
        parent.size += node.size
        parent.depth = max(parent.depth, node.depth + 1)
        if parent.size > LARGEST or parent.depth > DEEPEST:
            self._stop(event, "the aliases (*) in this file unfold without end", "write the values out")

    def _wants_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].value, dict) and self._names[-1] is None

    def _say(self, line: int, column: int, message: str, hint: str | None = None) -> None:
        self.problems.append(Problem(Place(self.file, line, column), message, hint))

    def _stop(self, event: yaml.Event, message: str, hint: str | None = None) -> None:
        self._say(*_start(event), message, hint)
        self.stopped = True


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


def _broken(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = [*text.split("\n"), ""]
    if error.context_mark and line >= len(text.rstrip().split("\n")):
        line, column = error.context_mark.line, error.context_mark.column
    message, hint = _reworded(error, lines, line, column)
    return Problem(Place(file, line + 1, column + 1), message, hint)


def _reworded(error: yaml.MarkedYAMLError, lines: list[str], line: int, column: int) -> tuple[str, str]:
    here, before = lines[min(line, len(lines) - 1)], lines[max(line - 1, 0)]
    problem = f"{error.context or ''} {error.problem or ''}"
    for pattern, message, hint in _SAYINGS:
        if re.search(pattern, problem):
            return _closer(here, before, column) or (message, hint)
    return "this is not YAML", "is something missing here: a colon, a quotation mark, a bracket?"


def _closer(here: str, before: str, column: int) -> tuple[str, str] | None:
    if "\t" in here[: column + 1]:
        return "a tab stands where spaces are due", "indent with spaces, two for each level"
    if before.strip() and (glued := re.match(r"\s*([\w-]+):[^\s:/]", before)) and ": " not in before:
        return "the line above has no space after its colon", f"write '{glued[1]}: …' with a space"
    if re.match(r"\s*[\w-]+: +[^\s|>#]", before) and _indent(here) > _indent(before) and ":" in here:
        return "this line is indented, but the line above has a value already", "line both up"
    if here[column : column + 1] in {"@", "`", "%"}:
        return f"text cannot begin with {here[column]}", "put it into quotes"
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


_SAYINGS = (
    (r"mapping values are not allowed", "a colon stands where none can be",
     "put text with ': ' in it into quotes; line up the keys that belong together"),
    (r"undefined alias", "an alias (*) refers to nothing", "text that begins with * needs quotes"),
    (r"quoted scalar.*(end of stream|document)", "a quotation mark is opened here and never closed",
     "close it"),
    (r"unknown escape|hexdecimal|hexadecimal", "a backslash in double quotes means something else",
     "use single quotes instead; a path may have / on Windows, too"),
    (r"plain scalar.*unexpected ':'", "a colon without a space behind it", "write ': ' with a space"),
    (r"flow (sequence|mapping|node)", "a bracket is opened here and not closed, or a comma is missing",
     "lists are [a, b], mappings are {a: 1, b: 2}"),
    (r"block (mapping|collection)", "this line does not fit to the lines above",
     "line up the keys that belong together; a list's lines all begin with '- '"),
    (r"cannot start any token", "text cannot begin like this", "put it into quotes"),
    (r"could not find expected ':'", "a key without a colon", "write 'key: value'"),
)  # fmt: skip


def _unprintable(text: str, error: yaml.reader.ReaderError, file: str) -> Problem:
    before = text[: error.position]
    place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return Problem(place, "a character stands here that no text has", "delete it and type it again")
