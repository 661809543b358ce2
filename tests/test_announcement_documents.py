import re
from collections.abc import Mapping
from datetime import date
from html.parser import HTMLParser

import pytest
from announced import TEXTS, announced, room_of
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace
from samples import INPUTS, PEOPLE, PLAN, THEME, event, words

from csweek.folder import template
from csweek.model.basics import Occasion, Place, Thanks
from csweek.model.inputs import Inputs, Story
from csweek.model.theme import Look, ThemeTurn
from csweek.render.announcements.channels.commonmark import escaped as markdown
from csweek.render.announcements.documents import CHANNELS
from csweek.render.announcements.faults import Faults
from csweek.render.announcements.kinds import Ask
from csweek.render.announcements.newsroom import languages
from csweek.render.cards.art import contrast
from csweek.render.speech import plain
from csweek.render.templates import Reader

MONDAY = date(2027, 2, 8)
ENDINGS = ("txt", "md", "html")
NASTY = "<b>*x*</b> & [a](http://b.example) `c` _d_ #1 {{ 7*7 }} <script>alert(1)</script>"


@pytest.fixture(scope="module")
def notes() -> Mapping[str, str]:
    """The week's notes for everyone, by name."""
    return made()


def made(
    inputs: Inputs = INPUTS, monday: date = MONDAY, *teams: str, reader: Reader = template
) -> dict[str, str]:
    room = room_of(PLAN, inputs, monday, reader)
    return announced(room, "weekly", Ask(monday, teams), ENDINGS)


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
    stems = [f"share/announcements/2027-W06-weekly-{locale}" for locale in ("en", "ko", "sv")]
    names = [f"{stem}.{end}" for stem in stems for end in ENDINGS]
    assert list(notes) == names


def test_a_team_gets_one_in_its_own_language() -> None:
    found = made(INPUTS, MONDAY, "Seoul", "Natt")
    assert [name for name in found if name.endswith(".txt")] == [
        "share/announcements/2027-W06-weekly-seoul.txt",
        "share/announcements/2027-W06-weekly-natt.txt",
    ]
    assert "이번 주 고객 서비스 소식" in found["share/announcements/2027-W06-weekly-seoul.txt"]


def test_a_team_named_like_a_language_does_not_overwrite_it() -> None:
    team = replace(PEOPLE.teams["Natt"], id="SV")
    inputs = replace(INPUTS, people=replace(PEOPLE, teams={**PEOPLE.teams, "SV": team}))
    assert "share/announcements/2027-W06-weekly-team-sv.md" in made(inputs, MONDAY, "SV")


def test_any_day_stands_for_its_week(notes: Mapping[str, str]) -> None:
    assert made(INPUTS, date(2027, 2, 14)) == notes


def test_the_organisations_language_comes_first() -> None:
    assert languages(INPUTS) == ("en", "ko", "sv")
    assert languages(replace(INPUTS, people=replace(PEOPLE, persons={}, teams={}))) == ("en", "ko", "sv")


def test_channels_say_what_they_are() -> None:
    assert {name: channel.media_type for name, channel in CHANNELS.items() if name in ENDINGS} == {
        "txt": "text/plain; charset=utf-8",
        "md": "text/markdown; charset=utf-8",
        "html": "text/html; charset=utf-8",
    }


def test_a_template_of_ones_own_is_taken() -> None:
    def own(name: str) -> bytes | None:
        return b"# {{ note.title }} here" if name == "announcements/weekly.md" else template(name)

    found = made(reader=own)
    assert found["share/announcements/2027-W06-weekly-en.txt"] == "This week in service here\n"


def test_a_mistake_in_a_template_is_told_once_with_its_line_and_the_rest_is_done() -> None:
    def own(name: str) -> bytes | None:
        return b"one\n{{ message.titel }}" if name == "announcements/page.html" else template(name)

    faults = Faults()
    found = announced(room_of(reader=own), "weekly", Ask(MONDAY), TEXTS, faults)
    (told,) = map(str, faults)
    assert told.startswith("templates/announcements/page.html:2: error: unknown name 'titel'")
    assert "did you mean 'title'?" in told
    assert {name.partition("-en.")[2] for name in found if "-en." in name} == {
        "txt", "md", "slack.json", "slack.txt", "teams.json",
    }  # fmt: skip


