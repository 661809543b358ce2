"""Users' and bundled templates, rendered where they cannot reach the network, a file or Python."""

import functools
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import NoReturn

import jinja2
from jinja2.exceptions import SecurityError
from msgspec.structs import replace

from csweek.errors import CsweekError, Problem
from csweek.model.basics import Place
from csweek.render.sandbox import MAX_OUTPUT, Finish, Sandbox

Reader = Callable[[str], bytes | None]
"""The bytes of a template, sheet or picture by its name (``cards/thank-you.html``), or None."""

_AT_ONCE = 32
"""Pieces of a text that are put together between two looks at its length."""


class TemplateError(CsweekError):
    """A template is missing or does not work as it is written."""


class Templates:
    """Templates from one reader, each compiled once; those of markup escape what they are given."""

    def __init__(
        self, reader: Reader, tools: Mapping[str, object] | None = None, finish: Finish | None = None
    ) -> None:
        self._sandbox = Sandbox(_Loader(reader), tools or {}, finish)
        self._compiled = functools.cache(self._sandbox.get_template)

    def render(self, name: str, context: Mapping[str, object]) -> str:
        """Return the text of a template with this context.

        Raises TemplateError, with file and line, where it is missing or does not work.
        """
        sandbox = self._sandbox
        sandbox.steps, sandbox.known = 0, (*context, *sandbox.globals)
        try:
            return _collected(self._compiled(name).generate(context))
        except TemplateError as error:  # of what a template called; it does not know where that was
            found = _place(error, name)
            raise TemplateError([replace(one, place=one.place or found) for one in error.problems]) from None
        except RecursionError:
            raise TemplateError([Problem(Place(_shown(name)), "calls itself without an end")]) from None
        except SyntaxError as error:  # Python's, for what Jinja made of a template
            found = Place(error.filename or _shown(name))
            what, hint = "has too many blocks within blocks", "move the inner ones into a macro or a file"
            raise TemplateError([Problem(found, what, hint)]) from None
        except (jinja2.TemplateError, UnicodeDecodeError, ArithmeticError, TypeError, ValueError) as error:
            _fail(error, name)


class _Loader(jinja2.BaseLoader):
    """Templates by name from a reader; each keeps the name that people see."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return text, shown name, and that it stays the same."""
        del environment
        data = self._reader(template)
        if data is None:
            raise jinja2.TemplateNotFound(template)
        return data.decode("utf-8"), _shown(template), lambda: True


def _shown(name: str) -> str:
    return f"templates/{name}"


def _collected(pieces: Iterable[str]) -> str:
    found: list[str] = []
    total, left = 0, iter(pieces)
    while some := list(islice(left, _AT_ONCE)):
        total += sum(map(len, some))
        if total > MAX_OUTPUT:
            raise SecurityError(f"gives more than {MAX_OUTPUT:,} characters")
        found += some
    return "".join(found)


def _fail(error: Exception, name: str) -> NoReturn:
    """Raise the error as a problem at the line of the template that it comes from."""
    if isinstance(error, jinja2.TemplateNotFound):
        place, hint = Place(_shown(str(error.name))), "csweek template list says which there are"
        raise TemplateError([Problem(place, "there is no such template", hint)]) from None
    if isinstance(error, UnicodeDecodeError):
        raise TemplateError([Problem(Place(_shown(name)), "is not UTF-8", "save it as UTF-8")]) from None
    message, _, hint = str(error).partition("\0")
    raise TemplateError([Problem(_place(error, name), message, hint or None)]) from error


def _place(error: Exception, name: str) -> Place:
    """Return the file and line of the template that was being read or run when it failed."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Place(error.filename or _shown(error.name or name), error.lineno)
    found, trace = Place(_shown(name)), error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.startswith("templates/"):
            found = Place(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return found
