import re

import icalendar
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from csweek.render.calendars import ical

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from(list("\\;,\n한😀Å ")), max_size=400
)
quick = settings(max_examples=150, derandomize=True, deadline=None)


def pieces(folded: bytes) -> list[bytes]:
    return folded.split(b"\r\n")


def unfolded(folded: bytes) -> bytes:
    return folded.replace(b"\r\n ", b"")


def unescaped(value: str) -> str:
    """As RFC 5545 says; written here once more, since icalendar 7.3 reads a backslash before n wrongly."""
    return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], value)


@quick
@given(TEXTS)
@example("C:\\New, a;b\\")
@example("\\" * 200)
@example("한" * 60)
def test_any_text_is_read_back_as_it_was(value: str) -> None:
    line = ical.text("DESCRIPTION", value)
    name, _, found = unfolded(line)[:-2].decode().partition(":")
    assert name == "DESCRIPTION"
    assert unescaped(found) == ical.clean(value)


@quick
@given(TEXTS)
@example("a" * 62 + "\\" * 9)
def test_lines_are_short_and_never_cut_inside_a_character_or_an_escape(value: str) -> None:
    for piece in pieces(ical.text("DESCRIPTION", value))[:-1]:
        assert len(piece) <= 75
        assert re.fullmatch(r"(?s)[^\\\n\r]*(\\[\\;,n][^\\\n\r]*)*", piece.decode())


@pytest.mark.parametrize("what", ["\\", ";", "\n", "한", "😀", "\\\\\\", "é"])
def test_wherever_the_fold_falls(what: str) -> None:
    for before in range(55, 80):
        value = "x" * before + what * 3 + "y" * 80
        line = ical.text("SUMMARY", value)
        assert all(len(piece) <= 75 and piece.decode() for piece in pieces(line)[:-1])
        assert unescaped(unfolded(line)[len("SUMMARY:") : -2].decode()) == value


@quick
@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]) | st.just("\n"), max_size=300))
def test_icalendar_writes_the_same_but_for_where_it_folds(value: str) -> None:
    event = icalendar.Event()
    event.add("description", value)
    reference = event.to_ical().removeprefix(b"BEGIN:VEVENT\r\n").removesuffix(b"END:VEVENT\r\n")
    assert unfolded(reference) == unfolded(ical.text("DESCRIPTION", value))


@quick
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_paragraphs_made_apart_read_as_lines_of_one_text(texts: list[str]) -> None:
    first, *others = texts
    lines = ical.text("DESCRIPTION", first) + b"".join(map(ical.paragraph, others))
    assert all(len(piece) <= 75 for piece in pieces(lines))
    found = unfolded(lines).decode().removeprefix("DESCRIPTION:").removesuffix("\r\n")
    assert unescaped(found) == "\n".join(map(ical.clean, texts))


@pytest.mark.parametrize("broken", ["\r\n", "\r", "\n", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_line_break_is_one(broken: str) -> None:
    assert ical.text("SUMMARY", f"a{broken}b") == b"SUMMARY:a\\nb\r\n"


@pytest.mark.parametrize("dropped", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\ufeff", "\ud800"])
def test_what_no_program_takes_is_dropped(dropped: str) -> None:
    assert ical.text("SUMMARY", f"a{dropped}\tb") == b"SUMMARY:a\tb\r\n"


def test_components_stand_in_their_lines() -> None:
    assert ical.component(b"X", [b"A:1\r\n"]) == b"BEGIN:X\r\nA:1\r\nEND:X\r\n"
