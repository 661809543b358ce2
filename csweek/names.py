"""Names for files, names for finding people, guesses at what was meant, and names in a sentence."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from uuid import UUID

LONGEST = 60
"""Characters that a safe name has at most."""
NAMED = 5
"""So many of many names a sentence says."""

_DIGITS = 10
_ACCENTS = 200
"""Combining classes from here on are accents; those below belong to the letter (dakuten, virama)."""

_LETTERS = str.maketrans(
    {
        "đ": "d",
        "ð": "d",
        "ø": "o",
        "ł": "l",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "\u0131": "i",
        "ħ": "h",
        "ŧ": "t",
    }
    | {"ŋ": "ng", "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-"}
)
"""What decomposition leaves as it is, by what people type instead."""

_JAMO = (*range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A8, 0x11C3))
_SOUNDS = (
    "g kk n d tt r m b pp s ss - j jj ch k t p h "
    "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i "
    "k kk ks n nj nh t l lk lm lp ls lt lp l m p ps t t ng t t k t p t"
)
_HANGUL = {jamo: sound.strip("-") for jamo, sound in zip(_JAMO, _SOUNDS.split(), strict=True)}
"""Revised Romanization letter by letter, enough to recognise a name by."""

_OTHER = re.compile(r"[^a-z0-9@._-]+")
_EDGES = "-._@"
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
_LOOKS_DIGESTED = re.compile(rf"(?:^|-)[0-9a-f]{{{_DIGITS}}}$")


@lru_cache(4096)
def safe_name(text: str) -> str:
    """Return a file name for a text: lower-case ASCII that every system takes, at most LONGEST long.

    The same text always gives the same name. Two texts that differ by more than case never share
    one: a text that does not survive whole (a space counts as ``_``) gets a digest at its end.
    """
    whole = unicodedata.normalize("NFC", text)
    name = _slug(whole)
    return name if _survives(whole, name) else _digested(whole, name)


def token(calendar_id: UUID, what: str) -> str:
    """Return 16 hex digits that only who knows the calendar's id can work out. Source: RFC 2104."""
    import hmac  # noqa: PLC0415 - loads OpenSSL, which finding a person does without

    return hmac.new(calendar_id.bytes, _bytes(what), "sha256").hexdigest()[:16]


def fold(text: str) -> str:
    """Return a text without case, accents and surplus spaces, for comparing: ``Ðorđe`` is ``dorde``."""
    if text.isascii():  # has none of what is taken off below
        return " ".join(text.lower().split())
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in apart if unicodedata.combining(letter) < _ACCENTS)
    return " ".join(unicodedata.normalize("NFC", bare.translate(_LETTERS)).split())


def near(word: str, known: Iterable[str], cutoff: float = 0.7) -> str | None:
    """Return which of the known words was probably meant, None where none is that alike (0 to 1)."""
    import difflib  # noqa: PLC0415 - needed only once something is wrong

    folded: dict[str, str] = {}
    for one in known:
        folded.setdefault(fold(one), one)
    found = difflib.get_close_matches(fold(word), folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else None


def guessed(word: str, known: Iterable[str], otherwise: str, cutoff: float = 0.7) -> str:
    """Return the hint for a word that is none of the known: the nearest of them, else ``otherwise``."""
    meant = near(word, known, cutoff)
    return f"did you mean '{meant}'?" if meant else otherwise


def few(names: Sequence[str], most: int = NAMED) -> str:
    """Return the first of some names, and how many there are besides: ``a, b and 1,200 more``."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def in_words(names: Sequence[str], most: int = NAMED) -> str:
    """Return names as a sentence lists them: ``a, b and c``; of many the first few."""
    if not 1 < len(names) <= most:
        return few(names, most)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _slug(text: str) -> str:
    spelt = unicodedata.normalize("NFKD", fold(text)).translate(_HANGUL)
    return _OTHER.sub("-", spelt.replace(" ", "_")).strip(_EDGES)


def _survives(text: str, name: str) -> bool:
    whole = text.isascii() and name.replace("_", " ") == text.lower()
    return whole and 0 < len(name) <= LONGEST and not (_RESERVED.match(name) or _LOOKS_DIGESTED.search(name))


def _digested(text: str, name: str) -> str:
    import hashlib  # noqa: PLC0415 - as in token

    digest = hashlib.sha256(_bytes(text)).hexdigest()[:_DIGITS]
    start = name.replace(".", "-") if _RESERVED.match(name) else name
    return f"{start[: LONGEST - _DIGITS - 1].strip(_EDGES)}-{digest}".lstrip("-")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
