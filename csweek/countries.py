"""Countries by what people call them, and their public holidays, of which only those asked for are loaded."""

import sys
from functools import cache
from importlib.util import find_spec, module_from_spec

from holidays import country_holidays
from holidays.registry import COUNTRIES

from csweek.names import fold, near

__all__ = ["PARTS", "code", "country_holidays", "known", "likely"]

PARTS = {"england": "ENG", "northern ireland": "NIR", "scotland": "SCT", "wales": "WLS"}
"""Parts of the United Kingdom, each named like a country and with holidays of its own."""

_ALSO_CALLED = {
    "uk": "GB", "great britain": "GB", "usa": "US", "america": "US", "bosnia": "BA", "bosna": "BA",
    "bih": "BA", "korea": "KR", "한국": "KR",
} | dict.fromkeys(PARTS, "GB")  # fmt: skip
"""Countries by names that the Unicode CLDR does not give them."""
_LANGUAGES = ("en", "sv", "ko", "bs", "de", "fr")
"""The languages in which a country may be named."""
_ALL = "holidays.countries"


@cache
def known() -> frozenset[str]:
    """Return the two letters of each country."""
    return frozenset(entry[1] for entry in COUNTRIES.values())


def code(text: str) -> str | None:
    """Return the two letters of a country, given so or by its name; None for what is none."""
    if text.upper() in known():
        return text.upper()
    wanted = fold(text)
    if wanted in _ALSO_CALLED:
        return _ALSO_CALLED[wanted]
    return _named().get(wanted)


@cache
def _named() -> dict[str, str]:
    """Return the two letters of each country by its names."""
    from babel import Locale  # noqa: PLC0415 - needed only where a country is given by name

    each = (Locale(language).territories.items() for language in reversed(_LANGUAGES))
    return {fold(name): str(two) for names in each for two, name in names if two in known()}


def likely(text: str) -> str | None:
    """Return the two letters of the country that was probably meant, None where none is that alike."""
    named = _named()
    return code(text) or (named.get(near(fold(text), named, 0.8) or "") if len(text) > 3 else None)


# --- only the countries that are asked for ---------------------------------------------------------


def _load_when_asked() -> None:
    """Put off what importing ``holidays.countries`` does: importing some 280 modules, all countries.

    The library itself looks for a country in that country's own module, and finds it in the package all the
    same; who asks the package for anything else gets it whole, as ever.
    """
    spec = find_spec(_ALL)
    if spec is None or spec.loader is None or _ALL in sys.modules:
        return
    package, loader = module_from_spec(spec), spec.loader

    def whole(name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        vars(package).pop("__getattr__", None)
        loader.exec_module(package)
        return getattr(package, name)

    vars(package)["__getattr__"] = whole  # PEP 562
    sys.modules[_ALL] = package


_load_when_asked()
