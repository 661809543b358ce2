"""Texts of themes that a language lacks in which somebody reads."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from textwrap import shorten

from csweek.errors import Problem, Severity, UsageError
from csweek.model.basics import Place, Words, language_of
from csweek.model.inputs import Inputs
from csweek.model.theme import Theme
from csweek.names import few
from csweek.read import languages, values
from csweek.read.wrong import Wrong

SHOWN = 3
"""Texts that are named; the others are counted."""
LETTERS = 40
"""So much is shown of a text."""


def of_themes(inputs: Inputs) -> Iterator[Problem]:
    """Yield a warning for each language, at the first text that lacks it; a single text is for all."""
    texts = [one for turn in inputs.themes for one in _translated(turn.theme)]
    spoken = _spoken(texts)
    for locale, reader in _readers(inputs).items():
        lacking = {
            words.say("en"): place for place, words in texts if locale not in map(language_of, words.texts)
        }
        if lacking and locale not in spoken:
            if languages.meant(locale, spoken):
                continue  # which is told whenever the workspace is read
            yield _not_spoken(locale, reader, list(spoken))
        elif lacking:
            yield _lacking(locale, lacking)


def asked(words: str, theme: Theme) -> str:
    """Return the language that is asked for. Raises UsageError for one that the theme does not speak."""
    spoken = list(_spoken(_translated(theme)))
    try:
        locale = values.locale(words)
    except Wrong as wrong:
        hint = f"the theme speaks {', '.join(spoken)}" if spoken else wrong.hint
        raise UsageError(str(wrong), hint) from None
    if spoken and language_of(locale) not in spoken:
        raise UsageError(f"the theme does not speak {words!r}", f"it speaks {', '.join(spoken)}")
    return locale


def _translated(theme: Theme) -> Sequence[tuple[Place, Words]]:
    """Return the texts that stand in several languages; a single text is for all."""
    return [one for one in _texts(theme) if len(one[1].texts) > 1]


def _spoken(texts: Iterable[tuple[Place, Words]]) -> Collection[str]:
    return dict.fromkeys(language_of(locale) for _, words in texts for locale in words.texts)


def _readers(inputs: Inputs) -> Mapping[str, Place | None]:
    """Return each language that somebody reads, with where that is said first."""
    found: dict[str, Place | None] = {language_of(inputs.locale): inputs.settings.place}
    for one in inputs.settings.sites.values():
        found.setdefault(language_of(one.locale), inputs.settings.place)
    for person in inputs.people:
        found.setdefault(language_of(person.locale), person.place)
    return found


def _texts(theme: Theme) -> Iterator[tuple[Place, Words]]:
    yield theme.place, theme.motto
    for trait in theme.traits:
        yield from ((theme.place, words) for words in (trait.title, trait.text))
    for action in theme.actions.values():
        yield from ((action.place, words) for words in (action.title, action.how))


def _not_spoken(locale: str, reader: Place | None, spoken: Sequence[str]) -> Problem:
    hint = f"write one of {', '.join(spoken)}, or add {locale}: … to the theme; until then English is said"
    message = f"somebody reads {locale}, and the theme does not speak it"
    return Problem(reader, message, hint, Severity.WARNING)


def _lacking(locale: str, lacking: Mapping[str, Place]) -> Problem:
    shown = few([repr(shorten(text, LETTERS, placeholder="…")) for text in lacking], SHOWN)
    return Problem(
        next(iter(lacking.values())),
        f"somebody reads {locale}, and the theme has no {locale} for {shown}",
        f"add {locale}: … beside the other languages of that text; until then another language is said",
        Severity.WARNING,
    )
