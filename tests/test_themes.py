"""The bundled themes hold together, and their words keep to the house style in every language."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from csweek.folder import theme_names
from csweek.model.basics import Audience, Practice, Words
from csweek.model.inputs import Action, Every, On, PerYear, Theme
from csweek.read.theme import read_theme

NAMES = theme_names(None)
LOCALES = ("en", "sv", "ko", "bs")
SAME_EVERYWHERE = set[str]()
"""Texts that are the same in another language, such as a name."""
TAGS = {"team-moment", "newcomer", "remote", "night", "quiet", "no-cost", "deskless"}
SLOTS = ("csw-1", "csw-2", "csw-3", "csw-4", "csw-5", "day-after")

EVERYWHERE = r"!|\uff01|\.\.\.|…| {2}| [,.;:?]|\"|--|[\U0001F000-\U0001FAFF☀-➿]|\s$|^\s"
FORBIDDEN = {
    "en": r"outstanding|amazing|awesome|rock ?star|superstar|ninja|extra mile|above and beyond|passion"
    r"|world.class|\b(he|she|him|her|his|hers|guys)\b|he/she|\bprogram\b|organiz|recogniz|\bcolor|fulfill",
    "sv": r"fantastisk|enastående|rockstjärn|brinner för|\b(Ni|Er|Ert|Era|han|hon|honom|henne|hans|hennes)\b"
    r"|\bdom\b|\b[dD]ej\b|\b[mM]ej\b|\b[kK]ära\b",
    "ko": r"그녀|그는|그가|당신|여러분|최고예요|대박|파이팅|화이팅|[습입합]니다|십시오|[가-힣]다[.]|[a-z]",
    "bs": r"nevjerovatn|izvanredn|fantastičn|zvijezd|/l?a\b|li/la|\(l?a\)|\b[Vv]aš|\b(Vi|Vas|Vam)\b"
    r"|\b(drag[iae]|poštovan[iae]?|kolega|koleginic[ae])\b|\b(si|jesi|budeš) \w+(o|la)\b|\w+(o|la) si\b"
    r"|\b(on|ona|njega|njegov\w*|njen\w*)\b|[\u0400-\u04ff]"
    r"|\b(vreme|mesto|uvek|lepo|lepa|videti|sledeć\w*|tjed\w+|tvrtk\w+)\b",
}  # fmt: skip
ENDING = {"en": r"[.?]$", "sv": r"[.?]$", "ko": r"요[.?]$", "bs": r"[.?]$"}
MOST_LETTERS = {"en": 340, "sv": 340, "ko": 170, "bs": 340}


@cache
def theme(name: str) -> Theme:
    found, problems = read_theme(name, None)
    assert problems == ()
    assert found
    return found


def titles(given: Theme) -> Iterator[tuple[str, Words]]:
    yield from (("name", given.name), ("motto", given.motto))
    yield from ((f"{trait.id} title", trait.title) for trait in given.traits)
    yield from ((f"{action.id} title", action.title) for action in given.actions.values())


def sentences(given: Theme) -> Iterator[tuple[str, Words]]:
    yield from ((f"{trait.id} text", trait.text) for trait in given.traits)
    yield from ((f"{action.id} how", action.how) for action in given.actions.values())


def faults(given: Theme, locale: str, pattern: str) -> list[str]:
    """Where the pattern is found in a language, with what it found."""
    texts = [*titles(given), *sentences(given)]
    found = ((where, re.search(pattern, words.texts[locale])) for where, words in texts)
    return [f"{where}: {hit[0]!r}" for where, hit in found if hit]


every_theme = pytest.mark.parametrize("name", NAMES)
every_language = pytest.mark.parametrize("locale", LOCALES)


# --- the words -----------------------------------------------------------------------------------


@every_theme
def test_every_text_is_there_in_every_language(name: str) -> None:
    texts = [*titles(theme(name)), *sentences(theme(name))]
    assert [where for where, words in texts if tuple(words.texts) != LOCALES] == []


@every_theme
def test_no_text_is_an_untranslated_copy(name: str) -> None:
    texts = [*titles(theme(name)), *sentences(theme(name))]
    repeated = {words.texts["en"] for _, words in texts if len(set(words.texts.values())) < len(LOCALES)}
    assert repeated <= SAME_EVERYWHERE


@every_theme
def test_every_language_has_the_same_placeholders(name: str) -> None:
    texts = [*titles(theme(name)), *sentences(theme(name))]
    uneven = [
        where
        for where, words in texts
        if len({tuple(sorted(re.findall(r"\{[^}]*\}", text))) for text in words.texts.values()}) > 1
    ]
    assert uneven == []


@every_theme
@every_language
def test_the_words_keep_to_the_house_style(name: str, locale: str) -> None:
    assert faults(theme(name), locale, EVERYWHERE) == []
    assert faults(theme(name), locale, FORBIDDEN[locale]) == []


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "You are a rock star"), ("en", "Thank her for it."),
        ("sv", "Hur mår Ni i dag?"), ("sv", "Fråga om hon vill."),
        ("ko", "그녀에게 물어보세요."), ("ko", "약속을 지킵니다."), ("ko", "기한을 정하십시오."),
        ("bs", "Reci šta si uradio."), ("bs", "Napiši šta je uradio/la."), ("bs", "Reci u sledećoj smjeni."),
    ],
)  # fmt: skip
def test_the_style_notices_what_it_is_for(locale: str, text: str) -> None:
    assert re.search(FORBIDDEN[locale], text)


@every_theme
@every_language
def test_how_is_one_short_paragraph_of_whole_sentences(name: str, locale: str) -> None:
    for where, words in sentences(theme(name)):
        text = words.texts[locale]
        parts = re.split(r"(?<=[.?])\s+", text)
        assert len(text) <= MOST_LETTERS[locale], f"{where}: {len(text)}"
        assert 1 <= len(parts) <= 4, where
        assert [part for part in parts if not re.search(ENDING[locale], part)] == [], where


@every_theme
@every_language
def test_titles_are_short_and_no_sentences(name: str, locale: str) -> None:
    for where, words in titles(theme(name)):
        assert len(words.texts[locale]) <= 45, where
        assert not re.search(r"[.?]$", words.texts[locale]), where


@every_theme
def test_no_two_actions_share_a_title(name: str) -> None:
    for locale in LOCALES:
        told = Counter(action.title.texts[locale] for action in theme(name).actions.values())
        assert [title for title, times in told.items() if times > 1] == []


# --- the year ------------------------------------------------------------------------------------


def team_ideas(given: Theme, *tags: str) -> list[Action]:
    found = (
        action for action in given.actions.values() if not action.owed and action.audience is Audience.TEAM
    )
    return [action for action in found if action.tags >= {"team-moment", *tags}]


@every_theme
def test_every_practice_has_at_least_two_actions(name: str) -> None:
    counted = Counter(action.practice for action in theme(name).actions.values())
    assert [practice for practice in Practice if counted[practice] < 2] == []


@every_theme
@pytest.mark.parametrize("tags", [(), ("quiet", "night"), ("remote",), ("no-cost",)])
def test_no_team_runs_out_of_ideas(name: str, tags: tuple[str, ...]) -> None:
    """For any kind of team: more than eight weeks' worth, and of each practice."""
    found = team_ideas(theme(name), *tags)
    assert len(found) >= 12
    assert {idea.practice for idea in found} == set(Practice) - {Practice.CELEBRATION}


