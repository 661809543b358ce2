"""What the shapes found wrong, in plain words and at its place."""

from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from csweek import zones
from csweek.errors import Problem
from csweek.names import few, guessed, near
from csweek.read import words
from csweek.read.fields import sort_of
from csweek.read.source import Problems
from csweek.read.tree import Path, Plain, Tree
from csweek.read.wrong import Wrong

M = TypeVar("M", bound=BaseModel)
Say = tuple[str, str | None]


def fit(model: type[M], tree: Tree, data: Plain | None = None) -> tuple[M | None, Problems]:
    """Return what a file says in its shape, or everything that does not fit."""
    try:
        return model.model_validate(tree.data if data is None else data), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, tuple(_problem(one, model, tree) for one in details if not _misspelt(one, details))


def _misspelt(missing: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Whether a key is missing only because it is misspelt, which is said at the unknown key."""
    if missing["type"] != "missing":
        return False
    parent, name = missing["loc"][:-1], str(missing["loc"][-1])
    others = (d["loc"] for d in details if d["type"] == "extra_forbidden" and d["loc"][:-1] == parent)
    return any(near(str(loc[-1]), [name], 0.6) for loc in others)


def pruned(data: Plain, *, keep: frozenset[str] = frozenset()) -> Plain:
    """Return the data without keys that have no value, which count as left out; not below the keys kept."""
    if isinstance(data, list):
        return [pruned(one) for one in data]
    if not isinstance(data, dict):
        return data
    return {
        key: _kept(value) if key in keep else pruned(value)
        for key, value in data.items()
        if value is not None
    }


def _kept(data: Plain) -> Plain:
    if not isinstance(data, dict):
        return data
    return {key: None if value is None else pruned(value) for key, value in data.items()}


def _problem(detail: ErrorDetails, model: type[BaseModel], tree: Tree) -> Problem:
    path = tuple(step for step in detail["loc"] if step != "[key]")
    on_key = detail["type"] == "extra_forbidden" or "[key]" in detail["loc"]
    message, hint = _say(detail, path, model)
    return Problem(tree.at(*path, key=on_key), message, hint)


def _say(detail: ErrorDetails, path: Path, model: type[BaseModel]) -> Say:
    kind, given = detail["type"], detail["input"]
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    if kind == "extra_forbidden":
        return _unknown(name, model, path)
    if kind == "missing":
        return _missing(name, model, path, given)
    if "[key]" in detail["loc"]:
        return _bad_key(detail, name)
    if not path:
        return "this file should have keys and values", "write 'key: value' in each line, as in 'theme: base'"
    message, hint = _value(kind, given, detail.get("ctx", {}), detail["msg"])
    if name == "per_year" and len(path) > 1 and str(given) == "0":
        hint = f"to have none write {path[-2]}: off"
    return f"{name}: {message}" if name else message, hint or _example(model, path) or _below(kind)


def _unknown(name: str, model: type[BaseModel], path: Path) -> Say:
    known = _fields(_model_at(model, path[:-1]))
    if (elsewhere := _ELSEWHERE.get(name)) and len(path) == 1:
        return f"unknown key '{name}'", elsewhere
    return f"unknown key '{name}'", guessed(name, known, f"known here: {', '.join(known)}", 0.6)


_IN_SITES = "it belongs to a site: sites: {main: {country: SE, timezone: Europe/Stockholm}}"
_ELSEWHERE = {
    "country": _IN_SITES,
    "timezone": _IN_SITES,
    "subdivision": _IN_SITES,
    "holidays": _IN_SITES,
    "thanks": "it belongs under defaults: {thanks: private}",
    "celebrate": "it belongs under defaults: {celebrate: [anniversary]}",
    "max_team_away": "it belongs under limits",
    "owner_minutes_per_week": "it belongs under limits",
    "currency": "it belongs under budget",
} | {
    called: f"did you mean '{key}'?"
    for key, names in {
        "locale": ("language", "lang", "språk", "언어", "jezik"),
        "organisation": ("company", "name", "företag", "회사", "firma"),
        "people": ("employees", "staff", "personal", "medarbetare", "직원", "zaposlenici"),
        "closed": ("days_off", "stängt", "휴무", "zatvoreno"),
    }.items()
    for called in names
}
"""What is known under another name, or further down."""


def _missing(name: str, model: type[BaseModel], path: Path, beside: object) -> Say:
    field = _fields(_model_at(model, path[:-1])).get(name)
    example = field.examples[0] if field and field.examples else "…"
    if name == "timezone":
        example = _zone_of(beside) or example
    return f"'{name}' is missing", f"write {name}: {example}"


def _zone_of(site: object) -> str | None:
    """Return what to write as the time zone of a site that names its country: of several the nearest."""
    country = site.get("country") if isinstance(site, dict) else None
    there = zones.of_country(country) if isinstance(country, str) else ()
    return f"and the nearest of {few(there)}" if len(there) > 1 else next(iter(there), None)


def _bad_key(detail: ErrorDetails, name: str) -> Say:
    if expected := detail.get("ctx", {}).get("expected"):
        return _none_of(name, expected)
    return f"'{name}' cannot be an id", "use letters, digits, '-', '_' and '.', as in wow-note"


def _value(kind: str, given: object, ctx: dict[str, Any], message: str) -> Say:
    if kind == "value_error" and isinstance(ctx.get("error"), Wrong):
        return str(ctx["error"]), ctx["error"].hint
    if kind in {"enum", "literal_error"}:
        return _none_of(str(given), ctx["expected"]) if isinstance(given, str) else (
            f"this should be one of {ctx['expected']}, not {sort_of(given)}", None)  # fmt: skip
    if kind in _BOUNDS:
        return f"{given} is too {_BOUNDS[kind][0]}", f"the {_BOUNDS[kind][1]} is {ctx[_BOUNDS[kind][2]]:g}"
    for start, wanted in _WANTED.items():
        if kind.startswith(start):
            hint = "leave it out: the first csweek plan makes one" if start == "uuid" else None
            return f"this should be {wanted}, not {sort_of(given)}", hint
    return message[:1].lower() + message[1:], None


_BOUNDS = {
    "greater_than_equal": ("small", "least", "ge"),
    "less_than_equal": ("large", "most", "le"),
}
_WANTED = {
    "int": "a whole number",
    "float": "a number",
    "finite_number": "a number",
    "string": "text",
    "list": "a list",
    "tuple": "a list",
    "dict": "a mapping",
    "model": "a mapping",
    "uuid": "an id like 3d0c1f9e-…, as 'csweek init' writes it",
    "too_short": "a list with something in it",
}


def _none_of(given: str, expected: str) -> Say:
    known = expected.replace(" or ", ", ").replace("'", "").split(", ")
    usual = f"write {', '.join(known[:-1])} or {known[-1]}"
    meant = words.meant(given, known)
    hint = f"did you mean '{meant}'?" if meant else guessed(given, known, usual, 0.5)
    return f"'{given}' is none of {', '.join(known)}", hint


def _example(model: type[BaseModel], path: Path) -> str | None:
    names = [step for step in path if isinstance(step, str)]
    if not names:
        return None
    field = _fields(_model_at(model, path[: len(path) - 1 - path[::-1].index(names[-1])])).get(names[-1])
    return f"write {names[-1]}: {field.examples[0]}" if field and field.examples else None


def _below(kind: str) -> str | None:
    return "write 'key: value' lines below it" if kind.startswith(("dict", "model")) else None


def _fields(model: type[BaseModel] | None) -> dict[str, Any]:
    return {f.alias or name: f for name, f in model.model_fields.items()} if model else {}


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    current: Any = model
    for step in path:
        if isinstance(current, type) and issubclass(current, BaseModel):
            field = _fields(current).get(str(step))
            current = _bare(field.annotation) if field else None
        elif get_origin(current) in {list, dict}:
            current = _bare(get_args(current)[-1])
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def _bare(annotation: Any) -> Any:  # noqa: ANN401 - annotations have no common type
    while get_origin(annotation) in {Annotated, Union, UnionType}:
        annotation = get_args(annotation)[0]
    return annotation
