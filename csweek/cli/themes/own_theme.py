"""A theme of one's own: five answers, and the file that they become."""

import colorsys
import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from msgspec import Struct

from csweek.cli.terminal.asking import asked
from csweek.errors import UsageError
from csweek.folder import theme_names
from csweek.model.theme import Theme
from csweek.names import fold, guessed
from csweek.read import values
from csweek.read.wrong import Wrong
from csweek.render.cards import art

T = TypeVar("T")

INK, TEXT = 7.0, 4.5
"""Contrast with the paper that text has, and the first colour. Source: WCAG 2.2, 1.4.6 and 1.4.3."""
COLOURS: Mapping[str, str] = {
    "teal": "#0b7285", "blue": "#1f5fa8", "green": "#2d6a3f", "red": "#b3261e", "violet": "#5b3f8c",
    "orange": "#b4540a", "pink": "#a61e5b", "brown": "#7a4a1d", "grey": "#4a5a52",
}  # fmt: skip
NONE = frozenset({"none", "-"})


class Answers(Struct, frozen=True):
    """What a theme of one's own is to be; ``motto`` None: without one."""

    name: str
    motto: str | None
    extends: str
    colour: str
    motif: str


class Colours(NamedTuple):
    """What one colour becomes."""

    ink: str
    accent: str
    second: str
    paper: str


def ask(given: Mapping[str, str | None], root: Path | None, motifs: Iterable[str], *, quiet: bool) -> Answers:
    """Return the answers: those given, else asked for (``quiet``: else the defaults).

    Raises UsageError where what is given names a theme, colour or motif that there is not.
    """

    def answer(name: str, question: str, default: str | None, read: Callable[[str], T]) -> T:
        value = given.get(name)
        if value is not None or (quiet and default is not None):
            return read((default or "" if value is None else value).strip())
        if quiet:
            raise UsageError(f"nothing says the theme's {name}", f"take --{name}")
        return asked(question, default, read)

    known = tuple(motifs)
    name = answer("name", "What is the theme called", None, _text)
    motto = answer("motto", "Its motto, or none", name, _motto)
    bases = theme_names(root)
    extends = answer(
        "extends", f"Built on ({', '.join(bases)})", "base", lambda text: _one_of(text, bases, "theme")
    )
    colour = answer("colour", f"Its colour ({', '.join(COLOURS)}, or like #0b7285)", "teal", _colour)
    motif = answer(
        "motif", f"Its drawing ({', '.join(known)})", "waves", lambda text: _one_of(text, known, "motif")
    )
    return Answers(name, motto, extends, colour, motif)


def _text(text: str) -> str:
    if not text or not _id(text):
        raise UsageError("a name needs letters", "write a few words")
    return text


def _motto(text: str) -> str | None:
    return None if text.casefold() in NONE or not text else text


def _one_of(text: str, known: Iterable[str], what: str) -> str:
    names = list(known)
    if text not in names:
        hint = guessed(text, names, f"there are {', '.join(names)}")
        raise UsageError(f"there is no {what} '{text}'", hint)
    return text


def _colour(text: str) -> str:
    if text.casefold() in COLOURS:
        return COLOURS[text.casefold()]
    try:
        return values.colour(text)
    except Wrong as wrong:
        hint = f"write {', '.join(list(COLOURS)[:4])} or the like, or a code like #0b7285"
        raise UsageError(f"there is no colour '{text}'", hint) from wrong


def _id(name: str) -> str:
    """Return the name of the file: plain letters, digits and dashes."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


def file_name(answers: Answers) -> str:
    """Return the file's name below the workspace."""
    return f"themes/{_id(answers.name)}.yaml"


def colours(one: str) -> Colours:
    """Return what goes with a colour: text and first colour dark enough to read, a second across from it."""
    paper = art.mix(one, "#ffffff", 0.97)
    hue, light, strong = colorsys.rgb_to_hls(*(part / 255 for part in bytes.fromhex(one[1:])))
    across = colorsys.hls_to_rgb((hue + 0.5) % 1, min(max(light, 0.5), 0.65), max(strong * 0.8, 0.35))
    second = "#" + "".join(f"{round(part * 255):02x}" for part in across)
    dark = art.mix(one, "#000000", 0.5)
    return Colours(_darker(dark, paper, INK + 3), _darker(one, paper, TEXT), second, paper)


def _darker(colour: str, paper: str, least: float) -> str:
    """Return a colour as dark as it has to be to be read on the paper."""
    shades = (art.mix(colour, "#000000", share / 20) for share in range(21))
    return next(shade for shade in shades if art.contrast(shade, paper) >= least)


def written(answers: Answers, base: Theme) -> str:
    """Return the file: what was answered, and the base's five days to be changed."""
    look = colours(answers.colour)
    motto = f"motto: {_quoted(answers.motto)}" if answers.motto else "motto:   # none"
    days = "\n".join(
        f"#   {slot}: [{', '.join(ids)}]" for slot, ids in sorted(base.celebration.items()) if ids
    )
    return f"""\
# A theme of our own. Everything that does not stand here comes from '{answers.extends}'.
# After a change: csweek check themes/{_id(answers.name)}.yaml

name: {_quoted(answers.name)}   # in several languages: {{en: …, sv: …}}
extends: {answers.extends}
{motto}
look:
  ink: "{look.ink}"      # text
  accent: "{look.accent}"   # first colour
  second: "{look.second}"   # second colour
  paper: "{look.paper}"    # behind it all, on screens
  motif: {answers.motif}

# actions:               # csweek ideas lists what there is
#   birthday: off        # not here
#   wow-note: {{per_year: 6}}
# celebration:           # the days as they are now; a line of your own replaces a day
{days}
"""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
