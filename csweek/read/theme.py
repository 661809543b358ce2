"""Themes: a file, what it extends, and both as one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from csweek import folder
from csweek.errors import Problem
from csweek.model.basics import Audience, Channel, Cost, Place, Practice, Prepare, Visibility, Words
from csweek.model.inputs import Action, IdeaFilter, Look, On, PerYear, Rhythm, Theme, Trait
from csweek.names import near
from csweek.read.shapes import ActionShape, ThemeShape, TraitShape
from csweek.read.source import Files, Problems, decode, failed
from csweek.read.tree import Tree, parse
from csweek.read.wording import fit, pruned

S = TypeVar("S", bound=BaseModel)

LONGEST_CHAIN = 10
EMPTY_HINT = "write at least 'name: …' and 'extends: base'"
_RHYTHMS = ("per_year", "every", "on")


@dataclass(frozen=True)
class _Layer:
    """One file of the chain, as it was read."""

    name: str
    tree: Tree
    shape: ThemeShape


@dataclass(frozen=True)
class _Draft:
    """What the files say of one thing when laid over each other, and where it was last said."""

    shape: Any
    place: Place


def read_theme(name: str, root: Path | None) -> tuple[Theme | None, Problems]:
    """Return a theme by name, with everything that it takes over from others."""
    return load_theme(name, Files(root))


def load_theme(name: str, files: Files, asked: Place | None = None) -> tuple[Theme | None, Problems]:
    """Return a theme by name; ``asked`` is where the user names it."""
    layers, problems = _chain(name, files, asked)
    return _finished(layers, problems)


def read_theme_file(path: Path, files: Files) -> tuple[Theme | None, Problems]:
    """Return the theme that a file says, with everything that it takes over."""
    layer, problems = _layer(path, files, None)
    if layer is None:
        return None, problems
    above, more = _above(layer, files, (path,))
    return _finished((*above, layer), (*problems, *more))


def _finished(layers: tuple[_Layer, ...], problems: Problems) -> tuple[Theme | None, Problems]:
    if failed(problems) or not layers:
        return None, problems
    theme, found = _build(layers)
    problems = (*problems, *found)
    return (None if failed(problems) else theme), problems


# --- the chain of files --------------------------------------------------------------------------


def _find(name: str, files: Files, before: tuple[Path, ...]) -> Path | None:
    own = before[-1:]  # a theme may extend the bundled one that it hides
    return next((path for path in folder.themes(files.root) if path.stem == name and path not in own), None)


def _chain(
    name: str, files: Files, asked: Place | None, before: tuple[Path, ...] = ()
) -> tuple[tuple[_Layer, ...], Problems]:
    path = _find(name, files, before)
    if path is None:
        own = before[-1:] and before[-1].stem == name
        return (), (_loop((*before, before[-1]), asked) if own else _no_theme(name, files, asked),)
    if path in before or len(before) >= LONGEST_CHAIN:
        return (), (_loop((*before, path), asked),)
    layer, problems = _layer(path, files, asked)
    if layer is None:
        return (), problems
    above, more = _above(layer, files, (*before, path))
    return (*above, layer), (*problems, *more)


def _above(layer: _Layer, files: Files, before: tuple[Path, ...]) -> tuple[tuple[_Layer, ...], Problems]:
    if layer.shape.extends is None:
        return (), ()
    return _chain(layer.shape.extends, files, layer.tree.at("extends"), before)


def _no_theme(name: str, files: Files, asked: Place | None) -> Problem:
    known = folder.theme_names(files.root)
    if re.search(r"[/\\]|\.ya?ml$", name):
        return Problem(asked, f"there is no theme '{name}'", f"write the name alone: {Path(name).stem}")
    guess = near(name, known, 0.6)
    hint = f"did you mean '{guess}'?" if guess else "there are: " + ", ".join(known)
    return Problem(asked, f"there is no theme '{name}'", hint)


def _loop(paths: tuple[Path, ...], asked: Place | None) -> Problem:
    names = " → ".join(path.stem for path in paths)
    return Problem(asked, f"these themes extend each other in a loop: {names}", "take out one 'extends'")


def _layer(path: Path, files: Files, asked: Place | None) -> tuple[_Layer | None, Problems]:
    content, problems = files.read(path, asked)
    if content is None:
        return None, problems
    file = files.shown(path)
    text, problems = decode(content, file)
    if text is None:
        return None, problems
    tree, problems = parse(text, file)
    if tree is None:
        return None, problems or (Problem(Place(file), "this theme is empty", EMPTY_HINT),)
    data = pruned(tree.data, keep=frozenset({"actions"}))
    shape, found = fit(ThemeShape, tree, data)
    if shape is None and isinstance(data, dict) and isinstance(data.get("extends"), str):
        shape = ThemeShape(extends=str(data["extends"]))  # the themes below may have errors of their own
    return (_Layer(path.stem, tree, shape) if shape else None), (*problems, *found)


# --- laid over each other ------------------------------------------------------------------------


def over(below: S | None, above: S) -> S:
    """Return a shape with what another one above it says; texts are laid over language by language."""
    if below is None:
        return above
    said = {name: getattr(above, name) for name in above.model_fields_set}
    texts = {
        name: Words({**getattr(below, name).texts, **value.texts})
        for name, value in said.items()
        if isinstance(value, Words) and isinstance(getattr(below, name), Words)
    }
    return below.model_copy(update=said | texts)


def _over_action(below: ActionShape | None, above: ActionShape) -> ActionShape:
    if below is not None and any(getattr(above, name) is not None for name in _RHYTHMS):
        below = below.model_copy(update=dict.fromkeys(_RHYTHMS))
    return over(below, above)


def _actions(layers: Iterable[_Layer]) -> dict[str, _Draft]:
    found: dict[str, _Draft] = {}
    for layer in layers:
        for name, shape in (layer.shape.actions or {}).items():
            if shape is None:
                found.pop(name, None)
                continue
            below = found[name].shape if name in found else None
            found[name] = _Draft(_over_action(below, shape), layer.tree.at("actions", name, key=True))
    return found


def _traits(layers: Iterable[_Layer]) -> dict[str, _Draft]:
    found: dict[str, _Draft] = {}
    for layer in layers:
        if layer.shape.traits is not None:
            found = {
                shape.id: _Draft(
                    over(found[shape.id].shape if shape.id in found else None, shape),
                    layer.tree.at("traits", number),
                )
                for number, shape in enumerate(layer.shape.traits)
            }
    return found


def _celebration(layers: Iterable[_Layer]) -> dict[str, tuple[str, ...]]:
    return {slot: ids for layer in layers for slot, ids in (layer.shape.celebration or {}).items()}


# --- as one theme --------------------------------------------------------------------------------


def _build(layers: tuple[_Layer, ...]) -> tuple[Theme, Problems]:
    last = layers[-1]
    whole = _whole(layers)
    problems: list[Problem] = []
    name = whole.name or Words({"en": last.name})
    theme = Theme(
        id=last.name,
        place=Place(last.tree.file, 1),
        name=name,
        motto=whole.motto or name,
        look=_look(layers),
        traits=tuple(_trait(draft, problems) for draft in _traits(layers).values()),
        actions={key: _action(key, draft, problems) for key, draft in _actions(layers).items()},
        celebration=_celebration(layers),
    )
    return theme, (*problems, *_unnamed(whole, last), *_references(theme, layers))


def _unnamed(whole: ThemeShape, last: _Layer) -> Problems:
    if whole.name is not None:
        return ()
    return (
        Problem(Place(last.tree.file, 1, 1), "'name' is missing", "write name: and what the theme is called"),
    )


def _whole(layers: tuple[_Layer, ...]) -> ThemeShape:
    shape: ThemeShape | None = None
    for layer in layers:
        shape = over(shape, layer.shape)
    return shape or ThemeShape()


def _look(layers: Iterable[_Layer]) -> Look:
    said: dict[str, Any] = {}
    for layer in layers:
        if layer.shape.look is not None:
            said |= layer.shape.look.model_dump(exclude_none=True)
    return Look(**said)


def _trait(draft: _Draft, problems: list[Problem]) -> Trait:
    shape: TraitShape = draft.shape
    if shape.title is None:
        problems.append(
            Problem(draft.place, f"the trait '{shape.id}' has no 'title'", "write title: {en: …}")
        )
    return Trait(shape.id, shape.title or Words({}), shape.text or Words({}))


def _action(key: str, draft: _Draft, problems: list[Problem]) -> Action:
    shape: ActionShape = draft.shape
    problems += _incomplete(key, shape, draft.place)
    return Action(
        id=key,
        place=draft.place,
        practice=shape.practice or Practice.CELEBRATION,
        title=shape.title or Words({}),
        how=shape.how or Words({}),
        audience=shape.audience or Audience.PERSON,
        owner=shape.owner or "manager",
        rhythm=_rhythm(shape),
        ideas=_ideas(shape),
        prepare=Prepare(shape.prepare.minutes, shape.prepare.weeks) if shape.prepare else None,
        channel=shape.channel or Channel.NOTE,
        visibility=shape.visibility or Visibility.TEAM,
        cost=shape.cost or Cost.NONE,
        **_as_given(shape),
    )


_PLAIN = ("weeks", "months", "group_size", "card", "minutes", "tags", "trait", "replaces")


def _as_given(shape: ActionShape) -> Mapping[str, Any]:
    return {name: value for name in _PLAIN if (value := getattr(shape, name)) is not None}


def _rhythm(shape: ActionShape) -> Rhythm | None:
    if shape.on is not None:
        return On(shape.on)
    return shape.every or (PerYear(shape.per_year) if shape.per_year is not None else None)


def _ideas(shape: ActionShape) -> IdeaFilter | None:
    wanted = shape.ideas
    return IdeaFilter(wanted.ids, wanted.practice, wanted.tags) if wanted else None


_NEEDED = {"practice": "write practice: wow", "title": "write title: {en: …}", "how": "write how: {en: …}"}


def _incomplete(key: str, shape: ActionShape, place: Place) -> Iterable[Problem]:
    for name, hint in _NEEDED.items():
        if getattr(shape, name) is None:
            yield Problem(place, f"the action '{key}' has no '{name}'", hint)
    given = [name for name in _RHYTHMS if getattr(shape, name) is not None]
    if len(given) > 1:
        yield Problem(place, f"the action '{key}' has both '{given[0]}' and '{given[1]}'", "keep one of them")
    if shape.ideas is not None and not given:
        hint = "write how often: per_year, every or on"
        yield Problem(place, f"the action '{key}' takes ideas but has no rhythm", hint)


# --- what refers to what -------------------------------------------------------------------------


def _references(theme: Theme, layers: tuple[_Layer, ...]) -> Iterable[Problem]:
    for layer in layers:
        for slot, ids in (layer.shape.celebration or {}).items():
            for number, name in enumerate(ids):
                place = layer.tree.at("celebration", slot, number)
                if theme.celebration[slot] == ids:
                    yield from _unknown("action", name, theme.actions, place)
        for key, shape in (layer.shape.actions or {}).items():
            if shape is not None and key in theme.actions:
                yield from _action_references(theme, key, layer)


def _action_references(theme: Theme, key: str, layer: _Layer) -> Iterable[Problem]:
    action = theme.actions[key]
    said = (layer.shape.actions or {})[key]
    at = layer.tree.at
    if said is not None and said.ideas is not None:
        for number, name in enumerate(said.ideas.ids):
            yield from _unknown("action", name, theme.actions, at("actions", key, "ideas", "ids", number))
        if not said.ideas.ids and not any(idea.fits(action) for idea in theme.actions.values()):
            hint = "an idea is an action without per_year, every and on, for the same audience"
            yield Problem(at("actions", key, "ideas"), "no idea of this theme fits here", hint)
    if said is not None and said.trait is not None:
        traits = {trait.id: trait for trait in theme.traits}
        yield from _unknown("trait", said.trait, traits, at("actions", key, "trait"))


def _unknown(what: str, name: str, known: Mapping[str, object], place: Place) -> Iterable[Problem]:
    if name not in known:
        guess = near(name, known)
        hint = f"did you mean '{guess}'?" if guess else f"known: {', '.join(list(known)[:12]) or 'none'}"
        yield Problem(place, f"there is no {what} '{name}' in this theme", hint)
