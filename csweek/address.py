"""How texts address their readers: two ways side by side, ``[možeš|možete]``, of which one is taken."""

import re
from collections.abc import Sequence

_WAYS = re.compile(r"\[([^\[\]|]*(?:\|[^\[\]|]*)+)\]")


def in_form(text: str, form: int) -> str:
    """Return a text in one of its forms, counted from 0; the last one where it has fewer."""

    def picked(found: re.Match[str]) -> str:
        ways = found[1].split("|")
        return ways[min(form, len(ways) - 1)]

    return _WAYS.sub(picked, text) if "|" in text else text


def form_of(asked: str, forms: Sequence[str]) -> int | None:
    """Return which of the named forms is asked for, whatever its case; None for none of them."""
    known = [form.casefold() for form in forms]
    return known.index(asked.casefold()) if asked.casefold() in known else None
