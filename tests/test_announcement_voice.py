"""The words of announcements: complete in every language, in the house style, changed by files alone."""

import re
from collections.abc import Iterator, Mapping

import pytest
from announced import announced, circle, room_of
from announced_year import CSW, YEAR_INPUTS, YEAR_PLAN
from test_themes import LANGUAGES

from csweek.folder import template
from csweek.model.basics import Words
from csweek.render.announcements.faults import Faults
from csweek.render.announcements.kinds import Ask
from csweek.render.announcements.voice import Entry, Vocabulary, Voice
from csweek.render.templates import Reader, TemplateError

LOCALES = ("en", "sv", "ko", "bs")
WORDS = {locale: Vocabulary(template).words(locale) for locale in LOCALES}
SAME = {"shared.for", "shared.quote", "rhythm.weeks", "funding.teams"}
"""Names whose texts may be alike in two languages."""


def own(files: Mapping[str, str]) -> Reader:
    """Return a reader of these files before the bundled ones."""
    return lambda name: files[name].encode() if name in files else template(name)


def said(entry: Entry) -> Iterator[str]:
    yield from [entry] if isinstance(entry, str) else entry.values()


def blanks(entry: Entry) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", " ".join(said(entry))))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_every_word_with_the_same_blanks(locale: str) -> None:
    assert list(WORDS[locale]) == list(WORDS["en"])
    differing = [key for key in WORDS["en"] if blanks(WORDS["en"][key]) != blanks(WORDS[locale][key])]
    assert differing == []


@pytest.mark.parametrize(
    ("locale", "hours"),
    [
        ("en", "2,246 paid hours"),
        ("sv", "2\u00a0246 betalda timmar"),
        ("ko", "2,246시간"),
        ("bs", "2.246 plaćenih"),
    ],
)
def test_thousands_stand_apart(locale: str, hours: str) -> None:
    assert hours in Voice(Vocabulary(template), locale).tell("funding.hours", count=2246)


@pytest.mark.parametrize("locale", ["sv", "ko", "bs"])
def test_no_word_is_an_untranslated_copy(locale: str) -> None:
    alike = {key for key, text in WORDS[locale].items() if text == WORDS["en"][key]}
    assert alike <= SAME


def test_bosnian_keeps_to_the_form_of_address_that_is_asked_for() -> None:
    polite = Vocabulary(template, {"bs": "Vi"}).words("bs")
    texts = [(key, text) for key, entry in polite.items() for text in said(entry)]
    for pattern in LANGUAGES["bs"]["forms"]["Vi"]:
        assert [key for key, text in texts if re.search(pattern, text)] == []
    assert "[" not in "".join(text for _, text in texts)
    changed = [key for key in polite if polite[key] != WORDS["bs"][key]]
    assert len(changed) > 15


@pytest.mark.parametrize("locale", LOCALES)
def test_no_word_breaks_the_house_style(locale: str) -> None:
    style = LANGUAGES[locale]
    ours = r"!|\.\.\.|…|  |\"|--|[\U0001F000-\U0001FAFF]"
    patterns = [ours, *(one for one, _ in style["forbidden"]), *style.get("forms", {}).get("ti", [])]
    texts = [(key, text) for key, entry in WORDS[locale].items() for text in said(entry)]
    shown = [(key, re.sub(r"\{\w+\}", "7", text)) for key, text in texts]
    assert [(key, f[0]) for key, text in shown for one in patterns if (f := re.search(one, text))] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_number_has_its_form(locale: str) -> None:
    voice = Voice(Vocabulary(template), locale)
    for key, entry in WORDS[locale].items():
        if not isinstance(entry, str):
            filling = dict.fromkeys(blanks(entry), "x")
            for count in (0, 1, 2, 5, 11, 21, 22, 101):
                assert "{" not in voice.tell(key, **{**filling, "count": count})