def test_a_mistake_in_the_words_is_told_once_for_all_channels() -> None:
    def own(name: str) -> bytes | None:
        return b"{{ say('weekly.titel') }}" if name == "announcements/weekly.md" else template(name)

    faults = Faults()
    assert announced(room_of(reader=own), "weekly", Ask(MONDAY), TEXTS, faults) == {}
    (told,) = map(str, faults)
    assert "did you mean 'weekly.title'?" in told


# --- words --------------------------------------------------------------------------------------------


def test_the_text_reads_as_it_should() -> None:
    people = replace(PEOPLE.persons["p4"], end_date=date(2027, 2, 12))
    inputs = replace(INPUTS, people=replace(PEOPLE, persons={**PEOPLE.persons, "p4": people}))
    plan = replace(PLAN, events=(event("monday-story", MONDAY, "Natt"),))
    (text,) = announced(room_of(plan, inputs), "weekly", Ask(MONDAY, ("Natt",))).values()
    assert text == (
        "This week in service · Week 6\n"
        "Nordic Care · Natt · Feb 8–14, 2027\n\n"
        "A new week. This is worth knowing before it gets busy.\n\n"
        "  Service as a power\n\n"
        "  In the spotlight: Calm and balance. When the customer is not.\n\n"
        "This week\n\n"
        "  - Monday · Monday's story\n\n"
        "Seen and heard\n\n"
        "  - “Åsa stayed on the line until the ambulance came.”\n"
        "    Åsa Öberg (Support) — a customer\n\n"
        "People this week\n\n"
        "  - Friday · Shaun O'Brien · Last day, with thanks\n\n"
        "Customer Service Week begins in 34 weeks, on October 4.\n\n"
        "Only people who may be thanked in public are named here.\n"
    )


@pytest.mark.parametrize("locale", ["en", "sv", "ko"])
def test_all_three_say_the_same(locale: str, notes: Mapping[str, str]) -> None:
    text, md, html = (notes[f"share/announcements/2027-W06-weekly-{locale}.{end}"] for end in ENDINGS)
    of_markdown, of_html = rendered(md).text.replace("\u00a0", " "), Page(html).text
    for line in filter(None, (line.strip(" -—") for line in text.replace("\u00a0", " ").splitlines())):
        for part in re.split(r" · |: | — ", line):
            assert part in of_markdown
            assert part in of_html


def test_letters_that_have_no_italics_stand_upright(notes: Mapping[str, str]) -> None:
    korean, swedish = (notes[f"share/announcements/2027-W06-weekly-{one}.html"] for one in ("ko", "sv"))
    assert korean.count("<em") == korean.count("<em style='font-style:normal;'>") > 0
    assert swedish.count("<em>") == swedish.count("<em") > 0


def test_the_number_of_a_week_stays_on_one_line_in_korean(notes: Mapping[str, str]) -> None:
    assert "6주\u00a0차" in notes["share/announcements/2027-W06-weekly-ko.html"]


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
    page = rendered(made(nasty())["share/announcements/2027-W06-weekly-en.md"])
    assert set(page.tags) <= {"h1", "h2", "p", "strong", "em", "ul", "li", "blockquote", "br"}
    assert page.text.count(NASTY) == 5


def test_markup_from_people_stays_text_in_html() -> None:
    page = Page(made(nasty())["share/announcements/2027-W06-weekly-en.html"])
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
    page = Page(made(inputs)["share/announcements/2027-W06-weekly-en.html"])
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
    text = notes["share/announcements/2027-W06-weekly-sv.html"]
    assert '<html lang="sv">' in text
    assert '<meta name="color-scheme" content="light dark">' in text
    assert "prefers-color-scheme: dark" in text
    assert not re.search(r"https?:|src=|@import|url\(", text)


def test_a_closed_person_is_named_nowhere() -> None:
    closed = {key: replace(one, thanks=Thanks.NEVER) for key, one in PEOPLE.persons.items()}
    inputs = replace(INPUTS, people=replace(PEOPLE, persons=closed))
    text = "".join(made(inputs, MONDAY, *PEOPLE.teams).values())
    assert not any(person.name in text for person in PEOPLE)
    open_to_all = "".join(made(INPUTS, MONDAY, *PEOPLE.teams).values())
    assert any(person.name in open_to_all for person in PEOPLE)
