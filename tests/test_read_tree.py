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
