import re
import subprocess
import sys
import unicodedata
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csweek.names import LONGEST, few, fold, guessed, in_words, near, safe_name, token

CALENDAR = UUID("11111111-2222-4333-8444-555555555555")
OTHER = UUID("11111111-2222-4333-8444-555555555556")
FINE = re.compile(r"[a-z0-9](?:[a-z0-9@._-]*[a-z0-9])?")
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Support", "support"),
        ("Team Natt", "team_natt"),
        ("wow-note", "wow-note"),
        ("2027-W06", "2027-w06"),
        ("anna.ek@nordic.example", "anna.ek@nordic.example"),
    ],
)
def test_plain_texts_stay_readable_without_a_digest(text: str, name: str) -> None:
    assert safe_name(text) == name


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Åsa Öberg", "asa_oberg"),
        ("Ðorđe Šarić", "dorde_saric"),
        ("Søren Kjær", "soren_kjaer"),
        ("Großmann", "grossmann"),
        ("김서연", "gimseoyeon"),
        ("박지훈", "bakjihun"),
        ("Shaun O'Brien", "shaun_o-brien"),
        ("../../etc/passwd", "etc-passwd"),
        ("con", "con"),
        ("COM1.txt", "com1-txt"),
        ("a" * 300, "a" * (LONGEST - 11)),
    ],
)
def test_what_changes_on_the_way_gets_a_digest(text: str, start: str) -> None:
    assert re.fullmatch(re.escape(start) + "-[0-9a-f]{10}", safe_name(text))


@pytest.mark.parametrize("text", ["", " ", "..", "山田太郎", "عمر", "🎉", "---", "\udcff"])
def test_what_leaves_no_letter_is_its_digest(text: str) -> None:
    assert re.fullmatch("[0-9a-f]{10}", safe_name(text))


def test_names_are_the_same_for_ever() -> None:
    assert [safe_name(text) for text in ("Åsa Öberg", "김서연", "山田太郎")] == [
        "asa_oberg-e4d50b32bf",
        "gimseoyeon-6264ba2a65",
        "6b0e1c8cc6",
    ]
    assert token(CALENDAR, "owner/m1") == "1cff41098b8a654d"


def test_one_name_however_its_accents_are_encoded() -> None:
    assert safe_name(unicodedata.normalize("NFD", "Åsa Öberg")) == safe_name("Åsa Öberg")


def test_a_name_that_looks_digested_does_not_take_the_place_of_one_that_is() -> None:
    assert safe_name(safe_name("Åsa")) != safe_name("Åsa")


LATIN = (*range(0x250), 0x017F, 0x1E9E, 0x212A, 0xFB01)
FAR = (
    0x0301,
    0x0430,
    0x0639,
    *range(0x1100, 0x1108),
    0x304B,
    0x3099,
    0x91D1,
    0xAE40,
    0xDCFF,
    0xFF21,
    0x1F389,
)
SOME = st.text([chr(point) for point in (*LATIN, *FAR)]) | st.text("aAåÅb_-. @/:0김", max_size=6)


@settings(derandomize=True, max_examples=200)
@given(SOME)
def test_every_text_becomes_a_file_name_that_every_system_takes(text: str) -> None:
    name = safe_name(text)
    assert FINE.fullmatch(name)
    assert len(name) <= LONGEST
    assert name.partition(".")[0] not in RESERVED


def test_two_texts_share_a_name_only_where_case_alone_differs() -> None:
    meant: dict[str, set[str]] = {}
    for letters in product("aAåÅ\u0301 _-./한", repeat=3):
        text = "".join(letters)
        meant.setdefault(safe_name(text), set()).add(unicodedata.normalize("NFC", text).lower())
    assert len(meant) > 500
    assert not {name: texts for name, texts in meant.items() if len(texts) > 1}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Åsa", "Asa"), ("a b", "a_b"), ("a b", "a-b"), ("a/b", "a-b"), ("김", "金"), ("Š", "S"), ("x.", "x")],
)
def test_near_misses_keep_names_of_their_own(one: str, other: str) -> None:
    assert safe_name(one) != safe_name(other)


def test_tokens_differ_by_calendar_and_by_what_they_stand_for() -> None:
    tokens = {token(CALENDAR, "a"), token(CALENDAR, "b"), token(OTHER, "a"), token(OTHER, "b")}
    assert len(tokens) == 4
    assert all(re.fullmatch("[0-9a-f]{16}", one) for one in tokens)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("asa oberg", "Åsa Öberg"),
        ("DORDE SARIC", "Ðorđe Šarić"),
        ("Łukasz", "lukasz"),
        ("strasse", "Straße"),
        ("O'Brien", "O\u2019Brien"),
        (" Åsa\u00a0 Öberg ", "åsa öberg"),
        (unicodedata.normalize("NFD", "김서연"), "김서연"),
        ("ISTANBUL", "İstanbul"),
    ],
)
def test_fold_finds_what_was_meant(typed: str, meant: str) -> None:
    assert fold(typed) == fold(meant)


def test_fold_keeps_what_is_part_of_the_letter() -> None:
    assert fold("が") != fold("か")
    assert fold("김") == "김"


@settings(derandomize=True, max_examples=100)
@given(SOME)
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("practise", "practice"),
        ("titel", "title"),
        ("PRACTICE", "practice"),
        ("onwer", "owner"),
        ("Åudience", "audience"),
        ("zebra", None),
        ("", None),
    ],
)
def test_near_guesses_what_was_meant_or_nothing(word: str, meant: str | None) -> None:
    assert near(word, ["practice", "title", "owner", "audience", "Practice "]) == meant


def test_near_is_bolder_with_a_lower_cutoff() -> None:
    assert near("sv", ["se", "ko"]) is None
    assert near("sv", ["se", "ko"], cutoff=0.5) == "se"


def test_a_hint_names_what_was_meant_or_else_says_something_else() -> None:
    assert guessed("titel", ["title", "owner"], "look it up") == "did you mean 'title'?"
    assert guessed("xyz", ["title", "owner"], "look it up") == "look it up"
    assert guessed("sv", ["se", "ko"], "look it up", 0.5) == "did you mean 'se'?"


@pytest.mark.parametrize(
    ("number", "listed", "told"),
    [
        (0, "", ""),
        (1, "1", "1"),
        (2, "1, 2", "1 and 2"),
        (3, "1, 2, 3", "1, 2 and 3"),
        (4, "1, 2, 3 and 1 more", "1, 2, 3 and 1 more"),
        (1203, "1, 2, 3 and 1,200 more", "1, 2, 3 and 1,200 more"),
    ],
)
def test_of_many_names_the_first_are_said(number: int, listed: str, told: str) -> None:
    names = [str(n) for n in range(1, number + 1)]
    assert few(names, 3) == listed
    assert in_words(names, 3) == told


def test_finding_people_loads_neither_openssl_nor_difflib() -> None:
    find = "import sys; from csweek.names import fold; fold('Å')"
    code = find + "; print({'_hashlib', 'difflib'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
