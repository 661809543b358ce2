"""Themes: a file, what it extends and includes, and all of it as one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from csweek.address import form_of, in_form
from csweek.errors import Problem
from csweek.model.basics import Audience, Channel, Cost, Place, Practice, Prepare, Visibility, Words
from csweek.model.theme import Action, IdeaFilter, Look, On, PerYear, Rhythm, Theme, Trait
from csweek.names import guessed
from csweek.read.layers import Layer, Layers, chain, chain_from
from csweek.read.shapes import ActionShape, ThemeShape, TraitShape
from csweek.read.source import Files, Problems, failed, warning

S = TypeVar("S", bound=BaseModel)

_RHYTHMS = ("per_year", "every", "on")


@dataclass(frozen=True)
class Own:
    """What a workspace says of its themes: lines laid over them, and how to address readers, by language."""

    layer: Layer | None = None
    address: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where it says how to address readers."""


@dataclass(frozen=True)
class _Draft:
    """What the files say of one thing when laid over each other, and where it was last said."""

    shape: Any
    place: Place


def read_theme(name: str, root: Path | None) -> tuple[Theme | None, Problems]:
    """Return a theme by name, with everything that it takes over from others."""
    return load_theme(name, Files(root))


def load_theme(
    name: str, files: Files, asked: Place | None = None, own: Own | None = None
) -> tuple[Theme | None, Problems]:
    """Return a theme by name as a workspace changes it; ``asked`` is where the user names it."""
    layers, problems = chain(name, files, asked)
    return _finished(layers, problems, own or Own())


def read_theme_file(path: Path, files: Files) -> tuple[Theme | None, Problems]:
    """Return the theme that a file says, with everything that it takes over."""
    return _finished(*chain_from(path, files), Own())


def _finished(layers: Layers, problems: Problems, own: Own) -> tuple[Theme | None, Problems]:
    if failed(problems) or not layers:
        return None, problems
    theme, found = _build(layers, own)
    problems = (*problems, *found)
    return (None if failed(problems) else theme), problems


# --- laid over each other ------------------------------------------------------------------------


def over(below: S | None, above: S) -> S:
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


_WHOLE = frozenset({"name", "motto"})
"""Texts that are another one once they are another one in English; the old translations then go."""


def _laid_over(below: Words, above: Words, *, whole: bool) -> Words:
    another = whole and above.texts.get("en", below.texts.get("en")) != below.texts.get("en")
    return above if another else Words({**below.texts, **above.texts})


def _over_action(below: ActionShape | None, above: ActionShape) -> ActionShape:
    if below is not None and any(getattr(above, name) is not None for name in _RHYTHMS):
        below = below.model_copy(update=dict.fromkeys(_RHYTHMS))
    return over(below, above)


def _actions(layers: Iterable[Layer], problems: list[Problem]) -> dict[str, _Draft]:
    found: dict[str, _Draft] = {}
    for layer in layers:
        for name, shape in (layer.shape.actions or {}).items():
            if shape is None:
                problems += _not_there(name, found, layer)
                found.pop(name, None)
                continue
            below = found[name].shape if name in found else None
            found[name] = _Draft(_over_action(below, shape), layer.tree.at("actions", name, key=True))
    return found


def _not_there(name: str, known: Mapping[str, object], layer: Layer) -> Iterator[Problem]:
    """Yield a warning for an action that is switched off without having been there."""
    if name not in known:
        hint = guessed(name, known, "'csweek ideas' lists those that there are")
        message = f"there is no action '{name}' to switch off"
        yield warning(layer.tree.at("actions", name, key=True), message, hint)


def _switched_off(layers: Iterable[Layer], actions: Mapping[str, object]) -> frozenset[str]:
    """Return the actions that were there and are switched off."""
    named = {(name, shape is None) for layer in layers for name, shape in (layer.shape.actions or {}).items()}
    return frozenset(name for name, off in named if off and (name, False) in named and name not in actions)


