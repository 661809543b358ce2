"""Languages by what people call them."""

from collections.abc import Collection
from functools import cache

from csweek.names import fold

_IN = ("en", "sv", "ko", "bs", "de", "fr")
"""The languages in which a language may be named."""


def code(name: str) -> str | None:
    """Return the two letters of a language that is named in words; None for what is none."""
    return _named().get(fold(name))


@cache
def _named() -> dict[str, str]:
    from babel import Locale  # noqa: PLC0415 - needed only where a language is given by name

    known = (names for language in _IN for names in Locale(language).languages.items())
    return {fold(name): letters for letters, name in known if len(letters) == 2}


def shortest(letters: str) -> str:
    """Return the two letters of a language that is known by three, such as swe; others as they are."""
    from babel.core import get_global  # noqa: PLC0415

    return str(get_global("language_aliases").get(letters, letters))


def meant(letters: str, spoken: Collection[str]) -> str | None:
    """Return the language that was meant by a country's letters: sv by se. None where they are none's."""
    from babel.core import get_global  # noqa: PLC0415

    if letters in spoken:
        return None
    found = str(get_global("likely_subtags").get(f"und_{letters.upper()}", "")).partition("_")[0]
    return found if found in spoken and found != "en" else None


def slip(letters: str, meant: str) -> str:
    """Return the question whether a language was meant by a country's letters."""
    return f"did you mean {meant} ({said(meant)})? {letters} is {said(letters)}"


def said(letters: str) -> str:
    """Return what a language is called in English, else its letters."""
    from babel import Locale  # noqa: PLC0415

    return str(Locale("en").languages.get(letters, letters))
