"""csweek's own words in announcements: files of words by language, looked up by name."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import yaml
from babel import Locale
from babel.numbers import format_decimal
from markupsafe import Markup
from msgspec import Struct

from csweek import names
from csweek.address import form_of, in_form
from csweek.errors import Problem
from csweek.model.basics import Place, Words, language_of
from csweek.render.speech import Speech, known
from csweek.render.templates import Reader, TemplateError

FOLDER = "announcements/words"
SPARE = "en"
"""The language that has every word."""
_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLANK = re.compile(r"\{(\w+)\}")

Entry = str | Mapping[str, str]
"""A text, or one for each plural form of its ``count`` (``one``, ``few``, ``other``) or number (``"1"``)."""


class Vocabulary(Struct, dict=True):
    """The words of every language that was asked for, and which of them are missing where."""

    reader: Reader
    address: Mapping[str, str] = {}
    """How readers are addressed, by language, where a language knows several ways."""
    missing: dict[tuple[str, str], None] = {}
    """Language and name, in the order in which they were wanted."""
    unsaid: dict[tuple[str, str], None] = {}
    """Language and text of a theme that has others but not this one."""
    _known: dict[str, Mapping[str, Entry]] = {}
    _changed: dict[str, frozenset[str]] = {}
    """The names in the workspace's own file, by language."""

    def speaks(self, locale: str) -> bool:
        """Whether there are words in a language."""
        return bool(self.words(locale))

    def words(self, locale: str) -> Mapping[str, Entry]:
        """Return the words of a language by name, those of the workspace's own file before the others."""
        if locale not in self._known:
            own = self._read(_own(locale))
            self._changed[locale] = frozenset(own)
            found = {**self._read(f"{FOLDER}/{locale}.yaml"), **own}
            self._known[locale] = _addressed(found, self.address.get(locale, ""))
        return self._known[locale]

    def place(self, locale: str, key: str) -> Place:
        """Return the file in which a text stands."""
        return _place(_own(locale) if key in self._changed.get(locale, ()) else f"{FOLDER}/{locale}.yaml")

    def find(self, locale: str, key: str) -> Entry:
        """Return a text, in English where the language lacks it. Raises TemplateError for an unknown name."""
        found = self.words(locale).get(key)
        if found is not None:
            return found
        spare = self.words(SPARE)
        if key not in spare:
            meant = names.near(key, spare)
            raise TemplateError(f"there are no words {key!r}", f"did you mean {meant!r}?" if meant else None)
        self.missing[locale, key] = None
        return spare[key]

    def problems(self) -> tuple[Problem, ...]:
        """Return what is missing: of our words and of the theme's, one problem each for a language."""
        words = (_words_lacking(locale, keys) for locale, keys in _grouped(self.missing))
        texts = (_texts_lacking(locale, found) for locale, found in _grouped(self.unsaid))
        return (*words, *texts)

    def _read(self, file: str) -> Mapping[str, Entry]:
        data = self.reader(file)
        if data is None:
            return {}
        try:
            tree = _tree(data.decode("utf-8"))
        except UnicodeDecodeError:
            raise TemplateError([Problem(_place(file), "is not UTF-8", "save it as UTF-8")]) from None
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            raise TemplateError([Problem(_place(file, line), f"is no YAML here: {error.problem}")]) from None
        return _flat(tree or {}, file)


def _own(locale: str) -> str:
    return f"{FOLDER}/{locale}.own.yaml"


def _tree(text: str) -> object:
    try:
        return yaml.load(text, _LOADER)  # noqa: S506 - the safe one, in C where there is C
    except yaml.MarkedYAMLError:
        return yaml.safe_load(text)  # knows better where it went wrong


