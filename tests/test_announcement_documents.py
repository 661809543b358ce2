import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from samples import INPUTS, PEOPLE, PLAN, THEME, event, words

from csweek.folder import template
from csweek.model.basics import Occasion, Place, Thanks
from csweek.model.inputs import Inputs, Look, Story, ThemeTurn
from csweek.model.plan import Document
from csweek.render.announcements.documents import languages, markdown, weekly
from csweek.render.cards.art import contrast
from csweek.render.speech import plain
from csweek.render.templates import TemplateError

MONDAY = date(2027, 2, 8)
ENDINGS = ("txt", "md", "html")
NASTY = "<b>*x*</b> & [a](http://b.example) `c` _d_ #1 {{ 7*7 }} <script>alert(1)</script>"


@pytest.fixture(scope="module")
def notes() -> Mapping[str, str]:
    """The week's notes for everyone, by name."""
    return made()


def made(inputs: Inputs = INPUTS, monday: date = MONDAY, *teams: str) -> dict[str, str]:
    found = weekly(PLAN, inputs, monday, template, teams=teams)
    return {document.name: document.content.decode() for document in found}


class Page(HTMLParser):
    """The visible text of a page, its tags, and its inline colours of text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.styles: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.styles += [value or "" for name, value in attrs if name == "style"]

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["style"]:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


COMMONMARK = MarkdownIt("commonmark")


def rendered(text: str) -> Page:
    return Page(COMMONMARK.render(text))


def nasty() -> Inputs:
    """Somebody whose name is markup, told of in a story."""
    who = replace(PEOPLE.persons["p1"], name=NASTY, start_date=MONDAY, celebrate=frozenset(Occasion))
    people = replace(PEOPLE, persons={**PEOPLE.persons, "p1": who})
    told = Story(date(2027, 2, 1), "p1", "wow", NASTY, Place("s"), by="- 1. " + NASTY, consent=True)
    theme = replace(THEME, motto=words("1. " + NASTY))
    return replace(INPUTS, people=people, stories=(told,), themes=(ThemeTurn(theme),))


# --- files --------------------------------------------------------------------------------------------


def test_everyone_gets_the_note_in_each_language_used(notes: Mapping[str, str]) -> None:
    names = [
        f"share/announcements/2027-W06-{locale}.{end}" for locale in ("en", "ko", "sv") for end in ENDINGS
    ]
    assert list(notes) == names


def test_a_team_gets_one_in_its_own_language() -> None:
    found = made(INPUTS, MONDAY, "Seoul", "Natt")
    assert [name for name in found if name.endswith(".txt")] == [
        "share/announcements/2027-W06-seoul.txt",
        "share/announcements/2027-W06-natt.txt",
    ]
    assert "이번 주 고객 서비스 소식" in found["share/announcements/2027-W06-seoul.txt"]


def test_a_team_named_like_a_language_does_not_overwrite_it() -> None:
    team = replace(PEOPLE.teams["Natt"], id="SV")
    inputs = replace(INPUTS, people=replace(PEOPLE, teams={**PEOPLE.teams, "SV": team}))
    assert "share/announcements/2027-W06-team-sv.md" in made(inputs, MONDAY, "SV")


def test_any_day_stands_for_its_week(notes: Mapping[str, str]) -> None:
    assert made(INPUTS, date(2027, 2, 14)) == notes


def test_the_organisations_language_comes_first() -> None:
    assert languages(INPUTS) == ("en", "ko", "sv")
    assert languages(replace(INPUTS, people=replace(PEOPLE, persons={}, teams={}))) == ("en", "ko", "sv")


def test_documents_say_what_they_are() -> None:
    found: Iterator[Document] = weekly(PLAN, INPUTS, MONDAY, template)
    kinds = {document.name.rpartition(".")[2]: document.media_type for document in found}
    assert kinds == {
        "txt": "text/plain; charset=utf-8",
        "md": "text/markdown; charset=utf-8",
        "html": "text/html; charset=utf-8",
    }


def test_a_template_of_ones_own_is_taken() -> None:
    def own(name: str) -> bytes | None:
        return b"{{ note.title }}!" if name == "announcements/weekly.txt" else template(name)

    first = next(weekly(PLAN, INPUTS, MONDAY, own))
    assert first.content == b"This week in service!"


def test_a_broken_template_is_told_with_its_line() -> None:
    with pytest.raises(TemplateError, match=r"templates/announcements/weekly\.txt:2.*unknown name 'titel'"):
        list(weekly(PLAN, INPUTS, MONDAY, lambda _: b"one\n{{ note.titel }}"))


# --- words --------------------------------------------------------------------------------------------


def test_the_text_reads_as_it_should() -> None:
    people = replace(PEOPLE.persons["p4"], end_date=date(2027, 2, 12))
    inputs = replace(INPUTS, people=replace(PEOPLE, persons={**PEOPLE.persons, "p4": people}))
    plan = replace(PLAN, events=(event("monday-story", MONDAY, "Natt"),))
    (text,) = (
        d.content.decode() for d in weekly(plan, inputs, MONDAY, template, teams=["Natt"]) if ".txt" in d.name
    )
    assert text == (
        "Nordic Care · Natt · This week in service\n"
        "Week 6 · Feb 8–14, 2027\n\n"
        "A new week. This is worth knowing before it gets busy.\n\n"
        "Service as a power\n"
        "In the spotlight: Calm and balance\n"
        "When the customer is not.\n\n"
        "This week\n\n"
        "  - Monday: Monday's story\n\n"
        "Seen and heard\n\n"
        "  - Åsa Öberg (Support): Åsa stayed on the line until the ambulance came.\n"
        "    — a customer\n\n"
        "People this week\n\n"
        "  - Friday: Shaun O'Brien · Last day, with thanks\n\n"
        "Customer Service Week begins in 34 weeks, on October 4.\n\n"
        "Only people who may be thanked in public are named here.\n"
    )


@pytest.mark.parametrize("locale", ["en", "sv", "ko"])
def test_all_three_say_the_same(locale: str, notes: Mapping[str, str]) -> None:
    text, md, html = (notes[f"share/announcements/2027-W06-{locale}.{end}"] for end in ENDINGS)
    of_markdown, of_html = rendered(md).text, Page(html).text
    for line in filter(None, (line.strip(" -—") for line in text.splitlines())):
        for part in re.split(r" · |: ", line):
            assert part in of_markdown
            assert part in of_html


def test_nothing_private_and_no_surprise_is_in_any_of_them() -> None:
    told = [
        Story(date(2027, 1, 20), "p2", "wow", "kept to themselves", Place("s"), consent=True),
        Story(date(2027, 1, 20), "p1", "wow", "not agreed", Place("s")),
    ]
    everything = "".join(
        text
        for monday in (date(2027, 1, 25), date(2027, 2, 1))
        for teams in ((), tuple(PEOPLE.teams))
        for text in made(replace(INPUTS, stories=tuple(told)), monday, *teams).values()
    )
    assert "Nordic Care" in everything
    for secret in ("Ðorđe", "Šarić", "kept to themselves", "not agreed", "A handwritten note", "handskriven"):
        assert secret not in everything


# --- markup -------------------------------------------------------------------------------------------


def test_markup_from_people_stays_text_in_markdown() -> None:
    page = rendered(made(nasty())["share/announcements/2027-W06-en.md"])
    assert set(page.tags) <= {"h1", "h2", "p", "strong", "em", "ul", "li", "blockquote"}
    assert page.text.count(NASTY) == 5


def test_markup_from_people_stays_text_in_html() -> None:
    page = Page(made(nasty())["share/announcements/2027-W06-en.html"])
    assert "script" not in page.tags
    assert "b" not in page.tags
    assert page.text.count(NASTY) == 5


@settings(derandomize=True, max_examples=60)
@given(st.text(st.sampled_from(r"ab1. )(*_`~#+-=>|!&<[]{}:/\$;x2;") | st.characters(codec="utf-8")))
def test_any_text_comes_through_markdown_as_it_is(text: str) -> None:
    line = plain(text)
    for shown in (f"{markdown(line)}\n", f"- **Monday** · {markdown(line)}\n"):
        page = rendered(shown)
        assert set(page.tags) <= {"p", "ul", "li", "strong"}
        assert page.text.removeprefix("Monday · ").removeprefix("Monday ·") == " ".join(line.split())


# --- colours ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "look",
    [
        Look(),
        Look("#223344", "#ffe066", "#ffffff", "#ffffff"),
        Look("#f0f0f0", "#335577", "#884400", "#101820"),
    ],
)
def test_every_text_can_be_read_on_what_lies_under_it(look: Look) -> None:
    inputs = replace(INPUTS, themes=(ThemeTurn(replace(THEME, look=look)),))
    page = Page(made(inputs)["share/announcements/2027-W06-en.html"])
    (sheet,) = {
        found[1]
        for style in page.styles
        if (found := re.search(r"max-width:600px;background-color:(#\w+)", style))
    }
    colours = {found[1] for style in page.styles if (found := re.search(r"(?:^|;)color:(#\w+)", style))}
    assert len(colours) > 2
    for colour in colours - {"#ffffff"}:
        assert contrast(colour, sheet) >= 4.5


def test_the_page_stands_alone_and_follows_the_readers_light(notes: Mapping[str, str]) -> None:
    text = notes["share/announcements/2027-W06-sv.html"]
    assert '<html lang="sv">' in text
    assert '<meta name="color-scheme" content="light dark">' in text
    assert "prefers-color-scheme: dark" in text
    assert not re.search(r"https?:|src=|@import|url\(", text)


def test_a_closed_person_is_named_nowhere() -> None:
    closed = {key: replace(one, thanks=Thanks.NEVER) for key, one in PEOPLE.persons.items()}
    inputs = replace(INPUTS, people=replace(PEOPLE, persons=closed))
    text = "".join(made(inputs, MONDAY, *PEOPLE.teams).values())
    assert not any(person.name in text for person in PEOPLE)
