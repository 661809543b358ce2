"""Where users' and bundled templates run: Jinja's sandbox, with budgets for what it leaves open."""

import functools
import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import Macro, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from csweek import names

Finish = Callable[[object], str]
"""Turns a value into what stands for it in the text, in place of escaping; markup is not given to it."""

MAX_OUTPUT = 4_000_000
"""Characters that one template may give, and that one text within it may have."""
MAX_STEPS = 400_000
"""Rounds of all loops of one rendering, and texts of its macros, together."""
MAX_NUMBER = 10**30
MAX_PLACES = 30
"""To round to, and to indent by."""

_FILTERS = """
    abs attr capitalize count d default dictsort e escape first float forceescape groupby int
    items join last length list lower map max min reject rejectattr replace reverse round safe
    select selectattr sort string striptags sum title tojson trim truncate unique upper
    urlencode wordcount
"""
_TEXT_METHODS = """
    capitalize casefold count endswith find isalpha isdecimal isdigit islower isspace istitle
    isupper lower lstrip partition removeprefix removesuffix rfind rpartition rsplit rstrip
    split splitlines startswith strip swapcase title upper
"""
_MAY_FILTER = frozenset(_FILTERS.split())
_MAY_ASK = frozenset(_TEXT_METHODS.split())
_GROWING = frozenset(["*", "**", "%", "+"])
_NUMBERS = (int, float)
_JINJAS_OWN = ("_loop_vars", "_block_vars")
"""What compiled templates pass along for macros."""