def _traits(layers: Iterable[Layer], problems: list[Problem]) -> dict[str, _Draft]:
    found: dict[str, _Draft] = {}
    for layer in layers:
        if layer.shape.traits is not None:
            problems += _twice(layer.shape.traits, layer)
            found = {
                shape.id: _Draft(
                    over(found[shape.id].shape if shape.id in found else None, shape),
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


def _celebration(layers: Iterable[Layer], off: frozenset[str]) -> dict[str, tuple[str, ...]]:
    said = {slot: ids for layer in layers for slot, ids in (layer.shape.celebration or {}).items()}
    return {slot: tuple(one for one in ids if one not in off) for slot, ids in said.items()}


# --- as one theme --------------------------------------------------------------------------------


def _build(layers: Layers, own: Own) -> tuple[Theme, Problems]:
    last, whole = layers[-1], _whole(layers)
    every = (*layers, own.layer) if own.layer else layers
    problems: list[Problem] = []
    drafts = _actions(every, problems)
    off = _switched_off(every, drafts)
    name = whole.name or Words({"en": last.name})
    theme = Theme(
        id=last.name,
        place=Place(last.tree.file, 1),
        name=name,
        motto=_motto(whole, name),
        look=_look(layers),
        traits=tuple(_trait(draft, problems) for draft in _traits(layers, problems).values()),
        actions={key: _action(key, draft, off, problems) for key, draft in drafts.items()},
        celebration=_celebration(every, off),
    )
    problems += [*_unnamed(whole, last), *_references(theme, every, off)]
    forms = _forms(layers, own, problems)
    return _addressed(theme, forms), tuple(problems)


def _motto(whole: ThemeShape, name: Words) -> Words:
    """Return the motto: the name where none is said, nothing where its line is empty."""
    if "motto" in whole.model_fields_set:
        return whole.motto or Words({})
    return name


def _unnamed(whole: ThemeShape, last: Layer) -> Problems:
    if whole.name is not None:
        return ()
    return (
        Problem(Place(last.tree.file, 1, 1), "'name' is missing", "write name: and what the theme is called"),
    )


def _whole(layers: tuple[Layer, ...]) -> ThemeShape:
    shape: ThemeShape | None = None
    for layer in layers:
        shape = over(shape, layer.shape)
    return shape or ThemeShape()


def _look(layers: Iterable[Layer]) -> Look:
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


def _action(key: str, draft: _Draft, off: frozenset[str], problems: list[Problem]) -> Action:
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
        ideas=_ideas(shape, off),
        prepare=Prepare(shape.prepare.minutes, shape.prepare.weeks) if shape.prepare else None,
        channel=shape.channel or Channel.NOTE,
        visibility=shape.visibility or Visibility.TEAM,
        cost=shape.cost or Cost.NONE,
        **_as_given(shape),
    )


_PLAIN = (
    "weeks",
    "months",
    "group_size",
    "card",
    "announcement",
    "minutes",
    "tags",
    "trait",
    "replaces",
    "focus",
)


def _as_given(shape: ActionShape) -> Mapping[str, Any]:
    return {name: value for name in _PLAIN if (value := getattr(shape, name)) is not None}


def _rhythm(shape: ActionShape) -> Rhythm | None:
    if shape.on is not None:
        return On(shape.on)
    return shape.every or (PerYear(shape.per_year) if shape.per_year is not None else None)


def _ideas(shape: ActionShape, off: frozenset[str]) -> IdeaFilter | None:
    wanted = shape.ideas
    if wanted is None:
        return None
    return IdeaFilter(tuple(one for one in wanted.ids if one not in off), wanted.practice, wanted.tags)


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


def _references(theme: Theme, layers: Layers, off: frozenset[str]) -> Iterator[Problem]:
    known = {*theme.actions, *off}
    for layer in layers:
        for slot, ids in (layer.shape.celebration or {}).items():
            kept = tuple(one for one in ids if one not in off)
            for number, name in enumerate(ids if theme.celebration[slot] == kept else ()):
                yield from _unknown("action", name, known, layer.tree.at("celebration", slot, number))
        for key, shape in (layer.shape.actions or {}).items():
            if shape is not None and key in theme.actions:
                yield from _idea_references(theme, key, shape, layer, known)
                yield from _trait_reference(theme, key, shape, layer)


def _idea_references(
    theme: Theme, key: str, said: ActionShape, layer: Layer, known: Iterable[str]
) -> Iterator[Problem]:
    if said.ideas is None:
        return
    at = layer.tree.at
    for number, name in enumerate(said.ideas.ids):
        yield from _unknown("action", name, known, at("actions", key, "ideas", "ids", number))
    action = theme.actions[key]
    if not said.ideas.ids and not any(idea.fits(action) for idea in theme.actions.values()):
        hint = "an idea is an action without per_year, every and on, for the same audience"
        yield Problem(at("actions", key, "ideas"), "no idea of this theme fits here", hint)


def _trait_reference(theme: Theme, key: str, said: ActionShape, layer: Layer) -> Iterator[Problem]:
    if said.trait is not None:
        traits = [trait.id for trait in theme.traits]
        yield from _unknown("trait", said.trait, traits, layer.tree.at("actions", key, "trait"))


def _unknown(what: str, name: str, known: Iterable[str], place: Place) -> Iterator[Problem]:
    if name not in known:
        hint = guessed(name, known, f"known: {', '.join(list(known)[:12]) or 'none'}")
        yield Problem(place, f"there is no {what} '{name}' in this theme", hint)


# --- how readers are addressed -------------------------------------------------------------------


def _forms(layers: Layers, own: Own, problems: list[Problem]) -> Mapping[str, int]:
    """Return which form of a text holds, by language; the first one where nobody has asked."""
    names = {key: names for layer in layers for key, names in (layer.shape.address or {}).items()}
    chosen: dict[str, int] = {}
    for locale, asked in own.address.items():
        form = form_of(asked, names.get(locale, ()))
        if form is None:
            problems.append(_no_form(locale, asked, names, own.places[locale]))
        else:
            chosen[locale] = form
    return chosen


def _no_form(locale: str, asked: str, names: Mapping[str, Sequence[str]], place: Place) -> Problem:
    there = "; ".join(f"{key}: {' or '.join(forms)}" for key, forms in names.items())
    hint = f"there is {there}" if there else "leave 'address' out"
    return warning(place, f"the theme does not know '{asked}' in '{locale}'", hint)


def _addressed(theme: Theme, forms: Mapping[str, int]) -> Theme:
    """Return the theme with every text in the form of address that holds."""
    traits = tuple(
        replace(one, title=_spoken(one.title, forms), text=_spoken(one.text, forms)) for one in theme.traits
    )
    actions = {
        key: replace(one, title=_spoken(one.title, forms), how=_spoken(one.how, forms))
        for key, one in theme.actions.items()
    }
    motto, name = _spoken(theme.motto, forms), _spoken(theme.name, forms)
    return replace(theme, name=name, motto=motto, traits=traits, actions=actions)


def _spoken(words: Words, forms: Mapping[str, int]) -> Words:
    if not any("|" in text for text in words.texts.values()):
        return words
    return Words({key: in_form(text, forms.get(key, 0)) for key, text in words.texts.items()})
