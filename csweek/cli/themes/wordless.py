"""Texts of themes that a language lacks in which somebody reads."""

from collections.abc import Iterator, Mapping

from csweek.errors import Problem, Severity
from csweek.model.basics import Place, Words, language_of
from csweek.model.inputs import Inputs
from csweek.model.theme import Theme

SHOWN = 5
"""Texts that are named; the others are counted."""


def of_themes(inputs: Inputs) -> Iterator[Problem]:
    """Yield a warning for each language, at the first text that lacks it; a single text is for all."""
    for locale in dict.fromkeys(language_of(one) for one in _languages(inputs)):
        lacking = {
            words.say("en"): place
            for turn in inputs.themes
            for place, words in _texts(turn.theme)
            if len(words.texts) > 1 and all(language_of(name) != locale for name in words.texts)
        }
        if lacking:
            yield _problem(locale, lacking)


def _languages(inputs: Inputs) -> Iterator[str]:
    yield inputs.locale
    yield from (one.locale for one in (*inputs.people, *inputs.settings.sites.values()))


def _texts(theme: Theme) -> Iterator[tuple[Place, Words]]:
    yield theme.place, theme.motto
    for trait in theme.traits:
        yield from ((theme.place, words) for words in (trait.title, trait.text))
    for action in theme.actions.values():
        yield from ((action.place, words) for words in (action.title, action.how))


def _problem(locale: str, lacking: Mapping[str, Place]) -> Problem:
    more = f" and {len(lacking) - SHOWN} more" if len(lacking) > SHOWN else ""
    shown = ", ".join(map(repr, list(lacking)[:SHOWN]))
    return Problem(
        next(iter(lacking.values())),
        f"somebody reads {locale}, and the theme has no {locale} for {shown}{more}",
        f"add {locale}: … beside the other languages of that text; until then another language is said",
        Severity.WARNING,
    )
