"""How people's names are written: which part comes first, and what a card says."""

import re

from csweek.model.basics import language_of

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md"})


def turned(name: str) -> str:
    """Return ``Surname, Given`` as ``Given Surname``, other names as they are."""
    if "," not in name:
        return name
    family, _, given = (part.strip() for part in name.partition(","))
    if not given or not family or given.casefold().replace(".", "") in _SUFFIXES:
        return name
    return f"{family}{given}" if is_east_asian(family) else f"{given} {family}"


def given_first(name: str) -> str:
    """Return ``Family Given`` as ``Given Family``: the last word, a given name, goes first."""
    if is_east_asian(name):
        return name
    *family, given = name.split()
    return " ".join([given, *family])


def called(name: str, locale: str) -> str:
    """Return what a card says: the given name; in Korean the full name and 님; Korean names stay whole."""
    if language_of(locale) == "ko":
        return f"{name} 님"
    if is_east_asian(name):
        return name
    parts = name.split()
    return next((part for part in parts if not part.endswith(".")), name)


_EAST_ASIAN = re.compile("[가-힣一-鿿ぁ-ヿ]")


def is_east_asian(text: str) -> bool:
    """Whether a name is written in Korean, Chinese or Japanese letters."""
    return _EAST_ASIAN.search(text) is not None
