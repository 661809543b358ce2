"""Characters that no font has: told by person, field and character, or drawn as an empty box."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import TypeVar

from msgspec.structs import replace

from csweek.errors import Problem, Severity
from csweek.render.cards.card import Card, Praise, Sender, Source, Told
from csweek.render.cards.studio import FIELDS
from csweek.render.paper.own import OwnFont, missing
from csweek.render.templates import Reader

BOX = "\u25a1"
"""What stands for a letter that cannot be drawn; Noto Sans CJK has it."""

_PLAIN = ("called", "name", "title", "line", "trait", "motto", "organisation", "team")
"""Fields of a card that are a text."""

Part = TypeVar("Part", Card, Sender, Told, Praise)


def unprintable(
    sources: Iterable[Source], own: Sequence[OwnFont], reader: Reader, *, boxes: bool
) -> Iterator[Problem]:
    """Yield a problem for every text with characters that no font has; with boxes, a warning."""
    template = lru_cache(partial(_template, reader))
    for one in sources:
        for field, text in (*one.texts(), *_columns(one.card, template(one.template))):
            if letters := missing(text, own):
                where = f"in the {FIELDS.get(field, field)} of {one.person.name}"
                message = f"no font has the character {_named(letters)} {where}"
                if boxes:
                    yield Problem(one.place(field), f"{message}; a box stands for it", None, Severity.WARNING)
                else:
                    yield Problem(one.place(field), message, _without(field, letters))


def boxed(one: Source, own: Sequence[OwnFont]) -> Source:
    """Return a card with a box for every character that no font has."""
    card = one.card
    texts = (*(text for _, text in one.texts()), *card.extra.values())
    letters = {letter for text in texts for letter in missing(text, own)}
    if not letters:
        return one
    table = str.maketrans(dict.fromkeys(letters, BOX))
    made = _translated(card, table, *_PLAIN)
    told = replace(
        made,
        sender=card.sender and _translated(card.sender, table, "name", "title"),
        story=card.story and _translated(card.story, table, "text", "by"),
        praises=tuple(_translated(praise, table, "called", "text", "by") for praise in card.praises),
        extra={name: text.translate(table) for name, text in card.extra.items()},
    )
    return replace(one, card=told)


def _translated(part: Part, table: Mapping[int, str], *fields: str) -> Part:
    return replace(part, **{name: getattr(part, name).translate(table) for name in fields})


def _template(reader: Reader, design: str) -> str:
    return (reader(f"cards/{design}.html") or b"").decode("utf-8", "replace")


def _columns(card: Card, template: str) -> Iterator[tuple[str, str]]:
    """Yield the other columns that a design prints: those that it names."""
    if "extra" in template:
        for name, text in card.extra.items():
            if any(asked in template for asked in (f"extra.{name}", f"'{name}'", f'"{name}"')):
                yield name, text


def _named(letters: Sequence[str]) -> str:
    """Return the first of some letters with their numbers, as a list in a sentence."""
    shown = ", ".join(f"'{letter}' (U+{ord(letter):04X})" for letter in letters[:3])
    return f"{shown} or {len(letters) - 3} more" if len(letters) > 3 else shown


def _without(field: str, letters: Iterable[str]) -> str:
    """Return what to do about letters that cannot be drawn."""
    if all(ord(letter) > 0xFFFF for letter in letters):
        return "write it without, for emoji are not printed; or --missing-glyph=box prints a box"
    spelt = "spell it in other letters under 'called'" if field == "called" else "write it in other letters"
    return (
        f"put a font that has it into fonts/ of the workspace, or {spelt}; --missing-glyph=box prints a box"
    )
