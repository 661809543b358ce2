"""The bundled themes hold together, and their words keep to the house style in every language."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from csweek.bundled import bundled
from csweek.folder import theme_names
from csweek.model.basics import Audience, Cost, Practice, Words
from csweek.model.theme import Action, Every, On, PerYear, Theme
from csweek.read.source import Files
from csweek.read.theme import Own, load_theme

NAMES = theme_names(None)
LANGUAGES = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "languages").glob("*.yaml"))
}
"""By language: patterns that no text may contain, how sentences end, how long a text may be."""
LOCALES = tuple(LANGUAGES)
SAME_EVERYWHERE = set[str]()
"""Texts that are the same in another language, such as a name."""
TURNS = {"thanks", "praise", "round", "talk", "hero-story", "figures", "customer-day", "team-moment"}
"""Tags by which an owed action finds the ideas that it takes in turn."""
TAGS = {"newcomer", "remote", "night", "quiet", "no-cost", "deskless"} | TURNS
SLOTS = ("csw-1", "csw-2", "csw-3", "csw-4", "csw-5", "day-after")

EVERYWHERE = r"!|\uff01|\.\.\.|…| {2}| [,.;:?]|\"|--|[\U0001F000-\U0001FAFF☀-➿]|\s$|^\s|[\[\]|]"


@cache
def theme(name: str, bosnian: str = "ti") -> Theme:
    own = Own(address={"bs": bosnian}, places={})
    found, problems = load_theme(name, Files(None), own=own)
    assert problems == ()
    assert found
    return found


def titles(given: Theme) -> Iterator[tuple[str, Words]]:
    yield "name", given.name
    yield from [("motto", given.motto)] if given.motto.texts else []
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
    assert [where for where, words in texts if set(words.texts) != set(LOCALES)] == []


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
    for pattern, why in LANGUAGES[locale]["forbidden"]:
        assert faults(theme(name), locale, pattern) == [], why


@pytest.mark.parametrize(
    ("locale", "text"), [(locale, text) for locale, said in LANGUAGES.items() for text in said["noticed"]]
)
def test_the_style_notices_what_it_is_for(locale: str, text: str) -> None:
    assert any(re.search(pattern, text) for pattern, _ in LANGUAGES[locale]["forbidden"])


@every_theme
@pytest.mark.parametrize("form", ["ti", "Vi"])
def test_a_text_keeps_to_one_form_of_address(name: str, form: str) -> None:
    for pattern in LANGUAGES["bs"]["forms"][form]:
        assert faults(theme(name, form), "bs", pattern) == []


@every_theme
def test_every_imperative_has_both_forms(name: str) -> None:
    """A word that says ``te`` to Vi anywhere says so everywhere."""
    pairs = zip(sentences(theme(name)), sentences(theme(name, "Vi")), strict=True)
    said = [(where, one.texts["bs"].split(), two.texts["bs"].split()) for (where, one), (_, two) in pairs]
    changing = {
        word.strip(".,;:").lower()
        for _, ti, vi in said
        for word, other in zip(ti, vi, strict=True)
        if word != other
    }
    assert changing
    kept = [
        (where, word)
        for where, ti, vi in said
        for word, other in zip(ti, vi, strict=True)
        if word == other and word.strip(".,;:").lower() in changing - ALSO_ELSE
    ]
    assert kept == []


ALSO_ELSE = {"govori", "drži", "dogovori", "hvali", "vrati", "traži"}
"""Words that are an imperative in one sentence and tell of somebody else in another."""


@every_theme
@every_language
def test_how_is_one_short_paragraph_of_whole_sentences(name: str, locale: str) -> None:
    for where, words in sentences(theme(name)):
        text = words.texts[locale]
        parts = re.split(r"(?<=[.?])\s+", text)
        assert len(text) <= LANGUAGES[locale]["most_letters"], f"{where}: {len(text)}"
        assert 1 <= len(parts) <= 4, where
        assert [part for part in parts if not re.search(LANGUAGES[locale]["ending"], part)] == [], where


@every_language
def test_texts_begin_in_many_ways(locale: str) -> None:
    known = {action.id: action for name in NAMES for action in theme(name).actions.values()}
    first = Counter(action.how.texts[locale].split()[0] for action in known.values())
    (word, times), *_ = first.most_common(1)
    assert times <= len(known) / 7, word


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
def test_every_action_is_owed_taken_in_turn_or_for_the_celebration(name: str) -> None:
    given = theme(name)
    owed = [action for action in given.actions.values() if action.owed]
    asked = {
        action.id for slot in given.celebration.values() for action in map(given.actions.get, slot) if action
    }
    asked |= {action.id for action in given.actions.values() if any(action.fits(one) for one in owed)}
    asked |= {action.id for action in given.actions.values() if action.practice is Practice.CELEBRATION}
    assert asked | {action.id for action in owed} == set(given.actions)


@every_theme
def test_what_takes_ideas_in_turn_finds_several_for_every_kind_of_team(name: str) -> None:
    given = theme(name)
    for owed in (action for action in given.actions.values() if action.ideas):
        fitting = [one for one in given.actions.values() if one.fits(owed)]
        for tag in ("remote", "night", "quiet"):
            assert sum(tag in one.tags for one in fitting) >= 3, (owed.id, tag)
        assert {one.channel for one in fitting} == {owed.channel}
        assert max(one.minutes for one in fitting) <= owed.minutes
        assert {one.card for one in fitting} <= {None, owed.card}


@every_theme
def test_what_is_announced_is_a_kind_of_announcement(name: str) -> None:
    kinds = {path.stem for path in (bundled("templates") / "announcements").glob("*.md")}
    told = {action.announcement for action in theme(name).actions.values()} - {None}
    assert told <= kinds


def test_the_library_is_large_enough() -> None:
    actions = theme("base").actions.values()
    assert len(actions) >= 75
    counted = Counter(action.practice for action in actions)
    assert [practice for practice in Practice if counted[practice] < 12] == []
    assert sum("no-cost" in action.tags for action in actions) > len(actions) // 2
    by_slot = {slot: len(ids) for slot, ids in theme("base").celebration.items()}
    assert set(by_slot) == set(SLOTS)


def test_what_is_free_says_so_and_only_that() -> None:
    for action in theme("base").actions.values():
        assert not ("no-cost" in action.tags and action.cost is not Cost.NONE), action.id


@every_theme
def test_cards_are_a_surprise_for_one_person(name: str) -> None:
    cards = [
        action for action in theme(name).actions.values() if action.card not in {None, "welcome", "hero"}
    ]
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


@every_theme
def test_the_programme_has_five_days_and_the_day_after(name: str) -> None:
    given = theme(name)
    assert set(given.celebration) == set(SLOTS)
    for slot, ids in given.celebration.items():
        actions = [given.actions[one] for one in ids]
        assert {action.practice for action in actions} == {Practice.CELEBRATION}, slot
        assert [a for a in actions if a.audience in {Audience.TEAM, Audience.ORGANISATION}], slot
        assert all(action.tags >= {"remote", "night", "quiet"} for action in actions), slot
        assert not given.traits or all(action.trait for action in actions), slot


@every_theme
def test_each_of_the_five_days_looks_at_a_practice_and_all_get_their_day(name: str) -> None:
    given = theme(name)
    days = [{given.actions[one].focus for one in given.celebration[slot]} for slot in SLOTS[:5]]
    assert None not in set().union(*days)
    assert set().union(*days) == set(Practice) - {Practice.CELEBRATION}


def test_no_two_days_show_the_same_trait_and_each_trait_is_shown() -> None:
    given = theme("service-as-a-power")
    days = [{given.actions[one].trait for one in ids} for ids in given.celebration.values()]
    assert len(days) == len(set().union(*days)) == 6
    assert {action.trait for action in given.actions.values()} - {None} == {
        trait.id for trait in given.traits
    }
    assert len(given.traits) == 8


@every_theme
def test_everyone_gets_a_card_on_one_of_the_five_days(name: str) -> None:
    given = theme(name)
    cards = [
        given.actions[one] for ids in given.celebration.values() for one in ids if given.actions[one].card
    ]
    assert [(card.owner, card.audience) for card in cards] == [("manager", Audience.PERSON)]


@every_theme
def test_the_five_days_leave_a_manager_of_ten_within_ninety_minutes(name: str) -> None:
    given = theme(name)
    ids = [one for slot in SLOTS[:5] for one in given.celebration[slot]]
    held = [given.actions[one] for one in ids if given.actions[one].owner == "manager"]
    asked = sum(action.minutes * (10 if action.audience is Audience.PERSON else 1) for action in held)
    assert 0 < asked + minutes_a_week(given, "manager", 10) <= 120


@every_theme
def test_what_the_five_days_ask_of_leaders_and_organisers_does_not_grow_with_the_teams(name: str) -> None:
    given = theme(name)
    ids = [one for slot in SLOTS[:5] for one in given.celebration[slot]]
    held = [given.actions[one] for one in ids if given.actions[one].owner in {"leader", "organiser"}]
    assert {action.audience for action in held} == {Audience.ORGANISATION}
    assert sum(action.minutes for action in held) <= 60


def test_themes_differ_in_look_and_in_programme() -> None:
    looks = [(theme(name).look.motif, theme(name).look.accent) for name in NAMES if name != "base"]
    assert len({motif for motif, _ in looks}) >= 8
    assert len({accent for _, accent in looks}) == len(looks)
    days = [tuple(theme(name).celebration.values()) for name in NAMES]
    assert len(set(days)) == len(days)


def test_everyday_has_no_motto_and_zero_budget_no_cost() -> None:
    assert theme("everyday").motto.texts == {}
    costs = Counter(action.cost for action in theme("zero-budget").actions.values())
    assert set(costs) == {Cost.NONE}


def test_a_week_without_a_budget_can_be_prepared_within_a_week() -> None:
    known = theme("zero-budget")
    days = {ident: known.actions[ident] for slot in known.celebration.values() for ident in slot}
    late = {ident for ident, one in days.items() if one.prepare and one.prepare.weeks > 1}
    assert not late


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
