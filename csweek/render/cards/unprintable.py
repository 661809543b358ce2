"""Characters that no font has: told by person, field and character, or drawn as an empty box."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from csweek.errors import Problem, Severity
from csweek.render.cards.card import Source
from csweek.render.cards.studio import FIELDS
from csweek.render.paper.own import OwnFont, missing

BOX = "\u25a1"
"""What stands for a letter that cannot be drawn; Noto Sans CJK has it."""


def unprintable(sources: Iterable[Source], own: Sequence[OwnFont], *, boxes: bool) -> Iterator[Problem]:
    """Yield a problem for every text with characters that no font has; with boxes, a warning."""
    for one in sources:
        for field, text in one.texts():
            if letters := missing(text, own):
                where = f"in the {FIELDS.get(field, field)} of {one.person.name}"
                message = f"no font has the character {_named(letters)} {where}"
                if boxes:
                    yield Problem(one.place(field), f"{message}; a box stands for it", None, Severity.WARNING)
                else:
                    yield Problem(one.place(field), message, _without(field, letters))


def boxed(one: Source, own: Sequence[OwnFont]) -> Source:
    """Return a card with a box for every character that no font has."""
    letters = {letter for _, text in one.texts() for letter in missing(text, own)}
    if not letters:
        return one
    table = str.maketrans(dict.fromkeys(letters, BOX))
    card = one.card
    sender = card.sender and replace(
        card.sender, name=card.sender.name.translate(table), title=card.sender.title.translate(table)
    )
    told = card.story and replace(
        card.story, text=card.story.text.translate(table), by=card.story.by.translate(table)
    )
    plain = {
        name: getattr(card, name).translate(table)
        for name in ("called", "name", "title", "line", "trait", "motto", "organisation")
    }
    return replace(one, card=replace(card, sender=sender, story=told, **plain))


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
