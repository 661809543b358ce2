import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csweek.read.tree import parse


def test_texts_stay_as_they_are_written() -> None:
    tree, problems = parse(
        "on: no\nat: 12:30\nday: 2027-10-04\ncode: 007\nnone: ~\nempty:\nquoted: 'null'\n", "f"
    )
    assert not problems
    assert tree
    assert tree.data == {
        "on": "no", "at": "12:30", "day": "2027-10-04", "code": "007",
        "none": None, "empty": None, "quoted": "null",
    }  # fmt: skip


def test_values_and_keys_have_places() -> None:
    tree, _ = parse("a:\n  b: [x, {c: y}]\n", "f")
    assert tree
    assert str(tree.at("a", "b", 1, "c")) == "f:2:14"
    assert str(tree.at("a", "b", 1, "c", key=True)) == "f:2:11"
    assert str(tree.at("a", "missing", "b", 0)) == "f:2:7"


def test_an_alias_stands_for_its_value() -> None:
    tree, problems = parse("a: &x [1, 2]\nb: *x\n", "f")
    assert tree
    assert tree.data == {"a": ["1", "2"], "b": ["1", "2"]}
    assert not problems


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("limits: {per_week:60}", "f:1:10: error: a colon without a space behind it", "write 'per_week: 60'"),
        ("main: {zone: x, to:SE}", "f:1:17: error: a colon without a space behind it", "write 'to: SE'"),
        ("teams: {Natt:{a: b}}", "f:1:13: error: a colon without a space behind it", "write ': ' with a"),
        (
            'people: "C:\\Users\\a.csv"',
            "f:1:14: error: a backslash in double quotes",
            "single quotes instead",
        ),
    ],
)
def test_what_is_typed_without_a_space_or_as_a_windows_path_is_told(text: str, said: str, hint: str) -> None:
    _, (problem,) = parse(text + "\n", "f")
    assert str(problem).startswith(said)
    assert hint in str(problem.hint)


def test_hours_and_addresses_have_colons_without_a_space() -> None:
    tree, problems = parse("{hours: {09:00, 12:30}, at: https://x.example, set: {a, b}}", "f")
    assert (tree is not None, problems) == (True, ())


@pytest.mark.parametrize(
    "text",
    ["[" * 200_000, "a: &a [*a]", "a: " + "{a: " * 5000, "".join(f"? {n}\n" for n in range(10)) + "? [x]"],
    ids=["deep list", "itself", "deep mapping", "list as key"],
)
def test_hostile_text_is_an_error_within_a_second(text: str) -> None:
    start = time.perf_counter()
    tree, problems = parse(text, "f")
    assert time.perf_counter() - start < 1
    assert tree is None
    assert problems


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "~\n"])
def test_an_empty_document_is_no_tree_and_no_problem(text: str) -> None:
    assert parse(text, "f") == (None, ())


@given(st.text(max_size=60))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_any_text_is_a_tree_or_a_problem(text: str) -> None:
    tree, problems = parse(text, "f")
    assert tree is None or tree.data is not None
    assert all(problem.place and problem.place.file == "f" for problem in problems)
