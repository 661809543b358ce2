from datetime import date
from pathlib import Path

from csweek.read.finder import Finder
from csweek.read.stories import read_stories
from csweek.read.tables import read_csv

FIND = Finder([("p1", "Anna Ek", "anna@x.example")]).find


def test_a_story_is_read_with_its_place() -> None:
    table, _ = read_csv(
        "date,person,kind,text,by,consent,answer\n2027-01-20,Anna Ek,hero,She stayed.,a customer,yes,\n", "s"
    )
    (story,), problems = read_stories(table, FIND)
    assert (story.date, story.person, story.kind, story.text) == (
        date(2027, 1, 20),
        "p1",
        "hero",
        "She stayed.",
    )
    assert (story.by, story.consent, story.answer, story.place.line) == ("a customer", True, "", 2)
    assert not problems


def test_headers_and_words_of_other_languages_are_known() -> None:
    table, _ = read_csv(
        "Datum;Vem;Slag;Berättelse;Samtycke\n2027-01-20;anna@x.example;hinder;Kön var lång.;nej\n", "s"
    )
    (story,), problems = read_stories(table, FIND)
    assert (story.kind, story.consent) == ("obstacle", False)
    assert not problems


def test_without_a_kind_it_is_praise_and_without_a_word_on_consent_there_is_none() -> None:
    table, _ = read_csv("date,person,text\n2027-01-20,p1,She stayed.\n", "s")
    (story,), _ = read_stories(table, FIND)
    assert (story.kind, story.consent) == ("wow", False)


def test_stories_of_a_workspace_are_read(tmp_path: Path) -> None:
    from reading import reading  # noqa: PLC0415 - the only test here that needs a workspace

    found = reading(
        tmp_path,
        {
            "people.csv": "id,name\np1,Anna Ek\n",
            "stories.csv": "date,person,text\n2027-01-20,p1,She stayed.\n",
        },
    )
    assert found.inputs
    assert [story.text for story in found.inputs.stories] == ["She stayed."]
    assert "stories.csv" in found.files