def test_counts_are_said_as_each_language_counts() -> None:
    bosnian = Voice(Vocabulary(template), "bs")
    assert [bosnian.tell("funding.teams", count=count) for count in (1, 2, 5, 21)] == [
        "1 tim", "2 tima", "5 timova", "21 tim",
    ]  # fmt: skip
    assert [bosnian.tell("rhythm.weeks", count=count) for count in (1, 2, 3, 21)] == [
        "svake sedmice", "svake druge sedmice", "svake 3 sedmice", "svake 21 sedmice",
    ]  # fmt: skip
    assert Voice(Vocabulary(template), "ko").tell("rhythm.weeks", count=1) == "매주"
    assert [Voice(Vocabulary(template), locale).tell("rhythm.times", count=2) for locale in LOCALES] == [
        "twice a year", "två gånger om året", "1년에 두 번", "dvaput godišnje",
    ]  # fmt: skip


# --- changed and added by files -------------------------------------------------------------------


def test_single_words_are_changed_in_a_file_of_ones_own() -> None:
    reader = own({"announcements/words/sv.own.yaml": "weekly: {title: Veckobrevet}"})
    made = announced(room_of(reader=reader), "weekly", Ask(CSW))
    (text,) = (text for name, text in made.items() if name.endswith("-sv.txt"))
    assert text.startswith("Veckobrevet · Vecka 40\n")
    assert "Det är de andra 51 veckorna som visar" in text


def test_a_fifth_language_is_a_file_and_what_it_lacks_is_told_once() -> None:
    vocabulary = Vocabulary(own({"announcements/words/fi.yaml": "weekly: {title: Viikko palvelussa}"}))
    voice = Voice(vocabulary, "fi", "en")
    assert voice.tell("weekly.title") == "Viikko palvelussa"
    assert [voice.tell("shared.coming") for _ in range(2)] == ["Coming up"] * 2
    assert voice.weekday(CSW) == "Maanantai"
    (problem,) = map(str, vocabulary.problems())
    assert problem == (
        "templates/announcements/words/fi.yaml: error: these words are missing, and were said in English: "
        "shared.coming\n  hint: add them to templates/announcements/words/fi.own.yaml in the workspace"
    )


def test_a_language_without_words_hears_the_next_one() -> None:
    voice = Voice(Vocabulary(template), "fi", "sv")
    assert (voice.locale, voice.tell("shared.coming")) == ("sv", "På gång")


def test_a_text_that_the_theme_lacks_in_a_language_is_told_once() -> None:
    vocabulary = Vocabulary(template)
    voice = Voice(vocabulary, "ko", "en")
    for _ in range(2):
        assert voice.say(Words({"en": "Power", "sv": "Kraft"})) == "Power"
    assert voice.say(Words({"en": "For all"})) == "For all"
    (problem,) = map(str, vocabulary.problems())
    assert "error: the theme has no ko for 'Power'; it was said in another language" in problem
    assert "hint: add ko: …" in problem


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("weekly: [1", r"sv\.own\.yaml:1: error: is no YAML here"),
        ("weekly: nothing", "holds no groups of words"),
        ("weekly: {title: 7}", "weekly.title is no text"),
        ("weekly: {title: 'A {nmae}'}", r"weekly.title names \{nmae\}.*\n.*it has no blanks"),
    ],
)
def test_a_mistake_in_words_of_ones_own_is_told(text: str, message: str) -> None:
    with pytest.raises(TemplateError, match=message):
        Voice(Vocabulary(own({"announcements/words/sv.own.yaml": text})), "sv").tell("weekly.title")


def test_a_file_that_is_no_utf8_is_told() -> None:
    files = {"announcements/words/sv.own.yaml": "weekly: {title: Å}".encode("cp1252")}
    with pytest.raises(TemplateError, match="is not UTF-8"):
        Voice(Vocabulary(lambda name: files.get(name) or template(name)), "sv")


def test_a_mistake_in_words_stops_only_what_needs_them() -> None:
    faults = Faults()
    reader = own({"announcements/words/sv.own.yaml": "kickoff: {title: 'A {nmae}'}"})
    made = announced(room_of(YEAR_PLAN, YEAR_INPUTS, CSW, reader), "kickoff", Ask(CSW), faults=faults)
    assert {name.rpartition("-")[2] for name in made} == {"en.txt", "ko.txt", "bs.txt"}
    assert len(faults) == 1


def test_a_circle_speaks_its_own_language() -> None:
    assert circle(room_of(), "ko").voice.tell("shared.coming") == "앞으로의 일정"
