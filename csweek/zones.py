"""Time zones from the ``tzdata`` package alone, so that every machine gives the same hours."""

from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo


@cache
def names() -> frozenset[str]:
    """Every IANA name that ``zone`` knows."""
    text = resources.files("tzdata").joinpath("zones").read_text(encoding="ascii")
    return frozenset(text.split())


def data(name: str) -> bytes:
    """Return the zone's TZif bytes. Source: RFC 9636.

    Raises KeyError for a name that is not known.
    """
    if name not in names():
        raise KeyError(name)
    return resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()


@cache
def zone(name: str) -> ZoneInfo:
    """Return the zone of an IANA name.

    Raises KeyError for a name that is not known.
    """
    if name not in names():
        raise KeyError(name)
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)
