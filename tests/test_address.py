import pytest

from csweek.address import form_of, in_form


@pytest.mark.parametrize(
    ("text", "form", "said"),
    [
        ("Pitaj[|te] tim.", 0, "Pitaj tim."),
        ("Pitaj[|te] tim.", 1, "Pitajte tim."),
        ("[možeš|možete], [ti|Vi]", 1, "možete, Vi"),
        ("[a|b|c]", 2, "c"),
        ("[a|b]", 5, "b"),
        ("[a](b) {c} [d]", 1, "[a](b) {c} [d]"),
        ("a | b", 0, "a | b"),
        ("[[a|b]|c]", 0, "[a|c]"),
    ],
)
def test_one_of_the_ways_is_taken(text: str, form: int, said: str) -> None:
    assert in_form(text, form) == said


def test_forms_have_names_without_case() -> None:
    assert form_of("vi", ("ti", "Vi")) == 1
    assert form_of("TI", ("ti", "Vi")) == 0
    assert form_of("mi", ("ti", "Vi")) is None
    assert form_of("ti", ()) is None
