"""The files that a theme is made of: those that it extends and those that it includes."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from csweek import folder
from csweek.errors import Problem
from csweek.model.basics import Place
from csweek.names import guessed
from csweek.read.source import Files, Problems, decode, warning
from csweek.read.theme_shapes import ThemeShape
from csweek.read.tree import Plain, Tree, parse
from csweek.read.wording import fit, pruned

LONGEST_CHAIN = 10
EMPTY_HINT = "write at least 'name: …' and 'extends: base'"


class Layer(Struct, frozen=True, dict=True):
    """One file of a theme, as it was read."""

    name: str
    tree: Tree
    shape: ThemeShape


Layers = tuple[Layer, ...]


def chain(
    name: str, files: Files, asked: Place | None, before: tuple[Path, ...] = ()
) -> tuple[Layers, Problems]:
    """Return the files of a theme by name, what is taken over first; ``asked`` is where the user names it."""
    path = _find(name, files, before)
    if path is None:
        own = before[-1:] and before[-1].stem == name
        return (), (_loop((*before, before[-1]), asked) if own else _no_theme(name, files, asked),)
    if path in before or len(before) >= LONGEST_CHAIN:
        return (), (_loop((*before, path), asked),)
    layers, problems = chain_from(path, files, asked, before)
    return layers, (*problems, *_twins(path, files))


def _twins(path: Path, files: Files) -> Iterator[Problem]:
    """Yield a warning for a file that nobody reads, since one beside it has its name."""
    for twin in (path.with_suffix(ending) for ending in folder.YAML if ending != path.suffix):
        if twin.is_file():
            message = f"this theme is not read: {path.name} beside it has the same name"
            yield warning(Place(files.shown(twin)), message, "delete one of the two, or rename it")


def chain_from(
    path: Path, files: Files, asked: Place | None = None, before: tuple[Path, ...] = ()
) -> tuple[Layers, Problems]:
    """Return what a theme's file takes over, what it includes, and the file itself, in this order."""
    layer, problems = _layer(path, files, asked)
    if layer is None:
        return (), problems
    extends = layer.shape.extends
    asked = layer.tree.at("extends")
    above, more = chain(extends, files, asked, (*before, path)) if extends is not None else ((), ())
    parts, others = _included(layer, path, files)
    return (*above, *parts, layer), (*problems, *more, *others)


def _find(name: str, files: Files, before: tuple[Path, ...]) -> Path | None:
    own = before[-1:]  # a theme may extend the bundled one that it hides
    return next((path for path in folder.themes(files.root) if path.stem == name and path not in own), None)


def _no_theme(name: str, files: Files, asked: Place | None) -> Problem:
    known = folder.theme_names(files.root)
    if re.search(r"[/\\]|\.ya?ml$", name):
        return Problem(asked, f"there is no theme '{name}'", f"write the name alone: {Path(name).stem}")
    hint = guessed(name, known, "there are: " + ", ".join(known), 0.6)
    return Problem(asked, f"there is no theme '{name}'", hint)


def _loop(paths: tuple[Path, ...], asked: Place | None) -> Problem:
    names = " → ".join(path.stem for path in paths)
    return Problem(asked, f"these themes extend each other in a loop: {names}", "take out one 'extends'")


def _layer(path: Path, files: Files, asked: Place | None) -> tuple[Layer | None, Problems]:
    content, problems = files.read(path, asked)
    if content is None:
        return None, problems
    file = files.shown(path)
    text, problems = decode(content, file)
    return (None, problems) if text is None else _read(text, file, path.stem)


@lru_cache(maxsize=64)
def _read(text: str, file: str, name: str) -> tuple[Layer | None, Problems]:
    """Return what a text says as a theme; remembered, since every theme takes the same base over."""
    tree, problems = parse(text, file)
    if tree is None:
        return None, problems or (Problem(Place(file), "this theme is empty", EMPTY_HINT),)
    data = _said(tree.data)
    shape, found = fit(ThemeShape, tree, data)
    if shape is None and isinstance(data, dict) and isinstance(data.get("extends"), str):
        shape = ThemeShape(extends=str(data["extends"]))  # the themes below may have errors of their own
    return (Layer(name, tree, shape) if shape else None), (*problems, *found)


def _said(data: Plain) -> Plain:
    """Return what a file says without empty keys, but for those whose emptiness says something."""
    found = pruned(data, keep=frozenset({"actions"}))
    if isinstance(found, dict) and isinstance(data, dict) and data.get("motto", "") is None:
        found["motto"] = None
    return found


# --- what a file includes ------------------------------------------------------------------------


def _included(layer: Layer, path: Path, files: Files) -> tuple[Layers, Problems]:
    """Return the parts that a theme's file names, in that order."""
    found: list[Layer] = []
    problems: Problems = ()
    for number, name in enumerate(layer.shape.include or ()):
        asked = layer.tree.at("include", number)
        parts = _parts(path.parent, name)
        if not parts:
            problems = (*problems, _no_part(path.parent, name, asked))
        for part in parts:
            one, more = _layer(part, files, asked)
            problems = (*problems, *more, *(_no_theme_of_its_own(one) if one else ()))
            found += [one] if one else []
    return tuple(found), problems


def _parts(home: Path, name: str) -> tuple[Path, ...]:
    """Return the file of a name, or all of a folder; nothing outside the folder of the theme."""
    path = home / name
    if not path.resolve().is_relative_to(home.resolve()):
        return ()
    if path.is_dir():
        return tuple(sorted(one for one in path.iterdir() if one.suffix in folder.YAML and one.is_file()))
    return tuple(one for one in (path, path.with_name(f"{path.name}.yaml")) if one.is_file())[:1]


def _no_part(home: Path, name: str, asked: Place) -> Problem:
    there = sorted(one.name for one in home.iterdir() if one.suffix in folder.YAML or one.is_dir())
    hint = guessed(name, there, f"write a file or folder beside this one: {', '.join(there)}", 0.6)
    return Problem(asked, f"there is nothing to include under '{name}'", hint)


def _no_theme_of_its_own(part: Layer) -> Iterator[Problem]:
    """Yield a problem for what only a theme's own file may say."""
    for key in ("extends", "include"):
        if getattr(part.shape, key) is not None:
            hint = "write it in the file of the theme that includes this one"
            yield Problem(part.tree.at(key, key=True), f"an included file has no '{key}'", hint)
