"""The one place where PDF is made: PlutoPrint with the packaged fonts and what it is handed, nothing else.

PlutoPrint is missing on some platforms: ``available`` says so, and all but ``write_pdf`` works without.
"""

import io
import mimetypes
import os
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import pikepdf

from csweek import __version__
from csweek.errors import OutputError, Problem
from csweek.render.paper import fonts
from csweek.render.templates import Reader

AT_ONCE = 50
"""Pages that PlutoPrint lays out at once; of 1,000 at once each took four times as long."""
_BASE = "csweek:///"
_NOTHING = '<svg xmlns="http://www.w3.org/2000/svg"/>'
_OVERRIDES = ("FONTCONFIG_FILE", "FONTCONFIG_SYSROOT")
"""What in the environment would lead fontconfig past our configuration."""


@dataclass(frozen=True, slots=True)
class About:
    """What a PDF says of itself; ``stamp`` is its only time."""

    title: str
    author: str
    lang: str
    stamp: datetime


def available() -> bool:
    """Whether PDF can be made on this machine."""
    return find_spec("plutoprint") is not None


def write_pdf(parts: Iterable[str], about: About, reader: Reader) -> bytes:
    """Return one PDF of the pages of several HTML documents, the same bytes for the same input.

    Pictures and styles are asked for by name from the reader. Raises OutputError where one is refused
    or PlutoPrint cannot lay a document out.
    """
    engine = _engine()
    fetcher = _fetcher(engine, reader)
    made = [_laid_out(engine, fetcher, html) for html in parts]
    if fetcher.refused:
        raise OutputError([_refusal(url) for url in fetcher.refused])
    return _joined(made, about)


def _laid_out(engine: ModuleType, fetcher: object, html: str) -> io.BytesIO:
    book = engine.Book(engine.PAGE_SIZE_A4, engine.PAGE_MARGINS_NONE)
    book.custom_resource_fetcher = fetcher
    made = io.BytesIO()
    try:
        book.load_html(html, base_url=_BASE)
        book.write_to_pdf_stream(made)
    except engine.Error as error:
        raise OutputError(f"the PDF cannot be made: {error}") from None
    return made


def _fetcher(engine: ModuleType, reader: Reader) -> Any:  # noqa: ANN401 - its base class is known once PlutoPrint is
    """Return what hands PlutoPrint the reader's files, and notes what it does not hand out."""

    class Fetcher(engine.ResourceFetcher):  # type: ignore[name-defined,misc]
        refused: tuple[str, ...] = ()

        def fetch_url(self, url: str) -> Any:  # noqa: ANN401 - as above
            if url.startswith("data:"):
                return engine.default_resource_fetcher.fetch_url(url)
            data = reader(url.removeprefix(_BASE)) if _is_name(url) else None
            if data is not None:
                return engine.ResourceData(data, mimetypes.guess_type(url)[0] or "")
            self.refused = tuple(dict.fromkeys((*self.refused, url)))
            return engine.ResourceData(_NOTHING, "image/svg+xml")

    return Fetcher()


def _is_name(url: str) -> bool:
    """Whether it is the plain name of something below the templates."""
    name = url.removeprefix(_BASE)
    return url.startswith(_BASE) and ":" not in name and not {"", ".", ".."} & set(name.split("/"))


def _refusal(url: str) -> Problem:
    shown = url.removeprefix(_BASE)
    return Problem(
        None,
        f"a template asks for '{shown}', which is neither bundled nor among the workspace's templates",
        "put the picture into templates/ of the workspace and name it from there: cards/logo.svg",
    )


def _joined(made: list[io.BytesIO], about: About) -> bytes:
    """Return one document of all pages that says what it is and that it prints at its own size."""
    described = io.BytesIO()
    with ExitStack() as opened:
        first, *others = (opened.enter_context(pikepdf.open(part)) for part in made)
        for other in others:
            first.pages.extend(other.pages)
        _describe(first, about)
        first.save(described, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return described.getvalue()


def _describe(document: pikepdf.Pdf, about: About) -> None:
    stamp = about.stamp.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
    document.docinfo["/Title"] = about.title
    document.docinfo["/Author"] = about.author
    document.docinfo["/Creator"] = f"csweek {__version__}"
    document.docinfo["/CreationDate"] = document.docinfo["/ModDate"] = stamp
    document.Root.Lang = pikepdf.String(about.lang)
    document.Root.ViewerPreferences = pikepdf.Dictionary(
        PrintScaling=pikepdf.Name("/None"), DisplayDocTitle=True
    )


@cache
def _engine() -> ModuleType:
    """Return PlutoPrint with our fonts alone; its fonts are settled once in a process.

    fontconfig wants files: its configuration and its index stand in a temporary folder until the end.
    """
    import plutoprint  # noqa: PLC0415 - missing on some platforms

    folder = Path(_temporary().name)
    (folder / "fonts.conf").write_text(fonts.font_config(folder / "index"), encoding="utf-8")
    for name in _OVERRIDES:
        os.environ.pop(name, None)
    plutoprint.plutobook_set_fontconfig_path(str(folder))
    return plutoprint


@cache
def _temporary() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="csweek-", ignore_cleanup_errors=True)
