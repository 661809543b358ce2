"""Cards on paper: a row of a table from which one is made, its photo and link, and one that was printed."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct

from csweek.model.basics import Day, Place

PHOTO = ("photo", "picture", "portrait", "foto", "bild", "porträtt", "사진", "slika", "fotografija")
"""What columns of photos are called."""
PICTURES = (".svg", ".png", ".jpg", ".jpeg")
"""What the names of pictures end with."""
LINK = ("link", "url", "länk", "webbadress", "링크", "poveznica", "veza")
"""What columns of links are called."""
LONGEST_LINK = 280
"""Characters of a link: a QR code of more is too fine to be read from a card."""
_LINK = re.compile(r"(?:https?://|mailto:|tel:)\S+")


def link_fault(text: str) -> tuple[str, str] | None:
    """Return what is wrong with a link that a phone is to open, and what to do; None where it is good."""
    if not _LINK.fullmatch(text):
        return f"'{text[:60]}' is no address", "write it whole, as in https://forms.nordic.example/week"
    if len(text) > LONGEST_LINK:
        return f"a link of {len(text)} characters makes a QR code too fine to read", "make a short link of it"
    return None


class CardRow(Struct, frozen=True):
    """One card. ``person`` is the id of somebody in the people files, None for a guest; the rest as written.

    ``text_place`` is where its text stands; ``sender`` may be the id of somebody, too. ``name`` and ``team``
    are a guest's; ``called`` is what the card says, where that is given.
    """

    place: Place
    called: str
    person: str | None = None
    name: str = ""
    sender: str = ""
    sender_title: str = ""
    occasion: str = ""
    text: str = ""
    by: str = ""
    trait: str = ""
    team: str = ""
    date: Day | None = None
    locale: str | None = None
    text_place: Place | None = None
    extra: Mapping[str, str] = {}


class PrintedCard(NamedTuple):
    """A card of an event, printed for somebody: kind of sheet; which one, and its place, from 1."""

    event: str
    person: str
    sheet: str
    number: int
    place: int
    at: datetime
