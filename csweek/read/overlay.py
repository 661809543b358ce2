"""What several files say of a theme, laid over each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct
from pydantic import BaseModel

from csweek.errors import Problem
from csweek.model.basics import Place, Words
from csweek.model.theme import Look
from csweek.names import guessed
from csweek.read.layers import Layer
from csweek.read.source import warning
from csweek.read.theme_shapes import ActionShape, ThemeShape, TraitShape

S = TypeVar("S", bound=BaseModel)

RHYTHMS = ("per_year", "every", "on")
_WHOLE = frozenset({"name", "motto"})
"""Texts that are another one once they are another one in English; the old translations then go."""


class Draft(Struct, Generic[S], frozen=True, dict=True):
    """What the files say of one thing when laid over each other, and where it was last said."""

    shape: S
    place: Place


def _over(below: S | None, above: S) -> S:
    """Return a shape with what another one above it says; texts are laid over language by language."""
    if below is None:
        return above
    said = {name: getattr(above, name) for name in above.model_fields_set}
    texts = {
        name: _laid_over(getattr(below, name), value, whole=name in _WHOLE)
        for name, value in said.items()
        if isinstance(value, Words) and isinstance(getattr(below, name), Words)
    }
    return below.model_copy(update=said | texts)


def _laid_over(below: Words, above: Words, *, whole: bool) -> Words:
    another = whole and above.texts.get("en", below.texts.get("en")) != below.texts.get("en")
    return above if another else Words({**below.texts, **above.texts})


def _over_action(below: ActionShape | None, above: ActionShape) -> ActionShape:
    if below is not None and any(getattr(above, name) is not None for name in RHYTHMS):
        below = below.model_copy(update=dict.fromkeys(RHYTHMS))
    return _over(below, above)


def actions(layers: Iterable[Layer], problems: list[Problem]) -> dict[str, Draft[ActionShape]]:
    """Return the actions by id; what is wrong with switching one off is added to the problems."""
    found: dict[str, Draft[ActionShape]] = {}
    for layer in layers:
        for name, shape in (layer.shape.actions or {}).items():
            if shape is None:
                problems += _not_there(name, found, layer)
                found.pop(name, None)
                continue
            below = found[name].shape if name in found else None
            found[name] = Draft(_over_action(below, shape), layer.tree.at("actions", name, key=True))
    return found


def _not_there(name: str, known: Mapping[str, object], layer: Layer) -> Iterator[Problem]:
    """Yield a warning for an action that is switched off without having been there."""
    if name not in known:
        hint = guessed(name, known, "'csweek ideas' lists those that there are")
        message = f"there is no action '{name}' to switch off"
        yield warning(layer.tree.at("actions", name, key=True), message, hint)


def switched_off(layers: Iterable[Layer], actions: Mapping[str, object]) -> frozenset[str]:
    """Return the actions that were there and are switched off."""
    named = {(name, shape is None) for layer in layers for name, shape in (layer.shape.actions or {}).items()}
    return frozenset(name for name, off in named if off and (name, False) in named and name not in actions)


def traits(layers: Iterable[Layer], problems: list[Problem]) -> dict[str, Draft[TraitShape]]:
    """Return the traits of the last file that lists any; ids that stand twice are added to the problems."""
    found: dict[str, Draft[TraitShape]] = {}
    for layer in layers:
        if layer.shape.traits is not None:
            problems += _twice(layer.shape.traits, layer)
            found = {
                shape.id: Draft(
                    _over(found[shape.id].shape if shape.id in found else None, shape),
                    layer.tree.at("traits", number),
                )
                for number, shape in enumerate(layer.shape.traits)
            }
    return found


def _twice(traits: Sequence[TraitShape], layer: Layer) -> Iterator[Problem]:
    """Yield a problem for a trait whose id another one above it has."""
    seen = set[str]()
    for number, trait in enumerate(traits):
        if trait.id in seen:
            message = f"the trait '{trait.id}' stands here twice"
            yield Problem(layer.tree.at("traits", number), message, "keep one of them, or give it another id")
        seen.add(trait.id)


def celebration(layers: Iterable[Layer], off: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the actions of each day of CSW, without those that are switched off."""
    said = {slot: ids for layer in layers for slot, ids in (layer.shape.celebration or {}).items()}
    return {slot: tuple(one for one in ids if one not in off) for slot, ids in said.items()}


def whole(layers: Iterable[Layer]) -> ThemeShape:
    """Return all that the files say, as if one file said it."""
    shape: ThemeShape | None = None
    for layer in layers:
        shape = _over(shape, layer.shape)
    return shape or ThemeShape()


def look(layers: Iterable[Layer]) -> Look:
    """Return colours, motif and letters."""
    said: dict[str, Any] = {}
    for layer in layers:
        if layer.shape.look is not None:
            said |= layer.shape.look.model_dump(exclude_none=True)
    return Look(**said)
