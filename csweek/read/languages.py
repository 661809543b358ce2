"""Languages by what people call them."""

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


def of_country(letters: str) -> str | None:
    """Return the language of the country that has these letters: ko of KR. None where it is not known."""
    from babel.core import get_global  # noqa: PLC0415

    found = get_global("likely_subtags").get(f"und_{letters.upper()}")
    return str(found).partition("_")[0] if found else None


def said(letters: str) -> str:
    """Return what a language is called in English, else its letters."""
    from babel import Locale  # noqa: PLC0415

    return str(Locale("en").languages.get(letters, letters))
