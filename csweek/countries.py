"""Public holidays by country, of which only those asked for are loaded."""

import sys
from importlib.util import find_spec, module_from_spec

from holidays import country_holidays

__all__ = ["country_holidays"]

_ALL = "holidays.countries"


def _empty_shelf() -> None:
    """Put an empty package in the place of the one that imports some 280 modules, all countries, for one.

    The module of a single country is found in it all the same.
    """
    spec = find_spec(_ALL)
    if spec is not None and _ALL not in sys.modules:
        sys.modules[_ALL] = module_from_spec(spec)


_empty_shelf()
