"""Who is meant by an id, an e-mail address or a name."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from csweek.model.people import People
from csweek.names import fold, near
from csweek.read.naming import turned
from csweek.read.wrong import Wrong

FEW = 3
"""So many people are named where any of them may be meant."""
GUESSES = 6
"""Unknown names for which it is worth the time to look for the one that was meant."""


class Finder:
    """Finds a person by id, e-mail or unique name: as written, else without case and accents."""

    def __init__(self, people: Iterable[tuple[str, str, str]], *, family_first: bool = False) -> None:
        """Take id, name and e-mail of everyone, and whether names may be written family name first."""
        self._family_first = family_first
        self._people = tuple(people)
        self._ids = {ident for ident, _, _ in self._people}
        self._guesses = GUESSES

    def find(self, text: str) -> str:
        """Return the id of who is meant, or raise Wrong."""
        if text in self._ids:
            return text
        hits = (
            self._as_written.get(text) or self._folded.get(fold(text)) or self._folded.get(fold(turned(text)))
        )
        if hits is None and self._family_first:
            hits = self._by_words.get(_words(text))
        if hits is None:
            raise Wrong(f"there is nobody called '{text}'", self._guess(text))
        if len(hits) > 1:
            raise Wrong(
                f"{len(hits)} people are called '{text}'", "write the id: " + " or ".join(sorted(hits))
            )
        return next(iter(hits))

    @cached_property
    def _as_written(self) -> Mapping[str, set[str]]:
        return self._by(str)

    @cached_property
    def _folded(self) -> Mapping[str, set[str]]:
        return self._by(fold)

    @cached_property
    def _by_words(self) -> Mapping[tuple[str, ...], set[str]]:
        found: dict[tuple[str, ...], set[str]] = {}
        for ident, name, _ in self._people:
            found.setdefault(_words(name), set()).add(ident)
        return found

    def _by(self, form: Callable[[str], str]) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for ident, name, email in self._people:
            for word in {form(ident), form(name), form(email)} - {""}:
                found.setdefault(word, set()).add(ident)
        return found

    def _guess(self, text: str) -> str:
        self._guesses -= 1
        if (others := self._by_words.get(_words(text))) is not None:
            return f"did you mean '{next(name for ident, name, _ in self._people if ident in others)}'?"
        if self._guesses >= 0 and (parts := self._by_part(text)):
            return f"did you mean {' or '.join(map(repr, parts))}?"
        known = [word for ident, name, _ in self._people for word in (name, ident)]
        guess = (near(turned(text), known) or _within(text, known)) if self._guesses >= 0 else None
        return f"did you mean '{guess}'?" if guess else "write the id, e-mail or name from the people file"

    def _by_part(self, text: str) -> list[str]:
        """Return the few whose names hold all of these words: a surname alone."""
        words = set(_words(text))
        found = [name for _, name, _ in self._people if words and words <= set(_words(name))]
        return found if len(found) <= FEW else []


def _words(name: str) -> tuple[str, ...]:
    """Return what is the same for a name in whichever order its words stand."""
    return tuple(sorted(fold(name).replace(",", " ").split()))


def _within(text: str, known: Iterable[str]) -> str | None:
    """Return the longest known name that stands in a text, as in ``한지훈 팀장`` or ``Bo Berg (17)``."""
    words = f" {fold(text)} "
    return max((one for one in known if len(one) > 1 and f" {fold(one)} " in words), key=len, default=None)


def finder(people: People, *, family_first: bool = False) -> Finder:
    """Return a finder of these people; ``family_first`` where names may be written so."""
    return Finder(((person.id, person.name, person.email) for person in people), family_first=family_first)
