"""What is worked out when it is first asked for."""

from collections.abc import Callable
from typing import TypeVar

_K = TypeVar("_K")
_T = TypeVar("_T")


class Once(dict[_K, _T]):
    """What a function makes of something, made when it is first asked for."""

    def __init__(self, make: Callable[[_K], _T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: _K) -> _T:
        value = self[key] = self._make(key)
        return value