@every_theme
def test_ideas_fit_into_the_weekly_moment(name: str) -> None:
    weekly = theme(name).actions["weekly-moment"]
    assert weekly.rhythm == Every(1)
    assert max(idea.minutes for idea in team_ideas(theme(name))) <= weekly.minutes


@every_theme
def test_tags_are_the_known_ones(name: str) -> None:
    assert {tag for action in theme(name).actions.values() for tag in action.tags} <= TAGS


@every_theme
def test_every_action_is_owed_an_idea_or_in_the_programme(name: str) -> None:
    given = theme(name)
    asked = {
        action.id for slot in given.celebration.values() for action in map(given.actions.get, slot) if action
    }
    asked |= {action.id for action in given.actions.values() if action.owed}
    asked |= {action.id for action in team_ideas(given)}
    assert asked == set(given.actions)


@every_theme
def test_cards_are_a_surprise_for_one_person(name: str) -> None:
    cards = [action for action in theme(name).actions.values() if action.card]
    assert {(action.audience, action.visibility.value) for action in cards} == {(Audience.PERSON, "surprise")}


@every_theme
def test_everyone_is_thanked_by_name_monthly_and_by_a_leader_quarterly(name: str) -> None:
    owed = [a for a in theme(name).actions.values() if a.audience is Audience.PERSON and a.card]
    rhythms = [(action.owner, action.rhythm.times) for action in owed if isinstance(action.rhythm, PerYear)]
    assert sum(times for _, times in rhythms) >= 12
    assert sum(times for owner, times in rhythms if owner == "leader") >= 4


