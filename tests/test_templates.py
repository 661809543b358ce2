import pytest
from msgspec import Struct

from csweek.errors import CsweekError
from csweek.render.sandbox import MAX_STEPS
from csweek.render.templates import TemplateError, Templates

GROWING = """
{% set n = namespace(x='aa') %}
{% for i in range(9) %}{% set n.x = n.x | replace('a', n.x) %}{% endfor %}
"""
DOUBLED = "{% set x %}xxxxxxxx{% endset %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 20


class Somebody(Struct, frozen=True, dict=True):
    called: str = "Åsa <b>"
    secret: tuple[int, ...] = (1, 2, 3)


def given(text: str, name: str = "cards/x.html", **files: str) -> str:
    own = {name: text, **{key.replace("__", "/"): value for key, value in files.items()}}
    reader = {file: body.encode() for file, body in own.items()}.get
    return Templates(reader).render(name, {"card": Somebody(), "words": ["a", "b"]})


def refused(text: str, **files: str) -> str:
    with pytest.raises(TemplateError) as caught:
        given(text, **files)
    return str(caught.value)


def test_markup_escapes_and_plain_text_does_not() -> None:
    assert given("{{ card.called }} {{ card.called ~ '<' }}") == "Åsa &lt;b&gt; Åsa &lt;b&gt;&lt;"
    assert given("{{ card.called }}", "announcements/x.txt") == "Åsa <b>"
    assert given("{{ card.called }}", "cards/x.svg") == "Åsa &lt;b&gt;"


def test_loops_macros_and_imports_work_as_jinja_says() -> None:
    assert (
        given("{% for w in words %}{{ loop.index }}{{ w }}{{ ',' if not loop.last }}{% endfor %}") == "1a,2b"
    )
    helper = "{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}"
    assert given("{% import 'cards/m.html' as m %}{{ m.twice('o') }}", **{"cards__m.html": helper}) == "oo"


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("a\n{{ card.caled }}", 2, "unknown name 'caled'\n  hint: did you mean 'called'?"),
        ("\n\n{{ crad.called }}", 3, "unknown name 'crad'\n  hint: did you mean 'card'?"),
        ("{{ zebra }}", 1, "unknown name 'zebra'"),
        ("a\nb\n{% if %}", 3, "Expected an expression"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("{{ card.called | frobnicate }}", 1, "No filter named 'frobnicate'"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(text: str, line: int, told: str) -> None:
    assert refused(text).startswith(f"templates/cards/x.html:{line}: error: {told}")


def test_a_mistake_in_an_imported_file_names_that_file() -> None:
    helper = "\n{% macro f() %}\n{{ nothing }}{% endmacro %}"
    told = refused("{% import 'cards/m.html' as m %}{{ m.f() }}", **{"cards__m.html": helper})
    assert told.startswith("templates/cards/m.html:3: error: unknown name 'nothing'")


def test_a_missing_template_is_named() -> None:
    assert refused("{% include 'cards/gone.html' %}").startswith(
        "templates/cards/gone.html: error: there is no"
    )


def test_a_template_that_is_not_utf8_is_told() -> None:
    with pytest.raises(CsweekError, match=r"cards/x\.html: error: is not UTF-8"):
        Templates(lambda _: b"\xff\xfe").render("cards/x.html", {})


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'x' * 100000000 }}",
        "{{ 10 ** 100000 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ 'x' | center(1000000000) }}",
        "{{ 'x'.ljust(1000000000) }}",
        "{% for a in range(2000) %}{% for b in range(2000) %}{% endfor %}{% endfor %}",
        "{% set r = range(2000) %}{% for a in r %}{% for b in r %}{% endfor %}{% endfor %}",
        "{% for a in range(100000000) %}{% endfor %}",
        "{% set n = namespace(x='ab') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
        "{% set n = namespace(x='ab') %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x=99) %}{% for i in range(60) %}{% set n.x = n.x * n.x %}{% endfor %}",
        GROWING,
        "{% set n = namespace(x='a') %}{% for i in range(60) %}{% set n.x = 'abc'|join(n.x) %}{% endfor %}",
        "{% for i in range(300000) %}{{ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ lipsum(n=100000) }}",
        "{{ 1.5 | round(100000000, 'floor') }}",
        "{{ 1.5 | round(precision=100000000, method='ceil') }}",
        "{{ [1] | tojson(100000000) }}",
        "{{ [1] | tojson(indent=100000000) }}",
        DOUBLED,
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(19) }}",
        "{% for a in [1] %}" * 25 + "{% endfor %}" * 25,
        "{% if card %}" * 150 + "{% endif %}" * 150,
        "{{ 1 | dictsort }}",
    ],
)
def test_what_would_never_end_or_grow_without_end_is_stopped(text: str) -> None:
    assert "templates/cards/x.html" in refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "{{ card.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ (card | attr('__class__')).__mro__ }}",
        "{{ range.__globals__ }}",
        "{{ words.append('c') }}",
        "{{ self.__init__.__globals__ }}",
    ],
)
def test_templates_do_not_reach_python(text: str) -> None:
    assert refused(text)


def test_each_rendering_has_its_own_budget() -> None:
    text = f"{{% for i in range({MAX_STEPS - 10}) %}}{{% endfor %}}"
    templates = Templates({"x.txt": text.encode()}.get)
    assert templates.render("x.txt", {}) == templates.render("x.txt", {}) == ""