class _Counted(NodeTransformer):
    """Lead every loop and every ``~`` through the budget."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - the visitor's own naming
        self.generic_visit(node)
        node.iter = _through("_rounds", node.iter)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802 - the visitor's own naming
        self.generic_visit(node)
        return _through("_joined", nodes.List(node.nodes, lineno=node.lineno))


def _through(name: str, value: nodes.Node) -> nodes.Filter:
    return nodes.Filter(value, name, [], [], None, None, lineno=value.lineno)


class _Rounds:
    """Something to loop over, each round of which is paid for."""

    def __init__(self, items: Collection[Any], pay: Callable[[], None]) -> None:
        self._items, self._pay = items, pay

    def __iter__(self) -> Iterator[Any]:
        for item in self._items:
            self._pay()
            yield item

    def __len__(self) -> int:
        return len(self._items)


class _Finished(CodeGenerator):
    """Put out what a finisher gives as it is: markup, which escaping would only copy."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:
        del node, frame, finalize
        self.write("environment.finalize(context, ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:
        del node, frame, finalize
        self.write(")")


class _Fields(dict[type, frozenset[str]]):
    """The fields and properties of a type that any template may look at; found once for each type."""

    def __missing__(self, kind: type) -> frozenset[str]:
        fields = (*getattr(kind, "__struct_fields__", ()), *getattr(kind, "_fields", ()))
        worked_out = (name for name in dir(kind) if isinstance(getattr(kind, name, None), property))
        found = frozenset(name for name in (*fields, *worked_out) if not name.startswith("_"))
        self[kind] = found
        return found


class _Compiled(jinja2.BytecodeCache):
    """What templates were compiled to in this process, by their names and texts."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code


_PLAIN, _FINISHED = _Compiled(), _Compiled()
"""Two, since what a finisher is called for is compiled to other code."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with budgets for what it leaves open."""

    intercepted_binops = _GROWING
    fields = _Fields()

    def __init__(self, loader: jinja2.BaseLoader, tools: Mapping[str, object], finish: Finish | None) -> None:
        self.known: Collection[str] = ()
        self.steps = 0
        self.tools = frozenset(id(tool) for tool in tools.values())
        super().__init__(
            loader=loader,
            autoescape=finish is not None or _is_markup,
            finalize=finish and _at_run_time(finish),
            undefined=type("Unknown", (_Unknown,), {"environment": self}),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=_FINISHED if finish else _PLAIN,
        )
        if finish is not None:
            self.code_generator_class = _Finished
        kept = {name: _bounded(function) for name, function in self.filters.items() if name in _MAY_FILTER}
        own = {"join": _join, "replace": _replace, "_joined": _join, "_rounds": self._rounds}
        own |= {"round": _narrow(kept["round"], "precision"), "tojson": _narrow(kept["tojson"], "indent")}
        self.filters = kept | own
        kept_globals = {name: self.globals[name] for name in ("namespace", "dict")}
        self.globals = {"range": _range, **kept_globals, **tools}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        changed: nodes.Template = _Counted().visit(tree)
        return changed

    def _rounds(self, items: Iterable[Any]) -> _Rounds:
        self.pay()
        return _Rounds(items if isinstance(items, Collection) else list(items), self.pay)

    def pay(self) -> None:
        """Count one round of a loop, or one text of a macro."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise SecurityError(f"loops and macros take more than {MAX_STEPS:,} rounds")

    def concat(self, pieces: Iterable[str]) -> str:
        """Put together what a macro or a block gives; Jinja calls it for each of them."""
        self.pay()
        found = list(pieces)
        if sum(map(len, found)) > MAX_OUTPUT:
            raise SecurityError("a text grows too long")
        return "".join(found)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - Jinja's own signature
        """Whether a template may look at it; of texts only what cannot make them grow."""
        if isinstance(obj, str):
            return attr in _MAY_ASK
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401 - as above
        """Treat ``format`` as the unsafe method that it is: a width in it has no bound."""
        del value

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - as above
        """Return a field and a macro at once, anything else by the sandbox's rules."""
        if attribute in self.fields[type(obj)] or _is_macro(obj, attribute):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def call(self, context: Any, tool: Any, /, *given: Any, **named: Any) -> Any:  # noqa: ANN401 - as above
        """Call our own tools and macros at once, anything else by the sandbox's rules."""
        if type(tool) is Macro:
            given = (context.eval_ctx, *given)
        elif id(tool) not in self.tools:
            return super().call(context, tool, *given, **named)
        return tool(*given, **{name: value for name, value in named.items() if name not in _JINJAS_OWN})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - as above
        """Work out ``*``, ``**``, ``%`` and ``+`` where the result stays within bounds."""
        del context
        if operator != "+" or type(left) not in _NUMBERS or type(right) not in _NUMBERS:
            _refuse_growth(operator, left, right)
        return self.binop_table[operator](left, right)


def _is_macro(obj: object, attribute: str) -> bool:
    return isinstance(obj, TemplateModule) and isinstance(obj.__dict__.get(attribute), Macro)


class _Unknown(jinja2.StrictUndefined):
    """A name that nothing stands behind; its message says which one was probably meant."""

    __slots__ = ()
    environment: Sandbox

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        owner, name = self._undefined_obj, self._undefined_name
        top = owner is jinja2.utils.missing
        known = self.environment.known if top else _public(owner)
        meant = names.near(str(name), known)
        return f"unknown name '{name}'" + (f"\0did you mean '{meant}'?" if meant else "")


def _at_run_time(finish: Finish) -> Callable[[object, object], object]:
    """Return it as Jinja's finalizer, which for constants too runs only when the template does."""

    @jinja2.pass_context
    def finalize(_context: object, value: object) -> object:
        return value if isinstance(value, Markup) else finish(value)

    return finalize


def _is_markup(name: str | None) -> bool:
    return name is not None and name.removesuffix(".j2").endswith((".html", ".svg", ".xml"))


def _public(owner: object) -> Iterable[str]:
    keys = owner if isinstance(owner, Mapping) else dir(owner)
    return [str(key) for key in keys if not str(key).startswith("_")]


def _range(*bounds: int) -> range:
    found = range(*bounds)
    if len(found) > MAX_STEPS:
        raise SecurityError(f"a range of more than {MAX_STEPS:,}")
    return found


def _refuse_growth(operator: str, left: object, right: object) -> None:
    numbers = isinstance(left, int | float) and isinstance(right, int | float)
    if operator == "+":
        if not numbers and _size(left) + _size(right) > MAX_OUTPUT:
            raise SecurityError("a text grows too long")
    elif not numbers:
        raise SecurityError(f"'{operator}' is for numbers only")
    elif operator == "**" and (abs(right) > 64 or abs(left) > 10**6):  # type: ignore[arg-type]
        raise SecurityError("a power too large")
    elif operator == "*" and (abs(left) > MAX_NUMBER or abs(right) > MAX_NUMBER):  # type: ignore[arg-type]
        raise SecurityError("a number too large")


def _join(items: Iterable[object], by: str = "") -> str:
    """Put texts one after the other, what is not markup escaped where anything is."""
    found = list(items)
    if sum(len(str(item)) + len(by) for item in found) > MAX_OUTPUT:
        raise SecurityError("a text grows too long")
    spaced = [piece for item in found for piece in (by, item)][1:] if by else found
    return markup_join(spaced)


def _replace(text: str, old: str, new: str) -> str:
    if len(text) + text.count(old) * len(new) > MAX_OUTPUT:
        raise SecurityError("a text grows too long")
    return text.replace(old, new)


def _size(value: object) -> int:
    return len(value) if isinstance(value, str | list | tuple) else 0


def _bounded(function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a filter so that what it gives cannot grow without end."""

    @functools.wraps(function)
    def bounded(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the filter it stands for
        try:
            found = function(*given, **named)
        except AttributeError as error:  # Jinja's filters take what they are given for the right kind
            raise TypeError(str(error)) from error
        if _size(found) > MAX_OUTPUT:
            raise SecurityError("a text grows too long")
        return found

    return bounded


def _narrow(function: Callable[..., Any], word: str) -> Callable[..., Any]:
    """Wrap a filter so that the number that it takes by this name stays small."""
    bind = inspect.signature(function).bind

    @functools.wraps(function)
    def narrow(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the filter it stands for
        asked = bind(*given, **named).arguments.get(word)
        if isinstance(asked, int) and abs(asked) > MAX_PLACES:
            raise SecurityError(f"{word} of more than {MAX_PLACES}")
        return function(*given, **named)

    return narrow
