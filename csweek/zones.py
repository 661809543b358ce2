"""Time zones from the ``tzdata`` package alone, so that every machine gives the same hours."""

import re
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import tzdata

FILES = Path(str(tzdata.__file__)).parent
NAME = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*")


@cache
def names() -> frozenset[str]:
    """Every IANA name that ``zone`` knows."""
    return frozenset((FILES / "zones").read_text(encoding="ascii").split())


def data(name: str) -> bytes:
    """Return the zone's TZif bytes. Source: RFC 9636.

    Raises KeyError for a name that is not known.
    """
    return _file(name).read_bytes()


@cache
def zone(name: str) -> ZoneInfo:
    """Return the zone of an IANA name.

    Raises KeyError for a name that is not known.
    """
    with _file(name).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@cache
def by_country() -> dict[str, tuple[str, ...]]:
    """Return the time zones of each country by its two letters. Source: zone.tab of the tz database."""
    found: dict[str, tuple[str, ...]] = {}
    for line in (FILES / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _, name, *_ = line.split("\t")
            found[country] = (*found.get(country, ()), name)
    return found


def of_country(country: str) -> tuple[str, ...]:
    """Return the time zones of a country by its two letters, none where it is not known."""
    return by_country().get(country.upper(), ())


def _file(name: str) -> Path:
    path = FILES.joinpath("zoneinfo", name)
    if not (NAME.fullmatch(name) and path.is_file()):
        raise KeyError(name)
    return path