def _grouped(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for locale, text in pairs:
        found.setdefault(locale, []).append(text)
    return found.items()


def _words_lacking(locale: str, keys: Sequence[str]) -> Problem:
    return Problem(
        Place(f"templates/{FOLDER}/{locale}.yaml"),
        f"these words are missing, and were said in English: {names.few(keys)}",
        f"add them to templates/{FOLDER}/{locale}.own.yaml in the workspace",
    )


def _texts_lacking(locale: str, texts: Sequence[str]) -> Problem:
    return Problem(
        None,
        f"the theme has no {locale} for {names.few(list(map(repr, texts)))}; it was said in another language",
        f"add {locale}: … beside the other languages of that text in the theme",
    )


def _addressed(found: dict[str, Entry], asked: str) -> Mapping[str, Entry]:
    """Return the words in the form of address that is asked for, else in the first one."""
    names = found.pop("address.forms", "")
    form = form_of(asked, [name.strip() for name in str(names).split(",")]) or 0
    return {
        key: in_form(text, form) if isinstance(text, str) else {n: in_form(t, form) for n, t in text.items()}
        for key, text in found.items()
    }


def _place(file: str, line: int = 0) -> Place:
    return Place(f"templates/{file}", line)


def _flat(tree: object, file: str) -> dict[str, Entry]:
    """Return the texts by ``group.name``."""
    wanted = "write it as  group: {name: text}"
    if not isinstance(tree, dict) or not all(isinstance(group, dict) for group in tree.values()):
        raise TemplateError([Problem(_place(file), "holds no groups of words", wanted)])
    found: dict[str, Entry] = {}
    for group, texts in tree.items():
        for name, text in texts.items():
            if not isinstance(text, str) and not _is_plural(text):
                raise TemplateError([Problem(_place(file), f"{group}.{name} is no text", wanted)])
            found[f"{group}.{name}"] = text
    return found


def _is_plural(entry: object) -> bool:
    return (
        isinstance(entry, dict) and "other" in entry and all(isinstance(one, str) for one in entry.values())
    )


class Voice(Speech):
    """Speaks the first of some languages that there are words in, else English."""

    def __init__(self, vocabulary: Vocabulary, *locales: str) -> None:
        spoken = next((one for one in locales if vocabulary.speaks(language_of(one))), SPARE)
        super().__init__(*locales, spoken=spoken)
        self._vocabulary = vocabulary
        self._plurals: Locale = known(spoken)

    def say(self, words: Words) -> str:
        """Return a theme's text in this language, else in the next one, which is noted."""
        texts = words.texts
        if len(texts) > 1 and self.locale not in texts and language_of(self.locale) not in texts:
            self._vocabulary.unsaid[language_of(self.locale), super().say(words)] = None
        return super().say(words)

    def tell(self, key: str, **filling: object) -> str:
        """Return one of csweek's own texts with its blanks filled."""
        return self._filled(key, filling, str)

    def writer(self, mark: Callable[[object], str]) -> Callable[..., Markup]:
        """Return what templates call as ``say``: the text is Markdown, the blanks are filled with marks."""

        def say(key: str, **filling: object) -> Markup:
            return Markup(self._filled(key, filling, lambda value: _marked(value, mark)))  # noqa: S704 - our own words

        return say

    def _filled(self, key: str, filling: Mapping[str, object], show: Callable[[object], str]) -> str:
        entry = self._vocabulary.find(language_of(self.locale), key)
        if not isinstance(entry, str):
            count = int(str(filling.get("count", 0)))
            form = self._plurals.plural_form(count)
            entry = entry.get(str(count)) or entry.get(form) or entry["other"]
        if "{" not in entry:
            return entry
        try:
            return _BLANK.sub(lambda blank: show(self._grouped(filling[blank[1]], blank[1])), entry)
        except KeyError as error:
            hint = f"it may name {', '.join(filling)}" if filling else "it has no blanks to fill"
            place = self._vocabulary.place(language_of(self.locale), key)
            raise TemplateError([Problem(place, f"{key} names {{{error.args[0]}}}", hint)]) from None

    def _grouped(self, value: object, name: str) -> object:
        """Return a count with its thousands apart, as the language has them."""
        counted = name == "count" and isinstance(value, int)
        return str(format_decimal(int(str(value)), locale=self._plurals)) if counted else value


def _marked(value: object, mark: Callable[[object], str]) -> str:
    return str(value) if isinstance(value, Markup) else mark(value)
