"""Themes: a file, what it extends and includes, and all of it as one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from csweek.address import form_of, in_form
from csweek.errors import Problem
from csweek.model.basics import Audience, Channel, Cost, Place, Practice, Prepare, Visibility, Words
from csweek.model.theme import Action, IdeaFilter, On, PerYear, Rhythm, Theme, Trait
from csweek.names import guessed
from csweek.read import overlay
from csweek.read.layers import Layer, Layers, chain, chain_from
from csweek.read.overlay import Draft
from csweek.read.source import Files, Problems, failed, warning
from csweek.read.theme_shapes import ActionShape, ThemeShape, TraitShape


class Own(Struct, frozen=True, dict=True):
    """What a workspace says of its themes: lines laid over them, and how to address readers, by language."""

    layer: Layer | None = None
    address: Mapping[str, str] = {}
    places: Mapping[str, Place] = {}
    """Where it says how to address readers."""


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


# --- as one theme --------------------------------------------------------------------------------


def _build(layers: Layers, own: Own) -> tuple[Theme, Problems]:
    last, whole = layers[-1], overlay.whole(layers)
    every = (*layers, own.layer) if own.layer else layers
    problems: list[Problem] = []
    drafts = overlay.actions(every, problems)
    off = overlay.switched_off(every, drafts)
    name = whole.name or Words({"en": last.name})
    theme = Theme(
        id=last.name,
        place=Place(last.tree.file, 1),
        name=name,
        motto=_motto(whole, name),
        look=overlay.look(layers),
        traits=tuple(_trait(draft, problems) for draft in overlay.traits(layers, problems).values()),
        actions={key: _action(key, draft, off, problems) for key, draft in drafts.items()},
        celebration=overlay.celebration(every, off),
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


def _trait(draft: Draft[TraitShape], problems: list[Problem]) -> Trait:
    shape = draft.shape
    if shape.title is None:
        problems.append(
            Problem(draft.place, f"the trait '{shape.id}' has no 'title'", "write title: {en: …}")
        )
    return Trait(shape.id, shape.title or Words({}), shape.text or Words({}))


def _action(key: str, draft: Draft[ActionShape], off: frozenset[str], problems: list[Problem]) -> Action:
    shape = draft.shape
    problems += _incomplete(key, shape, draft.place)
    return Action(
        id=key,
        place=draft.place,
        practice=shape.practice or Practice.CELEBRATION,
        title=shape.title or Words({}),
        how=shape.how or Words({}),
        audience=shape.audience or Audience.PERSON,
        owner=shape.owner or ("leader" if shape.audience is Audience.GROUP else "manager"),
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
    given = [name for name in overlay.RHYTHMS if getattr(shape, name) is not None]
    if len(given) > 1:
        yield Problem(place, f"the action '{key}' has both '{given[0]}' and '{given[1]}'", "keep one of them")
    if shape.ideas is not None and not given:
        hint = "write how often: per_year, every or on"
        yield Problem(place, f"the action '{key}' takes ideas but has no rhythm", hint)
    dealt = shape.per_year is not None or shape.every is not None
    if dealt and shape.audience is Audience.GROUP and shape.owner not in {None, "leader"}:
        hint = (
            "leave owner out, and give those who are to meet them the role leader; "
            "'audience: person' takes any owner"
        )
        yield Problem(place, f"the action '{key}' is for groups, whom leaders meet in turn", hint)


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