def minutes_a_week(given: Theme, owner: str, people: int) -> float:
    """What the rhythms ask of one owner of so many people and one team, on average."""
    total = 0.0
    for action in given.actions.values():
        if action.owner == owner and action.rhythm and not isinstance(action.rhythm, On):
            every_so = action.rhythm.count if isinstance(action.rhythm, Every) else 52 / action.rhythm.times
            each = {Audience.PERSON: people, Audience.GROUP: people / action.group_size[0]}.get(
                action.audience, 1
            )
            preparation = action.prepare.minutes if action.prepare else 0
            total += (action.minutes + preparation) * each / every_so
    return total


@every_theme
def test_the_year_asks_half_of_the_minutes_that_owners_have(name: str) -> None:
    assert 10 < minutes_a_week(theme(name), "manager", 10) <= 45
    assert 10 < minutes_a_week(theme(name), "leader", 15) <= 45


# --- service as a power --------------------------------------------------------------------------


def test_the_programme_has_five_days_and_the_day_after() -> None:
    given = theme("service-as-a-power")
    assert set(given.celebration) == set(SLOTS)
    for slot, ids in given.celebration.items():
        actions = [given.actions[one] for one in ids]
        assert {action.practice for action in actions} == {Practice.CELEBRATION}, slot
        assert [a for a in actions if a.audience in {Audience.TEAM, Audience.ORGANISATION}], slot
        assert all(action.trait for action in actions), slot
        assert all(action.tags >= {"remote", "night", "quiet"} for action in actions), slot


def test_no_two_days_show_the_same_trait_and_each_trait_is_shown() -> None:
    given = theme("service-as-a-power")
    days = [{given.actions[one].trait for one in ids} for ids in given.celebration.values()]
    assert len(days) == len(set().union(*days)) == 6
    assert {action.trait for action in given.actions.values()} - {None} == {
        trait.id for trait in given.traits
    }
    assert len(given.traits) == 8


def test_everyone_gets_a_card_on_one_of_the_five_days() -> None:
    given = theme("service-as-a-power")
    cards = [
        given.actions[one] for ids in given.celebration.values() for one in ids if given.actions[one].card
    ]
    assert [(card.owner, card.audience) for card in cards] == [("manager", Audience.PERSON)]


def test_the_five_days_leave_a_manager_of_ten_within_ninety_minutes() -> None:
    given = theme("service-as-a-power")
    ids = [one for slot in SLOTS[:5] for one in given.celebration[slot]]
    held = [given.actions[one] for one in ids if given.actions[one].owner == "manager"]
    asked = sum(action.minutes * (10 if action.audience is Audience.PERSON else 1) for action in held)
    assert 0 < asked + minutes_a_week(given, "manager", 10) <= 90


# --- the look ------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb. Source: WCAG 2.2."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@every_theme
@pytest.mark.parametrize(("colour", "least"), [("ink", 7), ("accent", 4.5)])
def test_text_is_legible_on_the_paper(name: str, colour: str, least: float) -> None:
    look = theme(name).look
    light, dark = luminance(look.paper), luminance(getattr(look, colour))
    assert (light + 0.05) / (dark + 0.05) >= least
