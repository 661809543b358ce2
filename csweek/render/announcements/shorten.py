"""Texts made shorter at a sentence, where there is none at a word, never within one."""

import re
from collections.abc import Callable, Iterable, Iterator

from csweek.render.announcements.message import Run, Runs, text_of

MORE = "…"
SUBJECT = 78
"""Characters of a subject line. Source: RFC 5322, section 2.1.1."""
_SENTENCE = re.compile(r"(?<=[.!?。！？…])[\"'”’»)\]]*\s+")  # noqa: RUF001 - the full stops of other scripts
_WORD = re.compile(r"\s+")


def shortened(text: str, most: int, size: Callable[[str], int] = len) -> str:
    """Return a text of at most this size: whole sentences, else whole words and an ellipsis, else nothing."""
    if size(text) <= most:
        return text
    whole = _longest(text, _SENTENCE, most, size, "")
    return whole or _longest(text, _WORD, most, size, MORE)


def subject(title: str) -> str:
    """Return a title as a mail's subject."""
    return shortened(title, SUBJECT)


def shortened_runs(runs: Runs, most: int, size: Callable[[str], int] = len) -> Runs:
    """Return runs whose text together has at most this size, cut where ``shortened`` cuts."""
    kept = shortened(text_of(runs), most, size)
    ellipsis = kept.endswith(MORE) and not text_of(runs).startswith(kept)
    left = len(kept) - len(MORE) * ellipsis
    found = tuple(_up_to(runs, left))
    return (*found, Run(MORE)) if ellipsis else found


def _up_to(runs: Iterable[Run], left: int) -> Iterator[Run]:
    for run in runs:
        if left <= 0:
            return
        yield run._replace(text=run.text[:left]) if len(run.text) > left else run
        left -= len(run.text)


def _longest(text: str, ends: re.Pattern[str], most: int, size: Callable[[str], int], more: str) -> str:
    """Return the longest beginning of a text that ends where the pattern matches and is small enough."""
    found = ""
    for end in ends.finditer(text):
        start = text[: end.start()].rstrip() if more else text[: end.end()].rstrip()
        if size(start + more) > most:
            break
        found = start + more if start else found
    return found
