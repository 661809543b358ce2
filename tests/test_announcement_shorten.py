from hypothesis import given, settings
from hypothesis import strategies as st

from csweek.render.announcements.message import Run, text_of
from csweek.render.announcements.shorten import MORE, SUBJECT, shortened, shortened_runs, subject

TEXT = "One thing. Another thing? 서비스예요. The last."
SENTENCES = st.text(st.sampled_from("ab. ?요é🎉"), max_size=60)


def test_it_is_cut_at_a_sentence() -> None:
    assert shortened(TEXT, 100) == TEXT
    assert shortened(TEXT, 34) == "One thing. Another thing? 서비스예요."
    assert shortened(TEXT, 25) == "One thing. Another thing?"
    assert shortened('He said "stop." Then more.', 16) == 'He said "stop."'


def test_without_a_sentence_it_is_cut_at_a_word_and_never_within_one() -> None:
    assert shortened("One thing and another.", 10) == f"One thing{MORE}"
    assert shortened("Donaudampfschifffahrt", 10) == ""


def test_the_size_may_be_counted_in_bytes() -> None:
    assert shortened("요요. 요요.", 8, lambda text: len(text.encode())) == "요요."


def test_runs_keep_their_manner() -> None:
    runs = (Run("One. "), Run("Two three. ", bold=True), Run("Four."))
    assert shortened_runs(runs, 15) == (Run("One. "), Run("Two three.", bold=True))
    assert shortened_runs((Run("One two "), Run("three", italic=True)), 8) == (Run("One two"), Run(MORE))


@settings(derandomize=True, max_examples=150)
@given(SENTENCES, st.integers(0, 70))
def test_it_fits_and_is_a_beginning_that_ends_between_words(text: str, most: int) -> None:
    found = shortened(text, most)
    assert len(found) <= most
    kept = found.removesuffix(MORE) if not text.startswith(found) else found
    assert text.startswith(kept)
    assert found == text or text[len(kept) :][:1] in {"", " "} or not kept


@settings(derandomize=True, max_examples=80)
@given(st.lists(SENTENCES, max_size=5), st.integers(1, 70))
def test_runs_are_cut_as_their_text_is(texts: list[str], most: int) -> None:
    runs = tuple(Run(text, bold=number % 2 == 0) for number, text in enumerate(texts))
    assert text_of(shortened_runs(runs, most)) == shortened("".join(texts), most)


def test_a_subject_has_one_line_of_a_mail() -> None:
    assert subject("Short") == "Short"
    assert len(subject("Five words and then some. " * 9)) <= SUBJECT
