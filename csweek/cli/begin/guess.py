"""Good defaults for a new workspace: where the machine stands, and what is spoken there."""

import os
from pathlib import Path

from csweek import zones
from csweek.model.basics import SPREADSHEETS

LANGUAGES = {"SE": "sv", "AX": "sv", "KR": "ko", "BA": "bs"}
"""The language of a country among those that the themes speak; English elsewhere."""


def timezone(country: str | None) -> str:
    """Return the machine's time zone where it can be the country's, else the country's first, else UTC."""
    here = machine_zone()
    there = zones.of_country(country) if country else ()
    if here and (not there or here in there):
        return here
    return there[0] if there else "Etc/UTC"


def machine_zone() -> str | None:
    """Return the IANA name of the machine's time zone, None where it cannot be told."""
    from babel.localtime import get_localzone  # knows Windows' names

    try:
        key = getattr(get_localzone(), "key", None)
    except (LookupError, OSError):
        return None
    return key if key in zones.names() and not str(key).endswith(("UTC", "GMT")) else None


def city(name: str) -> tuple[str, str] | None:
    """Return country and time zone of a city that names a zone, like Sarajevo; None for others."""
    from csweek.names import fold

    wanted = fold(name).replace(" ", "_")
    known = ((code, zone) for code, names in zones.by_country().items() for zone in names)
    return next((one for one in known if fold(one[1].rpartition("/")[2]) == wanted), None)


def country() -> str | None:
    """Return the country that the machine's language or time zone tells, as two letters."""
    for name in ("LC_ALL", "LC_TIME", "LANG"):
        _, _, rest = os.environ.get(name, "").partition("_")
        if rest[:2] in zones.by_country():
            return rest[:2]
    here = machine_zone()
    return next((code for code, names in zones.by_country().items() if here in names), None) if here else None


def people(*folders: Path) -> Path | None:
    """Return the only table in the first of these folders that has one, as the people file; else None."""
    for folder in folders:
        inside = folder.iterdir() if folder.is_dir() else ()
        tables = [one for one in inside if one.suffix.lower() in {".csv", *SPREADSHEETS} and one.is_file()]
        own = [one for one in tables if one.stem not in _NOT_PEOPLE and not one.name.startswith((".", "~$"))]
        if own:
            return own[0] if len(own) == 1 else None
    return None


_NOT_PEOPLE = {"stories", "metrics"}


def language(country: str | None) -> str:
    """Return the language for a country among those that the themes speak; English as it is written there."""
    from babel.localedata import exists

    english = f"en_{country}"
    return LANGUAGES.get(country or "", english.replace("_", "-") if exists(english) else "en")


def organisation(folder: Path) -> str:
    """Return a name from a folder's: ``nordic-care`` may be Nordic Care."""
    name = folder.absolute().name.encode(errors="ignore").decode()  # it may be in no known encoding
    return name.replace("-", " ").replace("_", " ").strip().title()
