"""The one place where PDF is made: PlutoPrint with the packaged fonts and what it is handed, nothing else.

PlutoPrint is missing on some platforms: ``available`` says so, and all but ``write_pdf`` works without.
"""

import atexit
import base64
import io
import mimetypes
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import pikepdf
from msgspec import Struct

from csweek import __version__
from csweek.errors import OutputError, Problem
from csweek.render.paper import fonts
from csweek.render.paper.letters import readable
from csweek.render.templates import Reader

_BASE = "csweek:///"
_NOTHING = '<svg xmlns="http://www.w3.org/2000/svg"/>'
_FONTS = (".ttf", ".otf", ".ttc", ".woff", ".woff2")
_OVERRIDES = ("FONTCONFIG_FILE", "FONTCONFIG_SYSROOT")
"""What in the environment would lead fontconfig past our configuration."""


class About(Struct, frozen=True):
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
    return bind((lay_out(html, reader) for html in parts), about)


def lay_out(html: str, reader: Reader) -> bytes:
    """Return the pages of an HTML document as a PDF that says nothing of itself yet; see ``write_pdf``."""
    made = io.BytesIO()
    with _opened(html, reader) as (_, book):
        book.write_to_pdf_stream(made)
    return readable(made.getvalue(), html)


def picture(html: str, reader: Reader, dots: int) -> Iterator[bytes]:
    """Yield each page of an HTML document as PNG, so many dots to an inch; see ``write_pdf``."""
    scale = dots / 72
    drawn = dots / 96  # pages are measured in points, and drawn in CSS pixels
    with _opened(html, reader) as (engine, book):
        for number in range(book.get_page_count()):
            size = book.get_page_size_at(number)
            canvas = engine.ImageCanvas(round(size.width * scale), round(size.height * scale))
            canvas.clear_surface(1, 1, 1, 1)
            canvas.scale(drawn, drawn)
            book.render_page(canvas, number)
            made = io.BytesIO()
            canvas.write_to_png_stream(made)
            yield made.getvalue()


@contextmanager
def _opened(html: str, reader: Reader) -> Iterator[tuple[ModuleType, Any]]:
    """Open a document in the engine; afterwards tell what it asked for in vain."""
    engine = _engine()
    fetcher = _fetcher(engine, reader)
    book = engine.Book(engine.PAGE_SIZE_A4, engine.PAGE_MARGINS_NONE)
    book.custom_resource_fetcher = fetcher
    try:
        book.load_html(html, base_url=_BASE)
        yield engine, book
    except engine.Error as error:
        raise OutputError(f"the PDF cannot be made: {error}") from None
    if fetcher.refused:
        raise OutputError([_refusal(url) for url in fetcher.refused])


def _fetcher(engine: ModuleType, reader: Reader) -> Any:  # noqa: ANN401 - its base class is known once PlutoPrint is
    """Return what hands PlutoPrint the reader's files, and notes what it does not hand out."""

    class Fetcher(engine.ResourceFetcher):  # type: ignore[name-defined,misc]
        refused: tuple[str, ...] = ()

        def fetch_url(self, url: str) -> Any:  # noqa: ANN401 - as above
            if url.startswith("data:"):
                return engine.default_resource_fetcher.fetch_url(url)
            data = reader(url.removeprefix(_BASE)) if _is_name(url) else None
            if data is not None and url.lower().endswith(_FONTS):
                return engine.default_resource_fetcher.fetch_url(_lasting(data))
            if data is not None:
                return engine.ResourceData(data, mimetypes.guess_type(url)[0] or "")
            self.refused = tuple(dict.fromkeys((*self.refused, url)))
            return engine.ResourceData(_NOTHING, "image/svg+xml")

    return Fetcher()


def _lasting(font: bytes) -> str:
    """Return a font as a URL whose bytes PlutoPrint keeps by itself.

    It keeps fonts until the process ends, and cannot give bytes back to a Python that has ended before.
    """
    return f"data:font/sfnt;base64,{base64.b64encode(font).decode()}"


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


def bind(parts: Iterable[bytes], about: About, labels: Sequence[str] = ()) -> bytes:
    """Return one PDF of several, one at a time in memory: what it is, and printed at its own size.

    A label names the pages from its page on, as qpdf's ``--set-page-labels`` has it: ``1:D/1/Sheet ``.
    """
    with tempfile.TemporaryDirectory(prefix="csweek-") as folder:
        files: list[Path] = []
        for number, part in enumerate(parts):
            files.append(Path(folder) / f"{number}.pdf")
            files[-1].write_bytes(part)
        with pikepdf.open(files[0], allow_overwriting_input=True) as first:
            _describe(first, about)
            first.save(files[0], deterministic_id=True)
        made = Path(folder) / "made.pdf"
        _merge(files, made, labels)
        return made.read_bytes()


def _merge(files: Sequence[Path], made: Path, labels: Sequence[str]) -> None:
    """Put the pages of files one after the other; the first one says what the whole is."""
    job: dict[str, object] = {
        "inputFile": str(files[0]),
        "outputFile": str(made),
        "pages": [{"file": str(file), "range": "1-z"} for file in files],
        "deterministicId": "",
        "objectStreams": "generate",
    }
    if labels:
        job["setPageLabels"] = list(labels)
    pikepdf.Job(job).run()


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
    made = tempfile.TemporaryDirectory(prefix="csweek-", ignore_cleanup_errors=True)
    atexit.register(made.cleanup)
    return made
